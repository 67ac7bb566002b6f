"""Figures of agreement: raw agreement with its Wilson interval, and Cohen's kappa."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass

Z = 1.959964
"""Normal quantile of a two-sided 95 % interval."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of the comparison; `n` is the sample size, `interval` the 95 % interval."""

    name: str
    value: float | None
    n: int
    interval: tuple[float, float] | None = None

    def __str__(self) -> str:
        value = "undefined" if self.value is None else f"{self.value:.3f}"
        interval = (
            "" if self.interval is None else f" [{self.interval[0]:.3f}, {self.interval[1]:.3f}]"
        )
        return f"{self.name}: {value}{interval} (n = {self.n})"


def kappa(pairs: list[tuple[Hashable, Hashable]]) -> float | None:
    """Return Cohen's kappa; None if chance agreement is complete (one category)."""
    chance = _chance(pairs)
    if chance == 1:
        return None
    return (sum(x == y for x, y in pairs) / len(pairs) - chance) / (1 - chance)


def _chance(pairs: list[tuple[Hashable, Hashable]]) -> float:
    """Return the agreement by chance from each side's own share of each term; 1 if there is nothing to agree on."""
    if not pairs:
        return 1.0
    left, right = Counter(x for x, _ in pairs), Counter(y for _, y in pairs)
    return sum(left[term] * right[term] for term in left) / len(pairs) ** 2


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Wilson score interval of a share, 95 %. (Wilson 1927; unlike the normal interval it does not shrink to a point at 1.)"""
    share = successes / n
    centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    spread = Z / (1 + Z * Z / n) * (share * (1 - share) / n + Z * Z / (4 * n * n)) ** 0.5
    return max(0.0, centre - spread), min(1.0, centre + spread)


def agreement_of(name: str, pairs: list[tuple[Hashable, Hashable]]) -> list[Measure]:
    raw = raw_agreement(f"{name}, raw agreement", pairs)
    chance = _chance(pairs)
    interval = None
    if raw.interval is not None and chance < 1:
        interval = tuple((bound - chance) / (1 - chance) for bound in raw.interval)
    return [raw, Measure(f"{name}, Cohen's kappa", kappa(pairs), len(pairs), interval)]


def raw_agreement(name: str, pairs: list[tuple[Hashable, Hashable]]) -> Measure:
    same = sum(x == y for x, y in pairs)
    return Measure(
        name,
        same / len(pairs) if pairs else None,
        len(pairs),
        wilson(same, len(pairs)) if pairs else None,
    )
