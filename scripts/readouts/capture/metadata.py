"""Metadata of a page: meta elements, JSON-LD, microdata, ``time`` elements, links.

Nothing is decided here: every value comes with its place in the page, in order of trust.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from lxml import etree

ARTICLES = frozenset([
    "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
    "BackgroundNewsArticle", "BlogPosting", "LiveBlogPosting", "Report", "SpecialAnnouncement", "TechArticle",
    "ScholarlyArticle", "SocialMediaPosting", "DiscussionForumPosting", "GovernmentPublication", "PressRelease",
])  # fmt: skip
PAGES = frozenset(["WebPage", "ItemPage", "CreativeWork", "AboutPage"])
_PROPERTIES = ("datePublished", "issued", "headline", "inLanguage", "name")
_MOST_PROPERTIES = 200
_MOST_NODES = 2000  # of JSON-LD: more than any article needs, and a limit for hostile ones

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
    articles = _articles(tree)
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


def _articles(tree: etree._Element) -> list[Mapping[str, object]]:
    """Return the JSON-LD nodes that describe the page's document: its article, then its page."""
    nodes: list[Mapping[str, object]] = []
    for script in tree.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() != "application/ld+json":
            continue
        source = re.sub(
            r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$",
            "",
            script.text or "",
        )
        try:
            loaded = json.loads(source, strict=False)
        except (ValueError, RecursionError):  # a broken or hostile block is ignored
            continue
        nodes += _nodes(loaded)
    named = {
        node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1
    }
    for kinds in (ARTICLES, PAGES):
        fitting = [node for node in nodes if kinds & _types(node)]
        heads = {str(node.get("headline") or node.get("name")) for node in fitting}
        if fitting and len(heads) == 1:  # several of them are a list of other documents
            chosen = dict(fitting[0])
            publisher = chosen.get("publisher")
            if (
                isinstance(publisher, Mapping)
                and publisher.get("@id") in named
                and "name" not in publisher
            ):
                chosen["publisher"] = named[publisher["@id"]]
            return [chosen]
    return []


def _nodes(loaded: object) -> list[Mapping[str, object]]:
    nodes: list[Mapping[str, object]] = []
    queue = [loaded]
    while queue and len(nodes) < _MOST_NODES:
        item = queue.pop(0)
        if isinstance(item, list):
            queue[:0] = item
        elif isinstance(item, dict):
            nodes.append(item)
            queue += [
                item[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in item
            ]
    return nodes


def _types(node: Mapping[str, object]) -> set[str]:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return {kind.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for kind in kinds if isinstance(kind, str)}


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
