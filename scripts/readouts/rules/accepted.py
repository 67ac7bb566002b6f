"""Findings of rules of kind review that curators accepted: they are silent, counted, and reported once they are no longer needed."""

from __future__ import annotations

import duckdb

from .guards import Guard
from .views import RELATIONS

_MEANT = (
    "v.rule = ? AND (v.table_name = f.t AND v.record_id = f.r "
    "OR f.t IN ('segments', 'attributions') AND v.table_name = 'statements' AND v.record_id = split_part(f.r, '/', 1) "
    "OR f.t = 'omissions' AND v.table_name = 'claims' AND v.record_id = split_part(f.r, '/', 1))"
)
"""The review that accepts a finding: of its record, or of the entry from which its record is derived."""


def create_relations(
    database: duckdb.DuckDBPyConnection, guards: list[Guard], views: dict[str, str]
) -> None:
    """Create the tables of `results` that hold reviews and rules, and fill in the rules. `views` are the common views, name → query."""
    for name, columns in (*RELATIONS.items(), ("reviews", RELATIONS["applied"])):
        described = ", ".join(f"{column} {kind}" for column, kind in columns.items())
        database.execute(f"CREATE OR REPLACE TABLE results.{name} ({described})")
    values: list[object] = []
    for guard in guards:
        read = guard.reads(views)
        values += [
            guard.code,
            guard.kind,
            *(int(name in read) for name in ("captures", "exclusions", "incomplete")),
        ]
    if guards:
        rows = ", ".join(["(?, ?, ?, ?, ?)"] * len(guards))
        database.execute(f"INSERT INTO results.rules VALUES {rows}", values)


def apply_reviews(database: duckdb.DuckDBPyConnection, guard: Guard) -> None:
    """Delete accepted findings of this guard from `results.found`, and note the accepting reviews in `results.applied`."""
    if guard.kind != "review":
        return
    database.execute(
        f"INSERT INTO results.applied SELECT DISTINCT v.* FROM results.reviews AS v JOIN results.found AS f ON {_MEANT}",
        [guard.code],
    )
    database.execute(
        f"DELETE FROM results.found AS f USING results.reviews AS v WHERE {_MEANT}", [guard.code]
    )
