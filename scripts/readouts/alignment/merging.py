"""Merging of clauses if the other account says in one clause what they say in two or more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .lexis import Lexis
from .matching import MUTUAL, Matching, match
from .measure import keys_of
from .points import Point

MORE, SHARED = 0.2, 0.6
"""How much more of the one clause the others cover together than the best of them alone, and the share of their own keys that it covers."""


def match_merged(
    left: list[Point], right: list[Point], lexis: Lexis
) -> tuple[list[Point], list[Point], Matching]:
    """Return both accounts' points and their matches, with neighbouring clauses of a sentence merged if one point of the other account covers them."""
    matching = match(left, right, lexis)
    sides = [left, right]
    merged = [_merged(sides[n], sides[1 - n], matching.nearest[n], lexis) for n in (0, 1)]
    if [len(points) for points in merged] == [len(points) for points in sides]:
        return left, right, matching
    return merged[0], merged[1], match(merged[0], merged[1], lexis)


def _merged(
    points: Sequence[Point],
    others: Sequence[Point],
    nearest: dict[int, tuple[int, float]],
    lexis: Lexis,
) -> list[Point]:
    found: list[Point] = []
    held: int | None = None
    for at, point in enumerate(points):
        near = nearest.get(at)
        target = near[0] if near and near[1] >= MUTUAL else None
        before = found[-1] if found else None
        again = (
            target is not None
            and target == held
            and before is not None
            and before.sentence == point.sentence
        )
        if again and _belong(before, point, others[target], lexis):
            found[-1] = replace(before, end=point.end, words=before.words + point.words)
            continue
        found.append(point)
        held = target
    return found


def _belong(first: Point, second: Point, other: Point, lexis: Lexis) -> bool:
    keys = [{key for key, _ in keys_of(point.words, lexis)} for point in (first, second, other)]
    whole = len(keys[2]) or 1
    union = keys[0] | keys[1]
    alone = max(len(keys[0] & keys[2]), len(keys[1] & keys[2])) / whole
    return len(union & keys[2]) / whole - alone >= MORE and len(union & keys[2]) >= SHARED * len(
        union
    )
