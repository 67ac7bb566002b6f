"""The guards over a package that is valid but for a few tables: only those that read what changed are run, until one is broken.

This gives the same verdict as `readouts validate` and `readouts validate PATH` (a test holds it to that), fifty times a minute more often.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import duckdb

from readouts.layout import Layout
from readouts.rules.guards import Guard, empty_relation, prepare, read_guards
from readouts.rules.values import Judge
from readouts.rules.views import column_types, quoted, standing_views
from readouts.tables.definitions import Table
from readouts.tables.files import jsonl_from_rows
from readouts.tables.ledger import KEYS, Ledger

Rows = list[dict[str, Any]]
EXTRAS = {
    "captures": {"source_id": "VARCHAR", "text": "VARCHAR"},
    "exclusions": {"source_id": "VARCHAR", "start": "BIGINT", "end": "BIGINT", "reason": "VARCHAR"},
    "ledger": dict.fromkeys(KEYS, "VARCHAR"),
    "incomplete": {"table_name": "VARCHAR", "record_id": "VARCHAR"},
}


class Engine:
    """`curated` says whether the exclusions are known, as they are in the repository and are not in what is published."""

    def __init__(
        self, layout: Layout, tables: dict[str, Table], relations: dict[str, Rows], ledger: Ledger, curated: bool
    ) -> None:
        self._tables, self._valid = tables, {**relations, "ledger": list(ledger.entries.values()), "incomplete": []}
        self._folder = Path(tempfile.mkdtemp(prefix="tamper-"))
        self._database = duckdb.connect(config={"threads": 1})
        for name in (*tables, *EXTRAS):
            self._load(name, self._valid[name])
        known = "SELECT source_id FROM all_sources" if curated else "SELECT NULL AS source_id WHERE false"
        self._database.execute(f"CREATE VIEW curated_sources AS {known}")
        prepare(self._database, layout, tables)
        self._judges = {name: Judge(name, table.schema) for name, table in tables.items()}
        self._reads = {
            guard: _read_by(guard, layout, set(self._valid))
            for guard in read_guards(layout)
            if guard.severity == "error"
        }
        for guard in self._reads:
            if self._database.execute(guard.sql).fetchall():
                raise AssertionError(f"the package is not valid: {guard.code}")

    def judge(self, changed: dict[str, Rows]) -> str | None:
        """The code of a rule that the changed relations break, or None."""
        changed = {name: rows for name, rows in changed.items() if rows != self._valid[name]}
        for name, rows in changed.items():
            if name in self._judges:
                for row in rows:
                    if not self._judges[name].accepts(row):
                        return next(self._judges[name].iter_problems(row)).code
        try:
            for name, rows in changed.items():
                self._load(name, rows)
            for guard, read in self._reads.items():
                if not read.isdisjoint(changed) and self._database.execute(guard.sql).fetchall():
                    return guard.code
        finally:
            for name in changed:
                self._load(name, self._valid[name])
        return None

    def _load(self, name: str, rows: Rows) -> None:
        table = self._tables.get(name)
        types = column_types(table) if table else EXTRAS[name]
        target = f"all_{name}" if table else name
        if rows:
            path = self._folder / "rows.jsonl"
            path.write_bytes(jsonl_from_rows(rows))
            columns = ", ".join(f"{quoted(c)}: '{t}'" for c, t in types.items())
            query = f"SELECT * FROM read_json('{path}', format = 'newline_delimited', columns = {{{columns}}})"
        elif table:
            query = empty_relation(table)
        else:
            query = (
                "SELECT " + ", ".join(f"CAST(NULL AS {t}) AS {quoted(c)}" for c, t in types.items()) + " WHERE false"
            )
        self._database.execute(f"CREATE OR REPLACE TABLE {target} AS {query}")


def _read_by(guard: Guard, layout: Layout, relations: set[str]) -> set[str]:
    """The relations that a guard reads, through the views too."""
    views = dict(
        re.findall(
            r"CREATE OR REPLACE VIEW (\w+) AS(.*?);\n",
            standing_views(layout.guard_views.read_text(encoding="utf-8")) + "\n",
            re.DOTALL,
        )
    )
    views |= dict.fromkeys(("refs", "identifiers"), " ".join(relations))
    views["curated_sources"] = "sources"
    found, waiting = set(), set(re.findall(r"\w+", guard.sql))
    while waiting:
        word = waiting.pop()
        if word not in found:
            found.add(word)
            waiting |= set(re.findall(r"\w+", views.get(word, "")))
    return found & relations
