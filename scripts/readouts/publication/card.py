"""The derived parts of README.md, which is the dataset card too: front matter, figures, columns, the table of claims."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml

from ..curation.corpus import Corpus
from ..findings import PackageError, counted
from ..tables.definitions import Table
from ..tables.ledger import Ledger
from ..tables.rows import Row
from .features import features_on_card

_BLOCK = re.compile(r"(<!-- derived: ([a-z-]+) -->\n)(.*?)(<!-- end of derived -->)", re.DOTALL)
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_MARKUP = re.compile(r"([\\`*_{}\[\]<>|#~$&])")

SIZES = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
)

TAGS = ("quotation-attribution", "datapackage", "croissant")
"""Tags of every corpus, after its own keywords."""
EVENTS_SHOWN, SOURCES_SHOWN = 3, 50
"""The tables of claims and of sources end after so many: the card is for reading, the rest stands in the data."""


@dataclass(frozen=True, slots=True)
class Material:
    """What the card is derived from: definitions, rows by table, the ledger, and a table's file by its name: path and bytes."""

    corpus: Corpus
    tables: dict[str, Table]
    rows: dict[str, list[Row]]
    ledger: Ledger
    path: Callable[[str], str]
    size: Callable[[str], int]
    rates: str | None = None
    """The table of rates in TRUST.md; None where that page is not, and then the block stays as it is."""

    @property
    def present(self) -> list[str]:
        return [name for name in self.tables if self.rows[name]]


def as_text(words: str) -> str:
    """Words as Markdown that shows them as they are: no markup, no HTML, one line."""
    return (
        _MARKUP.sub(r"\\\1", " ".join(words.split()))
        .replace("\\<", "&lt;")
        .replace("\\>", "&gt;")
        .replace("\\&", "&amp;")
    )


def front_matter(material: Material) -> str:
    """The card's YAML front matter, one key a line, values in flow style. Configurations for every table that has rows."""
    number = len(material.rows["statements"])
    languages = sorted({row["language"].partition("-")[0] for row in material.rows["statements"]})
    facts: dict[str, Any] = {
        "pretty_name": material.corpus.title,
        "license": "other",
        "license_name": f"{material.corpus.license.name.lower()}-for-annotations",
        "license_link": "LICENSE-DATA",
        "language": languages or sorted({language.partition("-")[0] for language in material.corpus.languages}),
        "task_categories": ["text-classification", "token-classification"],
        "task_ids": ["natural-language-inference"],
        "size_categories": [next((name for limit, name in SIZES if number < limit), "n>10M")],
        "annotations_creators": ["expert-generated"],
        "source_datasets": ["original"],
        "tags": list(dict.fromkeys([*(_slug(word) for word in material.corpus.keywords), *TAGS])),
        "configs": [
            {"config_name": name, "data_files": [{"split": "train", "path": material.path(name)}]}
            | ({"default": True} if name == "statements" else {})
            for name in material.present
        ],
        "dataset_info": [
            {
                "config_name": name,
                "features": features_on_card(material.tables[name]),
                "splits": [
                    {"name": "train", "num_bytes": material.size(name), "num_examples": len(material.rows[name])}
                ],
            }
            for name in material.present
        ],
    }
    lines = []
    for key, value in facts.items():
        flow = yaml.dump(
            value, Dumper=yaml.CSafeDumper, default_flow_style=True, width=10**9, sort_keys=False, allow_unicode=True
        )
        lines.append(f"{key}: {flow.removesuffix(chr(10)).removesuffix(chr(10) + '...')}")
    return "---\n" + "\n".join(lines) + "\n---\n"


def card(text: str, material: Material) -> str:
    """README.md with its front matter and every derived block written anew.

    Raises PackageError for a block that nothing derives.
    """

    def renewed(match: re.Match[str]) -> str:
        if match[2] not in BLOCKS:
            raise PackageError(f"README.md has a derived block `{match[2]}`; known: {', '.join(BLOCKS)}")
        if match[2] == "trust" and material.rates is None:
            return match[0]
        return match[1] + BLOCKS[match[2]](material) + match[4]

    body = _BLOCK.sub(renewed, text)
    return front_matter(material) + (_FRONT.sub("", body, count=1) if body.startswith("---\n") else body)


def _figures(material: Material) -> str:
    rows = material.rows
    counts = ", ".join(counted(len(rows[name]), name.removesuffix("s")) for name in material.present)
    dates = sorted(row["date"] for row in rows["statements"] if row["date"])
    version = material.ledger.version
    told = "not yet released" if version == "0.0.0" else f"version {version}"
    return (
        f"{told[0].upper()}{told[1:]}: {counts}; statements of {dates[0]} to {dates[-1]}.\n"
        if dates
        else f"{told}: {counts}.\n"
    )


