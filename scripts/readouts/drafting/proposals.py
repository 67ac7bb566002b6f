"""An engine's proposals for a captured text: statements and exclusions, every word with its place in the text.

Offsets are 0-based, end-exclusive, in Unicode code points of the captured text;
`text[span.start:span.end] == span.text` always. An engine is a function that takes text, agents,
language and a progress callback, and returns a `Draft`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ..core.progress import Progress


@dataclass(frozen=True, slots=True)
class Span:
    """A span of the captured text with its words."""

    text: str
    start: int
    end: int

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """Return the span of the text from `start` to `end`."""
        return cls(text[start:end], start, end)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One drafted statement. Uncertain values are None or empty."""

    start: int
    end: int
    """`start` to `end`: the whole passage that a curator would quote."""
    content: tuple[Span, ...]
    mode: str
    speech_act: str | None
    label: Span | None = None
    """The words by which the text names the speaker."""
    title: Span | None = None
    """The office as printed."""
    cue: Span | None = None
    context: tuple[Span, ...] = ()
    date_expression: Span | None = None
    antecedent: Span | None = None
    """Earlier words that name the speaker."""
    continues: int | None = None
    """Index in Draft.statements of the statement with the same speaker that this one continues."""
    within: int | None = None
    """Index in Draft.statements of the statement whose content contains this one."""
    speaker_names: tuple[str, ...] = ()
    """As the text names them; () if open."""
    agent_ids: tuple[str, ...] = ()
    """Matched agents of the package."""
    parts: tuple[tuple[str, Span], ...] = ()
    """(role, span): addressee, target, principal, relayer."""
    section: str = "body"
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A passage that is not a statement, and the reason."""

    start: int
    end: int
    reason: str
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Draft:
    """An engine's proposals for one text."""

    statements: tuple[Proposal, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    notes: tuple[str, ...] = ()


Engine = Callable[[str, Sequence[Any], str, Progress], Draft]
