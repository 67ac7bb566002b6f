"""Documents that are not pages: PDF and Word files and e-mail, recognized by their content. PDF needs the extra `documents`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from .error import CaptureError
from .left_out import LeftOut

PDF, EMAIL = "application/pdf", "message/rfc822"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HEADERS = re.compile(rb"\A(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}\r?\n")
_MESSAGE = re.compile(rb"^(?:From|To|Subject|Date|Message-ID):", re.I | re.M)
AS_TEXT = "copy its text into a UTF-8 text file and add that"


@dataclass(frozen=True)
class Document:
    """A document's text, or the HTML that is still to be read; `pages` are offsets in the text, in code points."""

    text: str
    left_out: tuple[LeftOut, ...] = ()
    pages: tuple[int, ...] = ()
    title: str | None = None
    notes: tuple[str, ...] = ()
    html: str | None = None
    on: date | None = None
    on_evidence: str | None = None


def kind_of(data: bytes, name: str) -> str | None:
    """Return the media type of a PDF, Word or e-mail file by its content; None for any other."""
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith(b"PK\x03\x04") and (
        name.lower().endswith((".docx", ".docm")) or re.search(rb"word/document\d*\.xml", data)
    ):
        return WORD
    head = data[:20_000]
    called = name.lower().endswith(".eml")
    if ((called or _HEADERS.match(head)) and _MESSAGE.search(head) and b"multipart/related" not in head[:4000].lower().split(b"\n\n")[0]) or (called and _MESSAGE.search(head)):  # fmt: skip
        return (
            EMAIL
            if called or len({m.group().lower() for m in _MESSAGE.finditer(head)}) >= 3
            else None
        )
    return None


def document_from_bytes(data: bytes, name: str, kind: str) -> Document:
    """Read a document of a kind that `kind_of` gives. Raises CaptureError."""
    if kind == PDF:
        try:
            from .pdf import document_from_pdf as read
        except ImportError as error:
            hint = "run: pip install 'readouts[documents]'"
            raise CaptureError(f"{name} needs pypdfium2, which is not installed", hint) from error
    elif kind == WORD:
        from .word import document_from_word as read
    else:
        from .message import document_from_message as read
    document = read(data, name)
    if document.html is None and not document.text.strip():
        hint = (
            "it may be a scan: recognise its text with another program" if kind == PDF else AS_TEXT
        )
        raise CaptureError(f"{name} contains no text", hint)
    return document
