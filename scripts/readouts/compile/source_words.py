"""Words that curators quote, with the spacing of the source."""

from __future__ import annotations

import re
from typing import Any

from ..curation.quotations import Quotable, Stretch, fold_space
from .problems import words_of


def own_words(source: Quotable, words: str | None) -> str | None:
    """Return the words with the spacing of the source if they appear in it, otherwise unchanged for the guards to report."""
    found = source.find(words) if words else []
    return source.text[slice(*found[0])] if found else words


def own_evidence(source: Quotable, evidence: str | None, basis: str | None) -> str | None:
    """Return an evidence field with the words in curly quotation marks (the whole of it if stated) spaced as in the source."""
    if evidence is None or basis == "stated":
        return own_words(source, evidence)
    return re.sub(r"“([^”]+)”", lambda match: f"“{own_words(source, match[1])}”", evidence)


def marked_words(source: Quotable, quote: Any, within: Stretch) -> str | None:
    """Return the words of a marked part, which has been located, as the source has them."""
    if quote is None:
        return None
    words, occurrence = words_of(quote)
    found = source.find(words, within) or source.find(words)
    return source.text[slice(*found[(occurrence or 1) - 1])]


def earlier_words(source: Quotable, quote: Any, before: int) -> str | None:
    """Return the words as the source has them at their last place before the offset, or unchanged for the guards to report."""
    if quote is None:
        return None
    words, occurrence = words_of(quote)
    found = source.find(words)
    earlier = [stretch for stretch in found if stretch[0] < before]
    if occurrence is not None and occurrence <= len(found):
        earlier = [found[occurrence - 1]]
    at = earlier or found
    return source.text[slice(*at[-1])] if at else fold_space(words)
