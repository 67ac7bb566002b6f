"""Trimming of a stretch of text: spaces, punctuation and quotation marks at its ends."""

from __future__ import annotations

from ..curation.quotations import INVISIBLE, Stretch

_OPENING, _CLOSING = "“‘«„\"'", "”’»“\"'"
_PARTNERS = {"“": "”", "«": "»", "„": "“”", '"': '"', "”": "“„", "»": "«", "‘": "’", "'": "'"}
_LEADING = " ,;:.…–—-" + INVISIBLE
_TRAILING = _LEADING + "!?"


def trim(text: str, start: int, end: int) -> Stretch:
    """Return the stretch without spaces and punctuation at its ends, and without quotation marks that enclose it or have no partner in it."""
    while True:
        before = (start, end)
        while start < end and (text[start] in _LEADING or text[start].isspace()):
            start += 1
        while start < end and (text[end - 1] in _TRAILING or text[end - 1].isspace()):
            end -= 1
        if (
            end - start >= 2
            and text[start] in _OPENING
            and text[end - 1] in _CLOSING
            and _encloses(text[start:end])
        ):
            start, end = start + 1, end - 1
        elif (
            end > start
            and text[start] in '“«„"'
            and not _has_partner(text[start], text[start + 1 : end])
        ):
            start += 1
        elif (
            end > start
            and text[end - 1] in '”»"'
            and not _has_partner(text[end - 1], text[start : end - 1])
        ):
            end -= 1
        if before == (start, end):
            return start, end


def _has_partner(mark: str, rest: str) -> bool:
    return any(partner in rest for partner in _PARTNERS[mark])


def _encloses(text: str) -> bool:
    """Return True if the first mark is closed by the last character and not before."""
    return text[-1] in _PARTNERS.get(text[0], "") and not _has_partner(text[0], text[1:-1])
