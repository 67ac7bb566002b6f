"""Published tables validated on Spark, as `published.checks` does in one process."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from ...core.definitions import Table, read_tables
from ...core.findings import PackageError
from ...core.layout import Layout
from ...rules.engine import reader_of
from ...rules.guards import Guard, read_guards, split_message
from ...rules.stages import Stages
from ...rules.views import common_macros, guard_view_queries, record_id_sql
from ..checks import leave_out, size_of
from ..confinement import confine, open_database
from ..database import settle_database
from ..exclusions import queries
from ..extras import EXTRAS, read_extras
from ..gaps import Gaps, Rejected
from ..pace import Pace, Report
from ..reporting import also_at, drop_repeated_column_findings, report_missing_tables_once
from ..result import CHECKED, ValidationResult, insert_findings, open_result
from ..shards import Shard, find_shards
from ..translation import Translation
from .engine import AT_ONCE, SparkEngine, failures, open_session, reason_of
from .extras import load_extras
from .loading import Blocks, load_table, relative

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

READING = 0.3
"""The share of the time that reading takes on Spark."""


@contextmanager
def validate_folder_on_spark(
    layout: Layout,
    folder: Path,
    captures: Path | None = None,
    form: str | None = None,
    master: str = "local[*]",
    progress: Report = lambda _: None,
) -> Iterator[ValidationResult]:
    """Like `checks.validate_folder`, on Spark. Raises PackageError."""
    tables, guards = read_tables(layout), read_guards(layout)
    shards = find_shards(folder, [*tables, *EXTRAS], form)
    started = time.monotonic()
    session = open_session(master)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="readouts-") as scratch,
            open_database() as database,
            ThreadPoolExecutor(AT_ONCE) as pool,
        ):
            settle_database(database, Path(scratch), "1GiB")
            confine(database, [], [Path(scratch)])
            result = open_result(database, guards, tables, shards, folder)
            engine = _engine(session, database, layout, tables, pool)
            rejected, blocks = Rejected(), Blocks()
            pace = Pace(progress, size_of(tables, shards), len(guards), READING)
            _load_tables(engine, session, tables, shards, folder, result, blocks, rejected, pace)
            extras = read_extras(layout)
            load_extras(engine, session, extras, shards, captures, folder, result, blocks)
            _create_views(engine, session, tables)
            _report_exclusions(engine, shards, rejected, folder, blocks)
            engine.settle("refs")  # read before the guards, to find missing records
            drop_repeated_column_findings(database)
            stages = Stages(database, engine, tables, engine.views)
            gaps = Gaps(engine, tables, result.rows, rejected, result.unread)
            leave_out(database, stages, gaps, rejected)
            for number, guard in enumerate(stages.run(guards), 1):
                pace.checking(number, guard.code)
            result.accepted = stages.accepted
            _report_violations(engine, database, guards, tables, shards, folder, blocks)
            report_missing_tables_once(database, gaps)
            _count_checked(engine, session, result)
            result.seconds = time.monotonic() - started
            result.scratch = Path(scratch)
            yield result
    except failures() as error:
        raise PackageError(f"Spark failed: {reason_of(error)}") from error
    finally:
        session.stop()


def _engine(
    session: SparkSession,
    database: duckdb.DuckDBPyConnection,
    layout: Layout,
    tables: dict[str, Table],
    pool: ThreadPoolExecutor,
) -> SparkEngine:
    text = layout.guard_views.read_text(encoding="utf-8")
    translation = Translation(common_macros(text))
    return SparkEngine(session, database, guard_view_queries(tables, text), translation, pool)


def _load_tables(
    engine: SparkEngine,
    session: SparkSession,
    tables: dict[str, Table],
    shards: dict[str, list[Shard]],
    folder: Path,
    result: ValidationResult,
    blocks: Blocks,
    rejected: Rejected,
    pace: Pace,
) -> None:
    """Load every table of the package, and report the progress after each."""
    for name, table in tables.items():
        begun = time.monotonic()
        load_table(engine, session, table, shards.get(name, []), folder, result, blocks, rejected)
        pace.read(name, size_of([name], shards), result.rows.get(name, 0), time.monotonic() - begun)


def _create_views(engine: SparkEngine, session: SparkSession, tables: dict[str, Table]) -> None:
    """Create the views that the guards read: a table's valid rows by its name, and `incomplete`, which is empty."""
    for name in tables:
        engine.view(name, f"SELECT * FROM all_{name}")
    session.createDataFrame([], "table_name STRING, record_id STRING").createOrReplaceTempView(
        "incomplete"
    )


