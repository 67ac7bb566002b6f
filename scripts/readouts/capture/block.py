"""A block: one line of a page's text, with what is known of its place; and blocks joined to a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree


@dataclass(eq=False)
class Block:
    """One line of text: between two block boundaries, or up to a ``br``.

    ``element`` is the nearest block element around it, ``joint`` the separator before it
    (``"\\n\\n"``, ``"\\n"`` or a tab between cells), ``linked`` the number of its ``weight``
    non-space characters inside links, ``links`` the number of links, ``rules`` the number of ``hr``
    before it in the page, ``order`` its place in the page, ``hidden`` the reason why a browser does
    not show it ("" if it does).
    """

    element: etree._Element
    text: str
    joint: str
    weight: int
    linked: int
    links: int
    rules: int
    ancestors: tuple[etree._Element, ...] = field(repr=False)
    order: int = 0
    hidden: str = ""

    @property
    def link_share(self) -> float:
        return self.linked / self.weight if self.weight else 0.0


def text_of(blocks: Iterable[Block]) -> str:
    """Return the blocks as one text: a blank line between paragraphs, a newline between list items and rows, a tab between cells."""
    pieces: list[str] = []
    for block in blocks:
        if pieces:
            pieces.append(block.joint)
        pieces.append(block.text)
    return "".join(pieces)
