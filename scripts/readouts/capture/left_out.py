"""Text of a document that is not in the captured text, and the reason for each part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from .block import Block
from .marks import FRAME
from .page_chrome import CLOSING, is_closing, is_link_row, page_chrome_name

LONGEST_NOTE = 80
MOST_NOTES = 20
_SENTENCE_END = re.compile(r"[.!?:;。！？؟…।]['\"”’»)\]]*\s*$")


@dataclass(frozen=True)
class LeftOut:
    """A run of the document's text that is not in the captured text, the reason, and whether captured text comes after and before it."""

    text: str
    reason: str
    inside: bool = False


def left_out_of(
    everything: Sequence[Block],
    kept: set[Block],
    headline: Block | None,
    marked: set[etree._Element],
) -> tuple[LeftOut, ...]:
    """Return all text of a page that is not in the blocks kept, in order."""
    places = [i for i, block in enumerate(everything) if block in kept]
    first, last = (places[0], places[-1]) if places else (0, -1)
    left = []
    for i, block in enumerate(everything):
        if block not in kept:
            place = (
                "before the document"
                if i < first
                else "after the document"
                if i > last
                else "next to the document"
            )
            reason = block.hidden or _why_out(block, marked, place)
            left.append(LeftOut(block.text, reason, first < i < last))
    return tuple(left)


def _why_out(block: Block, marked: set[etree._Element], place: str) -> str:
    element = next((e for e in reversed(block.ancestors) if e in marked), None)
    if element is not None:
        return page_chrome_name(element)
    if is_link_row(block):
        return "row of links"
    return "closing line" if is_closing(block) else place


def notes_on(left_out: Sequence[LeftOut]) -> Iterator[str]:
    """Return a note on each part left out that is inside the text or reads like prose; the others are only in the list."""
    shown = [
        p
        for p in left_out
        if (p.inside and len(p.text.split()) > 1 and p.reason != FRAME) or _reads_like_prose(p.text)
    ]
    for part in shown[:MOST_NOTES]:
        yield f'left out ({part.reason}): "{shortened(part.text)}"'
    if len(shown) > MOST_NOTES:
        yield f"left out: {len(shown) - MOST_NOTES} more parts that read like prose; capture.json lists them"


def _reads_like_prose(text: str) -> bool:
    words = len(text.split())
    return (
        (words >= 5 or (words and len(text) / words > 12 and len(text) > 20))
        and bool(_SENTENCE_END.search(text))
        and not CLOSING.search(text)
    )


def shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_NOTE else text[: LONGEST_NOTE - 1].rstrip() + "…"
