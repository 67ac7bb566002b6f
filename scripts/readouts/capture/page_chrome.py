"""Page chrome, which is not part of the document: navigation, share buttons, cookie notices, comments, footers.

Recognized by HTML's own names for it (``nav``, ``role="contentinfo"``) and by common names in
``class`` and ``id``, matched as whole words so that ``navy`` is not ``nav``.
"""

from __future__ import annotations

import itertools
import re

from lxml import etree

from .block import Block

TAGS = frozenset(["nav", "aside", "footer", "form", "dialog", "menu"])
ROLES = frozenset([
    "navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "alert", "toolbar",
    "menu", "menubar", "tablist", "form",
])  # fmt: skip
# one word of a class or an id is enough
WORDS = frozenset([
    "nav", "navbar", "navigation", "navlinks", "topnav", "mainnav", "subnav", "menu", "mainmenu", "submenu",
    "breadcrumb", "breadcrumbs", "crumbs", "sidebar", "masthead", "cookie", "cookies", "gdpr", "consent", "share",
    "sharing", "shares", "sharedaddy", "sharethis", "addthis", "addtoany", "bshare", "social", "socials",
    "newsletter", "subscribe", "subscription", "advert", "adverts", "advertisement", "advertising", "sponsored",
    "promo", "promos", "related", "relatedposts", "recommended", "recommendations", "recirculation", "trending",
    "comments", "comment", "commentlist", "disqus", "pagination", "pager", "skip", "skiplink", "skiplinks", "tags",
    "taglist", "tagcloud", "toolbar", "tools", "widget", "popup", "modal", "feedback", "paywall", "outbrain",
    "taboola", "readmore", "teaser", "teasers", "printbutton", "disclaimer-banner", "copyright", "colophon", "signup",
])  # fmt: skip
# these words mean page chrome only next to another, in this order
PAIRS = frozenset(
    "site footer|page footer|site header|page header|most read|most popular|author box|author bio|about"
    " author"
    " |back top|to top|read more|see also|read next|entry footer|post footer|article footer|language switcher"
    " |font size|text size|print page|email page|skip link|skip links|search form|call to|like"
    " this|topic list"
    .replace(" |", "|").split("|")
)  # fmt: skip
NEVER = frozenset(
    [
        "html",
        "body",
        "main",
        "article",
        "p",
        "h1",
        "h2",
        "li",
        "ul",
        "ol",
        "table",
        "td",
        "tr",
        "tbody",
    ]
)
LISTS = frozenset(["ul", "ol"])
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_PARTS = re.compile(r"[^0-9a-z]+")

HEADINGS = re.compile(  # headings of a list of other pages
    r"(related|see also|read (more|also|next)|more (from|on|in|news|about)\b|you (may|might) also"
    r"|recommended|latest"
    r"|most (read|popular|viewed)|trending|share|follow us|tags|topics|comments|\d+ comments?"
    r"|leave a (reply|comment)"
    r"|other (news|articles|releases|communiqu|statements)|recent (posts|news)|subscribe|sign up"
    r"|stay connected"
    r"|à lire aussi|voir aussi|sur le même sujet|lire aussi|ver también|noticias relacionadas|siehe auch"
    r"|mehr zum thema|leia também|читайте также|по теме|相关(新闻|文章|链接)|推荐阅读|اقرأ أيضا)",
    re.I,
)
LABELS = re.compile(  # a line that is a button
    r"(share( this| on.*)?|print( this page| page|able version)?|back( to.*)?|top|e-?mail( this.*)?"
    r"|save|like|tweet|copy link"
    r"|previous.*|next.*|advertisement|skip to .*|a[+-]|imprimer|partager|drucken|teilen|imprimir|compartir"
    r"|печать|поделиться|打印|分享)[ :]*",
    re.I,
)
_SENTENCE = re.compile(r"[.!?。！？؟]['\"”’)]*\s*$|://|@")
CLOSING = re.compile(
    r"^(©|\(c\) |copyright\s*(©|\(c\)|:|by\b|\d)|(page )?last (updated|modified|reviewed)|page updated)"
    r"|all rights reserved|©"
    r"|(tous droits réservés|todos los derechos reservados|alle rechte vorbehalten|все права защищены"
    r"|版权所有)",
    re.I,
)


def names_of(element: etree._Element) -> list[str]:
    """Return the words of an element's ``class`` and ``id``, and of the test id that some frameworks print instead."""
    values = (element.get("class", ""), element.get("id", ""), element.get("data-testid", ""))
    words: list[str] = []
    for value in values:
        words += [word for word in _PARTS.split(_CAMEL.sub("-", value).lower()) if word] + [""]
    return words


def is_page_chrome(element: etree._Element) -> bool:
    """Return True if an element's markup says that it is not part of the document."""
    tag = element.tag
    if (
        tag == "footer"
        and element.getparent() is not None
        and element.getparent().tag == "blockquote"
    ):
        return False  # the source of a quotation
    if tag in TAGS:
        return True
    if element.get("role", "").lower() in ROLES and tag not in ("html", "body", "main", "article"):
        return True
    if tag in NEVER - LISTS:
        return False
    words = names_of(element)
    if not WORDS.isdisjoint(words):
        return True
    return any(f"{a} {b}" in PAIRS for a, b in itertools.pairwise(words))


def page_chrome_name(element: etree._Element) -> str:
    """Return the tag, role, class or id that identifies an element as page chrome."""
    if element.tag in TAGS:
        return {"nav": "navigation", "aside": "next to the text"}.get(element.tag, element.tag)
    if element.get("role", "").lower() in ROLES:
        return f"role {element.get('role').lower()}"
    name = " ".join(
        (element.get("class") or element.get("id") or element.get("data-testid") or "").split()
    )
    return f"{element.tag} named “{name[:60]}”"


def is_closing(block: Block) -> bool:
    """Return True if a block is a page's closing line: copyright, date of the last change."""
    return block.weight < 200 and bool(CLOSING.search(block.text))


def is_link_row(block: Block) -> bool:
    """Return True if a block consists only of links, or is a label such as "Print this page"."""
    if block.linked and LABELS.fullmatch(block.text.strip()):
        return True
    if block.links < 2 or _SENTENCE.search(block.text):
        return False  # a sentence with two links is not a row of links
    return block.weight - block.linked <= 3 * block.links + 10  # separators and a label
