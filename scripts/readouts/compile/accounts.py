"""One source with its statements, segments, attributions and exclusions, compiled from its curation and its capture."""

from __future__ import annotations

from ..core.definitions import Table
from ..curation.files import CuratedFile, Curation
from .drafts import compile_drafts
from .exclusions import check_broken_entries, compile_exclusions
from .known import Known
from .rows import Origin, Row, Rows, is_known, unresolved
from .source_words import own_evidence, own_words
from .statements import compile_statement


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
    covered = []
    for index, entry in file.iter_entries("statements"):
        span = compile_statement(rows, tables, file, index, entry, source, row, known)
        if span is not None:
            known.spans[f"{file.identifier}.{entry['id']}"] = span
            covered.append(span)
    before = len(rows.exclusions)
    compile_exclusions(rows, file, source)
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
