"""Corruptions of a string, as by an attacker or a tired curator."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

HOMOGLYPHS = dict(zip("aceopxyiABCEHKMOPTX", "асеорхуіАВСЕНКМОРТХ", strict=True))
INVISIBLE = ("\u200b", "\u200d", "\u00ad", "\u2060", "\ufeff", "\u202e", "\u00a0")
NEGATED = (
    ("has never", "has"), ("will remain", "will not remain"), ("is willing", "is unwilling"), ("is happy", "is not happy"),
    ("stands ready", "does not stand ready"), ("respects", "rejects"), ("respect ", "disregard "), ("should", "should not"),
    ("without", "while"), ("refrain from", "go on"), ("have a broad", "have no broad"), ("is a voluntary", "is no voluntary"),
    ("is in conformity", "is not in conformity"), ("called on", "did not call on"),
)  # fmt: skip
"""Words and their opposites: each pair is tried if a text has the first."""
REPLACED = (
    ("cooperation", "competition"), ("Latin American", "North American"), ("China", "Russia"), ("peace", "war"), ("mutual", "unilateral"),
    ("multilateralism", "unilateralism"), ("common", "separate"), ("overcome", "ignore"), ("always", "sometimes"),
    ("fundamental", "superficial"), ("win-win", "zero-sum"), ("growth", "decline"), ("future", "past"),
)  # fmt: skip


def iter_swaps(text: str, rng: random.Random, number: int) -> Iterator[str]:
    """Two neighbouring different letters exchanged."""
    places = [
        i
        for i in range(len(text) - 1)
        if text[i].isalpha() and text[i + 1].isalpha() and text[i] != text[i + 1]
    ]
    for i in rng.sample(places, min(number, len(places))):
        yield text[:i] + text[i + 1] + text[i] + text[i + 2 :]


def iter_drops(text: str, rng: random.Random, number: int) -> Iterator[str]:
    """One word left out."""
    places = list(re.finditer(r"\S+ ?", text))
    for match in rng.sample(places, min(number, len(places))) if len(places) > 1 else ():
        yield (text[: match.start()] + text[match.end() :]).strip()


def iter_pairs(text: str, pairs: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """The first of each pair of words replaced by the second."""
    for old, new in pairs:
        if old in text:
            yield text.replace(old, new, 1)


def iter_lookalikes(text: str, rng: random.Random, number: int) -> Iterator[str]:
    """One letter replaced by one of another script that looks the same."""
    places = [i for i, letter in enumerate(text) if letter in HOMOGLYPHS]
    for i in rng.sample(places, min(number, len(places))):
        yield text[:i] + HOMOGLYPHS[text[i]] + text[i + 1 :]


def iter_hidden(text: str, rng: random.Random, number: int) -> Iterator[str]:
    """One character put in that is not seen."""
    for _ in range(number):
        i = rng.randrange(1, len(text)) if len(text) > 1 else 0
        yield text[:i] + rng.choice(INVISIBLE[:6]) + text[i:]


def iter_days(day: str) -> Iterator[tuple[str, str]]:
    """Yield (description, date) shifted by a day, a month, a year and a century."""
    import datetime

    date = datetime.date.fromisoformat(day)
    for days, what in (
        (1, "a day"),
        (-1, "a day back"),
        (7, "a week"),
        (30, "a month"),
        (-31, "a month back"),
        (365, "a year"),
    ):
        yield what, (date + datetime.timedelta(days)).isoformat()
    yield "a century back", f"{date.year - 100}{day[4:]}"
    yield "a century", f"{date.year + 100}{day[4:]}"


def text_of(quote: object) -> str:
    """The words of a quotation in either form that curators write."""
    return quote["quote"] if isinstance(quote, dict) else str(quote)
