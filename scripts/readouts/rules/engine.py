"""The engine that runs the queries of guards, and the one for DuckDB."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import duckdb

from ..core.findings import PackageError
from .views import quoted

SETTLED = (
    "agent_names",
    "speaker_words",
    "folded_captures",
    "accounts",
    "misplaced_statements",
    "agent_sources",
    "first_sources",
    "unattested_names",
    "published_names",
)
"""Views that are expensive or read by many guards: computed once, and again after records were left out of their tables."""


class Engine(Protocol):
    """The engine that holds the guards' views."""

    def rows(self, sql: str) -> Iterator[list[tuple]]:
        """Yield the rows of a query in batches. Raises PackageError if it does not run."""

    def put(self, name: str, sql: str) -> None:
        """Make the rows of a query over the results database a relation of the engine."""

    def narrow(self, name: str, condition: str) -> None:
        """Restrict the view of a table to the rows of `all_<table>` that meet the condition."""

    def expect(self, queries: list[str]) -> None:
        """Announce the next queries for `rows`, in this order, before anything changes; an engine may start them."""

    def settle(self, name: str) -> None:
        """Create a common view for the guards that read it, again after the tables were narrowed. An
        engine may compute its rows once (worthwhile for `SETTLED`), so that guards read them
        instead of running the query.
        """


def reader_of(database: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Return a cursor over the database in use: DuckDB's cursors start in the database that was opened."""
    (home,) = database.execute("SELECT current_database()").fetchone() or ("memory",)
    cursor = database.cursor()
    cursor.execute(f"USE {home}")
    return cursor


def iter_batches(cursor: duckdb.DuckDBPyConnection, sql: str) -> Iterator[list[tuple]]:
    """Yield the rows of a query in batches. Raises PackageError if it does not run."""
    try:
        cursor.execute(sql)
        while rows := cursor.fetchmany(10_000):
            yield rows
    except duckdb.Error as error:
        raise PackageError(str(error).splitlines()[0]) from error


class DuckEngine:
    """Engine with views and results in one DuckDB database."""

    def __init__(self, database: duckdb.DuckDBPyConnection, views: dict[str, str]) -> None:
        self._database, self.views = database, views
        self._reader = reader_of(database)
        self._settled: set[str] = set()

    def expect(self, queries: list[str]) -> None:
        """Do nothing: over many rows DuckDB uses all cores for one query."""

    def rows(self, sql: str) -> Iterator[list[tuple]]:
        return iter_batches(self._reader, sql)

    def settle(self, name: str) -> None:
        if name not in SETTLED:
            return
        self._database.execute(
            f"DROP VIEW IF EXISTS {name}" if name not in self._settled else f"DROP TABLE {name}"
        )
        # A table that is read once or twice per stage is not worth the time to compress it.
        described = self._database.execute(f"DESCRIBE {self.views[name]}").fetchall()
        columns = ", ".join(
            f"{quoted(column)} {kind} USING COMPRESSION uncompressed"
            for column, kind, *_ in described
        )
        self._database.execute(
            f"CREATE TABLE {name} ({columns}); INSERT INTO {name} {self.views[name]}"
        )
        self._settled.add(name)

    def put(self, name: str, sql: str) -> None:
        self._database.execute(f"CREATE OR REPLACE TABLE {name} AS {sql}")

    def narrow(self, name: str, condition: str) -> None:
        self._database.execute(
            f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM all_{name} WHERE {condition}"
        )
