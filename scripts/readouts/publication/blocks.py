"""The derived blocks of the dataset card, README.md and docs: figures, columns, terms, claims, sources, citation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from ..compile.rows import Row
from ..core.definitions import Table
from ..core.findings import PackageError, counted
from ..curation.corpus import Corpus
from ..ledger.ledger import Ledger
from .markdown import as_text, cell

_BLOCK = re.compile(r"(<!-- derived: ([a-z-]+) -->\n)(.*?)(<!-- end of derived -->)", re.DOTALL)

EVENTS_SHOWN, SOURCES_SHOWN = 3, 50
"""Limits of the tables of claims and of sources, so that the card stays readable."""


@dataclass(frozen=True, slots=True)
class CardInputs:
    """Inputs of the blocks: definitions, rows by table, the ledger, the vocabulary file, and the path and size of a table's file."""

    corpus: Corpus
    tables: dict[str, Table]
    rows: dict[str, list[Row]]
    ledger: Ledger
    vocabulary: Path
    path: Callable[[str], str]
    size: Callable[[str], int]
    rates: str | None = None
    """The table of rates in TRUST.md; None if there is no such page, and the block is left as it is."""

    @property
    def present(self) -> list[str]:
        return [name for name in self.tables if self.rows[name]]


def has_blocks(text: str) -> bool:
    return _BLOCK.search(text) is not None


def with_blocks(text: str, name: str, inputs: CardInputs) -> str:
    """Return the document `name` with its derived blocks regenerated. Raises PackageError for an unknown block."""

    def renewed(match: re.Match[str]) -> str:
        if match[2] not in BLOCKS:
            raise PackageError(
                f"{name}: unknown derived block `{match[2]}` (known: {', '.join(BLOCKS)})"
            )
        if match[2] == "trust" and inputs.rates is None:
            return match[0]
        return match[1] + BLOCKS[match[2]](inputs) + match[4]

    return _BLOCK.sub(renewed, text)


def _figures(inputs: CardInputs) -> str:
    rows = inputs.rows
    counts = ", ".join(counted(len(rows[name]), name.removesuffix("s")) for name in inputs.present)
    dates = sorted(row["date"] for row in rows["statements"] if row["date"])
    version = inputs.ledger.version
    state = "Not yet released" if version == "0.0.0" else f"Version {version}"
    if not dates:
        return f"{state}: {counts}.\n"
    days = f"on {dates[0]}" if dates[0] == dates[-1] else f"from {dates[0]} to {dates[-1]}"
    return f"{state}: {counts}; statements made {days}.\n"


def _columns(inputs: CardInputs) -> str:
    parts = []
    for name in inputs.tables:
        table = inputs.tables[name]
        absent = "" if inputs.rows[name] else " (no rows yet, so no file)"
        parts.append(
            f"#### `{name}`: {table.description[0].lower()}{table.description[1:].removesuffix('.')}{absent}\n\n"
        )
        parts.append("| column | type | meaning |\n|---|---|---|\n")
        for column in table.columns:
            kind = "term" if column.terms else column.type
            key = ", key" if column.name in table.primary_key else ""
            terms = (
                f" Terms: {', '.join(f'`{term}`' for term in column.terms)}."
                if column.terms
                else ""
            )
            parts.append(
                f"| `{column.name}` | {kind}{key}{' or null' if column.nullable else ''} | {cell(column.description)}{terms} |\n"
            )
        parts.append("\n")
    return "".join(parts)


