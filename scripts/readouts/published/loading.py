"""Published tables into DuckDB: rows that the predicates pass go straight in, the rest are validated one by one.

For table `x` the database then has `loaded_x` (rows of the files in their order; `suspect` is set
for rows that need a closer check, `width` is the length of a JSONL line in bytes), `rechecked_x`
(suspect rows that proved valid, with their place), and the view `all_x` of all valid rows. A row's
place is its rowid in `loaded_x`; the table `shards` maps places to files.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from ..core.definitions import Table
from ..core.value_problems import ValueProblem
from ..core.values import SchemaValidator
from ..rules.views import column_types, quoted
from .content import mistyped_columns, of_columns, problem_of_file
from .json_rows import BLANK
from .lines import Lines
from .load_query import load_query
from .predicates import column_list, literal
from .reading import iter_rows, reads_alike
from .rows import validate_row, whole_row
from .shards import Shard
from .suspects import iter_suspect, places_in_lines, places_in_rows

_ROOM = 1 << 24
"""Characters of text that rows may have before they are inserted, regardless of their number."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One violated rule of one row; `line` is that of the file (in Parquet: the row number), `row` the readable part."""

    table: str
    path: Path
    line: int
    row: Any
    problem: ValueProblem


@dataclass
class Loaded:
    """Numbers of rows of one table: all, suspect and rejected."""

    rows: int = 0
    suspect: int = 0
    rejected: int = 0
    problems: list[RowProblem] = field(default_factory=list)


def create(database: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Create the tables that `load_shard` fills. Free text is stored uncompressed: compressing it would take as long as reading it."""
    words = {
        c.name
        for c in table.columns
        if c.type == "string"
        and not c.terms
        and "pattern" not in table.schema["properties"][c.name]
    }
    types = ", ".join(f"{quoted(c)} {t}" for c, t in column_types(table).items())
    kept = ", ".join(
        f"{quoted(c)} {t}{' USING COMPRESSION uncompressed' if c in words else ''}"
        for c, t in column_types(table).items()
    )
    database.execute(f"CREATE TABLE loaded_{table.name} ({kept}, suspect VARCHAR, width BIGINT)")
    database.execute(f"CREATE TABLE rechecked_{table.name} ({types}, row_place BIGINT)")


def finish(database: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Create `all_x` after every shard is loaded."""
    columns = column_list(table)
    (suspect,) = database.execute(
        f"SELECT count(*) FROM loaded_{table.name} WHERE suspect IS NOT NULL"
    ).fetchone() or (0,)
    query = f"SELECT {columns} FROM loaded_{table.name}"
    if suspect:
        query += f" WHERE suspect IS NULL UNION ALL SELECT {columns} FROM rechecked_{table.name}"
    database.execute(f"CREATE VIEW all_{table.name} AS {query}")


def load_shard(
    database: duckdb.DuckDBPyConnection, table: Table, shard: Shard, loaded: Loaded
) -> Iterator[RowProblem]:
    """Load one file; yields the problems of the rows that the reference reader rejects."""
    (first,) = database.execute(f"SELECT count(*) FROM loaded_{table.name}").fetchone() or (0,)
    if problem := problem_of_file(shard):
        database.execute(f"INSERT INTO loaded_{table.name} (suspect) VALUES ('')")
        loaded.rows, loaded.suspect, loaded.rejected = (
            loaded.rows + 1,
            loaded.suspect + 1,
            loaded.rejected + 1,
        )
        yield RowProblem(table.name, shard.path, 1, None, problem)
        return
    as_a_whole = False
    try:
        as_a_whole = reads_alike(database, shard, table)
        if as_a_whole:
            database.execute(
                f"INSERT INTO loaded_{table.name} {load_query(database, table, shard)}"
            )
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error:
        as_a_whole = False
    if not as_a_whole:
        # A file that the fast reader cannot take as a whole is read row by row, and its faults are
        # reported by row.
        places = (
            (first + n, number, row, reason)
            for n, (number, row, reason) in enumerate(iter_rows(shard, table))
        )
        before = loaded.suspect
        yield from _validate_places(database, table, shard, places, loaded)
        database.execute(
            f"INSERT INTO loaded_{table.name} (suspect) SELECT '' FROM range({loaded.suspect - before})"
        )
    elif shard.form == "jsonl":
        yield from _validate_lines(database, table, shard, first, loaded)
    else:
        places = places_in_rows(shard, table, iter_suspect(database, table, first), first)
        yield from _validate_places(database, table, shard, places, loaded)
    (last,) = database.execute(f"SELECT count(*) FROM loaded_{table.name}").fetchone() or (0,)
    database.execute(
        "INSERT INTO shards VALUES (?, ?, ?, ?, ?)",
        [table.name, str(shard.path), shard.form, first, last],
    )
    loaded.rows += last - first


def _validate_lines(
    database: duckdb.DuckDBPyConnection, table: Table, shard: Shard, first: int, loaded: Loaded
) -> Iterator[RowProblem]:
    """Check the blank lines and suspect rows of a JSONL file that was loaded from a place on."""
    whole = _whole(database, table, shard, first)
    if whole and next(iter_suspect(database, table, first), None) is None:
        return
    lines = Lines(shard.path, whole)
    for number in lines.blank:
        for problem in validate_row(None, None, BLANK, shard.form):
            yield RowProblem(table.name, shard.path, number, None, problem)
        loaded.rejected += 1
    if lines.padded:
        # DuckDB accepts spaces that JSON does not: such a line is left to the reference reader.
        padded = ", ".join(str(first + index) for index in lines.padded)
        database.execute(f"UPDATE loaded_{table.name} SET suspect = '' WHERE rowid IN ({padded})")
    places = places_in_lines(lines, iter_suspect(database, table, first), first)
    yield from _validate_places(database, table, shard, places, loaded)


def _whole(database: duckdb.DuckDBPyConnection, table: Table, shard: Shard, first: int) -> bool:
    """Return True if the rows of a JSONL file with one line end each are its whole content: then no line is blank, and none need be counted."""
    (width,) = database.execute(
        f"SELECT sum(width + 1) FROM loaded_{table.name} WHERE rowid >= {first}"
    ).fetchone() or (0,)
    with shard.path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 1))
        return (width or 0) == size + (file.read(1) not in (b"\n", b""))


