"""Records that cannot remain without withdrawn ones, and records that still refer to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..compile.rows import OWNERS, Rows
from ..core.definitions import Table
from ..ledger.ledger import Key, Ledger

REFERRING = ("sources", "agents", "offices", "events", "participants", "statements", "attributions")
"""Tables whose records a curator must change if they refer to a withdrawn record: only a curator can choose the new value."""


def with_dependents(named: list[Key], rows: Rows, ledger: Ledger) -> set[Key]:
    """Return the given records and those that cannot remain without them."""
    gone = set(named)
    for table, owner_table in OWNERS.items():
        owners = {record for t, record in named if t == owner_table}
        known = [
            record for t, record in (*rows.origins, *ledger.live(), *rows.quarantined) if t == table
        ]
        gone |= {(table, record) for record in known if record.partition(".")[0] in owners}
    agents = {record for t, record in named if t == "agents"}
    if agents:
        known = {record for t, record in (*rows.origins, *ledger.live()) if t == "agents"}
        for table, record in (*rows.origins, *ledger.live()):
            if table == "offices":
                fitting = [agent for agent in known if record.startswith(f"{agent}-")]
                if max(fitting, key=len, default="") in agents:
                    gone.add((table, record))
    attested: dict[str, set[str]] = defaultdict(set)
    for row in rows.tables["attestations"]:
        attested[row["claim_id"]].add(row["statement_id"])
    gone |= {
        ("claims", claim)
        for claim, said in attested.items()
        if all(("statements", s) in gone for s in said)
    }
    return gone


def iter_references(
    gone: set[Key], rows: Rows, tables: dict[str, Table]
) -> Iterator[tuple[str, int, str]]:
    """Yield (path, line, description) of remaining records that refer to a withdrawn one."""
    for name in REFERRING:
        table = tables[name]
        for row in rows.tables[name]:
            record = table.record_id(row)
            owner = ("statements" if name == "attributions" else "events", record.partition("/")[0])
            if (name, record) in gone or (
                name in ("attributions", "participants") and owner in gone
            ):
                continue
            for key in table.foreign_keys:
                column, target = key.fields[0], (key.table, row[key.fields[0]])
                # The office and the speaker among the attributions follow from the statement's own
                # facts.
                if (
                    target not in gone
                    or key.table == "offices"
                    or (name == "attributions" and row["role"] == "speaker")
                ):
                    continue
                origin = rows.origins[name, record]
                yield (
                    origin.file.path,
                    origin.line(column),
                    f"`{record}` has `{target[1]}` as {column}",
                )