def _columns(material: Material) -> str:
    parts = []
    for name in material.tables:
        table = material.tables[name]
        absent = "" if material.rows[name] else " (no rows yet, so no file)"
        parts.append(
            f"#### `{name}`: {table.description[0].lower()}{table.description[1:].removesuffix('.')}{absent}\n\n"
        )
        parts.append("| column | type | what it says |\n|---|---|---|\n")
        for column in table.columns:
            kind = "term" if column.terms else column.type
            key = ", key" if column.name in table.primary_key else ""
            terms = f" Terms: {', '.join(f'`{term}`' for term in column.terms)}." if column.terms else ""
            parts.append(
                f"| `{column.name}` | {kind}{key}{' or null' if column.nullable else ''} | {as_text(column.description)}{terms} |\n"
            )
        parts.append("\n")
    return "".join(parts)


def _claims(material: Material) -> str:
    """For events with several accounts, the first so many, what each account says of each claim."""
    rows = material.rows
    source_of = {row["statement_id"]: row["source_id"] for row in rows["statements"]}
    accounts_of: dict[str, set[str]] = {}
    for row in rows["statements"]:
        accounts_of.setdefault(row["event_id"], set()).add(row["source_id"])
    claims_of, attested = _grouped(rows["claims"], "event_id"), _grouped(rows["attestations"], "claim_id")
    publisher = {row["source_id"]: row["publisher_name"] or row["source_id"] for row in rows["statements"]}
    marks = {
        "equivalent": "",
        "narrower": " *(says more)*",
        "broader": " *(says less)*",
        "conflicting": " *(conflicts)*",
    }
    parts = []
    collated = [e for e in rows["events"] if len(accounts_of.get(e["event_id"], ())) > 1 and e["event_id"] in claims_of]
    for event in collated[:EVENTS_SHOWN]:
        accounts, claims = sorted(accounts_of[event["event_id"]]), claims_of[event["event_id"]]
        parts.append(f"**{as_text(event['name'])}**, {event['start_date']}\n\n")
        parts.append(
            "| claim | "
            + " | ".join(as_text(publisher[account]) for account in accounts)
            + " |\n|---" * 1
            + "|---" * (len(accounts))
            + "|\n"
        )
        for claim in claims:
            cells = []
            for account in accounts:
                said = [
                    f"“{as_text(row['quote'])}”{marks[row['relation']]}"
                    for row in attested.get(claim["claim_id"], ())
                    if source_of[row["statement_id"]] == account
                ]
                cells.append("<br>".join(said) or "**left out**")
            parts.append(f"| {as_text(claim['proposition'])} | " + " | ".join(cells) + " |\n")
        parts.append("\n")
    if len(collated) > EVENTS_SHOWN:
        parts.append(f"And {counted(len(collated) - EVENTS_SHOWN, 'more event')} with claims and several accounts.\n\n")
    return "".join(parts)


def _grouped(rows: list[Row], column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found


def _sources(material: Material) -> str:
    names = {row["agent_id"]: row["name"] for row in material.rows["agents"]}
    lines = ["| source | publisher | rights | published of it | reproduced share |\n|---|---|---|---|---|\n"]
    for row in material.rows["sources"][:SOURCES_SHOWN]:
        publisher = (
            f"{as_text(names[row['publisher_id']])} ({row['publisher_basis']})" if row["publisher_id"] else "not known"
        )
        what = "the full text" if row["redistribution"] == "full-text" else "quotations"
        lines.append(
            f"| `{row['source_id']}` | {publisher} | {as_text(row['rights'])} | {what} | {row['reproduced_share']:.2%} |\n"
        )
    more = len(material.rows["sources"]) - SOURCES_SHOWN
    return "".join(lines) + (f"\nAnd {counted(more, 'more source')}: see the table `sources`.\n" if more > 0 else "")


def _pairs(material: Material) -> str:
    labels: dict[str, int] = {}
    for row in material.rows["pairs"]:
        labels[row["label"]] = labels.get(row["label"], 0) + 1
    terms = next(column.terms for column in material.tables["pairs"].columns if column.name == "label") or ()
    return "Pairs by label: " + ", ".join(f"{term} {labels.get(term, 0)}" for term in terms) + ".\n"


def _cite(material: Material) -> str:
    version, day = material.ledger.version, material.ledger.released_on
    year = f"  year    = {{{day[:4]}}},\n" if day else ""
    corpus = material.corpus
    authors = " and ".join(f"{{{_tex(person.name)}}}" for person in corpus.contributors)
    url = f"  url     = {{{corpus.homepage}}},\n" if corpus.homepage else ""
    return (
        f"```bibtex\n@misc{{{corpus.name},\n  title   = {{{_tex(corpus.title)}}},\n"
        f"  author  = {{{authors}}},\n{year}{url}  version = {{{version}}}\n}}\n```\n"
    )


def _tex(words: str) -> str:
    """Words with what TeX reads as commands written so that it prints them."""
    return re.sub(r"([&%$#_{}])", r"\\\1", words.replace("\\", "/"))


def _slug(words: str) -> str:
    """A keyword as a tag: small letters, hyphens for spaces."""
    return "-".join(words.lower().split())


def _trust(material: Material) -> str:
    return material.rates or ""


BLOCKS: dict[str, Callable[[Material], str]] = {
    "figures": _figures,
    "columns": _columns,
    "claims": _claims,
    "sources": _sources,
    "pairs": _pairs,
    "cite": _cite,
    "trust": _trust,
}
"""What each derived block of README.md says."""