def _validate_places(
    database: duckdb.DuckDBPyConnection,
    table: Table,
    shard: Shard,
    places: Iterator[tuple[int, int, Any, str]],
    loaded: Loaded,
) -> Iterator[RowProblem]:
    """Validate suspect rows; keep those that are valid."""
    validator = SchemaValidator(f"schema/tables/{table.name}.schema.json", table.schema)
    rechecked: list[dict[str, Any]] = []
    mistyped: dict[str, ValueProblem] | None = None
    room = _ROOM
    for place, number, row, reason in places:
        problems = validate_row(validator, row, reason, shard.form)
        if problems and shard.form == "parquet":
            mistyped = mistyped_columns(shard.path, table) if mistyped is None else mistyped
            problems = of_columns(problems, mistyped)
        loaded.suspect += 1
        if problems:
            loaded.rejected += 1
            yield from (
                RowProblem(table.name, shard.path, number, row, problem) for problem in problems
            )
        else:
            rechecked.append({**whole_row(row, table), "row_place": place})
            room -= sum(len(value) for value in row.values() if isinstance(value, str))
        if len(rechecked) >= 1_000 or room < 0:
            _insert_rechecked(database, table, rechecked)
            rechecked, room = [], _ROOM
    _insert_rechecked(database, table, rechecked)


def _insert_rechecked(
    database: duckdb.DuckDBPyConnection, table: Table, rows: list[dict[str, Any]]
) -> None:
    if rows:
        types = ",".join(
            f'"{c}":"{t}"' for c, t in {**column_types(table), "row_place": "BIGINT"}.items()
        )
        database.execute(
            f"INSERT INTO rechecked_{table.name} SELECT unnest(r) FROM (SELECT unnest(from_json(?, {literal('[{' + types + '}]')})) AS r)",
            [json.dumps(rows, ensure_ascii=False)],
        )
