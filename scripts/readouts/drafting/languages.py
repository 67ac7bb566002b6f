"""The language of a text, where its capture does not say: by the words that tell a language, or by its script."""

from __future__ import annotations

import re

from ..rules.lexicon import read_lexicon

_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh", re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
)
_SHARE = 0.3


def language_of(text: str, stated: str | None = None) -> str:
    """A BCP 47 tag: the stated one, else that of the script most letters are in, else the language whose small words occur most."""
    if stated and stated != "und":
        return stated
    letters = sum(char.isalpha() for char in text) or 1
    for code, script in _SCRIPTS:
        if len(script.findall(text)) > letters * _SHARE:
            return code
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = {
        code: sum(word in small for word in words)
        for code, language in read_lexicon().items()
        for small in [frozenset(language.words("stopwords")) or frozenset(language.words("not_names"))]
    }
    best = max(counts, key=lambda code: counts[code], default="en")
    return best if counts.get(best) else "en"
