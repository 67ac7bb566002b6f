"""Ids that are taken, and checks that a released id still means the same record, and that its curation method is unchanged, by hashes in the ledger.

A record may be revised, which changes its hash. But if a record with one id equals the record
released under another id, the two ids were exchanged; and if it equals the released record except
for `curation_method`, that column was changed, although it records how the record began.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from ..compile.rows import Row
from ..core.definitions import Table
from .hashes import record_hash
from .ledger import IDENTIFIED, Ledger

METHOD = "curation_method"
MOST = 200
"""Most revised records of one owner that are compared with each other."""


def iter_exchanged(
    rows: dict[str, list[Row]], tables: dict[str, Table], ledger: Ledger
) -> Iterator[tuple[str, str, str, str]]:
    """Yield (table, record id, column, problem) for each record with the id of another, or with a changed curation method."""
    if not ledger.releases:
        return
    held = ledger.live()
    for name in IDENTIFIED:
        if name not in rows:
            return
        (key,) = tables[name].primary_key
        now = {row[key]: record_hash(row) for row in rows[name]}
        revised = defaultdict(list)
        for row in rows[name]:
            digest = held.get((name, row[key]))
            if digest is not None and digest != now[row[key]]:
                revised[row[key].partition(".")[0] if "." in row[key] else ""].append(row)
                terms = (
                    next((c.terms for c in tables[name].columns if c.name == METHOD), None) or ()
                )
                if any(record_hash(row | {METHOD: term}) == digest for term in terms):
                    yield (
                        name,
                        row[key],
                        METHOD,
                        f"it was released in {ledger.version} with a different {METHOD}",
                    )
        for some in revised.values():
            for row in some[:MOST]:
                for other in some[:MOST]:
                    if (
                        row is not other
                        and record_hash(_renamed(row, row[key], other[key]))
                        == held[name, other[key]]
                    ):
                        yield name, row[key], key, f"this record was released as `{other[key]}`"


def _renamed(row: Row, old: str, new: str) -> Row:
    """Return the row with the two ids exchanged wherever it has one of them."""
    swap = {old: new, new: old}
    return {
        column: swap.get(value, value) if isinstance(value, str) else value
        for column, value in row.items()
    }


def numbers_taken(
    ledger: Ledger, table: str, owner: str, letter: str, entries: list[dict[str, Any]]
) -> set[int]:
    """Return the numbers of the local ids of the entries, and of those in the ledger for the source or event, including withdrawn ones."""
    released = [
        record.removeprefix(f"{owner}.") for held, record in ledger.entries if held == table
    ]
    ids = [*released, *(str(entry.get("id")) for entry in entries)]
    return {
        int(match[1])
        for match in (re.match(rf"{letter}([0-9]{{1,9}})\Z", name) for name in ids)
        if match
    }
