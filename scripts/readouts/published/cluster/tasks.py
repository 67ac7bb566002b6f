"""Spark tasks: read rows, check them, and return typed rows and problems."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

from ...core.definitions import Table
from ...core.value_problems import ValueProblem
from ...core.values import SchemaValidator
from ..content import mistyped_in, of_columns
from ..csv_rows import iter_cells
from ..gaps import record_of
from ..json_rows import UnreadableRow, row_from_line, text_of_line
from ..reading import value_from_parquet
from ..rows import validate_row, whole_row

PROBLEM_COLUMNS = ("code", "field", "record", "message", "hint")
"""Columns that report an invalid row."""


def validation_task(table: Table, form: str) -> Callable[[Iterator], Iterator]:
    """Return the function of a task, for `mapInArrow`: rows of a file of that format to validated rows."""

    def validate_batches(batches: Iterator) -> Iterator:
        validator = SchemaValidator(f"schema/tables/{table.name}.schema.json", table.schema)
        out: list[tuple] = []
        for path, block, index, row, reason, mistyped in _rows(batches, table, form):
            place = (path, block, index)
            problems = of_columns(validate_row(validator, row, reason, form), mistyped)
            if not problems:
                out.append(_valid_row(table, row, place))
            out += [_row_of_problem(table, row, place, problem) for problem in problems]
            if len(out) >= 5000:
                yield _batch(out, table)
                out = []
        if out:
            yield _batch(out, table)

    return validate_batches


def _valid_row(table: Table, row: Any, place: tuple[str, int, int]) -> tuple:
    """Return a valid row as a task returns it: its values, its place, and no problem."""
    values = (whole_row(row, table)[name] for name in table.column_names)
    return (*values, *place, *(None,) * len(PROBLEM_COLUMNS))


def _row_of_problem(
    table: Table, row: Any, place: tuple[str, int, int], problem: ValueProblem
) -> tuple:
    """Return a problem of a row as a task returns it: no values, the row's place, and the problem."""
    described = (
        problem.code,
        str(problem.path[0]) if problem.path else "",
        record_of(table, row),
        problem.message,
        problem.hint,
    )
    described = tuple(text.encode("utf-8", "replace").decode() for text in described)
    return (*(None,) * len(table.columns), *place, *described)


def _batch(rows: list[tuple], table: Table) -> Any:
    """Return rows as the Arrow batch that a task returns."""
    import pyarrow

    kinds = {
        "string": pyarrow.string(),
        "date": pyarrow.date32(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
    }
    names = [
        *table.column_names,
        "row_path",
        "row_block",
        "row_index",
        *(f"problem_{name}" for name in PROBLEM_COLUMNS),
    ]
    types = (
        [kinds[c.type] for c in table.columns]
        + [pyarrow.string(), pyarrow.int64(), pyarrow.int64()]
        + [pyarrow.string()] * len(PROBLEM_COLUMNS)
    )
    written = [pyarrow.string() if kind == pyarrow.date32() else kind for kind in types]
    arrays = [
        pyarrow.array(values, kind).cast(wanted)
        for values, kind, wanted in zip(zip(*rows, strict=True), written, types, strict=True)
    ]
    return pyarrow.RecordBatch.from_arrays(arrays, names)


def _rows(
    batches: Iterator, table: Table, form: str
) -> Iterator[tuple[str, int, int, Any, str, dict]]:
    place, index = None, -1
    for batch in batches:
        columns = {name: batch.column(name).to_pylist() for name in batch.schema.names}
        paths, blocks = columns.pop("row_path"), columns.pop("row_block")
        if form == "parquet":
            indices, mistyped = columns.pop("row_index"), mistyped_in(batch.schema, table)
            for n, (path, block, index) in enumerate(zip(paths, blocks, indices, strict=True)):
                yield (
                    path,
                    block,
                    index,
                    {name: value_from_parquet(values[n]) for name, values in columns.items()},
                    "",
                    mistyped,
                )
            continue
        for path, block, data in zip(paths, blocks, columns["data"], strict=True):
            if form == "csv":
                text = io.StringIO(data.decode("utf-8-sig", "surrogateescape"), newline="")
                yield from (
                    (path, block, number - 1, row, reason, {})
                    for number, row, reason in iter_cells(text, table)
                )
                continue
            index = index + 1 if place == (path, block) else 0
            place = (path, block)
            try:
                yield path, block, index, row_from_line(data), "", {}
            except UnreadableRow as error:
                yield path, block, index, text_of_line(data), str(error), {}
