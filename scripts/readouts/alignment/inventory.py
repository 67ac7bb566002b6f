"""The names, dates and numbers of each account, and which of them the others lack."""

from __future__ import annotations

from collections.abc import Sequence

from .canon import Unit, units_of
from .lexis import Lexis
from .points import Point

KINDS = ("name", "date", "number")


def inventory(
    every: Sequence[Sequence[Point]], texts: Sequence[str], lexis: Lexis, names: frozenset[str]
) -> dict[str, list[list[str]]]:
    """Kind → for each account the entries that only it has, as printed, each once, in order. A name
    that another account prints in a shorter or longer form (`Lind`, `Ada Lind`) does not count.
    """
    units = [[units_of(point.words, lexis, names) for point in points] for points in every]
    found: dict[str, list[list[str]]] = {}
    for kind in KINDS:
        keys = [
            {unit.key for point in account for unit in point if unit.kind == kind}
            for account in units
        ]
        found[kind] = [
            list(
                _only(
                    account, texts[n], kind, set().union(*(k for m, k in enumerate(keys) if m != n))
                )
            )
            for n, account in enumerate(units)
        ]
    return found


def _only(
    account: Sequence[Sequence[Unit]], text: str, kind: str, others: set[str]
) -> dict[str, None]:
    """Return the entries that no other account has, in order; neighbouring units of a kind are one name."""
    found: dict[str, None] = {}
    for point in account:
        group: list[Unit] = []
        for unit in [*point, None]:
            if (
                unit is not None
                and unit.kind == kind
                and (not group or (kind == "name" and unit.start - group[-1].end <= 2))
            ):
                group.append(unit)
                continue
            if group and group[-1].key not in others:
                found.setdefault(" ".join(text[group[0].start : group[-1].end].split()))
            group = [unit] if unit is not None and unit.kind == kind else []
    return found
