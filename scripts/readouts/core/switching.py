"""Replacing several files together: after an interruption they are all old or, from the next command on, all new.

New contents are staged in `.readouts/`, made durable, then a journal lists the replacements; from
that moment on the switch is decided, and the next command finishes it. There is one switch at a
time, guarded by a lock.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass
from pathlib import Path, PurePosixPath

from filelock import FileLock, Timeout

from .findings import PackageError, reason_of
from .layout import Layout

LOCK_SECONDS = 120
"""Seconds to wait for another build of the same package."""


def require_own_folders(layout: Layout) -> None:
    """Raise PackageError if `data` or a folder in it is a link: files are replaced together, which is impossible across two disks."""
    for folder in (
        layout.root / "data",
        layout.agents,
        layout.events,
        layout.sources,
        layout.tables,
    ):
        if folder.is_symlink():
            raise PackageError(
                f"{layout.relative(folder)} is a symbolic link, which is not allowed: replace it with the folder itself, or move the whole package"
            )


@contextmanager
def exclusive(layout: Layout) -> Iterator[None]:
    """Hold the package's lock after finishing any interrupted switch. Raises PackageError if the lock is not available."""
    require_own_folders(layout)
    lock = FileLock(layout.state_dir / "lock", timeout=LOCK_SECONDS)
    try:
        if layout.state_dir.is_symlink():
            raise PackageError(".readouts is a symbolic link: delete it")
        layout.state_dir.mkdir(exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise PackageError(
            "another readouts command is writing to this package: try again when it has finished"
        ) from error
    except OSError as error:
        raise PackageError(
            f"the package cannot be locked for writing: {reason_of(error)}"
        ) from error
    try:
        finish_interrupted(layout)
        yield
    finally:
        lock.release()


@dataclass(frozen=True, slots=True)
class _Entry:
    """One replacement of the journal: the path relative to the root, the staged file (None: delete), SHA-256 before and after (None: missing)."""

    path: str
    staged: str | None
    before: str | None
    after: str | None


def finish_interrupted(layout: Layout) -> bool:
    """Carry out a switch whose journal was written. Return True if there was one.

    A file that was changed after the journal was written is left as it is. Raises PackageError for
    a journal that is damaged, leads out of the package, or whose staged files are gone.
    """
    journal = layout.state_dir / "journal.json"
    try:
        entries = _read_journal(journal)
    except FileNotFoundError:
        shutil.rmtree(layout.state_dir / "staged", ignore_errors=True)
        return False
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise PackageError(
            f".readouts/journal.json cannot be read ({error}); delete it and run `readouts build`"
        ) from error
    try:
        for entry in entries:
            _carry_out(layout, entry)
        _sync_folder(layout.root)
        journal.unlink()
    except OSError as error:
        raise PackageError(
            f"the new files are staged but not all in place: {reason_of(error)}; fix that and run the command again"
        ) from error
    shutil.rmtree(layout.state_dir / "staged", ignore_errors=True)
    return True


def _read_journal(journal: Path) -> list[_Entry]:
    """Read the journal. Raises OSError, and ValueError or TypeError for contents that no switch has written."""
    listed = json.loads(journal.read_text(encoding="utf-8"))
    if not isinstance(listed, list) or not all(isinstance(fields, list) for fields in listed):
        raise ValueError("not a list of replacements")
    entries = [_Entry(*fields) for fields in listed]
    for entry in entries:
        values = (entry.path, entry.staged or "x", entry.before or "x", entry.after or "x")
        parts = PurePosixPath(str(entry.path)).parts
        if (
            not all(isinstance(value, str) for value in values)
            or not parts
            or ".." in parts
            or parts[0] == "/"
        ):
            raise ValueError("an entry is not a file of the package")
        if entry.staged is not None and PurePosixPath(entry.staged).name != entry.staged:
            raise ValueError("an entry was not staged")
    return entries


def _carry_out(layout: Layout, entry: _Entry) -> None:
    target = layout.root / entry.path
    if not target.parent.resolve().is_relative_to(layout.root.resolve()):
        raise PackageError(
            f".readouts/journal.json refers to a path outside the package ({entry.path}): delete .readouts/journal.json"
        )
    now = _hash(target)
    if now == entry.after or now != entry.before:
        return
    if entry.staged is None:
        target.unlink(missing_ok=True)
        with suppress(OSError):  # an empty folder is removed too; others stay
            target.parent.rmdir()
        return
    source = layout.state_dir / "staged" / entry.staged
    if _hash(source) != entry.after:
        raise PackageError(
            f"the new content of {entry.path} is missing in .readouts: delete .readouts and run the command again"
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(source, target)


def switch(layout: Layout, contents: dict[Path, bytes | None]) -> list[Path]:
    """Give each path its new bytes (None deletes it), all or none; returns the paths that changed. The caller holds `exclusive`.

    Raises PackageError if a file cannot be written; then nothing has changed.
    """
    changed = {path: data for path, data in contents.items() if not _same(path, data)}
    if not changed:
        return []
    staged = layout.state_dir / "staged"
    try:
        staged.mkdir(exist_ok=True)
        entries: list[_Entry] = []
        for number, (path, data) in enumerate(changed.items()):
            name = None if data is None else f"{number}-{path.name}"
            if name is not None and data is not None:
                _write_durably(staged / name, data)
            _require_writable(path)
            after = None if data is None else hashlib.sha256(data).hexdigest()
            entries.append(
                _Entry(path.relative_to(layout.root).as_posix(), name, _hash(path), after)
            )
        _sync_folder(staged)
        _write_durably(
            layout.state_dir / "journal.tmp",
            json.dumps([astuple(entry) for entry in entries]).encode(),
        )
        os.replace(layout.state_dir / "journal.tmp", layout.state_dir / "journal.json")
        _sync_folder(layout.state_dir)
    except OSError as error:
        (layout.state_dir / "journal.json").unlink(missing_ok=True)
        shutil.rmtree(staged, ignore_errors=True)
        raise PackageError(f"nothing was written: {reason_of(error)}") from error
    finish_interrupted(layout)
    return list(changed)


def _hash(path: Path) -> str | None:
    """Return the SHA-256 of the file; None if there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None


def _same(path: Path, data: bytes | None) -> bool:
    try:
        if data is None:
            return not path.exists()
        return (
            path.stat().st_size == len(data)
            and hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(data).digest()
        )
    except FileNotFoundError:
        return data is None


def _require_writable(path: Path) -> None:
    folder = path.parent
    while not folder.exists():
        folder = folder.parent
    if not os.access(folder, os.W_OK):
        raise PermissionError(13, "the folder is read-only", str(folder))


def _write_durably(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
