"""The facts of a document as its page states them: title, publisher, date of publication, address,
language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import etree

from .block import Block
from .dates import Publication, printed_dates, publication
from .main_text import MainText
from .metadata import FoundValue, Metadata
from .page_chrome import is_page_chrome

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_SEPARATOR = r"\s*[|\-–—:·•»«_]+\s*"


@dataclass(frozen=True)
class Facts:
    """Each fact with its place in the page; ``None`` if the page does not state it."""

    title: FoundValue | None
    publisher: FoundValue | None
    url: FoundValue | None
    language: FoundValue | None
    publication: Publication
    notes: tuple[str, ...]


def facts_of(tree: etree._Element, metadata: Metadata, main: MainText, url: str | None) -> Facts:
    """Gather a document's facts.

    ``tree`` is the page without its hidden parts, ``url`` the address it was fetched from, if any.
    """
    language = _language(tree, metadata, main)
    lines = _date_lines(main)
    times = [FoundValue(t.text_content(), "time") for t in tree.iter("time")]
    printed = printed_dates(lines, language.value if language else None, times)
    published = publication([*metadata.dates, *_times(tree, lines)], printed)
    address, notes = _address(metadata, url)
    return Facts(
        title=_title(metadata, main),
        publisher=next(
            (FoundValue(_tidy(f.value), f.evidence) for f in metadata.publishers if _tidy(f.value)),
            None,
        ),
        url=address,
        language=language,
        publication=published,
        notes=(*published.notes, *notes),
    )


def _tidy(text: str) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", text).strip()


def _title(metadata: Metadata, main: MainText) -> FoundValue | None:
    if main.headline is not None:
        text, key = main.headline.text, "".join(main.headline.text.split()).casefold()
        tag = main.headline.element.tag
        agreeing = [
            f.evidence for f in metadata.titles if key in "".join(f.value.split()).casefold()
        ]
        where = f"{tag}" if tag in ("h1", "h2", "h3") else "headline printed in the text"
        return FoundValue(_tidy(text), f"{where}, as in {agreeing[0]}" if agreeing else where)
    for found in metadata.titles:
        text = _tidy(found.value)
        for site in metadata.publishers:
            name = re.escape(_tidy(site.value))
            text = re.sub(rf"{_SEPARATOR}{name}$|^{name}{_SEPARATOR}", "", text)
        if text:
            return FoundValue(text, found.evidence)
    return None


def _language(tree: etree._Element, metadata: Metadata, main: MainText) -> FoundValue | None:
    candidates: list[FoundValue] = []
    around = [set(block.ancestors) for block in main.blocks]
    common = [
        e for e in (main.blocks[0].ancestors if main.blocks else ()) if all(e in s for s in around)
    ]
    for element in reversed(common):
        value = (
            element.get("lang")
            or element.get("{http://www.w3.org/XML/1998/namespace}lang")
            or element.get("xml:lang")
        )
        if value:
            candidates.append(FoundValue(value, f"{element.tag} lang"))
    for found in (*candidates, *metadata.languages):
        if tag := language_tag(found.value):
            return FoundValue(tag, found.evidence)
    return None


def language_tag(value: str) -> str | None:
    """Return a BCP 47 tag in its usual case (``en_us`` gives ``en-US``), or ``None`` if the value is not one."""
    value = value.split(",")[0].strip().replace("_", "-")
    if not _TAG.fullmatch(value) or value.lower() in ("und", "mul", "zxx", "xx"):
        return None
    first, *rest = value.split("-")
    cased = [
        part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part.lower()
        for part in rest
    ]
    return "-".join([first.lower(), *cased])


def _date_lines(main: MainText) -> list[tuple[Block, bool]]:
    lines = list(main.date_lines)
    if main.headline in lines:
        at = lines.index(main.headline)
        return [(b, i > at) for i, b in enumerate(lines) if i != at]
    return [(block, True) for block in lines]


def _times(tree: etree._Element, lines: list[tuple[Block, bool]]) -> list[FoundValue]:
    """Return the ``time`` elements marked as the date of publication, or the only one near the headline."""
    marked, near = [], []
    with_date_lines = {block.element for block, _ in lines}
    for element in tree.iter("time"):
        value, classes = element.get("datetime"), element.get("class", "")
        if not value or re.search(r"updat|modif", classes, re.I):
            continue
        if any(is_page_chrome(e) for e in element.iterancestors()):
            continue
        if "pubdate" in element.attrib or re.search(
            r"publish|posted|entry-date|pubdate", classes, re.I
        ):
            marked.append(FoundValue(value, "time datetime"))
        elif any(e in with_date_lines for e in element.iterancestors()):
            near.append(FoundValue(value, "time datetime"))
    return marked[:1] or (near if len({f.value for f in near}) == 1 else [])


def _address(metadata: Metadata, url: str | None) -> tuple[FoundValue | None, tuple[str, ...]]:
    usable = []
    base = urljoin(url or "", metadata.base or "")
    for found in metadata.urls:
        try:
            address = urljoin(base, found.value)
            parts = urlsplit(address)
        except ValueError:  # such as "http://[": not usable
            continue
        if parts.scheme in ("http", "https") and parts.hostname:
            usable.append(
                (
                    FoundValue(address, found.evidence),
                    parts.path.strip("/") != "" or bool(parts.query),
                )
            )
    chosen = next(
        (f for f, deep in usable if deep), None
    )  # a home page is not the address of a document
    if chosen is None:
        return (FoundValue(url, "the address it was fetched from") if url else None), ()
    notes = ()
    if url and urlsplit(url).hostname != urlsplit(chosen.value).hostname:
        notes = (f"fetched from {url}, but {chosen.evidence} says {chosen.value}",)
    return chosen, notes
