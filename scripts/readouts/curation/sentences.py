"""Sentences of a text, for drafts: the boundaries are proposals that a curator changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..core.lexicon import read_lexicon
from .quotations import Stretch

CAPITALS = "A-Z" + "".join(filter(str.isupper, map(chr, range(0xC0, 0x250))))
"""Capital letters of Latin scripts, for a class of a pattern: names have accents."""
DATELINE = re.compile(
    r"(?:[A-Z][A-Z.’' ,-]{2,40}(?:\([A-Za-z/ .]{2,40}\)\s*)?\s?[—–-]{1,2}\s)|(?:[A-Z][\w.’' ,]{2,40}\([A-Z][\w/ .]{1,30}\)\s?[—–-]{1,2}\s)".replace(
        "A-Z", CAPITALS
    )
)
"""A news agency's dateline in front of its first sentence: `GENEVA, 20 May 2021 (Agency) -- `."""
_END = re.compile(
    r"[.!?…]+[\"”’»)\]]*(?=\s+[\"“‘«(\[¿¡—–-]*\s*[^\W\d_a-zß-öø-ÿ])|[؟۔।]+[\"”’»)\]]*(?=\s)|[。！？]+[」』”]*|(?=[\n\r\x85\u2028\u2029])|\Z"
)
"""Possible ends of a sentence: a mark before a word that does not begin with a lowercase letter, the marks of Arabic, Urdu and Hindi, of Chinese
and Japanese, and each end of a line (UAX 29, Sep)."""
_INITIALS = re.compile(r"(?:\b[^\W\d_a-zß-öø-ÿ]|\b(?:[^\W\d_]\.)+[^\W\d_])\.\Z")
_LONGEST = 20
"""Most code points of an abbreviation."""


def iter_sentences(text: str, within: Stretch | None = None) -> Iterator[Stretch]:
    """Yield the spans of sentences and of lines without a full stop, without surrounding spaces. Offsets are code points."""
    low, high = within or (0, len(text))
    start = low
    for match in _END.finditer(text, low, high):
        end = match.end()
        if text[start:end].endswith(".") and _is_abbreviated(text, start, end):
            continue
        stretch = without_spaces(text, start, end)
        if stretch[0] < stretch[1]:
            yield stretch
            start = end
    stretch = without_spaces(text, start, high)
    if stretch[0] < stretch[1]:
        yield stretch


def _is_abbreviated(text: str, start: int, end: int) -> bool:
    """Return True if the full stop before `end` belongs to an abbreviation of any language, within it or at its end, or to an initial."""
    low = max(start, end - _LONGEST)
    if _INITIALS.search(text, low, end):
        return True
    found = _abbreviations().finditer(text, low, min(len(text), end + _LONGEST))
    return any(match.start() < end <= match.end() for match in found)


@cache
def _abbreviations() -> re.Pattern[str]:
    words = {
        w
        for language in read_lexicon().values()
        for w in language.words("abbreviations")
        if w.endswith(".")
    }
    spaced = (
        re.escape(word).replace(r"\ ", r"\s+")
        for word in sorted(words, key=lambda word: (-len(word), word))
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})")


def without_spaces(text: str, start: int, end: int) -> Stretch:
    """Return the span without the spaces at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
