"""Changes between another state of the package and this one, record by record, and the version bump they require."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from ..compile.rows import Row, Rows
from ..core.definitions import ORDER, Table
from ..ledger.hashes import state_of
from ..ledger.ledger import CAPTURES, COLUMNS, STAMPS, Key, Ledger
from ..ledger.release_status import required_bump
from .columns import ColumnChange, column_changes
from .snapshots import Snapshot

NAMING = {
    "statements": "text", "sources": "title", "agents": "name", "offices": "title", "events": "name", "participants": "role",
    "attributions": "label", "segments": "text", "claims": "proposition", "attestations": "quote", "pairs": "label",
}  # fmt: skip
"""The column that identifies a record to a reader."""
COPIED = {
    "statements": ("speaker_name", "publisher_name", "published_on", "url", "event_name"),
    "pairs": ("text_a", "text_b"),
}
"""Columns copied from another table, where the change is listed."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A column whose value differs; None is null."""

    column: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Change:
    """One record that differs. `kind` is "added", "changed" or "withdrawn".

    `name` identifies the record to a reader; `reason` is why it was withdrawn, if the ledger says
    so. `follows` is true if the change follows from a listed change of another record: segments of
    a new statement, names copied, pairs of statements that changed.
    """

    table: str
    record: str
    kind: str
    name: str
    fields: tuple[FieldChange, ...] = ()
    reason: str | None = None
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences from the state called `base`; `level` is the version bump that they require, `notes` what could not be compared."""

    base: str
    changes: tuple[Change, ...]
    columns: tuple[ColumnChange, ...]
    level: str
    notes: tuple[str, ...] = field(default=())

    def counts(self, follows: bool | None = None) -> dict[str, dict[str, int]]:
        """Count the changes by table and kind; with `follows`, only those that do or do not follow from others."""
        found: dict[str, dict[str, int]] = {}
        for change in self.changes:
            if follows is None or change.follows == follows:
                found.setdefault(change.table, {"added": 0, "changed": 0, "withdrawn": 0})[
                    change.kind
                ] += 1
        return found


def compare(base: Snapshot, rows: Rows, tables: dict[str, Table], ledger: Ledger) -> Comparison:
    """Compare `base` with `rows`. Records that are not in `rows` because they violate a rule are not reported as withdrawn."""
    now = {name: {tables[name].record_id(row): row for row in rows.tables[name]} for name in tables}
    old = base.rows if base.rows is not None else _blank(base)
    notes = list(base.notes)
    unreadable = [
        (name, record)
        for name, records in old.items()
        for record in records
        if record not in now.get(name, {}) and _is_unreadable(rows, name, record)
    ]
    if unreadable:
        notes.append(
            f"{len(unreadable)} record(s) were not compared because they break a rule (run `readouts validate`)"
        )
    hashes = {} if base.rows is not None else state_of(rows.tables, tables)
    changes = list(_iter_changes(base, old, now, hashes, set(unreadable), ledger))
    keys: dict[str, list[Key]] = {"added": [], "changed": [], "withdrawn": []}
    for change in changes:
        keys[change.kind].append((change.table, change.record))
    columns, extended = column_changes(base, tables)
    level = required_bump(
        (*keys["added"], *((COLUMNS, "") for change in columns if change not in extended)),
        tuple(keys["changed"]),
        tuple(keys["withdrawn"]),
        tuple((COLUMNS, "") for _ in extended),
        tables,
    )
    listed = _with_consequences_marked(changes)
    return Comparison(base.name, listed, tuple(columns), level, tuple(notes))


def _iter_changes(
    base: Snapshot,
    old: dict[str, dict[str, Row]],
    now: dict[str, dict[str, Row]],
    hashes: dict[Key, str],
    hidden: set[Key],
    ledger: Ledger,
) -> Iterator[Change]:
    """Yield what was added, changed or withdrawn, except the `hidden` records. `hashes` are needed if only those of `base` are known."""
    for table in [*ORDER, *sorted(old.keys() - set(ORDER))]:
        before, after = old.get(table, {}), now.get(table, {})
        for record in [*after, *(record for record in before if record not in after)]:
            key = (table, record)
            if key in hidden:
                continue
            if record not in before:
                yield Change(table, record, "added", _name(table, after[record], now))
            elif record not in after:
                reason = ledger.entries.get(key, {}).get("reason")
                name = _name(table, before[record], old)
                yield Change(table, record, "withdrawn", name, reason=reason)
            elif base.rows is None:
                if base.hashes[key] != hashes[key]:
                    yield Change(table, record, "changed", _name(table, after[record], now))
            elif fields := tuple(_iter_fields(before[record], after[record])):
                yield Change(table, record, "changed", _name(table, after[record], now), fields)


def _blank(base: Snapshot) -> dict[str, dict[str, Row]]:
    """Return the records of a state of which only the hashes are known."""
    found: dict[str, dict[str, Row]] = defaultdict(dict)
    for table, record in base.hashes:
        if table not in (COLUMNS, CAPTURES):
            found[table][record] = {}
    return dict(found)


def _is_unreadable(rows: Rows, table: str, record: str) -> bool:
    """Return True if an earlier record may be missing only because something violates a rule."""
    if not rows.quarantined:
        return False
    if table in ("omissions", "pairs") or (table, record) in rows.quarantined:
        return True
    owner = record.partition("/")[0].partition(".")[0]
    return any(
        (kind, owner) in rows.quarantined or (kind, owner) in rows.incomplete
        for kind in ("sources", "events", "agents")
    )


def _iter_fields(old: Row, new: Row) -> Iterator[FieldChange]:
    for column in [*new, *(column for column in old if column not in new)]:
        if column not in STAMPS and old.get(column) != new.get(column):
            yield FieldChange(column, old.get(column), new.get(column))


def _name(table: str, row: Row, state: dict[str, dict[str, Row]]) -> str:
    if table == "omissions":
        row = state.get("claims", {}).get(row.get("claim_id", ""), {})
        table = "claims"
    value = row.get(NAMING.get(table, ""))
    return "" if value is None else str(value)


def _with_consequences_marked(changes: list[Change]) -> tuple[Change, ...]:
    """Return the changes, with those that follow from others marked."""
    direct = set()
    for change in changes:
        copied = COPIED.get(change.table, ())
        if (
            change.kind != "changed"
            or not change.fields
            or any(f.column not in copied for f in change.fields)
        ):
            direct.add((change.table, change.record))
    result = []
    for change in changes:
        owner = ("statements", change.record.partition("/")[0])
        follows = (change.table, change.record) not in direct
        if change.table in ("segments", "attributions"):
            follows = owner in direct
        elif change.table == "pairs" and change.kind != "changed":
            follows = True
        result.append(replace(change, follows=follows))
    return tuple(result)
