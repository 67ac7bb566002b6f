"""Proposals as entries of a source's curation: quotations instead of offsets, agents instead of names, marked `draft:`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from ..compile.stretches import place
from ..compile.trimming import trim
from ..curation.quotations import Quotable, Stretch, quotable_words
from ..curation.sentences import CAPITALS
from .draft_building import agent_of, bare
from .proposals import Draft, Proposal, Span

Entry = dict[str, Any]
DayOf = Callable[[str], tuple[date, str] | None]
DATING = ("date", "date_basis", "date_expression")


def statement_entries(
    draft: Draft,
    source: Quotable,
    engine: str,
    first_number: int,
    covered: Iterable[Stretch],
    titles: Iterable[str],
    agents: Sequence[Any] = (),
    day_of: DayOf = lambda _: None,
) -> tuple[list[Entry], dict[str, str]]:
    """Return the drafted statements that do not overlap `covered`, as entries with ids from `first_number` on, and new agents: id → name.

    `day_of` returns the day that words of the text mean, with its basis, if it is certain.

    Offsets in `draft` and `covered` are code points of the source's text. A proposal whose words
    cannot be quoted is left out.
    """
    taken = list(covered)
    chosen = [p for p in draft.statements if not any(a < p.end and p.start < b for a, b in taken)]
    ids = {id(p): f"s{number:02d}" for number, p in enumerate(chosen, first_number)}
    named = {at: ids[id(p)] for at, p in enumerate(draft.statements) if id(p) in ids}
    offices = sorted(titles, key=len, reverse=True)
    out, new = [], {}
    for proposal in chosen:
        entry = _entry(
            proposal, source, engine, named, offices, new, agents, *_dated(proposal, source, day_of)
        )
        if entry is not None:
            out.append({"id": ids[id(proposal)], **entry})
    kept = {entry["id"] for entry in out}
    for entry in out:
        for key in ("continues", "within"):
            if entry.get(key) not in (None, *kept):
                del entry[key]
    return out, new


def exclusion_entries(
    draft: Draft, source: Quotable, engine: str, covered: Iterable[Stretch]
) -> list[Entry]:
    """Return the drafted exclusions that do not overlap `covered`, as entries."""
    taken, out = list(covered), []
    for left in draft.exclusions:
        start, end = bare(source.text, left.start, left.end)
        if start >= end or any(a < end and start < b for a, b in taken):
            continue
        quote = quotation(source, Span.of(source.text, start, end))
        if quote is not None:
            taken.append((start, end))
            out.append(
                {"quote": quote, "reason": left.reason, "draft": mark(engine, left.confidence)}
            )
    return out


def mark(engine: str, confidence: float) -> str:
    """Return the value of `draft:`: the engine and its confidence."""
    return f"{engine} {confidence:.2f}"


def quotation(source: Quotable, span: Span, within: Stretch | None = None) -> str | Entry | None:
    """Return the words of the span as a curator quotes them, with `occurrence` if they occur several times; None if they cannot be quoted."""
    words = quotable_words(span.text)
    found = source.find(words, within) if words else []
    at = next(
        (
            number
            for number, (a, b) in enumerate(found, 1)
            if (a <= span.start and span.end <= b) or (a, b) == (span.start, span.end)
        ),
        None,
    )
    if at is None:
        return None
    return words if len(found) == 1 else {"quote": words, "occurrence": at}


def _entry(
    p: Proposal,
    source: Quotable,
    engine: str,
    ids: dict[int, str],
    offices: list[str],
    new: dict[str, str],
    agents: Sequence[Any],
    dated: Entry,
    day: Span | None,
) -> Entry | None:
    quote = quotation(source, Span.of(source.text, p.start, p.end))
    if quote is None:
        return None
    speakers = _speakers(p, new)
    entry: Entry = {"quote": quote, "speaker": speakers[0] if speakers else None}
    for key, span in (
        ("label", p.label),
        ("title", _title(p, source.text, offices)),
        ("cue", p.cue),
    ):
        entry[key] = _part(p, source, span)
    context = [
        _part(p, source, span)
        for span in p.context
        if day is None or span.end <= day.start or day.end <= span.start
    ]
    entry["context"] = [words for words in context if words is not None]
    entry |= dated
    entry |= {"mode": p.mode, "speech_act": p.speech_act}
    if p.continues is not None:
        entry["continues"] = ids.get(p.continues)
    elif p.antecedent is not None:
        entry["antecedent"] = quotable_words(p.antecedent.text)
    entry["within"] = ids.get(p.within) if p.within is not None else None
    entry["section"] = p.section if p.section != "body" else None
    entry["attributions"] = _attributions(p, source, speakers, agents)
    entry["draft"] = mark(engine, p.confidence)
    entry = {
        key: value for key, value in entry.items() if value not in (None, []) or key in ("speaker",)
    }
    return _with_content(entry, p, source)


def _speakers(p: Proposal, new: dict[str, str]) -> list[str]:
    """Return the ids of the speakers; those of no known agent are added to `new`."""
    matched = p.agent_ids or ("",) * len(p.speaker_names)
    speakers = [agent or slug(name) for agent, name in zip(matched, p.speaker_names, strict=True)]
    for agent, name in zip(speakers, p.speaker_names, strict=True):
        if agent not in p.agent_ids:
            new[agent] = name
    return speakers


def _part(p: Proposal, source: Quotable, span: Span | None) -> str | Entry | None:
    """Return the quotation of a span within the statement; None if it is not inside it."""
    if span is None or span.start < p.start or p.end < span.end:
        return None
    return quotation(source, span, (p.start, p.end))


def _attributions(
    p: Proposal, source: Quotable, speakers: list[str], agents: Sequence[Any]
) -> list[Entry]:
    """Return further speakers, and addressees and others whom the statement names."""
    parts = [(role, span, _part(p, source, span)) for role, span in p.parts]
    return [{"role": "speaker", "agent": agent} for agent in speakers[1:]] + [
        {"role": role, "agent": agent_of(span.text, agents) or None, "label": words}
        for role, span, words in parts
        if words is not None
    ]


def _dated(p: Proposal, source: Quotable, day_of: DayOf) -> tuple[Entry, Span | None]:
    """Return the day of the statement, with the words that give it and their place; empty if they mean no day for certain."""
    span = p.date_expression or _weekday_near_cue(p, day_of)
    found = day_of(span.text) if span is not None else None
    if span is None or found is None:
        return {}, None
    inside = p.start <= span.start and span.end <= p.end
    words = quotation(source, span, (p.start, p.end) if inside else None)
    if words is None:
        return {}, None
    return {"date": found[0].isoformat(), "date_basis": found[1], "date_expression": words}, span


def _weekday_near_cue(p: Proposal, day_of: DayOf) -> Span | None:
    """Return the last word of the words around the cue, if it names a day: `told reporters Friday`."""
    for context in p.context:
        last = re.search(r"\w+$", context.text)
        if last is not None and day_of(last[0]) is not None:
            at = context.start + last.start()
            return Span(last[0], at, at + len(last[0]))
    return None


def _with_content(entry: Entry, p: Proposal, source: Quotable) -> Entry | None:
    """Add `content` if the rest of the passage differs from it; drop parts that do not fit together."""
    stretch, segments, problems = place(source, entry)
    if problems or stretch is None:
        for key in ("context", "title", "attributions", *DATING):
            entry.pop(key, None)
        stretch, segments, problems = place(source, entry)
    wanted = [trim(source.text, span.start, span.end) for span in p.content]
    if not problems and [(s.start, s.end) for s in segments if s.role == "content"] == wanted:
        return entry
    content = [
        quotation(source, Span.of(source.text, *piece), (p.start, p.end)) for piece in wanted
    ]
    if any(words is None for words in content):
        return None
    whole = {**entry, "content": content}
    for dropped in (
        (),
        ("context",),
        ("context", *DATING),
        ("context", "title", "attributions", *DATING),
    ):
        tried = {key: value for key, value in whole.items() if key not in dropped}
        if not place(source, tried)[2]:
            return tried
    return None


def _title(p: Proposal, text: str, offices: list[str]) -> Span | None:
    """Return the office printed before a name in the label: the longest of the known titles, two joined by `and` as one."""
    if p.label is None or p.continues is not None or p.antecedent is not None:
        return None
    one = "|".join(map(re.escape, offices))
    match = re.search(
        rf"\b(?:{one})(?: and (?:{one}))*\b(?=\s+[{CAPITALS}])", p.label.text.replace("\u00a0", " ")
    )
    if match is None:
        return None
    return Span.of(text, p.label.start + match.start(), p.label.start + match.end())


def slug(name: str) -> str:
    """Return an id for a new agent: `ana-doe`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "unnamed"
