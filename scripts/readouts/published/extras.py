"""Files next to published tables, loaded into DuckDB: captured texts, exclusions, the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

from ..core.definitions import Table, read_schema, table_from_schema
from ..core.findings import PackageError
from ..core.layout import Layout
from ..ledger.ledger import KEYS
from ..rules.views import quoted
from .csv_rows import csv_columns, csv_header
from .gaps import record_of
from .json_rows import BLANK, iter_lines
from .loading import Loaded, RowProblem, create, finish, load_shard
from .predicates import as_written, file_literal, literal, struct_type
from .shards import FORMS, Shard

EXTRAS = {
    "captures": {"source_id": "VARCHAR", "text": "VARCHAR"},
    "exclusions": {"source_id": "VARCHAR", "start": "BIGINT", "end": "BIGINT", "reason": "VARCHAR"},
    "released": dict.fromkeys(KEYS, "VARCHAR"),
}
"""Optional files next to the tables, and their columns. Rules that need missing captures or exclusions are not checked."""

WHOLE = ("captures", "exclusions")
"""The extras in which no value may be null."""

TEXTS = {
    "*.txt": "regexp_replace(split_part(f, '/', -1), '\\.txt$', '')",
    "*/source.txt": "split_part(f, '/', -2)",
}
"""Patterns of captured texts in a folder, and the id of their source in the path `f`."""

DUPLICATE_CAPTURE_QUERY = "SELECT min(source_id) FROM (SELECT source_id FROM captures GROUP BY source_id HAVING count(*) > 1)"
"""The first source with two captured texts, or null."""


def read_extras(layout: Layout) -> dict[str, Table]:
    """Return captures and exclusions as the tool's schemas define them, by name. Raises PackageError."""
    return {name: table_from_schema(name, read_schema(layout, f"extras/{name}")) for name in WHOLE}


def load_extras(
    database: duckdb.DuckDBPyConnection,
    extras: dict[str, Table],
    shards: dict[str, list[Shard]],
    captures: Path | None,
) -> Iterator[RowProblem]:
    """Load captures, exclusions and ledger, empty if there are none; yields problems with rows of the first two.

    Raises PackageError for a file that is not such a table, and for a ledger that cannot be read.
    """
    columns = ", ".join(f"{quoted(column)} {kind}" for column, kind in EXTRAS["released"].items())
    database.execute(f"CREATE TABLE ledger ({columns})")
    for shard in shards.get("released", []):
        _load_ledger(database, shard)
    given = {
        "captures": given_captures(shards, captures),
        "exclusions": shards.get("exclusions", []),
    }
    unreadable: set[str | None] = set()
    for name, table in extras.items():
        create(database, table)
        if name == "captures" and captures is not None and captures.is_dir():
            _load_texts(database, captures)
        for shard in given[name]:
            for problem in _load_rows(database, table, shard):
                if name == "exclusions":
                    unreadable.add(record_of(table, problem.row).partition("/")[0] or None)
                yield problem
        finish(database, table)
    database.execute("CREATE VIEW captures AS SELECT * FROM all_captures")
    database.execute('CREATE VIEW exclusions AS SELECT * FROM all_exclusions WHERE start < "end"')
    require_unique_captures(database.execute(DUPLICATE_CAPTURE_QUERY).fetchone())
    database.execute("CREATE TABLE incomplete (table_name VARCHAR, record_id VARCHAR)")
    database.execute(
        f"CREATE VIEW curated_sources AS {curated_sources('exclusions' in shards, unreadable)}"
    )


def curated_sources(given: bool, unreadable: set[str | None]) -> str:
    """Return a query for the sources whose exclusions are all known: none if one could not be read and did not name its source."""
    if not given or None in unreadable:
        return "SELECT source_id FROM all_sources WHERE false"
    names = ", ".join(literal(source) for source in sorted(filter(None, unreadable)))
    return (
        'SELECT source_id FROM all_sources WHERE source_id NOT IN (SELECT source_id FROM all_exclusions WHERE start >= "end")'
        + (f" AND source_id NOT IN ({names})" if names else "")
    )


def _load_rows(
    database: duckdb.DuckDBPyConnection, table: Table, shard: Shard
) -> Iterator[RowProblem]:
    """Load one file; yields problems with its rows, except blank lines. Raises PackageError if none of them has the columns."""
    if shard.form not in FORMS:
        raise PackageError(
            f"{shard.path.name} is not a table: expected a file that ends in .jsonl, .csv or .parquet"
        )
    fitting, waiting = False, []
    for problem in load_shard(database, table, shard, Loaded()):
        if problem.problem.message == BLANK:
            continue
        fitting = fitting or (
            isinstance(problem.row, dict) and set(table.column_names) <= problem.row.keys()
        )
        waiting.append(problem)
        if fitting or len(waiting) >= 1_000:
            _require_fitting(database, table, waiting[0], fitting)
            fitting = True
            yield from waiting
            waiting = []
    if waiting:
        _require_fitting(database, table, waiting[0], fitting)
        yield from waiting


