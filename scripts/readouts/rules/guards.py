"""Rules between values: one SQL file each in `schema/guards`, run by DuckDB, in stages.

A guard returns (table_name, record_id, field, message) of the rows that violate it. Stages run in
order; a record that violates a guard of one stage is left out of the next, with all records that
refer to it, so that one mistake makes one finding.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import duckdb

from ..core.definitions import Table
from ..core.findings import PackageError
from ..core.layout import Layout
from .lexicon_sql import with_patterns
from .views import common_macros, common_view_queries, reference_views

ARROW = " → "
"""Separates the message of a guard from the hint for this case, if that differs from the hint in its header."""
COLUMNS = ("table_name", "record_id", "field", "message")
_HEADER = re.compile(r"^-- (code|title|severity|kind|stage|unless|hint): (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Guard:
    """One rule. `kind` is "proof" (capture, ledger, calendar, reference or arithmetic shows the
    mistake) or "review" (a heuristic about language or custom). `stage` is 1 for ids and
    references, 2 for facts about sources, agents, offices and events, 3 for statements, 4 for
    claims; `unless` names guards whose finding on the same record makes this one superfluous.
    """

    code: str
    title: str
    severity: str
    kind: str
    stage: int
    unless: tuple[str, ...]
    hint: str
    sql: str

    @property
    def needs_captures(self) -> bool:
        return (
            re.search(r"\b(captures|captures_batch|folded_captures|folded_batch)\b", self.sql)
            is not None
        )

    def reads(self, views: dict[str, str]) -> set[str]:
        """Return the relations that the rule reads, directly or through the common `views` (name → query, in order of use)."""
        words = set(re.findall(r"\w+", self.sql))
        for name in reversed(list(views)):
            if name in words:
                words.update(re.findall(r"\w+", views[name]))
        return words


@dataclass(frozen=True, slots=True)
class Violation:
    """One row that a guard returned."""

    guard: Guard
    table: str
    record: str
    field: str
    message: str
    hint: str


def split_message(guard: Guard, message: str) -> tuple[str, str]:
    """Return (message, hint) of a guard's message: the hint follows an arrow in the message; without an arrow it is the guard's hint."""
    message, _, hint = message.partition(ARROW)
    return message, hint or guard.hint


def read_guards(layout: Layout) -> list[Guard]:
    """Return all guards by stage and code. Raises PackageError for a file without its header."""
    guards = [
        _read_guard(layout, path)
        for path in sorted(layout.guards.glob("*.sql"))
        if path != layout.guard_views
    ]
    codes = {guard.code for guard in guards}
    for guard in guards:
        unknown = set(guard.unless) - codes
        if unknown:
            raise PackageError(
                f"schema/guards/{guard.code}.sql: `unless` names {', '.join(sorted(unknown))}, which is not a guard"
            )
    return _in_running_order(guards)


def _read_guard(layout: Layout, path: Path) -> Guard:
    text = path.read_text(encoding="utf-8")
    header = dict(_HEADER.findall(text))
    missing = [
        key for key in ("code", "title", "severity", "kind", "stage", "hint") if not header.get(key)
    ]
    if (
        missing
        or header["code"] != path.stem
        or header["severity"] not in ("error", "warning")
        or header["kind"] not in ("proof", "review")
    ):
        raise PackageError(
            f"{layout.relative(path)}: the header lacks {', '.join(missing) or 'a code that is the file name'}"
        )
    unless = tuple(code.strip() for code in header.get("unless", "").split(",") if code.strip())
    sql = (
        "\n".join(line for line in text.splitlines() if not line.startswith("--"))
        .strip()
        .rstrip(";")
    )
    try:
        sql = with_patterns(sql)
    except KeyError as error:
        raise PackageError(
            f"{layout.relative(path)}: schema/lexicon.yaml has no list for pattern({error})"
        ) from error
    return Guard(
        header["code"],
        header["title"],
        header["severity"],
        header["kind"],
        int(header["stage"]),
        unless,
        header["hint"],
        sql,
    )


def _in_running_order(guards: list[Guard]) -> list[Guard]:
    """Sort by stage and code, each guard after those listed in its `unless`. Raises PackageError for a cycle."""
    by_code = {guard.code: guard for guard in sorted(guards, key=lambda guard: guard.code)}
    try:
        order = list(
            TopologicalSorter(
                {code: guard.unless for code, guard in by_code.items()}
            ).static_order()
        )
    except CycleError as error:
        raise PackageError(
            f"schema/guards: `unless` goes in a circle: {', '.join(error.args[1])}"
        ) from error
    return sorted(guards, key=lambda guard: (guard.stage, order.index(guard.code)))


def prepare(
    database: duckdb.DuckDBPyConnection, layout: Layout, tables: dict[str, Table]
) -> dict[str, str]:
    """Create the macros and views that guards read, over relations named `all_<table>`, `captures`,
    `exclusions`, `curated_sources` and `incomplete`. Returns the common views, name → query, each
    after the views that it reads.
    """
    for name in tables:
        database.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM all_{name}")
    database.execute(reference_views(tables))
    text = layout.guard_views.read_text(encoding="utf-8")
    create_macros(database, text)
    views = common_view_queries(text)
    for name, query in views.items():
        database.execute(f"CREATE OR REPLACE VIEW {name} AS {query}")
    return views


def create_macros(database: duckdb.DuckDBPyConnection, text: str) -> None:
    """Create the macros that guards use, as tables.sql (`text`) defines them."""
    for name, (parameter, expression) in common_macros(text).items():
        database.execute(f"CREATE OR REPLACE MACRO {name}({parameter}) AS {expression}")
