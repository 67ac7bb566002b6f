"""Helpers of the operators on curated statements: iterating over them, changing one, and adapting its claims."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

from .base import Base
from .operators import Key, changed

JUDGEMENT = "a curator's judgement that the text neither proves nor refutes: a second curator or git history"
EXTENT = "where a label, cue or quotation begins and ends is a judgement: a second curator"


def iter_statements(base: Base) -> Iterator[tuple[Key, int, dict[str, Any]]]:
    """(file, index, statement) of every curated statement."""
    for key, value in base.documents.items():
        if key[0] == "source":
            for index, entry in enumerate(value["statements"]):
                yield key, index, entry


def with_facts(base: Base, key: Key, index: int, **facts: Any) -> dict[Key, Any]:
    def change(value: Any) -> None:
        entry = value["statements"][index]
        for name, fact in facts.items():
            if fact is None and name not in ("speaker",):
                entry.pop(name, None)
            else:
                entry[name] = fact

    return changed(base.documents, key, change)


def claims_rewritten(
    base: Base, change: Callable[[dict[str, Any]], dict[str, Any] | None]
) -> dict[Key, Any]:
    """Return all event files with each attestation changed or (None) removed, without claims and divergences that lost theirs."""
    files = {}
    for key, value in base.documents.items():
        if key[0] != "event":
            continue
        new = copy.deepcopy(value)
        for claim in new.get("claims") or ():
            claim["attestations"] = [
                a for a in (change(dict(a)) for a in claim["attestations"]) if a is not None
            ]
            attested = {a["statement"] for a in claim["attestations"]}
            kept = [d for d in claim.get("divergences") or () if set(d["words"]) <= attested]
            claim.pop("divergences", None)
            if kept:
                claim["divergences"] = kept
        if new.get("claims"):
            new["claims"] = [claim for claim in new["claims"] if claim["attestations"]]
        if new != value:
            files[key] = new
    return files