def _require_fitting(
    database: duckdb.DuckDBPyConnection, table: Table, first: RowProblem, fitting: bool
) -> None:
    """Raise PackageError for a file in which no row has the columns of the table."""
    right = f"SELECT 1 FROM loaded_{table.name} WHERE suspect IS NULL UNION ALL SELECT 1 FROM rechecked_{table.name}"
    if not fitting and database.execute(f"{right} LIMIT 1").fetchone() is None:
        raise PackageError(refusal(table, first.path, first.line, first.problem.message))


def refusal(table: Table, path: Path, line: int, reason: str) -> str:
    """Return the error for a file in which no row has the columns of the table."""
    columns = ", ".join(table.column_names)
    return f"{path.name} is not a table with the columns {columns}: line {line}: {reason}"


def given_captures(shards: dict[str, list[Shard]], captures: Path | None) -> list[Shard]:
    """Return the tables of captured texts; none if `captures` is a folder of texts. Raises PackageError if there are no captured texts."""
    if captures is None:
        return shards.get("captures", [])
    if not captures.exists():
        raise PackageError(f"{captures} does not exist")
    if not captures.is_dir():
        return [Shard("captures", captures, captures.suffix.removeprefix("."))]
    if all(next(captures.glob(pattern), None) is None for pattern in TEXTS):
        raise PackageError(
            f"no captured texts found in {captures}: expected SOURCE_ID.txt or SOURCE_ID/source.txt; to use a table, pass the file itself"
        )
    return []


def require_unique_captures(found: Sequence[str | None] | None) -> None:
    """Require that no source has two captured texts; `found` is the result of DUPLICATE_CAPTURE_QUERY. Raises PackageError."""
    if found and found[0] is not None:
        raise PackageError(
            f"the captured texts contain two texts of `{found[0]}`: remove one of them"
        )


def _load_ledger(database: duckdb.DuckDBPyConnection, shard: Shard) -> None:
    types = EXTRAS["released"]
    if shard.form == "jsonl":
        _load_ledger_lines(database, types, shard)
        return
    path, columns = file_literal(shard.path), ", ".join(map(quoted, types))
    if shard.form == "csv":
        reader = f"read_csv({path}, {csv_columns(csv_header(shard.path))})"
    else:
        reader = f"read_parquet({path}, hive_partitioning = false, binary_as_string = true)"
    _insert(database, types, f"SELECT {columns} FROM {reader}", shard)


def _load_ledger_lines(
    database: duckdb.DuckDBPyConnection, types: dict[str, str], shard: Shard
) -> None:
    """Load JSONL at once if every line equals its parsed row; otherwise only after the reference reader has found no problem in any line."""
    path, columns = file_literal(shard.path), ", ".join(map(quoted, types))
    as_read = ", ".join(f"r.{quoted(column)}" for column in types)
    try:
        database.execute(
            f"INSERT INTO ledger SELECT {as_read} FROM (SELECT from_json(json, {struct_type(types)}) AS r, json "
            f"FROM read_ndjson_objects({path})) WHERE CASE WHEN {as_written('r', 'json')} THEN true ELSE error('suspect') END"
        )
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error:
        refuse_lines(shard, types)
        kinds = ", ".join(f"{literal(column)}: '{kind}'" for column, kind in types.items())
        reader = f"read_json({path}, format = 'newline_delimited', columns = {{{kinds}}})"
        _insert(database, types, f"SELECT {columns} FROM {reader}", shard)


def _insert(
    database: duckdb.DuckDBPyConnection, types: dict[str, str], query: str, shard: Shard
) -> None:
    try:
        database.execute(f"INSERT INTO ledger BY NAME {query}")
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.BinderException as error:
        raise PackageError(
            f"{shard.path.name} is not a table with the columns {', '.join(types)}"
        ) from error
    except duckdb.Error as error:
        raise PackageError(
            f"{shard.path.name} cannot be read: {str(error).splitlines()[0]}"
        ) from error


def refuse_lines(shard: Shard, types: dict[str, str]) -> None:
    """Raise PackageError for the first line of a JSONL ledger that is not a ledger row. Other keys and blank lines are allowed."""
    for number, row, reason in iter_lines(shard.path):
        if reason != BLANK and (reason := reason or _fault(row, types)):
            raise PackageError(
                f"{shard.path.name} cannot be read at line {number}: {reason}. Fix that line, or download the file again"
            )


def _fault(row: Any, types: dict[str, str]) -> str:
    """Return why the value of a line is not such a row; "" if it is one."""
    if not isinstance(row, dict):
        return "the line is not a JSON object"
    wrong = next((column for column in types if not isinstance(row.get(column), str | None)), None)
    return f"`{wrong}` is not text" if wrong else ""


def _load_texts(database: duckdb.DuckDBPyConnection, folder: Path) -> None:
    for pattern, part in TEXTS.items():
        if next(folder.glob(pattern), None) is None:
            continue
        texts = f"SELECT replace(filename, '\\', '/') AS f, content FROM read_text({file_literal(folder, f'/{pattern}')})"
        try:
            database.execute(
                f"INSERT INTO loaded_captures (source_id, text) SELECT {part}, content FROM ({texts})"
            )
        except duckdb.Error as error:
            raise PackageError(
                f"the captures cannot be read: {str(error).splitlines()[0]}"
            ) from error
