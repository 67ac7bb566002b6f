"""The difference between quoted words and the passage that was probably meant, in words."""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz.distance import Levenshtein

from ..curation.quotations import quotable_words
from .nearest import Nearest

_TOKEN = re.compile(r"\w+|\s+|.", re.DOTALL)
_WORD = re.compile(r"\w+")
_SHOWN = 32
"""Code points of unchanged text shown on each side of a difference."""
MOST_NAMED = 4
"""Most differences listed in a message."""


def closest_text(words: str, near: Nearest) -> str:
    """Return the end of a message that shows the nearest passage."""
    return f"; closest text: {difference(words, near.words)}"


def difference(words: str, nearest: str) -> str:
    """Return the closest text, quoted around the differences, with the differences: “Wang said that” (“said” instead of “sald”).

    Characters that look alike are named.
    """
    pieces = _pieces(quotable_words(words), nearest)
    shown = [
        _shortened(new, index > 0, index < len(pieces) - 1) if old == new else new
        for index, (old, new) in enumerate(pieces)
    ]
    changes = [piece for piece in pieces if piece[0] != piece[1]]
    said = list(dict.fromkeys(_said(old, new) for old, new in changes if _WORD.search(old + new)))
    said += _names(changes) or ([] if said else [_said(old, new) for old, new in changes])
    return f"“{''.join(shown)}”" + (f" ({'; '.join(said[:MOST_NAMED])})" if said else "")


def _pieces(words: str, nearest: str) -> list[tuple[str, str]]:
    """Return (old, new) of each run of whole words, in order; equal if nothing changes there."""
    ours, theirs = _TOKEN.findall(words), _TOKEN.findall(nearest)
    pieces: list[tuple[str, str]] = []
    for step in Levenshtein.opcodes(ours, theirs):
        old, new = (
            "".join(ours[step.src_start : step.src_end]),
            "".join(theirs[step.dest_start : step.dest_end]),
        )
        if step.tag != "equal" and pieces and pieces[-1][0] != pieces[-1][1]:
            pieces[-1] = (pieces[-1][0] + old, pieces[-1][1] + new)
        else:
            pieces.append((old, new))
    return pieces


def _said(old: str, new: str) -> str:
    """Describe a change in words."""
    old, new = old.strip(), new.strip()
    if old and new:
        return f"“{new}” instead of “{old}”"
    return f"with “{new}”" if new else f"without “{old}”" if old else "other white space"


def _shortened(text: str, after_change: bool, before_change: bool) -> str:
    head, tail = _SHOWN if after_change else 0, _SHOWN if before_change else 0
    if len(text) <= head + tail + 5:
        return text
    left, right = text[:head], text[len(text) - tail :] if tail else ""
    if text[head : head + 1].isalnum():
        left = left.rpartition(" ")[0] or left
    if tail and text[len(text) - tail - 1].isalnum():
        right = right.partition(" ")[2] or right
    return f"{left} … {right}"


def _names(changes: list[tuple[str, str]]) -> list[str]:
    """Return names of differing characters if one of them is not ASCII: they may look alike."""
    named: dict[str, None] = {}
    for old, new in changes:
        for step in Levenshtein.editops(old, new):
            mine = old[step.src_pos] if step.tag != "insert" else ""
            other = new[step.dest_pos] if step.tag != "delete" else ""
            alike = (
                not mine
                or not other
                or unicodedata.category(mine)[0] == unicodedata.category(other)[0]
            )
            if alike and not (mine + other).isascii():
                if mine and other:
                    named[f"{_name(other)} instead of {_name(mine)}"] = None
                else:
                    named[f"with {_name(other)}" if other else f"without {_name(mine)}"] = None
    return list(named)[:3]


def _name(character: str) -> str:
    name = unicodedata.name(character, "").replace("-MINUS", "").lower()
    shown = f"“{character}” " if character.isprintable() and not character.isspace() else ""
    return f"{name} {shown}U+{ord(character):04X}".strip()
