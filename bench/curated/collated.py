"""The claims of an event, collated from its accounts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .accounts import Account, Point


def iter_claims(
    points: list[Point], accounts: list[Account], versions: dict[str, dict[int, Point]]
) -> Iterator[dict[str, Any]]:
    """Yield a claim for every point of an account, attested by all its statements."""
    numbers = sorted({number for account in accounts for number in account.statement_ids})
    for local, number in enumerate(numbers, 1):
        phrase = points[number].phrase
        attestations, changed = [], {}
        for account in accounts:
            for statement in account.statement_ids.get(number, ()):
                own = versions[account.source_id][number].phrase
                attestations.append(
                    {
                        "statement": f"{account.source_id}.{statement}",
                        "relation": "equivalent",
                        "quote": own,
                    }
                )
                if account.facts["relays"] is None:
                    changed[account.source_id] = (attestations[-1]["statement"], own)
        claim: dict[str, Any] = {
            "id": f"c{local:02}",
            "proposition": phrase[0].upper() + phrase[1:] + ".",
            "attestations": attestations,
        }
        if len({words for _, words in changed.values()}) == 2:
            claim["divergences"] = [
                {
                    "words": dict(changed.values()),
                    "change": "one word for another that is near to it",
                }
            ]
        yield claim
