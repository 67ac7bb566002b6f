"""The engines by name. An engine is loaded only when it is asked for: its libraries are extras."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..core.findings import PackageError
from ..core.progress import Progress, silent
from .proposals import Draft, Engine

ENGINES = ("rules", "model", "both")
DEFAULT = "rules"


def read_engine(name: str) -> Engine:
    """Return the engine of that name. Raises PackageError if it is unknown."""
    if name == "rules":
        from .rules import draft

        return draft
    if name == "model":
        from .model import draft as by_model

        return by_model
    if name == "both":
        from .both import draft as by_both

        return by_both
    raise PackageError(f"unknown engine '{name}' (choose from: {', '.join(ENGINES)})")


def draft_text(
    name: str, text: str, agents: Sequence[Any], language: str, progress: Progress = silent
) -> Draft:
    """Return the engine's proposals for a text, with every span checked against the text.

    Raises PackageError if the engine or what it needs is missing; AssertionError is a bug of the
    engine.
    """
    draft = read_engine(name)(text, agents, language, progress)
    check_grounded(draft, text)
    return draft


def check_grounded(draft: Draft, text: str) -> None:
    """Require that every span is at its stated place, and nothing reaches beyond the text."""
    for statement in draft.statements:
        named = (
            statement.label,
            statement.title,
            statement.cue,
            statement.date_expression,
            statement.antecedent,
        )
        spans = [
            *statement.content,
            *statement.context,
            *(span for _, span in statement.parts),
            *filter(None, named),
        ]
        assert 0 <= statement.start < statement.end <= len(text)
        assert all(text[span.start : span.end] == span.text for span in spans)
    assert all(0 <= left.start < left.end <= len(text) for left in draft.exclusions)
