"""Drafted statements as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ..core.findings import counted
from .proposals import Draft, Proposal


def iter_json_lines(draft: Draft) -> Iterator[str]:
    """Yield one JSON object per statement, in the order of the text; offsets are code points of the captured text."""
    for statement in draft.statements:
        yield json.dumps(object_of(statement), ensure_ascii=False)


def object_of(statement: Proposal) -> dict[str, object]:
    """Return the statement as printed: several speakers are joined by `; `, open values are null."""
    return {
        "content": [
            {"text": span.text, "start": span.start, "end": span.end} for span in statement.content
        ],
        "label": statement.label.text if statement.label else None,
        "cue": statement.cue.text if statement.cue else None,
        "mode": statement.mode,
        "speech_act": statement.speech_act,
        "speaker_name": "; ".join(statement.speaker_names) or None,
        "start": statement.start,
        "end": statement.end,
        "confidence": statement.confidence,
    }


def iter_text_lines(draft: Draft) -> Iterator[str]:
    """Yield the statements for a person: number, speakers, mode and act, content."""
    for number, statement in enumerate(draft.statements, 1):
        who = "; ".join(statement.speaker_names) or "speaker open"
        said = " … ".join(span.text for span in statement.content)
        how = ", ".join(
            filter(None, (statement.mode, statement.speech_act, f"{statement.confidence:.2f}"))
        )
        yield f"{number}. {who} ({how}): {' '.join(said.split())}"
    yield f"{counted(len(draft.statements), 'statement')}, {counted(len(draft.exclusions), 'exclusion')}"
