"""Helpers of the operators on facts of a curated file."""

from __future__ import annotations

from typing import Any

from .base import Base
from .operators import Key, changed

OUTSIDE = (
    "a fact about the world is not in the captured texts: the secondary source or a second curator"
)
HISTORY = "every place that states the fact was changed alike: git history or the signature of the release"


def with_fact(base: Base, key: Key, **facts: Any) -> dict[Key, Any]:
    return changed(base.documents, key, lambda v: v[key[0]].update(facts))


def keys_of(base: Base, kind: str) -> list[Key]:
    return [key for key in base.documents if key[0] == kind]
