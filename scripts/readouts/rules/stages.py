"""Guards run in stages: a record that violates one is left out of the next stage with all records that refer to it.

The relations may be in DuckDB or in another engine; the findings are kept in DuckDB (schema
`results`) in either case, so that a million findings need no more memory than ten.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

import duckdb

from ..core.definitions import Table
from ..core.findings import PackageError
from .accepted import RELATIONS, apply_reviews, create_relations
from .engine import Engine, reader_of
from .guards import Guard, Violation, split_message
from .views import quoted, record_id_sql

LASTING = {"folded_captures", "lexicon", "calendar", "ordinals"}
"""Views that read no tables from which records are left out."""
_OF_SOURCES = "('statements', 'segments', 'attributions', 'exclusions')"
_OF_EVENTS = "('claims', 'attestations', 'participants')"


class Stages:
    """One run of the guards over prepared views. `database` stores the results."""

    def __init__(
        self,
        database: duckdb.DuckDBPyConnection,
        engine: Engine,
        tables: dict[str, Table],
        views: dict[str, str],
    ) -> None:
        self._database, self._engine, self._tables, self._views = database, engine, tables, views
        self._current: set[str] = set()
        """Views computed since their tables were last narrowed."""
        database.execute(
            "CREATE SCHEMA results; "
            "CREATE TABLE results.violations (guard INTEGER, code VARCHAR, table_name VARCHAR, record_id VARCHAR, field VARCHAR, message VARCHAR); "
            "CREATE TABLE results.found (t VARCHAR, r VARCHAR, f VARCHAR, m VARCHAR); "
            "CREATE TABLE results.quarantined (table_name VARCHAR, record_id VARCHAR); "
            "CREATE TABLE results.pending (table_name VARCHAR, record_id VARCHAR); "
            "CREATE TABLE results.incomplete (table_name VARCHAR, record_id VARCHAR)"
        )

    def run(self, guards: list[Guard]) -> Iterator[Guard]:
        """Run the guards, by stage; yields each before it runs."""
        create_relations(self._database, guards, self._views)
        for rows in self._engine.rows("SELECT table_name, record_id, rule FROM reviews"):
            self._insert("reviews", rows, 3)
        stage = 0
        for number, guard in enumerate(guards):
            if guard.stage != stage:
                self._quarantine_violations()
                for name in RELATIONS:
                    self._engine.put(name, f"SELECT * FROM results.{name}")
                stage = guard.stage
                of_stage = [guard for guard in guards if guard.stage == stage]
                self._settle(of_stage)
                self._engine.expect([guard.sql for guard in of_stage])
            yield guard
            broken = False
            try:
                for rows in self._engine.rows(guard.sql):
                    self._insert("found", rows, 4)
                    broken = True
            except PackageError as error:
                raise PackageError(
                    f"schema/guards/{guard.code}.sql does not run: {error}"
                ) from error
            if broken:
                self._enter(number, guard)

    def _settle(self, guards: Iterable[Guard]) -> None:
        """Prepare the views that the guards of a stage read, directly or through others."""
        words = set(re.findall(r"\w+", " ".join(guard.sql for guard in guards)))
        for name in reversed(list(self._views)):
            if name in words:
                words.update(re.findall(r"\w+", self._views[name]))
        for name in self._views:
            if name in words and name not in self._current:
                self._engine.settle(name)
                self._current.add(name)

    @property
    def accepted(self) -> int:
        """Return the number of reviews that silenced a finding."""
        (number,) = self._database.execute("SELECT count(*) FROM results.applied").fetchone() or (
            0,
        )
        return number

    def iter_violations(self, guards: list[Guard]) -> Iterator[Violation]:
        """Yield the findings of the guards, in the order in which the guards ran."""
        cursor = reader_of(self._database).execute(
            "SELECT guard, table_name, record_id, field, message FROM results.violations ORDER BY ALL"
        )
        while rows := cursor.fetchmany(10_000):
            for number, *found in rows:
                table, record, field, message = found
                yield Violation(
                    guards[number], table, record, field, *split_message(guards[number], message)
                )

    def mark_incomplete(self, records: Iterable[tuple[str, str]]) -> None:
        """Enter records (table, id) that lack others, so that values derived from all of these are not checked."""
        for chunk in _chunks(records):
            self._insert("incomplete", chunk)
        self._engine.put("incomplete", INCOMPLETE)

    def quarantine(
        self, records: Iterable[tuple[str, str]], incomplete: str = "SELECT NULL, NULL WHERE false"
    ) -> None:
        """Leave records (table, id) out, with all records that refer to them. `incomplete` is a query for records that are already incomplete."""
        self._database.execute(f"INSERT INTO results.incomplete {incomplete}")
        for chunk in _chunks(records):
            self._insert("pending", chunk)
        self._quarantine()

    def _insert(self, name: str, rows: list[tuple], width: int = 2) -> None:
        values = ", ".join(f"r[{n}]" for n in range(1, width + 1))
        self._database.execute(
            f"INSERT INTO results.{name} SELECT {values} FROM (SELECT unnest(from_json(?, '[[\"VARCHAR\"]]')) AS r)",
            [json.dumps(rows)],
        )

    def _enter(self, number: int, guard: Guard) -> None:
        """Keep the findings of a guard that no earlier finding explains, one per field."""
        apply_reviews(self._database, guard)
        explained = ", ".join(f"'{code}'" for code in guard.unless) or "''"
        self._database.execute(
            "INSERT INTO results.violations SELECT ?, ?, f.t, f.r, f.f, min(f.m) FROM results.found AS f "
            "WHERE NOT EXISTS (SELECT 1 FROM results.violations AS b WHERE b.table_name = f.t AND b.record_id = f.r AND "
            f"(b.code IN ({explained}) OR b.field IN ({explained}) OR b.field = f.f OR b.code = f.f)) GROUP BY f.t, f.r, f.f",
            [number, guard.code],
        )
        self._database.execute("DELETE FROM results.found")

    def _quarantine_violations(self) -> None:
        self._database.execute(
            "INSERT INTO results.pending SELECT DISTINCT table_name, record_id FROM results.violations "
            "EXCEPT SELECT table_name, record_id FROM results.quarantined"
        )
        self._quarantine()

    def _quarantine(self) -> None:
        """Follow references from the pending records until no new record is reached, then narrow the views."""
        new = False
        while targets := [
            t
            for (t,) in self._database.execute(
                "SELECT DISTINCT table_name FROM results.pending"
            ).fetchall()
        ]:
            new = True
            self._engine.put("newly", "SELECT DISTINCT table_name, record_id FROM results.pending")
            self._database.execute(
                "INSERT INTO results.quarantined SELECT DISTINCT * FROM results.pending; DELETE FROM results.pending"
            )
            for table in self._tables.values():
                for key in table.foreign_keys:
                    if key.table in targets:
                        sql = (
                            f"SELECT DISTINCT '{table.name}' AS table_name, {record_id_sql(table, 'x')} AS record_id FROM {table.name} AS x "
                            f"JOIN newly AS n ON n.table_name = '{key.table}' AND n.record_id = x.{quoted(key.fields[0])}"
                        )
                        for rows in self._engine.rows(sql):
                            self._insert("pending", rows)
            self._database.execute(
                "DELETE FROM results.pending AS f USING results.quarantined AS w WHERE w.table_name = f.table_name AND w.record_id = f.record_id"
            )
        if not new:
            return
        self._current &= LASTING
        self._engine.put("quarantined", "SELECT * FROM results.quarantined")
        for rows in self._engine.rows(
            "SELECT DISTINCT 'events', s.event_id FROM all_statements AS s JOIN quarantined AS w ON w.table_name = 'statements' AND w.record_id = s.statement_id"
        ):
            self._insert("incomplete", rows)
        self._engine.put("incomplete", INCOMPLETE)
        for name in [
            t
            for (t,) in self._database.execute(
                "SELECT DISTINCT table_name FROM results.quarantined"
            ).fetchall()
        ]:
            if name in self._tables:
                self._engine.narrow(
                    name,
                    f"{record_id_sql(self._tables[name])} NOT IN (SELECT record_id FROM quarantined WHERE table_name = '{name}')",
                )


INCOMPLETE = (
    "SELECT table_name, record_id FROM results.incomplete "
    f"UNION SELECT CASE WHEN table_name IN {_OF_SOURCES} THEN 'sources' ELSE 'events' END, "
    "split_part(split_part(record_id, '/', 1), '.', 1) FROM results.quarantined "
    f"WHERE table_name IN {_OF_SOURCES} OR table_name IN {_OF_EVENTS} "
    "UNION SELECT 'statements', split_part(record_id, '/', 1) FROM results.quarantined WHERE table_name IN ('segments', 'attributions') "
    "UNION SELECT table_name, record_id FROM results.quarantined"
)
"""Statements, sources and events that lack a record, and records left out: none of them may be checked as if complete."""


def _chunks(records: Iterable[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    chunk: list[tuple[str, str]] = []
    for record in records:
        chunk.append(record)
        if len(chunk) == 10_000:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
