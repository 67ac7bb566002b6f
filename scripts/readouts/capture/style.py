"""CSS of a page: the elements that a browser shows, and those displayed as blocks.

The page's own style sheets, `style` attributes and HTML's defaults decide, as on a screen 1280
pixels wide. Style sheets in other files are not read: for those, the class names that frameworks
use for hidden text count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby, pairwise

import cssselect2
import tinycss2
from lxml import etree

WIDTH = 1280  # CSS pixels
MOST_RULES = 5_000  # that set display or visibility
BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "caption", "center", "col", "colgroup", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "marquee", "menu", "nav", "ol",
    "optgroup", "option", "p", "plaintext", "pre", "search", "section", "select", "summary", "table", "tbody", "td",
    "textarea", "tfoot", "th", "thead", "tr", "ul", "xmp",
])  # fmt: skip
SILENT = frozenset(["script", "style", "title", "meta", "link", "base"])  # metadata, not text
_CONTROL, _OTHER = "form control", "shown only where the browser cannot show {}"
UNSEEN = {
    "noscript": "shown only without scripts", "template": "template", "svg": "drawing",
    "input": _CONTROL, "select": _CONTROL, "option": _CONTROL, "textarea": _CONTROL, "button": _CONTROL,
    "datalist": _CONTROL, "progress": _CONTROL, "meter": _CONTROL, "annotation": "formula's source",
    "annotation-xml": "formula's source",
    "del": "struck out", "s": "struck out", "strike": "struck out",
} | {tag: _OTHER.format(tag) for tag in ("object", "embed", "iframe", "audio", "video", "canvas", "noframes", "noembed")}  # fmt: skip
_HIDING = frozenset([
    "hidden", "visually-hidden", "visuallyhidden", "sr-only", "screen-reader-text", "screen-reader-only",
    "screenreader", "element-invisible", "element-hidden", "d-none", "u-hidden", "is-hidden", "govuk-visually-hidden",
    "usa-sr-only", "invisible",
])  # fmt: skip
# `hidden md:block`, `d-none d-md-block`, `sr-only focus:…`: shown from some width on
_SHOWING = re.compile(
    r"(?:sm|md|lg|xl|2xl|tablet|desktop|min-\[.*?\]):(?:!?(?:block|inline|flex|grid|table|contents|list-item|visible|not-sr-only).*)"
    r"|(?:d|u)-(?:sm|md|lg|xl|xxl)-(?!none).+|visible-(?:sm|md|lg|xl).*|show-for-.+",
)
_LENGTH = r"([\d.]+)\s*(px|r?em)?"
_AT_LEAST = re.compile(rf"(?:min-(?:device-)?width\s*:|width\s*>=?)\s*{_LENGTH}")
_AT_MOST = re.compile(rf"(?:max-(?:device-)?width\s*:|width\s*<=?)\s*{_LENGTH}")
_ELSEWHERE = re.compile(
    r"\b(?:print|speech|aural|braille|handheld|tty|tv|not)\b|prefers-|forced-colors|portrait"
)


@dataclass(slots=True)
class Sheet:
    """Result of the page's style sheets: (rank, value) of the strongest rule for an element and a property."""

    set: dict[tuple[etree._Element, str], tuple[tuple[int, ...], str]] = field(default_factory=dict)

    def value(self, element: etree._Element, name: str) -> tuple[str | None, bool]:
        """Return the value of `display` or `visibility`, and True if the `style` attribute gives it."""
        style = element.get("style")
        found = self.set.get((element, name)) if self.set else None
        if not style:
            return (found[1] if found else None), False
        inline = _declared(style).get(name)
        if inline and (found is None or inline[1] or not found[0][0]):
            return inline[0], True
        return (found[1] if found else None), False


def sheet_of(tree: etree._Element) -> Sheet:
    """Return the rules for `display` and `visibility` in the page's `style` elements. Unreadable rules are ignored."""
    sheet, matcher = Sheet(), cssselect2.Matcher()
    names = {name for value in tree.xpath("//@class") for name in value.split()} | set(
        tree.xpath("//@id")
    )
    sheets = [style.text or "" for style in tree.iter("style") if applies(style.get("media", ""))]
    rules = [rule for text in sheets for rule in _iter_rules(text, names)]
    for selector, declared in rules[:MOST_RULES]:
        matcher.add_selector(selector, declared)
    if rules:
        for element in cssselect2.ElementWrapper.from_html_root(tree).iter_subtree():
            for specificity, order, pseudo, declared in matcher.match(element):
                for name, (value, important) in declared.items() if pseudo is None else ():
                    key, rank = (element.etree_element, name), (int(important), *specificity, order)
                    if rank > sheet.set.get(key, ((-1,), ""))[0]:
                        sheet.set[key] = rank, value
    return sheet


