"""The published tables as bytes: JSONL and CSV, the same rows in both.

JSONL: one object a line, keys in the order of the columns, UTF-8, no spaces, "\\n". CSV (RFC 4180 with "\\n"): a header, fields quoted
where needed; null is an empty field, and no published string is empty where null is allowed.
"""

from __future__ import annotations

import csv
import io
import json

from .definitions import Table
from .rows import Row

_ENCODED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def jsonl_from_rows(rows: list[Row]) -> bytes:
    return "".join([_ENCODED(row) + "\n" for row in rows]).encode()


def csv_from_rows(table: Table, rows: list[Row]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(table.column_names)
    writer.writerows(row.values() for row in rows)  # None is written as an empty field
    return buffer.getvalue().encode()
