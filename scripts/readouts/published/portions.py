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
"""Statements at hand at a time. Above it the largest guards would spill: at four million they took eight times as long as at one."""
KEYS = {
    "statements_at_hand": ("statements", "statement_id", "sources"),
    "segments_at_hand": ("segments", "statement_id", "sources"),
    "captures_at_hand": ("captures", "source_id || '.'", "sources"),
    "folded_at_hand": ("folded_captures", "source_id || '.'", "sources"),
    "claims_at_hand": ("claims", "claim_id", "events"),
    "attestations_at_hand": ("attestations", "claim_id", "events"),
    "omissions_at_hand": ("omissions", "claim_id", "events"),
}
"""View → the relation that it shows a portion of, what that is cut by, and the table whose ids, with a full stop, what it is cut by begins with."""

_WORD = re.compile(r"\w+")


class PortionEngine(DuckEngine):
    """DuckDB's engine, with `portions` of the sources, and of the events, at hand one after another."""

    def __init__(self, database: duckdb.DuckDBPyConnection, views: dict[str, str], portions: int) -> None:
        super().__init__(database, views)
        self._cuts = {
            owner: _cuts(database, owner, f"{owner.removesuffix('s')}_id", portions) for owner in ("sources", "events")
        }
        self._at_hand = set(KEYS)
        """The views that show a portion, and those that read one."""
        for name, query in views.items():
            if self._at_hand & set(_WORD.findall(query)):
                self._at_hand.add(name)

    def _iter_rows(self, sql: str) -> Iterator[list[tuple]]:
        if not self._at_hand & set(_WORD.findall(sql)):
            yield from super()._iter_rows(sql)
            return
        for number in range(max(map(len, self._cuts.values()))):
            self._take(number)
            yield from super()._iter_rows(sql)

    def _take(self, number: int) -> None:
        """Have the portion with this number (0-based) at hand."""
        for view, (relation, key, owner) in KEYS.items():
            cuts = [*self._cuts[owner], None]
            low, high = (cuts[number], cuts[number + 1]) if number < len(self._cuts[owner]) else (None, "")
            ends = [f"{key} {sign} {literal(cut)}" for sign, cut in ((">=", low), ("<", high)) if cut is not None]
            self._reader.execute(
                f"CREATE OR REPLACE VIEW {view} AS SELECT * FROM {relation} WHERE {' AND '.join(ends) or 'true'}"
            )


def _cuts(database: duckdb.DuckDBPyConnection, table: str, column: str, portions: int) -> list[str | None]:
    """Where each portion of a table's ids begins; None for the first, which takes in whatever comes before."""
    found = database.execute(
        f"SELECT min(id) FROM (SELECT {column} || '.' AS id, ntile({portions}) OVER (ORDER BY {column} || '.') AS portion FROM all_{table}) "
        "GROUP BY portion ORDER BY 1"
    ).fetchall()
    return [None, *(cut for (cut,) in found[1:])]
