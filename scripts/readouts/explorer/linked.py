"""Linked data of schema.org in a page: Quotation, Claim, Dataset. It contains only facts from the tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..compile.rows import Row
from .addresses import claim_page, source_page, statement_place
from .records import Records

CONTEXT = "https://schema.org"
Linked = dict[str, Any]


def _known(facts: Linked) -> Linked:
    return {name: value for name, value in facts.items() if value not in (None, "", [])}


def address_of(records: Records, path: str) -> str | None:
    """Return the whole address of a page; None if the address of the published site is not known."""
    return f"{records.url}/{path}" if records.url else None


def dataset(records: Records) -> Linked:
    corpus = records.corpus
    return _known({
        "@context": CONTEXT, "@type": "Dataset", "name": corpus.title, "description": corpus.description,
        "license": corpus.license.url, "inLanguage": list(corpus.languages), "keywords": list(corpus.keywords),
        "version": records.version, "datePublished": records.released_on, "url": records.url, "isAccessibleForFree": True,
        "creator": [{"@type": "Person" if p.type == "person" else "Organization", "name": p.name} for p in corpus.contributors],
    })  # fmt: skip


def quotation(records: Records, statement: Row) -> Linked:
    speaker = records.one("agents", statement["speaker_id"])
    return _known({
        "@type": "Quotation", "identifier": statement["statement_id"], "text": statement["text"], "inLanguage": statement["language"],
        "url": address_of(records, statement_place(statement["statement_id"])), "temporal": statement["date"],
        "spokenByCharacter": speaker and agent(speaker),
    })  # fmt: skip


def agent(row: Row) -> Linked:
    kind = "Person" if row["type"] == "person" else "Organization"
    same = f"https://www.wikidata.org/entity/{row['wikidata_id']}" if row["wikidata_id"] else None
    return _known(
        {"@type": kind, "identifier": row["agent_id"], "name": row["name"], "sameAs": same}
    )


def source(records: Records, row: Row, statements: Sequence[Row]) -> Linked:
    publisher = records.one("agents", row["publisher_id"])
    return _known({
        "@context": CONTEXT, "@type": "CreativeWork", "identifier": row["source_id"], "name": row["title"] or row["source_id"],
        "inLanguage": row["language"], "datePublished": row["published_on"], "isBasedOn": row["url"],
        "url": address_of(records, source_page(row["source_id"])), "publisher": publisher and agent(publisher),
        "hasPart": [quotation(records, statement) for statement in statements],
    })  # fmt: skip


def claim(records: Records, row: Row, statements: Sequence[Row]) -> Linked:
    return _known({
        "@context": CONTEXT, "@type": "Claim", "identifier": row["claim_id"], "text": row["proposition"],
        "url": address_of(records, claim_page(row["claim_id"])),
        "appearance": [quotation(records, statement) for statement in statements],
    })  # fmt: skip


def event(records: Records, row: Row, claims: Sequence[Row]) -> Linked:
    return _known({
        "@context": CONTEXT, "@type": "Event", "identifier": row["event_id"], "name": row["name"], "startDate": row["start_date"],
        "endDate": row["end_date"], "location": row["place"],
        "subjectOf": [_known({"@type": "Claim", "identifier": c["claim_id"], "text": c["proposition"]}) for c in claims],
    })  # fmt: skip


def profile(row: Row) -> Linked:
    return {"@context": CONTEXT} | agent(row)
