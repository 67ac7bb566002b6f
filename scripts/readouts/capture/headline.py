"""The headline of a document: the line of the page that prints the title from the page's metadata."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .block import Block
from .page_chrome import is_page_chrome


def headline_among(blocks: Sequence[Block], titles: Sequence[str]) -> Block | None:
    """Return the block that prints one of the titles, preferring headings; otherwise the page's only ``h1``."""
    wanted = [key_of(title) for title in titles]
    wanted = [key for key in wanted if key]
    best: tuple[int, int] | None = None
    found = None
    for i, block in enumerate(blocks):
        key = key_of(block.text)
        if not key or (block.link_share > 0.5 and block.element.tag not in ("h1", "h2")):
            continue
        rank = next(
            (
                r
                for r, title in enumerate(wanted)
                if key == title or _is_affixed(key, block.text, title)
            ),
            None,
        )
        if rank is None:
            continue
        if any(is_page_chrome(e) for e in block.ancestors if e.tag not in ("header", "footer")):
            continue
        score = ({"h1": 0, "h2": 1, "h3": 2}.get(block.element.tag, 3), -i if len(key) > 3 else 0)
        if best is None or score[0] < best[0]:
            best, found = score, block
    if found is None:
        tops = [b for b in blocks if b.element.tag == "h1" and b.link_share < 0.5]
        if len(tops) == 1 and not any(is_page_chrome(e) for e in tops[0].ancestors):
            found = tops[0]
    return found


def key_of(text: str) -> str:
    return "".join(text.split()).casefold()


def _is_affixed(key: str, text: str, title: str) -> bool:
    """Return True if a title is ``key`` with a site's name before or behind it: ``Headline | Ministry``."""
    if len(key) < 8 or (len(text.split()) < 2 and len(key) < 12):
        return False
    return bool(
        (title.startswith(key) and re.match(r"[|\-–—:_·•»«/]", title[len(key) :]))
        or (title.endswith(key) and re.search(r"[|\-–—:_·•»«/]$", title[: -len(key)]))
    )
