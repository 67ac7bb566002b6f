"""From a quotation and its parts to a stretch of the source tiled by segments.

All offsets are code points of the capture, 0-based, end-exclusive.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..curation.quotations import Quotable, Stretch, is_unspaced

CONTEXT_LENGTH = 32
"""Code points of prefix and suffix, as the Web Annotation TextQuoteSelector suggests "a snippet" of context."""

_OPENING, _CLOSING = "“‘«„\"'", "”’»“\"'"
_LEADING = " ,;:.…–—-"
_TRAILING = " ,;:.…–—-!?"


class QuotationProblem(Exception):
    """A quotation that is not in the text, is there twice, or overlaps another part."""

    def __init__(self, code: str, key: tuple[str | int, ...], message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.key, self.message, self.hint = code, key, message, hint


@dataclass(frozen=True, slots=True)
class Segment:
    role: str
    start: int
    end: int


def words_of(quote: Any) -> tuple[str, int | None]:
    """(words, occurrence or None) of a quotation in either form that curators may write."""
    return (quote, None) if isinstance(quote, str) else (quote["quote"], quote.get("occurrence"))


def locate(source: Quotable, quote: Any, key: tuple[str | int, ...], within: Stretch | None = None) -> Stretch:
    """Where the quotation stands. Raises QuotationProblem if it is nowhere, or in several places and no `occurrence` says which."""
    words, occurrence = words_of(quote)
    found = source.find(words, within)
    where = "the source" if within is None else "the quotation of this statement"
    if not found:
        code = "quote_in_source" if within is None else "part_in_quote"
        raise QuotationProblem(code, key, f"“{_short(words)}” does not stand in {where}", _hint_for_missing(within))
    if occurrence is not None:
        if occurrence > len(found):
            raise QuotationProblem(
                "quote_unique", key, f"“{_short(words)}” stands in {where} {len(found)} time(s); there is no occurrence {occurrence}",
                "Count the places again from the top.",
            )  # fmt: skip
        return found[occurrence - 1]
    if len(found) > 1:
        raise QuotationProblem(
            "quote_unique", key, f"“{_short(words)}” stands in {where} {len(found)} times",
            "Quote more words, or write {quote: …, occurrence: 2} to say which.",
        )  # fmt: skip
    return found[0]


def locate_entry(source: Quotable, entry: dict[str, Any]) -> Stretch:
    """Where a statement or an exclusion stands: its `quote`, or from the first of its words to the last. Raises QuotationProblem."""
    if entry.get("quote") is not None:
        return locate(source, entry["quote"], ("quote",))
    start, at = locate(source, entry["from"], ("from",))
    end = locate(source, entry["to"], ("to",))[1]
    if end < at:
        raise QuotationProblem(
            "quote_in_source", ("to",), "the last words stand before the first", "Exchange `from` and `to`."
        )
    return start, end


def _hint_for_missing(within: Stretch | None) -> str:
    if within is None:
        return "Copy the words from source.txt, from the beginning of a word to the end of one."
    return "Copy whole words out of `quote` above."


def tile(source: Quotable, stretch: Stretch, entry: dict[str, Any]) -> tuple[list[Segment], list[Stretch]]:
    """The segments of a statement, in order, without gap from end to end; and the stretches of its `attributions` labels.

    `entry` is the statement as curated. Raises QuotationProblem.
    """
    marked: list[Segment] = []
    for key, role in (("label", "speaker"), ("cue", "cue"), ("date_expression", "context")):
        if entry.get(key) is not None:
            if key == "date_expression" and not source.find(words_of(entry[key])[0], stretch):
                locate(source, entry[key], (key,))
                continue
            marked.append(Segment(role, *locate(source, entry[key], (key,), stretch)))
    for key, role in (("context", "context"), ("content", "content")):
        for index, quote in enumerate(entry.get(key) or ()):
            marked.append(Segment(role, *locate(source, quote, (key, index), stretch)))
    if entry.get("title") is not None:
        locate(source, entry["title"], ("title",), stretch)
    labels = []
    for index, part in enumerate(entry.get("attributions") or ()):
        if part.get("label") is not None:
            labels.append(locate(source, part["label"], ("attributions", index, "label"), stretch))
    marked.sort(key=lambda s: (s.start, s.end))
    for left, right in itertools.pairwise(marked):
        if right.start < left.end:
            if {left.role, right.role} == {"context"}:
                raise QuotationProblem(
                    "parts_apart", ("context",), "two stretches of context overlap", "Join them into one."
                )
            raise QuotationProblem(
                "parts_apart", ("quote",), f"the {left.role} “{_short(source.text[left.start : left.end])}” and the {right.role} "
                f"“{_short(source.text[right.start : right.end])}” overlap", "Let each word belong to one part.",
            )  # fmt: skip
    if not entry.get("content"):
        for start, end in list(_gaps(marked, stretch)):
            start, end = trim(source.text, start, end)
            if start < end:
                marked.append(Segment("content", start, end))
        marked.sort(key=lambda s: s.start)
    if not any(segment.role == "content" for segment in marked):
        raise QuotationProblem(
            "content_present",
            ("quote",),
            "nothing is left of the quotation as content",
            "Mark less of it, or write `content`.",
        )
    segments = sorted(marked + [Segment("context", *gap) for gap in _gaps(marked, stretch)], key=lambda s: s.start)
    return _joined(segments), labels


def _gaps(marked: list[Segment], stretch: Stretch) -> Iterator[Stretch]:
    at = stretch[0]
    for segment in marked:
        if segment.start > at:
            yield at, segment.start
        at = max(at, segment.end)
    if at < stretch[1]:
        yield at, stretch[1]


def _joined(segments: list[Segment]) -> list[Segment]:
    """Neighbouring context segments as one."""
    result: list[Segment] = []
    for segment in segments:
        if result and segment.role == result[-1].role == "context":
            result[-1] = Segment("context", result[-1].start, segment.end)
        else:
            result.append(segment)
    return result


def trim(text: str, start: int, end: int) -> Stretch:
    """The stretch without spaces and punctuation at its ends, and without quotation marks that enclose it or have no partner in it."""
    while True:
        before = (start, end)
        while start < end and (text[start] in _LEADING or text[start].isspace()):
            start += 1
        while start < end and (text[end - 1] in _TRAILING or text[end - 1].isspace()):
            end -= 1
        if end - start >= 2 and text[start] in _OPENING and text[end - 1] in _CLOSING and _encloses(text[start:end]):
            start, end = start + 1, end - 1
        elif end > start and text[start] in '“«„"' and not _has_partner(text[start], text[start + 1 : end]):
            start += 1
        elif end > start and text[end - 1] in '”»"' and not _has_partner(text[end - 1], text[start : end - 1]):
            end -= 1
        if before == (start, end):
            return start, end


_PARTNERS = {"“": "”", "«": "»", "„": "“”", '"': '"', "”": "“„", "»": "«", "‘": "’", "'": "'"}


def _has_partner(mark: str, rest: str) -> bool:
    return any(partner in rest for partner in _PARTNERS[mark])


def _encloses(text: str) -> bool:
    """Whether the first mark is closed by the last character and by none before it."""
    return text[-1] in _PARTNERS.get(text[0], "") and not _has_partner(text[0], text[1:-1])


def join_content(pieces: list[str]) -> str:
    """Content stretches as one string: joined by one space, by nothing between characters of scripts without spaces."""
    result = pieces[0]
    for piece in pieces[1:]:
        result += ("" if is_unspaced(result[-1]) and is_unspaced(piece[0]) else " ") + piece
    return result


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 90 else words[:60] + " … " + words[-25:]
