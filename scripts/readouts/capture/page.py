"""An HTML page as a reader sees it: every run of its text in order, as a block that is either shown or hidden for a reason.

White space is treated as a browser does: runs of space, tab and newline are one space, no-break
spaces stay, ``br`` is a newline, block elements are separated (the ``innerText`` algorithm of the
HTML standard, with a blank line around every block except list items, rows and definition terms).
Unlike ``innerText``: ``q`` has its quotation marks, raised and lowered figures are written as such,
and struck-out text is hidden with that reason.
"""

from __future__ import annotations

import re

from lxml import etree

from .block import Block
from .error import CaptureError
from .marks import attribute_words, is_bare, quotation_mark, shifted
from .style import is_block, sheet_of, why_hidden
from .tree import SAVE_AS_TEXT

TIGHT = frozenset(
    ["li", "dt", "dd", "tr", "caption", "summary", "option"]
)  # a newline around them, no blank line
CELLS = frozenset(["td", "th"])
SPACE = " \t\n\r\f"
_RUN = re.compile(r"[ \t\r\f\n]+")
MOST_STEPS = 5_000_000  # blocks times their depth: about ten times that of the largest real pages


class _Flow:
    """The state of a walk through the page: the text gathered since the last boundary, shown and hidden, and the blocks so far."""

    def __init__(self, tree: etree._Element) -> None:
        self.sheet = sheet_of(tree)
        self.most = len("".join(tree.itertext()))
        self.blocks: list[Block] = []
        self.unseen: list[Block] = []
        self.dropped: list[etree._Element] = []
        self.pieces: list[str] = []
        self.aside: list[str] = []
        self.aside_why = ""
        self.linked = self.links = self.rules = self.steps = self.order = self.begun = (
            self.quotes
        ) = 0
        self.gap = 2
        self.cell = self.broken = False
        self.path: list[etree._Element] = []
        self.apart: list[bool] = []  # of each element of the path: whether it is a block
        self.why: list[
            tuple[str | None, bool]
        ] = []  # and why its text is hidden, and whether that is final
        self.raised: list[
            tuple[int, int]
        ] = []  # where in the pieces of which block a sup or sub begins
        self.in_link = self.in_pre = 0

    def start(self, element: etree._Element) -> None:
        tag, (why, final) = element.tag, self.why[-1] if self.why else (None, False)
        block = is_block(element, self.sheet)
        if not final:
            why, final = self._hidden(element, why)
            if final:
                self.dropped.append(element)
        self.path.append(element)
        self.apart.append(block)
        self.why.append((why, final))
        if unread := attribute_words(element):
            self.add_hidden(*unread)
        if final:
            if block:
                self.flush_hidden()
            self.add(element.text)
            return
        self.links += tag == "a" and element.get("href") is not None
        self.in_link += tag == "a" and element.get("href") is not None
        if tag == "br":
            self.line_break()
        elif block:
            self.boundary(_gap(element))
            self.rules += tag == "hr"
            self.cell = self.cell or tag in CELLS
        self.in_pre += tag in ("pre", "xmp", "listing", "plaintext")
        if tag in ("sup", "sub"):
            self.raised.append((len(self.pieces), len(self.blocks)))
        elif tag == "q":
            self.add(quotation_mark(element, self.quotes, 0))
            self.quotes += 1
        elif tag in ("rt", "rtc") and is_bare(element):
            self.add("(")
        self.add(element.text)

    def end(self, element: etree._Element) -> None:
        tag, block, (why, final) = element.tag, self.apart[-1], self.why[-1]
        if final:
            outer = self.why[-2] if len(self.why) > 1 else (None, False)
            if block or outer[0] != why:
                self.flush_hidden()
        else:
            self._end_shown(element, tag, block)
        for stack in (self.path, self.apart, self.why):
            stack.pop()
        if self.path:
            self.add(element.tail)

    def _end_shown(self, element: etree._Element, tag: str, block: bool) -> None:
        if tag in ("sup", "sub"):
            start, number = self.raised.pop()
            if number == len(self.blocks) and start < len(self.pieces):
                before = "".join(self.pieces[max(0, start - 3) : start])
                self.pieces[start:] = [shifted("".join(self.pieces[start:]), before, tag == "sup")]
        elif tag == "q":
            self.quotes -= 1
            self.add(quotation_mark(element, self.quotes, 1))
        elif tag in ("rt", "rtc") and is_bare(element):
            self.add(")")
        if block:
            self.boundary(_gap(element))
            self.cell = self.cell or tag in CELLS
        elif self.why[-1][0]:
            self.flush_hidden()
        self.in_pre -= tag in ("pre", "xmp", "listing", "plaintext")
        self.in_link -= tag == "a" and element.get("href") is not None

    def _hidden(self, element: etree._Element, why: str | None) -> tuple[str | None, bool]:
        reason = why_hidden(element, self.sheet, self.most)
        if reason is not None:
            return reason, True
        seen, _ = self.sheet.value(element, "visibility")
        if seen in ("hidden", "collapse"):
            return "hidden by its style (visibility)", False
        return (None if seen in ("visible", "initial") else why), False

    def add(self, text: str | None) -> None:
        if not text:
            return
        if self.why and self.why[-1][0] is not None:
            self.put_hidden(text, self.why[-1][0])
            return
        if not self.pieces:
            self.order += 1
            self.begun = self.order
        if self.in_pre:
            self.pieces.append(text.replace("\r\n", "\n").replace("\r", "\n"))
        else:
            self.pieces.append(_RUN.sub(" ", text))
        if self.in_link:
            self.linked += _weight(text)

    def add_hidden(self, text: str, why: str) -> None:
        self.flush_hidden()
        outer = self.why[-2][0] if len(self.why) > 1 else None
        self.put_hidden(text, outer or why)
        self.flush_hidden()

    def put_hidden(self, text: str, why: str) -> None:
        if why != self.aside_why:
            self.flush_hidden()
        self.aside_why = why
        self.aside.append(text)

    def flush_hidden(self) -> None:
        """Close the hidden text gathered so far; metadata (the reason is "") is not text of the page."""
        text, self.aside, why = _RUN.sub(" ", "".join(self.aside)).strip(SPACE), [], self.aside_why
        if text and why:
            self._count()
            self.order += 1
            around = self.path[-1] if self.path else None
            self.unseen.append(
                Block(around, text, "\n", _weight(text), 0, 0, self.rules, (), self.order, why)
            )

    def _count(self) -> None:
        self.steps += len(self.path) + 20
        if self.steps > MOST_STEPS:
            raise CaptureError("the page is too large and too deeply nested", SAVE_AS_TEXT)

    def boundary(self, gap: int) -> None:
        self.flush_hidden()
        self.flush()
        self.gap = max(self.gap, gap)

    def line_break(self) -> None:
        if self.flush():
            self.broken = True
        elif self.broken or not self.blocks:
            self.gap = 2  # two in a row separate paragraphs
        else:
            self.broken = True

    def flush(self) -> bool:
        """Close the line gathered so far; return True if it has anything to see."""
        text, linked, links = "".join(self.pieces), self.linked, self.links
        self.pieces, self.linked, self.links = [], 0, 0
        if not text.strip():
            return False
        text = text.strip("\n") if self.in_pre else re.sub(" +", " ", text.strip(SPACE))
        around = tuple(
            element for element, apart in zip(self.path, self.apart, strict=True) if apart
        )
        self._count()
        joint = "\n\n" if self.gap >= 2 else "\t" if self.cell and not self.gap else "\n"
        self.blocks.append(
            Block(
                around[-1],
                text,
                joint,
                _weight(text),
                linked,
                links,
                self.rules,
                around,
                self.begun,
            )
        )
        self.gap, self.cell, self.broken = 0, False, False
        return True


def _weight(text: str) -> int:
    return len("".join(text.split()))


def blocks_of(tree: etree._Element) -> list[Block]:
    """Return all text of a page in order, shown and hidden; elements that are not shown are removed from the tree."""
    flow = _Flow(tree)
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            flow.start(element)
        else:
            flow.end(element)
    flow.flush()
    flow.flush_hidden()
    for element in flow.dropped:
        if element.getparent() is not None:
            element.drop_tree()  # the text after the element stays
    return sorted([*flow.blocks, *flow.unseen], key=lambda block: block.order)


def _gap(element: etree._Element) -> int:
    if element.tag in CELLS:
        return 0
    if element.tag in TIGHT:
        return 1
    if element.tag in ("ul", "ol", "dl", "tbody", "thead", "tfoot"):
        parent = element.getparent()
        return 1 if parent is not None and parent.tag in ("li", "table") else 2
    return 2
