"""Findings about compiled records, each at the line of the curated file that the record comes from."""

from __future__ import annotations

from ..compile.rows import Rows
from ..core.definitions import Table
from ..core.findings import Finding
from ..core.layout import Layout
from ..core.values import SchemaValidator
from ..ledger.identity import iter_exchanged
from ..ledger.ledger import Ledger


def record_finding(
    layout: Layout,
    rows: Rows,
    code: str,
    severity: str,
    table: str,
    record: str,
    field: str,
    message: str,
    hint: str,
) -> Finding:
    """Return a finding about a compiled record, located at the line of the curated file that it comes from."""
    origin = rows.origin_of(table, record)
    if origin and origin.place[:2] == ("source", "attributions"):
        record = (
            origin.file.identifier
        )  # of the whole source: reported once, not for each statement
    path, line = (
        (origin.file.path, origin.line(field))
        if origin
        else _place_of_absent(layout, rows, table, record)
    )
    return Finding(code, severity, path, line, field, record, message, hint)


def _place_of_absent(layout: Layout, rows: Rows, table: str, record: str) -> tuple[str, int]:
    """Return (path, line) where a missing record belongs: its own file, or the list for such records in its owner's file."""
    if table in ("sources", "events", "agents"):
        return layout.relative(layout.curated(table.removesuffix("s"), record)), 0
    owner = rows.owner_of(table, record)
    origin = owner and rows.origins.get(owner)
    if origin is None:
        return f"data/tables/{table}.jsonl", 0
    return origin.file.path, origin.file.document.line((table,))


def exchanged_ids(
    layout: Layout, rows: Rows, tables: dict[str, Table], ledger: Ledger
) -> list[Finding]:
    """Return a finding for each released id that now refers to another record."""
    hint = "Give each record its own id back: a record may be revised, but an id always refers to the same record."
    return [
        record_finding(
            layout, rows, "released_ids_mean_the_same", "error", table, record, field, message, hint
        )
        for table, record, field, message in iter_exchanged(rows.tables, tables, ledger)
    ]


def wrong_values(layout: Layout, rows: Rows, table: Table) -> list[Finding]:
    """Check the rules of one value on the compiled rows. Curated values were checked before; this checks the derived ones."""
    validator = SchemaValidator(f"schema/tables/{table.name}.schema.json", table.schema)
    return [
        record_finding(layout, rows, problem.code, "error", table.name, table.record_id(row), str(problem.path[0]) if problem.path else "",
                 problem.message, problem.hint)
        for row in rows.tables[table.name] if not validator.accepts(row)
        for problem in validator.iter_problems(row)
    ]  # fmt: skip
