"""Advice about names and office titles that appear in none of the sources of an agent."""

from __future__ import annotations

import re
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from ..compile.rows import Origin, Rows
from ..core.findings import Finding
from ..curation.files import Curation
from ..curation.quotations import Quotable
from .differences import closest_text
from .nearest import Nearest, nearest_text
from .writing import how_to_write

CAPTURES_SEARCHED = 20
"""Most captures searched for a name."""


def name_advice(finding: Finding, rows: Rows, curation: Curation, origin: Origin) -> Finding:
    """Report a name or office title that appears in none of the agent's sources."""
    names = re.findall("“([^”]+)”", finding.message)
    agent_id = origin.file.identifier
    if len(names) != 1:
        return finding
    near: list[tuple[float, Nearest]] = []
    for source_id in _sources_of(rows, agent_id)[:CAPTURES_SEARCHED]:
        found = (
            nearest_text(Quotable.of(curation.captures[source_id]), names[0])
            if source_id in curation.captures
            else None
        )
        if found is not None and _keeps_words(names[0], found.words):
            near.append((Levenshtein.normalized_similarity(names[0], found.words), found))
    items = origin.file.facts.get("other_names") or []
    place: tuple[str | int, ...] = (finding.field,)
    if finding.field == "other_names" and names[0] in items:
        place = ("other_names", items.index(names[0]))
        finding = replace(finding, line=origin.file.document.line((*origin.place, *place)))
    if not near:
        longer = [
            match[0]
            for source_id in _sources_of(rows, agent_id)[:CAPTURES_SEARCHED]
            if (
                match := re.search(
                    rf"(?<!\w){re.escape(names[0])}\w+", curation.captures.get(source_id, "")
                )
            )
        ]
        return (
            replace(finding, message=f"{finding.message}, but “{longer[0]}” is there")
            if longer
            else finding
        )
    best = max(
        near, key=lambda entry: (entry[0], entry[1].words[0] == names[0][0], entry[1].words)
    )[1]
    line = how_to_write(origin.file.document, (*origin.place, *place), best.words)
    hint = f"{finding.hint} If you mean that, {line}"
    return replace(finding, message=finding.message + closest_text(names[0], best), hint=hint)


def _keeps_words(name: str, proposed: str) -> bool:
    """Return True if the proposed name has as many words as the name, or only words of it: otherwise a word would be lost."""
    ours, theirs = re.findall(r"\w+", name), re.findall(r"\w+", proposed)
    return len(theirs) >= len(ours) or bool(theirs and set(theirs) <= set(ours))


def _sources_of(rows: Rows, agent_id: str) -> list[str]:
    """Return sources that have the agent as speaker or publisher, or report an event with it as participant."""
    found = {row["source_id"] for row in rows.tables["sources"] if row["publisher_id"] == agent_id}
    events = {row["event_id"] for row in rows.tables["participants"] if row["agent_id"] == agent_id}
    found |= {
        row["source_id"]
        for row in rows.tables["statements"]
        if row["speaker_id"] == agent_id or row["event_id"] in events
    }
    return sorted(found)
