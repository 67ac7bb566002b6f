"""Pairs of points of two accounts that make the same point: a likelihood for each pair that shares a word, and an assignment."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from .lexis import Lexis
from .measure import Bag, Measure, features
from .points import Point

FIRST = (-5.34, 4.17, 2.06, 0.54, 1.04, -0.34, 0.04, 0.47, -2.33, 0.39, -0.3, -1.55)
"""Coefficients of `features`, without regard to the other pairs."""
SECOND = (-4.23, 1.75, -0.11, 1.39, 1.0, -0.18, 1.0, -0.09, -1.92, 0.17, -0.03, -1.2, 0.28, 0.27)
"""Coefficients of `features` and of the two margins over the next best pair on either side. Both are logistic regressions on the
development pairs (`make bench-compare` scores them by leave-one-out validation)."""
MUTUAL, ONE_SIDED, SURE = 0.25, 0.4, 0.5
"""Likelihoods from which a pair is a candidate if it is the best of both its points, or of one of them; from which it is sure."""
MOST_MARGIN = 4.0
MOST_COMMON = 40
"""Points of a text that may share a key before the key no longer proposes pairs, in texts of more than SMALL pairs."""
SMALL = 100_000
MOST_VERBATIM = 3
"""Most points in exactly the same words considered for one point."""
MOST_POSTINGS = 200
"""Most points of a large text considered for one key."""
MOST_PROPOSED = 25
"""Most pairs considered for one point of a large text."""


@dataclass(frozen=True, slots=True)
class Match:
    """Points `left` and `right` (indexes) make the same point, with a likelihood from 0 to 1. `band` is `sure` or `candidate`."""

    left: int
    right: int
    likelihood: float
    band: str


@dataclass(frozen=True, slots=True)
class Matching:
    """The matches, and for each point of either side the nearest of the other side with its likelihood, if any shares a word."""

    matches: tuple[Match, ...]
    nearest: tuple[dict[int, tuple[int, float]], dict[int, tuple[int, float]]]


def match(left: Sequence[Point], right: Sequence[Point], lexis: Lexis) -> Matching:
    """Match the points of two accounts. One point may match several; order is ignored."""
    pairs = likelihoods(left, right, lexis)
    best: tuple[dict[int, tuple[int, float]], dict[int, tuple[int, float]]] = ({}, {})
    away: tuple[dict[int, float], dict[int, float]] = ({}, {})
    for (i, j), value in pairs.items():
        distance = abs(
            i / len(left) - j / len(right)
        )  # of equals, the one at the corresponding place of the text
        for side, key, other in ((0, i, j), (1, j, i)):
            if (value, -distance) > (best[side].get(key, (0, 0.0))[1], -away[side].get(key, 2.0)):
                best[side][key], away[side][key] = (other, value), distance
    found = []
    for (i, j), value in sorted(pairs.items()):
        tops = (best[0][i][0] == j) + (best[1][j][0] == i)
        verbatim = tops and _same_words(left[i], right[j])
        if (tops == 2 and value >= MUTUAL) or (tops and value >= ONE_SIDED) or verbatim:
            sure = verbatim or (tops == 2 and value >= SURE)
            found.append(
                Match(
                    i, j, max(value, 0.99) if verbatim else value, "sure" if sure else "candidate"
                )
            )
    return Matching(tuple(found), best)


def _same_words(one: Point, other: Point) -> bool:
    return [word.form for word in one.words] == [word.form for word in other.words]


def likelihoods(
    left: Sequence[Point], right: Sequence[Point], lexis: Lexis
) -> dict[tuple[int, int], float]:
    """(index, index) → likelihood that the two make the same point, for the pairs that share a word or a family of words."""
    measure = Measure(lexis, [*left, *right])
    bags = [[measure.bag(point) for point in points] for points in (left, right)]
    looked_at = {*proposed(bags[0], bags[1]), *_verbatim(left, right)}
    rows = {
        (i, j): features(left[i], right[j], bags[0][i], bags[1][j]) for i, j in sorted(looked_at)
    }
    logits = {
        pair: sum(c * x for c, x in zip(FIRST, row, strict=True)) for pair, row in rows.items()
    }
    return {
        pair: _logistic(sum(c * x for c, x in zip(SECOND, [*rows[pair], *margin], strict=True)))
        for pair, margin in margins(logits, FIRST[0]).items()
    }


def _verbatim(left: Sequence[Point], right: Sequence[Point]) -> list[tuple[int, int]]:
    """Return the pairs in exactly the same words, however common those are."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j, point in enumerate(right):
        places[tuple(word.form for word in point.words)].append(j)
    found = []
    for i, point in enumerate(left):
        found += [
            (i, j) for j in places.get(tuple(word.form for word in point.words), ())[:MOST_VERBATIM]
        ]
    return found


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


def proposed(left: Sequence[Bag], right: Sequence[Bag]) -> list[tuple[int, int]]:
    """Return the candidate pairs: all that share a key in small texts, the best by shared rare keys in large ones."""
    postings: dict[str, list[int]] = defaultdict(list)
    for j, bag in enumerate(right):
        for key in (*bag.stems, *bag.families):
            postings[key].append(j)
    small = len(left) * len(right) <= SMALL
    found = []
    for i, bag in enumerate(left):
        shared: dict[int, float] = defaultdict(float)
        weights = {**bag.families, **bag.stems}
        for key in weights if small else _rare(weights, postings):
            for j in postings.get(key, ())[: None if small else MOST_POSTINGS]:
                shared[j] += weights[key]
        ranked = shared if small else nlargest(MOST_PROPOSED, shared, key=shared.__getitem__)
        found += [(i, j) for j in sorted(ranked)]
    return found


def _rare(weights: Collection[str], postings: Mapping[str, Sequence[int]]) -> list[str]:
    """Return the keys that few points of the other text share; at least the two rarest of the shared ones."""
    known = sorted((key for key in weights if key in postings), key=lambda key: len(postings[key]))
    rare = [key for key in known if len(postings[key]) <= MOST_COMMON]
    return rare if len(rare) >= 2 else known[:2]


def margins(
    logits: dict[tuple[int, int], float], floor: float
) -> dict[tuple[int, int], tuple[float, float]]:
    """Return how far each pair is above the best other pair of its left and of its right point; `floor` if there is none."""
    tops: dict[tuple[int, int], list[float]] = defaultdict(lambda: [floor, floor])
    for (i, j), value in logits.items():
        for key in ((0, i), (1, j)):
            first, second = tops[key]
            if value > first:
                tops[key] = [value, first]
            elif value > second:
                tops[key] = [first, value]
    found = {}
    for (i, j), value in logits.items():
        both = []
        for key in ((0, i), (1, j)):
            first, second = tops[key]
            both.append(
                max(-MOST_MARGIN, min(MOST_MARGIN, value - (second if value >= first else first)))
            )
        found[i, j] = (both[0], both[1])
    return found
