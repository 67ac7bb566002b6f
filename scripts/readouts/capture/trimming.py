"""Trimming of a document: rows of links, lists of other pages, closing lines, page footers."""

from __future__ import annotations

from collections.abc import Sequence

from .block import Block
from .page_chrome import HEADINGS, is_closing, is_link_row


def trimmed(blocks: Sequence[Block], kept: list[int], headline: Block | None) -> list[int]:
    """Return the blocks without the rows of links, buttons, closing lines and lists of other pages at the ends."""
    while headline is None and len(kept) > 1 and is_link_row(blocks[kept[0]]):
        kept.pop(0)
    while len(kept) > 1 and blocks[kept[-1]] is not headline:
        last = blocks[kept[-1]]
        if is_link_row(last) or is_closing(last):
            kept.pop()
            continue
        cut = _foot_after_rule(blocks, kept)
        if not cut:
            break
        del kept[-cut:]
    return kept


def _foot_after_rule(blocks: Sequence[Block], kept: Sequence[int]) -> int:
    """Return the number of blocks after the page's last rule, if a row of links among them makes it a footer."""
    rules = blocks[kept[-1]].rules
    tail = [i for i in kept if blocks[i].rules == rules]
    if not rules or len(tail) == len(kept):
        return 0
    weight, whole = sum(blocks[i].weight for i in tail), sum(blocks[i].weight for i in kept)
    few = weight < 400 or weight < 0.2 * whole
    return len(tail) if few and any(is_link_row(blocks[i]) for i in tail) else 0


def without_others(blocks: Sequence[Block], kept: Sequence[int]) -> list[int]:
    """Return the blocks without headings such as "Related" and the links under them."""
    stay: list[int] = []
    at = 0
    while at < len(kept):
        block, end = blocks[kept[at]], at + 1
        if HEADINGS.match(block.text) and block.weight < 60:
            while end < len(kept) and blocks[kept[end]].link_share > 0.8:
                end += 1
        enough = end > at + 1 or (
            block.links and block.link_share > 0.5 and HEADINGS.match(block.text)
        )
        if not enough or block.element.tag == "h1":
            stay.extend(kept[at:end])
        at = end
    return stay
