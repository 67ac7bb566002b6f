"""Tables that are missing, empty, or have rows whose id cannot be read: one finding for the cause, none for its consequences.

A record that refers to one that could not be read is left out, like one that refers to a rejected
record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..core.definitions import Table
from ..core.findings import Finding
from ..rules.engine import Engine

_NEEDED = {
    "segments": ("statements", "true"),
    "attestations": ("claims", "true"),
    "attributions": ("statements", "speaker_id IS NOT NULL OR speaker_label IS NOT NULL"),
    "participants": (
        "agents",
        "agent_id NOT IN (SELECT value FROM refs WHERE target_table = 'agents')",
    ),
}
"""Each such record of the other table has one of this (`segments_tile`, `claim_is_attested`, `attributions_name_speaker`); an agent that no other
table names is a participant (`name_is_attested`)."""
DERIVED = {"pairs": "pairs_match_claims", "omissions": "omissions_match_claims"}
"""Tables that may be empty, and the guard that finds the records missing from them."""
_MARKED = {
    "sources": "SELECT 'files', 'sources'",
    "statements": "SELECT 'sources', source_id FROM all_sources UNION ALL SELECT 'events', event_id FROM all_events",
    "segments": "SELECT 'statements', statement_id FROM all_statements UNION ALL SELECT 'sources', source_id FROM all_sources",
    "attributions": "SELECT 'statements', statement_id FROM all_statements UNION ALL SELECT 'sources', source_id FROM all_sources",
    "claims": "SELECT 'events', event_id FROM all_events",
    "attestations": "SELECT 'events', event_id FROM all_events",
    "participants": "SELECT 'events', event_id FROM all_events UNION ALL SELECT 'agents', agent_id FROM all_agents",
    "omissions": "SELECT 'events', event_id FROM all_events",
    "pairs": "SELECT 'events', event_id FROM all_events",
    "offices": "SELECT 'offices', agent_id || '-' FROM all_agents",
}
"""A query for (table, id) of the records that lack a record, or may lack one, if a row of the table could not be read."""
_KEY = '"{}"[ \\t\\r\\n]*:[ \\t\\r\\n]*(?:"([a-z0-9][a-z0-9._-]*)"|([0-9]+))[ \\t\\r\\n]*[,}}]'


def record_of(table: Table, row: Any) -> str:
    """Return the id of a row that was read; for the text of a line that is not a row, the id if it can be recognized; otherwise ""."""
    if isinstance(row, dict):
        named = all(isinstance(row.get(key), str | int) for key in table.primary_key)
        return table.record_id(row) if named else ""
    if not isinstance(row, str):
        return ""
    parts = []
    for key in table.primary_key:
        found = {text or number for text, number in re.findall(_KEY.format(re.escape(key)), row)}
        if len(found) != 1:
            return ""
        parts += found
    return "/".join(parts)


@dataclass
class Rejected:
    """The rows left out when tables are loaded: (table, id) if the id is known, and the tables with other rows left out."""

    named: list[tuple[str, str]] = field(default_factory=list)
    unnamed: set[str] = field(default_factory=set)

    def add(self, table: Table, record: str, column: str) -> None:
        """Enter a row with a problem in that column ("" for the row as a whole)."""
        if record:
            self.named.append((table.name, record))
        if not record or column in table.primary_key:
            self.unnamed.add(table.name)


class Gaps:
    """Missing tables. `rows` are the numbers of rows by table, `unread` the files next to them that were not read."""

    def __init__(
        self,
        engine: Engine,
        tables: dict[str, Table],
        rows: dict[str, int],
        rejected: Rejected,
        unread: list[str],
    ) -> None:
        self._engine, self._tables, self._rows, self._rejected, self._unread = (
            engine,
            tables,
            rows,
            rejected,
            unread,
        )
        absent = [name for name in tables if not rows.get(name)]
        referring = self._referring() if absent else {}
        self._wanting = {
            name: wanted
            for name in absent
            if (wanted := referring.get(name) or self._needing(name))
        }

    def findings(self) -> Iterator[Finding]:
        """Return one finding for each table that is missing or empty although records of others need it."""
        for name, wanted in self._wanting.items():
            users = ", ".join(f"{number:,} in {table}" for table, number in wanted)
            yield self._finding(name, f"but records of other tables need it ({users})")

    def derived_findings(self, counts: dict[str, int]) -> Iterator[Finding]:
        """Return the same for derived tables; `counts` are the numbers of findings by code."""
        for name, code in DERIVED.items():
            if not self._rows.get(name) and counts.get(code):
                yield self._finding(
                    name, f"but other tables refer to rows of it ({counts[code]:,})"
                )

    def _finding(self, name: str, need: str) -> Finding:
        what = (
            f"the table {name} has no rows"
            if name in self._rows
            else f"the table {name} is missing"
        )
        near = [
            path for path in self._unread if re.split(r"[./-]", path.rpartition("/")[2])[0] == name
        ]
        hint = f"Download {name} again, and put its file in the same folder."
        if near:
            hint = f"{near[0]} is not read: rename or decompress it, so that its name is {name}.jsonl, .csv or .parquet."
        return Finding(
            "file_readable", "error", f"{name}.jsonl", 0, "", "", f"{what}, {need}", hint
        )

    def missing_records(self) -> list[tuple[str, str]]:
        """Return (table, id) of each record that others refer to and that may be among the unreadable ones."""
        found: list[tuple[str, str]] = []
        for name in sorted(self._rejected.unnamed | self._wanting.keys()):
            sql = (
                f"SELECT DISTINCT r.target_table, r.value FROM refs AS r WHERE r.target_table = '{name}' AND r.value NOT IN "
                f"(SELECT {self._tables[name].primary_key[0]} FROM all_{name})"
            )
            found += [row for rows in self._engine.rows(sql) for row in rows]
        return found

    def incomplete(self) -> Iterator[tuple[str, str]]:
        """Return (table, id) of the records that lack a record, or may lack one."""
        yield from (
            ("files", record) for table, record in self._rejected.named if table == "sources"
        )
        for name in _MARKED:
            if name in self._rejected.unnamed | self._wanting.keys():
                for rows in self._engine.rows(_MARKED[name]):
                    yield from rows

    def _referring(self) -> dict[str, list[tuple[str, int]]]:
        """Return (table, number of references) of the tables that refer to a table, by the latter."""
        found: dict[str, list[tuple[str, int]]] = {}
        sql = (
            "SELECT target_table, table_name, count(*) FROM refs GROUP BY target_table, table_name"
        )
        for target, name, number in sorted(row for rows in self._engine.rows(sql) for row in rows):
            found.setdefault(target, []).append((name, number))
        return found

    def _needing(self, name: str) -> list[tuple[str, int]]:
        """Return (table, number of its records) of the table whose records need one of this although none refers to it."""
        if name not in _NEEDED:
            return []
        owner, condition = _NEEDED[name]
        ((number,),) = next(self._engine.rows(f"SELECT count(*) FROM {owner} WHERE {condition}"))
        return [(owner, number)] if number else []
