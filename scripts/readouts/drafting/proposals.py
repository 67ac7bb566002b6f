"""What an engine proposes for a captured text: statements and exclusions, every word of them with its place in the text.

Offsets are 0-based, end-exclusive, in Unicode code points of the captured text; `text[span.start:span.end] == span.text` always.
An engine is a function that takes text, agents, language and a progress callback, and returns a `Draft`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ..progress import Progress


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the captured text with its words."""

    text: str
    start: int
    end: int

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The stretch of the text from `start` to `end`."""
        return cls(text[start:end], start, end)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One drafted statement. What is uncertain is None or empty."""

    start: int
    end: int
    """`start` to `end`: the whole stretch that a curator would quote."""
    content: tuple[Span, ...]
    mode: str
    speech_act: str | None
    label: Span | None = None
    """How the text names the speaker."""
    title: Span | None = None
    """The office as printed."""
    cue: Span | None = None
    context: tuple[Span, ...] = ()
    date_expression: Span | None = None
    antecedent: Span | None = None
    """Earlier words that name the speaker."""
    continues: int | None = None
    """Index into Draft.statements of the statement whose speaker this one takes up."""
    within: int | None = None
    """Index into Draft.statements of the statement whose content holds this one."""
    speaker_names: tuple[str, ...] = ()
    """As the text names them; () is open."""
    agent_ids: tuple[str, ...] = ()
    """Matched agents of the package."""
    parts: tuple[tuple[str, Span], ...] = ()
    """(role, span): addressee, target, principal, relayer."""
    section: str = "body"
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A stretch that is not a statement, and the reason."""

    start: int
    end: int
    reason: str
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Draft:
    """What an engine proposes for one text."""

    statements: tuple[Proposal, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    notes: tuple[str, ...] = ()


Engine = Callable[[str, Sequence[Any], str, Progress], Draft]
