"""The part of a page that is the document: from its headline to the end of its text, without page chrome.

trafilatura and the nearness to the headline say which blocks look like running text; this module
finds the smallest part of the page that holds them and takes *every* visible block of it.
trafilatura's own output is not the captured text: it rewrites spaces and list items, and on pages
without classes takes in the page's foot too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from .block import Block
from .headline import headline_among
from .left_out import LeftOut, left_out_of
from .page_chrome import is_link_row, is_page_chrome, names_of
from .running_text import is_date_line, is_running, weights_of
from .trimming import trimmed, without_others

SHARE_OF_PART = 0.6  # the part around the headline must hold this share of the page's running text
SHARE_OF_HOME = 0.8  # the element that holds the text itself, this share of the part's
OUTWEIGHED = (
    3.0  # how much more text an outer element must hold to become the part around the headline
)
SHARE_OF_NEXT_CELL = 0.1  # the share of a cell's text that the next cell must hold to belong to it
LONG_FORM = 400  # characters outside links: a form with more is around text
_INNER = frozenset([
    "p", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "figure",
    "figcaption", "font", "table", "tbody", "thead", "tfoot", "tr", "th", "address", "hr", "caption",
])  # fmt: skip
_BODY_NAMES = re.compile(
    r"(?:^| )(?:entry content|article (?:body|text|content)|articlebody|(?:post|story|field name|news) body|post content|body text"
    r"|text formatted|trs editor)(?: |$)"
)
_HEADS = frozenset(
    [
        "hero",
        "standfirst",
        "dek",
        "deck",
        "lede",
        "subtitle",
        "subhead",
        "kicker",
        "byline",
        "caption",
    ]
)


@dataclass(frozen=True)
class MainText:
    """The blocks of the document in order, including the headline if it is printed, and everything that was left out."""

    blocks: tuple[Block, ...]
    headline: Block | None
    left_out: tuple[LeftOut, ...]  # all other text of the page, in its order
    date_lines: tuple[Block, ...]  # printed around the headline, in the document or not


def main_text_of(page_html: str, everything: Sequence[Block], titles: Sequence[str]) -> MainText:
    """Find the document among a page's blocks.

    ``page_html`` is the page as decoded, ``titles`` the titles in its metadata, the most trusted
    first.
    """
    blocks = [block for block in everything if not block.hidden]
    headline = headline_among(blocks, titles)
    marked = _marked_elements(blocks, headline)
    free = [not any(e in marked for e in block.ancestors) for block in blocks]
    start = blocks.index(headline) if headline else 0
    after = start + 1 if headline else 0
    nearest = _nearest(blocks, free, after) if headline else None
    weights = weights_of(page_html, blocks, free, after, nearest)
    part = _part(blocks, weights, headline, nearest)
    inside = [
        i
        for i, block in enumerate(blocks)
        if i >= start and (part is None or part in block.ancestors)
    ]
    home = _home(blocks, weights, inside)
    kept: list[int] = []
    reached = False
    for i in inside:
        block = blocks[i]
        in_home = home in block.ancestors
        reached = reached or in_home
        if block is headline:
            kept.append(i)
        elif not free[i]:
            continue
        elif in_home:
            kept.append(i)
        elif is_link_row(block):
            continue
        elif not reached and (is_date_line(block) or is_running(block)):
            kept.append(i)  # between headline and text: the date line, a standfirst
        elif reached and is_running(block) and weights[i] > 0.7 * block.weight:
            kept.append(i)
    kept = trimmed(blocks, without_others(blocks, kept), headline)
    return MainText(
        blocks=tuple(blocks[i] for i in kept),
        headline=headline,
        left_out=left_out_of(everything, {blocks[i] for i in kept}, headline, marked),
        date_lines=tuple(blocks[max(0, start - 3) : start + 8]),
    )


def _marked_elements(blocks: Sequence[Block], headline: Block | None) -> set[etree._Element]:
    kept = set(headline.ancestors) if headline else set()
    total = sum(block.weight - block.linked for block in blocks) or 1
    prose: dict[etree._Element, int] = defaultdict(int)
    for block in blocks:
        for element in block.ancestors:
            prose[element] += block.weight - block.linked
    return {
        element
        for element, own in prose.items()
        if is_page_chrome(element)
        and element not in kept
        and (headline is not None or own < 0.6 * total)
        and not (element.tag == "form" and own > LONG_FORM)
    }


def _nearest(blocks: Sequence[Block], free: Sequence[bool], after: int) -> etree._Element | None:
    """Return the element of the first running text after the headline that is not in a header or standfirst."""
    for block, ok in zip(blocks[after:], free[after:], strict=True):
        if ok and is_running(block) and not any(_is_head(e) for e in block.ancestors):
            return _outward(block.element)
    return None


def _is_head(element: etree._Element) -> bool:
    return element.tag == "header" or not _HEADS.isdisjoint(names_of(element))


def _part(
    blocks: Sequence[Block],
    weights: Sequence[float],
    headline: Block | None,
    nearest: etree._Element | None,
) -> etree._Element | None:
    """Return the part of the page to search: around headline and nearest text, and anything with much more text.

    Without a headline, the smallest element that holds most of the page's running text.
    """
    if headline is None or nearest is None:
        within = headline.ancestors if headline else None
        return _outward(_smallest(blocks, weights, SHARE_OF_PART, within=within))
    around = {nearest, *nearest.iterancestors()}
    shared = [element for element in headline.ancestors if element in around]  # outermost first
    return _outermost_with(shared[-1], shared, blocks, weights, OUTWEIGHED)


def _outermost_with(
    element: etree._Element,
    around: Sequence[etree._Element],
    blocks: Sequence[Block],
    weights: Sequence[float],
    factor: float,
) -> etree._Element:
    """Return the outermost element of ``around`` that holds ``factor`` times the text of the one before it."""
    sums = _sums(blocks, weights)
    for outer in reversed(around[: around.index(element)]):
        if sums[outer] >= factor * sums[element]:
            element = outer
    return element


def _smallest(
    blocks: Sequence[Block],
    weights: Sequence[float],
    share: float,
    within: Sequence[etree._Element] | None,
) -> etree._Element | None:
    """Return the smallest element that holds ``share`` of the weight, among ``within`` (outermost first) if given."""
    sums = _sums(blocks, weights)
    total = sum(weights)
    if not total:
        return None
    pool = within if within is not None else sums
    fitting = [e for e in pool if sums[e] >= share * total]
    return max(fitting, key=lambda e: sum(1 for _ in e.iterancestors())) if fitting else None


def _sums(blocks: Sequence[Block], weights: Sequence[float]) -> dict[etree._Element, float]:
    sums: dict[etree._Element, float] = defaultdict(float)
    for block, weight in zip(blocks, weights, strict=True):
        for element in block.ancestors:
            sums[element] += weight
    return sums


def _home(
    blocks: Sequence[Block],
    weights: Sequence[float],
    inside: Sequence[int],
) -> etree._Element | None:
    """Return the element that holds the text itself: one that is named so, otherwise the smallest with most of the text."""
    chosen, heavy = [blocks[i] for i in inside], [weights[i] for i in inside]
    sums = _sums(chosen, heavy)
    named = [e for e in sums if _is_named_body(e) and sums[e] >= 0.5 * sum(heavy) and sums[e] > 0]
    if named:
        return named[0]
    home = _outward(_smallest(chosen, heavy, SHARE_OF_HOME, within=None))
    if home is not None and home.tag in ("td", "th"):  # two languages side by side
        siblings = [e for e in home.getparent() if e is not home]
        if any(sums[e] > SHARE_OF_NEXT_CELL * sums[home] for e in siblings):
            return _outward(home.getparent())
    return home


def _outward(element: etree._Element | None) -> etree._Element | None:
    """Return the element itself, or the nearest one around it that is not just a paragraph, list or table."""
    while element is not None and element.tag in _INNER and element.getparent() is not None:
        element = element.getparent()
    return element


def _is_named_body(element: etree._Element) -> bool:
    if "articleBody" in (element.get("itemprop"), element.get("name")):
        return True
    return bool(_BODY_NAMES.search(" ".join(names_of(element))))
