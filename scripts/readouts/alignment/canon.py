"""The words of a point in the form in which they must be equal to count as the same: one form for a name, a number, a date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .lexis import Lexis, find_phrases
from .words import Word

_DAY = re.compile(r"0?[1-9]|[12]\d|3[01]")
_YEAR = re.compile(r"[12]\d{3}")
_ENDINGS = frozenset(["st", "nd", "rd", "th"])
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Unit:
    """One or more words taken as one: `kind` is `number`, `date`, `name`, `negation`, `hedge`,
    `condition` or `word`. `key` is equal for equal units. Offsets are code points.
    """

    key: str
    kind: str
    start: int
    end: int


def units_of(
    words: Sequence[Word], lexis: Lexis, names: frozenset[str] = frozenset()
) -> list[Unit]:
    """Return the units of the words of one point, without weightless words. `names` are forms that count as names wherever they occur."""
    forms = [word.form for word in words]
    marked: dict[int, tuple[int, str, str]] = {}
    for kind, phrases in (
        ("condition", lexis.conditions),
        ("hedge", lexis.hedges),
        ("negation", lexis.negations),
    ):
        for first, last, _ in find_phrases(forms, phrases):
            marked[first] = (last, kind, " ".join(forms[first:last]))
    for first, last, name in find_phrases(forms, lexis.names):
        marked[first] = (last, "name" if name[1:2].isupper() else "word", name)
    found, at = [], 0
    while at < len(words):
        if forms[at] in lexis.weightless and at not in marked:
            at += 1
            continue
        last, kind, key = (
            _date(words, at, lexis)
            or _number(words, at, lexis)
            or marked.get(at)
            or _single(words, at, lexis, names)
        )
        found.append(Unit(key, kind, words[at].start, words[last - 1].end))
        at = last
    return found


def _single(
    words: Sequence[Word], at: int, lexis: Lexis, names: frozenset[str]
) -> tuple[int, str, str]:
    """Return the unit of a single word; a capitalized word is a name unless it is a title, the first word, or not a name elsewhere."""
    word = words[at]
    named = word.form in names or (word.name and at > 0) or word.form.isupper()
    plain = word.form in lexis.titles or word.form in lexis.stopwords
    return at + 1, "name" if named and not plain else "word", word.form


def _date(words: Sequence[Word], at: int, lexis: Lexis) -> tuple[int, str, str] | None:
    """`8 March 2022`, `March 8, 2022`, `March 2022`, `March`; weekdays and words like `tomorrow` are dates too."""
    form = words[at].form
    if form in lexis.day_words or form in lexis.weekdays:
        return at + 1, "date", str(lexis.weekdays.get(form, form))
    day, month, year, last = None, None, None, at
    if (
        _DAY.fullmatch(form)
        and (after := _skip(words, at + 1)) < len(words)
        and _is_month(words[after], lexis)
    ):
        day, month, last = form, lexis.months[words[after].form], after + 1
    elif _is_month(words[at], lexis):
        month, last = lexis.months[form], at + 1
        if last < len(words) and _DAY.fullmatch(words[last].form):
            day, last = words[last].form, last + 1
            if _skip(words, last) < len(words) and _YEAR.fullmatch(words[_skip(words, last)].form):
                last = _skip(words, last)
            elif last < len(words) and words[last].form in _ENDINGS:
                last += 1
    if month is None:
        return None
    if last < len(words) and _YEAR.fullmatch(words[last].form):
        year, last = words[last].form, last + 1
    return (
        last,
        "date",
        f"{year or ''}-{month:02d}-{int(day):02d}" if day else f"{year or ''}-{month:02d}",
    )


def _skip(words: Sequence[Word], at: int) -> int:
    """Return the index after `st`, `nd`, `rd`, `th` and `of`."""
    while at < len(words) and (words[at].form in _ENDINGS or words[at].form == "of"):
        at += 1
    return at


def _is_month(word: Word, lexis: Lexis) -> bool:
    return word.form in lexis.months and (word.name or not word.form.isascii())


def _number(words: Sequence[Word], at: int, lexis: Lexis) -> tuple[int, str, str] | None:
    form = words[at].form
    value = lexis.numbers.get(form, form)
    if not (value[0].isdigit() or (value[0] == "-" and value[1:2].isdigit())):
        return (at + 1, "number", f"#{lexis.ordinals[form]}") if form in lexis.ordinals else None
    last = at + 1
    if last < len(words) and words[last].form in _ENDINGS:
        return last + 1, "number", f"#{value}"
    if not _PLAIN.fullmatch(value):
        return last, "number", value
    amount = Decimal(value)
    while last < len(words) and words[last].form in lexis.multipliers:
        amount *= lexis.multipliers[words[last].form]
        last += 1
    return last, "number", f"{amount.normalize():f}"
