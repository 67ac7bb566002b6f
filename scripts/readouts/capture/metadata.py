"""Metadata of a page: meta elements, JSON-LD, microdata, ``time`` elements, links.

Nothing is decided here: every value comes with its place in the page, in order of trust.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from lxml import etree

from .json_ld import articles_of

_PROPERTIES = ("datePublished", "issued", "headline", "inLanguage", "name")
_MOST_PROPERTIES = 200

# names of meta elements, lower case; the order is that of trust
_DATES = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time",
    "dc.date.issued", "dcterms.issued", "dcterms.date.issued", "dc.issued", "dc.date", "dcterms.date",
    "citation_publication_date", "citation_date", "publication_date", "publicationdate", "publish_date",
    "publishdate",
    "publish-date", "published_date", "pubdate", "pub_date", "datepublished", "date_published",
    "parsely-pub-date",
    "sailthru.date", "cxenseparse:recs:publishtime", "bt:pubdate", "article.published", "release_date",
    "date",
)  # fmt: skip
_DATE_NAME = re.compile(r"(?:^|[:._-])(?:first-)?published?(?:[-_]?(?:at|on|date|time))?$")
_TITLES = (
    "og:title", "dc.title", "dcterms.title", "citation_title", "articletitle", "article:title",
    "parsely-title",
    "twitter:title", "title",
)  # fmt: skip
_PUBLISHERS = (
    "og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "publisher", "sitename",
    "site_name",
    "article:publisher_name",
)  # fmt: skip
_LANGUAGES = (
    "content-language",
    "dc.language",
    "dcterms.language",
    "citation_language",
    "language",
    "og:locale",
)


_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(\S+)"
)


@dataclass(frozen=True)
class FoundValue:
    """A value and its place in the page."""

    value: str
    evidence: str


@dataclass
class Metadata:
    """The values that the page gives for each fact, the most trusted first."""

    titles: list[FoundValue] = field(default_factory=list)
    publishers: list[FoundValue] = field(default_factory=list)
    dates: list[FoundValue] = field(default_factory=list)
    urls: list[FoundValue] = field(default_factory=list)
    languages: list[FoundValue] = field(default_factory=list)
    base: str | None = None


def metadata_of(tree: etree._Element, page: str) -> Metadata:
    """Read a page's metadata from its whole tree (before anything is dropped from it) and its source."""
    found = Metadata()
    metas = list(_iter_metas(tree))
    articles = articles_of(tree)
    _add(found.dates, metas, _DATES[:4])
    for node in articles:
        _add_node(found, node)
    _add_microdata(found, tree)
    _add(found.dates, metas, _DATES[4:])
    found.dates += [
        FoundValue(v, e) for name, v, e in metas if name not in _DATES and _DATE_NAME.search(name)
    ]
    _add(found.titles, metas, _TITLES)
    _add(found.publishers, metas, _PUBLISHERS)
    _add(found.languages, metas, _LANGUAGES)
    title = tree.find(".//head/title")
    if title is None:
        title = next((t for t in tree.iter("title") if t.getparent().tag != "svg"), None)
    if title is not None:
        found.titles.append(FoundValue(title.text_content(), "<title>"))
    _add_urls(found, tree, metas, page)
    return found


def _add(
    facts: list[FoundValue], metas: list[tuple[str, str, str]], names: tuple[str, ...]
) -> None:
    for wanted in names:
        facts += [FoundValue(value, evidence) for name, value, evidence in metas if name == wanted]


def _iter_metas(tree: etree._Element) -> Iterator[tuple[str, str, str]]:
    for meta in tree.iter("meta"):
        value = (meta.get("content") or "").strip()
        for attribute in ("property", "name", "http-equiv"):
            name = (meta.get(attribute) or "").strip()
            if name and value:
                yield name.lower(), value, f"meta {attribute} {name}"
                break


def _add_node(found: Metadata, node: Mapping[str, object]) -> None:
    def text(value: object) -> str | None:
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, Mapping):
            value = value.get("name") or value.get("@value")
        return value.strip() if isinstance(value, str) and value.strip() else None

    for key, facts in (
        ("headline", found.titles), ("name", found.titles), ("datePublished", found.dates),
        ("publisher", found.publishers), ("inLanguage", found.languages),
    ):  # fmt: skip
        if value := text(node.get(key)):
            facts.append(FoundValue(value, f"JSON-LD {key}"))
    page = node.get("mainEntityOfPage")
    for key, value in (
        ("url", node.get("url")),
        ("mainEntityOfPage", page.get("@id") if isinstance(page, Mapping) else page),
    ):
        if isinstance(value, str) and value.strip():
            found.urls.append(FoundValue(value.strip(), f"JSON-LD {key}"))


def _add_microdata(found: Metadata, tree: etree._Element) -> None:
    wanted = " or ".join(
        f"contains(@{a}, '{p}')" for a, p in product(("itemprop", "property"), _PROPERTIES)
    )
    for element in tree.xpath(f"//*[{wanted}]")[:_MOST_PROPERTIES]:
        if element.tag == "meta" and element.get("itemprop") is None:
            continue
        name = "itemprop" if element.get("itemprop") is not None else "property"
        props = {prop.rsplit(":", 1)[-1] for prop in element.get(name).split()}
        scope = next(iter(element.xpath("ancestor::*[@itemscope][1]/@itemtype")), "")
        if re.search(r"Comment|ImageObject|VideoObject|AudioObject|Review|ListItem", scope):
            continue
        value = (
            element.get("content")
            or element.get("datetime")
            or " ".join(element.text_content().split())
        )
        if not value:
            continue
        if props & {"datePublished", "issued"}:
            found.dates.append(FoundValue(value, f"{name} datePublished"))
        elif "headline" in props:
            found.titles.append(FoundValue(value, f"{name} headline"))
        elif "inLanguage" in props:
            found.languages.append(FoundValue(value, f"{name} inLanguage"))
        elif "name" in props and element.xpath(
            "ancestor::*[@itemscope][1][contains(@itemprop, 'publisher')]"
        ):
            found.publishers.append(FoundValue(value, f"{name} publisher name"))


def _add_urls(
    found: Metadata, tree: etree._Element, metas: list[tuple[str, str, str]], page: str
) -> None:
    links = [
        FoundValue(link.get("href").strip(), "link rel=canonical")
        for link in tree.iter("link")
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href")
    ]
    found.urls[:0] = links + [
        FoundValue(value, evidence) for name, value, evidence in metas if name == "og:url"
    ]
    _add(
        found.urls,
        metas,
        ("dc.identifier", "dcterms.identifier", "dc.identifier.uri", "citation_public_url"),
    )
    if saved := _SAVED_FROM.search(page[:5000]):
        found.urls.append(
            FoundValue(saved[1], "the browser's note of where the page was saved from")
        )
    base = tree.find(".//base[@href]")
    found.base = base.get("href").strip() if base is not None else None
