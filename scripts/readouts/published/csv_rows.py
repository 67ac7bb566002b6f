"""Rows of CSV as the reference reads them, and the options with which DuckDB reads the same."""

from __future__ import annotations

import csv
import math
import mmap
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..core.definitions import Table
from .json_rows import BLANK, UnreadableRow
from .predicates import literal

csv.field_size_limit(2**31 - 1)  # texts are longer than the module's own limit
_LONE_CR = re.compile(rb"\r(?!\n)")
_DOUBTFUL = re.compile(
    rb'\A[ \r\n]|\n\r?\n|,[ ]*(?:""[ ]*)?(?:\r?\n|\Z)|[,\n][ ]+"|"[ ]+(?:[,\r\n]|\Z)'
)
"""Places in a CSV file that DuckDB may read differently from the reference; they are inspected, since they may be within a text."""
_SPACED = re.compile(r'\A +"|" +\Z')
_WHOLE = re.compile(r"(?:0|-?[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?\Z")


def row_from_cells(header: list[str], cells: list[str], table: Table) -> dict[str, Any]:
    """Return the values of a CSV row: empty fields are null, numbers are parsed by the type of their column. Raises UnreadableRow."""
    if not cells:
        raise UnreadableRow(BLANK)
    if len(cells) != len(header):
        raise UnreadableRow(f"expected {len(header)} fields as in the header, found {len(cells)}")
    types = {column.name: column.type for column in table.columns}
    return {
        name: value_from_cell(cell, types.get(name, "string"))
        for name, cell in zip(header, cells, strict=True)
    }


def value_from_cell(cell: str, kind: str) -> str | int | float | None:
    if cell == "":
        return None
    if kind in ("integer", "number") and len(cell) < 400 and _WHOLE.match(cell):
        return int(cell)
    if kind == "number" and _DECIMAL.match(cell) and math.isfinite(float(cell)):
        return float(cell)
    return cell


def iter_csv(path: Path, table: Table) -> Iterator[tuple[int, Any, str]]:
    # Bytes that are not UTF-8 become lone surrogates, which are then found in their row.
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as lines:
        yield from iter_cells(lines, table)


def csv_header(path: Path) -> list[str]:
    """Return the names in the first row of a CSV file; none if it cannot be read."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        try:
            return next(csv.reader(lines, strict=True), [])
        except csv.Error:
            return []


def csv_columns(names: Iterable[str]) -> str:
    """Return DuckDB's options for a CSV file with that header: all columns as text, nothing guessed."""
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names)
    return (
        f"auto_detect = false, columns = {{{columns}}}, header = true, delim = ',', quote = '\"', escape = '\"', nullstr = '', "
        "strict_mode = true, hive_partitioning = false"
    )


def csv_reads_alike(path: Path, table: Table) -> bool:
    """It skips blank lines, empty fields beyond the header and spaces around quotation marks, and accepts a line end of one character."""
    with path.open("rb") as file:
        if not file.seek(0, 2):
            return False
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            if _LONE_CR.search(data):
                return False
            doubtful = _DOUBTFUL.search(data) is not None
    header = csv_header(path)
    if header_problem(header, table):
        return False
    if not doubtful:
        return True
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        try:
            return all(
                len(cells) == len(header) and not any(map(_SPACED.search, cells))
                for cells in csv.reader(lines, strict=True)
            )
        except csv.Error:
            return False


def header_problem(header: list[str], table: Table) -> str:
    """Return why the first row of a CSV file is not a header; "" if it is one."""
    if not header:
        return "the file has no header"
    if len(header) == 1 and len(table.columns) > 1 and re.search(r"[\t;|]", header[0]):
        return "the names in the header are not separated by commas"
    if not "".join(header).isprintable() or len(set(header)) < len(header):
        return "the header contains a name that is not text, or a duplicate name"
    return ""


def iter_cells(lines: Iterable[str], table: Table) -> Iterator[tuple[int, Any, str]]:
    """Yield the rows of a CSV file like `iter_rows`."""
    rows = csv.reader(lines, strict=True)
    number = 1
    try:
        header = next(rows, [])
        if reason := header_problem(header, table):
            yield 1, None, reason
            return
        number = rows.line_num + 1
        for cells in rows:
            try:
                "".join(cells).encode()
                yield number, row_from_cells(header, cells, table), ""
            except UnicodeEncodeError:
                yield number, None, "the row is not valid UTF-8"
            except UnreadableRow as error:
                yield number, None, str(error)
            number = rows.line_num + 1
    except csv.Error as error:
        yield number, None, f"the row is not valid CSV: {error}"
