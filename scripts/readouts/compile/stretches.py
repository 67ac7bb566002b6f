"""From a quotation and its parts to a stretch of the source tiled by segments, or to all their problems.

All offsets are code points of the capture, 0-based, end-exclusive.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..curation.quotations import Quotable, Stretch, is_unspaced
from .gaps import iter_gaps
from .problems import (
    AmbiguousWords,
    Key,
    MissingWords,
    QuotationProblem,
    overlapping,
    short,
    words_of,
)
from .trimming import trim

CONTEXT_LENGTH = 32
"""Code points of prefix and suffix, as the Web Annotation TextQuoteSelector suggests "a snippet" of context."""

_DATING = ("date_expression",)


@dataclass(frozen=True, slots=True)
class Segment:
    role: str
    start: int
    end: int


def locate(source: Quotable, quote: Any, key: Key, within: Stretch | None = None) -> Stretch:
    """Return the position of the quotation. Raises QuotationProblem if it was not found, or occurs several times without `occurrence`."""
    words, occurrence = words_of(quote)
    if not isinstance(quote, str):
        key = (*key, "quote")
    found = source.find(words, within)
    where = "the source" if within is None else "the quotation of this statement"
    if not found and within is None:
        raise MissingWords(
            "quote_in_source",
            key,
            words,
            where,
            "Copy the words from source.txt, whole words only.",
            source,
        )
    if not found:
        raise MissingWords(
            "part_in_quote", key, words, where, "Copy whole words from `quote`.", source, within
        )
    if occurrence is not None:
        if occurrence > len(found):
            raise QuotationProblem(
                "quote_unique", key, f"occurrence {occurrence} of “{short(words)}” does not exist: {where} contains it {len(found)} time(s)",
                "Count the occurrences from the top.",
            )  # fmt: skip
        return found[occurrence - 1]
    if len(found) > 1 and isinstance(quote, str):
        raise AmbiguousWords(key, words, where, len(found))
    if len(found) > 1:
        raise QuotationProblem(
            "quote_unique",
            key,
            f"“{short(words)}” occurs {len(found)} times in {where}",
            "Quote more words, or add occurrence: 1 for the first place.",
        )
    return found[0]


def locate_entry(source: Quotable, entry: dict[str, Any]) -> Stretch:
    """Return the position of a statement or an exclusion: its `quote`, or from its first to its last words. Raises QuotationProblem."""
    if entry.get("quote") is not None:
        return locate(source, entry["quote"], ("quote",))
    start, at = locate(source, entry["from"], ("from",))
    end = locate(source, entry["to"], ("to",))[1]
    if end < at:
        raise QuotationProblem(
            "quote_in_source",
            ("to",),
            "`to` comes before `from` in the text",
            "Swap `from` and `to`.",
        )
    return start, end


def place(
    source: Quotable, entry: dict[str, Any]
) -> tuple[Stretch | None, list[Segment], list[QuotationProblem]]:
    """Return the position of the statement, its segments, and all problems of its quotations, each mistake once.

    `entry` is the statement as curated. Without a stretch the parts are checked against the words
    that the curator wrote.
    """
    try:
        stretch = locate(source, entry["quote"], ("quote",))
    except QuotationProblem as problem:
        written = Quotable.of(words_of(entry["quote"])[0])
        others = [
            other
            for other in locate_parts(written, (0, len(written.text)), entry)[1]
            if other.code != "quote_in_source"
        ]
        return None, [], [problem, *others]
    segments, problems = tile(source, stretch, entry)
    return stretch, segments, problems


def iter_parts(entry: dict[str, Any]) -> Iterator[tuple[Key, str | None, Any]]:
    """Yield (place within the entry, role of the segment or None, quotation) of every marked part."""
    for key, role in (
        ("label", "speaker"),
        ("title", None),
        ("cue", "cue"),
        ("date_expression", "context"),
    ):
        if entry.get(key) is not None:
            yield (key,), role, entry[key]
    for key in ("context", "content"):
        for index, quote in enumerate(entry.get(key) or ()):
            if quote is not None:
                yield (key, index), key, quote
    for index, part in enumerate(entry.get("attributions") or ()):
        if part is not None and part.get("label") is not None:
            yield ("attributions", index, "label"), None, part["label"]


def locate_parts(
    source: Quotable, stretch: Stretch, entry: dict[str, Any]
) -> tuple[list[tuple[Segment, Key]], list[QuotationProblem]]:
    """Return the parts that are segments of the stretch, and the problems of those that are not in it.

    Words that date the statement may be elsewhere in the source; then they are not a segment.
    """
    placed, problems = [], []
    if entry.get("antecedent") is not None and not source.find(words_of(entry["antecedent"])[0]):
        try:
            locate(source, entry["antecedent"], ("antecedent",))
        except QuotationProblem as problem:
            problems.append(problem)
    for key, role, quote in iter_parts(entry):
        elsewhere = key == _DATING and not source.find(words_of(quote)[0], stretch)
        try:
            at = locate(source, quote, key, None if elsewhere else stretch)
        except QuotationProblem as problem:
            problems.append(problem)
            continue
        if role is not None and not elsewhere:
            placed.append((Segment(role, *at), key))
    return placed, problems


def tile(
    source: Quotable, stretch: Stretch, entry: dict[str, Any]
) -> tuple[list[Segment], list[QuotationProblem]]:
    """Return the segments of a statement, in order, without gaps; none, and the problems, if parts cannot be located.

    `entry` is the statement as curated.
    """
    marked_parts, problems = locate_parts(source, stretch, entry)
    if problems:
        return [], problems
    marked_parts.sort(key=lambda part: (part[0].start, part[0].end))
    for (left, before), (right, key) in itertools.pairwise(marked_parts):
        if right.start < left.end:
            problems.append(
                overlapping(source, (left.start, left.end), before, (right.start, right.end), key)
            )
    if problems:
        return [], problems
    parts = [segment for segment, _ in marked_parts]
    if not entry.get("content"):
        for start, end in list(_gaps(parts, stretch)):
            start, end = trim(source.text, start, end)
            if start < end:
                parts.append(Segment("content", start, end))
        parts.sort(key=lambda s: s.start)
    if not any(segment.role == "content" for segment in parts):
        message, hint, at = (
            "no part of the quotation is left as content",
            "Mark fewer words, or add `content`.",
            ("quote",),
        )
        contexts = [part for part in marked_parts if part[0].role == "context"]
        longest, at = max(
            contexts, key=lambda part: part[0].end - part[0].start, default=(Segment("", 0, 0), at)
        )
        if (longest.end - longest.start) * 2 >= stretch[1] - stretch[0]:
            words = short(source.text[longest.start : longest.end])
            message += f": “{words}” is marked as {at[0]}"
            hint = f"Mark fewer words than “{words}”: leave the content unmarked."
        return [], [QuotationProblem("content_present", at, message, hint)]
    segments = sorted(
        parts + [Segment("context", *gap) for gap in _gaps(parts, stretch)], key=lambda s: s.start
    )
    return _joined(segments), []


def _gaps(marked: list[Segment], stretch: Stretch) -> Iterator[Stretch]:
    return iter_gaps(stretch, [(segment.start, segment.end) for segment in marked])


def _joined(segments: list[Segment]) -> list[Segment]:
    """Merge neighbouring context segments."""
    result: list[Segment] = []
    for segment in segments:
        if result and segment.role == result[-1].role == "context":
            result[-1] = Segment("context", result[-1].start, segment.end)
        else:
            result.append(segment)
    return result


def join_content(pieces: list[str]) -> str:
    """Join content stretches to one string: with a space, or nothing between characters of scripts without spaces."""
    result = pieces[0]
    for piece in pieces[1:]:
        result += ("" if is_unspaced(result[-1]) and is_unspaced(piece[0]) else " ") + piece
    return result
