"""Load published tables into Spark: the valid rows become views, problems of the others are reported."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from ...core.definitions import Table
from ...core.findings import PackageError
from ...rules.views import column_types, quoted
from ..content import problem_of_file
from ..extras import (
    DUPLICATE_CAPTURE_QUERY,
    EXTRAS,
    curated_sources,
    given_captures,
    refusal,
    refuse_lines,
    require_unique_captures,
)
from ..gaps import Rejected
from ..json_rows import BLANK
from ..result import ValidationResult, insert_findings
from ..shards import FORMS, Shard
from .engine import SparkEngine
from .tasks import PROBLEM_COLUMNS, validation_task

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

SPARK_TYPES = {"VARCHAR": "STRING", "DATE": "DATE", "BIGINT": "BIGINT", "DOUBLE": "DOUBLE"}
Blocks = dict[tuple[str, int], int]
"""Rows of a file before each of the blocks that Spark read it in, by (path, start of the block)."""


def load_table(
    engine: SparkEngine,
    session: SparkSession,
    table: Table,
    shards: list[Shard],
    folder: Path,
    result: ValidationResult,
    blocks: Blocks,
    rejected: Rejected,
) -> None:
    """Make the view `all_<table>` of the valid rows; report problems of the others and enter them in `rejected`."""
    shards = _readable(engine, table, shards, folder, result, rejected)
    types = column_types(table)
    columns = ", ".join(f"`{name}` {SPARK_TYPES[kind]}" for name, kind in types.items())
    schema = f"{columns}, row_path STRING, row_block BIGINT, row_index BIGINT, " + ", ".join(
        f"problem_{name} STRING" for name in PROBLEM_COLUMNS
    )
    frames = [
        _read(session, shard).mapInArrow(validation_task(table, shard.form), schema)
        for shard in shards
    ]
    loaded = frames[0] if frames else session.createDataFrame([], schema)
    for frame in frames[1:]:
        loaded = loaded.unionAll(frame)
    loaded = loaded.persist()
    loaded.createOrReplaceTempView(f"loaded_{table.name}")
    engine.view(
        f"all_{table.name}",
        f"SELECT {', '.join(map(quoted, types))} FROM loaded_{table.name} WHERE problem_code IS NULL",
    )
    if not shards:
        return
    counted = engine.rows(
        f"SELECT row_path, row_block, max(row_index) + 1, count(DISTINCT row_index) FROM loaded_{table.name} GROUP BY row_path, row_block"
    )
    found = sorted(row for rows in counted for row in rows)
    before: dict[str, int] = {}
    for path, block, last, _ in found:
        blocks[path, block] = before.get(path, 0)
        before[path] = blocks[path, block] + last
    wrong = f"SELECT row_path, row_block, row_index, {', '.join(f'problem_{name}' for name in PROBLEM_COLUMNS)} FROM loaded_{table.name} WHERE problem_code IS NOT NULL"
    places, blank = set(), 0
    for rows in engine.rows(wrong):
        insert_findings(
            engine.database,
            [(code, "error", relative(path, folder), blocks[path, block] + index + 1, field, record, message, hint) for path, block, index, code, field, record, message, hint in rows],
        )  # fmt: skip
        for *_, field, record, message, _ in rows:
            if message != BLANK:
                rejected.add(table, record, field)
        blank += sum(row[6] == BLANK for row in rows)
        places |= {row[:3] for row in rows}
    result.rows[table.name] = (
        result.rows.get(table.name, 0) + sum(number for *_, number in found) - blank
    )
    result.rejected += len(places)


def _readable(
    engine: SparkEngine,
    table: Table,
    shards: list[Shard],
    folder: Path,
    result: ValidationResult,
    rejected: Rejected,
) -> list[Shard]:
    """Return the files that hold rows of a table; report the others."""
    kept = []
    for shard in shards:
        problem = problem_of_file(shard)
        if problem is None:
            kept.append(shard)
            continue
        path = relative(shard.path.resolve().as_uri(), folder)
        insert_findings(
            engine.database,
            [(problem.code, "error", path, 1, "", "", problem.message, problem.hint)],
        )
        rejected.add(table, "", "")
        result.rows[table.name] = result.rows.get(table.name, 0) + 1
        result.rejected += 1
    return kept


def relative(uri: str, folder: Path) -> str:
    path = Path(unquote(urlsplit(uri).path))
    return (
        path.relative_to(folder.resolve()).as_posix()
        if path.is_relative_to(folder.resolve())
        else path.as_posix()
    )


def _name(path: Path) -> str:
    """Return a file or folder by its name, with characters escaped that Hadoop would read as a pattern."""
    return re.sub(r"([\[\]{}*?\\])", r"\\\1", str(path.resolve()))


def _read(session: SparkSession, shard: Shard) -> DataFrame:
    """Return the rows of a file as passed to a task: (data, path, block, index)."""
    path = _name(shard.path)
    # Otherwise a folder called `column=value` would put that value in place of the column.
    reader = session.read.option("recursiveFileLookup", "true")
    if shard.form == "jsonl":
        return reader.option("lineSep", "\n").text(path).selectExpr(
            "CAST(value AS BINARY) AS data", "_metadata.file_path AS row_path", "_metadata.file_block_start AS row_block"
        )  # fmt: skip
    if shard.form == "csv":
        return (
            reader.format("binaryFile")
            .load(path)
            .selectExpr("content AS data", "path AS row_path", "0L AS row_block")
        )
    return reader.parquet(path).selectExpr(
        "*",
        "_metadata.file_path AS row_path",
        "0L AS row_block",
        "_metadata.row_index AS row_index",
    )


def load_extras(
    engine: SparkEngine,
    session: SparkSession,
    extras: dict[str, Table],
    shards: dict[str, list[Shard]],
    captures: Path | None,
    folder: Path,
    result: ValidationResult,
    blocks: Blocks,
) -> None:
    """Create the views `captures`, `exclusions`, `placed_exclusions`, `ledger` and `curated_sources`; report problems with rows of the first two."""
    given = {
        "captures": given_captures(shards, captures),
        "exclusions": shards.get("exclusions", []),
    }
    for name, table in extras.items():
        for shard in given[name]:
            if shard.form not in FORMS:
                raise PackageError(
                    f"{shard.path.name} is not a table: expected a file that ends in .jsonl, .csv or .parquet"
                )
        load_table(engine, session, table, given[name], folder, result, blocks, Rejected())
        _require_fitting(session, table, given[name])
        result.rows.pop(name, None)
    if captures is not None and captures.is_dir():
        texts = session.read.text(_name(captures), wholetext=True, recursiveFileLookup=True)
        texts.selectExpr(
            "CASE WHEN _metadata.file_name = 'source.txt' THEN element_at(split(_metadata.file_path, '/'), -2) ELSE regexp_replace(_metadata.file_name, '[.]txt$', '') END AS source_id",
            "value AS text",
        ).where("_metadata.file_name LIKE '%.txt'").persist().createOrReplaceTempView("all_captures")  # fmt: skip
    engine.view("captures", "SELECT * FROM all_captures")
    engine.view("exclusions", 'SELECT * FROM all_exclusions WHERE start < "end"')
    place = "row_path || '|' || lpad(CAST(row_block AS VARCHAR), 20, '0') || '|' || lpad(CAST(row_index AS VARCHAR), 20, '0')"
    engine.view(
        "placed_exclusions",
        f'SELECT source_id, start, "end", {place} AS place FROM loaded_exclusions WHERE problem_code IS NULL',
    )
    _load_ledger(session, shards.get("released", []))
    require_unique_captures(session.sql(DUPLICATE_CAPTURE_QUERY).first())
    unreadable = {
        (record or "").partition("/")[0] or None
        for rows in engine.rows(
            "SELECT problem_record FROM loaded_exclusions WHERE problem_code IS NOT NULL"
        )
        for (record,) in rows
    }
    engine.view("curated_sources", curated_sources("exclusions" in shards, unreadable))


def _require_fitting(session: SparkSession, table: Table, shards: list[Shard]) -> None:
    """Raise PackageError for files in which no row has the columns of the table."""
    right = f"SELECT 1 FROM loaded_{table.name} WHERE problem_code IS NULL OR problem_code NOT IN ('row_readable', 'field_given')"
    if not shards or session.sql(f"{right} LIMIT 1").first():
        return
    first = session.sql(
        f"SELECT row_index, problem_message FROM loaded_{table.name} WHERE problem_message <> '{BLANK}' ORDER BY row_path, row_block, row_index LIMIT 1"
    ).first()
    if first:
        raise PackageError(refusal(table, shards[0].path, first[0] + 1, first[1]))


def _load_ledger(session: SparkSession, shards: list[Shard]) -> None:
    types = EXTRAS["released"]
    schema = ", ".join(f"`{column}` {SPARK_TYPES[kind]}" for column, kind in types.items())
    frame = session.createDataFrame([], schema)
    for shard in shards:
        path, reader = _name(shard.path), session.read.option("recursiveFileLookup", "true")
        if shard.form == "csv":
            # Without a schema, because Spark would assign its columns to those of the file in their
            # order.
            found = reader.csv(path, header=True, multiLine=True, escape='"', quote='"')
        else:
            found = (
                reader.schema(schema).json(path) if shard.form == "jsonl" else reader.parquet(path)
            )
        frame = frame.unionAll(
            found.selectExpr(*(f"CAST(`{column}` AS STRING) AS `{column}`" for column in types))
        )
        if shard.form == "jsonl":
            refuse_lines(shard, types)
    frame.persist().createOrReplaceTempView("ledger")
