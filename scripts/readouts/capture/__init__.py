"""Capture: a saved page, a text file or an address turned into the plain text a reader sees, and
the facts found in it.

Nothing is guessed: a fact that the page does not state is ``None``, and every other fact comes with
its place in the page.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

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
from .main_text import LeftOut, main_text_of
from .marks import FRAME
from .metadata import metadata_of
from .page import blocks_of, text_of, tree_from_text
from .page_chrome import CLOSING

__all__ = [
    "Capture", "CaptureError", "LeftOut", "capture_from_bytes", "capture_from_file", "capture_from_url",
    "propose_source_id",
]  # fmt: skip

LONGEST_NOTE = 80
MOST_NOTES = 20
_SENTENCE_END = re.compile(r"[.!?:;。！？؟…।]['\"”’»)\]]*\s*$")


@dataclass(frozen=True)
class Capture:
    """A captured document.

    ``text``: the content of source.txt, in UTF-8 without any translation of line ends. ``*_basis``
    is "stated" or "inferred" (``None`` if the fact is), ``*_evidence`` its place in the page.
    ``title`` and ``publisher`` are as printed; ``published_on`` is the publisher's local date as
    far as the page says; ``published_at`` the timestamp as found; ``time_zone`` is ``None``, since
    no page names its zone; ``language`` is a BCP 47 tag; ``obtained_from`` the file name or the
    address given. ``notes`` lists points for a curator to check. ``original_sha256`` and
    ``media_type`` are those of the bytes as received, ``encoding`` and ``decided_by`` how they were
    decoded, ``left_out`` all text of the document that is not in ``text``, in order, ``pages`` the
    offset in ``text`` (code points) at which each page begins.
    """

    text: str
    title: str | None
    title_basis: str | None
    title_evidence: str | None
    publisher: str | None
    publisher_basis: str | None
    publisher_evidence: str | None
    published_on: date | None
    published_on_basis: str | None
    published_on_evidence: str | None
    published_at: str | None
    time_zone: str | None
    language: str | None
    language_basis: str | None
    language_evidence: str | None
    url: str | None
    url_basis: str | None
    url_evidence: str | None
    obtained_from: str
    accessed_on: date
    notes: tuple[str, ...] = ()
    original_sha256: str = ""
    media_type: str = ""
    encoding: str | None = None
    decided_by: str | None = None
    left_out: tuple[LeftOut, ...] = ()
    pages: tuple[int, ...] = ()


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
    kind, _, rest = (content_type or "").partition(";")
    kind = kind.strip().lower() or None
    digest = hashlib.sha256(data).hexdigest()
    if other := kind_of(data, name):
        document = document_from_bytes(data, name, other)
        capture = (
            _capture_of_document(document, name, accessed_on, url)
            if document.html is None
            else _capture_of_page(
                Decoded(document.html, "", "the message's own header"), name, accessed_on, url
            )
        )
        if document.html is not None:
            headed = _capture_of_document(document, name, accessed_on, url)
            for fact in [f for f in ("title", "published_on") if getattr(capture, f) is None]:
                capture = replace(
                    capture,
                    **{f: getattr(headed, f) for f in (fact, f"{fact}_basis", f"{fact}_evidence")},
                )
            capture = replace(capture, left_out=(*document.left_out, *capture.left_out))
        capture = replace(capture, media_type=other)
    else:
        refuse_other_files(data, name)
        if is_html(data, name, kind):
            charset = _charset(rest)
            page = html_from_bytes(data, name, charset)
            if "\0" in page.text:
                raise CaptureError(
                    f"{name} contains NUL characters, so it is not text",
                    "save the page again, as HTML",
                )
            capture = replace(
                _capture_of_page(page, name, accessed_on, url), media_type=_page_type(kind, name)
            )
        else:
            capture = replace(
                _capture_of_text(data, name, accessed_on, url), media_type=_text_type(kind, name)
            )
    return replace(capture, original_sha256=digest)


def _charset(parameters: str) -> str | None:
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", parameters, re.I)
    return found[1] if found else None


def _page_type(kind: str | None, name: str) -> str:
    xhtml = kind == "application/xhtml+xml" or (kind is None and name.lower().endswith(".xhtml"))
    return "application/xhtml+xml" if xhtml else "text/html"


def _text_type(kind: str | None, name: str) -> str:
    called = kind == "text/markdown" or name.lower().endswith((".md", ".markdown"))
    return "text/markdown" if called else "text/plain"


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
        obtained_from=name, accessed_on=accessed_on, notes=(*document.notes, *_prose(document.left_out)),
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
            message = f"{name} shows its text in frames: {_shortened(', '.join(frames))}"
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
        notes=(*page.notes, *facts.notes, *_prose(main.left_out)),
        encoding=page.encoding or None,
        decided_by=page.decided_by,
        left_out=main.left_out,
    )


def _prose(left_out: Sequence[LeftOut]) -> Iterator[str]:
    """Return a note on each part left out that is inside the text or reads like prose; the others are only in the list."""
    shown = [
        p
        for p in left_out
        if (p.inside and len(p.text.split()) > 1 and p.reason != FRAME) or _reads_like_prose(p.text)
    ]
    for part in shown[:MOST_NOTES]:
        yield f'left out ({part.reason}): "{_shortened(part.text)}"'
    if len(shown) > MOST_NOTES:
        yield f"left out: {len(shown) - MOST_NOTES} more parts that read like prose; capture.json lists them"


def _reads_like_prose(text: str) -> bool:
    words = len(text.split())
    return (
        (words >= 5 or (words and len(text) / words > 12 and len(text) > 20))
        and bool(_SENTENCE_END.search(text))
        and not CLOSING.search(text)
    )


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_NOTE else text[: LONGEST_NOTE - 1].rstrip() + "…"
