"""Quotation marks: the quoted spans of a paragraph."""

from __future__ import annotations

import re

_PAIRS = {"“": "”", "„": "“”", "«": "»", "‘": "’", "「": "」", "『": "』"}
_STRAIGHT = '"'


def quoted_stretches(
    text: str, start: int, end: int, open_before: bool = False
) -> tuple[list[tuple[int, int]], bool]:
    """Return the spans between quotation marks in text[start:end], marks included, and True if the last one stays open.

    `open_before` means that a quotation of the previous paragraph was not closed, so that a mark at
    the beginning continues it. A quotation that stays open extends to the end of the paragraph.
    """
    found: list[tuple[int, int]] = []
    opened: int | None = start if open_before and not _is_mark(text[start : start + 1]) else None
    closing = '”"'
    for at in range(start, end):
        char = text[at]
        if opened is None:
            if (char in _PAIRS and not (char == "‘" and not _opens(text, at))) or (
                char == _STRAIGHT and _opens(text, at)
            ):
                opened, closing = at, _PAIRS.get(char, _STRAIGHT)
        elif char in closing and not (char == "’" and text[at + 1 : at + 2].isalnum()):
            found.append((opened, at + 1))
            opened = None
    if opened is not None and closing != "’":
        found.append((opened, end))
    return found, opened is not None and closing != "’"


def _is_mark(char: str) -> bool:
    return char in _PAIRS or char == _STRAIGHT


def _opens(text: str, at: int) -> bool:
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    return (
        (not before or before.isspace() or before in "([—–-")
        and bool(after)
        and not after.isspace()
    )


def share_quoted(text: str, start: int, end: int, quotes: list[tuple[int, int]]) -> float:
    """Return the share of the letters of text[start:end] that are between quotation marks."""
    letters = [at for at in range(start, end) if text[at].isalnum()]
    inside = sum(any(a < at < b for a, b in quotes) for at in letters)
    return inside / len(letters) if letters else 0.0


_EDGE = re.compile(r"[\s,;:.–—-]")


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without spaces and punctuation at its ends; a closing mark stays if its partner is inside."""
    while start < end and (_EDGE.match(text[start]) or _lonely(text, start, end, start)):
        start += 1
    while start < end and (_cut_at_end(text, start, end)):
        end -= 1
    return start, end


def _cut_at_end(text: str, start: int, end: int) -> bool:
    char = text[end - 1]
    if char == "." and _abbreviated(text, start, end):
        return False
    return bool(_EDGE.match(char)) or _lonely(text, start, end, end - 1)


def _abbreviated(text: str, start: int, end: int) -> bool:
    return re.search(r"(?:\b[A-Z]\.){2,}$", text[start:end]) is not None


def _lonely(text: str, start: int, end: int, at: int) -> bool:
    """Return True if the mark at `at` has no partner within the span."""
    char, inside = text[at], text[start:end]
    if char in "“„«「『(":
        partner = {"(": ")"}.get(char, _PAIRS.get(char, ""))
        return not any(p in inside for p in partner)
    if char in "”»」』)":
        return not any(
            opening in inside
            for opening in {"”": "“„", "»": "«", "」": "「", "』": "『", ")": "("}[char]
        )
    if char == _STRAIGHT:
        return inside.count(_STRAIGHT) % 2 == 1
    return False


def without_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a quotation without its marks and the comma or full stop before the closing one."""
    while start < end and (_is_mark(text[start]) or text[start].isspace()):
        start += 1
    while start < end and (text[end - 1] in '”"»’」』“' or text[end - 1].isspace()):
        end -= 1
    return trimmed(text, start, end)
