"""The published tables as Parquet: strings (closed vocabularies too: their labels are declared on the card), dates, int64, float64.

The bytes are the same wherever the same version of pyarrow writes them; the values are the same
everywhere.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from ..compile.rows import Row
from ..core.definitions import Column, Table

if TYPE_CHECKING:
    import pyarrow

OPTIONS: dict[str, Any] = {
    "compression": "zstd",
    "compression_level": 3,
    "version": "2.6",
    "row_group_size": 100_000,
}
"""Options with which the files are written; stated in full because defaults may change between versions."""


def arrow_schema(table: Table) -> pyarrow.Schema:
    """Return the columns as Arrow types; every one may be null there, because nulls are checked by the JSON Schema."""
    import pyarrow

    types = {
        "string": pyarrow.string(),
        "date": pyarrow.date32(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
    }
    return pyarrow.schema([(column.name, types[column.type]) for column in table.columns])


def arrow_from_rows(table: Table, rows: list[Row]) -> pyarrow.Table:
    """Return the rows, dates as text, as an Arrow table. Raises ValueError for a value that is not of its column's type."""
    import pyarrow

    columns = {
        column.name: [_value(column, row[column.name]) for row in rows] for column in table.columns
    }
    return pyarrow.table(columns, schema=arrow_schema(table))


def _value(column: Column, value: Any) -> Any:
    return (
        datetime.date.fromisoformat(value) if column.type == "date" and value is not None else value
    )


def parquet_from_rows(table: Table, rows: list[Row]) -> bytes:
    import pyarrow
    import pyarrow.parquet

    buffer = pyarrow.BufferOutputStream()
    pyarrow.parquet.write_table(arrow_from_rows(table, rows), buffer, **OPTIONS)
    return bytes(buffer.getvalue().to_pybytes())


def arrow_from_parquet(data: bytes) -> pyarrow.Table:
    """Read the bytes. Raises ValueError if they are not Parquet."""
    import pyarrow
    import pyarrow.parquet

    try:
        # Arrow's own buffer: one of its threads that releases a Python file while the interpreter
        # shuts down would abort the process.
        return pyarrow.parquet.ParquetFile(pyarrow.BufferReader(data)).read(use_threads=False)
    except (pyarrow.ArrowException, OSError) as error:
        raise ValueError(
            f"it is not a readable Parquet file: {str(error).splitlines()[0]}"
        ) from error


def holds_same(table: Table, data: bytes, rows: list[Row]) -> bool:
    """Return True if the Parquet file holds exactly these rows, in this order, in the columns and types that this package writes."""
    try:
        found = arrow_from_parquet(data)
    except ValueError:
        return False
    return found.schema.equals(arrow_schema(table), check_metadata=True) and found.equals(
        arrow_from_rows(table, rows)
    )
