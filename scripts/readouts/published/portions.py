"""Guards over more than memory holds at once: those that can be asked about some sources or events at a time are.

A guard that reads `statements_at_hand` instead of `statements` judges each source by itself; one that reads `claims_at_hand`, each event. Both
find the same whether all are at hand at once, as in a plain DuckDB session and on Spark, or some after others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import duckdb

from ..rules.stages import DuckEngine
from .predicates import literal

AT_ONCE = 1_000_000
"""Statements whose sources, or events, are at hand at a time. Above it the largest guards spill: all at once they took eight times as long at four
million statements as at one. Each portion reads its tables anew, so fewer are better where memory allows."""
KEYS = {
    "statements_at_hand": ("statements", "statement_id", "sources"),
    "segments_at_hand": ("segments", "statement_id", "sources"),
    "captures_at_hand": ("captures", "source_id || '.'", "sources"),
    "folded_at_hand": ("folded_captures", "source_id || '.'", "sources"),
    "claims_at_hand": ("claims", "claim_id", "events"),
    "attestations_at_hand": ("attestations", "claim_id", "events"),
    "omissions_at_hand": ("omissions", "claim_id", "events"),
    "pairs_at_hand": ("pairs", "event_id || '.'", "events"),
    "event_statements_at_hand": ("statements", "event_id || '.'", "events"),
}
"""View → the relation that it shows a portion of, what that is cut by, and the table whose ids, with a full stop, what it is cut by begins with."""
_WORD = re.compile(r"\w+")


def owners_of(views: dict[str, str]) -> dict[str, str]:
    """View → the table ("sources" or "events") of whose rows it shows a portion, by itself or through another. `views` are in order of use."""
    owners = {view: owner for view, (*_, owner) in KEYS.items()}
    for name, query in views.items():
        for word in _WORD.findall(query):
            if word in owners and name not in owners:
                owners[name] = owners[word]
    return owners


class PortionEngine(DuckEngine):
    """DuckDB's engine, with portions of the sources, or of the events, of so many statements at hand one after another."""

    def __init__(self, database: duckdb.DuckDBPyConnection, views: dict[str, str], statements: int) -> None:
        super().__init__(database, views)
        self._owners = owners_of(views)
        self._cuts = {owner: _cuts(database, owner, 1 + statements // AT_ONCE) for owner in ("sources", "events")}

    def rows(self, sql: str) -> Iterator[list[tuple]]:
        owner = next((self._owners[word] for word in _WORD.findall(sql) if word in self._owners), None)
        if owner is None:
            yield from super().rows(sql)
            return
        for number in range(len(self._cuts[owner])):
            self._take(owner, number)
            yield from super().rows(sql)

    def _take(self, owner: str, number: int) -> None:
        """Have the portion of the sources or events with this number (0-based) at hand."""
        low, high = [*self._cuts[owner], None][number : number + 2]
        for view, (relation, key, cut_by) in KEYS.items():
            if cut_by == owner:
                ends = [f"{key} {sign} {literal(cut)}" for sign, cut in ((">=", low), ("<", high)) if cut is not None]
                where = f" WHERE {' AND '.join(ends)}" if ends else ""
                self._reader.execute(f"CREATE OR REPLACE VIEW {view} AS SELECT * FROM {relation}{where}")


def _cuts(database: duckdb.DuckDBPyConnection, table: str, portions: int) -> list[str | None]:
    """Return the first id of each batch of a table; None for the first batch."""
    column = f"{table.removesuffix('s')}_id"
    found = database.execute(
        f"SELECT min(id) FROM (SELECT {column} || '.' AS id, ntile({portions}) OVER (ORDER BY {column} || '.') AS portion FROM all_{table}) "
        "GROUP BY portion ORDER BY 1"
    ).fetchall()
    return [None, *(cut for (cut,) in found[1:])]
