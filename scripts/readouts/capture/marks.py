"""Marks that a browser draws, written as text: quotation marks, superscripts and subscripts, annotations, frames."""

from __future__ import annotations

from lxml import etree, html

FRAME = "frame: another document shown within the page"
_MARKS = {
    "fr": "«»‹›",
    "ru": "«»„“",
    "de": "„“‚‘",
    "ja": "「」『』",
}  # outer pair, inner pair; others as in English
_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_ORDINALS = frozenset(
    ["st", "nd", "rd", "th", "er", "re", "ère", "e", "ème", "eme", "o", "a", "º", "ª"]
)
_TITLES = frozenset(["me", "mes", "lle", "lles", "r", "gr", "rs"])  # Mme, Mlle, Dr


def shifted(text: str, before: str, raised: bool) -> str:
    """Return superscript or subscript text so that it cannot be read as part of the word or number before it."""
    bare = text.strip()
    if not bare or not bare[0].isalnum():
        return text  # as [1], ™ or *
    if bare.isalpha() and (
        (before[-1:].isdigit() and bare.lower() in _ORDINALS)
        or (before[-1:].isupper() and bare in _TITLES)
    ):
        return text  # 20th, Mme
    marked = bare.translate(_RAISED if raised else _LOWERED)
    if any(c.isalnum() and c == old for c, old in zip(marked, bare, strict=True)):
        marked = f"{'^' if raised else '_'}({bare})"
    return text.replace(bare, marked)


def quotation_mark(element: etree._Element, depth: int, which: int) -> str:
    """Return the mark that opens (`which` 0) or closes (1) a `q` at this depth, by the surrounding language."""
    tag = next((e.get("lang") for e in (element, *element.iterancestors()) if e.get("lang")), "")
    marks = _MARKS.get(tag[:2].lower(), "“”‘’")
    return marks[2 * (depth % 2) + which]


def attribute_words(element: etree._Element) -> tuple[str, str] | None:
    """Return the text that a reader sees from an element's attributes, and why it is not part of the document."""
    tag, get = element.tag, element.attrib.get
    if tag in ("iframe", "frame"):
        inner = (
            html.fragment_fromstring(get("srcdoc"), create_parent="div").text_content()
            if get("srcdoc")
            else ""
        )
        words, why = inner.strip() or f"{get('title', '')} {get('src', '')}", FRAME
    elif tag == "input" and get("type", "text").lower() not in (
        "hidden",
        "image",
        "checkbox",
        "radio",
        "password",
    ):
        words, why = get("value") or get("placeholder") or "", "form control"
    else:
        words, why = (
            (get("alt") or "") if tag in ("img", "area", "input") else "",
            "an image's alternative text",
        )
    return (words, why) if words.strip() else None


def is_bare(element: etree._Element) -> bool:
    """Return True if an annotation (`rt`) has no brackets of its own (`rp`) and is not within another one (`rtc`)."""
    parent = element.getparent()
    return parent is None or (parent.tag != "rtc" and parent.find("rp") is None)
