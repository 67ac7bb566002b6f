"""Rules between values: one SQL file each in `schema/guards`, run by DuckDB, in stages.

A guard returns (table_name, record_id, field, message) of the rows that break it. Stages run in order; a record that breaks a
guard of one stage is left out of the next, with all that refers to it, so that one mistake makes one finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from ..findings import PackageError
from ..layout import Layout
from ..tables.definitions import Table
from .views import column_types, quoted, record_id_sql, reference_views, standing_views

COLUMNS = ("table_name", "record_id", "field", "message")
_HEADER = re.compile(r"^-- (code|title|severity|stage|unless|hint): (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Guard:
    """One rule. `stage` is 1 for ids and references, 2 for facts about sources, agents, offices and events, 3 for
    statements, 4 for claims; `unless` names guards whose finding on the same record makes this one superfluous."""

    code: str
    title: str
    severity: str
    stage: int
    unless: tuple[str, ...]
    hint: str
    sql: str

    @property
    def needs_captures(self) -> bool:
        return re.search(r"\b(captures|agent_captures|event_captures)\b", self.sql) is not None


@dataclass(frozen=True, slots=True)
class Breach:
    """One row that a guard returned."""

    guard: Guard
    table: str
    record: str
    field: str
    message: str


def read_guards(layout: Layout) -> list[Guard]:
    """All guards by stage and code. Raises PackageError for a file without its header."""
    guards = []
    for path in sorted(layout.guards.glob("*.sql")):
        if path == layout.guard_views:
            continue
        text = path.read_text(encoding="utf-8")
        header = dict(_HEADER.findall(text))
        missing = [key for key in ("code", "title", "severity", "stage", "hint") if not header.get(key)]
        if missing or header["code"] != path.stem or header["severity"] not in ("error", "warning"):
            raise PackageError(
                f"{layout.relative(path)}: the header lacks {', '.join(missing) or 'a code that is the file name'}"
            )
        unless = tuple(code.strip() for code in header.get("unless", "").split(",") if code.strip())
        sql = "\n".join(line for line in text.splitlines() if not line.startswith("--")).strip().rstrip(";")
        guards.append(
            Guard(
                header["code"], header["title"], header["severity"], int(header["stage"]), unless, header["hint"], sql
            )
        )
    codes = {guard.code for guard in guards}
    for guard in guards:
        unknown = set(guard.unless) - codes
        if unknown:
            raise PackageError(
                f"schema/guards/{guard.code}.sql: `unless` names {', '.join(sorted(unknown))}, which is no guard"
            )
    return sorted(guards, key=lambda guard: (guard.stage, guard.code))


def prepare(database: duckdb.DuckDBPyConnection, layout: Layout, tables: dict[str, Table]) -> None:
    """Create the guards' views over relations named `all_<table>`, `captures`, `exclusions`, `curated_sources`, `incomplete`."""
    for name in tables:
        database.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM all_{name}")
    database.execute("CREATE OR REPLACE TABLE withheld (table_name VARCHAR, record_id VARCHAR)")
    database.execute(reference_views(tables))
    database.execute(standing_views(layout.guard_views.read_text(encoding="utf-8")))


def empty_relation(table: Table) -> str:
    """A query for no rows with the table's columns."""
    return (
        "SELECT "
        + ", ".join(f"CAST(NULL AS {t}) AS {quoted(c)}" for c, t in column_types(table).items())
        + " WHERE false"
    )


def iter_breaches(
    database: duckdb.DuckDBPyConnection, guards: list[Guard], tables: dict[str, Table]
) -> Iterator[Breach]:
    """Run the guards over prepared views; leaves the records that break a stage out of the next."""
    told: set[tuple[str, str, str]] = set()
    stage = 0
    broken: list[tuple[str, str]] = []
    for guard in guards:
        if guard.stage != stage:
            if broken:
                _withhold(database, tables, broken)
                broken = []
            stage = guard.stage
        try:
            rows = database.execute(guard.sql).fetchall()
        except duckdb.Error as error:
            raise PackageError(f"schema/guards/{guard.code}.sql does not run: {str(error).splitlines()[0]}") from error
        fields: set[tuple[str, str, str]] = set()
        for table, record, field, message in sorted(rows):
            if (
                any((table, record, code) in told for code in (*guard.unless, field))
                or (table, record, field) in fields
            ):
                continue
            fields.add((table, record, field))
            broken.append((table, record))
            yield Breach(guard, table, record, field, message)
        told |= {(table, record, guard.code) for table, record, _ in fields} | fields


def _withhold(database: duckdb.DuckDBPyConnection, tables: dict[str, Table], broken: list[tuple[str, str]]) -> None:
    """Leave the broken records and all that refers to them out of the views."""
    database.executemany("INSERT INTO withheld VALUES (?, ?)", broken)
    while True:
        (before,) = database.execute("SELECT count(*) FROM withheld").fetchone() or (0,)
        database.execute(
            "INSERT INTO withheld SELECT DISTINCT r.table_name, r.record_id FROM refs AS r "
            "JOIN withheld AS w ON w.table_name = r.target_table AND w.record_id = r.value "
            "WHERE (r.table_name, r.record_id) NOT IN (SELECT (table_name, record_id) FROM withheld)"
        )
        (after,) = database.execute("SELECT count(*) FROM withheld").fetchone() or (0,)
        if after == before:
            break
    database.execute(
        "INSERT INTO incomplete SELECT DISTINCT CASE WHEN table_name IN ('statements', 'segments', 'attributions', 'exclusions') THEN 'sources' "
        "ELSE 'events' END, split_part(split_part(record_id, '/', 1), '.', 1) FROM withheld "
        "WHERE table_name IN ('statements', 'segments', 'attributions', 'exclusions', 'claims', 'attestations', 'participants') "
        "UNION SELECT table_name, record_id FROM withheld UNION SELECT 'files', record_id FROM withheld WHERE table_name = 'sources'"
    )
    for name, table in tables.items():
        database.execute(
            f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM all_{name} "
            f"WHERE {record_id_sql(table)} NOT IN (SELECT record_id FROM withheld WHERE table_name = '{name}')"
        )
