"""Data of the pages: the rows of all tables with their relations, the texts that may be shown, and the description of the corpus."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from ..compile.files import iter_jsonl
from ..compile.rows import Row
from ..core.definitions import Table, read_tables
from ..core.findings import PackageError
from ..core.layout import Layout
from ..core.values import SchemaValidator
from ..curation.corpus import Corpus, read_corpus
from ..ledger.ledger import NEVER
from ..ledger.reading import read_ledger
from .notes import Notes

FILTERED = "pairs"
"""The table of which only the rows with a divergence are read: no page shows the others."""


@dataclass
class Records:
    """Rows by table. `texts` has the captured text by source id if it may be shown; `exclusions` the offsets by source id.

    `notes` is for the curator only: findings, drafts and uncovered text; None on a published site.
    `url` is the address at which the site is published, None if it is not known.
    """

    layout: Layout
    corpus: Corpus
    tables: dict[str, Table]
    rows: dict[str, list[Row]]
    texts: dict[str, str]
    exclusions: dict[str, list[Row]]
    version: str | None = None
    released_on: str | None = None
    url: str | None = None
    notes: Notes | None = None
    _grouped: dict[tuple[str, str], dict[str, list[Row]]] = field(default_factory=dict)

    def of(self, table: str, column: str, value: str | None) -> list[Row]:
        """Return the rows of a table with this value in this column, in the order of the table."""
        key = table, column
        if key not in self._grouped:
            found: dict[str, list[Row]] = defaultdict(list)
            for row in self.rows[table]:
                found[row[column]].append(row)
            self._grouped[key] = dict(found)
        return self._grouped[key].get(value, []) if value is not None else []

    def one(self, table: str, identifier: str | None) -> Row | None:
        """Return the row with this id; None without one."""
        found = self.of(table, self.tables[table].primary_key[0], identifier)
        return found[0] if found else None

    def divergences(self, claim_id: str) -> list[Row]:
        """Return the pairs of statements whose wording of a claim diverges."""
        event_id = claim_id.partition(".")[0]
        rows = self.of(FILTERED, "event_id", event_id)
        return [
            row
            for row in rows
            if row["divergence"] and claim_id in (row["claim_ids"] or "").split()
        ]

    def reviewed(self, table: str, identifier: str) -> list[Row]:
        """Return the accepted reviews of a record."""
        return [
            row for row in self.of("reviews", "record_id", identifier) if row["table_name"] == table
        ]


def read_records(layout: Layout, url: str | None = None) -> Records:
    """Read the published tables of a package. Raises PackageError if a table is missing or a row in it is not valid."""
    tables = read_tables(layout)
    # An empty corpus that was built has a descriptor and no table.
    if not layout.table("sources", "jsonl").is_file() and not layout.descriptor.is_file():
        raise PackageError(
            f"{layout.relative(layout.tables)} has no tables: run `readouts build` first"
        )
    rows = {name: _read_table(layout, table) for name, table in tables.items()}
    _require_references(tables, rows)
    ledger = read_ledger(layout)
    exclusions: dict[str, list[Row]] = defaultdict(list)
    for _, row in iter_jsonl(layout, layout.exclusions):
        exclusions[str(row.get("source_id"))].append(row)
    version = None if ledger.version == NEVER else ledger.version
    texts = {row["source_id"]: row["text"] for row in rows["sources"] if row["text"] is not None}
    return Records(
        layout,
        read_corpus(layout),
        tables,
        rows,
        texts,
        dict(exclusions),
        version,
        ledger.released_on,
        url and url.rstrip("/"),
    )


def _read_table(layout: Layout, table: Table) -> list[Row]:
    validator = SchemaValidator(f"schema/tables/{table.name}.schema.json", table.schema)
    path = layout.table(table.name, "jsonl")
    shared = {field for key in table.foreign_keys for field in key.fields} | {
        c.name for c in table.columns if c.terms
    }
    known: dict[str | None, str | None] = {}
    found = []
    for number, row in iter_jsonl(layout, path):
        if not validator.accepts(row):
            raise PackageError(
                f"{layout.relative(path)}, line {number}: the row is not valid; run `readouts validate`"
            )
        if table.name != FILTERED or row["divergence"] is not None:
            # Share one string for each key and each frequent value: a large corpus has millions of
            # them.
            found.append({
                name: known.setdefault(row[name], row[name]) if name in shared else row[name] for name in table.column_names
            })  # fmt: skip
    return found


def _require_references(tables: dict[str, Table], rows: dict[str, list[Row]]) -> None:
    """Raise PackageError for a row that refers to a missing record: no page could show it."""
    for name, table in tables.items():
        for key in table.foreign_keys:
            if len(key.fields) != 1:
                continue
            column = key.fields[0]
            known = {row[key.references[0]] for row in rows[key.table]}
            known.add(None)
            for row in rows[name]:
                if row[column] not in known:
                    raise PackageError(
                        f"{name} {table.record_id(row)}: {column} {row[column]} is not in {key.table}; run `readouts validate`"
                    )
