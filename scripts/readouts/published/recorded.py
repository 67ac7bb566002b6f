"""Published records compared with the ledger that came with them: a version contains what was released as that version."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..tables.definitions import Table
from ..tables.ledger import CAPTURES, COLUMNS, STAMPS, Key, Ledger, state_of


def iter_ledger_mismatches(table: Table, rows: list[dict[str, Any]], ledger: Ledger) -> Iterator[tuple[str, str, str]]:
    """(table, record id, what is wrong) for each record and column of the table that is not what the newest release holds.

    `rows` are all rows of the table, fit for its schema. The table "captures" goes with the sources. The hash of a record leaves its
    stamps out, so these are compared with the ledger's own.
    """
    now = state_of({table.name: rows}, {table.name: table})
    held = {key: digest for key, digest in ledger.live().items() if _belongs(key, table.name)}
    for name, record in sorted(now.keys() | held.keys()):
        key = name, record
        if now.get(key) == held.get(key):
            continue
        if key not in held:
            found = f"it was not released in {ledger.version}"
        elif key not in now:
            found = f"it was released in {ledger.version} but is missing"
        else:
            found = f"it differs from what was released in {ledger.version}"
        yield name, record, found
    for row in rows:
        entry = ledger.entries.get((table.name, table.record_id(row)))
        for column in STAMPS if entry else ():
            if column in table.column_names and row[column] != entry[column]:
                yield (
                    table.name,
                    entry["record_id"],
                    f"its {column} is {row[column]}, but {entry[column]} in the ledger",
                )


def _belongs(key: Key, name: str) -> bool:
    if key[0] == COLUMNS:
        return key[1].partition(".")[0] == name
    return key[0] == name or (key[0] == CAPTURES and name == "sources")
