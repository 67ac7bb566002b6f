"""The words of a text, and the form in which words are compared."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from ..core.lexicon import Language

_WORD = re.compile(
    r"(?:[A-Z]\.){2,}"  # U.S.
    r"|[A-Za-z]+[-‑]?\d+[A-Za-z\d]*"  # G7, COVID-19, F-16
    r"|\d+(?:[.,:/]\d+)*"  # 1,000  1/4  9:30
    r"|[\u3400-\u9fff\u3040-\u30ff]"  # scripts without spaces: a character is a word
    r"|[^\W\d_]+(?:['’ʼ\u00ad\u200b\u200c\u200d\u2060][^\W\d_]+)*"
    r"|[%$€£¥?]"
)
_SIGN = re.compile(r"(?:^|[\s(\[])[-−–]\Z")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u061c"))
_SUFFIXES = (
    "ational", "ization", "isation", "iveness", "fulness", "ements", "ations", "itions", "ically", "ement", "ation",
    "ition", "ments", "ships", "ously", "ively", "fully", "ances", "ences", "ities", "ment", "ship", "ings", "ions",
    "edly", "ance", "ence", "ally", "ical", "able", "ible", "ness", "ists", "ing", "ies", "ied", "ers", "ors", "ion",
    "ity", "ive", "ous", "ful", "ism", "ist", "ed", "er", "or", "al", "ly", "es", "s", "e", "y",
)  # fmt: skip
_SHORTEST = 4
"""Fewest letters that a stem keeps."""
_MARKS = {"%": "percent", "$": "dollar", "€": "euro", "£": "pound", "¥": "yen"}
_LONGEST_ACRONYM = 5


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text. `form` is equal for equal words; `stem` is equal for words of one family;
    `name` is true for a word that begins with a capital. Offsets are code points, end-exclusive.
    """

    start: int
    end: int
    form: str
    stem: str
    name: bool = False


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words of `text[start:end]`; offsets are relative to `text`. Marks that carry meaning (`%`, `$`, `?`) are words."""
    found = []
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        for piece, at in _pieces(match[0]):
            first = match.start() + at
            form = _form(piece)
            if piece[0].isdigit() and _SIGN.search(text, max(0, first - 2), first):
                form = f"-{form}"
            if form:
                found.append(
                    Word(first, first + len(piece), form, stem_of(form), piece[0].isupper())
                )
    return found


def _pieces(word: str) -> list[tuple[str, int]]:
    """Split `doesn’t` into `does`, `n’t`, and reduce `Lind’s` to `Lind`; return anything else whole, with its offset in the word."""
    plain = word.replace("’", "'").replace("ʼ", "'")
    if plain.lower() == "cannot":
        return [(word[:3], 0), (word[3:], 3)]
    head, _, tail = plain.partition("'")
    if not tail or (len(head) < 2 and head != "I"):
        return [(word, 0)]
    if tail.lower() == "t" and head.lower().endswith("n"):
        return (
            [(word[: len(head) - 1], 0), (word[len(head) - 1 :], len(head) - 1)]
            if len(head) > 2
            else [(word, 0)]
        )
    if tail.lower() == "s" and head.lower() not in (
        "it",
        "that",
        "there",
        "he",
        "she",
        "what",
        "who",
        "here",
        "let",
    ):
        return [(word[: len(head)], 0)]
    if tail.lower() in ("s", "re", "ve", "ll", "d", "m"):
        return [(word[: len(head)], 0), (word[len(head) :], len(head))]
    return [(word, 0)]


_SHORT_FORMS = {
    "'s": "is", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am", "n't": "not", "ca": "can", "wo": "will",
}  # fmt: skip


@lru_cache(maxsize=100_000)
def _form(word: str) -> str:
    if word[0].isdigit():
        return _number(word)
    text = (
        unicodedata.normalize("NFKC", word.translate(_INVISIBLE))
        .replace("⁄", "/")
        .replace("’", "'")
        .replace("ʼ", "'")
    )
    if text in _MARKS:
        return _MARKS[text]
    text = text.replace(".", "").replace("-", "").replace("‐", "")
    if 1 < len(text) <= _LONGEST_ACRONYM and text.isupper():
        return text
    text = without_accents(text.casefold())
    return spelling(_SHORT_FORMS.get(text, text))


def _number(text: str) -> str:
    text = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in text)
    return re.sub(r",(?=\d{3}(?!\d))", "", text)


def without_accents(text: str) -> str:
    """Return the text without diacritics on its Latin letters: accounts print a name with and without them."""
    if text.isascii():
        return text
    return "".join(
        c for c in unicodedata.normalize("NFD", text) if not ("\u0300" <= c <= "\u036f")
    ).replace("ı", "i")


_SPELLINGS = (
    (re.compile(r"is(?=(?:e|es|ed|ing|ation|ations|er|ers)$)"), "iz"),
    (re.compile(r"(?<=[bdlnv])our(?=(?:s|ed|ing|able|ful|ite|hood|ly)?$)"), "or"),
    (re.compile(r"^coop"), "coop"),
    (re.compile(r"tre(?=s?$)"), "ter"),
    (re.compile(r"(?<=\w{4})ll(?=(?:ed|ing|er|ers)$)"), "l"),
    (re.compile(r"ence(?=s?$)"), "ense"),
    (re.compile(r"ogue(?=s?$)"), "og"),
    (re.compile(r"programme(?=s?$)"), "program"),
)


@lru_cache(maxsize=100_000)
def spelling(word: str) -> str:
    """Return one spelling for British and American forms (`organise`, `organize`); both sides are changed alike, so nothing is asserted."""
    if len(word) < 6 or not word.isascii():
        return word
    for pattern, new in _SPELLINGS:
        word = pattern.sub(new, word)
    return word


@lru_cache(maxsize=100_000)
def stem_of(word: str) -> str:
    """Return the approximate common part of the words of a family: `commit`, `committed`, `commitment`. Not necessarily a word."""
    if not word.isascii():
        return word[:6] if len(word) > 7 else word
    if len(word) <= _SHORTEST or not word.isalpha() or word.isupper():
        return word
    for _ in range(3):
        suffix = next(
            (s for s in _SUFFIXES if word.endswith(s) and len(word) - len(s) >= _SHORTEST), None
        )
        if suffix is None or (suffix == "s" and word.endswith("ss")):
            break
        word = word[: -len(suffix)]
    if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") else word


def stopwords_of(language: Language) -> frozenset[str]:
    """Return the forms of the words without a meaning of their own."""
    return frozenset(_form(word) for word in language.words("stopwords") if word)
