"""Visible words of an HTML fragment, and the share of them that a captured text keeps.

Uses the standard library's parser, so that it shares no code with the code it measures.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser

INLINE = frozenset([
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr",
])  # fmt: skip
UNSEEN = frozenset(["script", "style", "template"])


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.unseen += tag in UNSEEN
        if tag not in INLINE:
            self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in UNSEEN
        if tag not in INLINE:
            self.pieces.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.pieces.append(data)


def visible_words(fragment: str) -> list[str]:
    """Return the words of an HTML fragment in order, split at white space and at every tag that is not inline."""
    parser = _Words()
    parser.feed(fragment)
    parser.close()
    return "".join(parser.pieces).split()


@dataclass(frozen=True)
class Score:
    """``recall``: share of the body's words kept in order; ``foreign``: share of the captured words
    not of it.
    """

    recall: float
    foreign: float

    @property
    def passes(self) -> bool:
        """True if at least 99 % of the words are kept and at most 1 % are foreign."""
        return self.recall >= 0.99 and self.foreign <= 0.01


def score(body: Sequence[str], text: str, allowed: Sequence[str]) -> Score:
    """Compare a captured text with the words of the body.

    ``allowed`` are whole lines (title, metadata) that count neither for nor against, once each;
    every other captured word that is not matched in order is foreign. Matching is difflib's after
    cutting the common ends: never more than the longest common subsequence, so never flattering.
    """
    words: list[str] = []
    body = [unicodedata.normalize("NFKC", word) for word in body]  # a raised 6 is a 6
    spare = [unicodedata.normalize("NFKC", line).split() for line in allowed]
    for line in unicodedata.normalize("NFKC", text).splitlines():
        parts = line.split()
        if parts in spare:
            spare.remove(parts)
        else:
            words += parts
    kept = _matched(list(body), words)
    return Score(
        recall=kept / len(body) if body else 1.0,
        foreign=(len(words) - kept) / len(words) if words else 0.0,
    )


def _matched(a: list[str], b: list[str]) -> int:
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    matcher = SequenceMatcher(
        None, a[start : len(a) - end], b[start : len(b) - end], autojunk=False
    )
    return start + end + sum(block.size for block in matcher.get_matching_blocks())
