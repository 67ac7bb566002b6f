"""Days printed in an English text, and ISO dates: the probable sources of a date of publication."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import cache

from .lexicon import read_lexicon

_DAY, _YEAR = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?", r"(?P<year>[12][0-9]{3})"


@cache
def _months() -> dict[str, int]:
    """Month in lower case, without the full stop of an abbreviation → its number."""
    return {
        name.lower().rstrip("."): number
        for name, number in read_lexicon()["en"].values("months").items()
    }


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """Created on first use: it takes as long as all other imports here."""
    month = rf"(?P<month>(?:{'|'.join(sorted(_months(), key=len, reverse=True))})\.?)"
    return tuple(
        re.compile(rf"(?<![\w-]){form}(?![\w-])", re.IGNORECASE)
        for form in (
            r"(?P<year>[12][0-9]{3})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])",
            rf"{_DAY}\s+{month},?\s+{_YEAR}",
            rf"{month}\s+{_DAY},?\s+{_YEAR}",
        )
    )


def iter_printed_days(text: str) -> Iterator[tuple[date, str, int]]:
    """Yield (day, its words, 1-based line) of every day with its year, in the order of the text."""
    found = []
    for form in _forms():
        for match in form.finditer(text):
            name = match["month"].lower().rstrip(".")
            month = _months().get(name) or int(name)
            with suppress(ValueError):  # the 31st of April
                found.append(
                    (match.start(), date(int(match["year"]), month, int(match["day"])), match[0])
                )
    for at, day, words in sorted(found):
        yield day, " ".join(words.split()), text.count("\n", 0, at) + 1
