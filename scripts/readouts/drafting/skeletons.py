"""Drafts: a captured document as a source to fill in, an event or an agent to describe, and the uncovered text of a source.

A draft contains the facts from the capture, with their basis, and leaves the curator's decisions
open (null, or a comment to quote from). An open draft does not validate.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ..capture import Capture, propose_source_id
from ..core.definitions import read_schema
from ..core.findings import PackageError, counted
from ..core.ids import id_problem
from ..core.layout import Layout
from ..curation.canonical import commented_item, curated_text
from ..curation.capture_record import record_of
from ..curation.files import Curation
from ..curation.outline import Entry, outline_from_value
from ..curation.quotations import INVISIBLE, Quotable
from ..ledger.ledger import Ledger
from .captured_facts import agent_named, facts_of
from .uncovered import iter_uncovered

_TO_DO = (
    "# Below is every sentence of the text. If one reports what somebody said, delete the `#` and exactly one space after it in its lines, and fill it in;",
    "# move the others down to `exclusions`: their quote and the reason are enough. `readouts fmt` tidies up.",
)


@dataclass(slots=True)
class Draft:
    """Files to write, and notes for the curator. `source_id` is None if only events or agents were asked for."""

    files: dict[Path, bytes] = field(default_factory=dict)
    source_id: str | None = None
    notes: list[str] = field(default_factory=list)


def draft_source(
    layout: Layout, curation: Curation, ledger: Ledger, capture: Capture,
    *, source_id: str | None = None, event_id: str | None = None, publisher_id: str | None = None,
) -> Draft:  # fmt: skip
    """Return a new source from a capture, with its event and publisher if they are new.

    Raises PackageError if an id is malformed or taken: existing files are never overwritten.
    """
    publisher = publisher_id or agent_named(curation, capture.publisher)
    name = source_id or propose_source_id(
        publisher or capture.publisher, capture.published_on, capture.title
    )
    require_free(layout, ledger, "source", name)
    draft = Draft(source_id=name, notes=list(capture.notes))
    text = Quotable.of(capture.text)
    same = [known for known, held in curation.captures.items() if held == capture.text]
    unseen = [
        f"{counted(capture.text.count(c), unicodedata.name(c).lower())}"
        for c in INVISIBLE
        if c in capture.text
    ]
    if unseen:
        draft.notes.append(
            f"the text contains {', '.join(unseen)}, which are invisible: quotations need not include them"
        )
    draft.notes += [f"the source {known} has the very same text" for known in same]
    facts, asides = facts_of(curation, capture, text, publisher)
    facts["event"] = event_id
    outline = outline_from_value({"source": facts, "statements": None, "exclusions": None})
    for key, aside in asides.items():
        entry = outline.entries[0].value.get(key)  # type: ignore[union-attr]
        if entry is not None:
            entry.above.append(f"# {aside}")
    _open_entry(outline.entries[1], [*_TO_DO, *iter_uncovered(text, [], 1)])
    _open_entry(outline.entries[2], commented_item({"quote": None, "reason": None}))
    curated = layout.curated("source", name)
    draft.files[layout.capture(name)] = capture.text.encode("utf-8")
    draft.files[layout.capture_record(name)] = record_of(capture)
    draft.files[curated] = curated_text(layout, "source", name, outline).encode("utf-8")
    if event_id and not layout.curated("event", event_id).exists():
        draft.files |= draft_event(layout, ledger, event_id, name).files
    if publisher_id and not layout.curated("agent", publisher_id).exists():
        draft.files |= draft_agent(layout, ledger, publisher_id, capture.publisher).files
    return draft


def draft_event(
    layout: Layout, ledger: Ledger, event_id: str, source_id: str | None = None
) -> Draft:
    """Return a new event to describe; its id begins with its first day. Raises PackageError."""
    require_free(layout, ledger, "event", event_id)
    day = re.match(r"([1-9][0-9]{3}-[01][0-9]-[0-3][0-9])-[a-z0-9]", event_id)
    if day is None:
        raise PackageError(
            f"an event's id begins with its first day, like 2019-09-26-china-celac-quartet; not {event_id}"
        )
    try:
        date.fromisoformat(day[1])
    except ValueError as error:
        raise PackageError(
            f"{day[1]} is not a valid date; an event's id begins with its first day"
        ) from error
    facts = {"type": None, "name": None, "start_date": day[1], "end_date": day[1], "date_basis": None, "date_source": source_id,
             "date_expression": None, "time_zone": None, "place": None, "country": None, "series": None, "ordinal": None,
             "part_of": None}  # fmt: skip
    outline = outline_from_value({"event": facts, "participants": None, "claims": None})
    _remark_terms(
        layout,
        "event",
        outline.entries[0],
        {
            "time_zone": "Like Europe/Oslo or Asia/Tokyo.",
            "country": "Two capital letters, like NO.",
        },
    )
    _open_entry(outline.entries[1], commented_item({"agent": None, "role": None}))
    attestation = {
        "statement": f"{source_id}.s01" if source_id else None,
        "relation": None,
        "quote": None,
    }
    _open_entry(
        outline.entries[2],
        commented_item({"id": "c01", "proposition": None, "attestations": [attestation]}),
    )
    return Draft(
        {
            layout.curated("event", event_id): curated_text(
                layout, "event", event_id, outline
            ).encode("utf-8")
        }
    )


def draft_agent(layout: Layout, ledger: Ledger, agent_id: str, name: str | None = None) -> Draft:
    """Return a new agent to describe. Raises PackageError."""
    require_free(layout, ledger, "agent", agent_id)
    facts = {
        "type": None,
        "name": name,
        "native_name": None,
        "other_names": [],
        "wikidata_id": None,
        "country": None,
    }
    outline = outline_from_value({"agent": facts, "offices": None})
    _remark_terms(layout, "agent", outline.entries[0], {"country": "Two capital letters, like NO."})
    office = {
        "id": None,
        "title": None,
        "organization": None,
        "start_date": None,
        "end_date": None,
        "evidence": None,
    }
    note = "# For a person: each office that a source prints, with its days, which the evidence names too."
    _open_entry(outline.entries[1], [note, *commented_item(office)])
    return Draft(
        {
            layout.curated("agent", agent_id): curated_text(
                layout, "agent", agent_id, outline
            ).encode("utf-8")
        }
    )


def _remark_terms(layout: Layout, kind: str, entry: Entry, remarks: dict[str, str]) -> None:
    """Write above each open key the terms it can take, or the remark on it."""
    properties = read_schema(layout, f"curation/{kind}")["properties"][kind]["properties"]
    for name, schema in properties.items():
        child = entry.value.get(name)  # type: ignore[union-attr]
        terms = schema.get("enum")
        remark = f"One of: {', '.join(map(str, terms))}." if terms else remarks.get(name)
        if child is not None and remark:
            child.above.append(f"# {remark}")


def require_free(layout: Layout, ledger: Ledger, kind: str, identifier: str) -> None:
    """Raise PackageError if the id is malformed, exists already, or was released."""
    require_absent(layout, kind, identifier)
    if (f"{kind}s", identifier) in ledger.entries:  # withdrawn ones too
        raise PackageError(
            f"the {kind} {identifier} was released once, and an id is never used again; choose another id"
        )


def require_absent(layout: Layout, kind: str, identifier: str) -> None:
    """Raise PackageError if the id is malformed or exists already."""
    if reason := id_problem(identifier):
        raise PackageError(f"“{identifier[:60]}” cannot be an id: {reason}")
    path = layout.curated(kind, identifier)
    if path.exists() or (kind == "source" and path.parent.exists()):
        raise PackageError(
            f"the {kind} {identifier} exists already, and nothing is written over it; choose another id"
        )


def _open_entry(entry: Entry, comments: list[str]) -> None:
    entry.under += comments
