"""Capture: a saved page, a text file or an address turned into the plain text a reader sees, and
the facts found in it.

Nothing is guessed: a fact that the page does not state is ``None``, and every other fact comes with
its place in the page.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from .block import text_of
from .capture import Capture
from .documents import Document, document_from_bytes, kind_of
from .encoding import (
    AS_TEXT,
    Decoded,
    html_from_bytes,
    is_html,
    refuse_other_files,
    text_from_bytes,
)
from .error import CaptureError
from .facts import facts_of
from .fetch import MOST_BYTES, MOST_SECONDS, page_from_url
from .identifiers import propose_source_id
from .left_out import LeftOut, notes_on, shortened
from .main_text import main_text_of
from .marks import FRAME
from .metadata import metadata_of
from .page import blocks_of
from .tree import tree_from_text

__all__ = [
    "Capture", "CaptureError", "LeftOut", "capture_from_bytes", "capture_from_file", "capture_from_url",
    "propose_source_id",
]  # fmt: skip


def capture_from_file(path: str | Path, accessed_on: date) -> Capture:
    """Capture a saved page or a text file; ``accessed_on`` is the day on which it was obtained."""
    path = Path(path)
    try:
        if not path.is_file():  # a pipe or a device might never end
            raise CaptureError(
                f"{path} is not a file", "pass a saved page, a PDF, Word, e-mail or text file"
            )
        if path.stat().st_size > MOST_BYTES:
            raise CaptureError(
                f"{path.name} is larger than {MOST_BYTES / 1e6:g} MB",
                "add only the document's text",
            )
        data = path.read_bytes()
    except OSError as error:
        raise CaptureError(
            f"{path} cannot be read: {error.strerror}", "check the name and the rights"
        ) from error
    name = os.fsencode(path.name).decode("utf-8", "backslashreplace")
    return capture_from_bytes(data, name, accessed_on=accessed_on)


def capture_from_url(
    url: str, accessed_on: date, *, allow_private: bool = False, seconds: float = MOST_SECONDS
) -> Capture:
    """Fetch and capture a page; ``allow_private`` is for tests with a local server."""
    got = page_from_url(url, allow_private=allow_private, seconds=seconds)
    content_type = (
        f"{got.content_type or ''}; charset={got.charset}" if got.charset else got.content_type
    )
    return capture_from_bytes(
        got.data, url, accessed_on=accessed_on, url=got.url, content_type=content_type
    )


def capture_from_bytes(
    data: bytes,
    name: str,
    *,
    accessed_on: date,
    url: str | None = None,
    content_type: str | None = None,
) -> Capture:
    """Capture a document from its bytes.

    ``name`` is what it was obtained from, ``url`` the address it was fetched from, ``content_type``
    the HTTP header. Its content decides whether it is HTML or text. Raises ``CaptureError``, and
    nothing else.
    """
    if len(data) > MOST_BYTES:
        raise CaptureError(
            f"{name} is larger than {MOST_BYTES / 1e6:g} MB", "add only the document's text"
        )
    kind, _, parameters = (content_type or "").partition(";")
    kind = kind.strip().lower() or None
    if other := kind_of(data, name):
        document = document_from_bytes(data, name, other)
        read = _capture_of_document if document.html is None else _capture_of_message
        capture, media_type = read(document, name, accessed_on, url), other
    else:
        refuse_other_files(data, name)
        if is_html(data, name, kind):
            page = _html_page(data, name, parameters)
            capture, media_type = (
                _capture_of_page(page, name, accessed_on, url),
                _page_type(kind, name),
            )
        else:
            capture, media_type = (
                _capture_of_text(data, name, accessed_on, url),
                _text_type(kind, name),
            )
    return replace(capture, media_type=media_type, original_sha256=hashlib.sha256(data).hexdigest())


def _html_page(data: bytes, name: str, parameters: str) -> Decoded:
    """Decode an HTML page; `parameters` are those of its content type."""
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", parameters, re.I)
    page = html_from_bytes(data, name, charset[1] if charset else None)
    if "\0" in page.text:
        raise CaptureError(
            f"{name} contains NUL characters, so it is not text", "save the page again, as HTML"
        )
    return page


def _page_type(kind: str | None, name: str) -> str:
    xhtml = kind == "application/xhtml+xml" or (kind is None and name.lower().endswith(".xhtml"))
    return "application/xhtml+xml" if xhtml else "text/html"


def _text_type(kind: str | None, name: str) -> str:
    called = kind == "text/markdown" or name.lower().endswith((".md", ".markdown"))
    return "text/markdown" if called else "text/plain"


def _capture_of_message(
    document: Document, name: str, accessed_on: date, url: str | None
) -> Capture:
    """Capture an e-mail in HTML; its header gives the title and the day if the HTML does not."""
    page = Decoded(document.html or "", "", "the message's own header")
    capture = _capture_of_page(page, name, accessed_on, url)
    header = _capture_of_document(document, name, accessed_on, url)
    for fact in ("title", "published_on"):
        if getattr(capture, fact) is None:
            names = (fact, f"{fact}_basis", f"{fact}_evidence")
            capture = replace(capture, **{name: getattr(header, name) for name in names})
    return replace(capture, left_out=(*document.left_out, *capture.left_out))


def _capture_of_text(data: bytes, name: str, accessed_on: date, url: str | None) -> Capture:
    text = text_from_bytes(data, name)
    if "\0" in text:
        raise CaptureError(
            f"{name} contains NUL characters, so it is not text", "save it as a UTF-8 text file"
        )
    if re.match(r"\ufeff?\s*<(?:\?xml|svg|rss|feed)\b", text):
        raise CaptureError(f"{name} is an XML file, not a web page or a text", AS_TEXT)
    if not text.strip("\ufeff \t\r\n\f\u00a0"):
        raise CaptureError(f"{name} is empty", "add the document's text")
    document = Document(
        text,
        notes=("the text contains U+FFFD: characters were lost earlier",)
        if "\ufffd" in text
        else (),
    )
    return replace(
        _capture_of_document(document, name, accessed_on, url),
        encoding="utf-8",
        decided_by="text files are UTF-8",
    )


def _capture_of_document(
    document: Document, name: str, accessed_on: date, url: str | None
) -> Capture:
    address = "the address it was fetched from" if url else None
    title = (document.title, "stated", "the document's title") if document.title else (None,) * 3
    day = (document.on, "stated", document.on_evidence) if document.on else (None,) * 3
    return Capture(
        document.text, *title, *[None] * 3, *day, *[None] * 5, url, "stated" if url else None, address,
        obtained_from=name, accessed_on=accessed_on, notes=(*document.notes, *notes_on(document.left_out)),
        left_out=document.left_out, pages=document.pages,
    )  # fmt: skip


def _capture_of_page(page: Decoded, name: str, accessed_on: date, url: str | None) -> Capture:
    tree = tree_from_text(page.text)
    metadata = metadata_of(tree, page.text)
    main = main_text_of(page.text, blocks_of(tree), [found.value for found in metadata.titles])
    text = text_of(main.blocks)
    if not text.strip():
        frames = [part.text for part in main.left_out if part.reason == FRAME]
        if frames:
            message = f"{name} shows its text in frames: {shortened(', '.join(frames))}"
            raise CaptureError(message, "add the frame that contains the document")
        raise CaptureError(
            f"{name} shows no text",
            "a page that a script fills is empty when saved: copy its text into a text file",
        )
    facts = facts_of(tree, metadata, main, url)

    def parts_of(fact):  # value, basis, evidence
        return (fact.value, "stated", fact.evidence) if fact else (None, None, None)

    dated = facts.publication
    return Capture(
        text,
        *parts_of(facts.title),
        *parts_of(facts.publisher),
        dated.on,
        dated.basis,
        dated.evidence,
        dated.at,
        None,
        *parts_of(facts.language),
        *parts_of(facts.url),
        obtained_from=name,
        accessed_on=accessed_on,
        notes=(*page.notes, *facts.notes, *notes_on(main.left_out)),
        encoding=page.encoding or None,
        decided_by=page.decided_by,
        left_out=main.left_out,
    )
