"""The publication date of a document: the date stated by its page, read from metadata or from a printed line.

The publisher's local date is wanted. A timestamp with an offset has it; one in UTC may be a day off
(an evening in Washington is the next day in UTC), so a date that the page prints wins over it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache

from babel import Locale, UnknownLocaleError

from .block import Block
from .metadata import FoundValue
from .page_chrome import is_page_chrome

LANGUAGES = (
    "en",
    "fr",
    "es",
    "ru",
    "ar",
    "zh",
    "de",
    "pt",
    "it",
)  # of month names, besides the page's own
LONGEST_LINE = 90  # non-space characters of a line that prints the date and little else
_PUBLISHED = re.compile(
    r"\b(publi\w+|posted|released?|release date|issued|date|datum|veröffentlicht|fecha|data"
    r"|опубликован\w*|дата)\b"
    r"|发布|日期|时间|تاريخ",
    re.I,
)
_REVISED = re.compile(
    r"\b(updated?|modified|revised|reviewed|accessed|retrieved|mis à jour|actualizado|aktualisiert"
    r"|atualizado|обновлен\w*)\b"
    r"|更新",
    re.I,
)


@dataclass(frozen=True)
class Publication:
    """``on``: the date; ``basis`` "stated" or "inferred"; ``at``: the timestamp as found, if there is one."""

    on: date | None = None
    basis: str | None = None
    evidence: str | None = None
    at: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class PrintedDate:
    """A date printed in a line of the page; ``labelled`` if the line or its markup calls it a publication date."""

    on: date
    text: str
    labelled: bool


def publication(found: Sequence[FoundValue], printed: Sequence[PrintedDate]) -> Publication:
    """Combine metadata (the most trusted first) and printed dates (the nearest to the headline first)."""
    stated = [(f, moment) for f in found if (moment := moment_from_text(f.value))]
    if not stated:
        if not printed:
            return Publication()
        first = printed[0]
        basis = "stated" if first.labelled else "inferred"
        return Publication(first.on, basis, f'date printed in the text: "{first.text}"')
    source, (on, offset, timed) = stated[0]
    at = source.value if timed else None
    others = sorted({f"{f.evidence} {m[0]}" for f, m in stated[1:] if abs((m[0] - on).days) > 1})
    notes = [f"{source.evidence} gives {on}, but {other}" for other in others]
    if offset is None and timed:
        # no offset given: many pages mean UTC
        for p in printed[:1]:
            if abs((p.on - on).days) == 1:
                evidence = f'date printed in the text: "{p.text}"; {source.evidence} says no offset'
                return Publication(p.on, "stated", evidence, at, tuple(notes))
    if offset is None or offset:
        differing = [p for p in printed[:1] if p.on != on]
        notes += [
            f'{source.evidence} gives {on}, but the page prints "{p.text}"' for p in differing
        ]
        return Publication(on, "stated", source.evidence, at, tuple(notes))
    # in UTC: a local date, printed or in another timestamp, is better
    for p in printed:
        if abs((p.on - on).days) <= 1:
            evidence = f'date printed in the text: "{p.text}"; {source.evidence} is in UTC'
            return Publication(p.on, "stated", evidence, at, tuple(notes))
    for other, (local, zone, _) in stated[1:]:
        if (zone is None or zone) and abs((local - on).days) <= 1:
            return Publication(
                local, "stated", f"{other.evidence}; {source.evidence} is in UTC", at, tuple(notes)
            )
    notes += [f'{source.evidence} gives {on}, but the page prints "{p.text}"' for p in printed[:1]]
    evidence = f"{source.evidence}, in UTC: the publisher's local date may be a day off"
    return Publication(on, "inferred", evidence, at, tuple(notes))


def moment_from_text(value: str) -> tuple[date, timedelta | None, bool] | None:
    """Return the date, the offset from UTC (``None`` if not given) and True if a time of day is given; ``None`` without a date."""
    value = value.strip()
    tidy = re.sub(
        r"^(\d{4})[/.](\d\d?)[/.](\d\d?)", lambda m: f"{m[1]}-{m[2]:0>2}-{m[3]:0>2}", value
    )
    tidy = re.sub(r"\s*(Z|UTC|GMT)$", "+00:00", tidy, flags=re.I)
    tidy = re.sub(r"(?<=\d) (?=[+-]\d\d:?\d\d$)", "", tidy)
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(tidy if read is datetime.fromisoformat else value)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if not 1800 <= moment.year <= 2200:
            return None
        timed = bool(re.search(r"\d:\d|T\d\d", value))
        offset = moment.utcoffset() if timed else None
        if offset is None and re.search(r"GMT|UTC|-0000$", value):  # RFC 2822 leaves -0000 naive
            offset = timedelta(0)
        return moment.date(), offset, timed
    printed = dates_in(value, None)
    return (printed[0][0], None, bool(re.search(r"\d:\d", value))) if len(printed) == 1 else None


def printed_dates(
    lines: Iterable[tuple[Block, bool]], language: str | None, marked: Iterable[FoundValue] = ()
) -> list[PrintedDate]:
    """Return the dates of lines with a date and little else, labelled ones first.

    ``lines`` are blocks near the headline with whether they come after it; ``marked`` are texts of
    elements that the page marks as its date.
    """
    ranked: list[tuple[int, PrintedDate]] = []
    marks = {"".join(f.value.split()) for f in marked}
    for number, (block, after) in enumerate(lines):
        if any(is_page_chrome(e) for e in block.ancestors):
            continue
        dates = dates_in(block.text, language)
        if len({day for day, _ in dates}) != 1 or block.weight > LONGEST_LINE:
            dateline = _dateline(block.text, language)
            dates = [dateline] if dateline else []
        if not dates:
            continue
        before = block.text[: block.text.find(dates[0][1])]
        revised, published = _REVISED.search(block.text), _PUBLISHED.search(before)
        if revised and not published:
            continue
        classes = " ".join((block.element.get("class", ""), block.element.get("id", "")))
        marked_up = bool(re.search(r"date|time|publish|posted", classes, re.I)) or any(
            m and m in "".join(block.text.split()) for m in marks
        )
        labelled = bool(published) or marked_up
        ranked.append(
            (
                (0 if labelled else 2 if after else 4) * 100 + number,
                PrintedDate(*dates[0], labelled),
            )
        )
    return [p for _, p in sorted(ranked, key=lambda pair: pair[0])]


def _dateline(text: str, language: str | None) -> tuple[date, str] | None:
    """Return the date of a news agency's dateline: ``GENEVA, 20 May 2021 (Agency) --``."""
    for day, words in dates_in(text[:90], language)[:1]:
        at = text.find(words)
        if at <= 40 and re.match(
            r"\.?\s*(?:\([^)]*\)\s*)?(?:--?|–|—|:|/)", text[at + len(words) :]
        ):
            return day, words
    return None


