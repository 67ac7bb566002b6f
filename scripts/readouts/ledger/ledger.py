"""The ledger `data/released.jsonl`: every record ever released with its hash, the versions that added, revised and withdrew it, and the reason.

One JSON object per line with the keys of KEYS. A release is a line of the table "releases": its
record_id is the version, its sha256 that of the whole state, `released_on` its day (null on all
other lines: their versions lead to it). Each table's columns are lines of the table "columns", each
captured text (with its own SHA-256, which never changes) one of "captures". A withdrawn record has
its `reason` from the moment of `readouts withdraw` and its `withdrawn_in` from the next release.
Only `readouts release` and `readouts withdraw` write the ledger.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from ..compile.rows import Row
from ..core.definitions import ORDER, Table

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

TABLES = (RELEASES, COLUMNS, CAPTURES, *ORDER)
_VERSION = re.compile(r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\Z")


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


def bytes_from_ledger(ledger: Ledger) -> bytes:
    """Return the file: releases first, then the columns, then the tables in their order, each by record id."""
    rank = {name: number for number, name in enumerate(TABLES)}

    def place(key: Key) -> tuple[Any, ...]:
        return rank[key[0]], parse_version(key[1]) if key[0] == RELEASES else (), key[1]

    lines = [ledger.entries[key] for key in sorted(ledger.entries, key=place)]
    return "".join(
        json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines
    ).encode()


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