def _iter_rules(
    text: str, names: set[str]
) -> Iterator[tuple[cssselect2.compiler.CompiledSelector, dict[str, tuple[str, bool]]]]:
    if "display" not in text and "visibility" not in text:
        return
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)[::-1]
    while rules:
        rule = rules.pop()
        if rule.type == "at-rule" and rule.content is not None:
            asked = tinycss2.serialize(rule.prelude)
            if rule.lower_at_keyword in ("supports", "layer") or (
                rule.lower_at_keyword == "media" and applies(asked)
            ):
                rules += tinycss2.parse_rule_list(
                    rule.content, skip_comments=True, skip_whitespace=True
                )[::-1]
        elif rule.type == "qualified-rule" and (declared := _from_tokens(rule.content)):
            parts = [
                list(part)
                for comma, part in groupby(rule.prelude, lambda token: token == ",")
                if not comma
            ]
            with suppress(cssselect2.SelectorError):
                for part in (part for part in parts if _names_in(part) <= names):
                    yield from (
                        (selector, declared) for selector in cssselect2.compile_selector_list(part)
                    )


def _names_in(selector: list[tinycss2.ast.Node]) -> set[str]:
    """Return the classes and ids that an element and its ancestors must have for a selector to match."""
    classes = {
        token.value for dot, token in pairwise(selector) if dot == "." and token.type == "ident"
    }
    return classes | {token.value for token in selector if token.type == "hash"}


def _from_tokens(content: object) -> dict[str, tuple[str, bool]]:
    found: dict[str, tuple[str, bool]] = {}
    for part in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if part.type == "declaration" and part.lower_name in ("display", "visibility"):
            old = found.get(part.lower_name)
            if old is None or part.important or not old[1]:
                found[part.lower_name] = (
                    tinycss2.serialize(part.value).strip().lower(),
                    part.important,
                )
    return found


@lru_cache(maxsize=2000)
def _declared(style: str) -> dict[str, tuple[str, bool]]:
    return _from_tokens(style) if re.search("display|visibility", style, re.I) else {}


def applies(media: str) -> bool:
    """Return True if a media query list matches a screen of WIDTH pixels."""
    return any(_query_holds(query) for query in media.lower().split(","))


def _query_holds(query: str) -> bool:
    if _ELSEWHERE.search(query):
        return False
    least, most = (
        [_pixels(m) for m in pattern.finditer(query)] for pattern in (_AT_LEAST, _AT_MOST)
    )
    return all(n <= WIDTH for n in least) and all(n >= WIDTH for n in most)


def _pixels(found: re.Match[str]) -> float:
    try:
        return float(found[1]) * (16 if (found[2] or "").endswith("em") else 1)
    except ValueError:
        return 0.0


def why_hidden(element: etree._Element, sheet: Sheet, most: int) -> str | None:
    """Return the reason why a browser does not display an element; None if it does, "" for metadata.

    A class name alone does not hide an element with more than half of `most`, the number of the
    page's characters.
    """
    tag = element.tag
    if tag in SILENT:
        return ""
    if tag in ("html", "body"):
        return None
    if tag in UNSEEN and not (tag == "template" and element.get("shadowrootmode") == "open"):
        return (
            UNSEEN[tag]
            if tag != "object" or {"data", "type", "classid"} & set(element.attrib)
            else None
        )
    display, inline = sheet.value(element, "display")
    if display == "none":
        return "hidden by its style" if inline else "hidden by the page's style sheet"
    if display is not None:
        return None
    if "hidden" in element.attrib and element.get("hidden") != "until-found":
        return "hidden by its attribute “hidden”"
    if (tag == "dialog" and "open" not in element.attrib) or "popover" in element.attrib:
        return "in a closed dialog"
    return _why_by_class(element.get("class", "").lower().split(), element, most)


def _why_by_class(classes: Iterable[str], element: etree._Element, most: int) -> str | None:
    hiding = [name for name in classes if name in _HIDING]
    if not hiding or any(_SHOWING.fullmatch(name) for name in classes):
        return None
    return (
        None
        if len("".join(element.itertext())) > 0.5 * most
        else f"hidden by its class “{hiding[0]}”"
    )


def is_block(element: etree._Element, sheet: Sheet) -> bool:
    """Return True if an element is displayed as a block; browsers treat unknown elements as inline."""
    display, _ = sheet.value(element, "display")
    around = element.getparent()
    if around is not None and (sheet.value(around, "display")[0] or "").endswith(("flex", "grid")):
        return True
    if display is None or display in ("inherit", "initial", "unset", "revert"):
        return element.tag in BLOCKS
    if element.tag in ("td", "th", "tr", "li", "html", "body"):
        return True
    return not display.startswith(("inline", "contents", "ruby", "none"))
