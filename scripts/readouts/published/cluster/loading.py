"""Load published tables into Spark: the valid rows become views, problems of the others are reported."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from ...core.definitions import Table
from ...rules.views import column_types, quoted
from ..content import problem_of_file
from ..gaps import Rejected
from ..json_rows import BLANK
from ..result import ValidationResult, insert_findings
from ..shards import Shard
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
    loaded = _load(session, table, types, shards).persist()
    loaded.createOrReplaceTempView(f"loaded_{table.name}")
    engine.view(
        f"all_{table.name}",
        f"SELECT {', '.join(map(quoted, types))} FROM loaded_{table.name} WHERE problem_code IS NULL",
    )
    if not shards:
        return
    read = _count_rows(engine, table, blocks)
    invalid, blank = _report_problems(engine, table, folder, blocks, rejected)
    result.rows[table.name] = result.rows.get(table.name, 0) + read - blank
    result.rejected += invalid


def _load(
    session: SparkSession, table: Table, types: dict[str, str], shards: list[Shard]
) -> DataFrame:
    """Return the rows of all files of a table, each with its place and its problem, if any."""
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
    return loaded


def _count_rows(engine: SparkEngine, table: Table, blocks: Blocks) -> int:
    """Enter in `blocks` how many rows are before each block of a table's files; return how many rows there are."""
    counted = engine.rows(
        f"SELECT row_path, row_block, max(row_index) + 1, count(DISTINCT row_index) FROM loaded_{table.name} GROUP BY row_path, row_block"
    )
    found = sorted(row for rows in counted for row in rows)
    before: dict[str, int] = {}
    for path, block, last, _ in found:
        blocks[path, block] = before.get(path, 0)
        before[path] = blocks[path, block] + last
    return sum(number for *_, number in found)


def _report_problems(
    engine: SparkEngine, table: Table, folder: Path, blocks: Blocks, rejected: Rejected
) -> tuple[int, int]:
    """Report the problems of a table's rows and enter them in `rejected`; return how many rows have problems, and how many of the problems are blank lines."""
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
    return len(places), blank


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


def name_for_spark(path: Path) -> str:
    """Return a file or folder by its name, with characters escaped that Hadoop would read as a pattern."""
    return re.sub(r"([\[\]{}*?\\])", r"\\\1", str(path.resolve()))


def _read(session: SparkSession, shard: Shard) -> DataFrame:
    """Return the rows of a file as passed to a task: (data, path, block, index)."""
    path = name_for_spark(shard.path)
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
