"""An HTML page parsed into a tree of elements."""

from __future__ import annotations

import re

from lxml import etree, html

from .error import CaptureError

MOST_ATTRIBUTES = 5_000  # of one element: the parser's time grows with their square
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{10000,}")
_ATTRIBUTE = re.compile(r"\s[A-Za-z_:][^\s=>\"',]*(?=[\s=>])")
_DEPTH_ERROR = "Excessive depth"
SAVE_AS_TEXT = "copy the document's text into a UTF-8 text file and add that"


def tree_from_text(text: str) -> etree._Element:
    """Return the whole parsed page. Raises ``CaptureError`` if it has no element or is nested beyond the parser's limit."""
    if any(len(_ATTRIBUTE.findall(tag)) > MOST_ATTRIBUTES for tag in _LONG_TAG.findall(text)):
        raise CaptureError("the page has an element with thousands of attributes", SAVE_AS_TEXT)
    parser = html.HTMLParser(
        huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        tree = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except etree.ParserError as error:  # there is no element in it
        raise CaptureError("the page shows no text", SAVE_AS_TEXT) from error
    except etree.LxmlError as error:
        raise CaptureError(f"the page cannot be read as HTML: {error}", SAVE_AS_TEXT) from error
    if any(_DEPTH_ERROR in entry.message for entry in parser.error_log):
        # the parser stops there and drops the rest: text would be lost silently
        raise CaptureError("the page nests its elements thousands deep", SAVE_AS_TEXT)
    return tree
