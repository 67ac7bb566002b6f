"""The guards on a package of which a few tables changed: only guards that read a changed column run, until one reports a finding.

Proofs run before reviews, and of each kind the guard that detected the last corruption first. Tests
compare the result with `readouts validate` and `readouts verify`; a guard that is wrongly skipped
could only make the detection rate too low.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import duckdb

from readouts.compile.files import jsonl_from_rows
from readouts.core.definitions import Table
from readouts.core.layout import Layout
from readouts.core.values import SchemaValidator
from readouts.ledger.ledger import KEYS, Ledger
from readouts.rules.guards import Guard, prepare, read_guards
from readouts.rules.views import RELATIONS, column_types, quoted, reference_views

Rows = list[dict[str, Any]]
EXTRAS = {
    "captures": {"source_id": "VARCHAR", "text": "VARCHAR"},
    "exclusions": {"source_id": "VARCHAR", "start": "BIGINT", "end": "BIGINT", "reason": "VARCHAR"},
    "ledger": dict.fromkeys(KEYS, "VARCHAR"),
    "incomplete": {"table_name": "VARCHAR", "record_id": "VARCHAR"},
    **RELATIONS,
}


class Engine:
    """`curated` is true if the exclusions are known, as in the repository but not in a published version."""

    def __init__(
        self,
        layout: Layout,
        tables: dict[str, Table],
        relations: dict[str, Rows],
        ledger: Ledger,
        curated: bool,
    ) -> None:
        self._tables, self._valid = (
            tables,
            {
                **relations,
                "ledger": list(ledger.entries.values()),
                "incomplete": [],
                **{name: [] for name in RELATIONS},
            },
        )
        self._folder = Path(tempfile.mkdtemp(prefix="tamper-"))
        self._database = duckdb.connect(config={"threads": 1})
        for name in (*tables, *EXTRAS):
            self._load(name, self._valid[name])
        known = (
            "SELECT source_id FROM all_sources"
            if curated
            else "SELECT NULL AS source_id WHERE false"
        )
        self._database.execute(f"CREATE VIEW curated_sources AS {known}")
        queries = prepare(self._database, layout, tables)
        self._validators = {
            name: SchemaValidator(name, table.schema) for name, table in tables.items()
        }
        views = _views(queries, tables)
        self._words = {g: _words_of(g, views) for g in read_guards(layout) if g.severity == "error"}
        self._order: list[Guard] = []
        self.forget()
        for guard in self._words:
            if self._database.execute(guard.sql).fetchall():
                raise AssertionError(f"the package is not valid: {guard.code}")

    def check(self, changed: dict[str, Rows]) -> str | None:
        """Return the code of a rule that the changed relations break, or None."""
        changed = {name: rows for name, rows in changed.items() if rows != self._valid[name]}
        for name, rows in changed.items():
            if name in self._validators:
                for row in rows:
                    if not self._validators[name].accepts(row):
                        return next(self._validators[name].iter_problems(row)).code
        columns = {name: self._changed_columns(name, rows) for name, rows in changed.items()}
        try:
            for name, rows in changed.items():
                self._load(name, rows)
            for place, guard in enumerate(self._order):
                words = self._words[guard]
                reads = any(
                    name in words and not words.isdisjoint(found) for name, found in columns.items()
                )
                if reads and self._database.execute(guard.sql).fetchall():
                    first = next(
                        n for n, other in enumerate(self._order) if other.kind == guard.kind
                    )
                    self._order.insert(first, self._order.pop(place))
                    return guard.code
        finally:
            for name in changed:
                self._load(name, self._valid[name])
        return None

    def forget(self) -> None:
        """Restore the order of the guards, so that the result of an operator does not depend on the one before."""
        self._order = sorted(self._words, key=lambda guard: guard.kind)

    def _changed_columns(self, name: str, rows: Rows) -> set[str]:
        """The columns in which the rows differ from the valid ones; the relation itself if there are more, fewer or others."""
        valid = self._valid[name]
        if len(rows) != len(valid):
            return {name}
        return {
            column
            for row, old in zip(rows, valid, strict=True)
            for column in row
            if row[column] != old.get(column)
        }

    def _load(self, name: str, rows: Rows) -> None:
        table = self._tables.get(name)
        types = column_types(table) if table else EXTRAS[name]
        target = f"all_{name}" if table else name
        if rows:
            path = self._folder / "rows.jsonl"
            path.write_bytes(jsonl_from_rows(rows))
            columns = ", ".join(f"{quoted(c)}: '{t}'" for c, t in types.items())
            query = f"SELECT * FROM read_json('{path}', format = 'newline_delimited', columns = {{{columns}}})"
        else:
            query = (
                "SELECT "
                + ", ".join(f"CAST(NULL AS {t}) AS {quoted(c)}" for c, t in types.items())
                + " WHERE false"
            )
        self._database.execute(f"CREATE OR REPLACE TABLE {target} AS {query}")


def _views(common: dict[str, str], tables: dict[str, Table]) -> dict[str, str]:
    """The query of each view that the guards read through, by name."""
    references = dict(
        re.findall(
            r"CREATE OR REPLACE VIEW (\w+) AS(.*?);\n", reference_views(tables) + "\n", re.DOTALL
        )
    )
    assert {"refs", "identifiers"} <= set(references)
    return common | references | {"curated_sources": "sources source_id"}


def _words_of(guard: Guard, views: dict[str, str]) -> set[str]:
    """Every word of a guard and of the views that it reads through: the relations and columns that it can depend on are among them."""
    found, waiting = set(), set(re.findall(r"\w+", guard.sql))
    while waiting:
        word = waiting.pop()
        if word not in found:
            found.add(word)
            waiting |= set(re.findall(r"\w+", views.get(word, "")))
    return found