@cache
def _months(language: str | None) -> dict[str, int]:
    names: dict[str, int] = {}
    for code in (*((language,) if language else ()), *LANGUAGES):
        try:
            locale = Locale.parse(code, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[context][width].items():
                    if name[0].isalpha():
                        names.setdefault(name.casefold().rstrip("."), number)
    names.setdefault("sept", 9)
    return names


@cache
def _patterns(language: str | None) -> tuple[re.Pattern[str], ...]:
    month = "|".join(sorted(map(re.escape, _months(language)), key=len, reverse=True))
    month = rf"(?P<month>{month})\b\.?"
    day, year = r"(?P<d>\d{1,2})", r"(?P<y>(?:18|19|20|21)\d\d)"
    sources = (
        rf"(?<!\d){year}(?P<sep>[-/.])(?P<m>\d{{1,2}})(?P=sep){day}(?!\d)",
        rf"(?<!\d){year}\s*[年년]\s*(?P<m>\d{{1,2}})\s*[月월]\s*{day}\s*[日일]",
        rf"(?<!\d){day}\.\s?(?P<m>\d{{1,2}})\.\s?{year}(?!\d)",
        rf"(?<!\d){day}(?:st|nd|rd|th|er|º|°|\.)?[\s-]+(?:de |of |day of )?{month}[\s,-]+(?:de |del "
        rf"|do )?{year}(?!\d)",
        rf"\b{month}[\s-]+{day}(?:st|nd|rd|th)?[\s,-]+{year}(?!\d)",
        rf"(?<!\d)(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})/{year}(?!\d)",
    )
    return tuple(re.compile(source, re.I) for source in sources)


def dates_in(text: str, language: str | None) -> list[tuple[date, str]]:
    """Return the full dates printed in a text and their words; ambiguous ones (05/06/2021) are left out."""
    found: list[tuple[int, date, str]] = []
    primary = language.split("-")[0] if language else None
    for pattern in _patterns(primary):
        for m in pattern.finditer(text):
            groups = m.groupdict()
            if "a" in groups:
                a, b = int(m["a"]), int(m["b"])
                if a <= 12 and b <= 12 and a != b:
                    continue
                day, month = (a, b) if a > 12 or a == b else (b, a)
            else:
                day = int(m["d"])
                month = (
                    int(m["m"])
                    if "m" in groups
                    else _months(primary)[m["month"].casefold().rstrip(".")]
                )
            try:
                found.append((m.start(), date(int(m["y"]), month, day), m[0]))
            except ValueError:  # 31 June
                continue
    return [(day, words) for _, day, words in sorted(found)]
