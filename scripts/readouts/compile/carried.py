"""Sources whose capture is not available: their records are carried over from the published tables, not derived again."""

from __future__ import annotations

from collections.abc import Collection

from ..core.definitions import Table
from ..core.findings import PackageError
from ..core.layout import Layout
from ..curation.files import CuratedFile
from .files import iter_jsonl
from .rows import Origin, Row, Rows

TABLES = ("sources", "statements", "segments", "attributions")

Carried = dict[str, dict[str, list[Row]]]


def read_carried(layout: Layout, source_ids: Collection[str]) -> Carried:
    """Return the published records of the sources, by source and table. Raises PackageError if a table cannot be read."""
    carried: Carried = {source_id: {name: [] for name in TABLES} for source_id in source_ids}
    for name in TABLES if carried else ():
        path = layout.table(name, "jsonl")
        for number, row in iter_jsonl(layout, path):
            owner = row.get("source_id", row.get("statement_id"))
            if not isinstance(owner, str):
                raise PackageError(
                    f"{layout.relative(path)}, line {number}: the source is missing; restore the file from git"
                )
            source_id = owner.partition(".")[0]
            if source_id in carried:
                carried[source_id][name].append(row)
    return carried


def carry_over(
    rows: Rows, tables: dict[str, Table], file: CuratedFile, carried: dict[str, list[Row]]
) -> None:
    """Add a source's published records; a statement curated since then is a finding, because it cannot be derived."""
    published = {row["statement_id"] for row in carried["statements"]}
    places = {}
    for index, entry in file.iter_entries("statements"):
        statement_id = f"{file.identifier}.{entry.get('id')}"
        places[statement_id] = Origin(file, ("statements", index))
        if statement_id not in published:
            rows.findings.append(
                file.finding(
                    "capture_needed",
                    ("statements", index),
                    statement_id,
                    "this statement was never published, and the captured text that it quotes is missing",
                    "Set READOUTS_CAPTURES to the folder of the captured texts.",
                )
            )
            rows.quarantined.add(("statements", statement_id))
    for name in TABLES:
        for row in carried[name]:
            origin = places.get(row.get("statement_id", ""), Origin(file, ("source",)))
            rows.add(tables[name], row, origin)
