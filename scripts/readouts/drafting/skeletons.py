"""Drafts: a captured document as a source to fill in, an event or an agent to describe, and the uncovered text of a source.

A draft contains the facts from the capture, with their basis, and leaves the curator's decisions
open (null, or a comment to quote from). An open draft does not validate.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ..capture import Capture, propose_source_id
from ..compile.problems import QuotationProblem
from ..compile.stretches import iter_gaps, locate_entry
from ..core.definitions import read_schema
from ..core.findings import PackageError, counted
from ..core.layout import Layout, id_problem
from ..core.spelling import nearest_id
from ..curation.canonical import commented_item, curated_text
from ..curation.capture_record import record_of
from ..curation.files import Curation
from ..curation.outline import Entry, outline_from_value
from ..curation.quotations import INVISIBLE, Quotable, Stretch, fold_space, quotable_words
from ..curation.sentences import iter_sentences
from ..curation.texts import entries_in
from ..curation.yaml_nodes import YamlProblem, read_yaml
from ..ledger.identity import numbers_taken
from ..ledger.ledger import Ledger

_TO_DO = (
    "# Below is every sentence of the text. If one reports what somebody said, delete the `#` and exactly one space after it in its lines, and fill it in;",
    "# move the others down to `exclusions`: their quote and the reason are enough. `readouts fmt` tidies up.",
)
_OPEN = {"speaker": None, "label": None, "cue": None, "mode": None, "speech_act": None}


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
    publisher = publisher_id or _agent_named(curation, capture.publisher)
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
    facts, asides = _facts(curation, capture, text, publisher, publisher_id is not None)
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


def iter_uncovered(source: Quotable, covered: list[Stretch], first_number: int) -> Iterator[str]:
    """Yield the sentences of the text that nothing in `covered` overlaps, as comments to turn into
    statements or exclusions. The rest of a partly covered sentence is given as it is. Local ids
    count from `first_number`.
    """
    number = first_number
    for stretch in iter_gaps((0, len(source.text)), covered):
        for start, end in iter_sentences(source.text, stretch):
            words = quotable_words(source.text[start:end])
            places = source.find(words)
            quote: Any = words
            if len(places) > 1 and (start, end) in places:
                quote = {"quote": words, "occurrence": places.index((start, end)) + 1}
            yield ""
            yield from commented_item({"id": f"s{number:02d}", "quote": quote, **_OPEN})
            number += 1


def uncovered_of(
    layout: Layout, ledger: Ledger, source_id: str, exclusions: bool = False
) -> list[str]:
    """Return the text of a source that no statement or exclusion covers yet, as from `iter_uncovered`; or as exclusions with an open reason.

    Raises PackageError.
    """
    path, capture = layout.curated("source", source_id), layout.capture(source_id)
    try:
        value = read_yaml(path.read_bytes().decode("utf-8")).value
        text = Quotable.of(capture.read_bytes().decode("utf-8"))
    except FileNotFoundError as error:
        known = [path.name for path in layout.sources.glob("*/")]
        raise PackageError(f"unknown source `{source_id}`{nearest_id(source_id, known)}") from error
    except (OSError, UnicodeDecodeError, YamlProblem) as error:
        raise PackageError(
            f"the source {source_id} cannot be read; `readouts validate` reports why"
        ) from error
    covered, entries = [], []
    for name in ("statements", "exclusions"):
        entries += entries_in(value, name)
    for entry in entries:
        # A quotation that is invalid or not found covers nothing; `validate` reports it.
        with suppress(QuotationProblem, KeyError, TypeError, AttributeError):
            covered.append(locate_entry(text, entry))
    taken = numbers_taken(ledger, "statements", source_id, "s", entries)
    drafts = list(iter_uncovered(text, covered, max(taken, default=0) + 1))
    if not exclusions:
        return drafts
    quotes = [
        entry["quote"]
        for entry in read_yaml("\n".join(line.removeprefix("# ") for line in drafts)).value or ()
    ]
    return [
        line.removeprefix("# ")
        for quote in quotes
        for line in commented_item({"quote": quote, "reason": None})
    ]


def _agent_named(curation: Curation, name: str | None) -> str | None:
    """Return the agent with the name, if exactly one has it."""
    found = [file.identifier for file in curation.of_kind("agent")
             if name and name in (file.facts["name"], file.facts.get("native_name"), *(file.facts.get("other_names") or ()))]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _facts(
    curation: Curation, capture: Capture, text: Quotable, publisher: str | None, named: bool
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the facts that the capture states about the source, and remarks by key on statements of the page that a curator has to check."""
    asides = {
        "account_type": "readout, news-report, transcript, joint-statement, statement, remarks … (schema/vocabulary.yaml)"
    }
    title = fold_space(capture.title) if capture.title and text.find(capture.title) else None
    if capture.title and title is None:
        asides["title"] = (
            f"The page is titled “{fold_space(capture.title)}”, which its text does not print."
        )
    evidence = None
    if publisher is not None:
        evidence = f"The page names “{capture.publisher}” ({capture.publisher_evidence})."
        if not capture.publisher:
            evidence, asides["publisher_evidence"] = (
                None,
                "Say what shows who the publisher is, and name it.",
            )
        elif not text.find(capture.publisher):
            evidence = (
                f"The page, not its text, names {capture.publisher} ({capture.publisher_evidence})."
            )
    elif capture.publisher:
        asides["publisher"] = (
            f"The page names “{capture.publisher}” ({capture.publisher_evidence}); write the id of that agent."
        )
    day, stated = capture.published_on, False
    if day is not None:
        asides["published_on"] = f"As found: {capture.published_on_evidence}."
        stated = any(text.find(form) for form in _forms_of(day))
    facts = {
        "title": title,
        "publisher": publisher,
        "publisher_basis": "inferred" if publisher else None,
        "publisher_evidence": evidence,
        "account_type": None,
        "language": capture.language or "und",
        "rendering": "unknown",
        "published_on": None if day is None else day.isoformat(),
        "published_on_basis": None if day is None else "stated" if stated else "inferred",
        "time_zone": _zone_of(curation, publisher),
        "url": capture.url,
        "obtained_from": f"{capture.obtained_from}, {capture.accessed_on.isoformat()}",
        "accessed_on": capture.accessed_on.isoformat(),
        "original_sha256": capture.original_sha256,
        "media_type": capture.media_type,
        "rights": "undetermined",
        "redistribution": "quotation",
        "text_sha256": hashlib.sha256(capture.text.encode("utf-8")).hexdigest(),
    }
    return facts, asides


def _forms_of(day: date) -> tuple[str, ...]:
    """Return the printed English forms of the day, and the ISO form: the basis is `stated` only if the captured text contains one of them."""
    return (
        day.isoformat(),
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%B} {day.year}",
        f"{day:%b}. {day.day}, {day.year}",
    )


def _zone_of(curation: Curation, publisher: str | None) -> str | None:
    """Return the publisher's time zone, if its other sources agree on one."""
    zones = {file.facts.get("time_zone") for file in curation.of_kind("source") if publisher and file.facts.get("publisher") == publisher}  # fmt: skip
    return zones.pop() if len(zones) == 1 else None


def _open_entry(entry: Entry, comments: list[str]) -> None:
    entry.under += comments