MARKS = {
    "equivalent": "",
    "narrower": " *(says more)*",
    "broader": " *(says less)*",
    "conflicting": " *(conflicts)*",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The claims of one event, with the attestations of each account; `accounts` are the publishers' names by source id."""

    event: Row
    accounts: dict[str, str]
    claims: list[tuple[Row, list[list[Row]]]]

    def table(self) -> str:
        """Return a Markdown table of the claims."""
        head = " | ".join(as_text(name) for name in self.accounts.values())
        lines = [f"| claim | {head} |\n|---{'|---' * len(self.accounts)}|\n"]
        for claim, found in self.claims:
            cells = ["<br>".join(f"“{as_text(row['quote'])}”{MARKS[row['relation']]}" for row in rows) or "**left out**" for rows in found]  # fmt: skip
            lines.append(f"| {as_text(claim['proposition'])} | {' | '.join(cells)} |\n")
        return (
            f"**{as_text(self.event['name'])}**, {self.event['start_date']}\n\n{''.join(lines)}\n"
        )


def _comparisons(inputs: CardInputs) -> Iterator[Comparison]:
    """Yield every event that has claims and several accounts."""
    rows = inputs.rows
    source_of = {row["statement_id"]: row["source_id"] for row in rows["statements"]}
    publisher = {
        row["source_id"]: row["publisher_name"] or row["source_id"] for row in rows["statements"]
    }
    statements, claims = (
        _grouped(rows["statements"], "event_id"),
        _grouped(rows["claims"], "event_id"),
    )
    attested = _grouped(rows["attestations"], "claim_id")
    for event in rows["events"]:
        accounts = sorted({row["source_id"] for row in statements.get(event["event_id"], ())})
        if len(accounts) > 1 and event["event_id"] in claims:
            found = [
                (claim, [[row for row in attested.get(claim["claim_id"], ()) if source_of[row["statement_id"]] == account] for account in accounts])
                for claim in claims[event["event_id"]]
            ]  # fmt: skip
            yield Comparison(event, {account: publisher[account] for account in accounts}, found)


def _claims(inputs: CardInputs) -> str:
    """Show for events with several accounts, up to EVENTS_SHOWN, each account's words for each claim."""
    found = list(_comparisons(inputs))
    parts = [comparison.table() for comparison in found[:EVENTS_SHOWN]]
    if len(found) > EVENTS_SHOWN:
        parts.append(
            f"And {counted(len(found) - EVENTS_SHOWN, 'more event')} with claims and several accounts.\n\n"
        )
    return "".join(parts)


def _terms(inputs: CardInputs) -> str:
    """List every closed vocabulary with its terms, definitions and examples."""
    parts = []
    for name, terms in yaml.safe_load(inputs.vocabulary.read_bytes()).items():
        parts.append(f"### `{name}`\n\n| term | definition | example |\n|---|---|---|\n")
        parts += [f"| `{term}` | {cell(facts['definition'])} | {as_text(facts['example'])} |\n" for term, facts in terms.items()]  # fmt: skip
        parts.append("\n")
    return "".join(parts)


def _grouped(rows: list[Row], column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found


def _sources(inputs: CardInputs) -> str:
    names = {row["agent_id"]: row["name"] for row in inputs.rows["agents"]}
    lines = [
        "| source | publisher | rights | published | reproduced share |\n|---|---|---|---|---|\n"
    ]
    for row in inputs.rows["sources"][:SOURCES_SHOWN]:
        publisher = (
            f"{as_text(names[row['publisher_id']])} ({row['publisher_basis']})"
            if row["publisher_id"]
            else "not known"
        )
        what = "the full text" if row["redistribution"] == "full-text" else "quotations"
        lines.append(
            f"| `{row['source_id']}` | {publisher} | {as_text(row['rights'])} | {what} | {row['reproduced_share']:.2%} |\n"
        )
    more = len(inputs.rows["sources"]) - SOURCES_SHOWN
    return "".join(lines) + (
        f"\nAnd {counted(more, 'more source')}: see the table `sources`.\n" if more > 0 else ""
    )


def _pairs(inputs: CardInputs) -> str:
    labels: dict[str, int] = {}
    for row in inputs.rows["pairs"]:
        labels[row["label"]] = labels.get(row["label"], 0) + 1
    terms = (
        next(column.terms for column in inputs.tables["pairs"].columns if column.name == "label")
        or ()
    )
    return "Pairs by label: " + ", ".join(f"{term} {labels.get(term, 0)}" for term in terms) + ".\n"


def _cite(inputs: CardInputs) -> str:
    version, day = inputs.ledger.version, inputs.ledger.released_on
    year = f"  year    = {{{day[:4]}}},\n" if day else ""
    corpus = inputs.corpus
    authors = " and ".join(f"{{{_tex(person.name)}}}" for person in corpus.contributors)
    url = f"  url     = {{{corpus.homepage}}},\n" if corpus.homepage else ""
    return (
        f"```bibtex\n@misc{{{corpus.name},\n  title   = {{{_tex(corpus.title)}}},\n"
        f"  author  = {{{authors}}},\n{year}{url}  version = {{{version}}}\n}}\n```\n"
    )


def _tex(words: str) -> str:
    """Return words with TeX commands escaped so that they are printed."""
    return re.sub(r"([&%$#_{}])", r"\\\1", words.replace("\\", "/"))


def _trust(inputs: CardInputs) -> str:
    return inputs.rates or ""


BLOCKS: dict[str, Callable[[CardInputs], str]] = {
    "figures": _figures,
    "columns": _columns,
    "terms": _terms,
    "claims": _claims,
    "sources": _sources,
    "pairs": _pairs,
    "cite": _cite,
    "trust": _trust,
}
"""Name of a block → the function that writes it."""
