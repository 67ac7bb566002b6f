"""The figures of the tamper test, as lines of docs/trust/tamper.csv."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from readouts.core.layout import Layout
from readouts.rules.guards import read_guards

from .checks import LEDGER

REVIEWS = frozenset(
    guard.code for guard in read_guards(Layout(Path(__file__).parents[3])) if guard.kind == "review"
)


@dataclass(slots=True)
class Outcome:
    """Results of one operator: `codes` counts what detected its corruptions, `missed` has the notes of undetected ones."""

    name: str
    layer: str
    aided: bool
    what: str
    beyond: str
    tried: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    by_schema: int = 0
    by_stock: int = 0
    both: int = 0
    differing: int = 0
    """The number of corruptions given to frictionless as JSONL too, and of those it only detected there."""
    shown: int = 0
    """Of those that nothing noticed, how many change a released record, so that `readouts diff` lists them."""

    def add(self, note: str, code: str | None, schema: bool, stock: bool, shown: bool) -> None:
        self.tried += 1
        self.by_schema += schema
        self.by_stock += stock
        if code is None:
            self.missed.append(note)
            self.shown += shown
        else:
            self.codes[code] += 1

    @property
    def caught(self) -> int:
        return self.tried - len(self.missed)

    @property
    def by_review(self) -> int:
        """How many only a heuristic noticed: a rule that a curator could accept with `reviewed`."""
        return sum(self.codes[code] for code in REVIEWS)

    @property
    def line(self) -> str:
        return (
            f"{self.layer:9} {'aided' if self.aided else 'alone'} {self.name:26} {self.caught:4} of {self.tried:<4} "
            f"frictionless {self.by_stock:4}  jsonschema {self.by_schema:4}  {dict(self.codes.most_common(4))}"
        )


def record(outcome: Outcome) -> dict[str, object]:
    """An operator's line in docs/trust/tamper.csv."""
    return {
        "operator": outcome.name,
        "files": outcome.layer,
        "helped": "yes" if outcome.aided else "no",
        "change": outcome.what,
        "corruptions": outcome.tried,
        "detected": outcome.caught,
        "by_reviews": outcome.by_review,
        "by_ledger": outcome.codes[LEDGER],
        "codes": " | ".join(code for code, _ in outcome.codes.most_common(3)),
        "frictionless": outcome.by_stock,
        "jsonschema": outcome.by_schema,
        "given_as_jsonl": outcome.both,
        "only_in_jsonl": outcome.differing,
        "undetected_but_listed": outcome.shown,
        "would_catch": (outcome.beyond or "nothing known: a gap") if outcome.missed else "",
    }
