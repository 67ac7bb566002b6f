"""Files that are named like a table but contain something else, and Parquet columns of another type: one problem for all their rows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..core.definitions import Table
from ..core.value_problems import ValueProblem
from .shards import Shard

if TYPE_CHECKING:
    import pyarrow

_BEGINNINGS = (
    (b"version https://git-lfs.github.com/spec/", "the file is a Git LFS pointer, not the table", "Run `git lfs pull`, or download the file from the dataset's page."),
    (b"<", "the file is a web page (HTML or XML), not the table", "The download failed: open the file to see why, and download it again."),
    (b"\x1f\x8b", "the file is compressed (gzip)", "Decompress it: add .gz to its name and run `gunzip`."),
    (b"\x28\xb5\x2f\xfd", "the file is compressed (Zstandard)", "Decompress it: add .zst to its name and run `unzstd`."),
    (b"BZh", "the file is compressed (bzip2)", "Decompress it: add .bz2 to its name and run `bunzip2`."),
    (b"\xfd7zXZ", "the file is compressed (xz)", "Decompress it: add .xz to its name and run `unxz`."),
    (b"PK\x03\x04", "the file is a ZIP archive or a spreadsheet", "Unpack it, or save the spreadsheet as CSV in UTF-8."),
    (b"PAR1", "the file is Parquet", "Rename it so that its name ends in .parquet."),
    (b"\xff\xfe", "the file is in UTF-16, not UTF-8", "Save it again as UTF-8."),
    (b"\xfe\xff", "the file is in UTF-16, not UTF-8", "Save it again as UTF-8."),
)  # fmt: skip
"""First bytes of files that downloads, archives and editors leave behind, their kind, and what to do."""
_ARRAY = (
    "the file is one JSON array",
    "Write one JSON object per line, without brackets and commas around them, for example with `jq -c '.[]'`.",
)


def problem_of_file(shard: Shard) -> ValueProblem | None:
    """Return the problem of the whole file, if it is not a table."""
    with shard.path.open("rb") as file:
        begin = file.read(512)
    bare = begin.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    for mark, what, hint in _BEGINNINGS:
        if bare.startswith(mark) and not (mark == b"PAR1" and shard.form == "parquet"):
            return ValueProblem("file_readable", (), what, hint)
    if shard.form == "jsonl" and (
        bare in (b"[", b"[]") or bare.startswith((b"[\n", b"[\r\n", b"[{"))
    ):
        return ValueProblem("file_readable", (), *_ARRAY)
    return None


def mistyped_columns(path: Path, table: Table) -> dict[str, ValueProblem]:
    """Return the problem of each column of a Parquet file whose type cannot represent the table's column; none if the file cannot be read."""
    import pyarrow.parquet

    try:
        schema = pyarrow.parquet.read_schema(path)
    except (pyarrow.ArrowException, OSError):
        return {}
    return mistyped_in(schema, table)


def mistyped_in(schema: pyarrow.Schema, table: Table) -> dict[str, ValueProblem]:
    """Like `mistyped_columns`, for a schema."""
    found = {}
    for column in table.columns:
        index = schema.get_field_index(column.name)
        held = _held(schema.field(index).type) if index >= 0 else ""
        if held and not (held == "whole numbers" and column.type in ("integer", "number")):
            wanted = {
                "string": "text",
                "date": "dates",
                "integer": "whole numbers",
                "number": "numbers",
            }[column.type]
            found[column.name] = ValueProblem(
                "value_type", (column.name,), f"the column {column.name} contains {held}, expected {wanted}", _hint(held, column.type, bool(column.terms))
            )  # fmt: skip
    return found


def _held(kind: pyarrow.DataType) -> str:
    """Return the content of a column of this type, if no column of a table can have it; "" for text, dates and fractions, which are read by value."""
    from pyarrow import types

    if types.is_dictionary(kind):
        return _held(kind.value_type)
    if types.is_timestamp(kind):
        return "timestamps"
    if types.is_integer(kind):
        return "whole numbers"
    if types.is_boolean(kind):
        return "truth values"
    if types.is_nested(kind):
        return "lists or structures"
    return ""


def _hint(held: str, kind: str, terms: bool) -> str:
    if kind == "date":
        return "Write the column as dates (Arrow `date32`): in pandas `.dt.date`, in SQL `CAST(… AS DATE)`."
    if terms and held == "whole numbers":
        return "Write the terms as text: class label numbers are meaningless without the features that define them (`features[…].int2str`)."
    return f"Write the column as {'text' if kind == 'string' else 'numbers'}."


def of_columns(
    problems: list[ValueProblem], mistyped: dict[str, ValueProblem]
) -> list[ValueProblem]:
    """Return the problems of a row; a problem due to the type of a column is replaced by the column's problem, which is the same for every row."""
    if not mistyped:
        return problems
    return [
        mistyped.get(str(problem.path[0]), problem) if problem.path else problem
        for problem in problems
    ]
