"""Days that an English text prints, and ISO dates: what a date of publication was probably copied from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import cache

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?)"
_DAY, _YEAR = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?", r"(?P<year>[12][0-9]{3})"


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """Made when first asked for: they take as long as all else that is imported here."""
    return tuple(
        re.compile(rf"(?<![\w-]){form}(?![\w-])", re.IGNORECASE)
        for form in (
            r"(?P<year>[12][0-9]{3})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])",
            rf"{_DAY}\s+{_MONTH},?\s+{_YEAR}",
            rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        )
    )


def iter_printed_days(text: str) -> Iterator[tuple[date, str, int]]:
    """(day, its words, 1-based line) of every day with its year, in the order of the text."""
    found = []
    for form in _forms():
        for match in form.finditer(text):
            name = match["month"][:3].lower()
            month = _MONTHS.index(name) + 1 if name in _MONTHS else int(match["month"])
            with suppress(ValueError):  # the 31st of April
                found.append((match.start(), date(int(match["year"]), month, int(match["day"])), match[0]))
    for at, day, words in sorted(found):
        yield day, " ".join(words.split()), text.count("\n", 0, at) + 1
