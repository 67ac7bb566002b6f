"""The JSON-LD of a page: the node that describes its document."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from lxml import etree

ARTICLES = frozenset([
    "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
    "BackgroundNewsArticle", "BlogPosting", "LiveBlogPosting", "Report", "SpecialAnnouncement", "TechArticle",
    "ScholarlyArticle", "SocialMediaPosting", "DiscussionForumPosting", "GovernmentPublication", "PressRelease",
])  # fmt: skip
PAGES = frozenset(["WebPage", "ItemPage", "CreativeWork", "AboutPage"])
_MOST_NODES = 2000  # of JSON-LD: more than any article needs, and a limit for hostile ones


def articles_of(tree: etree._Element) -> list[Mapping[str, object]]:
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
