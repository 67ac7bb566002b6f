"""Published tables into Spark: the right rows as views, what is wrong with the others told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from ...findings import PackageError
from ...rules.views import column_types, quoted
from ...tables.definitions import Table
from ..extras import EXTRAS, TWICE, WHOLE, given_captures, refuse_lines, refuse_twice
from ..reading import BLANK
from ..shards import Shard
from ..verdict import Verdict, tell
from .engine import SparkEngine
from .tasks import TOLD, judging

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

SPARK_TYPES = {"VARCHAR": "STRING", "DATE": "DATE", "BIGINT": "BIGINT", "DOUBLE": "DOUBLE"}
Blocks = dict[tuple[str, int], int]
"""Rows of a file before each of the blocks that Spark read it in, by (path, where the block begins)."""


def load_table(
    engine: SparkEngine,
    session: SparkSession,
    table: Table,
    shards: list[Shard],
    folder: Path,
    verdict: Verdict,
    blocks: Blocks,
) -> list[tuple[str, str]]:
    """The view `all_<table>` of the right rows; tells what is wrong with the others and gives their ids."""
    types = column_types(table)
    columns = ", ".join(f"`{name}` {SPARK_TYPES[kind]}" for name, kind in types.items())
    schema = f"{columns}, row_path STRING, row_block BIGINT, row_index BIGINT, " + ", ".join(
        f"told_{name} STRING" for name in TOLD
    )
    frames = [_read(session, shard).mapInArrow(judging(table, shard.form), schema) for shard in shards]
    loaded = frames[0] if frames else session.createDataFrame([], schema)
    for frame in frames[1:]:
        loaded = loaded.unionAll(frame)
    loaded = loaded.persist()
    loaded.createOrReplaceTempView(f"loaded_{table.name}")
    engine.view(
        f"all_{table.name}", f"SELECT {', '.join(map(quoted, types))} FROM loaded_{table.name} WHERE told_code IS NULL"
    )
    if not shards:
        return []
    counted = engine.rows(
        f"SELECT row_path, row_block, max(row_index) + 1, count(DISTINCT row_index) FROM loaded_{table.name} GROUP BY row_path, row_block"
    )
    found = sorted(row for rows in counted for row in rows)
    before: dict[str, int] = {}
    for path, block, last, _ in found:
        blocks[path, block] = before.get(path, 0)
        before[path] = blocks[path, block] + last
    wrong = f"SELECT row_path, row_block, row_index, {', '.join(f'told_{name}' for name in TOLD)} FROM loaded_{table.name} WHERE told_code IS NOT NULL"
    rejected, places, blank = [], set(), 0
    for rows in engine.rows(wrong):
        tell(
            engine.database,
            [(code, "error", relative(path, folder), blocks[path, block] + index + 1, field, record, message, hint) for path, block, index, code, field, record, message, hint in rows],
        )  # fmt: skip
        rejected += [(table.name, row[5]) for row in rows if row[5]]
        blank += sum(row[6] == BLANK for row in rows)
        places |= {row[:3] for row in rows}
    verdict.rows[table.name] = sum(number for *_, number in found) - blank
    verdict.rejected += len(places)
    return rejected


def relative(uri: str, folder: Path) -> str:
    path = Path(unquote(urlsplit(uri).path))
    return path.relative_to(folder.resolve()).as_posix() if path.is_relative_to(folder.resolve()) else uri


def _name(path: Path) -> str:
    """A file or folder by its name: what Hadoop would read as a pattern of names stands for itself."""
    return re.sub(r"([\[\]{}*?\\])", r"\\\1", str(path.resolve()))


def _read(session: SparkSession, shard: Shard) -> DataFrame:
    """The rows of a file as a task gets them: (data, path, block, index)."""
    path = _name(shard.path)
    # Else a folder called `column=value` would put that value in place of the column.
    reader = session.read.option("recursiveFileLookup", "true")
    if shard.form == "jsonl":
        return reader.option("lineSep", "\n").text(path).selectExpr(
            "CAST(value AS BINARY) AS data", "_metadata.file_path AS row_path", "_metadata.file_block_start AS row_block"
        )  # fmt: skip
    if shard.form == "csv":
        return (
            reader.format("binaryFile").load(path).selectExpr("content AS data", "path AS row_path", "0L AS row_block")
        )
    return reader.parquet(path).selectExpr(
        "*", "_metadata.file_path AS row_path", "0L AS row_block", "_metadata.row_index AS row_index"
    )


def _is_doubted(session: SparkSession, path: str, schema: str, whole: Iterable[str]) -> bool:
    """Whether any line of JSON says something else than Spark reads (it takes what is no JSON for null, and a number for a text), or nothing in a
    column that must be `whole`."""
    row = f"from_json(value, '{schema}')"
    read = " AND ".join([f"to_json({row}, map('ignoreNullFields', 'false')) = value", *(f"{row}.`{column}` IS NOT NULL" for column in whole)])  # fmt: skip
    lines = session.read.options(recursiveFileLookup="true", lineSep="\n").text(path)
    return lines.where(f"value <> '' AND NOT coalesce({read}, false)").first() is not None


def load_extras(session: SparkSession, shards: dict[str, list[Shard]], captures: Path | None) -> None:
    given = {name: shards.get(name, []) for name in EXTRAS}
    given["captures"] = given_captures(shards, captures)
    for name, types in EXTRAS.items():
        schema = ", ".join(f"`{column}` {SPARK_TYPES[kind]}" for column, kind in types.items())
        frame = session.createDataFrame([], schema)
        for shard in given[name]:
            path, reader = _name(shard.path), session.read.option("recursiveFileLookup", "true")
            if shard.form == "csv":
                # Without a schema, for Spark would give its columns to those of the file in their order.
                found = reader.csv(path, header=True, multiLine=True, escape='"', quote='"')
            else:
                found = reader.schema(schema).json(path) if shard.form == "jsonl" else reader.parquet(path)
            cast = (f"CAST(`{column}` AS {SPARK_TYPES[kind]}) AS `{column}`" for column, kind in types.items())
            frame = frame.unionAll(found.selectExpr(*cast))
            if shard.form == "jsonl" and _is_doubted(session, path, schema, types if name in WHOLE else ()):
                refuse_lines(shard, name, types)
        if name == "captures" and captures is not None and captures.is_dir():
            texts = session.read.text(_name(captures), wholetext=True, recursiveFileLookup=True)
            frame = frame.unionAll(texts.selectExpr(
                "CASE WHEN _metadata.file_name = 'source.txt' THEN element_at(split(_metadata.file_path, '/'), -2) ELSE regexp_replace(_metadata.file_name, '[.]txt$', '') END",
                "value",
            ).where("_metadata.file_name LIKE '%.txt'"))  # fmt: skip
        frame.persist().createOrReplaceTempView("ledger" if name == "released" else name)
        if name in WHOLE and frame.where(" OR ".join(f"`{column}` IS NULL" for column in types)).first():
            raise PackageError(f"the {name} have rows without {' or '.join(types)}")
    refuse_twice(session.sql(TWICE).first())
