"""Columns that differ between two states of the tables."""

from __future__ import annotations

from dataclasses import dataclass

from ..core.definitions import Column, Table
from ..ledger.hashes import column_hash
from ..ledger.ledger import COLUMNS
from ..ledger.release_status import is_extended
from .snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class ColumnChange:
    """A column, or (if `column` is None) a table's key or order of columns, that differs; `what` describes the difference."""

    table: str
    column: str | None
    what: str


def column_changes(
    base: Snapshot, tables: dict[str, Table]
) -> tuple[list[ColumnChange], list[ColumnChange]]:
    """Return (all changes of columns, those of them that only add terms at the end)."""
    changes: list[ColumnChange] = []
    extended: list[ColumnChange] = []
    if base.tables is None:
        return _columns_by_hash(base, tables) if base.rows is None else ([], [])
    for name in [*tables, *(name for name in base.tables if name not in tables)]:
        if name not in base.tables or name not in tables:
            changes.append(
                ColumnChange(name, None, "table added" if name in tables else "table removed")
            )
            continue
        old, new = base.tables[name], tables[name]
        before = {column.name: column for column in old.columns}
        after = {column.name: column for column in new.columns}
        for column in [*after, *(column for column in before if column not in after)]:
            if column not in before or column not in after:
                changes.append(
                    ColumnChange(name, column, "added" if column in after else "removed")
                )
            else:
                what, only_terms = _column_change(before[column], after[column])
                if what:
                    changes.append(ColumnChange(name, column, what))
                    if only_terms:
                        extended.append(changes[-1])
        if old.primary_key != new.primary_key:
            changes.append(
                ColumnChange(
                    name, None, f"key {', '.join(old.primary_key)} → {', '.join(new.primary_key)}"
                )
            )
        if old.column_names != new.column_names and set(before) == set(after):
            changes.append(ColumnChange(name, None, "order of columns"))
    return changes, extended


def _column_change(old: Column, new: Column) -> tuple[str, bool]:
    """Return (difference or "", True if only terms were added at the end)."""
    parts = []
    if old.type != new.type:
        parts.append(f"type {old.type} → {new.type}")
    if old.nullable != new.nullable:
        parts.append("null is now allowed" if new.nullable else "null is no longer allowed")
    if old.terms == new.terms:
        return "; ".join(parts), False
    if old.terms and new.terms and new.terms[: len(old.terms)] == old.terms:
        only = not parts
        parts.append(f"terms added: {', '.join(new.terms[len(old.terms) :])}")
        return "; ".join(parts), only
    parts.append(f"terms {_listed(old.terms)} → {_listed(new.terms)}")
    return "; ".join(parts), False


def _listed(terms: tuple[str, ...] | None) -> str:
    return "any text" if terms is None else ", ".join(terms)


def _columns_by_hash(
    base: Snapshot, tables: dict[str, Table]
) -> tuple[list[ColumnChange], list[ColumnChange]]:
    """Return the same from the hashes in the ledger alone."""
    changes, extended = [], []
    for name, table in tables.items():
        for column in table.columns:
            key = (COLUMNS, f"{name}.{column.name}")
            if key not in base.hashes:
                changes.append(ColumnChange(name, column.name, "added"))
            elif base.hashes[key] != column_hash(column.type, column.nullable, column.terms):
                only_terms = is_extended(key, base.hashes[key] or "", tables)
                changes.append(
                    ColumnChange(name, column.name, "terms added" if only_terms else "changed")
                )
                extended += changes[-1:] if only_terms else []
    known = {f"{name}.{column.name}" for name, table in tables.items() for column in table.columns}
    for table, record in base.hashes:
        if table == COLUMNS and "." in record and record not in known:
            name, _, column_name = record.partition(".")
            changes.append(ColumnChange(name, column_name, "removed"))
    return changes, extended
