"""The query with which DuckDB reads a file of a published table and marks rows that need a closer check."""

from __future__ import annotations

import duckdb

from ..core.definitions import Table
from ..rules.views import column_types, quoted
from .csv_rows import csv_columns, csv_header
from .predicates import as_written, column_list, file_literal, row_predicate, struct_type
from .shards import Shard


def load_query(database: duckdb.DuckDBPyConnection, table: Table, shard: Shard) -> str:
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
