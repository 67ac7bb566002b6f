"""Hashes of records, columns and the whole state, by which the ledger detects changes."""

from __future__ import annotations

import functools
import hashlib
import json
from typing import Any

from ..compile.rows import Row
from ..core.definitions import Table
from .ledger import (
    CAPTURES,
    COLUMNS,
    STAMPS,
    Key,
    Ledger,
)

_ENCODED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


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


def is_released(rows: dict[str, list[Row]], tables: dict[str, Table], ledger: Ledger) -> bool:
    """Return True if the tables and their columns equal the newest release, whatever commit is checked out."""
    return (
        bool(ledger.releases)
        and state_hash(state_of(rows, tables)) == ledger.releases[-1]["sha256"]
    )
