"""Load the captures, the exclusions and the ledger into Spark."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ...core.definitions import Table
from ...core.findings import PackageError
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
from ..result import ValidationResult
from ..shards import FORMS, Shard
from .engine import SparkEngine
from .loading import SPARK_TYPES, Blocks, load_table, name_for_spark

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


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
        texts = session.read.text(
            name_for_spark(captures), wholetext=True, recursiveFileLookup=True
        )
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
        path, reader = (
            name_for_spark(shard.path),
            session.read.option("recursiveFileLookup", "true"),
        )
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
