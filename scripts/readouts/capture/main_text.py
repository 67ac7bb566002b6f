"""The part of a page that is the document: from its headline to the end of its text, without the page's
furniture.

trafilatura says which blocks look like running text; this module finds the smallest part of the page that
holds them and takes *every* visible block of that part. trafilatura's own output is not the captured text
because it drops headings, notes and short lines and rewrites spaces (the figures are in the note of
``tests/pages/measure.py``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import trafilatura
from lxml import etree

from .furniture import HEADINGS, is_closing, is_furniture, is_link_row, names_of
from .page import Block

SHARE_OF_PART = 0.6  # the part around the headline must hold this share of the page's running text
SHARE_OF_HOME = 0.8  # the element that holds the text itself, this share of the part's
UNVOTED = 0.25  # weight of running text that trafilatura leaves out
SHORT = 0.5  # weight of a line too short to be running text
_INNER = frozenset(
    [
        "p",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "font",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "th",
        "address",
        "hr",
        "caption",
    ]
)
_BODY_NAMES = re.compile(
    r"(?:^| )(?:entry content|article body|articlebody|article text|article content|post content"
    r"|post body|story body"
    r"|field name body|body text|text formatted|trs editor|news body)(?: |$)"
)
_DATE_LIKE = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class MainText:
    """The blocks of the document in order, the headline among them if it is printed, and what was left out
    inside."""

    blocks: tuple[Block, ...]
    headline: Block | None
    left_out: tuple[str, ...]
    date_lines: tuple[Block, ...]  # printed around the headline, in the document or not


def main_text_of(page_html: str, blocks: Sequence[Block], titles: Sequence[str]) -> MainText:
    """Find the document among a page's blocks.

    ``page_html`` is the page as decoded, ``titles`` what its metadata calls it, the most trusted first.
    """
    headline = headline_among(blocks, titles)
    marked = _marked_elements(blocks, headline)
    free = [not any(e in marked for e in block.ancestors) for block in blocks]
    start = blocks.index(headline) if headline else 0
    weights = _weights(page_html, blocks, free, start + 1 if headline else 0)
    part = _outward(_smallest(blocks, weights, SHARE_OF_PART, within=headline.ancestors if headline else None))
    inside = [i for i, block in enumerate(blocks) if i >= start and (part is None or part in block.ancestors)]
    home = _home(blocks, weights, inside)
    kept: list[int] = []
    left: list[int] = []
    reached = False
    for i in inside:
        block = blocks[i]
        in_home = home in block.ancestors
        reached = reached or in_home
        if block is headline:
            kept.append(i)
        elif not free[i]:
            left.append(i)
        elif in_home:
            kept.append(i)
        elif is_link_row(block):
            continue
        elif not reached and ((_DATE_LIKE.search(block.text) and block.weight < 80) or _is_running(block)):
            kept.append(i)  # between headline and text: the date line, a standfirst
        elif reached and _is_running(block) and weights[i] > 0.7 * block.weight:
            kept.append(i)
    kept, others = _without_others(blocks, kept)
    left = sorted(left + others)
    kept = _trimmed(blocks, kept, headline)
    first, last = (kept[0], kept[-1]) if kept else (0, 0)
    return MainText(
        blocks=tuple(blocks[i] for i in kept),
        headline=headline,
        left_out=tuple(blocks[i].text for i in left if first < i < last),
        date_lines=tuple(blocks[max(0, start - 3) : start + 8]),
    )


def headline_among(blocks: Sequence[Block], titles: Sequence[str]) -> Block | None:
    """The block that prints one of the titles: a heading before any other; else the page's only ``h1``."""
    wanted = [_key(title) for title in titles]
    wanted = [key for key in wanted if key]
    best: tuple[int, int] | None = None
    found = None
    for i, block in enumerate(blocks):
        key = _key(block.text)
        if not key or (block.link_share > 0.5 and block.element.tag not in ("h1", "h2")):
            continue
        rank = next((r for r, title in enumerate(wanted) if key == title or _is_affixed(key, block.text, title)), None)
        if rank is None:
            continue
        if any(is_furniture(e) for e in block.ancestors if e.tag not in ("header", "footer")):
            continue
        score = ({"h1": 0, "h2": 1, "h3": 2}.get(block.element.tag, 3), -i if len(key) > 3 else 0)
        if best is None or score[0] < best[0]:
            best, found = score, block
    if found is None:
        tops = [b for b in blocks if b.element.tag == "h1" and b.link_share < 0.5]
        if len(tops) == 1 and not any(is_furniture(e) for e in tops[0].ancestors):
            found = tops[0]
    return found


def _key(text: str) -> str:
    return "".join(text.split()).casefold()


