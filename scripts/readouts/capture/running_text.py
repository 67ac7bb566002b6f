"""Which blocks of a page read like running text, and how much of it is in each."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence

import trafilatura
from lxml import etree

from .block import Block
from .headline import key_of
from .page_chrome import is_closing

# trafilatura logs what it cannot extract; without a handler the interpreter would print that to the
# terminal
logging.getLogger("trafilatura").addHandler(logging.NullHandler())

MOST_VOTED = 100_000  # most characters of a page passed to trafilatura: it takes seconds for more
UNVOTED = 0.25  # weight of running text that trafilatura leaves out
SHORT = 0.5  # weight of a line too short to be running text
_SENTENCE_END = re.compile(r"[.!?:;。！？؟…]['\"”’»)]*\s*$")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def weights_of(
    page_html: str,
    blocks: Sequence[Block],
    free: Sequence[bool],
    after: int,
    nearest: etree._Element | None,
) -> list[float]:
    """Return the amount of running text in each block from ``after`` on: characters outside links, half of them in short lines.

    They count in full if trafilatura takes the block, or if it is in the element nearest to the
    headline or in a similar one next to it; otherwise they count a quarter. If trafilatura misses
    the text nearest to the headline (a document of one sentence) or takes nearly everything, its
    choice is ignored.
    """
    whole = sum(block.weight for block, ok in zip(blocks, free, strict=True) if ok)
    voted = (
        key_of(trafilatura.extract(page_html, include_comments=False) or "")
        if whole < MOST_VOTED
        else ""
    )
    taken = [key_of(block.text) in voted for block in blocks]
    much = sum(b.weight for b, ok, yes in zip(blocks, free, taken, strict=True) if ok and yes)
    if nearest is not None:
        own = [yes for block, yes in zip(blocks, taken, strict=True) if nearest in block.ancestors]
        if not any(own) or much > 0.9 * whole:
            taken = [False] * len(blocks)
    alike = _alike(nearest)
    weights = [0.0] * len(blocks)
    for i, block in enumerate(blocks):
        if i < after or not free[i] or is_closing(block) or is_date_line(block):
            continue
        confirmed = taken[i] or any(e in alike for e in block.ancestors)
        length = block.weight - block.linked
        weights[i] = (
            length * (1.0 if is_running(block) else SHORT) * (1.0 if confirmed else UNVOTED)
        )
    return weights


def _alike(element: etree._Element | None) -> set[etree._Element]:
    """Return an element and its siblings with the same tag and class: the parts of a divided body."""
    if element is None or element.getparent() is None or element.tag == "td":
        return set() if element is None else {element}
    kind = (element.tag, element.get("class"))
    return {e for e in element.getparent() if (e.tag, e.get("class")) == kind}


def is_running(block: Block) -> bool:
    """Return True if a block reads as text: long, or a sentence; not links or a closing line."""
    if block.link_share >= 0.5 or is_closing(block):
        return False
    sentence = len(block.text.split()) >= 3 and _SENTENCE_END.search(block.text)
    return block.weight >= 40 or bool(sentence)


def is_date_line(block: Block) -> bool:
    return (
        block.weight < 80
        and bool(_YEAR.search(block.text))
        and not _SENTENCE_END.search(block.text)
    )
