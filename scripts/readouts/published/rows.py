"""One row of a published table: its problems, and its typed values."""

from __future__ import annotations

from typing import Any

from ..core.definitions import Table
from ..core.value_problems import ValueProblem
from ..core.values import SchemaValidator

READABLE = {
    "jsonl": "Write one JSON object per line, in UTF-8, with each key once.",
    "csv": "Write as many fields as the header has, separated by commas; put fields that contain a comma, a quotation mark or a line break in double quotation marks.",
    "parquet": "Download the file again, or write it again.",
}
"""How rows of each format must be written to be readable."""


def validate_row(
    validator: SchemaValidator | None, row: Any, reason: str, form: str
) -> list[ValueProblem]:
    """Return the problems of one row as read from a file of that format (`reason` says why it could not be read)."""
    if not reason and not isinstance(row, dict):
        reason = "the line is not a JSON object"
    if reason:
        return [ValueProblem("row_readable", (), reason, READABLE[form])]
    if validator is None or validator.accepts(row):
        return []
    return list(validator.iter_problems(row))


def whole_row(row: dict[str, Any], table: Table) -> dict[str, Any]:
    """Return the row with whole numbers as integers: JSON Schema accepts 5.0 as an integer."""
    whole = {column.name for column in table.columns if column.type == "integer"}
    return {
        name: int(value) if name in whole and value is not None else value
        for name, value in row.items()
    }
