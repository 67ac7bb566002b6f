"""Another state of the package to compare with: a git revision, a folder, or a published release."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from ..compile.rows import Row
from ..core.definitions import Table, table_from_schema
from ..core.findings import PackageError
from ..core.layout import Layout
from ..ledger.hashes import state_hash, state_of
from ..ledger.ledger import Key, Ledger, parse_version

_TABLES, _SCHEMAS = "data/tables", "schema/tables"

Files = dict[str, bytes]
"""Contents by path relative to the package's root: the tables as JSONL and the table schemas."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A state of the package. `rows` by table and record id; `tables` is None if the columns are not known.

    For a release known only from the ledger, `rows` is None, and `hashes` has each record's hash,
    or None if it was revised since.
    """

    name: str
    rows: dict[str, dict[str, Row]] | None
    tables: dict[str, Table] | None
    hashes: dict[Key, str | None] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def read_snapshot(
    reference: str, layout: Layout, tables: dict[str, Table], ledger: Ledger
) -> Snapshot:
    """Read the state that `reference` names: a released version, otherwise a folder, otherwise a git revision.

    `tables` gives the keys of tables whose own schema is missing. Raises PackageError if there is
    no such state or it cannot be read.
    """
    if any(entry["record_id"] == reference for entry in ledger.releases):
        return _release(reference, layout, tables, ledger)
    folder = Path(reference)
    if reference and folder.is_dir() and (folder / _TABLES).is_dir():
        return _snapshot(reference, _files_of_folder(folder), tables)
    commit = _git(
        layout, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}"
    )
    if commit is not None:
        return _snapshot(reference, _files_of_commit(layout, commit.decode().strip()), tables)
    if folder.is_dir():
        raise PackageError(f"{reference} is not a package: the folder {_TABLES} is missing")
    known = ", ".join(entry["record_id"] for entry in ledger.releases) or "none yet"
    raise PackageError(
        f"“{reference}” is not a git revision (a shallow clone may lack it: run `git fetch`), folder or release ({known})"
    )


def _release(version: str, layout: Layout, tables: dict[str, Table], ledger: Ledger) -> Snapshot:
    commit = _git(
        layout,
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        f"refs/tags/v{version}^{{commit}}",
    )
    if commit is not None:
        found = _snapshot(version, _files_of_commit(layout, commit.decode().strip()), tables)
        (line,) = [entry for entry in ledger.releases if entry["record_id"] == version]
        rows = {
            name: list(records.values())
            for name, records in (found.rows or {}).items()
            if name in (found.tables or {})
        }
        if found.tables and state_hash(state_of(rows, found.tables)) == line["sha256"]:
            return found
        note = f"the tag v{version} does not match the ledger; old values are not shown"
    else:
        note = f"the tag v{version} is missing: compared with the ledger, without old values"
    return Snapshot(version, None, None, hashes_at(ledger, version), (note,))


def hashes_at(ledger: Ledger, version: str) -> dict[Key, str | None]:
    """Return the records of a release, by key: the hash, or None if the record was revised in a later release."""
    at = parse_version(version)
    found: dict[Key, str | None] = {}
    for key, entry in ledger.entries.items():
        gone = entry["withdrawn_in"]
        if (
            key[0] == "releases"
            or parse_version(entry["added_in"]) > at
            or (gone and parse_version(gone) <= at)
        ):
            continue
        revised = entry["revised_in"]
        found[key] = None if revised and parse_version(revised) > at else entry["sha256"]
    return found


def _snapshot(name: str, files: Files, tables: dict[str, Table]) -> Snapshot:
    own: dict[str, Table] | None = {}
    notes = []
    for path, data in files.items():
        if path.startswith(_SCHEMAS):
            table = path.rpartition("/")[2].removesuffix(".schema.json")
            try:
                schema = json.loads(data)
            except (ValueError, RecursionError) as error:
                raise PackageError(f"{name}: {path} is not valid JSON ({error})") from error
            own[table] = table_from_schema(table, schema)  # type: ignore[index]
    if not own:
        own = None
        notes.append(f"{name} has no folder {_SCHEMAS}: columns are not compared")
    rows: dict[str, dict[str, Row]] = {}
    for path, data in files.items():
        if path.startswith(_TABLES):
            table = path.rpartition("/")[2].removesuffix(".jsonl")
            definition = (own or {}).get(table) or tables.get(table)
            if definition is None:
                notes.append(f"{name} has an unknown table {table}")
            else:
                rows[table] = _records(f"{name}: {path}", data, definition)
    if not rows:
        raise PackageError(f"{name} has no tables ({_TABLES}/*.jsonl)")
    return Snapshot(name, rows, own, notes=tuple(notes))


def _records(place: str, data: bytes, table: Table) -> dict[str, Row]:
    records: dict[str, Row] = {}
    try:
        lines = data.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise PackageError(f"{place} is not valid UTF-8 (byte {error.start})") from error
    for number, line in enumerate(lines, 1):
        if line:
            try:
                row = json.loads(line)
                record = table.record_id(row)
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                raise PackageError(
                    f"{place}, line {number} is not a record of {table.name}"
                ) from error
            if not isinstance(row, dict) or record in records:
                raise PackageError(f"{place}, line {number} repeats {record}")
            records[record] = row
    return records


def _is_wanted(path: str) -> bool:
    return (path.startswith(f"{_TABLES}/") and path.endswith(".jsonl")) or (
        path.startswith(f"{_SCHEMAS}/") and path.endswith(".schema.json")
    )


def _files_of_folder(folder: Path) -> Files:
    try:
        found = sorted(
            [*(folder / _TABLES).glob("*.jsonl"), *(folder / _SCHEMAS).glob("*.schema.json")]
        )
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
    except OSError as error:
        raise PackageError(f"{error.filename} cannot be read: {error.strerror}") from error


def _files_of_commit(layout: Layout, commit: str) -> Files:
    """Read the committed bytes without checking anything out. Paths are relative to the package, which may be a folder of its repository."""
    listed = _git(layout, "ls-tree", "-r", "-z", "--name-only", commit, "--", _TABLES, _SCHEMAS)
    files: Files = {}
    for path in filter(_is_wanted, (listed or b"").decode("utf-8", "surrogateescape").split("\0")):
        data = _git(layout, "cat-file", "blob", f"{commit}:./{path}")
        if data is None:
            raise PackageError(f"git cannot read {path} of {commit}")
        files[path] = data
    return files


def _git(layout: Layout, *arguments: str) -> bytes | None:
    """Return the output of git in the package's folder; None if it fails. Raises PackageError if git is not installed."""
    try:
        answer = subprocess.run(
            ["git", "-C", str(layout.root), *arguments], capture_output=True, check=False
        )
    except OSError as error:
        raise PackageError(f"git cannot be run: {error.strerror}") from error
    if b"dubious ownership" in answer.stderr:
        raise PackageError(
            "git refuses to read this repository: it belongs to another user (see git's safe.directory)"
        )
    return answer.stdout if answer.returncode == 0 else None
