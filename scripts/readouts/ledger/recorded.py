"""Published records compared with the ledger that came with them: a version contains what was released as that version."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..core.definitions import Table
from .hashes import state_of
from .ledger import CAPTURES, COLUMNS, STAMPS, Key, Ledger


def iter_ledger_mismatches(
    table: Table, rows: list[dict[str, Any]], ledger: Ledger
) -> Iterator[tuple[str, str, str]]:
    """Yield (table, record id, problem) for each record and column of the table that differs from the newest release.

    `rows` are all rows of the table, valid by its schema. The table "captures" belongs to the
    sources. The hash of a record does not include its stamps, so these are compared with the stamps
    in the ledger.
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
