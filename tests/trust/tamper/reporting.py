"""The figures of the tamper test, as its section of TRUST.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from readouts.layout import Layout
from readouts.rules.guards import read_guards

from .judging import LEDGER

REVIEWS = frozenset(guard.code for guard in read_guards(Layout(Path(__file__).parents[3])) if guard.kind == "review")
LAYERS = (
    ("curated", False, "curated files, edited alone"),
    ("curated", True, "curated files, with the attacker's help"),
    ("published", False, "published tables, edited alone"),
    ("published", True, "published tables, with the attacker's help"),
)


@dataclass(slots=True)
class Outcome:
    """What became of one operator's corruptions: `codes` counts what noticed them, `missed` are the notes of those nothing did."""

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
    """How many were given to frictionless as JSONL too, and of these how many it told there and not in CSV."""
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


def _rate(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,} ({part / whole:.1%})" if whole else "none"


def rates(outcomes: list[Outcome]) -> str:
    """The table of rates side by side, which README.md shows too."""
    lines = [
        "| what is corrupted | corruptions | Readouts notices | by proofs | by reviews alone | `frictionless validate` | `jsonschema` alone |\n|---|---|---|---|---|---|---|\n"
    ]
    for layer, aided, name in (*LAYERS, ("", None, "**all**")):
        some = [o for o in outcomes if (o.layer, o.aided) == (layer, aided) or not layer]
        tried = sum(o.tried for o in some)
        caught, reviewed = sum(o.caught for o in some), sum(o.by_review for o in some)
        found = (caught, caught - reviewed, reviewed, sum(o.by_stock for o in some), sum(o.by_schema for o in some))
        lines.append(f"| {name} | {tried:,} | {' | '.join(_rate(number, tried) for number in found)} |\n")
    return "".join(lines)


def section(outcomes: list[Outcome], limit: int) -> str:
    """The whole section."""
    by_ledger = sum(o.codes[LEDGER] for o in outcomes)
    aided = [o for o in outcomes if o.layer == "published" and o.aided]
    tried = sum(o.tried for o in aided)
    alone = sum(o.caught for o in aided) - by_ledger
    curated = [o for o in outcomes if o.layer == "curated"]
    missed = sum(len(o.missed) for o in curated)
    parts = [
        "<!-- rates -->\n", rates(outcomes), "<!-- end of rates -->\n\n",
        f"At most {limit} corruptions of each of {len(outcomes)} operators, chosen by a seeded generator out of all that the operator offers; each is made alone, in a "
        "working copy of the package as it was released. The rates are over all of them, those that no rule could tell included. With the attacker's help, what can be "
        "recomputed is: offsets, text and its segments, prefix and suffix, copied columns, the seal on a capture, attributions, references, hashes in datapackage.json and "
        "checksums; not the ledger of what was released.\n\n"
        "A *proof* shows a mistake by capture, ledger, calendar, reference or arithmetic; a *review* is a heuristic, which a curator can accept with a reason "
        "(`reviewed`, published in the table `reviews`): an attacker who writes a reason too passes the latter, and leaves it for all to read.\n\n"
        "A corruption of the curated files counts as noticed if `readouts validate` reports an error. What it does not report is not lost: it changes what is derived, and "
        f"of the {missed:,} corruptions that are no error, {sum(o.shown for o in curated):,} change a released record, which `readouts validate` says in its last line, `readouts diff` lists, and `readouts build "
        "--check` refuses until it is built; this is not counted as noticed, for curators revise records too.\n\n"
        "A corruption of the published tables counts as noticed if `readouts verify` with the captures reports an error: by the hashes in datapackage.json, the schemas and guards "
        f"(exclusions are not published, so without them), or the ledger's hash of each record. With help, schemas and guards alone notice {_rate(alone, tried)}: that is the rate if the "
        "attacker rewrites the ledger too; then it takes the ledger of an older copy, git, or the attestation of the checksums.\n\n"
        "`frictionless` and `jsonschema` get the same corruptions. What was corrupted in the curated files is for `frictionless` built into tables without asking any rule, with true hashes; "
        "`jsonschema` judges the curated files by their schemas. Of the published tables both judge the files as they lie. `frictionless` judged the CSV of every corruption and the JSONL too of "
        f"{sum(o.both for o in outcomes):,}: {sum(o.differing for o in outcomes)} of these were told in the JSONL and not in the CSV. No stock tool reads the ledger.\n\n",
        "### By operator\n\n| operator | what it does | corruptions | Readouts | by (most) | `frictionless` | `jsonschema` |\n|---|---|---|---|---|---|---|\n",
    ]  # fmt: skip
    for outcome in outcomes:
        told = ", ".join(f"`{code}`" for code, _ in outcome.codes.most_common(2))
        helped = ", with help" if outcome.aided else ""
        shares = " | ".join(f"{number:,} ({number / outcome.tried:.0%})" for number in (outcome.by_stock, outcome.by_schema))  # fmt: skip
        parts.append(
            f"| `{outcome.name}` ({outcome.layer}{helped}) | {outcome.what} | {outcome.tried:,} | {outcome.caught:,} ({outcome.caught / outcome.tried:.1%}) | {told} | {shares} |\n"
        )
    parts.append("\n### What goes unnoticed, and what would catch it\n\n")
    parts += list(_unnoticed(outcomes))
    return "".join(parts)


def _unnoticed(outcomes: Iterable[Outcome]) -> Iterable[str]:
    for outcome in outcomes:
        if outcome.missed:
            why = outcome.beyond or "**a hole**: no reason is known why this cannot be told"
            helped = ", with help" if outcome.aided else ""
            yield f"- `{outcome.name}` ({outcome.layer}{helped}), {len(outcome.missed)} of {outcome.tried}: {why}.\n"
