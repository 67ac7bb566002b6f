"""A source's text cut into runs: the words of one statement with their roles, excluded, uncovered and hidden text.

Offsets are code points of the captured text. The runs of a source, put together, equal the shown
text, character for character.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ..compile.rows import Row
from .notes import Draft

Span = tuple[int, str]
"""(offset, text) of a part of the source that may be shown."""


@dataclass(slots=True)
class Run:
    """`kind` is statement, draft, excluded, uncovered, plain or hidden; `parts` are (role, text), the role "" outside of statements.

    `first` means that no earlier run is of the same statement or draft. For hidden text only the
    number of characters is known.
    """

    kind: str
    start: int
    parts: list[tuple[str, str]] = field(default_factory=list)
    statement: Row | None = None
    draft: Draft | None = None
    reason: str = ""
    first: bool = True
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class _Layer:
    """A span with its kind; if several cover one character, the one with the lowest `weight` is shown."""

    start: int
    end: int
    weight: tuple[int, int, int]
    kind: str
    role: str = ""
    statement: Row | None = None
    draft: Draft | None = None
    reason: str = ""


def spans_of(statements: Sequence[Row], text: str | None, length: int) -> list[Span]:
    """Return the parts of a source that may be shown: all of it, or its quotations with their prefix and suffix."""
    if text is not None:
        return [(0, text)]
    known: list[Span] = []
    pieces = [
        (
            s["start"] - len(s["prefix"] or ""),
            (s["prefix"] or "") + s["exact"] + (s["suffix"] or ""),
        )
        for s in statements
    ]
    for start, piece in sorted(pieces):
        start, piece = max(start, 0), piece[: max(length - start, 0)]
        if known and start <= known[-1][0] + len(known[-1][1]):
            before, shown = known[-1]
            known[-1] = before, shown + piece[before + len(shown) - start :]
        else:
            known.append((start, piece))
    return known


def runs_of(
    spans: Sequence[Span],
    length: int,
    statements: Sequence[Row],
    segments: dict[str, list[Row]],
    exclusions: Sequence[Row] = (),
    drafts: Sequence[Draft] = (),
    uncovered: Sequence[tuple[int, int]] = (),
) -> list[Run]:
    """Return the runs of a source of `length` characters, in order. `segments` are those of each statement by its id."""
    layers = [*_layers_of_statements(statements, segments)]
    layers += [_Layer(d.start, d.end, (1, d.end - d.start, 0), "draft", draft=d) for d in drafts]
    layers += [
        _Layer(e["start"], e["end"], (2, 0, 0), "excluded", reason=e["reason"]) for e in exclusions
    ]
    layers += [_Layer(start, end, (3, 0, 0), "uncovered") for start, end in uncovered]
    layers.sort(key=lambda layer: layer.start)
    runs: list[Run] = []
    at, seen = 0, set()
    for start, text in spans:
        if start > at:
            runs.append(Run("hidden", at, hidden=start - at))
        for run in _iter_runs(start, text, layers):
            key = id(run.statement or run.draft) if run.statement or run.draft else None
            run.first = key not in seen
            seen.add(key)
            runs.append(run)
        at = start + len(text)
    if at < length:
        runs.append(Run("hidden", at, hidden=length - at))
    return runs


def _layers_of_statements(
    statements: Sequence[Row], segments: dict[str, list[Row]]
) -> Iterator[_Layer]:
    """Return the segments of each statement; for nested statements the innermost is shown, within one statement the content before its frame."""
    for statement in statements:
        size = statement["end"] - statement["start"]
        for segment in segments.get(statement["statement_id"], ()):
            framing = segment["role"] != "content"
            weight = (0, size, 1) if framing else (0, size, 0)
            yield _Layer(
                segment["start"], segment["end"], weight, "statement", segment["role"], statement
            )


def _iter_runs(offset: int, text: str, layers: Sequence[_Layer]) -> Iterator[Run]:
    """Yield the runs of one shown part; neighbours of one statement are one run."""
    run: Run | None = None
    for top, low, words in _with_gaps_joined(list(_iter_tops(offset, text, layers))):
        if run is None or not _continues(run, top):
            if run is not None:
                yield run
            run = (
                Run("plain", low)
                if top is None
                else Run(top.kind, low, [], top.statement, top.draft, top.reason)
            )
        _extend(run, top.role if top else "", words)
    if run is not None:
        yield run


def _iter_tops(
    offset: int, text: str, layers: Sequence[_Layer]
) -> Iterator[tuple[_Layer | None, int, str]]:
    """Yield (topmost layer, offset, words) of each part of the text covered by the same layers."""
    end = offset + len(text)
    here = [layer for layer in layers if layer.start < end and layer.end > offset]
    bounds = sorted(
        {offset, end, *(b for layer in here for b in (layer.start, layer.end) if offset < b < end)}
    )
    active: list[_Layer] = []
    following = iter(here)
    coming = next(following, None)
    for low, high in pairwise(bounds):
        while coming is not None and coming.start <= low:
            active.append(coming)
            coming = next(following, None)
        active = [layer for layer in active if layer.end > low]
        yield (
            min(active, key=lambda layer: layer.weight, default=None),
            low,
            text[low - offset : high - offset],
        )


def _with_gaps_joined(
    parts: list[tuple[_Layer | None, int, str]],
) -> list[tuple[_Layer | None, int, str]]:
    """Return the parts, with the space between two segments of a statement assigned to the statement."""
    for number in range(1, len(parts) - 1):
        before, after = parts[number - 1][0], parts[number + 1][0]
        _, low, words = parts[number]
        if (
            before
            and after
            and words.isspace()
            and before.statement is not None
            and before.statement is after.statement
        ):
            parts[number] = replace(before, role=""), low, words
    return parts


def _continues(run: Run, top: _Layer | None) -> bool:
    if top is None:
        return run.kind == "plain"
    same = run.statement is top.statement and run.draft is top.draft
    return run.kind == top.kind and same and run.reason == top.reason


def _extend(run: Run, role: str, words: str) -> None:
    if run.parts and run.parts[-1][0] == role:
        words = run.parts.pop()[1] + words
    run.parts.append((role, words))
