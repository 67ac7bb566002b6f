"""Sentences of a text, for drafts: where to cut is a proposal that a curator changes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .quotations import Stretch

_END = re.compile(r"[.!?…]+[\"”’»)\]]*(?=\s+[\"“‘«(\[]?[^\W\d_a-zß-öø-ÿ])|[。！？]+[」』”]*|(?=\n)|\Z")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sgt|Sen|Rep|Gov|St|vs|No|Nos|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Ltd|Co|Jr|Sr)"
    r"|\b[A-Z]|\b(?:[A-Za-z]\.)+[A-Za-z])\.\Z"
)


def iter_sentences(text: str, within: Stretch | None = None) -> Iterator[Stretch]:
    """The stretches of the sentences and of lines without a full stop, without the spaces around them. Offsets are code points."""
    low, high = within or (0, len(text))
    start = low
    for match in _END.finditer(text, low, high):
        end = match.end()
        if text[start:end].rstrip().endswith(".") and _ABBREVIATED.search(text, max(start, end - 20), end):
            continue
        stretch = _without_spaces(text, start, end)
        if stretch[0] < stretch[1]:
            yield stretch
            start = end
    stretch = _without_spaces(text, start, high)
    if stretch[0] < stretch[1]:
        yield stretch


def _without_spaces(text: str, start: int, end: int) -> Stretch:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
