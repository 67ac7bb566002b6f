"""Words that differ between two texts."""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Iterable

from ..curation.quotations import is_unspaced

MAX_TOKENS = 3_000
"""Longest differing passage that is compared word by word: the comparison takes quadratic time."""

Piece = tuple[str, str]
"""(mark, words): mark " " for words of both texts, "-" of the old alone, "+" of the new alone."""


def iter_tokens(text: str) -> list[str]:
    """Split a text into words, runs of white space and single marks; in scripts without spaces into single characters. Joined they are the text."""
    tokens: list[str] = []
    for found in re.findall(r"\s+|\w+|[^\w\s]", text):
        tokens += list(found) if any(map(is_unspaced, found)) else [found]
    return tokens


def word_changes(old: str, new: str) -> list[Piece]:
    """Return the pieces of both texts in order; without "+" they are the old text, without "-" the new."""
    a, b = iter_tokens(old), iter_tokens(new)
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    left, right = a[head : len(a) - tail], b[head : len(b) - tail]
    pieces: list[Piece] = [(" ", "".join(a[:head]))]
    if max(len(left), len(right)) > MAX_TOKENS:
        pieces += [("-", "".join(left)), ("+", "".join(right))]
    else:
        for kind, i, j, m, n in difflib.SequenceMatcher(
            None, left, right, autojunk=False
        ).get_opcodes():
            if kind == "equal":
                pieces.append((" ", "".join(left[i:j])))
            else:
                pieces += [("-", "".join(left[i:j])), ("+", "".join(right[m:n]))]
    pieces.append((" ", "".join(a[len(a) - tail :])))
    return _joined([piece for piece in pieces if piece[1]])


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Join changes separated only by white space, so that a reworded passage reads as one."""
    result: list[Piece] = []
    removed, added = "", ""

    def close() -> None:
        nonlocal removed, added
        result.extend(piece for piece in (("-", removed), ("+", added)) if piece[1])
        removed, added = "", ""

    for number, (mark, words) in enumerate(pieces):
        if mark == "-":
            removed += words
        elif mark == "+":
            added += words
        elif words.isspace() and (removed or added) and number + 1 < len(pieces):
            removed, added = removed + words, added + words
        else:
            close()
            result.append((mark, words))
    close()
    return result


def as_plain(pieces: Iterable[Piece]) -> str:
    """Return the text with each change in brackets: `[old → new]`, `[removed: old]` or `[added: new]`."""
    text = ""
    for is_change, group in itertools.groupby(
        (piece for piece in pieces if piece[1]), lambda piece: piece[0] != " "
    ):
        found = list(group)
        if is_change:
            removed, added = (
                "".join(words for mark, words in found if mark == sign) for sign in "-+"
            )
            text += _change(removed, added)
        else:
            text += "".join(words for _, words in found)
    return text


def _change(removed: str, added: str) -> str:
    """Return one change in brackets, with the white space at its ends outside."""
    old, new = removed.strip(), added.strip()
    shown = (
        f"[{old} → {new}]"
        if old and new
        else f"[removed: {old}]"
        if old
        else f"[added: {new}]"
        if new
        else ""
    )
    last = added or removed
    return " " * last[:1].isspace() + shown + " " * (bool(shown) and last[-1:].isspace())


def shortened(pieces: list[Piece], around: int) -> list[Piece]:
    """Return the same with "…" for the middle of long common passages: `around` code points stay next to each change."""
    result = []
    for number, (mark, words) in enumerate(pieces):
        if mark == " ":
            before = around if number else 0
            after = around if number + 1 < len(pieces) else 0
            if len(words) > before + after + 3:
                words = f"{words[:before]}…{words[len(words) - after :]}"
        result.append((mark, words))
    return result
