"""Rows of published tables as the reference reads them, one by one."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.definitions import Table
from .csv_rows import csv_reads_alike, iter_csv
from .json_rows import iter_lines
from .predicates import file_literal
from .shards import Shard

if TYPE_CHECKING:
    import duckdb
    import pyarrow


def value_from_parquet(value: Any) -> Any:
    """Return a value of a Parquet column as JSON would represent it; values that JSON cannot represent become text."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, list):
        return [value_from_parquet(part) for part in value]
    if isinstance(value, dict):
        return {str(name): value_from_parquet(part) for name, part in value.items()}
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, bytes):
        # Some writers do not mark texts as such.
        return value.decode("utf-8", "replace")
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def iter_rows(shard: Shard, table: Table) -> Iterator[tuple[int, Any, str]]:
    """Yield every row as (number, value, reason why it is unreadable or ""). The number is the line
    on which the row begins; in Parquet the row number. Everything after the damaged place of a
    Parquet file counts as one row.
    """
    if shard.form == "parquet":
        yield from _iter_parquet(shard.path)
    elif shard.form == "csv":
        yield from iter_csv(shard.path, table)
    else:
        yield from iter_lines(shard.path)


def _iter_parquet(path: Path) -> Iterator[tuple[int, Any, str]]:
    import pyarrow.parquet

    number = 0
    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            names = file.schema_arrow.names
            if len(set(names)) < len(names):
                yield (
                    1,
                    None,
                    f"duplicate column `{next(name for name in names if names.count(name) > 1)}`",
                )
                return
            for batch in file.iter_batches(10_000):
                for row, reason in _rows_of_batch(batch):
                    number += 1
                    yield number, row, reason
    except (pyarrow.ArrowException, OSError) as error:
        yield (
            number + 1,
            None,
            f"the file is not valid Parquet from here on: {str(error).splitlines()[0]}",
        )


def _rows_of_batch(batch: pyarrow.RecordBatch) -> Iterator[tuple[dict[str, Any] | None, str]]:
    """Return each row, or the reason why no Python value can represent it: not UTF-8, a day after 9999, an unknown time zone."""
    unfit = (ValueError, OverflowError, KeyError)
    try:
        rows = batch.to_pylist()
    except unfit:
        for index in range(batch.num_rows):
            try:
                rows = batch.slice(index, 1).to_pylist()
            except unfit as error:
                yield (
                    None,
                    f"the row contains a value that cannot be read: {str(error).splitlines()[0]}",
                )
            else:
                yield {name: value_from_parquet(value) for name, value in rows[0].items()}, ""
    else:
        yield from (
            ({name: value_from_parquet(value) for name, value in row.items()}, "") for row in rows
        )


def reads_alike(database: duckdb.DuckDBPyConnection, shard: Shard, table: Table) -> bool:
    """Return True if DuckDB's reader finds the same rows in a file as the reference. Raises duckdb.Error if it is not such a file."""
    if shard.form == "csv":
        return csv_reads_alike(shard.path, table)
    if shard.form == "parquet":
        # It renames the second of two columns with the same name.
        names = f"SELECT count(name) = count(DISTINCT name) FROM parquet_schema({file_literal(shard.path)})"
        (alike,) = database.execute(names).fetchone() or (False,)
        return bool(alike)
    return True
