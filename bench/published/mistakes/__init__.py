"""Mistakes of every kind, planted in an event that is right, and what a validator should find.

The kinds are a function for each guard, named after it, which changes the rows and returns the (table, record) that the guard should
name, and the mistakes of one value.
"""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable
from types import ModuleType

from ..accounts import Event
from . import collation, sources, statements
from .planted import Found, Kind, Planted
from .values import ANY, VALUE_MISTAKES

__all__ = ["KINDS", "VALUE_MISTAKES", "Planted", "plant"]


def _of_guard(make: Callable[[Planted], Found]) -> Kind:
    return (lambda p: [(make.__name__, table, record) for table, record in make(p)]), ANY


def _makers(module: ModuleType) -> dict[str, Callable[[Planted], Found]]:
    return {n: f for n, f in inspect.getmembers(module, inspect.isfunction) if f.__module__ == module.__name__}


_GUARDS = _makers(sources) | _makers(statements) | _makers(collation)
KINDS: dict[str, Kind] = {code: _of_guard(_GUARDS[code]) for code in sorted(_GUARDS)} | VALUE_MISTAKES
"""Every kind of mistake: what plants it, and the forms that can hold it."""


def plant(event: Event, kind: str, form: str) -> Planted:
    """The event with a mistake of a kind of KINDS, if it can be written in the form; else as it is."""
    planted = Planted(copy.deepcopy(event))
    make, forms = KINDS[kind]
    if form in forms:
        planted.truth = [(code, table, record) for code, table, record in make(planted)]
    return planted
