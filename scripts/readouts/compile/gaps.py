"""The parts of a stretch of text that others leave uncovered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..curation.quotations import Stretch
from ..curation.sentences import without_spaces


def iter_gaps(stretch: Stretch, covered: Iterable[Stretch]) -> Iterator[Stretch]:
    """Return the parts of a stretch that none of the others covers."""
    at, end = stretch
    for low, high in sorted(covered):
        if at < min(low, end):
            yield at, min(low, end)
        at = max(at, high)
    if at < end:
        yield at, end


def iter_uncovered_text(
    text: str, stretch: Stretch, covered: Iterable[Stretch]
) -> Iterator[Stretch]:
    """Return the same, without the spaces around each part, and without parts that consist only of spaces."""
    for gap in iter_gaps(stretch, covered):
        start, end = without_spaces(text, *gap)
        if start < end:
            yield start, end