def _is_affixed(key: str, text: str, title: str) -> bool:
    """Whether a title is ``key`` with a site's name before or behind it: ``Headline | Ministry``."""
    if len(key) < 8 or (len(text.split()) < 2 and len(key) < 12):
        return False
    return bool(
        (title.startswith(key) and re.match(r"[|\-–—:_·•»«/]", title[len(key) :]))
        or (title.endswith(key) and re.search(r"[|\-–—:_·•»«/]$", title[: -len(key)]))
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
        if is_furniture(element) and element not in kept and (headline is not None or own < 0.6 * total)
    }


def _weights(page_html: str, blocks: Sequence[Block], free: Sequence[bool], start: int) -> list[float]:
    """How much running text each block from ``start`` on is: its characters outside links, short lines by
    half.

    They count in full where trafilatura takes the block, or where it shares its element with the first
    running text after the headline (trafilatura misses documents of one sentence), else a quarter.
    """
    voted = _key(trafilatura.extract(page_html, include_comments=False) or "")
    first = next((b for b, ok in zip(blocks[start:], free[start:], strict=True) if ok and _is_running(b)), None)
    nearest = _outward(first.element) if first and start else None
    weights = [0.0] * len(blocks)
    for i, block in enumerate(blocks):
        if i < start or not free[i] or is_closing(block):
            continue
        vouched = _key(block.text) in voted or nearest in block.ancestors
        length = block.weight - block.linked
        weights[i] = length * (1.0 if _is_running(block) else SHORT) * (1.0 if vouched else UNVOTED)
    return weights


def _is_running(block: Block) -> bool:
    return block.weight >= 40 and block.link_share < 0.5 and not is_closing(block)


def _smallest(
    blocks: Sequence[Block],
    weights: Sequence[float],
    share: float,
    within: Sequence[etree._Element] | None,
) -> etree._Element | None:
    """The smallest element that holds ``share`` of the weight, among ``within`` (outermost first) if
    given."""
    sums: dict[etree._Element, float] = defaultdict(float)
    depth: dict[etree._Element, int] = {}
    for block, weight in zip(blocks, weights, strict=True):
        for level, element in enumerate(block.ancestors):
            sums[element] += weight
            depth[element] = level
    total = sum(weights)
    if not total:
        return None
    pool = within if within is not None else sums
    fitting = [e for e in pool if sums[e] >= share * total]
    return max(fitting, key=depth.__getitem__) if fitting else None


def _home(blocks: Sequence[Block], weights: Sequence[float], inside: Sequence[int]) -> etree._Element | None:
    """The element that holds the text itself: one that is named so, else the smallest with most of the
    text."""
    named: dict[etree._Element, float] = defaultdict(float)
    for i in inside:
        for element in blocks[i].ancestors:
            if _is_named_body(element):
                named[element] += weights[i]
    total = sum(weights[i] for i in inside)
    fitting = [e for e in named if named[e] >= 0.5 * total and named[e] > 0]
    if fitting:
        return fitting[0]
    chosen = [blocks[i] for i in inside]
    return _outward(_smallest(chosen, [weights[i] for i in inside], SHARE_OF_HOME, within=None))


def _outward(element: etree._Element | None) -> etree._Element | None:
    """The element itself, or the first around it that is no mere paragraph, list or table."""
    while element is not None and element.tag in _INNER and element.getparent() is not None:
        element = element.getparent()
    return element


def _is_named_body(element: etree._Element) -> bool:
    if "articleBody" in (element.get("itemprop"), element.get("name")):
        return True
    return bool(_BODY_NAMES.search(" ".join(names_of(element))))


def _trimmed(blocks: Sequence[Block], kept: list[int], headline: Block | None) -> list[int]:
    """Without the rows of links, buttons, closing lines and lists of other pages at the ends."""
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
    """How many blocks at the end lie behind the page's last rule, if a row of links among them makes it a
    footer."""
    rules = blocks[kept[-1]].rules
    tail = [i for i in kept if blocks[i].rules == rules]
    if not rules or len(tail) == len(kept):
        return 0
    weight, whole = sum(blocks[i].weight for i in tail), sum(blocks[i].weight for i in kept)
    few = weight < 400 or weight < 0.2 * whole
    return len(tail) if few and any(is_link_row(blocks[i]) for i in tail) else 0


def _without_others(blocks: Sequence[Block], kept: Sequence[int]) -> tuple[list[int], list[int]]:
    """The blocks kept and those left out as a heading such as "Related" with the links under it."""
    stay: list[int] = []
    out: list[int] = []
    at = 0
    while at < len(kept):
        block, end = blocks[kept[at]], at + 1
        if HEADINGS.match(block.text) and block.weight < 60:
            while end < len(kept) and blocks[kept[end]].link_share > 0.8:
                end += 1
        enough = end > at + 1 or (block.links and block.link_share > 0.5 and HEADINGS.match(block.text))
        (out if enough and block.element.tag != "h1" else stay).extend(kept[at:end])
        at = end
    return stay, out
