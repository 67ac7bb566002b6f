"""Read back the written files: bytes that do not give the same rows never replace a file."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import Any

from ..compile.rows import Row
from ..core.definitions import Table
from ..core.findings import PackageError
from ..published.csv_rows import iter_cells
from ..published.json_rows import UnreadableRow, row_from_line
from .parquet import holds_same

Reader = Callable[[Table, bytes], Iterator[Any]]


def require_same_rows(table: Table, form: str, data: bytes, rows: list[Row]) -> None:
    """Read `data`, a table written as "csv", "jsonl" or "parquet", and compare it with the rows it was written from.

    Raises PackageError naming the first row that reads differently.
    """
    if form == "parquet":
        if not holds_same(table, data, rows):
            raise PackageError(_message(table, form, "its rows"))
        return
    for number, (found, row) in enumerate(zip_longest(READERS[form](table, data), rows), 1):
        if found != row:
            record = table.record_id(row) if row else f"row {number}"
            raise PackageError(_message(table, form, f"`{record}`"))


def _message(table: Table, form: str, what: str) -> str:
    return (
        f"{table.name}.{form}: {what} did not read back as written, so no file was replaced; "
        "this is a bug: report it with the record and your Python version"
    )


def _from_csv(table: Table, data: bytes) -> Iterator[Any]:
    lines = io.StringIO(data.decode("utf-8"), newline="")
    for _, row, reason in iter_cells(lines, table):
        yield reason or row


def _from_jsonl(_table: Table, data: bytes) -> Iterator[Any]:
    for line in io.BytesIO(data):
        try:
            yield row_from_line(line.removesuffix(b"\n"))
        except UnreadableRow as error:
            yield str(error)


READERS: dict[str, Reader] = {"csv": _from_csv, "jsonl": _from_jsonl}
"""Reader of each text format: the same as for `validate --tables`."""
