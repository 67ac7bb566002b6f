"""The day that words in a text mean: a full printed date, or a weekday or the like counted back from the day of publication.

Same reading as the view `date_readings` of the guards. Words that mean no single day, and words
that depend on an unknown day of publication, are left open.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from ..core.lexicon import read_lexicon
from ..core.printed_days import iter_printed_days

MOST_BEFORE = 300
"""Most days before publication of a day printed without its year; one day after is allowed for time zones."""
_LEADING = re.compile(r"(?i)^(?:on|early|late|earlier)\s+")
_TRAILING = re.compile(r"(?i)\s+(?:morning|afternoon|evening|night)$")


def day_of(words: str, published_on: date | None, language: str = "en") -> tuple[date, str] | None:
    """Return (day, `stated` or `resolved`) that the words mean, None if they mean no single day for certain."""
    text = _TRAILING.sub("", _LEADING.sub("", " ".join(words.split()).strip(" ,.")))
    lists = read_lexicon().get(language.partition("-")[0])
    if lists is None:
        return None
    weekdays = {
        name.lower().rstrip("."): int(number) for name, number in lists.values("weekdays").items()
    }
    first, _, rest = text.partition(" ")
    weekday = weekdays.get(first.lower().rstrip(".,"))
    if weekday is not None and rest:
        found = _printed(rest.lstrip(", "), published_on)
        return found if found is not None and found[0].isoweekday() == weekday else None
    if weekday is not None:
        return _resolved(
            published_on, lambda day: day - timedelta((day.isoweekday() - weekday) % 7)
        )
    days = {name.lower(): int(number) for name, number in lists.values("day_words").items()}.get(
        " ".join(words.split()).strip(" ,.").lower()
    )
    if days is not None:
        return _resolved(published_on, lambda day: day + timedelta(days))
    return _printed(text, published_on)


def _resolved(published_on: date | None, counted) -> tuple[date, str] | None:  # type: ignore[no-untyped-def]
    return None if published_on is None else (counted(published_on), "resolved")


def _printed(text: str, published_on: date | None) -> tuple[date, str] | None:
    """Return a day with its year, or one without that is shortly before publication; the words must contain nothing else."""
    for day, words, _ in iter_printed_days(text):
        return (day, "stated") if words == text else None
    if published_on is None:
        return None
    for year in (published_on.year, published_on.year - 1, published_on.year + 1):
        for day, words, _ in iter_printed_days(f"{text} {year}"):
            if words == f"{text} {year}" and -1 <= (published_on - day).days <= MOST_BEFORE:
                return day, "resolved"
    return None
