"""The files of published tables in a folder.

A table is stored in `<table>.jsonl`, `.csv` or `.parquet`, in shards `<table>-*.<form>`, or in a
folder of such files (`<table>/`, or one named like a file, as Spark writes them), in the folder
given or in its `data`, `tables` or `data/tables`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ..core.findings import PackageError

FORMS = ("jsonl", "parquet", "csv")
"""Formats in order of preference if a folder has a table in several."""
PLACES = (".", "data", "tables", "data/tables")
_NUMBERED = re.compile(r"-([0-9]{5})-of-([0-9]{5})\Z")
"""Number suffixes of shards, from 0, as written by common libraries."""
_LIKE_TABLE = re.compile(
    r"\.(?:jsonl?|ndjson|csv|tsv|parquet)(?:\.(?:gz|zst|bz2|xz|zip))?\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Shard:
    """One file with rows of one table. `form` is "jsonl", "csv" or "parquet"."""

    table: str
    path: Path
    form: str


def find_shards(folder: Path, names: list[str], form: str | None = None) -> dict[str, list[Shard]]:
    """Return the files of each table that has any, in the order of their names. Raises PackageError if there is none at all."""
    if form is not None and form not in FORMS:
        raise PackageError(f"unknown table format '{form}' (choose from: {', '.join(FORMS)})")
    if not folder.is_dir():
        raise PackageError(
            f"{folder} is not a folder of published tables; to check one curated source, run readouts validate --only SOURCE_ID"
        )
    found = {}
    for name in names:
        shards = next(
            filter(
                None,
                (_shards(folder / p, name, f) for p in PLACES for f in ([form] if form else FORMS)),
            ),
            [],
        )
        if shards:
            found[name] = shards
    if not found:
        near = unread(folder, {}, names)
        if near:
            raise PackageError(
                f"no published table in {folder}, but {', '.join(near[:3])}: decompress or rename {'it' if len(near) == 1 else 'them'} "
                "(expected names such as statements.jsonl)"
            )
        raise PackageError(
            f"no published table in {folder} (expected names such as statements.jsonl)"
        )
    return found


def _shards(place: Path, name: str, form: str) -> list[Shard]:
    named = [*place.glob(f"{name}.{form}"), *place.glob(f"{name}-*.{form}")]
    folders = [place / name, *(path for path in named if path.is_dir())]
    inner = (
        path
        for folder in folders
        for path in folder.rglob(f"*.{form}")
        if not _is_hidden(path, folder)
    )
    paths = [path for path in (*named, *inner) if path.is_file()]
    series = {
        (path.parent, _NUMBERED.sub("", path.stem), found[2]): path.name
        for path in paths
        if (found := _NUMBERED.search(path.stem))
    }
    for (folder, stem, total), given in series.items():
        for number in range(int(total)):
            wanted = folder / f"{stem}-{number:05}-of-{total}.{form}"
            if not wanted.exists():
                raise PackageError(
                    f"{wanted.name} is missing (it belongs with {given}): download it, or download all files again"
                )
    return [Shard(name, path, form) for path in sorted(paths)]


def _is_hidden(path: Path, folder: Path) -> bool:
    """Return True if the name marks a temporary or internal file."""
    return any(part.startswith(("_", ".")) for part in path.relative_to(folder).parts)


def is_named_as_table(file: Path, folder: Path, names: list[str]) -> bool:
    """Return True if a file is, or would be, read as a table because of its folder and name."""
    named = re.compile(rf"(?:{'|'.join(map(re.escape, names))})(-.*)?\.(?:{'|'.join(FORMS)})")
    for place in PLACES:
        if file.is_relative_to(folder / place):
            first, *inner = file.relative_to(folder / place).parts
            if named.fullmatch(first) or (inner and first in names):
                return True
    return False


def unread(folder: Path, shards: dict[str, list[Shard]], names: list[str]) -> list[str]:
    """Return files next to tables (`names` are theirs) that look like tables but are not read: a
    typo in the name, or the same table in another format.
    """
    read = {shard.path for found in shards.values() for shard in found}
    unread_files = set()
    for place in (folder / place for place in PLACES):
        of_tables = [
            path
            for path in place.glob("*")
            if path.is_dir() and re.split(r"[.-]", path.name)[0] in names
        ]
        for path in (*place.glob("*"), *(path for inner in of_tables for path in inner.rglob("*"))):
            if path not in read and not path.is_dir() and _LIKE_TABLE.search(path.name):
                unread_files.add(path.relative_to(folder).as_posix())
    return sorted(unread_files)
