"""The language of a text, from its function words or its script."""

from __future__ import annotations

import re

from ..core.lexicon import read_lexicon

SCRIPTS = (("zh", "[\u4e00-\u9fff]"), ("ja", "[\u3040-\u30ff]"), ("ko", "[\uac00-\ud7af]"), ("ru", "[\u0400-\u04ff]"), ("ar", "[\u0600-\u06ff]"), ("he", "[\u0590-\u05ff]"), ("el", "[\u0370-\u03ff]"), ("th", "[\u0e00-\u0e7f]"), ("hi", "[\u0900-\u097f]"))  # fmt: skip
"""Language → the characters of its script; Cyrillic and Arabic letters represent any language written in them."""
SHARE = 0.2
"""Share of a text's letters from which a script decides."""
FEW_WORDS = 20
"""Number of words from which function words can identify the language of a text."""
MOST_LOOKED_AT = 20_000
"""Number of code points of a text that are examined."""
DEFAULT_LANGUAGE = "en"
"""Language of a text too short to identify."""


def language_of(text: str, stated: str | None = None) -> str | None:
    """Return the primary BCP 47 subtag of a text's language: as stated, by script, or by function words; None if undetermined."""
    if stated and stated != "und":
        return stated.lower().partition("-")[0]
    sample = text[:MOST_LOOKED_AT]
    letters = sum(character.isalpha() for character in sample) or 1
    for language, pattern in reversed(SCRIPTS):
        if len(re.findall(pattern, sample)) >= SHARE * letters:
            return language
    words = re.findall(r"[^\W\d_]+", sample.casefold())
    if len(words) < FEW_WORDS:
        return None
    counts = {
        language: sum(word in small for word in words)
        for language, lists in read_lexicon().items()
        for small in [frozenset(lists.words("function_words"))]
    }
    ranked = sorted(counts, key=lambda language: -counts[language])
    first, second = ranked[:2]
    return first if counts[first] >= max(3, 1.2 * counts[second], 0.05 * len(words)) else None


def language_name(code: str | None) -> str:
    """Return the English name of a language, or its code."""
    known = read_lexicon().get(code or "")
    return known.name if known else (code or "an unknown language")
