"""Guards over more rows than fit in memory: guards that check sources or events independently run in batches.

A guard that reads `statements_batch` instead of `statements` checks each source separately; one
that reads `claims_batch`, each event. Both find the same whether the batch is everything, as in a
plain DuckDB session and on Spark, or one part after another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import duckdb

from ..rules.engine import DuckEngine
from .predicates import literal

AT_ONCE = 1_000_000
"""Statements per batch of sources or events. Above it the largest guards spill to disk: without batches they took eight times as long at four
million statements as at one million. Each batch reads its tables again, so larger batches are better if memory allows."""
KEYS = {
    "statements_batch": ("statements", "statement_id", "sources"),
    "segments_batch": ("segments", "statement_id", "sources"),
    "captures_batch": ("captures", "source_id || '.'", "sources"),
    "folded_batch": ("folded_captures", "source_id || '.'", "sources"),
    "claims_batch": ("claims", "claim_id", "events"),
    "attestations_batch": ("attestations", "claim_id", "events"),
    "omissions_batch": ("omissions", "claim_id", "events"),
    "pairs_batch": ("pairs", "event_id || '.'", "events"),
    "event_statements_batch": ("statements", "event_id || '.'", "events"),
}
"""View → the relation of which it shows a batch, the key by which that is split, and the table whose ids (plus a full stop) the key starts with."""
_WORD = re.compile(r"\w+")


def owners_of(views: dict[str, str]) -> dict[str, str]:
    """View → the table ("sources" or "events") of whose rows it shows a batch, directly or through another view. `views` are in order of use."""
    owners = {view: owner for view, (*_, owner) in KEYS.items()}
    for name, query in views.items():
        for word in _WORD.findall(query):
            if word in owners and name not in owners:
                owners[name] = owners[word]
    return owners


class BatchEngine(DuckEngine):
    """DuckDB engine that runs guards over batches of sources or events, each batch with about `AT_ONCE` statements."""

    def __init__(
        self, database: duckdb.DuckDBPyConnection, views: dict[str, str], statements: int
    ) -> None:
        super().__init__(database, views)
        self._owners = owners_of(views)
        self._cuts = {
            owner: _cuts(database, owner, 1 + statements // AT_ONCE)
            for owner in ("sources", "events")
        }

    def rows(self, sql: str) -> Iterator[list[tuple]]:
        owner = next(
            (self._owners[word] for word in _WORD.findall(sql) if word in self._owners), None
        )
        if owner is None:
            yield from super().rows(sql)
            return
        for number in range(len(self._cuts[owner])):
            self._take(owner, number)
            yield from super().rows(sql)

    def _take(self, owner: str, number: int) -> None:
        """Point the batch views at the batch of sources or events with this number (0-based)."""
        low, high = [*self._cuts[owner], None][number : number + 2]
        for view, (relation, key, cut_by) in KEYS.items():
            if cut_by == owner:
                ends = [
                    f"{key} {sign} {literal(cut)}"
                    for sign, cut in ((">=", low), ("<", high))
                    if cut is not None
                ]
                where = f" WHERE {' AND '.join(ends)}" if ends else ""
                self._reader.execute(
                    f"CREATE OR REPLACE VIEW {view} AS SELECT * FROM {relation}{where}"
                )


def _cuts(database: duckdb.DuckDBPyConnection, table: str, batches: int) -> list[str | None]:
    """Return the first id of each batch of a table; None for the first batch."""
    column = f"{table.removesuffix('s')}_id"
    found = database.execute(
        f"SELECT min(id) FROM (SELECT {column} || '.' AS id, ntile({batches}) OVER (ORDER BY {column} || '.') AS batch FROM all_{table}) "
        "GROUP BY batch ORDER BY 1"
    ).fetchall()
    return [None, *(cut for (cut,) in found[1:])]
