"""Operators on the release ledger, which is stored with the curated files."""

from __future__ import annotations

import random
from collections.abc import Iterator

from readouts.ledger.hashes import state_hash
from readouts.ledger.ledger import RELEASES, Key, Ledger, bytes_from_ledger

from .base import Base
from .operators import Curated, operator

REWRITTEN = "a ledger that is rewritten as a whole agrees with itself: git history, an older copy, or the attestation of the release"


@operator("curated", "a line of the ledger taken out, or given another hash, version or reason; with help, the hash of the release follows", beyond=REWRITTEN)  # fmt: skip
def ledger_altered(base: Base, rng: random.Random, aided: bool) -> Iterator[Curated]:
    for key, entry in base.ledger.entries.items():
        if key[0] == RELEASES:
            continue
        changes: dict[str, dict[str, str | None] | None] = {
            "taken out": None, "hash": {"sha256": "0" * 64}, "version": {"added_in": "0.9.0"}, "reason": {"reason": "none"},
            "withdrawn": {"withdrawn_in": base.ledger.version, "reason": "a mistake"},
        }  # fmt: skip
        for what in rng.sample(sorted(changes), 2):
            new = changes[what]
            entries: dict[Key, dict] = {k: dict(e) for k, e in base.ledger.entries.items()}
            if new is None:
                del entries[key]
            else:
                entries[key] = entry | new
            ledger = Ledger(entries)
            if aided:
                ledger.releases[-1]["sha256"] = state_hash(ledger.live())
            yield Curated(f"{key[0]} {key[1]} {what}", ledger=bytes_from_ledger(ledger))
