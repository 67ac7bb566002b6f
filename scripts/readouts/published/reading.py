"""Rows of published tables as the reference reads them, one by one, and the options with which DuckDB's readers read the same."""

from __future__ import annotations

import csv
import json
import math
import mmap
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.definitions import Table
from .predicates import file_literal, literal
from .shards import Shard

if TYPE_CHECKING:
    import duckdb
    import pyarrow

csv.field_size_limit(2**31 - 1)  # texts are longer than the module's own limit
BLANK = "the line is blank"
_LONE_CR = re.compile(rb"\r(?!\n)")
_DOUBTFUL = re.compile(
    rb'\A[ \r\n]|\n\r?\n|,[ ]*(?:""[ ]*)?(?:\r?\n|\Z)|[,\n][ ]+"|"[ ]+(?:[,\r\n]|\Z)'
)
"""Places in a CSV file that DuckDB may read differently from the reference; they are inspected, since they may be within a text."""
_SPACED = re.compile(r'\A +"|" +\Z')
_LOOKED_INTO = 1 << 20
_WHOLE = re.compile(r"(?:0|-?[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?\Z")


class UnreadableRow(Exception):
    """A row that is not a record at all: its message gives the reason."""


def row_from_line(line: bytes | str) -> Any:
    """Return the value of a line of JSONL: JSON in UTF-8 without duplicate keys, NaN, or unpaired surrogates.

    Raises UnreadableRow.
    """
    try:
        text = line.decode("utf-8") if isinstance(line, bytes) else line
        if not text.strip(" \t\r\n"):
            raise UnreadableRow(BLANK)
        if text.startswith("\ufeff"):
            raise UnreadableRow("the file begins with a byte order mark: save it without one")
        row = json.loads(
            text, object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=_finite
        )
        if "\\u" in text:
            json.dumps(row, ensure_ascii=False).encode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableRow(f"the line is not valid UTF-8 (byte {error.start + 1})") from error
    except UnicodeEncodeError as error:
        raise UnreadableRow(
            "the line contains an unpaired surrogate (not valid Unicode)"
        ) from error
    except RecursionError as error:
        raise UnreadableRow("the line is nested too deeply") from error
    except json.JSONDecodeError as error:
        raise UnreadableRow(
            f"the line is not valid JSON: {error.msg} (character {error.pos + 1})"
        ) from error
    except ValueError as error:
        raise UnreadableRow(f"the line is not valid JSON: {error}") from error
    return row


def text_of_line(line: bytes | str) -> str | None:
    """Return the text of a line that is not a row, to look for its id in it; None if it is too long for that."""
    if len(line) > _LOOKED_INTO:
        return None
    return line.decode("utf-8", "replace") if isinstance(line, bytes) else line


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row = dict(pairs)
    if len(row) < len(pairs):
        keys = [key for key, _ in pairs]
        raise UnreadableRow(f"duplicate key `{next(k for k in keys if keys.count(k) > 1)}`")
    return row


def _no_constant(name: str) -> float:
    raise UnreadableRow(f"{name} is not a valid JSON number")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise UnreadableRow(f"the number {text[:20]} is too large")
    return value


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
        yield from _iter_csv(shard.path, table)
    else:
        yield from iter_lines(shard.path)


def iter_lines(path: Path) -> Iterator[tuple[int, Any, str]]:
    """Yield the rows of a JSONL file like `iter_rows`."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield number, row_from_line(line.removesuffix(b"\n")), ""
            except UnreadableRow as error:
                yield number, text_of_line(line), str(error)


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


def _iter_csv(path: Path, table: Table) -> Iterator[tuple[int, Any, str]]:
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


def reads_alike(database: duckdb.DuckDBPyConnection, shard: Shard, table: Table) -> bool:
    """Return True if DuckDB's reader finds the same rows in a file as the reference. Raises duckdb.Error if it is not such a file."""
    if shard.form == "csv":
        return _csv_reads_alike(shard.path, table)
    if shard.form == "parquet":
        # It renames the second of two columns with the same name.
        names = f"SELECT count(name) = count(DISTINCT name) FROM parquet_schema({file_literal(shard.path)})"
        (alike,) = database.execute(names).fetchone() or (False,)
        return bool(alike)
    return True


def _csv_reads_alike(path: Path, table: Table) -> bool:
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
