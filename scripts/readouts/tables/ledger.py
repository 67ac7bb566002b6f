"""The ledger `data/released.jsonl`: every record ever released, its hash, when it was added, revised, withdrawn, and why.

One JSON object a line with the keys of KEYS. A release itself is a line of the table "releases": its record_id is the version, its
sha256 that of the whole state, `released_on` its day. Only `readouts release` and `readouts withdraw` write the ledger.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any

from ..findings import PackageError
from ..layout import Layout
from .definitions import Table
from .rows import Row

KEYS = ("table", "record_id", "sha256", "added_in", "revised_in", "withdrawn_in", "released_on", "reason")
STAMPS = ("added_in", "revised_in")
"""Columns that come from the ledger; a record's hash leaves them out."""
IDENTIFIED = ("sources", "agents", "offices", "events", "statements", "claims")
"""Tables whose ids are promised: never lost and never reused without the ledger saying so."""

_VERSION = re.compile(r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\Z")


def parse_version(text: str) -> tuple[int, int, int]:
    """(major, minor, patch) of a semantic version. Raises ValueError."""
    match = _VERSION.match(text)
    if match is None:
        raise ValueError(f"“{text}” is no version: write three numbers, like 1.0.0")
    return int(match[1]), int(match[2]), int(match[3])


@dataclass(slots=True)
class Ledger:
    """The ledger's lines by (table, record id)."""

    entries: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    @property
    def releases(self) -> list[dict[str, Any]]:
        """The lines of the releases, oldest first."""
        lines = [entry for (table, _), entry in self.entries.items() if table == "releases"]
        return sorted(lines, key=lambda entry: parse_version(entry["record_id"]))

    @property
    def version(self) -> str:
        """The newest released version; "0.0.0" before the first release."""
        return self.releases[-1]["record_id"] if self.releases else "0.0.0"

    @property
    def released_on(self) -> str | None:
        return self.releases[-1]["released_on"] if self.releases else None


def read_ledger(layout: Layout) -> Ledger:
    """The ledger, empty if there is none yet. Raises PackageError if it is damaged."""
    ledger = Ledger()
    if not layout.ledger.exists():
        return ledger
    try:
        lines = layout.ledger.read_bytes().decode("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PackageError(f"data/released.jsonl cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        try:
            entry = json.loads(line)
            if tuple(entry) != KEYS or not all(value is None or isinstance(value, str) for value in entry.values()):
                raise ValueError("its keys or values are not those of a ledger line")
            for key in ("added_in", "revised_in", "withdrawn_in"):
                if entry[key] is not None:
                    parse_version(entry[key])
            if entry["table"] == "releases":
                parse_version(entry["record_id"])
        except (ValueError, TypeError, RecursionError) as error:
            raise PackageError(
                f"data/released.jsonl, line {number} is damaged ({error}); take it back from git"
            ) from error
        key_of_line = (entry["table"], entry["record_id"])
        if key_of_line in ledger.entries:
            raise PackageError(
                f"data/released.jsonl, line {number} repeats {entry['table']} {entry['record_id']}; take it back from git"
            )
        ledger.entries[key_of_line] = entry
    return ledger


def record_hash(row: Row) -> str:
    """SHA-256 of a record's JSON without the stamps: what says whether it changed since it was released."""
    bare = {key: value for key, value in row.items() if key not in STAMPS}
    return hashlib.sha256(json.dumps(bare, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def stamp(tables: dict[str, list[Row]], definitions: dict[str, Table], ledger: Ledger) -> None:
    """Fill added_in and revised_in of every row from the ledger."""
    for name, rows in tables.items():
        columns = definitions[name].column_names
        for row in rows:
            entry = ledger.entries.get((name, definitions[name].record_id(row)))
            known = entry is not None and entry["withdrawn_in"] is None
            for column in STAMPS:
                if column in columns:
                    row[column] = entry[column] if entry is not None and known else None


def is_released(tables: dict[str, list[Row]], definitions: dict[str, Table], ledger: Ledger) -> bool:
    """Whether the tables are exactly what the ledger holds as released and not withdrawn."""
    now = {(name, definitions[name].record_id(row)): record_hash(row) for name, rows in tables.items() for row in rows}
    held = {
        key: entry["sha256"]
        for key, entry in ledger.entries.items()
        if key[0] != "releases" and entry["withdrawn_in"] is None
    }
    return bool(held) and now == held
