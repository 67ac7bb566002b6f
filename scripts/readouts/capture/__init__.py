"""Capture: a saved page, a text file or an address turned into the plain text a reader sees, and the facts
found in it.

Nothing is guessed: a fact that the page does not state is ``None``, and every other comes with where it
stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .encoding import html_from_bytes, is_html, refuse_other_files, text_from_bytes
from .error import CaptureError
from .facts import facts_of
from .fetch import MOST_BYTES, MOST_SECONDS, page_from_url
from .identifiers import propose_source_id
from .main_text import main_text_of
from .metadata import metadata_of
from .page import blocks_of, drop_unseen, text_of, tree_from_text

__all__ = [
    "Capture", "CaptureError", "capture_from_bytes", "capture_from_file", "capture_from_url",
    "propose_source_id",
]  # fmt: skip

LONGEST_NOTE = 80


@dataclass(frozen=True)
class Capture:
    """A captured document.

    ``text``: what is to be written as source.txt, in UTF-8 without any translation of line ends.
    ``*_basis`` is "stated" or "inferred" (``None`` where the fact is), ``*_evidence`` where in the page it
    was found. ``title`` and ``publisher`` are as printed; ``published_on`` is the publisher's local date as
    far as the page says; ``published_at`` the timestamp as found; ``time_zone`` is ``None``, since no page
    names its zone; ``language`` is a BCP 47 tag; ``obtained_from`` the file name or the address given.
    ``notes`` is what a curator should look at.
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


def capture_from_file(path: str | Path, accessed_on: date) -> Capture:
    """Capture a saved page or a text file; ``accessed_on`` is the day on which it was obtained."""
    path = Path(path)
    try:
        if not path.is_file():  # a pipe or a device might never end
            raise CaptureError(f"{path} is not a file", "name a saved page or a text file")
        if path.stat().st_size > MOST_BYTES:
            raise CaptureError(f"{path.name} is larger than {MOST_BYTES / 1e6:g} MB", "add only the document's text")
        data = path.read_bytes()
    except OSError as error:
        raise CaptureError(f"{path} cannot be read: {error.strerror}", "check the name and the rights") from error
    return capture_from_bytes(data, path.name, accessed_on=accessed_on)


def capture_from_url(
    url: str, accessed_on: date, *, allow_private: bool = False, seconds: float = MOST_SECONDS
) -> Capture:
    """Fetch and capture a page; ``allow_private`` is for tests against a server on this machine."""
    got = page_from_url(url, allow_private=allow_private, seconds=seconds)
    content_type = f"{got.content_type or ''}; charset={got.charset}" if got.charset else got.content_type
    return capture_from_bytes(got.data, url, accessed_on=accessed_on, url=got.url, content_type=content_type)


def capture_from_bytes(
    data: bytes, name: str, *, accessed_on: date, url: str | None = None, content_type: str | None = None
) -> Capture:
    """Capture a document from its bytes.

    ``name`` is what it was obtained from, ``url`` the address it was fetched from, ``content_type`` the HTTP
    header. Whether it is HTML or text is told by its content. Raises ``CaptureError``, and nothing else.
    """
    if len(data) > MOST_BYTES:
        raise CaptureError(f"{name} is larger than {MOST_BYTES / 1e6:g} MB", "add only the document's text")
    refuse_other_files(data, name)
    kind, _, rest = (content_type or "").partition(";")
    kind = kind.strip().lower() or None
    if not is_html(data, name, kind):
        return _capture_of_text(data, name, accessed_on, url)
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", rest, re.I)
    page, note = html_from_bytes(data, name, charset[1] if charset else None)
    if "\0" in page:
        raise CaptureError(f"{name} holds NUL characters, so it is no text", "save the page again, as HTML")
    return _capture_of_page(page, name, accessed_on, url, (note,) if note else ())


def _capture_of_text(data: bytes, name: str, accessed_on: date, url: str | None) -> Capture:
    text = text_from_bytes(data, name)
    if "\0" in text:
        raise CaptureError(f"{name} holds NUL characters, so it is no text", "save it as a UTF-8 text file")
    if not text.strip("\ufeff \t\r\n\f\u00a0"):
        raise CaptureError(f"{name} is empty", "add the document's text")
    address = "the address it was fetched from" if url else None
    return Capture(
        text,
        *[None] * 14,
        url,
        "stated" if url else None,
        address,
        obtained_from=name,
        accessed_on=accessed_on,
    )


def _capture_of_page(page: str, name: str, accessed_on: date, url: str | None, notes: tuple[str, ...]) -> Capture:
    tree = tree_from_text(page)
    metadata = metadata_of(tree, page)
    drop_unseen(tree)
    main = main_text_of(page, blocks_of(tree), [found.value for found in metadata.titles])
    text = text_of(main.blocks)
    if not text.strip():
        raise CaptureError(
            f"{name} shows no text",
            "a page that a script fills is empty when saved: copy its text into a text file",
        )
    facts = facts_of(tree, metadata, main, url)
    left_out = tuple(f'left out: "{_shortened(text)}"' for text in main.left_out)

    def told(fact):  # value, basis, evidence
        return (fact.value, "stated", fact.evidence) if fact else (None, None, None)

    dated = facts.publication
    return Capture(
        text,
        *told(facts.title),
        *told(facts.publisher),
        dated.on,
        dated.basis,
        dated.evidence,
        dated.at,
        None,
        *told(facts.language),
        *told(facts.url),
        obtained_from=name,
        accessed_on=accessed_on,
        notes=(*notes, *facts.notes, *left_out),
    )


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_NOTE else text[: LONGEST_NOTE - 1].rstrip() + "…"
