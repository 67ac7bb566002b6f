"""The same rules on a Spark cluster: rows judged inside tasks, the guards' files translated by sqlglot.

Needs the extra `spark` and Java; the workers' Python needs this package too. Files are read by Spark, so the folder may be on any file
system that driver and workers share. What was found is kept by the driver, in DuckDB, as without Spark.
"""

from __future__ import annotations

import csv
import io
import os
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import duckdb

from ..findings import PackageError
from ..layout import Layout
from ..rules.guards import read_guards
from ..rules.stages import Stages
from ..rules.values import Judge
from ..rules.views import column_types, quoted, record_id_sql, reference_views, standing_view_queries
from ..tables.definitions import Table, read_tables
from .judging import EXTRAS, Progress, Verdict, settle_database, tell
from .loading import judge_row, whole_row
from .shards import Shard, UnreadableRow, find_shards, iter_cells, row_from_line, value_from_parquet
from .translation import spark_sql

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

TOLD = ("code", "field", "record", "message", "hint")
_SPARK_TYPES = {"VARCHAR": "STRING", "DATE": "DATE", "BIGINT": "BIGINT", "DOUBLE": "DOUBLE"}


class SparkEngine:
    """The guards' views in Spark, the docket in DuckDB."""

    def __init__(self, session: SparkSession, database: duckdb.DuckDBPyConnection, views: dict[str, str]) -> None:
        self._session, self._database, self._views = session, database, views
        self._kept: dict[str, DataFrame] = {}

    def rows(self, sql: str) -> Iterator[list[tuple]]:
        for batch in self.query(sql).toArrow().to_batches(10_000):
            yield list(zip(*(column.to_pylist() for column in batch.columns), strict=True))

    def query(self, sql: str) -> DataFrame:
        """Raises PackageError if Spark does not understand it."""
        from pyspark.errors import AnalysisException, ParseException

        try:
            return self._session.sql(spark_sql(sql))
        except (AnalysisException, ParseException) as error:
            raise PackageError(" ".join(str(error).split())[:300]) from error

    def view(self, name: str, sql: str) -> None:
        self.query(sql).createOrReplaceTempView(name)

    def put(self, name: str, sql: str) -> None:
        table = self._database.execute(sql).to_arrow_table()
        self._session.createDataFrame(table).createOrReplaceTempView(name)

    def narrow(self, name: str, condition: str) -> None:
        self.view(name, f"SELECT * FROM all_{name} WHERE {condition}")

    def settle(self, name: str) -> None:
        frame = self.query(self._views[name]).persist()
        frame.createOrReplaceTempView(name)
        if name in self._kept:
            self._kept[name].unpersist()
        self._kept[name] = frame

    def refresh(self) -> None:
        """The standing views over the tables as they are now."""
        for name, sql in self._views.items():
            self.view(name, sql)


