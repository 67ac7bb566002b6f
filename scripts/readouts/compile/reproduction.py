"""Share of a captured text that the published tables reproduce.

Counted are, for each source whose full text is not published: its statements with their prefixes
and suffixes (by offset); its title, the words quoted as evidence of its publisher, those that name
a speaker and those that date an event by it (at their first place); and at every place, the names
and other printed words of NAME_LENGTH code points or more that rows about it or its event carry,
its other accounts' labels and titles too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from .rows import Row

NAME_LENGTH = 20
"""Shorter words that occur elsewhere in a text reveal nothing of it. The view `published_names` has the same limit."""


def derive_reproduced_shares(tables: dict[str, list[Row]], captures: dict[str, str]) -> None:
    """Fill `reproduced_share` of every source: a share of the non-whitespace characters of its capture, to four decimals.

    A source whose capture is not available keeps its published share.
    """
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in tables["statements"]:
        before, after = len(row["prefix"] or ""), len(row["suffix"] or "")
        spans[row["source_id"]].append((row["start"] - before, row["end"] + after))
    names = _names(tables)
    quoted: dict[str, list[str]] = defaultdict(list)
    for event in tables["events"]:
        quoted[event["date_source_id"]] += (
            [event["date_expression"]] if event["date_expression"] else []
        )
    for row in tables["statements"]:
        quoted[row["source_id"]] += [row["antecedent"]] if row["antecedent"] else []
    for row in tables["sources"]:
        text = captures.get(row["source_id"])
        if text is None:
            continue
        if row["text"] is not None:
            row["reproduced_share"] = 1.0
            continue
        given = spans[row["source_id"]]
        for words in (*_quoted(row), *quoted[row["source_id"]]):
            at = text.find(words)
            given += [(at, at + len(words))] if at >= 0 else []
        for words in names[row["source_id"]]:
            given += _occurrences(text, words)
        row["reproduced_share"] = _share(text, given)


def quoted_in(evidence: str | None) -> list[str]:
    """Return the words in curly quotation marks in an evidence field: words of the capture."""
    return re.findall(r"“([^”]+)”", evidence or "")


def _quoted(source: Row) -> Iterator[str]:
    if source["title"]:
        yield source["title"]
    if source["publisher_basis"] == "stated" and source["publisher_evidence"]:
        yield source["publisher_evidence"]
    else:
        yield from quoted_in(source["publisher_evidence"])


def _names(tables: dict[str, list[Row]]) -> dict[str, set[str]]:
    """Return the words by source, as the view `published_names` has them."""
    statements = {row["statement_id"]: row for row in tables["statements"]}
    of_event: dict[str, set[str | None]] = defaultdict(set)
    of_agent: dict[str, set[str | None]] = defaultdict(set)
    agents: dict[str, set[str | None]] = defaultdict(set)
    events: dict[str, set[str]] = defaultdict(set)
    present: dict[str, set[str]] = defaultdict(set)
    for row in tables["sources"]:
        agents[row["source_id"]].add(row["publisher_id"])
    for row in tables["agents"]:
        of_agent[row["agent_id"]] |= {row["name"], row["native_name"], row["other_names"]}
    for row in tables["offices"]:
        of_agent[row["agent_id"]].add(row["title"])
    for row in tables["events"]:
        of_event[row["event_id"]] |= {
            row["name"],
            row["place"],
            row["series"],
            row["date_expression"],
        }
    for row in tables["participants"]:
        present[row["event_id"]].add(row["agent_id"])
    for row in statements.values():
        agents[row["source_id"]].add(row["speaker_id"])
        events[row["source_id"]].add(row["event_id"])
        of_event[row["event_id"]] |= {
            row[key]
            for key in ("speaker_label", "antecedent", "speaker_title", "cue", "date_expression")
        }
    for row in tables["attributions"]:
        statement = statements[row["statement_id"]]
        agents[statement["source_id"]].add(row["agent_id"])
        of_event[statement["event_id"]].add(row["label"])
    names: dict[str, set[str]] = {}
    for source_id, held in agents.items():
        words: set[str | None] = set()
        for event_id in events[source_id]:
            words |= of_event[event_id]
            held |= present[event_id]
        for agent_id in held - {None}:
            words |= of_agent[agent_id or ""]
        names[source_id] = {word for word in words if word and len(word) >= NAME_LENGTH}
    return names


def _occurrences(text: str, words: str) -> Iterator[tuple[int, int]]:
    at = text.find(words)
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + len(words))


def _share(text: str, given: list[tuple[int, int]]) -> float:
    covered, at = 0, 0
    for start, end in sorted(given):
        start = max(start, at)
        if end > start:
            covered += _letters(text[start:end])
            at = end
    return round(covered / _letters(text), 4)


def _letters(text: str) -> int:
    """Return the number of characters that are not white space."""
    return sum(map(len, text.split()))
