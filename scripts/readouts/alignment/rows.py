"""Accounts side by side: one row per point, in the order of the first account, with the relation of the words and their differences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from .differences import Difference, compare
from .inventory import inventory
from .lexis import Lexis
from .matched import Matched, match_texts
from .meaning import numbers_across
from .points import Point

NEAR = 0.02
"""Likelihood from which words are shown as the nearest."""
WEIGHT_OF_RELATIONS = ("same", "reworded", "broader", "narrower", "conflicting")
"""The relation of a row is the last one in this order among the relations between its accounts."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of an account: `account` is its index, `text` the words as printed. Offsets are code points, end-exclusive."""

    account: int
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Change:
    """A difference between two accounts of a row; `left` is of the earlier account, None if one has nothing."""

    kind: str
    left: Quotation | None
    right: Quotation | None


@dataclass(frozen=True, slots=True)
class Row:
    """A point with the words of each account or None. `relation` is `only` if one account alone has
    it; `band` is `sure`, `candidate` or `none`; `confidence` is from 0 to 1; `nearest` are the
    words of other accounts that come closest, in rows of one account.
    """

    relation: str
    band: str
    words: tuple[Quotation | None, ...]
    differences: tuple[Change, ...]
    confidence: float
    nearest: tuple[Quotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rows of several accounts. `set_aside` are words that are not points: (words, reason:
    `heading`, `narration` or `courtesy`); `only`: `name`, `date`, `number` → for each account the
    ones that only it has, as printed.
    """

    rows: tuple[Row, ...]
    set_aside: tuple[tuple[Quotation, str], ...]
    only: dict[str, list[list[str]]]


class _Table:
    """The points of all accounts and the matches between each two."""

    def __init__(self, texts: Sequence[str], lexes: Sequence[Lexis], matched: Matched) -> None:
        self.texts, self.lexes = texts, lexes
        self.every, self.points, self.matchings = matched.every, matched.points, matched.matchings
        self.aside = [
            (n, p) for n, points in enumerate(self.every) for p in points if p.kind != "point"
        ]
        self.names = _names(self.every)
        self.links: dict[tuple[int, int, int], list[tuple[int, float, str]]] = defaultdict(list)
        for (a, b), matching in self.matchings.items():
            for found in matching.matches:
                self.links[a, found.left, b].append((found.right, found.likelihood, found.band))
                self.links[b, found.right, a].append((found.left, found.likelihood, found.band))

    def quotation(self, account: int, point: Point) -> Quotation:
        return Quotation(
            account, self.texts[account][point.start : point.end], point.start, point.end
        )

    def stretch(self, account: int, place: tuple[int, int] | None) -> Quotation | None:
        return Quotation(account, self.texts[account][slice(*place)], *place) if place else None

    def row(self, chosen: Sequence[int | None]) -> Row:
        """Return the row of these points, one index or None per account."""
        present = [n for n, index in enumerate(chosen) if index is not None]
        words = tuple(
            None if i is None else self.quotation(n, self.points[n][i])
            for n, i in enumerate(chosen)
        )
        if len(present) == 1:
            return self._alone(present[0], chosen, words)
        first, relations, changes, values, bands = present[0], [], [], [], []
        for other in present[1:]:
            relation, differences = self._compared(first, other, chosen)
            relations.append(relation)
            changes += [self._change(first, other, difference) for difference in differences]
            link = next(x for x in self.links[first, chosen[first], other] if x[0] == chosen[other])
            values.append(1.0 if relation == "same" else link[1])
            bands.append("sure" if relation == "same" else link[2])
        band = "candidate" if "candidate" in bands else "sure"
        return Row(
            max(relations, key=WEIGHT_OF_RELATIONS.index),
            band,
            words,
            tuple(changes),
            round(min(values), 3),
        )

    def _compared(
        self, one: int, other: int, chosen: Sequence[int | None]
    ) -> tuple[str, list[Difference]]:
        left, right = self._point(one, chosen), self._point(other, chosen)
        lexes = [self.lexes[one], self.lexes[other]]
        if lexes[0].code != lexes[1].code:
            return "reworded", numbers_across(
                [self.texts[one], self.texts[other]], left, right, lexes
            )
        return compare(left, right, self.lexes[one], self.names)

    def _point(self, account: int, chosen: Sequence[int | None]) -> Point:
        index = chosen[account]
        assert index is not None
        return self.points[account][index]

    def _change(self, first: int, other: int, difference: Difference) -> Change:
        return Change(
            difference.kind,
            self.stretch(first, difference.left),
            self.stretch(other, difference.right),
        )

    def _alone(
        self, account: int, chosen: Sequence[int | None], words: tuple[Quotation | None, ...]
    ) -> Row:
        near, best = [], 0.0
        for (a, b), matching in self.matchings.items():
            if account in (a, b):
                found = matching.nearest[account == b].get(chosen[account])
                if found and found[1] >= NEAR:
                    other = b if account == a else a
                    near.append(self.quotation(other, self.points[other][found[0]]))
                    best = max(best, found[1])
        return Row("only", "none", words, (), round(1 - best, 3), tuple(near))


def _names(every: Sequence[Sequence[Point]]) -> frozenset[str]:
    """Return forms that are capitalized within a sentence and never occur in lower case."""
    capital, small = set(), set()
    for points in every:
        for point in points:
            for place, word in enumerate(point.words):
                if not word.name:
                    small.add(word.form)
                elif place and point.kind != "heading":
                    capital.add(word.form)
    return frozenset(capital - small)


def align(
    texts: Sequence[str], lexis: Lexis | Sequence[Lexis], matched: Matched | None = None
) -> Comparison:
    """Compare two or more accounts, each with each.

    `lexis` is for their language, or a sequence with one for each account; `matched` are the
    matches of an engine (default: by words).
    """
    lexes = [lexis] * len(texts) if isinstance(lexis, Lexis) else list(lexis)
    table = _Table(texts, lexes, matched or match_texts(texts, lexes))
    count, taken, keyed = len(texts), set(), []
    for account in range(count):
        for index in range(len(table.points[account])):
            linked = [
                sorted(
                    x[0]
                    for x in table.links[account, index, n]
                    if (n, x[0]) not in taken or account == 0
                )
                for n in range(count)
            ]
            linked[: account + 1] = [[]] * (account + 1)
            if (account, index) in taken and not (account and any(linked)):
                continue
            if account and (account, index) in taken:
                continue
            for turn in range(max(1, *map(len, linked))):
                chosen: list[int | None] = [None] * count
                chosen[account] = index
                for other, places in enumerate(linked):
                    if places:
                        chosen[other] = places[min(turn, len(places) - 1)]
                        taken.add((other, chosen[other]))
                keyed.append((_place(table, account, index, keyed), len(keyed), table.row(chosen)))
    rows = tuple(row for _, _, row in sorted(keyed, key=lambda item: item[:2]))
    aside = tuple((table.quotation(n, p), p.kind) for n, p in table.aside)
    if (
        len({own.code for own in lexes}) > 1
    ):  # names and words of two languages cannot be listed against each other
        return Comparison(rows, aside, {})
    said = [[p for p in points if p.kind != "heading"] for points in table.every]
    return Comparison(rows, aside, inventory(said, texts, lexes[0], table.names))


def _place(table: _Table, account: int, index: int, keyed: Sequence[tuple]) -> tuple[int, int, int]:
    """Return the place of a row: the first account's order; a point that it lacks follows its predecessor in its own account."""
    if account == 0:
        return (index, 0, 0)
    for before in range(index - 1, -1, -1):
        linked = table.links[account, before, 0]
        if linked:
            return (max(linked, key=lambda x: x[1])[0], account, index)
    return (-1, account, index)
