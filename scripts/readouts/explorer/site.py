"""`readouts site`: writes every page to a folder; existing identical files are left alone."""

from __future__ import annotations

import gc
import hashlib
import json
import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from ..core.findings import PackageError
from ..core.layout import RULES, Layout
from ..core.progress import Progress, silent
from ..core.version import tool_version
from .pages import Maker, pages_of
from .records import Records, read_records
from .rendering import HERE, is_web_address
from .search import FOLDER, write_indexes

MANY, BATCH, MOST_PROCESSES = 5_000, 500, 4
"""Number of files above which several processes write them; files per batch; most processes."""
MARK = ".readouts-site.json"
"""Lists the files that `site` wrote, so that it never deletes files of someone else, and the inputs they were made from."""


@dataclass(frozen=True, slots=True)
class WriteResult:
    """The number of files of the site and of those written now; `fresh` if no input has changed."""

    files: int
    changed: int
    fresh: bool = False


def build_site(
    layout: Layout, folder: Path, url: str | None = None, progress: Progress = silent
) -> WriteResult:
    """Write the site of the published tables into a folder. Raises PackageError if the folder contains anything else, or if `url` is not an address."""
    if url and not is_web_address(url):
        raise PackageError(f"--url {url} is not an address: it starts with https:// or http://")
    before = _read_mark(folder)
    digest = _digest(layout, url)
    if before.get("made_from") == digest and all(
        (folder / name).is_file() for name in before["files"]
    ):
        return WriteResult(len(before["files"]), 0, fresh=True)
    progress("reading the tables")
    records = read_records(layout, url)
    pages = pages_of(records)
    _write(
        folder / MARK, _mark("", {*before.get("files", ()), *pages})
    )  # if it is interrupted, the folder is still ours
    progress(f"writing {len(pages):,} files")
    changed = _write_pages(folder, pages)
    progress("indexing the statements for the search")
    searched = _replace_index(records, folder)
    names = sorted([*pages, *searched])
    for name in set(before.get("files", ())) - set(names):
        (folder / name).unlink(missing_ok=True)
    _write(folder / MARK, _mark(digest, names))
    return WriteResult(len(names), changed)


def _write_pages(folder: Path, pages: dict[str, Maker]) -> int:
    """Return the number of files written. Many are divided among processes that share the records of this one, if the system can fork."""
    names = list(pages)
    count = min(os.cpu_count() or 1, MOST_PROCESSES)
    if len(names) < MANY or count < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return _write_some(folder, pages, names)
    gc.collect()
    gc.freeze()  # shared memory stays shared
    with ProcessPoolExecutor(
        count, multiprocessing.get_context("fork"), _share, (folder, pages)
    ) as pool:
        return sum(
            pool.map(_write_shared, (names[at : at + BATCH] for at in range(0, len(names), BATCH)))
        )


_shared: tuple[Path, dict[str, Maker]] | None = None
"""Write in a separate process: the folder and the pages, as they were at the fork."""


def _share(folder: Path, pages: dict[str, Maker]) -> None:
    global _shared
    _shared = folder, pages


def _write_shared(names: list[str]) -> int:
    assert _shared is not None
    return _write_some(*_shared, names)


def _write_some(folder: Path, pages: dict[str, Maker], names: list[str]) -> int:
    return sum(_write(folder / name, pages[name]()) for name in names)


def _replace_index(records: Records, folder: Path) -> list[str]:
    """Write the index next to its final place, then move it there; return the names of its files."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".pagefind-", dir=folder) as scratch:
        made = Path(scratch) / FOLDER
        write_indexes(records, made)
        shutil.rmtree(folder / FOLDER, ignore_errors=True)
        made.rename(folder / FOLDER)
    return [
        path.relative_to(folder).as_posix()
        for path in (folder / FOLDER).rglob("*")
        if path.is_file()
    ]


def _write(path: Path, data: bytes) -> bool:
    """Return True if the file was written: it is not if it has these bytes already."""
    try:
        if path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return True


def _read_mark(folder: Path) -> dict:
    """Read the note of `site` in the folder. Raises PackageError for a folder that it did not write."""
    if not folder.exists():
        return {}
    if not folder.is_dir():
        raise PackageError(f"{folder} is a file; name a folder for the site")
    try:
        found = json.loads((folder / MARK).read_text(encoding="utf-8"))
        names = [name for name in found["files"] if _is_inside(name)]
        return {"made_from": found["made_from"], "files": names}
    except FileNotFoundError:
        if any(folder.iterdir()):
            raise PackageError(
                f"{folder} has files that are not from `readouts site`: name a new folder"
            ) from None
        return {}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PackageError(
            f"{folder / MARK} cannot be read: delete the folder and build the site again"
        ) from error


def _mark(made_from: str, files: Iterable[str]) -> bytes:
    return json.dumps({"made_from": made_from, "files": sorted(files)}, indent=0).encode()


def _is_inside(name: object) -> bool:
    return isinstance(name, str) and not Path(name).is_absolute() and ".." not in Path(name).parts


def _digest(layout: Layout, url: str | None) -> str:
    """Return a hash of all inputs of the site."""
    found = hashlib.sha256(f"{tool_version()}\n{url}\n".encode())
    inputs = [layout.corpus, layout.exclusions, layout.ledger, *sorted(layout.tables.glob("*.*"))]
    inputs += sorted(
        path
        for folder in (HERE, RULES)
        for path in folder.rglob("*")
        if path.suffix != ".pyc" and path.is_file()
    )
    for path in inputs:
        if path.is_file():
            with path.open("rb") as file:
                found.update(
                    f"{path.name}\n{hashlib.file_digest(file, 'sha256').hexdigest()}\n".encode()
                )
    return found.hexdigest()