def _count_checked(engine: SparkEngine, session: SparkSession, result: ValidationResult) -> None:
    """Enter in `result` how many captures there are, and how many statements were not checked against one."""
    result.captures = session.table("captures").count()
    (checked,) = next(engine.rows(CHECKED))[0]
    result.not_checked = result.rows.get("statements", 0) - checked


def _report_exclusions(
    engine: SparkEngine,
    shards: dict[str, list[Shard]],
    rejected: Rejected,
    folder: Path,
    blocks: Blocks,
) -> None:
    """Report exclusions that contradict each other, their source or its captured text."""
    for query in queries(rejected.named, "sources" in shards and "sources" not in rejected.unnamed):
        for rows in engine.rows(f"{query} ORDER BY place"):
            for code, record, field, message, hint, place in rows:
                path, block, index = place.rsplit("|", 2)
                line = blocks[path, int(block)] + int(index) + 1
                insert_findings(
                    engine.database,
                    [(code, "error", relative(path, folder), line, field, record, message, hint)],
                )


def _report_violations(
    engine: SparkEngine,
    database: duckdb.DuckDBPyConnection,
    guards: list[Guard],
    tables: dict[str, Table],
    shards: dict[str, list[Shard]],
    folder: Path,
    blocks: Blocks,
) -> None:
    """Report the violations of guards, each at the row of its record, or at the table's file if it has none."""
    for (name,) in database.execute(
        "SELECT DISTINCT table_name FROM results.violations"
    ).fetchall():
        places = _places_of_records(engine, tables[name], blocks) if name in tables else {}
        absent = next(
            (shard.path.relative_to(folder).as_posix() for shard in shards.get(name, [])),
            f"{name}.jsonl",
        )
        cursor = reader_of(database).execute(
            "SELECT guard, record_id, field, message FROM results.violations WHERE table_name = ?",
            [name],
        )
        while rows := cursor.fetchmany(10_000):
            found = []
            for number, record_id, field, message in rows:
                of_record = sorted(places.get(record_id, []))
                path, line = of_record[-1] if of_record else ("", 0)
                place = relative(path, folder) if path else absent
                guard = guards[number]
                if guard.code == "ids_unique":
                    message += also_at(
                        [(relative(name, folder), number) for name, number in of_record]
                    )
                found.append(
                    (
                        guard.code,
                        guard.severity,
                        place,
                        line,
                        field,
                        record_id,
                        *split_message(guard, message),
                    )
                )
            insert_findings(database, found)


def _places_of_records(
    engine: SparkEngine, table: Table, blocks: Blocks
) -> dict[str, list[tuple[str, int]]]:
    """Return the (path, line) of every row of a table's records that violate a guard, by record."""
    engine.put(
        "found",
        f"SELECT DISTINCT record_id FROM results.violations WHERE table_name = '{table.name}'",
    )
    record = record_id_sql(table, "x")
    sql = (
        f"SELECT {record} AS record_id, x.row_path, x.row_block, x.row_index FROM loaded_{table.name} AS x "
        f"JOIN found AS f ON f.record_id = {record} WHERE x.problem_code IS NULL"
    )
    places: dict[str, list[tuple[str, int]]] = {}
    for rows in engine.rows(sql):
        for record_id, path, block, index in rows:
            places.setdefault(record_id, []).append((path, blocks[path, block] + index + 1))
    return places
