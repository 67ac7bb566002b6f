"""Drafted entries: each is a finding until a person accepts it, and its text counts as not curated yet."""

from __future__ import annotations

from typing import Any

from ..curation.files import CuratedFile
from ..curation.quotations import Quotable, Stretch
from .exclusions import excluded
from .gaps import iter_uncovered_text
from .rows import Origin, Rows
from .stretches import place

CODE = "draft_accepted"
REASON = "not-curated"
"""The exclusion reason of drafted text, so that no account is said to omit something that is only not accepted yet."""


def compile_drafts(rows: Rows, file: CuratedFile, source: Quotable, covered: list[Stretch]) -> None:
    """Add a finding for each draft of the source `file`, and the text covered only by drafts as exclusions.

    `covered` are the stretches of accepted statements and exclusions, in code points of the
    captured text.
    """
    drafted: list[tuple[Stretch, tuple[str, int]]] = []
    for name in ("statements", "exclusions"):
        for index, entry in file.iter_entries(name, drafts=True):
            at = (name, index)
            local = entry.get("id")
            record = f"{file.identifier}.{local}" if local else file.identifier
            if name == "statements":
                rows.drafted.add(record)
                agents = [
                    entry.get("speaker"),
                    *(part.get("agent") for part in entry.get("attributions") or ()),
                ]
                rows.drafted_agents.update(agent for agent in agents if agent)
                stretch, _, problems = place(source, entry)
            else:
                stretch, problems = excluded(source, entry)
            rows.misquote(file, at, record, problems, entry if name == "statements" else None)
            if stretch is not None:
                drafted.append((stretch, at))
            report_draft(rows, file, at, record, entry)
    at_end = list(covered)
    for stretch, place_of in sorted(drafted):
        for start, end in iter_uncovered_text(source.text, stretch, at_end):
            rows.exclusions.append(
                {"source_id": file.identifier, "start": start, "end": end, "reason": REASON}
            )
            rows.origins[("exclusions", f"{file.identifier}/{start}")] = Origin(file, place_of)
        at_end.append(stretch)


def report_draft(
    rows: Rows, file: CuratedFile, at: tuple[str, int], record: str, entry: dict[str, Any]
) -> None:
    """Add the finding about a drafted entry."""
    which = f" {entry['id']}" if entry.get("id") else ""
    rows.findings.append(file.finding(
        CODE, (*at, "draft"), record, f"the {at[0].removesuffix('s')}{which} is a draft ({entry['draft']})",
        f"Check it, then run `readouts accept {file.identifier}{which}`, or `readouts reject {file.identifier}{which}`.",
    ))  # fmt: skip


def leave_out_agents(rows: Rows) -> None:
    """Leave out the agents that only drafts name, with their offices: no published record attests them."""
    columns = {
        "statements": "speaker_id",
        "attributions": "agent_id",
        "participants": "agent_id",
        "sources": "publisher_id",
    }
    used = {row[column] for table, column in columns.items() for row in rows.tables[table]}
    unused = (
        rows.drafted_agents
        - used
        - {row["organization_id"] for row in rows.tables["offices"] if row["agent_id"] in used}
    )
    for table in ("agents", "offices"):
        rows.tables[table] = [row for row in rows.tables[table] if row["agent_id"] not in unused]
