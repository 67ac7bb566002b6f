"""One statement with its segments and attributions, compiled from its entry in the curation of a source."""

from __future__ import annotations

from typing import Any

from ..core.definitions import Table
from ..curation.files import CuratedFile
from ..curation.quotations import Quotable, Stretch
from .attributions import attributions_of
from .known import Known
from .rows import Origin, Place, Row, Rows, is_known
from .source_words import earlier_words, marked_words
from .stretches import CONTEXT_LENGTH, Segment, join_content
from .stretches import place as quoted_place


def compile_statement(
    rows: Rows,
    tables: dict[str, Table],
    file: CuratedFile,
    index: int,
    entry: dict[str, Any],
    source: Quotable,
    account: Row,
    known: Known,
) -> Stretch | None:
    """Add the statement with its parts; return its position in the source, or None if it was left out.

    `account` is the row of the source.
    """
    place, local = ("statements", index), entry.get("id")
    statement_id = f"{file.identifier}.{local or f'#{index + 1}'}"
    event_id = entry.get("event") or file.facts.get("event")
    references = _references(file, entry, statement_id)
    stretch, segments, problems = quoted_place(source, entry)
    rows.misquote(file, place, statement_id if local else file.identifier, problems, entry)
    if local is None:
        _report_unnamed(rows, file, place, statement_id)
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
    rows.add_parts(tables["segments"], _segment_rows(statement_id, segments, source))
    for ordinal, (part, at) in enumerate(attributions_of(rows, file, entry, row, known, place), 1):
        rows.add(
            tables["attributions"],
            {"statement_id": statement_id, "ordinal": ordinal, **part},
            Origin(file, at),
        )
    return stretch


def _references(file: CuratedFile, entry: dict[str, Any], statement_id: str) -> Row:
    """Return the columns of a statement that refer to other records; statements of the same source are written without its id."""

    def reference(key: str) -> str | None:
        value = entry.get(key)
        return value if value is None or "." in value else f"{file.identifier}.{value}"

    return {
        "statement_id": statement_id, "speaker_id": entry["speaker"], "event_id": entry.get("event"),
        **{key: reference(key) for key in ("continues", "within", "repeats")},
    }  # fmt: skip


def _report_unnamed(rows: Rows, file: CuratedFile, place: Place, statement_id: str) -> None:
    """Add a finding about a statement without an id."""
    hint = "Run `readouts fmt` to add the next free one."
    rows.findings.append(
        file.finding("id_written", place, file.identifier, "the statement has no `id`", hint)
    )
    rows.mark_unnamed("statements", statement_id)


def _segment_rows(statement_id: str, segments: list[Segment], source: Quotable) -> list[Row]:
    return [
        {
            "statement_id": statement_id,
            "ordinal": ordinal,
            "role": segment.role,
            "start": segment.start,
            "end": segment.end,
            "text": source.text[segment.start : segment.end],
        }
        for ordinal, segment in enumerate(segments, 1)
    ]


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
    event = known.events.get(event_id or "", {})
    speaker = known.agents.get(entry["speaker"] or "", {})
    publisher = known.agents.get(account["publisher_id"] or "", {})
    return {
        "source_id": file.identifier,
        "event_id": event_id,
        **_words_of_parts(entry, source, stretch),
        **_date_columns(entry, event),
        **_text_columns(source.text, stretch, segments),
        "mode": entry["mode"],
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


def _words_of_parts(entry: dict[str, Any], source: Quotable, stretch: Stretch) -> Row:
    """Return the columns that hold a marked part of the statement."""
    return {
        "speaker_label": marked_words(source, entry.get("label"), stretch),
        "speaker_title": marked_words(source, entry.get("title"), stretch),
        "antecedent": earlier_words(source, entry.get("antecedent"), stretch[0]),
        "date_expression": marked_words(source, entry.get("date_expression"), stretch),
        "cue": marked_words(source, entry.get("cue"), stretch),
    }


def _date_columns(entry: dict[str, Any], event: Row) -> Row:
    """Return the date as curated, otherwise the day of an event of a single day, with its precision and basis."""
    single_day = bool(event) and event["start_date"] == event["end_date"]
    date = entry.get("date") or (
        event["start_date"] if single_day and not entry.get("within") else None
    )
    return {
        "date": date,
        "date_precision": entry.get("date_precision") or ("day" if date else None),
        "date_basis": entry.get("date_basis")
        or ("inferred" if date and not entry.get("date") else None),
    }


def _text_columns(text: str, stretch: Stretch, segments: list[Segment]) -> Row:
    """Return the content, and the quotation with its position and the text around it."""
    start, end = stretch
    return {
        "text": join_content([text[s.start : s.end] for s in segments if s.role == "content"]),
        "exact": text[start:end],
        "start": start,
        "end": end,
        "prefix": text[max(0, start - CONTEXT_LENGTH) : start] or None,
        "suffix": text[end : end + CONTEXT_LENGTH] or None,
    }
