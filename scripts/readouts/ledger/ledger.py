"""The ledger `data/released.jsonl`: every record ever released with its hash, the versions that added, revised and withdrew it, and the reason.

One JSON object per line with the keys of KEYS. A release is a line of the table "releases": its
record_id is the version, its sha256 that of the whole state, `released_on` its day (null on all
other lines: their versions lead to it). Each table's columns are lines of the table "columns", each
captured text (with its own SHA-256, which never changes) one of "captures". A withdrawn record has
its `reason` from the moment of `readouts withdraw` and its `withdrawn_in` from the next release.
Only `readouts release` and `readouts withdraw` write the ledger.
"""

from __future__ import annotations

import datetime
import functools
import hashlib
import itertools
import json
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from ..compile.rows import Row
from ..core.definitions import ORDER, Table
from ..core.findings import PackageError
from ..core.layout import Layout

KEYS = (
    "table",
    "record_id",
    "sha256",
    "added_in",
    "revised_in",
    "withdrawn_in",
    "released_on",
    "reason",
)
STAMPS = ("added_in", "revised_in")
"""Columns that come from the ledger; a record's hash does not include them."""
IDENTIFIED = ("sources", "agents", "offices", "events", "statements", "claims")
"""Tables with permanent ids: never lost and never reused without an entry in the ledger."""
RELEASES, COLUMNS, CAPTURES = "releases", "columns", "captures"
NEVER = "0.0.0"
"""The version before the first release."""

Key = tuple[str, str]
"""(table, record id)."""
Entry = dict[str, Any]

