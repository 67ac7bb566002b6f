"""The figures of the tamper test, as its section of TRUST.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from .judging import LEDGER

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
    compared: int = 0
    by_stock: int = 0
    by_rules: int = 0
    """Of the compared ones, how many Readouts noticed."""

    def add(self, note: str, code: str | None, schema: bool, stock: bool | None) -> None:
        self.tried += 1
        self.by_schema += schema
        if code is None:
            self.missed.append(note)
        else:
            self.codes[code] += 1
        if stock is not None:
            self.compared += 1
            self.by_stock += stock
            self.by_rules += code is not None

    @property
    def caught(self) -> int:
        return self.tried - len(self.missed)

    @property
    def line(self) -> str:
        return (
            f"{self.layer:9} {'aided' if self.aided else 'alone'} {self.name:26} {self.caught:4} of {self.tried:<4} "
            f"jsonschema {self.by_schema:4}  frictionless {self.by_stock} of {self.compared}  {dict(self.codes.most_common(4))}"
        )


def _rate(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,} ({part / whole:.1%})" if whole else "none"


def rates(outcomes: list[Outcome]) -> str:
    """The table of rates side by side, which README.md shows too."""
    lines = [
        "| what is corrupted | corruptions | Readouts notices | `jsonschema` alone | of every n-th: Readouts | `frictionless validate` |\n"
        "|---|---|---|---|---|---|\n"
    ]
    for layer, aided, name in (*LAYERS, ("", None, "**all**")):
        some = [o for o in outcomes if (o.layer, o.aided) == (layer, aided) or not layer]
        tried, compared = sum(o.tried for o in some), sum(o.compared for o in some)
        lines.append(
            f"| {name} | {tried:,} | {_rate(sum(o.caught for o in some), tried)} | {_rate(sum(o.by_schema for o in some), tried)} "
            f"| {_rate(sum(o.by_rules for o in some), compared)} | {_rate(sum(o.by_stock for o in some), compared)} |\n"
        )
    return "".join(lines)


def section(outcomes: list[Outcome], limit: int, compare: int) -> str:
    """The whole section."""
    by_ledger = sum(o.codes[LEDGER] for o in outcomes)
    aided = [o for o in outcomes if o.layer == "published" and o.aided]
    tried = sum(o.tried for o in aided)
    alone = sum(o.caught for o in aided) - by_ledger
    parts = [
        "<!-- rates -->\n", rates(outcomes), "<!-- end of rates -->\n\n",
        f"At most {limit} corruptions of each of {len(outcomes)} operators, chosen by a seeded generator; each is made alone. The rates are over all of them, "
        "those that no rule could tell included. With the attacker's help, what can be recomputed is: offsets, text and its segments, prefix "
        "and suffix, copied columns, the seal on a capture, attributions, references, hashes in datapackage.json; not the ledger of what was released. "
        f"`frictionless` is slow and gets every {compare}th corruption; Readouts' rate on just these stands beside it.\n\n"
        "A corruption of the curated files counts as noticed if `readouts validate` reports an error; that `readouts build --check` notices every "
        "change without a rebuild is not counted. One of the published tables counts as noticed if the hashes in datapackage.json, the schemas and guards "
        f"beside the captures (exclusions are not published, so without them), or the ledger's hash of the record tell. With help, schemas and guards alone notice {_rate(alone, tried)}; "
        f"for the rest it takes the ledger.\n\n",
        "### By operator\n\n| operator | what it does | noticed | by (most) |\n|---|---|---|---|\n",
    ]  # fmt: skip
    for outcome in outcomes:
        told = ", ".join(f"`{code}`" for code, _ in outcome.codes.most_common(2))
        helped = ", with help" if outcome.aided else ""
        parts.append(
            f"| `{outcome.name}` ({outcome.layer}{helped}) | {outcome.what} | {_rate(outcome.caught, outcome.tried)} | {told} |\n"
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
