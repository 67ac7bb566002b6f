"""The published tables as bytes: JSONL and CSV, the same rows in both.

JSONL: one object per line, keys in the order of the columns, UTF-8, no spaces, "\\n". CSV (RFC 4180
with "\\n"): a header, fields quoted where needed; null is an empty field, and no published string
is empty if null is allowed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..core.definitions import Table
from ..core.findings import PackageError
from ..core.layout import Layout
from .rows import Row

_ENCODED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
_QUOTED = re.compile(r'[,"\r\n]')
"""Fields of CSV that need quotation marks. `csv.writer` before Python 3.11.9 and 3.12.3 leaves a carriage return without them
(cpython issue 67230)."""


def iter_jsonl(layout: Layout, path: Path) -> Iterator[tuple[int, Row]]:
    """Yield (line, row) of a published table in JSONL; nothing if there is no file, since a table without rows has none.

    Raises PackageError, naming the line, if the file cannot be read or a line is not a JSON object.
    """
    if not path.is_file():
        return
    number = 0
    try:
        with path.open(encoding="utf-8", newline="\n") as lines:
            for number, line in enumerate(lines, 1):
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise ValueError("it is not a JSON object")
                yield number, row
    except (OSError, ValueError, RecursionError) as error:
        hint = "run `readouts build`, or restore the file from git"
        raise PackageError(f"{layout.relative(path)}, line {number}: {error}; {hint}") from error


def jsonl_from_rows(rows: list[Row]) -> bytes:
    return "".join([_ENCODED(row) + "\n" for row in rows]).encode()


def csv_from_rows(table: Table, rows: list[Row]) -> bytes:
    """Return the rows as CSV, the same bytes on every Python version."""
    lines = [_line(table.column_names)]
    lines += [_line(row.values()) for row in rows]
    return "".join(lines).encode()


def _line(values: Iterable[Any]) -> str:
    fields = [_field(value) for value in values]
    # A row of one empty field would be a blank line.
    return (",".join(fields) if fields != [""] else '""') + "\n"


def _field(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else str(value)
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
