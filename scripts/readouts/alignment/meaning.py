"""Points of accounts in different languages, matched by meaning with a sentence model.

The similarities of models have no common scale, so a pair is compared with all other pairs of the
same two accounts: how many standard deviations it is above their mean. A match found this way is
always a candidate, for a person to check. Within one language words do better: on the development
pairs candidates by a small model lowered F1.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

from .differences import Difference
from .lexis import Lexis
from .matching import Match, Matching
from .points import Point
from .words import words_of

Similar = Callable[[Sequence[str], Sequence[str]], list[list[float]]]
"""Texts of either side → the similarity of each left text with each right one."""
TIMES = tuple("万萬亿億千百만억천")
"""Characters that multiply the digits before them."""
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*")
LEAST = 2.0
"""Standard deviations above the mean from which a mutual best pair is proposed."""
STEEP = 1.5
"""How fast the likelihood grows with them; it is one half at LEAST."""


def match_across(
    texts: Sequence[str], left: Sequence[Point], right: Sequence[Point], similar: Similar
) -> Matching:
    """Return the points of two texts, by index, that are each other's best match and stand out from all other pairs."""
    if not left or not right:
        return Matching((), ({}, {}))
    words = [
        [text[p.start : p.end] for p in points]
        for text, points in zip(texts, (left, right), strict=True)
    ]
    grid = similar(*words)
    every = [value for line in grid for value in line]
    mean = sum(every) / len(every)
    spread = math.sqrt(sum((value - mean) ** 2 for value in every) / len(every)) or 1.0
    pairs = {
        (i, j): (grid[i][j] - mean) / spread for i in range(len(left)) for j in range(len(right))
    }
    best: tuple[dict[int, tuple[int, float]], dict[int, tuple[int, float]]] = ({}, {})
    for (i, j), value in pairs.items():
        for side, key, other in ((0, i, j), (1, j, i)):
            if key not in best[side] or value > best[side][key][1]:
                best[side][key] = (other, value)
    found = tuple(
        Match(i, j, _likelihood(value), "candidate")
        for i, (j, value) in sorted(best[0].items())
        if value >= LEAST and best[1][j][0] == i
    )
    nearest = tuple(
        {key: (other, _likelihood(v)) for key, (other, v) in side.items()} for side in best
    )
    return Matching(found, (nearest[0], nearest[1]))


def _likelihood(value: float) -> float:
    return 1 / (1 + math.exp(-STEEP * (value - LEAST)))


def numbers_across(
    texts: Sequence[str], left: Point, right: Point, lexes: Sequence[Lexis]
) -> list[Difference]:
    """Return numbers in digits that replace each other in two matched points; nothing if one is multiplied by a word (`4万`)."""
    sides = []
    for text, point, lexis in zip(texts, (left, right), lexes, strict=True):
        found = {}
        for match in _NUMBER.finditer(text, point.start, point.end):
            after = text[match.end() : point.end].lstrip()
            word = re.match(r"[^\W\d_]+", after)
            if after[:1] in TIMES or (word and words_of(word[0])[0].form in lexis.multipliers):
                return []
            found[re.sub(r"\D", "", match[0])] = match.span()
        sides.append(found)
    only = [
        [at for key, at in side.items() if key not in other] for side, other in (sides, sides[::-1])
    ]
    return [Difference("number", one, two) for one, two in zip(*only, strict=False)]
