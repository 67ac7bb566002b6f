"""The differences between two points that make the same point, and their relation: same, reworded, one says less, or conflicting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from .canon import Unit, units_of
from .lexis import Lexis
from .points import Point
from .words import stem_of

KINDS = ("speaker", "negation", "number", "name", "date", "condition", "hedge")
"""Kinds of difference that are named, in the order in which a reader should meet them; others are `words`."""
CLOSE = 0.5
"""Share of the shorter side's units, found in order in the other, from which words are compared one by one; below, only the facts are."""
ALIKE = 0.6
"""Share of the units of each side outside the difference that the other side must have for two points to conflict."""

LONGEST_NAME = 4
"""Words of a name that another one replaces."""
ALIKE_LETTERS = 3
"""Letters at the beginning of two names from which one may be a form of the other (`China`, `Chinese`)."""


@dataclass(frozen=True, slots=True)
class Difference:
    """`left` and `right` are passages of the two texts (start, end in code points), None if one side has nothing."""

    kind: str
    left: tuple[int, int] | None
    right: tuple[int, int] | None


def compare(
    left: Point, right: Point, lexis: Lexis, names: frozenset[str] = frozenset()
) -> tuple[str, list[Difference]]:
    """(relation, differences) of two matched points. The relation is that of the left one to the
    right one: `same` only if no word differs except in case, punctuation, articles, spelling and
    the form of a number, name or date; `broader`: the left says less.
    """
    ours, theirs = units_of(left.words, lexis, names), units_of(right.words, lexis, names)
    keys = [unit.key for unit in ours], [unit.key for unit in theirs]
    if keys[0] == keys[1]:
        return ("reworded", [_speakers(left, right)]) if others_say(left, right) else ("same", [])
    matcher = SequenceMatcher(None, *keys, autojunk=False)
    common = sum(block.size for block in matcher.get_matching_blocks())
    if common < CLOSE * min(len(ours), len(theirs)):
        negation = ["negation"] if _negations(ours) != _negations(theirs) else []
        found = [
            d for kind in (*negation, "number", "name", "date") for d in _facts(ours, theirs, kind)
        ]
    else:
        found = [
            Difference(_kind(ours[a:b], theirs[c:d]), _stretch(ours[a:b]), _stretch(theirs[c:d]))
            for tag, a, b, c, d in matcher.get_opcodes()
            if tag != "equal"
        ]
    found.sort(key=lambda difference: (*KINDS, "words").index(difference.kind))
    return _relation(ours, theirs, lexis), found


def others_say(left: Point, right: Point) -> bool:
    """Return True if the speakers of both points are known and have none in common."""
    known = left.speakers and right.speakers and not left.joint and not right.joint
    return bool(known and not left.speakers & right.speakers)


def _speakers(left: Point, right: Point) -> Difference:
    """Report the same words of two speakers: the difference is in the first word of either side (`He`), or in a label before it."""
    return Difference(
        "speaker", *((point.words[0].start, point.words[0].end) for point in (left, right))
    )


def _facts(ours: Sequence[Unit], theirs: Sequence[Unit], kind: str) -> list[Difference]:
    """Return the units of a kind that one side has and the other lacks, adjacent in their order."""
    sides = [[u for u in units if u.kind == kind] for units in (ours, theirs)]
    only = [
        _joined([u for u in side if u.key not in {o.key for o in other}])
        for side, other in (sides, sides[::-1])
    ]
    return [Difference(kind, left, right) for left, right in zip_longest(*only)]


def _joined(units: Sequence[Unit]) -> list[tuple[int, int]]:
    """Return the passages of units; two separated only by a space or a full stop are one (`Central Asia`)."""
    found: list[tuple[int, int]] = []
    for unit in units:
        if found and unit.start - found[-1][1] <= 2:
            found[-1] = (found[-1][0], unit.end)
        else:
            found.append((unit.start, unit.end))
    return found


def _stretch(units: Sequence[Unit]) -> tuple[int, int] | None:
    return (units[0].start, units[-1].end) if units else None


def _kind(ours: Sequence[Unit], theirs: Sequence[Unit]) -> str:
    for kind in KINDS:
        if Counter(u.key for u in ours if u.kind == kind) != Counter(
            u.key for u in theirs if u.kind == kind
        ):
            return kind
    return "words"


def _relation(ours: Sequence[Unit], theirs: Sequence[Unit], lexis: Lexis) -> str:
    if _conflict(ours, theirs, lexis):
        return "conflicting"
    left, right = Counter(map(_content, ours)), Counter(map(_content, theirs))
    if _negations(ours) != _negations(theirs):
        return "reworded"
    for count in (left, right):
        for form in [key for key in count if key in lexis.stopwords]:
            del count[form]
    if left == right:
        return "reworded"
    if left <= right:
        return "broader"
    if right <= left:
        return "narrower"
    return "reworded"


def _content(unit: Unit) -> str:
    return stem_of(unit.key) if unit.kind in ("word", "negation", "hedge") else unit.key


def _conflict(ours: Sequence[Unit], theirs: Sequence[Unit], lexis: Lexis) -> bool:
    """Return True if the two say nearly the same, but one negates it, says the opposite, or has another number, date or name in its place."""
    left, right = Counter(map(_content, ours)), Counter(map(_content, theirs))
    shared = sum((left & right).values())
    only_left, only_right = left - right, right - left
    opposite = any(lexis.opposites.get(stem, frozenset()) & only_right.keys() for stem in only_left)
    replaced = _other_name(ours, theirs) or any(
        _one_kind(ours, only_left, kind) and _one_kind(theirs, only_right, kind)
        for kind in ("number", "date")
    )
    if not (opposite or replaced or _negations(ours) != _negations(theirs)):
        return False
    smaller = min(sum(left.values()), sum(right.values())) - 1
    larger = max(sum(left.values()), sum(right.values()))
    return smaller > 0 and shared >= ALIKE * smaller and shared >= ALIKE * 0.75 * larger


def _other_name(ours: Sequence[Unit], theirs: Sequence[Unit]) -> bool:
    """Return true if one name is replaced by another in its role: the units before and after it are the same on both sides.

    Not if one may be a form of the other: they share a word or the beginning of one, or one is an
    abbreviation.
    """
    keys = [unit.key for unit in ours], [unit.key for unit in theirs]
    blocks = SequenceMatcher(None, *keys, autojunk=False).get_opcodes()
    for tag, a, b, c, d in blocks:
        sides = ours[a:b], theirs[c:d]
        if (
            tag != "replace"
            or max(b - a, d - c) > LONGEST_NAME
            or any(u.kind != "name" for side in sides for u in side)
        ):
            continue
        words = [
            [word.casefold() for unit in side for word in unit.key.strip("=").split()]
            for side in sides
        ]
        known = [
            {word for key in side for word in key.casefold().strip("=").split()} for side in keys
        ]
        short = any(unit.key.isupper() for side in sides for unit in side)
        alike = any(
            one[:ALIKE_LETTERS] == other[:ALIKE_LETTERS] for one in words[0] for other in words[1]
        )
        if (
            not short
            and not alike
            and known[0].isdisjoint(words[1])
            and known[1].isdisjoint(words[0])
        ):
            return True
    return False


def _negations(units: Sequence[Unit]) -> int:
    """0 or 1: two negations make none."""
    return sum(unit.kind == "negation" for unit in units) % 2


def _one_kind(units: Sequence[Unit], only: Counter[str], kind: str) -> bool:
    return any(unit.kind == kind and unit.key in only for unit in units)