_TABLES = (RELEASES, COLUMNS, CAPTURES, *ORDER)
_ENCODED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_OWNED = re.compile(
    r'\{"table":"(?!releases|columns|agents|offices)[a-z]+","record_id":"([^"./\\]+)'
)
"""The beginning of a line about a record of a source or event, and the id of that."""
_PLAIN = re.compile(
    r'\{"table":"([a-z]+)","record_id":"([^"\\\x00-\x1f]+)","sha256":"([0-9a-f]{64})","added_in":"([^"\\\x00-\x1f]*)",'
    r'"revised_in":(?:null|"([^"\\\x00-\x1f]*)"),"withdrawn_in":null,"released_on":null,"reason":null\}\Z'
)
"""A valid line of a record that is not withdrawn, as it is written: it need not be parsed as JSON."""
_VERSION = re.compile(r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\Z")
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


def parse_version(text: str) -> tuple[int, int, int]:
    """Return (major, minor, patch) of a semantic version. Raises ValueError."""
    match = _VERSION.match(text)
    if match is None:
        raise ValueError(f"“{text}” is not a version: expected three numbers such as 1.0.0")
    return int(match[1]), int(match[2]), int(match[3])


@dataclass(slots=True)
class Ledger:
    """The ledger's lines by (table, record id)."""

    entries: dict[Key, Entry] = field(default_factory=dict)

    @property
    def releases(self) -> list[Entry]:
        """Return the lines of the releases, oldest first."""
        lines = [entry for (table, _), entry in self.entries.items() if table == RELEASES]
        return sorted(lines, key=lambda entry: parse_version(entry["record_id"]))

    @property
    def version(self) -> str:
        """Return the newest released version; "0.0.0" before the first release."""
        releases = self.releases
        return releases[-1]["record_id"] if releases else NEVER

    @property
    def released_on(self) -> str | None:
        """Return the day of the newest release, YYYY-MM-DD."""
        releases = self.releases
        return releases[-1]["released_on"] if releases else None

    def live(self) -> dict[Key, str]:
        """Return the hash of every record in the newest release, by key: lines not withdrawn in a release."""
        return {
            key: entry["sha256"]
            for key, entry in self.entries.items()
            if key[0] != RELEASES and entry["withdrawn_in"] is None
        }

    def is_pending(self, key: Key) -> bool:
        """Return True if the record is marked as withdrawn, but not in a release yet."""
        entry = self.entries.get(key)
        return entry is not None and entry["withdrawn_in"] is None and entry["reason"] is not None

    def marked(self, keys: Collection[Key], reason: str) -> Ledger:
        """Return this ledger with the records marked as withdrawn for a reason; the next release sets `withdrawn_in`.

        Keys that are not in the ledger, and records already withdrawn, stay as they are.
        """
        entries = dict(self.entries)
        for key in keys:
            entry = entries.get(key)
            if entry is not None and entry["withdrawn_in"] is None:
                entries[key] = {**entry, "reason": reason}
        return Ledger(entries)


def read_ledger(layout: Layout, owners: Collection[str] | None = None) -> Ledger:
    """Read the ledger, empty if there is none yet; with `owners` only the lines about agents, columns, and those sources and events.

    Raises PackageError, with the line number, if it is damaged: not JSON, other keys, an unknown
    table, a malformed hash, version or day, a duplicate line, versions that no release has or that
    are out of order, or contents that differ from the newest release.
    """
    ledger = Ledger()
    if not layout.ledger.exists():
        return ledger
    try:
        lines = layout.ledger.read_bytes().decode("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise PackageError(f"data/released.jsonl cannot be read: {error}") from error
    if lines[-1] == "":
        lines.pop()
    numbers: dict[Key, int] = {}
    for number, line in enumerate(lines, 1):
        if owners is not None and (about := _OWNED.match(line)) and about[1] not in owners:
            continue
        plain = _PLAIN.match(line)
        if plain is not None and plain[1] in ORDER:
            table, record, digest, added, revised = plain.groups()
            entry: Entry = {
                "table": table, "record_id": record, "sha256": digest, "added_in": added, "revised_in": revised,
                "withdrawn_in": None, "released_on": None, "reason": None,
            }  # fmt: skip
        else:
            entry = _entry_from_line(line, number)
        key = (entry["table"], entry["record_id"])
        if key in numbers:
            raise _damaged(number, f"it repeats {key[0]} {key[1]} of line {numbers[key]}")
        numbers[key] = number
        ledger.entries[key] = entry
    _check_versions(ledger, numbers)
    if (
        owners is None
        and ledger.releases
        and ledger.releases[-1]["sha256"] != state_hash(ledger.live())
    ):
        raise PackageError(
            f"data/released.jsonl is damaged: its lines do not match release {ledger.version}; restore the file from git"
        )
    return ledger


def _entry_from_line(line: str, number: int) -> Entry:
    """Return the line's object. Raises PackageError."""
    try:
        entry = json.loads(line)
        if not isinstance(entry, dict) or tuple(entry) != KEYS:
            raise ValueError("its keys are not the keys of a ledger line")
        _check_line(entry)
    except (ValueError, RecursionError) as error:
        raise _damaged(number, str(error)) from error
    return entry


def _damaged(number: int, what: str) -> PackageError:
    return PackageError(
        f"data/released.jsonl, line {number} is damaged ({what}); restore the file from git"
    )


def _check_line(entry: Entry) -> None:
    """Check a single line. Raises ValueError."""
    if not all(value is None or isinstance(value, str) for value in entry.values()):
        raise ValueError("a value is neither text nor null")
    table = entry["table"]
    if table not in _TABLES:
        raise ValueError(f"unknown table {table}")
    if not entry["record_id"]:
        raise ValueError("record_id is missing")
    if entry["sha256"] is None or not _SHA256.match(entry["sha256"]):
        raise ValueError("sha256 is not a hash")
    if entry["added_in"] is None:
        raise ValueError("added_in is missing")
    if entry["reason"] is not None and not entry["reason"].strip():
        raise ValueError("reason is empty")
    if table != RELEASES:
        if entry["released_on"] is not None:
            raise ValueError("only a release has a date")
        if entry["reason"] is not None and table not in IDENTIFIED:
            raise ValueError(f"a line of {table} cannot have a reason")
        if entry["withdrawn_in"] is not None and entry["reason"] is None and table in IDENTIFIED:
            raise ValueError("the record is withdrawn without a reason")
        return
    parse_version(entry["record_id"])
    if entry["added_in"] != entry["record_id"] or any(
        entry[key] is not None for key in ("revised_in", "withdrawn_in", "reason")
    ):
        raise ValueError("a release must be added in its own version and have no other version")
    try:
        day = datetime.date.fromisoformat(entry["released_on"] or "").isoformat()
    except ValueError as error:
        raise ValueError("the release has no date") from error
    if day != entry["released_on"]:
        raise ValueError("the date of the release is not YYYY-MM-DD")


def _check_versions(ledger: Ledger, numbers: dict[Key, int]) -> None:
    """Check the lines against each other. Raises PackageError."""
    releases = ledger.releases
    for before, after in itertools.pairwise(releases):
        if after["released_on"] < before["released_on"]:
            key = (RELEASES, after["record_id"])
            raise _damaged(
                numbers[key], f"{after['record_id']} is released before {before['record_id']}"
            )
    rank = {entry["record_id"]: number for number, entry in enumerate(releases)}
    columns = ("added_in", "revised_in", "withdrawn_in")
    first: dict[tuple[str | None, ...], Key] = {}
    for key, entry in ledger.entries.items():
        first.setdefault((entry["added_in"], entry["revised_in"], entry["withdrawn_in"]), key)
    for versions, key in first.items():
        at = -1
        for column, version in zip(columns, versions, strict=True):
            if version is None:
                continue
            if version not in rank:
                raise _damaged(numbers[key], f"{column} is {version}, which was never released")
            if rank[version] < at:
                raise _damaged(
                    numbers[key], f"{column} is {version}, which is earlier than the version before"
                )
            at = rank[version]


def bytes_from_ledger(ledger: Ledger) -> bytes:
    """Return the file: releases first, then the columns, then the tables in their order, each by record id."""
    rank = {name: number for number, name in enumerate(_TABLES)}

    def place(key: Key) -> tuple[Any, ...]:
        return rank[key[0]], parse_version(key[1]) if key[0] == RELEASES else (), key[1]

    lines = [ledger.entries[key] for key in sorted(ledger.entries, key=place)]
    return "".join(
        json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines
    ).encode()


def record_hash(row: Row) -> str:
    """Return the SHA-256 of a record's JSON, keys sorted, without the stamps and without nulls, to detect changes since its release.

    Nulls are left out so that adding or removing a column does not change records without a value
    in it.
    """
    bare = {key: value for key in _sorted_columns(tuple(row)) if (value := row[key]) is not None}
    return hashlib.sha256(_ENCODED(bare).encode()).hexdigest()


@functools.cache
def _sorted_columns(columns: tuple[str, ...]) -> list[str]:
    return sorted(column for column in columns if column not in STAMPS)


def column_hashes(tables: dict[str, Table]) -> dict[Key, str]:
    """Return a hash for each column (`statements.mode`: type, null allowed, terms) and for each table (`statements`: key, order of columns)."""
    found = {}
    for name, table in tables.items():
        found[COLUMNS, name] = _hash({"key": table.primary_key, "columns": table.column_names})
        for column in table.columns:
            found[COLUMNS, f"{name}.{column.name}"] = column_hash(
                column.type, column.nullable, column.terms
            )
    return found


def column_hash(kind: str, nullable: bool, terms: tuple[str, ...] | None) -> str:
    """Return the SHA-256 of the allowed values of a column; its description is not part of it."""
    return _hash({"type": kind, "nullable": nullable, "terms": terms})


def state_of(rows: dict[str, list[Row]], tables: dict[str, Table]) -> dict[Key, str]:
    """Return the hash of every record, of every captured text and of every column, by key."""
    state = {
        (name, tables[name].record_id(row)): record_hash(row)
        for name, found in rows.items()
        for row in found
    }
    captures = {(CAPTURES, row["source_id"]): row["text_sha256"] for row in rows.get("sources", ())}
    return state | captures | column_hashes(tables)


def state_hash(state: dict[Key, str]) -> str:
    """Return the SHA-256 of a state: the hash of every record and column by its key."""
    lines = "".join(
        f"{table}\t{record}\t{digest}\n" for (table, record), digest in sorted(state.items())
    )
    return hashlib.sha256(lines.encode()).hexdigest()


def _hash(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def stamp(tables: dict[str, list[Row]], definitions: dict[str, Table], ledger: Ledger) -> None:
    """Fill added_in and revised_in of every row from the ledger."""
    for name, rows in tables.items():
        table = definitions[name]
        columns = [column for column in STAMPS if column in table.column_names]
        for row in rows if columns else ():
            entry = ledger.entries.get((name, table.record_id(row)))
            known = entry is not None and entry["withdrawn_in"] is None
            for column in columns:
                row[column] = entry[column] if entry is not None and known else None


def is_released(rows: dict[str, list[Row]], tables: dict[str, Table], ledger: Ledger) -> bool:
    """Return True if the tables and their columns equal the newest release, whatever commit is checked out."""
    return (
        bool(ledger.releases)
        and state_hash(state_of(rows, tables)) == ledger.releases[-1]["sha256"]
    )
