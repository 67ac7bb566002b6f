"""Findings about rows and relations, reported at the file and line of the record."""

from __future__ import annotations

from pathlib import Path

import duckdb

from ..core.definitions import Table
from ..rules.engine import reader_of
from ..rules.guards import split_message
from ..rules.views import record_id_sql
from .gaps import DERIVED, Gaps, Rejected, record_of
from .json_rows import BLANK
from .lines import line_of
from .loading import RowProblem
from .result import insert_findings
from .shards import Shard


def report_missing_tables_once(database: duckdb.DuckDBPyConnection, gaps: Gaps) -> None:
    """Report a derived table that is missing once, instead of each of its rows."""
    counts = dict(database.execute("SELECT code, count(*) FROM findings GROUP BY code").fetchall())
    for finding in gaps.derived_findings(counts):
        database.execute(
            "DELETE FROM findings WHERE code = ?", [DERIVED[finding.path.partition(".")[0]]]
        )
        insert_findings(database, [tuple(finding.as_dict().values())])


def drop_repeated_column_findings(database: duckdb.DuckDBPyConnection) -> None:
    """Keep only the first finding per file about the type of a column instead of one for each row."""
    database.execute(
        "DELETE FROM findings WHERE code = 'value_type' AND starts_with(message, 'the column ') AND rowid NOT IN "
        "(SELECT arg_min(rowid, line) FROM findings GROUP BY code, path, message)"
    )


def relative(path: Path, folder: Path) -> str:
    """Return the name of a file within the folder of the tables, its whole name if it is elsewhere."""
    return (path.relative_to(folder) if path.is_relative_to(folder) else path).as_posix()


def report_problems(
    database: duckdb.DuckDBPyConnection,
    table: Table,
    problems: list[RowProblem],
    folder: Path,
    rejected: Rejected,
) -> None:
    """Report problems of rows, and enter the rows in `rejected`."""
    findings = []
    for found in problems:
        record = record_of(table, found.row)
        name = str(found.problem.path[0]) if found.problem.path else ""
        if found.problem.message != BLANK:
            rejected.add(table, record, name)
        path = relative(found.path, folder)
        findings.append(
            (
                found.problem.code,
                "error",
                path,
                found.line,
                name,
                record,
                found.problem.message,
                found.problem.hint,
            )
        )
    insert_findings(database, findings)


def report_violations(
    database: duckdb.DuckDBPyConnection,
    guards: list,
    tables: dict[str, Table],
    shards: dict[str, list[Shard]],
    folder: Path,
) -> None:
    """Report the findings of the guards at the file and line of the record; for a duplicate id, at the last record with the places of the others."""
    for (name,) in database.execute(
        "SELECT DISTINCT table_name FROM results.violations"
    ).fetchall():
        if name in tables:
            found = record_id_sql(tables[name])
            places = f"SELECT {found} AS id, rowid AS place FROM loaded_{name} WHERE suspect IS NULL UNION ALL SELECT {found}, row_place FROM rechecked_{name}"
        else:
            places = "SELECT '' AS id, 0 AS place WHERE false"
        database.execute(
            f"CREATE OR REPLACE TABLE placed AS SELECT b.*, p.place, s.path, s.form, s.first FROM results.violations AS b "
            f"LEFT JOIN (SELECT id, max(place) AS place FROM ({places}) WHERE id IN (SELECT record_id FROM results.violations) GROUP BY id) AS p "
            f"ON p.id = b.record_id LEFT JOIN shards AS s ON s.table_name = '{name}' AND p.place >= s.first AND p.place < s.last "
            f"WHERE b.table_name = '{name}'"
        )
        cursor = reader_of(database).execute(
            "SELECT guard, record_id, field, message, path, form, place - first FROM placed ORDER BY path, place"
        )
        repeated = (
            _repeated_places(database, places, tables[name], folder) if name in tables else {}
        )
        absent = next(
            (s.path.relative_to(folder).as_posix() for s in shards.get(name, [])), f"{name}.jsonl"
        )
        while rows := cursor.fetchmany(10_000):
            insert_findings(
                database,
                [
                    (guards[number].code, guards[number].severity, Path(path).relative_to(folder).as_posix() if path else absent,
                     line_of(Path(path), form, place, tables[name]) if path else 0, field_, record,
                     *split_message(guards[number], message + (also_at(repeated.get(record, [])) if guards[number].code == "ids_unique" else "")))
                    for number, record, field_, message, path, form, place in rows
                ],
            )  # fmt: skip


def _repeated_places(
    database: duckdb.DuckDBPyConnection, places: str, table: Table, folder: Path
) -> dict[str, list[tuple[str, int]]]:
    """Return id → (file, line) of its records, in order, for each duplicate id."""
    found = database.execute(
        f"SELECT id, s.path, s.form, place - s.first FROM ({places}) JOIN shards AS s "
        f"ON s.table_name = '{table.name}' AND place >= s.first AND place < s.last WHERE id IN "
        f"(SELECT record_id FROM results.violations WHERE code = 'ids_unique' AND table_name = '{table.name}') ORDER BY id, place"
    ).fetchall()
    repeated: dict[str, list[tuple[str, int]]] = {}
    for record, path, form, index in found:
        repeated.setdefault(record, []).append(
            (relative(Path(path), folder), line_of(Path(path), form, index, table))
        )
    return repeated


def also_at(places: list[tuple[str, int]]) -> str:
    """Return the places of a duplicate id except the last, four at most, as a suffix of the message."""
    others = [f"{path}:{line}" for path, line in places[:-1]]
    more = f" and {len(others) - 4} more" if len(others) > 4 else ""
    return f"; also {', '.join(others[:4])}{more}" if others else ""
