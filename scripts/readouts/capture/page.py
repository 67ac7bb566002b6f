"""An HTML page as a reader sees it: its tree without what is hidden, and its blocks of visible text in order.

White space is treated as a browser does: runs of space, tab and newline are one space, no-break spaces stay,
``br`` is a newline, block elements stand apart (the ``innerText`` algorithm of the HTML standard, with a
blank line around every block but list items, rows and definition terms).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree, html

from .error import CaptureError

UNSEEN = frozenset([
    "script", "style", "template", "noscript", "base", "input", "select", "option", "textarea", "button", "datalist",
    "svg", "object", "embed", "applet", "iframe", "frame", "audio", "video", "canvas", "map", "meta", "link", "title",
    "progress", "meter",
])  # fmt: skip
INLINE = frozenset([
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "math", "mi", "mn", "mo", "mrow", "msub", "msup", "nobr", "output", "q", "rp",
    "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
])  # fmt: skip
TIGHT = frozenset(["li", "dt", "dd", "tr", "caption", "summary"])  # a newline around them, no blank line
CELLS = frozenset(["td", "th"])
SPACE = " \t\n\r\f"
_RUN = re.compile(r"[ \t\r\f\n]+")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_HIDDEN_CLASS = frozenset([
    "hidden", "visually-hidden", "visuallyhidden", "sr-only", "screen-reader-text", "screen-reader-only",
    "screenreader", "element-invisible", "element-hidden", "d-none", "u-hidden", "is-hidden", "govuk-visually-hidden",
    "usa-sr-only", "invisible",
])  # fmt: skip
MOST_ATTRIBUTES = 5_000  # of one element: the parser's time grows with their square
MOST_STEPS = 5_000_000  # blocks times their depth: about ten times what the largest real pages have
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{10000,}")
_ATTRIBUTE = re.compile(r"\s[A-Za-z_:][^\s=>\"',]*(?=[\s=>])")
_DEPTH_ERROR = "Excessive depth"


@dataclass(eq=False)
class Block:
    """One line of visible text: between two block boundaries, or up to a ``br``.

    ``element`` is the nearest block element around it, ``joint`` what stands before it (``"\\n\\n"``,
    ``"\\n"`` or a tab between cells), ``linked`` how many of its ``weight`` non-space characters are in
    links, ``links`` how many links those are, ``rules`` how many ``hr`` came before it in the page.
    """

    element: etree._Element
    text: str
    joint: str
    weight: int
    linked: int
    links: int
    rules: int
    ancestors: tuple[etree._Element, ...] = field(repr=False)

    @property
    def link_share(self) -> float:
        return self.linked / self.weight if self.weight else 0.0


def tree_from_text(text: str) -> etree._Element:
    """The parsed page, whole: ``CaptureError`` where there is no element in it or it nests past the parser's
    limit."""
    if any(len(_ATTRIBUTE.findall(tag)) > MOST_ATTRIBUTES for tag in _LONG_TAG.findall(text)):
        raise CaptureError("the page has an element with thousands of attributes", _SAVE_AS_TEXT)
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        tree = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except etree.ParserError as error:  # there is no element in it
        raise CaptureError("the page shows no text", _SAVE_AS_TEXT) from error
    except etree.LxmlError as error:
        raise CaptureError(f"the page cannot be read as HTML: {error}", _SAVE_AS_TEXT) from error
    if any(_DEPTH_ERROR in entry.message for entry in parser.error_log):
        # the parser stops there and drops the rest: text would be lost without a word
        raise CaptureError("the page nests its elements thousands deep", _SAVE_AS_TEXT)
    return tree


_SAVE_AS_TEXT = "copy the document's text into a UTF-8 text file and add that"


def drop_unseen(tree: etree._Element) -> None:
    """Take out of the tree, in place, what no reader sees: scripts, form fields, and what is marked as
    hidden."""
    for element in [element for element in tree.iter() if _is_unseen(element)]:
        if element.getparent() is not None:
            element.drop_tree()  # what follows the element stays


def _is_unseen(element: etree._Element) -> bool:
    if element.tag in UNSEEN:
        return True
    if element.tag in ("html", "body"):
        return False
    if "hidden" in element.attrib and element.get("hidden") != "until-found":
        return True
    if element.tag == "dialog" and "open" not in element.attrib:
        return True
    if _HIDDEN_STYLE.search(element.get("style", "")):
        return True
    return not _HIDDEN_CLASS.isdisjoint(element.get("class", "").lower().split())


class _Flow:
    """The state of one walk: the text gathered since the last boundary, and the blocks so far."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.pieces: list[str] = []
        self.linked = self.links = self.rules = self.steps = 0
        self.gap = 2
        self.cell = self.broken = False
        self.path: list[etree._Element] = []
        self.in_link = self.in_pre = 0

    def add(self, text: str | None) -> None:
        if not text:
            return
        if self.in_pre:
            self.pieces.append(text.replace("\r\n", "\n").replace("\r", "\n"))
        else:
            self.pieces.append(_RUN.sub(" ", text))
        if self.in_link:
            self.linked += _weight(text)

    def boundary(self, gap: int) -> None:
        self.flush()
        self.gap = max(self.gap, gap)

    def line_break(self) -> None:
        if self.flush():
            self.broken = True
        elif self.broken or not self.blocks:
            self.gap = 2  # two in a row part paragraphs
        else:
            self.broken = True

    def flush(self) -> bool:
        """Close the line gathered so far; whether there was anything to see in it."""
        text, linked, links = "".join(self.pieces), self.linked, self.links
        self.pieces, self.linked, self.links = [], 0, 0
        if not text.strip():
            return False
        text = text.strip("\n") if self.in_pre else re.sub(" +", " ", text.strip(SPACE))
        around = tuple(element for element in self.path if element.tag not in INLINE)
        self.steps += len(self.path) + 20
        if self.steps > MOST_STEPS:
            raise CaptureError("the page is too large and too deeply nested", _SAVE_AS_TEXT)
        joint = "\n\n" if self.gap >= 2 else "\t" if self.cell and not self.gap else "\n"
        self.blocks.append(Block(around[-1], text, joint, _weight(text), linked, links, self.rules, around))
        self.gap, self.cell, self.broken = 0, False, False
        return True


