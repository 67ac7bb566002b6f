"""The relations that guards query: all tables, the captures, the exclusions, the incomplete records and the ledger."""

from __future__ import annotations

from ..compile.files import jsonl_from_rows
from ..compile.rows import Rows
from ..core.definitions import Table
from ..curation.files import Curation
from ..ledger.ledger import CAPTURES, IDENTIFIED, KEYS, Ledger
from ..rules.views import column_types

EXCLUSIONS = {"source_id": "VARCHAR", "start": "BIGINT", "end": "BIGINT", "reason": "VARCHAR"}

Relation = tuple[dict[str, str], bytes]
"""Column types, and rows in JSONL."""


def relations_of_package(
    curation: Curation,
    rows: Rows,
    tables: dict[str, Table],
    ledger: Ledger,
    jsonl: dict[str, bytes],
) -> dict[str, Relation]:
    """Return all relations by name; `jsonl` are the rows by table."""
    captures = [
        {"source_id": source_id, "text": text} for source_id, text in curation.captures.items()
    ]
    promised = [
        entry for (table, _), entry in ledger.entries.items() if table in (*IDENTIFIED, CAPTURES)
    ]
    return {f"all_{name}": (column_types(table), jsonl[name]) for name, table in tables.items()} | {
        "captures": _texts(("source_id", "text"), captures),
        "exclusions": (EXCLUSIONS, jsonl_from_rows(rows.exclusions)),
        "incomplete": _texts(("table_name", "record_id"), _incomplete_records(curation, rows)),
        "ledger": _texts(KEYS, promised),
    }


def _incomplete_records(curation: Curation, rows: Rows) -> list[dict[str, str]]:
    """Return records of which a part was left out, and sources whose file cannot be used."""
    incomplete = [{"table_name": t, "record_id": r} for t, r in sorted(rows.incomplete)]
    incomplete += [
        {"table_name": "files", "record_id": r}
        for t, r in sorted(curation.quarantined)
        if t == "sources"
    ]
    return incomplete


def _texts(columns: tuple[str, ...], rows: list[dict[str, str]]) -> Relation:
    """Return a relation whose columns are all text."""
    return dict.fromkeys(columns, "VARCHAR"), jsonl_from_rows(rows)
