"""The files of published tables in a folder, and their rows as the reference reads them.

A table lies in `<table>.jsonl`, `.csv` or `.parquet`, in shards `<table>-*.<form>`, or in a folder `<table>/` of such files, in
the folder given or in its `data`, `tables` or `data/tables`.
"""

from __future__ import annotations

import csv
import json
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..findings import PackageError
from ..tables.definitions import Table

FORMS = ("jsonl", "parquet", "csv")
"""In the order in which they are preferred where a folder has one table in several."""
PLACES = (".", "data", "tables", "data/tables")
_NUMBERED = re.compile(r"-([0-9]{5})-of-([0-9]{5})\Z")
"""How shards are numbered, from 0, by the libraries that write them."""
_LIKE_TABLE = re.compile(r"\.(?:jsonl?|ndjson|csv|tsv|parquet)(?:\.(?:gz|zst|bz2|xz|zip))?\Z")
_BLANK = re.compile(rb"\n\r?\n")
_WHOLE = re.compile(r"(?:0|-?[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?\Z")


class UnreadableRow(Exception):
    """A row that is no record at all: its message says why."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One file with rows of one table. `form` is "jsonl", "csv" or "parquet"."""

    table: str
    path: Path
    form: str


def find_shards(folder: Path, names: list[str], form: str | None = None) -> dict[str, list[Shard]]:
    """The files of each table that has any, in the order of their names. Raises PackageError if there is none at all."""
    if form is not None and form not in FORMS:
        raise PackageError(f"tables lie in {', '.join(FORMS)}, not in {form}")
    if not folder.is_dir():
        raise PackageError(
            f"{folder} is no folder of published tables; to check one source that you curate: readouts validate --only SOURCE_ID"
        )
    found = {}
    for name in names:
        shards = next(
            filter(None, (_shards(folder / p, name, f) for p in PLACES for f in ([form] if form else FORMS))), []
        )
        if shards:
            found[name] = shards
    if not found:
        raise PackageError(f"{folder} holds no published table (such as statements.jsonl)")
    return found


def _shards(place: Path, name: str, form: str) -> list[Shard]:
    paths = [*place.glob(f"{name}.{form}"), *place.glob(f"{name}-*.{form}"), *(place / name).glob(f"**/*.{form}")]
    series = {
        (path.parent, _NUMBERED.sub("", path.stem), found[2]): path.name
        for path in paths
        if (found := _NUMBERED.search(path.stem))
    }
    for (folder, stem, total), given in series.items():
        for number in range(int(total)):
            wanted = folder / f"{stem}-{number:05}-of-{total}.{form}"
            if not wanted.exists():
                raise PackageError(f"{wanted.name} is missing beside {given}: get it, or all files anew")
    return [Shard(name, path, form) for path in sorted(paths)]


def unread(folder: Path, shards: dict[str, list[Shard]]) -> list[str]:
    """Names of files where tables lie that look like tables and are read as none: a slip in the name, or the same table in another form."""
    read = {shard.path for found in shards.values() for shard in found}
    files = (path for place in PLACES for path in (folder / place).glob("*") if path.is_file() and path not in read)
    return sorted({path.name for path in files if _LIKE_TABLE.search(path.name)})


def row_from_line(line: bytes | str) -> Any:
    """The value that a line of JSONL holds: JSON in UTF-8 without repeated keys, NaN, or halves of surrogate pairs.

    Raises UnreadableRow.
    """
    try:
        text = line.decode("utf-8") if isinstance(line, bytes) else line
        if not text.strip(" \t\r\n"):
            raise UnreadableRow("the line is blank")
        row = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=_finite)
        if "\\u" in text:
            json.dumps(row, ensure_ascii=False).encode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableRow(f"the line is no UTF-8 (byte {error.start + 1})") from error
    except UnicodeEncodeError as error:
        raise UnreadableRow("the line holds half a surrogate pair, which is no character") from error
    except RecursionError as error:
        raise UnreadableRow("the line is nested too deep") from error
    except ValueError as error:
        raise UnreadableRow(f"the line is no JSON: {error}") from error
    return row


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row = dict(pairs)
    if len(row) < len(pairs):
        keys = [key for key, _ in pairs]
        raise UnreadableRow(f"the key `{next(k for k in keys if keys.count(k) > 1)}` stands twice")
    return row


