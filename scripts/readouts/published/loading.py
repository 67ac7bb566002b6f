"""Published tables into DuckDB: rows that the predicates pass go straight in, the rest are validated one by one.

For table `x` the database then has `loaded_x` (rows of the files in their order; `suspect` is set
for rows that need a closer check, `width` is the length of a JSONL line in bytes), `rechecked_x`
(suspect rows that proved valid, with their place), and the view `all_x` of all valid rows. A row's
place is its rowid in `loaded_x`; the table `shards` maps places to files.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from ..core.definitions import Table
from ..core.explanations import ValueProblem
from ..core.values import SchemaValidator
from ..rules.stages import reader_of
from ..rules.views import column_types, quoted
from .content import mistyped_columns, of_columns, problem_of_file
from .lines import Lines
from .predicates import as_written, column_list, file_literal, literal, row_predicate, struct_type
from .reading import (
    BLANK,
    UnreadableRow,
    csv_columns,
    csv_header,
    iter_rows,
    reads_alike,
    row_from_line,
    text_of_line,
)
from .rows import validate_row, whole_row
from .shards import Shard

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
            database.execute(f"INSERT INTO loaded_{table.name} {_query(database, table, shard)}")
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
        places = _places_in_rows(shard, table, _iter_suspect(database, table, first), first)
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
    if whole and next(_iter_suspect(database, table, first), None) is None:
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
    places = _places_in_lines(lines, _iter_suspect(database, table, first), first)
    yield from _validate_places(database, table, shard, places, loaded)


def _iter_suspect(
    database: duckdb.DuckDBPyConnection, table: Table, first: int
) -> Iterator[tuple[int, str]]:
    """Yield the suspect rows from a place on, in order, as (place, text), in batches: a file may consist of them."""
    cursor = reader_of(database).execute(
        f"SELECT rowid, suspect FROM loaded_{table.name} WHERE suspect IS NOT NULL AND rowid >= {first} ORDER BY rowid"
    )
    while rows := cursor.fetchmany(10_000):
        yield from rows


def _whole(database: duckdb.DuckDBPyConnection, table: Table, shard: Shard, first: int) -> bool:
    """Return True if the rows of a JSONL file with one line end each are its whole content: then no line is blank, and none need be counted."""
    (width,) = database.execute(
        f"SELECT sum(width + 1) FROM loaded_{table.name} WHERE rowid >= {first}"
    ).fetchone() or (0,)
    with shard.path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 1))
        return (width or 0) == size + (file.read(1) not in (b"\n", b""))


def _query(database: duckdb.DuckDBPyConnection, table: Table, shard: Shard) -> str:
    path = file_literal(shard.path)
    if shard.form == "jsonl":
        values = {c.name: f"r.{quoted(c.name)}" for c in table.columns}
        return (
            f"SELECT {', '.join(values.values())}, CASE WHEN {as_written('r', 'json')} AND coalesce({row_predicate(table, values)}, false) "
            f"THEN NULL ELSE coalesce(CAST(json AS VARCHAR), '') END, strlen(json) FROM (SELECT from_json(json, {struct_type(column_types(table))}) AS r, json "
            f"FROM read_ndjson_objects({path}, ignore_errors = true))"
        )
    if shard.form == "csv":
        # No option is left to detection: if one row has more fields than the others, detection
        # would not take the others for rows.
        kinds = dict.fromkeys(csv_header(shard.path), "VARCHAR")
        reader = f"read_csv({path}, {csv_columns(kinds)})"
    else:
        reader = f"read_parquet({path}, hive_partitioning = false)"
        kinds = {
            row[0]: row[1]
            for row in database.execute(f"DESCRIBE SELECT * FROM {reader}").fetchall()
        }
    values, fits = {}, ["true" if set(kinds) == set(table.column_names) else "false"]
    for column in table.columns:
        if column.name not in kinds:
            values[column.name] = "NULL"
            continue
        values[column.name], fit = _typed(
            column.type, quoted(column.name), kinds[column.name], shard.form
        )
        fits.append(fit)
    fits = [fit for fit in dict.fromkeys(fits) if fit != "true"]
    typed = ", ".join(f"{value} AS {quoted(name)}" for name, value in values.items())
    names = {name: quoted(name) for name in values}
    return (
        f"SELECT {column_list(table)}, CASE WHEN coalesce(fit AND {row_predicate(table, names)}, false) THEN NULL ELSE '' END, NULL "
        f"FROM (SELECT {typed}, {' AND '.join(fits) or 'true'} AS fit FROM {reader})"
    )


def _typed(kind: str, name: str, found: str, form: str) -> tuple[str, str]:
    """Return the typed value of a column of the file, and the condition under which it equals the written value."""
    if kind == "string":
        return (name, "true") if found == "VARCHAR" else ("NULL", f"{name} IS NULL")
    if kind == "date":
        if found == "DATE":
            return name, "true"
        if found != "VARCHAR":
            return "NULL", f"{name} IS NULL"
        cast = f"try_cast({name} AS DATE)"
        return cast, f"({name} IS NULL OR CAST({cast} AS VARCHAR) = {name})"
    target = {"integer": "BIGINT", "number": "DOUBLE"}[kind]
    whole = found in (
        "TINYINT",
        "SMALLINT",
        "INTEGER",
        "BIGINT",
        "UTINYINT",
        "USMALLINT",
        "UINTEGER",
    )
    if form == "csv":
        cast = f"try_cast({name} AS {target})"
        form_ = "(?:0|-?[1-9][0-9]*)" if kind == "integer" else "(?:0|-?[1-9][0-9]*)(?:\\.[0-9]+)?"
        return (
            cast,
            f"({name} IS NULL OR ({cast} IS NOT NULL AND regexp_full_match({name}, '{form_}')))",
        )
    if whole or (kind == "number" and found in ("DOUBLE", "FLOAT")):
        cast = f"CAST({name} AS {target})"
        return cast, "true" if whole else f"({name} IS NULL OR isfinite({name}))"
    return "NULL", f"{name} IS NULL"


def _places_in_lines(
    lines: Lines, suspect: Iterable[tuple[int, str]], first: int
) -> Iterator[tuple[int, int, Any, str]]:
    for place, text in suspect:
        number = lines.number(place - first)
        try:
            yield place, number, row_from_line(text or lines.read(number)), ""
        except UnreadableRow as error:
            yield place, number, text_of_line(text or lines.read(number)), str(error)


def _places_in_rows(
    shard: Shard, table: Table, suspect: Iterable[tuple[int, str]], first: int
) -> Iterator[tuple[int, int, Any, str]]:
    wanted = (place for place, _ in suspect)
    place = next(wanted, None)
    if place is None:
        return
    for index, (number, row, reason) in enumerate(iter_rows(shard, table)):
        if first + index == place:
            yield place, number, row, reason
            place = next(wanted, None)
            if place is None:
                return
    while place is not None:
        yield place, place - first + 1, None, "the row could not be read again"
        place = next(wanted, None)


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
