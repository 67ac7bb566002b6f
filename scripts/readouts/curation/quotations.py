"""Finding a quotation in its source.

Offsets are 0-based, end-exclusive, in Unicode code points of the text as captured. A run of white
space in the quotation matches any run of white space in the source (U+00A0, U+202F and line ends
included); invisible characters of the source (a soft hyphen, a zero-width space) need not be
quoted, but a quoted one must be there; every other character matches only itself. A quotation
begins and ends at a word boundary, so that a missing letter at its end is noticed; one of
punctuation alone (a cue “:”) is not inside a word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

Stretch = tuple[int, int]

_SPACE = re.compile(r"\s+")
_LONG_SPACE = re.compile(r"\s\s+")
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Invisible characters: the soft hyphen, zero-width characters and direction marks."""
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_RUN = re.compile(rf"[\s{INVISIBLE}]{{2,}}|[{INVISIBLE}]")
# Scripts written without spaces between words: word boundaries cannot be seen there.
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
)


# Letters that engines lower-case differently, or that only case folding makes the same.
_FOLDED_FIRST = {"İ": "i\u0307", "ẞ": "ss", "ß": "ss", "Σ": "σ", "ς": "σ"}


def fold_space(text: str) -> str:
    """Return the text with every run of white space as one space, none at the ends."""
    return " ".join(text.split())


def folded(text: str) -> str:
    """Return the text for comparisons that ignore case and white space: the macro `folded` of schema/guards/tables.sql, in Python.

    Not `str.casefold`, which no SQL engine has: ß becomes ss, the three sigmas become one, and
    every other letter its own lower case.
    """
    text = fold_space(text)
    for letter, small in _FOLDED_FIRST.items():
        text = text.replace(letter, small)
    return text.lower()


def quotable_words(text: str) -> str:
    """Return the text as quotations are compared: white space folded, without invisible characters."""
    return fold_space(_INVISIBLE.sub("", text))


def is_unspaced(character: str) -> bool:
    """Return True if the character is of a script written without spaces."""
    return _UNSPACED.match(character) is not None


def joins(left: str, right: str) -> bool:
    """Return True if the two characters belong to one word."""
    return left.isalnum() and right.isalnum() and not is_unspaced(left) and not is_unspaced(right)


def _space_of(run: re.Match[str]) -> str:
    """Return the replacement of a run of white space and invisible characters."""
    return " " if _SPACE.search(run[0]) else ""


@dataclass(frozen=True, slots=True)
class Quotable:
    """A text to find quotations in. Build it once per source."""

    text: str
    folded: str
    _marks: list[int]
    """Start in `folded` of each run that is in the text unchanged; the text has additional white space between them."""
    _shifts: list[int]
    """How much further on the run begins in the text."""
    _starts: list[int]
    """Start of the run in the text."""

    @classmethod
    def of(cls, text: str) -> Quotable:
        marks, shifts, shift = [0], [0], 0
        seen = _INVISIBLE.search(text) is None
        for match in (_LONG_SPACE if seen else _RUN).finditer(text):
            shift += match.end() - match.start() - (1 if seen else len(_space_of(match)))
            marks.append(match.end() - shift)
            shifts.append(shift)
        starts = [mark + shift for mark, shift in zip(marks, shifts, strict=True)]
        folded = _SPACE.sub(" ", text if seen else _RUN.sub(_space_of, text))
        return cls(text, folded, marks, shifts, starts)

    def _offset(self, folded: int) -> int:
        return folded + self._shifts[bisect_right(self._marks, folded) - 1]

    def _folded_offset(self, offset: int) -> int:
        """Return the first place of `folded` at or after the offset."""
        run = bisect_right(self._starts, offset) - 1
        end = self._marks[run + 1] if run + 1 < len(self._marks) else len(self.folded)
        return min(offset - self._shifts[run], end)

    def folded_stretch(self, stretch: Stretch) -> Stretch:
        """Return the offsets in `folded` of a passage of the text."""
        return self._folded_offset(stretch[0]), self._folded_offset(stretch[1])

    def stretch_of_folded(self, folded: Stretch) -> Stretch:
        """Return the offsets in the text of a passage of `folded` that does not begin or end with a space."""
        return self._offset(folded[0]), self._offset(folded[1] - 1) + 1

    def _holds(self, stretch: Stretch, words: str) -> bool:
        """Return True if the invisible characters of the words are in the passage too; those at its ends, next to it."""
        words = fold_space(words)
        start = stretch[0] - (len(words) - len(words.lstrip(INVISIBLE)))
        end = stretch[1] + (len(words) - len(words.rstrip(INVISIBLE)))
        return start >= 0 and fold_space(self.text[start:end]) == words

    def find(self, words: str, within: Stretch | None = None) -> list[Stretch]:
        """Return all places, in order, of the words as whole words; `within` limits the search."""
        needle = quotable_words(words)
        if not needle:
            return []
        seen = _INVISIBLE.search(words) is None
        wordless = not any(character.isalnum() for character in needle)
        low, high = 0, len(self.folded)
        if within is not None:
            low, high = self._folded_offset(within[0]), self._folded_offset(within[1])
        found = []
        at = self.folded.find(needle, low, high)
        while at != -1:
            end = at + len(needle)
            before, after = self.folded[at - 1 : at] or " ", self.folded[end : end + 1] or " "
            broken = joins(before, needle[0]) or joins(needle[-1], after)
            stretch = self._offset(at), self._offset(end - 1) + 1
            if (
                not broken
                and not (wordless and joins(before, after))
                and (seen or self._holds(stretch, words))
            ):
                found.append(stretch)
            at = self.folded.find(needle, at + 1, high)
        return found
