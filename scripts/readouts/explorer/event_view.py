"""The page of an event: its accounts side by side, claim by claim, by the code of `compare`; and the page of a claim."""

from __future__ import annotations

from typing import Any

from ..alignment.rows import Comparison
from ..compare.accounts import Account
from ..compare.curated import CURATED, rows_of_claims
from ..compare.marking import pieces
from ..compare.result import CAREFUL, AccountComparison, counts, iter_facts, order_note, relation_of
from ..compile.rows import Row
from . import linked
from .citing import cite_claim, cite_event
from .records import Records

SIGNS = {"equivalent": "●", "narrower": "◐", "broader": "◑", "conflicting": "✕", "": "○"}
"""Relation of an account's words to the claim → its sign in the matrix; "" if an account has no words for the claim."""
MEANINGS = {
    "equivalent": "says the claim", "narrower": "says more than the claim", "broader": "says less than the claim",
    "conflicting": "contradicts the claim", "": "has no words for the claim",
}  # fmt: skip


def event_values(records: Records, event: Row) -> dict[str, Any]:
    """Return the values of the template."""
    key = event["event_id"]
    statements = {s["statement_id"]: s for s in records.of("statements", "event_id", key)}
    claims = records.of("claims", "event_id", key)
    names = sorted({s["source_id"] for s in statements.values()})
    accounts = [_account(records, name) for name in names]
    attested = {
        c["claim_id"]: records.of("attestations", "claim_id", c["claim_id"]) for c in claims
    }
    rows = {}
    if accounts and claims:
        every = [a for attestations in attested.values() for a in attestations]
        rows = rows_of_claims(list(attested), every, statements, accounts)
    result = AccountComparison(tuple(accounts), Comparison(tuple(rows.values()), (), {}), CURATED)
    numbers = dict(enumerate(rows, 1))
    return {
        "event": event,
        "accounts": [(account, records.one("sources", account.name)) for account in accounts],
        "claims": [
            _claim_view(records, claim, rows.get(claim["claim_id"]), accounts, statements)
            for claim in claims
        ],
        "participants": [
            _participant(records, event, p) for p in records.of("participants", "event_id", key)
        ],
        "order": order_note(result),
        "counts": [(what, number) for what, number in counts(result) if number]
        if len(accounts) > 1
        else [],
        "facts": [(numbers[number], kind, change) for number, kind, change in iter_facts(result)],
        "careful": CAREFUL,
        "method": CURATED,
        "unclaimed": [
            s
            for s in statements.values()
            if not records.of("attestations", "statement_id", s["statement_id"])
        ],
        "signs": SIGNS,
        "meanings": MEANINGS,
        "citation": cite_event(records, event),
        "reviewed": records.reviewed("events", key),
        "linked": linked.event(records, event, claims),
        "findings": records.notes.about(f"data/events/{key}.yaml") if records.notes else [],
    }


def claim_values(records: Records, claim: Row) -> dict[str, Any]:
    """Return the values of the template of a claim's own page."""
    attestations = records.of("attestations", "claim_id", claim["claim_id"])
    named = {a["statement_id"]: records.one("statements", a["statement_id"]) for a in attestations}
    statements = {key: statement for key, statement in named.items() if statement is not None}
    accounts = [
        _account(records, name) for name in sorted({s["source_id"] for s in statements.values()})
    ]
    rows = (
        rows_of_claims([claim["claim_id"]], attestations, statements, accounts) if accounts else {}
    )
    return {
        "claim": _claim_view(records, claim, rows.get(claim["claim_id"]), accounts, statements),
        "accounts": [(account, records.one("sources", account.name)) for account in accounts],
        "event": records.one("events", claim["event_id"]),
        "statements": statements,
        "omissions": [
            records.one("sources", o["source_id"])
            for o in records.of("omissions", "claim_id", claim["claim_id"])
        ],
        "meanings": MEANINGS,
        "citation": cite_claim(records, claim, list(statements)),
        "reviewed": records.reviewed("claims", claim["claim_id"]),
        "linked": linked.claim(records, claim, list(statements.values())),
    }


def _account(records: Records, source_id: str) -> Account:
    source = records.one("sources", source_id) or {}
    publisher = records.one("agents", source.get("publisher_id"))
    name = publisher["name"] if publisher else source.get("title") or source_id
    language = str(source.get("language") or "").partition("-")[0] or None
    return Account(
        source_id, name, records.texts.get(source_id, ""), language, source.get("title"), publisher and publisher["name"],
        source.get("published_on"), source.get("url"),
    )  # fmt: skip


def _claim_view(
    records: Records, claim: Row, row: Any, accounts: list[Account], statements: dict[str, Row]
) -> dict[str, Any]:
    """Return a claim with a cell for each account: its words with the differences marked, and its other attestations."""
    key = claim["claim_id"]
    cells = []
    for number, account in enumerate(accounts):
        mine = [
            a for a in records.of("attestations", "claim_id", key)
            if a["statement_id"] in statements and statements[a["statement_id"]]["source_id"] == account.name
        ]  # fmt: skip
        cells.append({
            "pieces": list(pieces(row, number)) if row is not None and mine else [],
            "attestations": mine,
            "relation": mine[0]["relation"] if mine else "",
        })  # fmt: skip
    return {
        "row": claim,
        "local": key.partition(".")[2],
        "relation": relation_of(row) if row is not None and len(accounts) > 1 else "",
        "kind": row.relation if row is not None else "",
        "cells": cells,
        "divergences": list(dict.fromkeys(pair["divergence"] for pair in records.divergences(key))),
    }


def _participant(records: Records, event: Row, participant: Row) -> dict[str, Any]:
    """Return a participant with the offices held on the first day of the event."""
    day = event["start_date"]
    held = [
        o for o in records.of("offices", "agent_id", participant["agent_id"])
        if day and (not o["start_date"] or o["start_date"] <= day) and (not o["end_date"] or o["end_date"] >= day)
    ]  # fmt: skip
    return {
        "agent": records.one("agents", participant["agent_id"]),
        "role": participant["role"],
        "offices": held,
    }
