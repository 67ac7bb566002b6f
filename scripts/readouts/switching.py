"""Replacing several files together: after an interruption they are all old or, from the next command on, all new.

New contents are staged in `.readouts/`, made durable, then a journal names the replacements; from that moment on the switch is decided, and
whoever comes next finishes it. One switch at a time, guarded by a lock.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from .findings import PackageError
from .layout import Layout

LOCK_SECONDS = 120
"""How long to wait for another build of the same package."""


@contextmanager
def exclusive(layout: Layout) -> Iterator[None]:
    """Hold the package's lock, having finished any switch that was interrupted. Raises PackageError if it cannot be had."""
    try:
        layout.workshop.mkdir(exist_ok=True)
        with FileLock(layout.workshop / "lock", timeout=LOCK_SECONDS):
            finish_interrupted(layout)
            yield
    except Timeout as error:
        raise PackageError("another readouts command is writing this package; try again when it is done") from error


def finish_interrupted(layout: Layout) -> bool:
    """Carry out a switch whose journal was written. True if there was one."""
    journal = layout.workshop / "journal.json"
    try:
        entries = json.loads(journal.read_text(encoding="utf-8"))
    except FileNotFoundError:
        shutil.rmtree(layout.workshop / "staged", ignore_errors=True)
        return False
    except (OSError, ValueError) as error:
        raise PackageError(
            f".readouts/journal.json cannot be read ({error}); delete it and run `readouts build`"
        ) from error
    for relative, staged in entries:
        target, source = layout.root / relative, None if staged is None else layout.workshop / "staged" / staged
        if source is None:
            target.unlink(missing_ok=True)
            with suppress(OSError):  # a folder that is empty now goes too; one that is not stays
                target.parent.rmdir()
        elif source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(source, target)
    _sync_folder(layout.root)
    journal.unlink()
    shutil.rmtree(layout.workshop / "staged", ignore_errors=True)
    return True


def switch(layout: Layout, contents: dict[Path, bytes | None]) -> list[Path]:
    """Give each path its new bytes (None deletes it), all or none; returns the paths that changed. Hold `exclusive`.

    Raises PackageError if a file cannot be written; then nothing has changed.
    """
    changed = {path: data for path, data in contents.items() if not _same(path, data)}
    if not changed:
        return []
    staged = layout.workshop / "staged"
    try:
        staged.mkdir(exist_ok=True)
        entries: list[tuple[str, str | None]] = []
        for number, (path, data) in enumerate(changed.items()):
            name = None if data is None else f"{number}-{path.name}"
            if name is not None and data is not None:
                _write_durably(staged / name, data)
            _require_writable(path)
            entries.append((path.relative_to(layout.root).as_posix(), name))
        _sync_folder(staged)
        _write_durably(layout.workshop / "journal.tmp", json.dumps(entries).encode())
        os.replace(layout.workshop / "journal.tmp", layout.workshop / "journal.json")
        _sync_folder(layout.workshop)
    except OSError as error:
        shutil.rmtree(staged, ignore_errors=True)
        raise PackageError(f"nothing was written: {error.strerror} ({error.filename})") from error
    try:
        finish_interrupted(layout)
    except OSError as error:
        raise PackageError(
            f"the new files are staged but not all in place: {error.strerror} ({error.filename}); mend that and run the command again"
        ) from error
    return list(changed)


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
