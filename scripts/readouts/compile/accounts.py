"""One source with its statements, segments, attributions and exclusions, compiled from its curation and its capture."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ..core.definitions import Table
from ..curation.files import CuratedFile, Curation
from ..curation.quotations import Quotable, Stretch, fold_space, folded
from .drafts import compile_drafts
from .problems import words_of
from .quotation_findings import check_broken_entries, compile_exclusions
from .rows import Origin, Row, Rows, is_known, unresolved
from .stretches import CONTEXT_LENGTH, Segment, join_content
from .stretches import place as quoted_place


@dataclass(slots=True)
class Known:
    """Data that rows copy or look up: facts of agents and events by id, offices by agent, captured texts by source."""

    agents: dict[str, Row] = field(default_factory=dict)
    offices: dict[str, list[Row]] = field(default_factory=dict)
    events: dict[str, Row] = field(default_factory=dict)
    sources: dict[str, Quotable] = field(default_factory=dict)
    spans: dict[str, Stretch] = field(default_factory=dict)
    """The position of each statement in its source."""


def compile_account(
    rows: Rows, tables: dict[str, Table], curation: Curation, file: CuratedFile, known: Known
) -> None:
    """Add the source `file` with all its entries to `rows`; a quotation that cannot be located is a finding and its entry is quarantined."""
    facts, text = file.facts, curation.captures[file.identifier]
    source = known.sources[file.identifier]
    place = Origin(file, ("source",))
    row: Row = {
        **facts,
        "source_id": file.identifier,
        "title": own_words(source, facts.get("title")),
        "publisher_id": facts.get("publisher"),
        "publisher_evidence": own_evidence(
            source, facts.get("publisher_evidence"), facts.get("publisher_basis")
        ),
        "text_sha256": curation.capture_hashes[file.identifier],
        "text_length": len(text),
        "text": text if facts["redistribution"] == "full-text" else None,
        "added_in": None,
    }
    if facts.get("text_sha256") is None:
        message, hint = (
            "`text_sha256` is missing, so the captured text is not protected against changes",
            "Run `readouts fmt` to add it.",
        )
        rows.findings.append(
            file.finding("source_text_unchanged", ("source",), file.identifier, message, hint)
        )
    _check_event(rows, file, known)
    _check_attributions(rows, file, known)
    check_broken_entries(rows, file, source)
    for index, entry in file.iter_entries("statements"):
        span = _compile_statement(rows, tables, file, index, entry, source, row, known)
        if span is not None:
            known.spans[f"{file.identifier}.{entry['id']}"] = span
    before = len(rows.exclusions)
    compile_exclusions(rows, file, source)
    covered = [
        span for name, span in known.spans.items() if name.rpartition(".")[0] == file.identifier
    ]
    covered += [(row["start"], row["end"]) for row in rows.exclusions[before:]]
    compile_drafts(rows, file, source, covered)
    rows.add(tables["sources"], row, place)


def _check_event(rows: Rows, file: CuratedFile, known: Known) -> None:
    """Check the event given for the whole source, once, and not with each statement."""
    event_id = file.facts.get("event")
    if event_id is None:
        lacking = [
            index for index, entry in file.iter_entries("statements") if not entry.get("event")
        ]
        if lacking:
            message = f"the event is missing for {'this statement' if len(lacking) == 1 else f'{len(lacking)} statements'}"
            place: tuple[str | int, ...] = (
                ("statements", lacking[0]) if len(lacking) == 1 else ("source",)
            )
            hint = "Write `event:` under `source:` (for all statements) or in the statement."
            rows.findings.append(file.finding("event_named", place, file.identifier, message, hint))
    elif event_id not in known.events and not is_known(rows, "events", event_id):
        rows.findings.append(
            unresolved(
                Origin(file, ("source",)),
                "event_id",
                file.identifier,
                event_id,
                "events",
                known.events,
            )
        )


def _check_attributions(rows: Rows, file: CuratedFile, known: Known) -> None:
    """Check the agents with a part in the whole source, once; a part of an unknown one is left out of the statements."""
    for index, part in enumerate(file.facts.get("attributions") or ()):
        if part["agent"] not in known.agents and not is_known(rows, "agents", part["agent"]):
            origin = Origin(file, ("source", "attributions", index))
            rows.findings.append(
                unresolved(
                    origin, "agent_id", file.identifier, part["agent"], "agents", known.agents
                )
            )


def _compile_statement(
    rows: Rows,
    tables: dict[str, Table],
    file: CuratedFile,
    index: int,
    entry: dict[str, Any],
    source: Quotable,
    account: Row,
    known: Known,
) -> Stretch | None:
    place, local = ("statements", index), entry.get("id")
    statement_id = f"{file.identifier}.{local or f'#{index + 1}'}"
    event_id, speaker_id = entry.get("event") or file.facts.get("event"), entry["speaker"]

    def reference(key: str) -> str | None:
        value = entry.get(key)
        return value if value is None or "." in value else f"{file.identifier}.{value}"

    references: Row = {
        "statement_id": statement_id, "speaker_id": speaker_id, "event_id": entry.get("event"),
        **{key: reference(key) for key in ("continues", "within", "repeats")},
    }  # fmt: skip
    stretch, segments, problems = quoted_place(source, entry)
    rows.misquote(file, place, statement_id if local else file.identifier, problems, entry)
    if local is None:
        hint = "Run `readouts fmt` to add the next free one."
        rows.findings.append(
            file.finding("id_written", place, file.identifier, "the statement has no `id`", hint)
        )
        rows.mark_unnamed("statements", statement_id)
    event_known = event_id is not None and (
        entry.get("event") or event_id in known.events or is_known(rows, "events", event_id)
    )
    origin = Origin(file, place)
    if stretch is None or problems or local is None or not event_known:
        _leave_out(rows, tables, origin, references, event_id, entry)
        return None
    row = {**references, **_facts(file, entry, source, account, known, event_id, stretch, segments)}
    before = len(rows.tables["statements"])
    rows.add(tables["statements"], row, origin)
    if len(rows.tables["statements"]) == before:
        rows.incomplete.add(("sources", file.identifier))
        return None
    rows.add_parts(tables["segments"], [
        {"statement_id": statement_id, "ordinal": ordinal, "role": segment.role, "start": segment.start, "end": segment.end,
         "text": source.text[segment.start : segment.end]}
        for ordinal, segment in enumerate(segments, 1)
    ])  # fmt: skip
    for ordinal, (part, at) in enumerate(_attributions(rows, file, entry, row, known, place), 1):
        rows.add(
            tables["attributions"],
            {"statement_id": statement_id, "ordinal": ordinal, **part},
            Origin(file, at),
        )
    return stretch


def _leave_out(
    rows: Rows,
    tables: dict[str, Table],
    origin: Origin,
    references: Row,
    event_id: str | None,
    entry: dict[str, Any],
) -> None:
    """Quarantine a statement that has no place, and keep what it refers to, so that its references are checked all the same."""
    statement_id = references["statement_id"]
    rows.quarantined.add(("statements", statement_id))
    if event_id is not None:
        rows.incomplete.add(("events", event_id))
    rows.unplaced.append((tables["statements"], references, origin))
    for number, part in enumerate(entry.get("attributions") or ()):
        row = {"statement_id": statement_id, "ordinal": number + 1, "agent_id": part.get("agent")}
        place = Origin(origin.file, (*origin.place, "attributions", number))
        rows.unplaced.append((tables["attributions"], row, place))


def _facts(
    file: CuratedFile,
    entry: dict[str, Any],
    source: Quotable,
    account: Row,
    known: Known,
    event_id: str | None,
    stretch: Stretch,
    segments: list[Segment],
) -> Row:
    """Return the columns of a statement that are not references."""
    start, end = stretch
    text = source.text
    event = known.events.get(event_id or "", {})
    speaker = known.agents.get(entry["speaker"] or "", {})
    publisher = known.agents.get(account["publisher_id"] or "", {})

    def own(key: str) -> str | None:
        """Return the words of a marked part, which has been located, as the source has them."""
        if entry.get(key) is None:
            return None
        words, occurrence = words_of(entry[key])
        found = source.find(words, (start, end)) or source.find(words)
        return text[slice(*found[(occurrence or 1) - 1])]

    single_day = bool(event) and event["start_date"] == event["end_date"]
    date = entry.get("date") or (
        event["start_date"] if single_day and not entry.get("within") else None
    )
    return {
        "source_id": file.identifier,
        "event_id": event_id,
        "speaker_label": own("label"),
        "speaker_title": own("title"),
        "antecedent": _earlier_words(source, entry.get("antecedent"), start),
        "date": date,
        "date_precision": entry.get("date_precision") or ("day" if date else None),
        "date_basis": entry.get("date_basis")
        or ("inferred" if date and not entry.get("date") else None),
        "date_expression": own("date_expression"),
        "text": join_content([text[s.start : s.end] for s in segments if s.role == "content"]),
        "exact": text[start:end],
        "start": start,
        "end": end,
        "prefix": text[max(0, start - CONTEXT_LENGTH) : start] or None,
        "suffix": text[end : end + CONTEXT_LENGTH] or None,
        "mode": entry["mode"],
        "cue": own("cue"),
        "speech_act": entry.get("speech_act"),
        "section": entry.get("section") or "body",
        "language": entry.get("language") or account["language"],
        "curation_method": entry.get("curation_method") or "manual",
        "speaker_name": speaker.get("name"),
        "publisher_name": publisher.get("name"),
        "published_on": account.get("published_on"),
        "url": account.get("url"),
        "event_name": event.get("name"),
    }


def _attributions(
    rows: Rows,
    file: CuratedFile,
    entry: dict[str, Any],
    row: Row,
    known: Known,
    place: tuple[str | int, ...],
) -> list[tuple[Row, tuple[str | int, ...]]]:
    """Return the speaker, once for each office printed and held on the day, then the other parts as curated, then those of the whole source."""
    label, speaker = row["speaker_label"], row["speaker_id"]
    offices = offices_printed(
        row["speaker_title"], known.offices.get(speaker or "", []), row["date"]
    )
    found: list[tuple[Row, tuple[str | int, ...]]] = [
        ({"role": "speaker", "agent_id": speaker, "office_id": office, "label": label}, place)
        for office in offices or [None]
    ]
    said = Quotable.of(row["exact"]) if entry.get("attributions") else None
    for index, part in enumerate(entry.get("attributions") or ()):
        words = (
            None
            if part.get("label") is None
            else own_words(said, fold_space(words_of(part["label"])[0]))
        )
        found.append(
            (
                {
                    "role": part["role"],
                    "agent_id": part.get("agent"),
                    "office_id": None,
                    "label": words,
                },
                (*place, "attributions", index),
            )
        )
    had = {(part["role"], part["agent_id"]) for part, _ in found}
    for index, part in enumerate(file.facts.get("attributions") or ()):
        unknown = part["agent"] not in known.agents and not is_known(rows, "agents", part["agent"])
        if (part["role"], part["agent"]) not in had and not unknown:
            row_of_part = {
                "role": part["role"],
                "agent_id": part["agent"],
                "office_id": None,
                "label": None,
            }
            found.append((row_of_part, ("source", "attributions", index)))
    return found


def _earlier_words(source: Quotable, quote: Any, before: int) -> str | None:
    """Return the words as the source has them at their last place before the offset, or unchanged for the guards to report."""
    if quote is None:
        return None
    words, occurrence = words_of(quote)
    found = source.find(words)
    earlier = [stretch for stretch in found if stretch[0] < before]
    if occurrence is not None and occurrence <= len(found):
        earlier = [found[occurrence - 1]]
    at = earlier or found
    return source.text[slice(*at[-1])] if at else fold_space(words)


def offices_printed(title: str | None, offices: list[Row], date: str | None) -> list[str]:
    """Return ids of the offices whose title appears in the printed title and which were held on the date, in printed order."""
    if title is None or date is None:
        return []
    printed = folded(title)
    found = []
    for office in offices:
        at = re.search(rf"\b{re.escape(folded(office['title']))}\b", printed)
        if at and office["start_date"] <= date <= (office["end_date"] or "9999-12-31"):
            found.append((at.start(), office["office_id"]))
    return [office_id for _, office_id in sorted(found)]


def own_words(source: Quotable, words: str | None) -> str | None:
    """Return the words with the spacing of the source if they appear in it, otherwise unchanged for the guards to report."""
    found = source.find(words) if words else []
    return source.text[slice(*found[0])] if found else words


def own_evidence(source: Quotable, evidence: str | None, basis: str | None) -> str | None:
    """Return an evidence field with the words in curly quotation marks (the whole of it if stated) spaced as in the source."""
    if evidence is None or basis == "stated":
        return own_words(source, evidence)
    return re.sub(r"“([^”]+)”", lambda match: f"“{own_words(source, match[1])}”", evidence)
