"""Guards over few rows, for which DuckDB takes longer to plan a query than to run it.

A view is planned again in every query that reads it. Therefore the tables and the views that
several guards read become tables, a view is created only when a guard reads it, and the guards of a
stage are planned in parallel, each on one core.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import duckdb

from ..core.definitions import Table
from ..core.layout import Layout
from ..core.progress import Progress
from .engine import SETTLED, DuckEngine, iter_batches
from .guards import Guard, Violation, create_macros
from .stages import LASTING, Stages
from .views import guard_view_queries, quoted

FEW = 20_000
"""Number of rows of all tables below which a single guard is not worth more than one thread."""
AT_ONCE = 2
"""Number of guards that run in parallel."""
_WHOLE = re.compile(r"SELECT \* FROM (\w+)")
_SHARED = {*LASTING, *SETTLED, "identifiers", "incomplete_events", "date_readings"}
"""Views that several guards read, directly or through other views."""


class SmallEngine(DuckEngine):
    """DuckDB's engine for few rows in relations named `all_<table>`, `captures`, `exclusions`, `curated_sources` and `incomplete`.

    Queries run in a pool of threads as soon as they are expected, and their rows wait in memory.
    """

    def __init__(
        self,
        database: duckdb.DuckDBPyConnection,
        layout: Layout,
        tables: dict[str, Table],
        pool: ThreadPoolExecutor,
    ) -> None:
        text = layout.guard_views.read_text(encoding="utf-8")
        super().__init__(database, guard_view_queries(tables, text))
        create_macros(database, text)
        for name in tables:
            self.narrow(name, "true")
        (self._home,) = database.execute("SELECT current_database()").fetchone() or ("memory",)
        self._pool = pool
        self._begun: dict[str, Future[list[list[tuple]]]] = {}
        whole = {
            name: found[1]
            for name, query in self.views.items()
            if (found := _WHOLE.fullmatch(query))
        }
        self._other_names = {
            name: whole.get(relation, relation) for name, relation in whole.items()
        }
        self._renamed = re.compile(rf"\b({'|'.join(self._other_names)})\b")
        self.settle("refs")  # also read before the guards, to find missing records

    def expect(self, queries: list[str]) -> None:
        self._begun = {
            sql: self._pool.submit(lambda sql=sql: list(self._iter_rows(sql))) for sql in queries
        }

    def rows(self, sql: str) -> Iterator[list[tuple]]:
        begun = self._begun.pop(sql, None)
        return iter(begun.result()) if begun else self._iter_rows(sql)

    def _iter_rows(self, sql: str) -> Iterator[list[tuple]]:
        cursor = self._reader.cursor()
        cursor.execute(f"USE {self._home}")
        return iter_batches(cursor, self._direct(sql))

    def _direct(self, sql: str) -> str:
        """Return the query with each view that is the whole of another relation replaced by that relation."""
        return self._renamed.sub(lambda found: self._other_names[found[1]], sql)

    def settle(self, name: str) -> None:
        query = self._direct(self.views[name])
        if name in _SHARED:
            self._database.execute(f"CREATE OR REPLACE TABLE {name} AS {query}")
        elif name not in self._other_names and name not in self._settled:
            self._database.execute(f"CREATE VIEW {name} AS {query}")
        self._settled.add(name)

    def narrow(self, name: str, condition: str) -> None:
        self._database.execute(
            f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM all_{name} WHERE {condition}"
        )


def run_guards(
    layout: Layout,
    tables: dict[str, Table],
    guards: list[Guard],
    relations: dict[str, tuple[dict[str, str], bytes]],
    few: bool,
    progress: Progress,
) -> tuple[list[Violation], int]:
    """Run the guards over relations in memory (name → its columns with their types, and its rows in
    JSONL); return their findings and the number of reviews that accepted one. `few` rows are left
    to one thread.
    """
    with (
        tempfile.TemporaryDirectory(prefix="readouts-") as folder,
        duckdb.connect() as database,
        ThreadPoolExecutor(AT_ONCE) as pool,
    ):
        database.execute("SET enable_progress_bar = false")
        if few:
            database.execute("SET threads = 1")
        for name, (types, jsonl) in relations.items():
            _load(database, Path(folder), name, types, jsonl)
        database.execute("CREATE VIEW curated_sources AS SELECT source_id FROM all_sources")
        engine = SmallEngine(database, layout, tables, pool)
        stages = Stages(database, engine, tables, engine.views)
        stages.quarantine([], "SELECT table_name, record_id FROM incomplete")
        for number, guard in enumerate(stages.run(guards), 1):
            progress(f"guard {number} of {len(guards)}: {guard.code}")
        return list(stages.iter_violations(guards)), stages.accepted


def _load(
    database: duckdb.DuckDBPyConnection,
    folder: Path,
    name: str,
    types: dict[str, str],
    jsonl: bytes,
) -> None:
    """Make a DuckDB table of rows in JSONL: its bulk reader is faster than row-wise inserts."""
    columns = ", ".join(f"{quoted(column)} {kind}" for column, kind in types.items())
    database.execute(f"CREATE TABLE {name} ({columns})")
    if not jsonl:
        return
    path = folder / f"{name}.jsonl"
    path.write_bytes(jsonl)
    columns = ", ".join(f"{quoted(c)}: '{t}'" for c, t in types.items())
    database.execute(
        f"INSERT INTO {name} SELECT * FROM read_json('{path}', format = 'newline_delimited', columns = {{{columns}}}, "
        "maximum_object_size = 200000000)"
    )
    path.unlink()
