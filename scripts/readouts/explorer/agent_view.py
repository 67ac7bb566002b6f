"""The page of a speaker or another agent through time, and the lists of events, sources and speakers."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ..compile.rows import Row
from . import linked
from .citing import cite_agent, cite_corpus
from .records import Records
from .source_view import statement_view

LATEST = 20
"""Events on the first page."""


def agent_values(records: Records, agent: Row) -> dict[str, Any]:
    """Return the values of the template."""
    key = agent["agent_id"]
    statements = sorted(
        records.of("statements", "speaker_id", key),
        key=lambda s: (s["date"] or "", s["statement_id"]),
    )
    years: dict[str, list[dict[str, Any]]] = {}
    for statement in statements:
        years.setdefault((statement["date"] or "")[:4], []).append(
            statement_view(records, statement)
        )
    offices = sorted(records.of("offices", "agent_id", key), key=lambda o: o["start_date"] or "")
    return {
        "agent": agent,
        "offices": [
            (office, records.one("agents", office["organization_id"])) for office in offices
        ],
        "years": years,
        "count": len(statements),
        "published": records.of("sources", "publisher_id", key),
        "events": [
            (records.one("events", p["event_id"]), p["role"])
            for p in records.of("participants", "agent_id", key)
        ],
        "citation": cite_agent(records, agent),
        "reviewed": records.reviewed("agents", key),
        "linked": linked.profile(agent),
        "findings": records.notes.about(f"data/agents/{key}.yaml") if records.notes else [],
    }


def home_values(records: Records) -> dict[str, Any]:
    """Return the values of the first page: a description of the corpus, its latest events, and how to cite it."""
    events = _newest_events(records)
    return {
        "events": [_event_line(records, event) for event in events[:LATEST]],
        "more": max(len(events) - LATEST, 0),
        "figures": [
            (name, len(records.rows[name]))
            for name in ("statements", "sources", "events", "claims", "agents")
        ],
        "citation": cite_corpus(records),
        "linked": linked.dataset(records),
        "findings": records.notes.findings if records.notes else [],
    }


def events_values(records: Records) -> dict[str, Any]:
    """Return the list of events, the newest first."""
    return {"events": [_event_line(records, event) for event in _newest_events(records)]}


def sources_values(records: Records) -> dict[str, Any]:
    """Return the list of sources, each with its publisher and the number of its statements."""
    sources = sorted(
        records.rows["sources"],
        key=lambda s: (s["published_on"] or "", s["source_id"]),
        reverse=True,
    )
    return {
        "sources": [
            (
                s,
                records.one("agents", s["publisher_id"]),
                len(records.of("statements", "source_id", s["source_id"])),
            )
            for s in sources
        ]
    }


def speakers_values(records: Records) -> dict[str, Any]:
    """Return the list of agents with the number of their statements."""
    spoken = Counter(s["speaker_id"] for s in records.rows["statements"] if s["speaker_id"])
    agents = sorted(records.rows["agents"], key=lambda a: (-spoken[a["agent_id"]], a["name"]))
    return {"agents": [(agent, spoken[agent["agent_id"]]) for agent in agents]}


def _newest_events(records: Records) -> list[Row]:
    return sorted(
        records.rows["events"], key=lambda e: (e["start_date"] or "", e["event_id"]), reverse=True
    )


def _event_line(records: Records, event: Row) -> tuple[Row, int, int]:
    """Return (event, number of accounts, number of claims)."""
    statements = records.of("statements", "event_id", event["event_id"])
    accounts = len({s["source_id"] for s in statements})
    return event, accounts, len(records.of("claims", "event_id", event["event_id"]))