def open_session(master: str) -> SparkSession:
    """A session on a master such as `local[2]` or `spark://host:7077`. Raises PackageError without the extra or Java."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pyspark.errors import PySparkRuntimeError
            from pyspark.sql import SparkSession
    except ImportError as error:
        raise PackageError("the engine spark needs the extra: pip install 'readouts[spark]'") from error
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.ansi.enabled": "true",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "5000",
    }
    if master.startswith("local"):
        os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
        settings |= {"spark.sql.shuffle.partitions": "4", "spark.driver.memory": "2g"}
    builder = SparkSession.builder.master(master).appName("readouts")
    for key, value in settings.items():
        builder = builder.config(key, value)
    try:
        session = builder.getOrCreate()
    except PySparkRuntimeError as error:
        raise PackageError(f"Spark does not start: {str(error).splitlines()[0]}") from error
    session.sparkContext.setLogLevel("ERROR")
    return session


@contextmanager
def judge_folder_on_spark(
    layout: Layout, folder: Path, captures: Path | None = None, form: str | None = None, master: str = "local[*]", progress: Progress = lambda _: None
) -> Iterator[Verdict]:
    """As `judging.judge_folder`, on Spark. Raises PackageError."""
    tables, guards = read_tables(layout), read_guards(layout)
    shards = find_shards(folder, [*tables, *EXTRAS], form)
    views = standing_view_queries(layout.guard_views.read_text(encoding="utf-8"))
    started = time.monotonic()
    session = open_session(master)
    try:
        with tempfile.TemporaryDirectory(prefix="readouts-") as scratch, duckdb.connect(f"{scratch}/found.duckdb") as database:
            settle_database(database, Path(scratch), "1GiB")
            verdict, engine = Verdict(database, guards=len(guards)), SparkEngine(session, database, views)
            rejected, blocks = [], {}
            for name, table in tables.items():
                rejected += _load(engine, session, table, shards.get(name, []), folder, verdict, blocks)
                progress(f"{name}: {verdict.rows.get(name, 0):,} rows")
            _load_extras(session, shards, captures)
            for name in tables:
                engine.view(name, f"SELECT * FROM all_{name}")
            session.createDataFrame([], "table_name STRING, record_id STRING").createOrReplaceTempView("incomplete")
            for statement in filter(str.strip, reference_views(tables).split(";\n")):
                head, _, query = statement.partition(" AS\n")
                engine.view(head.split()[-1], query)
            engine.view("curated_sources", "SELECT source_id FROM all_sources" + ("" if "exclusions" in shards else " WHERE false"))
            engine.refresh()
            stages = Stages(database, engine, tables, views)
            stages.withhold(rejected)
            for number, guard in enumerate(stages.run(guards), 1):
                progress(f"guard {number} of {len(guards)}: {guard.code}")
            _tell_breaches(engine, database, guards, tables, shards, folder, blocks)
            verdict.captures = session.table("captures").count()
            absent = "SELECT s.source_id FROM all_statements AS s LEFT JOIN captures AS c ON c.source_id = s.source_id WHERE c.source_id IS NULL"
            verdict.not_checked = engine.query(absent).count()
            verdict.seconds = time.monotonic() - started
            yield verdict
    finally:
        session.stop()


def _load(
    engine: SparkEngine, session: SparkSession, table: Table, shards: list[Shard], folder: Path, verdict: Verdict, blocks: dict
) -> list[tuple[str, str]]:
    """The view `all_<table>` of the right rows; tells what is wrong with the others and gives their ids."""
    types = column_types(table)
    columns = ", ".join(f"`{name}` {_SPARK_TYPES[kind]}" for name, kind in types.items())
    schema = f"{columns}, row_path STRING, row_block BIGINT, row_index BIGINT, " + ", ".join(f"told_{name} STRING" for name in TOLD)
    frames = [_read(session, shard).mapInArrow(_judging(table, shard.form), schema) for shard in shards]
    loaded = frames[0] if frames else session.createDataFrame([], schema)
    for frame in frames[1:]:
        loaded = loaded.unionAll(frame)
    loaded = loaded.persist()
    loaded.createOrReplaceTempView(f"loaded_{table.name}")
    engine.view(f"all_{table.name}", f"SELECT {', '.join(map(quoted, types))} FROM loaded_{table.name} WHERE told_code IS NULL")
    if not shards:
        return []
    counted = engine.rows(f"SELECT row_path, row_block, max(row_index) + 1, count(DISTINCT row_index) FROM loaded_{table.name} GROUP BY row_path, row_block")
    found = sorted(row for rows in counted for row in rows)
    before: dict[str, int] = {}
    for path, block, last, _ in found:
        blocks[path, block] = before.get(path, 0)
        before[path] = blocks[path, block] + last
    wrong = f"SELECT row_path, row_block, row_index, {', '.join(f'told_{name}' for name in TOLD)} FROM loaded_{table.name} WHERE told_code IS NOT NULL"
    rejected, places, blank = [], set(), 0
    for rows in engine.rows(wrong):
        tell(
            engine._database,
            [(code, "error", _relative(path, folder), blocks[path, block] + index + 1, field, record, message, hint) for path, block, index, code, field, record, message, hint in rows],
        )  # fmt: skip
        rejected += [(table.name, row[5]) for row in rows if row[5]]
        blank += sum(row[6] == BLANK for row in rows)
        places |= {row[:3] for row in rows}
    verdict.rows[table.name] = sum(number for *_, number in found) - blank
    verdict.rejected += len(places)
    return rejected


BLANK = "the line is blank"


def _relative(uri: str, folder: Path) -> str:
    path = Path(unquote(urlsplit(uri).path))
    return path.relative_to(folder.resolve()).as_posix() if path.is_relative_to(folder.resolve()) else uri


def _read(session: SparkSession, shard: Shard) -> DataFrame:
    """The rows of a file as a task gets them: (data, path, block, index)."""
    path = str(shard.path.resolve())
    if shard.form == "jsonl":
        return session.read.option("lineSep", "\n").text(path).selectExpr(
            "CAST(value AS BINARY) AS data", "_metadata.file_path AS row_path", "_metadata.file_block_start AS row_block"
        )  # fmt: skip
    if shard.form == "csv":
        return session.read.format("binaryFile").load(path).selectExpr("content AS data", "path AS row_path", "0L AS row_block")
    return session.read.parquet(path).selectExpr("*", "_metadata.file_path AS row_path", "0L AS row_block", "_metadata.row_index AS row_index")


def _judging(table: Table, form: str) -> Callable[[Iterator], Iterator]:
    """What a task does: read the rows, judge them, give the right ones typed and of the others what is wrong."""

    def judged(batches: Iterator) -> Iterator:
        import pyarrow

        judge = Judge(f"schema/tables/{table.name}.schema.json", table.schema)
        kinds = {"string": pyarrow.string(), "date": pyarrow.date32(), "integer": pyarrow.int64(), "number": pyarrow.float64()}
        names = [*table.column_names, "row_path", "row_block", "row_index", *(f"told_{name}" for name in TOLD)]
        types = [kinds[c.type] for c in table.columns] + [pyarrow.string(), pyarrow.int64(), pyarrow.int64()] + [pyarrow.string()] * len(TOLD)
        written = [pyarrow.string() if kind == pyarrow.date32() else kind for kind in types]
        out: list[tuple] = []
        for path, block, index, row, reason in _rows(batches, table, form):
            problems = judge_row(judge, row, reason)
            if not problems:
                out.append((*(whole_row(row, table)[name] for name in table.column_names), path, block, index, *(None,) * len(TOLD)))
            for problem in problems:
                keyed = isinstance(row, dict) and all(isinstance(row.get(key), str | int) for key in table.primary_key)
                told = (problem.code, str(problem.path[0]) if problem.path else "", table.record_id(row) if keyed else "", problem.message, problem.hint)
                told = tuple(text.encode("utf-8", "replace").decode() for text in told)
                out.append((*(None,) * len(table.columns), path, block, index, *told))
            if len(out) >= 5000:
                yield _batch(pyarrow, out, names, written, types)
                out = []
        if out:
            yield _batch(pyarrow, out, names, written, types)

    return judged


def _batch(pyarrow: Any, rows: list[tuple], names: list[str], written: list, types: list) -> Any:
    arrays = [pyarrow.array(values, kind).cast(wanted) for values, kind, wanted in zip(zip(*rows, strict=True), written, types, strict=True)]
    return pyarrow.RecordBatch.from_arrays(arrays, names)


def _rows(batches: Iterator, table: Table, form: str) -> Iterator[tuple[str, int, int, Any, str]]:
    place, index = None, -1
    for batch in batches:
        columns = {name: batch.column(name).to_pylist() for name in batch.schema.names}
        paths, blocks = columns.pop("row_path"), columns.pop("row_block")
        if form == "parquet":
            indices = columns.pop("row_index")
            for n, (path, block, index) in enumerate(zip(paths, blocks, indices, strict=True)):
                yield path, block, index, {name: value_from_parquet(values[n]) for name, values in columns.items()}, ""
            continue
        for path, block, data in zip(paths, blocks, columns["data"], strict=True):
            if form == "csv":
                text = io.StringIO(data.decode("utf-8", "surrogateescape"), newline="")
                yield from ((path, block, number - 1, row, reason) for number, row, reason in iter_cells(text, table))
                continue
            index = index + 1 if place == (path, block) else 0
            place = (path, block)
            try:
                yield path, block, index, row_from_line(data), ""
            except UnreadableRow as error:
                yield path, block, index, None, str(error)


def _load_extras(session: SparkSession, shards: dict[str, list[Shard]], captures: Path | None) -> None:
    given = {name: shards.get(name, []) for name in EXTRAS}
    if captures is not None:
        given["captures"] = [] if captures.is_dir() else [Shard("captures", captures, captures.suffix.removeprefix("."))]
    for name, types in EXTRAS.items():
        schema = ", ".join(f"`{column}` {_SPARK_TYPES[kind]}" for column, kind in types.items())
        frame = session.createDataFrame([], schema)
        for shard in given[name]:
            path = str(shard.path.resolve())
            reader = session.read.schema(schema)
            if shard.form == "csv":
                found = reader.csv(path, header=True, multiLine=True, escape='"', quote='"')
            else:
                found = reader.json(path) if shard.form == "jsonl" else session.read.parquet(path)
            frame = frame.unionAll(found.select(*types))
        if name == "captures" and captures is not None and captures.is_dir():
            texts = session.read.option("wholetext", "true").option("recursiveFileLookup", "true").text(str(captures.resolve()))
            frame = frame.unionAll(texts.selectExpr(
                "CASE WHEN _metadata.file_name = 'source.txt' THEN element_at(split(_metadata.file_path, '/'), -2) ELSE regexp_replace(_metadata.file_name, '[.]txt$', '') END",
                "value",
            ).where("_metadata.file_name LIKE '%.txt'"))  # fmt: skip
        frame.persist().createOrReplaceTempView("ledger" if name == "released" else name)


def _tell_breaches(
    engine: SparkEngine, database: duckdb.DuckDBPyConnection, guards: list, tables: dict[str, Table], shards: dict[str, list[Shard]], folder: Path, blocks: dict
) -> None:
    for (name,) in database.execute("SELECT DISTINCT table_name FROM docket.breaches").fetchall():
        places: dict[str, tuple[str, int]] = {}
        if name in tables:
            engine.put("found", f"SELECT DISTINCT record_id FROM docket.breaches WHERE table_name = '{name}'")
            record = record_id_sql(tables[name], "x")
            sql = (
                f"SELECT {record} AS record_id, x.row_path, x.row_block, x.row_index FROM loaded_{name} AS x "
                f"JOIN found AS f ON f.record_id = {record} WHERE x.told_code IS NULL"
            )
            for rows in engine.rows(sql):
                for record_id, path, block, index in rows:
                    place = (path, blocks[path, block] + index + 1)
                    places[record_id] = max(places.get(record_id, place), place)
        absent = next((shard.path.relative_to(folder).as_posix() for shard in shards.get(name, [])), f"{name}.jsonl")
        cursor = database.cursor().execute("SELECT guard, record_id, field, message FROM docket.breaches WHERE table_name = ?", [name])
        while rows := cursor.fetchmany(10_000):
            found = []
            for number, record_id, field, message in rows:
                path, line = places.get(record_id, ("", 0))
                guard = guards[number]
                found.append((guard.code, guard.severity, _relative(path, folder) if path else absent, line, field, record_id, message, guard.hint))
            tell(database, found)
