"""A captured document: its text, and the facts found in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .left_out import LeftOut


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
