"""What lies beside published tables into DuckDB: captured texts, exclusions, the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from ..findings import PackageError
from ..rules.views import quoted
from ..tables.ledger import KEYS
from .predicates import as_written, file_literal, literal, struct_type
from .reading import BLANK, csv_columns, csv_header, iter_lines
from .shards import Shard

EXTRAS = {
    "captures": {"source_id": "VARCHAR", "text": "VARCHAR"},
    "exclusions": {"source_id": "VARCHAR", "start": "BIGINT", "end": "BIGINT", "reason": "VARCHAR"},
    "released": dict.fromkeys(KEYS, "VARCHAR"),
}
"""What may lie beside the tables, and its columns. Without captures or exclusions what needs them is not checked."""

WHOLE = ("captures", "exclusions")
"""Those of which no value may be null."""

TEXTS = {"*.txt": "regexp_replace(split_part(f, '/', -1), '\\.txt$', '')", "*/source.txt": "split_part(f, '/', -2)"}
"""Where texts lie in a folder of them, and the id of their source in the path `f`."""

TWICE = "SELECT min(source_id) FROM (SELECT source_id FROM captures GROUP BY source_id HAVING count(*) > 1)"
"""The first source that the captures hold two texts of, or null."""
_OBJECT = 1 << 24
"""Bytes of the longest line that DuckDB is first told to expect, its own default."""


def load_extras(database: duckdb.DuckDBPyConnection, shards: dict[str, list[Shard]], captures: Path | None) -> None:
    """Captures, exclusions and ledger; empty where there are none."""
    for name, types in EXTRAS.items():
        # Texts are long: to compress them takes as much time as all guards that read them.
        columns = ", ".join(
            f"{quoted(c)} {t}{' USING COMPRESSION uncompressed' if c == 'text' else ''}" for c, t in types.items()
        )
        database.execute(f"CREATE TABLE {'ledger' if name == 'released' else name} ({columns})")
    given = given_captures(shards, captures)
    if captures is not None and captures.is_dir():
        _load_texts(database, captures)
    for name, found in (
        ("captures", given),
        ("exclusions", shards.get("exclusions", [])),
        ("released", shards.get("released", [])),
    ):
        for shard in found:
            _load_extra(database, "ledger" if name == "released" else name, EXTRAS[name], shard)
    refuse_twice(database.execute(TWICE).fetchone())
    database.execute("CREATE TABLE incomplete (table_name VARCHAR, record_id VARCHAR)")
    known = "SELECT source_id FROM all_sources" if "exclusions" in shards else "SELECT NULL AS source_id WHERE false"
    database.execute(f"CREATE VIEW curated_sources AS {known}")


def given_captures(shards: dict[str, list[Shard]], captures: Path | None) -> list[Shard]:
    """The tables of captured texts; none where `captures` is a folder of texts. Raises PackageError if it holds or is none."""
    if captures is None:
        return shards.get("captures", [])
    if not captures.exists():
        raise PackageError(f"{captures} does not exist")
    if not captures.is_dir():
        return [Shard("captures", captures, captures.suffix.removeprefix("."))]
    if all(next(captures.glob(pattern), None) is None for pattern in TEXTS):
        raise PackageError(
            f"{captures} holds no captured text: they lie there as SOURCE_ID.txt or SOURCE_ID/source.txt; a table of them is named as a file"
        )
    return []


def refuse_twice(found: Sequence[str | None] | None) -> None:
    """What TWICE gives, in either engine. Raises PackageError if that is a source."""
    if found and found[0] is not None:
        raise PackageError(f"the captures hold two texts of `{found[0]}`: leave one of them out")


def _load_extra(database: duckdb.DuckDBPyConnection, name: str, types: dict[str, str], shard: Shard) -> None:
    if shard.form == "jsonl":
        _load_lines(database, name, types, shard)
        return
    path, columns = file_literal(shard.path), ", ".join(map(quoted, types))
    if shard.form == "csv":
        reader = f"read_csv({path}, {csv_columns(csv_header(shard.path))})"
    elif shard.form == "parquet":
        reader = f"read_parquet({path}, hive_partitioning = false, binary_as_string = true)"
    else:
        raise PackageError(f"{shard.path.name} is no table: it should end in .jsonl, .csv or .parquet")
    _insert(database, name, types, f"SELECT {columns} FROM {reader}", shard)
    if name in WHOLE and database.execute(f"SELECT 1 FROM {name} WHERE {_lacking(types)} LIMIT 1").fetchone():
        raise PackageError(f"{shard.path.name} has rows without {' or '.join(types)}")


def _load_lines(database: duckdb.DuckDBPyConnection, name: str, types: dict[str, str], shard: Shard) -> None:
    """JSONL at once where every line is just what was read of it; else only once the reference has found nothing wrong with any."""
    path, columns = file_literal(shard.path), ", ".join(map(quoted, types))
    right = as_written("r", "json") + (f" AND NOT ({_lacking(types, 'r.')})" if name in WHOLE else "")
    as_told = ", ".join(f"r.{quoted(column)}" for column in types)
    try:
        database.execute(
            f"INSERT INTO {name} SELECT {as_told} FROM (SELECT from_json(json, {struct_type(types)}) AS r, json "
            f"FROM read_ndjson_objects({path}, maximum_object_size = {_OBJECT})) WHERE CASE WHEN {right} THEN true ELSE error('doubted') END"
        )
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error:
        refuse_lines(shard, name, types)
        kinds = ", ".join(f"{literal(column)}: '{kind}'" for column, kind in types.items())
        # Buffers for lines so long leave no room for parallel reading: they are only taken where they are needed.
        reader = f"read_json({path}, format = 'newline_delimited', columns = {{{kinds}}}, maximum_object_size = {8 * _OBJECT})"
        _insert(database, name, types, f"SELECT {columns} FROM {reader}", shard)


def _insert(database: duckdb.DuckDBPyConnection, name: str, types: dict[str, str], query: str, shard: Shard) -> None:
    try:
        database.execute(f"INSERT INTO {name} BY NAME {query}")
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.BinderException as error:
        raise PackageError(f"{shard.path.name} is no table with the columns {', '.join(types)}") from error
    except duckdb.Error as error:
        raise PackageError(f"{shard.path.name} cannot be read: {str(error).splitlines()[0]}") from error


def _lacking(types: dict[str, str], prefix: str = "") -> str:
    """True of rows that do not have all columns."""
    return " OR ".join(f"{prefix}{quoted(column)} IS NULL" for column in types)


def refuse_lines(shard: Shard, name: str, types: dict[str, str]) -> None:
    """Raises PackageError for the first line of a file of JSONL that is no row of captures, exclusions or ledger. Other keys may stand beside theirs, and blank lines between."""
    for number, row, reason in iter_lines(shard.path):
        if reason != BLANK and (reason := reason or _fault(row, name, types)):
            raise PackageError(
                f"{shard.path.name} cannot be read at line {number}: {reason}. Mend that line, or get the file anew"
            )


def _fault(row: Any, name: str, types: dict[str, str]) -> str:
    """Why the value of a line is no such row; "" if it is one."""
    if not isinstance(row, dict):
        return "the line is no JSON object"
    for column, kind in types.items():
        expected, called = {"VARCHAR": (str, "text"), "BIGINT": (int, "whole number")}[kind]
        value = row.get(column)
        if type(value) is not expected and (value is not None or name in WHOLE):
            return f"no {called} stands under `{column}`"
    return ""


def _load_texts(database: duckdb.DuckDBPyConnection, folder: Path) -> None:
    for pattern, part in TEXTS.items():
        if next(folder.glob(pattern), None) is None:
            continue
        texts = (
            f"SELECT replace(filename, '\\', '/') AS f, content FROM read_text({file_literal(folder, f'/{pattern}')})"
        )
        try:
            database.execute(f"INSERT INTO captures SELECT {part}, content FROM ({texts})")
        except duckdb.Error as error:
            raise PackageError(f"the captures cannot be read: {str(error).splitlines()[0]}") from error
