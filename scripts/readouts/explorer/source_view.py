"""The page of a source: its text with every statement marked, and each statement with its facts."""

from __future__ import annotations

from typing import Any

from ..compile.rows import Row
from . import linked
from .citing import cite_source, cite_statement
from .marked import runs_of, spans_of
from .records import Records

FIELDS = (
    ("speaker_label", "as named in the text"), ("speaker_title", "office as printed"), ("date_expression", "date as printed"),
    ("mode", "mode"), ("speech_act", "speech act"), ("cue", "cue"), ("section", "section"), ("language", "language"),
    ("antecedent", "refers to"),
)  # fmt: skip
"""Columns of a statement shown as facts, with their label."""
LINKS = (("continues", "continues"), ("within", "inside"), ("repeats", "repeats"))
"""Columns that name another statement."""


def statement_view(records: Records, statement: Row) -> dict[str, Any]:
    """Return the values shown for a statement, wherever it is."""
    key = statement["statement_id"]
    basis = statement["date_basis"]
    return {
        "row": statement,
        "local": key.partition(".")[2],
        "who": statement["speaker_name"] or statement["speaker_label"] or "speaker not identified",
        "when": f"{statement['date']} ({basis})"
        if statement["date"] and basis
        else statement["date"] or "date not known",
        "claims": records.of("attestations", "statement_id", key),
        "others": [
            a for a in records.of("attributions", "statement_id", key) if a["role"] != "speaker"
        ],
        "reviewed": records.reviewed("statements", key),
    }


def source_values(records: Records, source: Row) -> dict[str, Any]:
    """Return the values of the template."""
    key = source["source_id"]
    statements = sorted(
        records.of("statements", "source_id", key), key=lambda s: (s["start"], -s["end"])
    )
    notes, text = records.notes, records.texts.get(key)
    spans = spans_of(statements, text, source["text_length"])
    segments = {
        s["statement_id"]: records.of("segments", "statement_id", s["statement_id"])
        for s in statements
    }
    runs = runs_of(
        spans,
        source["text_length"],
        statements,
        segments,
        records.exclusions.get(key, ()) if text is not None else (),
        notes.drafts.get(key, ()) if notes else (),
        notes.uncovered.get(key, ()) if notes else (),
    )
    findings = notes.about(f"data/sources/{key}/") if notes else []
    views = {s["statement_id"]: statement_view(records, s) for s in statements}
    return {
        "source": source,
        "publisher": records.one("agents", source["publisher_id"]),
        "events": [
            event
            for event in (
                records.one("events", e) for e in dict.fromkeys(s["event_id"] for s in statements)
            )
            if event
        ],
        "runs": runs,
        "whole": text is not None,
        "views": views,
        "citations": {s["statement_id"]: cite_statement(records, s) for s in statements},
        "fields": FIELDS,
        "links": LINKS,
        "citation": cite_source(records, source),
        "reviewed": records.reviewed("sources", key),
        "linked": linked.source(records, source, statements),
        "findings": findings,
        "wrong": {finding.record for finding in findings},
    }
