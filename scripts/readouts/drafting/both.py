"""The engine `both`: rules and model; common proposals are kept with high confidence, the rest with low."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..core.findings import counted
from ..core.progress import Progress, silent
from . import model, rules
from .proposals import Draft, Proposal

AGREED, ALONE = 0.95, 0.4
OVERLAP = 0.5
"""Shared code points of content, divided by those of both, from which two proposals are the same statement."""


def draft(
    text: str, agents: Sequence[Any] = (), language: str = "en", progress: Progress = silent
) -> Draft:
    """Return the statements of both engines, each once: those of the rules, then those of the model
    alone. Raises PackageError if one of them cannot be used.
    """
    first, second = (
        rules.draft(text, agents, language),
        model.draft(text, agents, language, progress),
    )
    used: set[int] = set()
    kept, agreed = [], 0
    for statement in first.statements:
        at = next(
            (
                n
                for n, other in enumerate(second.statements)
                if n not in used and _overlap(statement, other) >= OVERLAP
            ),
            None,
        )
        same = at is not None and _same_speaker(statement, second.statements[at])
        used |= {at} if at is not None else set()
        agreed += same
        kept.append(
            replace(statement, confidence=AGREED if same else min(ALONE, statement.confidence))
        )
    alone = [
        replace(other, confidence=min(ALONE, other.confidence))
        for n, other in enumerate(second.statements)
        if n not in used
    ]
    notes = f"rules and model agree on {counted(agreed, 'statement')}; {len(kept) + len(alone) - agreed} are of one alone or differ in the speaker"
    return Draft((*kept, *alone), first.exclusions, (*first.notes, *second.notes, notes))


def _overlap(a: Proposal, b: Proposal) -> float:
    left, right = ({at for span in p.content for at in range(span.start, span.end)} for p in (a, b))
    return len(left & right) / len(left | right) if left | right else 0.0


def _same_speaker(a: Proposal, b: Proposal) -> bool:
    left, right = (
        {word.lower() for name in p.speaker_names for word in name.split()} for p in (a, b)
    )
    return left <= right or right <= left
