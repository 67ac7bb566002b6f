"""Mistakes of every kind, injected into a valid event, and the findings that a validator should report.

The kinds are a function for each guard, named after it, which changes the rows and returns the
(table, record) that the guard should name, and the mistakes of one value.
"""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable
from types import ModuleType

from ..accounts import Event
from . import collation, sources, statements
from .injected import Found, InjectedEvent, Kind
from .values import ANY, VALUE_MISTAKES

__all__ = ["KINDS", "VALUE_MISTAKES", "InjectedEvent", "inject"]


def _of_guard(make: Callable[[InjectedEvent], Found]) -> Kind:
    return (lambda p: [(make.__name__, table, record) for table, record in make(p)]), ANY


def _makers(module: ModuleType) -> dict[str, Callable[[InjectedEvent], Found]]:
    return {
        n: f
        for n, f in inspect.getmembers(module, inspect.isfunction)
        if f.__module__ == module.__name__
    }


_GUARDS = _makers(sources) | _makers(statements) | _makers(collation)
KINDS: dict[str, Kind] = {
    code: _of_guard(_GUARDS[code]) for code in sorted(_GUARDS)
} | VALUE_MISTAKES
"""Every kind of mistake: the function that injects it, and the formats that can represent it."""


def inject(event: Event, kind: str, form: str) -> InjectedEvent:
    """Return the event with a mistake of a kind of KINDS, or unchanged if the format cannot have it."""
    injected = InjectedEvent(copy.deepcopy(event))
    make, forms = KINDS[kind]
    if form in forms:
        injected.truth = [(code, table, record) for code, table, record in make(injected)]
    return injected