def _weight(text: str) -> int:
    return len("".join(text.split()))


def blocks_of(tree: etree._Element) -> list[Block]:
    """The blocks of visible text of a tree whose unseen parts are dropped, in document order."""
    flow = _Flow()
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        if event == "start":
            if tag in INLINE:
                flow.in_link += tag == "a" and element.get("href") is not None
                flow.links += tag == "a" and element.get("href") is not None
            elif tag == "br":
                flow.line_break()
            else:
                flow.boundary(_gap(element))
                flow.rules += tag == "hr"
                flow.cell = flow.cell or tag in CELLS
                flow.in_pre += tag == "pre"
            flow.path.append(element)
            flow.add(element.text)
        else:
            if tag in INLINE:
                flow.in_link -= tag == "a" and element.get("href") is not None
            elif tag != "br":
                flow.boundary(_gap(element))
                flow.cell = flow.cell or tag in CELLS
                flow.in_pre -= tag == "pre"
            flow.path.pop()
            if flow.path:
                flow.add(element.tail)
    flow.flush()
    return flow.blocks


def _gap(element: etree._Element) -> int:
    if element.tag in CELLS:
        return 0
    if element.tag in TIGHT:
        return 1
    if element.tag in ("ul", "ol", "dl", "tbody", "thead", "tfoot"):
        parent = element.getparent()
        return 1 if parent is not None and parent.tag in ("li", "table") else 2
    return 2


def text_of(blocks: Iterable[Block]) -> str:
    """The blocks as one text: paragraphs apart by a blank line, list items and rows by a newline, cells by a
    tab."""
    pieces: list[str] = []
    for block in blocks:
        if pieces:
            pieces.append(block.joint)
        pieces.append(block.text)
    return "".join(pieces)