def _no_constant(name: str) -> float:
    raise UnreadableRow(f"{name} is no number that JSON knows")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise UnreadableRow(f"the number {text[:20]} is too large")
    return value


def row_from_cells(header: list[str], cells: list[str], table: Table) -> dict[str, Any]:
    """What a row of CSV says: an empty field is null, and a number is what the column makes one. Raises UnreadableRow."""
    if not cells:
        raise UnreadableRow("the line is blank")
    if len(cells) != len(header):
        raise UnreadableRow(f"the row has {len(cells)} fields, the header {len(header)}")
    types = {column.name: column.type for column in table.columns}
    return {name: value_from_cell(cell, types.get(name, "string")) for name, cell in zip(header, cells, strict=True)}


def value_from_cell(cell: str, kind: str) -> str | int | float | None:
    if cell == "":
        return None
    if kind in ("integer", "number") and len(cell) < 400 and _WHOLE.match(cell):
        return int(cell)
    if kind == "number" and _DECIMAL.match(cell) and math.isfinite(float(cell)):
        return float(cell)
    return cell


def value_from_parquet(value: Any) -> Any:
    """A value of a Parquet column as JSON would carry it; what JSON cannot carry becomes the text of it."""
    if value is None or isinstance(value, bool | int | str | list | dict):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, bytes):
        # Some writers do not mark texts as such.
        return value.decode("utf-8", "replace")
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def iter_rows(shard: Shard, table: Table) -> Iterator[tuple[int, Any, str]]:
    """Every row as (number, value, why it is unreadable or ""). The number is the line on which the row begins; in Parquet that of the row.
    What follows where a file of Parquet is damaged counts as one row."""
    if shard.form == "parquet":
        yield from _iter_parquet(shard.path)
    elif shard.form == "csv":
        yield from _iter_csv(shard.path, table)
    else:
        with shard.path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    yield number, row_from_line(line.removesuffix(b"\n")), ""
                except UnreadableRow as error:
                    yield number, None, str(error)


def _iter_parquet(path: Path) -> Iterator[tuple[int, Any, str]]:
    import pyarrow.parquet

    number = 0
    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(10_000):
                for row in batch.to_pylist():
                    number += 1
                    yield number, {name: value_from_parquet(value) for name, value in row.items()}, ""
    except (pyarrow.ArrowException, OSError) as error:
        yield number + 1, None, f"from here on the file is no Parquet: {str(error).splitlines()[0]}"


def _iter_csv(path: Path, table: Table) -> Iterator[tuple[int, Any, str]]:
    # Bytes that are no UTF-8 become lone surrogates, which are then found in the row they stand in.
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as lines:
        yield from iter_cells(lines, table)


def csv_header(path: Path) -> list[str]:
    """The names in the first row of a CSV file; none where it cannot be read."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        try:
            return next(csv.reader(lines, strict=True), [])
        except csv.Error:
            return []


def has_blank_lines(path: Path) -> bool:
    """Whether a line of a CSV file outside quotation marks is blank."""
    with path.open("rb") as file:
        before, found = b"", False
        while not found and (block := file.read(1 << 20)):
            found, before = _BLANK.search(before + block) is not None, block[-2:]
        if not found:
            return False
        file.seek(0)
        marks = 0
        for line in file:
            if marks % 2 == 0 and not line.strip(b"\r\n"):
                return True
            marks += line.count(b'"')
    return False


def iter_cells(lines: Iterable[str], table: Table) -> Iterator[tuple[int, Any, str]]:
    """The rows of a CSV file as `iter_rows` gives them."""
    csv.field_size_limit(2**31 - 1)
    rows = csv.reader(lines, strict=True)
    number = 1
    try:
        header = next(rows, [])
        if not header:
            yield 1, None, "the file has no header"
            return
        if len(header) == 1 and len(table.columns) > 1 and re.search(r"[\t;|]", header[0]):
            yield 1, None, "the names in the header have no commas between them"
            return
        if not "".join(header).isprintable() or len(set(header)) < len(header):
            yield 1, None, "the header holds a name that is no text, or the same name twice"
            return
        number = rows.line_num + 1
        for cells in rows:
            try:
                "".join(cells).encode()
                yield number, row_from_cells(header, cells, table), ""
            except UnicodeEncodeError:
                yield number, None, "the row is no UTF-8"
            except UnreadableRow as error:
                yield number, None, str(error)
            number = rows.line_num + 1
    except csv.Error as error:
        yield number, None, f"the row is no CSV: {error}"
