"""Operators of the tamper test, and the corruptions that they make."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

SEED = 20190926
"""Every choice an operator makes comes from a generator seeded with this number and the operator's name."""

Key = tuple[str, str]
Tables = dict[str, list[dict[str, Any]]]
Documents = dict[Key, Any]
"""(kind, id) of a curated file → its parsed value."""


@dataclass(frozen=True, slots=True)
class Curated:
    """A corruption of the curated files: the new content of each file (None: deleted), of each capture, and of the ledger (None: unchanged)."""

    note: str
    files: dict[Key, Any] = field(default_factory=dict)
    captures: dict[str, str] = field(default_factory=dict)
    ledger: bytes | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """One corruption of the published tables: the tables that changed, with all their rows."""

    note: str
    tables: Tables
    finish: Callable[[Tables], Tables] | None = None
    """The attacker's recomputation; only done for selected corruptions."""

    def finished(self) -> Published:
        return self if self.finish is None else Published(self.note, self.finish(self.tables))


@dataclass(frozen=True, slots=True)
class Operator:
    """A way to corrupt. `aided` means that the attacker recomputes everything that can be
    recomputed; `beyond` says why some of its corruptions cannot be detected by any rule on this
    package, and what would detect them (empty: all must be detected).
    """

    name: str
    layer: str
    aided: bool
    what: str
    beyond: str
    corruptions: Callable[[Any, random.Random], Iterator[Any]]

    def sample(self, base: Any, limit: int) -> list[Any]:
        """At most `limit` corruptions, chosen deterministically out of all that the operator offers."""
        rng = random.Random(f"{SEED}/{self.layer}/{self.name}/{self.aided}")
        offered = list(self.corruptions(base, rng))
        found: list[tuple[int, Any]] = []
        for place in rng.sample(range(len(offered)), len(offered)):
            if len(found) == limit:
                break
            corruption = offered[place] if self.layer == "curated" else offered[place].finished()
            if self.layer == "curated" or any(
                rows != base.rows[name] for name, rows in corruption.tables.items()
            ):
                found.append((place, corruption))
        return [corruption for _, corruption in sorted(found, key=lambda pair: pair[0])]


REGISTER: list[Operator] = []


def operator(
    layer: str, what: str, *, aided: bool | None = None, beyond: str = "", both: bool = False
) -> Callable[[Callable[..., Iterator[Any]]], Callable[..., Iterator[Any]]]:
    """Register a generator of corruptions. With `aided` None it is registered twice and gets
    `aided` as a third argument; `beyond` then holds for the aided form, or for `both`.
    """

    def register(function: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        name = function.__name__.removeprefix("published_")
        for helped in (False, True) if aided is None else (aided,):
            call = (
                (lambda base, rng, helped=helped: function(base, rng, helped))
                if aided is None
                else function
            )
            REGISTER.append(
                Operator(
                    name,
                    layer,
                    helped,
                    what,
                    beyond if helped or both or aided is not None else "",
                    call,
                )
            )
        return function

    return register


def changed(documents: Documents, key: Key, change: Callable[[Any], None]) -> dict[Key, Any]:
    """The file `key` with a change made to a copy of its value."""
    value = copy.deepcopy(documents[key])
    change(value)
    return {key: value}
