"""The measured aligners: the one of readouts and two simple ones on the same clauses. Each gives rows as `score.py` reads them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from readouts.alignment.lexis import read_lexis
from readouts.alignment.matched import match_texts
from readouts.alignment.meaning import Similar, match_across
from readouts.alignment.points import Point, points_of
from readouts.alignment.rows import Comparison, align

LEXIS = read_lexis("en")
THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
"""Tried for the simple aligners; the best on the very pairs is reported, which flatters them."""
Similarity = Callable[[Sequence[str], Sequence[str]], list[list[float]]]


def by_readouts(texts: Sequence[str]) -> dict:
    """Rows as `readouts compare` has them."""
    return _scored(texts, align(texts, LEXIS))


def with_meaning(texts: Sequence[str], similar: Similar) -> dict:
    """Those rows, with candidates by a model of sentences among the points that words have matched on neither side."""
    matched = match_texts(texts, [LEXIS, LEXIS])
    before = matched.matchings[0, 1]
    taken = [{found.left for found in before.matches}, {found.right for found in before.matches}]
    free = [
        [n for n in range(len(side)) if n not in used]
        for side, used in zip(matched.points, taken, strict=True)
    ]
    added = match_across(
        texts, *[[matched.points[n][at] for at in places] for n, places in enumerate(free)], similar
    )
    more = [
        replace(found, left=free[0][found.left], right=free[1][found.right])
        for found in added.matches
    ]
    matched.matchings[0, 1] = replace(before, matches=(*before.matches, *more))
    return _scored(texts, align(texts, LEXIS, matched))


def by_meaning(texts: Sequence[str], similar: Similar) -> dict:
    """The same points, matched by a model of sentences alone, as between languages."""
    matched = match_texts(texts, [LEXIS, LEXIS])
    matched.matchings[0, 1] = match_across(texts, *matched.points, similar)
    return _scored(texts, align(texts, LEXIS, matched))


def _scored(texts: Sequence[str], found: Comparison) -> dict:
    rows = [
        {"relation": row.relation, "band": row.band, "words": [_words(words.account, texts, words.start, words.end) if words else None for words in row.words]}
        for row in found.rows
    ]  # fmt: skip
    return {"rows": rows}


def by_similarity(texts: Sequence[str], similarity: Similarity, threshold: float) -> dict:
    """The same clauses, matched if each is the other's best and they are similar enough."""
    points = [[p for p in points_of(text, LEXIS) if p.kind == "point"] for text in texts]
    grid = similarity(
        *[
            [text[p.start : p.end].lower() for p in side]
            for text, side in zip(texts, points, strict=True)
        ]
    )
    rows, taken = [], (set(), set())
    for i, line in enumerate(grid):
        for j, value in enumerate(line):
            if (
                value >= threshold
                and value >= max(line)
                and value >= max(other[j] for other in grid)
            ):
                taken[0].add(i)
                taken[1].add(j)
                rows.append(
                    {
                        "relation": "reworded",
                        "band": "sure",
                        "words": [_of(0, texts, points[0][i]), _of(1, texts, points[1][j])],
                    }
                )
    for side in (0, 1):
        for index, point in enumerate(points[side]):
            if index not in taken[side]:
                words = [None, None]
                words[side] = _of(side, texts, point)
                rows.append({"relation": "only", "band": "none", "words": words})
    return {"rows": rows}


def _of(account: int, texts: Sequence[str], point: Point) -> dict:
    return _words(account, texts, point.start, point.end)


def _words(account: int, texts: Sequence[str], start: int, end: int) -> dict:
    return {"account": account, "text": texts[account][start:end], "start": start, "end": end}


def difflib_ratios(left: Sequence[str], right: Sequence[str]) -> list[list[float]]:
    """difflib's ratio of the words."""
    return [
        [
            SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()
            for other in right
        ]
        for one in left
    ]


def tf_idf(left: Sequence[str], right: Sequence[str]) -> list[list[float]]:
    """Cosine of TF-IDF vectors of 3 to 5 characters within words."""
    bags = [[_grams(text) for text in side] for side in (left, right)]
    counts = Counter(gram for side in bags for bag in side for gram in bag)
    total = len(left) + len(right)
    vectors = [
        [
            _unit({g: n * (math.log((1 + total) / (1 + counts[g])) + 1) for g, n in bag.items()})
            for bag in side
        ]
        for side in bags
    ]
    return [
        [sum(w * other.get(g, 0.0) for g, w in one.items()) for other in vectors[1]]
        for one in vectors[0]
    ]


def _grams(text: str) -> Counter[str]:
    return Counter(
        f" {word} "[at : at + n]
        for word in text.split()
        for n in (3, 4, 5)
        for at in range(len(word) + 3 - n)
    )


def _unit(vector: dict[str, float]) -> dict[str, float]:
    size = math.sqrt(sum(w * w for w in vector.values())) or 1.0
    return {gram: weight / size for gram, weight in vector.items()}
