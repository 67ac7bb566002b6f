"""From the curated files and the captures to the rows of every table."""

from __future__ import annotations

from typing import Any

from ..core.definitions import Table
from ..core.layout import Layout
from ..core.progress import Progress, silent
from ..curation.files import CuratedFile, Curation
from ..curation.quotations import Quotable
from .accounts import compile_account
from .carried import Carried, carry_over, read_carried
from .collation import check_broken_claims, compile_event, event_row
from .drafts import leave_out_agents
from .exclusions import check_broken_entries
from .known import Known
from .pairs import derive_omissions, derive_pairs
from .reproduction import derive_reproduced_shares
from .reviews import compile_reviews
from .rows import Origin, Rows, drop_quarantined_rows, report_unresolved

SORT = {
    "statements": ("source_id", "start", "end", "statement_id"),
    "offices": ("agent_id", "start_date", "office_id"),
}
"""Order of rows if it is not that of the primary key: statements are in the order of the text."""
UNSORTED = ("segments", "attributions", "pairs")
"""Tables whose rows follow their statements."""


def compile_package(
    layout: Layout, curation: Curation, tables: dict[str, Table], progress: Progress = silent
) -> Rows:
    """Compile the curated files of a package; records of sources whose capture is absent come from
    its published tables. Raises PackageError if these cannot be read.
    """
    return compile_rows(curation, tables, read_carried(layout, curation.absent), progress)


def compile_rows(
    curation: Curation, tables: dict[str, Table], carried: Carried, progress: Progress = silent
) -> Rows:
    """Compile everything, with the `carried` records of sources whose capture is absent; entries
    that cannot be compiled are reported as findings, and left out with all records that refer to
    them.
    """
    rows = Rows(quarantined=set(curation.quarantined))
    known = Known(sources={s: Quotable.of(text) for s, text in curation.captures.items()})
    for file in curation.of_kind("agent"):
        _compile_agent(rows, tables, file, known)
    for file in curation.of_kind("event"):
        known.events[file.identifier] = event_row(file, known)
    for number, file in enumerate(curation.of_kind("source"), 1):
        progress(f"finding the quotations of source {number:,} of {len(known.sources):,}")
        if file.identifier in curation.absent:
            carry_over(rows, tables, file, carried[file.identifier])
        else:
            compile_account(rows, tables, curation, file, known)
    divergences: dict[str, list[dict[str, Any]]] = {}
    for file in curation.of_kind("event"):
        compile_event(rows, tables, file, known)
        divergences |= _divergences(rows, file)
    for file in curation.unusable:
        if file.kind == "source" and file.identifier in curation.captures:
            check_broken_entries(rows, file, known.sources[file.identifier])
        elif file.kind == "event":
            check_broken_claims(rows, file, known)
    for file in curation.files.values():
        compile_reviews(rows, tables["reviews"], file)
    report_unresolved(rows)
    leave_out_agents(rows)
    drop_quarantined_rows(rows, tables)
    _sort(rows, tables)
    derive_omissions(rows, tables)
    derive_pairs(rows, tables, divergences)
    derive_reproduced_shares(rows.tables, curation.captures)
    return rows


def _compile_agent(rows: Rows, tables: dict[str, Table], file: CuratedFile, known: Known) -> None:
    facts = file.facts
    row = {
        **facts,
        "agent_id": file.identifier,
        "other_names": "; ".join(facts.get("other_names") or ()) or None,
    }
    rows.add(tables["agents"], row, Origin(file, ("agent",)))
    known.agents[file.identifier] = row
    for index, entry in file.iter_entries("offices"):
        office = {**entry, "office_id": f"{file.identifier}-{entry['id']}", "agent_id": file.identifier,
                  "organization_id": entry.get("organization"), "end_date": entry.get("end_date")}  # fmt: skip
        rows.add(tables["offices"], office, Origin(file, ("offices", index)))
        known.offices.setdefault(file.identifier, []).append(office)


def _divergences(rows: Rows, file: CuratedFile) -> dict[str, list[dict[str, Any]]]:
    """Return the usable divergences of an event's claims, by claim."""
    divergences = {}
    for _, claim in file.iter_entries("claims"):
        claim_id = f"{file.identifier}.{claim.get('id')}"
        divergences[claim_id] = [
            divergence
            for number, divergence in enumerate(claim.get("divergences") or ())
            if ("divergences", f"{claim_id}/{number}") not in rows.quarantined
            and not rows.drafted.intersection(divergence.get("words") or ())
        ]
    return divergences


def _sort(rows: Rows, tables: dict[str, Table]) -> None:
    """Sort the rows of each table."""
    for name in tables:
        if name not in UNSORTED:
            keys = SORT.get(name, tables[name].primary_key)
            rows.tables[name].sort(key=lambda row, keys=keys: [row[key] for key in keys])  # type: ignore[misc]
    rows.exclusions.sort(key=lambda row: (row["source_id"], row["start"], row["end"]))
    follow = {row["statement_id"]: n for n, row in enumerate(rows.tables["statements"])}
    for name in ("segments", "attributions"):
        rows.tables[name].sort(key=lambda row: (follow[row["statement_id"]], row["ordinal"]))
