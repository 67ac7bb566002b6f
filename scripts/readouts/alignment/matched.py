"""The points of several accounts and the matches between each two of them: the input for rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from .lexis import Lexis
from .matching import Matching, match
from .meaning import Similar, match_across
from .merging import match_merged
from .points import Point, points_of


@dataclass(slots=True)
class Matched:
    """`every` point of each account; the `points` among them that are compared; (account, account) → the matches, by index of `points`."""

    every: list[list[Point]]
    points: list[list[Point]]
    matchings: dict[tuple[int, int], Matching]


def match_texts(
    texts: Sequence[str], lexes: Sequence[Lexis], similar: Similar | None = None
) -> Matched:
    """Match the points of accounts by words, and by `similar` between accounts in different languages.

    Raises ValueError if the languages differ and `similar` is None.
    """
    every = [points_of(text, lexis) for text, lexis in zip(texts, lexes, strict=True)]
    points = [[point for point in side if point.kind == "point"] for side in every]
    alike = [
        (a, b) for a, b in combinations(range(len(texts)), 2) if lexes[a].code == lexes[b].code
    ]
    found: dict[tuple[int, int], Matching] = {}
    for a, b in alike:
        points[a], points[b], found[a, b] = match_merged(points[a], points[b], lexes[a])
    if len(texts) > 2:  # a later merge changed the points of an earlier matching
        found = {(a, b): match(points[a], points[b], lexes[a]) for a, b in found}
    for a, b in combinations(range(len(texts)), 2):
        if (a, b) not in found:
            if similar is None:
                raise ValueError("accounts in different languages need a model of sentences")
            found[a, b] = match_across([texts[a], texts[b]], points[a], points[b], similar)
    return Matched(every, points, dict(sorted(found.items())))
