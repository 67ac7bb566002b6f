"""The accounts of an event as collated by its curators: one row per claim."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ..alignment.differences import compare
from ..alignment.lexis import Lexis, read_lexis
from ..alignment.points import Point
from ..alignment.rows import Change, Comparison, Quotation, Row
from ..alignment.words import words_of
from ..compile.compilation import compile_package
from ..compile.rows import Rows
from ..core.definitions import read_tables
from ..core.findings import PackageError
from ..core.layout import Layout
from ..curation.reading import read_curation
from .accounts import Account
from .result import AccountComparison

CURATED = "Points are the claims that curators collated."
SAYS = {"broader": -1, "equivalent": 0, "narrower": 1}
"""How much an attestation says, compared with its claim."""

Attested = dict[int, list[tuple[Quotation, str]]]
"""Account → its words for a claim and their relation to the claim."""


def sources_of(event: str, root: Path | None) -> tuple[list[str], AccountComparison | None]:
    """(source ids of the accounts of an event, the curated result or None if the event has no claims yet).

    Raises PackageError if the event is missing or has fewer than two accounts.
    """
    layout = Layout.of(root)
    curation = read_curation(layout)
    rows = compile_package(layout, curation, read_tables(layout))
    if event not in {row["event_id"] for row in rows.tables["events"]}:
        raise PackageError(
            f"no event {event} in {layout.root}: pass the id of a file in data/events"
        )
    statements = {s["statement_id"]: s for s in rows.tables["statements"] if s["event_id"] == event}
    names = sorted({s["source_id"] for s in statements.values()} & curation.captures.keys())
    if len(names) < 2:
        raise PackageError(
            f"{event} has {len(names)} account with a captured text: compare needs two"
        )
    claims = [claim["claim_id"] for claim in rows.tables["claims"] if claim["event_id"] == event]
    if not claims:
        return names, None
    accounts = [_account(name, rows, curation.captures[name]) for name in names]
    found = rows_of_claims(claims, rows.tables["attestations"], statements, accounts)
    return names, AccountComparison(
        tuple(accounts), Comparison(tuple(found.values()), (), {}), CURATED
    )


def rows_of_claims(
    claims: Sequence[str],
    attestations: Iterable[dict],
    statements: Mapping[str, dict],
    accounts: Sequence[Account],
) -> dict[str, Row]:
    """Return claim id → its row, for the claims that an account attests. `statements` are those of the event by id."""
    attested = _attested(claims, attestations, statements, accounts)
    lexis = read_lexis(accounts[0].language or "en")
    return {
        claim: _row(attested[claim], len(accounts), lexis) for claim in claims if attested[claim]
    }


def _account(name: str, rows: Rows, text: str) -> Account:
    source = next(row for row in rows.tables["sources"] if row["source_id"] == name)
    agents = {agent["agent_id"]: agent["name"] for agent in rows.tables["agents"]}
    publisher = agents.get(source["publisher_id"])
    day = str(source["published_on"]) if source["published_on"] else None
    return Account(
        name,
        name,
        text,
        source["language"].partition("-")[0],
        source["title"],
        publisher,
        day,
        source["url"],
    )


def _attested(
    claims: Sequence[str],
    attestations: Iterable[dict],
    statements: Mapping[str, dict],
    accounts: Sequence[Account],
) -> dict[str, Attested]:
    numbers = {account.name: number for number, account in enumerate(accounts)}
    found: dict[str, Attested] = {claim: defaultdict(list) for claim in claims}
    for attestation in attestations:
        statement = statements.get(attestation["statement_id"])
        if (
            attestation["claim_id"] not in found
            or statement is None
            or statement["source_id"] not in numbers
        ):
            continue
        number = numbers[statement["source_id"]]
        words = place(number, statement, attestation["quote"])
        found[attestation["claim_id"]][number].append((words, attestation["relation"]))
    return found


def place(account: int, statement: dict, quote: str | None) -> Quotation:
    """Return the place of a quotation in its statement; the whole statement if none is given. Offsets refer to the source."""
    exact = statement["exact"]
    start, end = 0, len(exact)
    if quote and (found := exact.find(quote)) >= 0:
        start, end = found, found + len(quote)
    elif quote and (match := re.search(r"\s+".join(map(re.escape, quote.split())), exact)):
        start, end = match.span()
    return Quotation(
        account, exact[start:end], statement["start"] + start, statement["start"] + end
    )


def _row(attested: Attested, count: int, lexis: Lexis) -> Row:
    words = tuple(attested[n][0][0] if attested.get(n) else None for n in range(count))
    present = [n for n in range(count) if words[n] is not None]
    if len(present) == 1:
        return Row("only", "none", words, (), 1.0)
    first = present[0]
    relations, changes = set(), []
    for other in present[1:]:
        (left, says), (right, also) = attested[first][0], attested[other][0]
        relation, differences = compare(_point(left), _point(right), lexis)
        if relation != "same":
            relation = _relation(says, also)
        relations.add(relation)
        for difference in differences:
            sides = [
                Quotation(
                    side.account, side.text[place[0] - side.start : place[1] - side.start], *place
                )
                if place
                else None
                for side, place in ((left, difference.left), (right, difference.right))
            ]
            changes.append(Change(difference.kind, *sides))
    order = ("conflicting", "broader", "narrower", "reworded", "same")
    return Row(next(r for r in order if r in relations), "sure", words, tuple(changes), 1.0)


def _relation(says: str, also: str) -> str:
    if "conflicting" in (says, also):
        return "conflicting" if says != also else "reworded"
    more = SAYS[says] - SAYS[also]
    return "broader" if more < 0 else "narrower" if more > 0 else "reworded"


def _point(words: Quotation) -> Point:
    return Point(
        words.start,
        words.end,
        tuple(words_of(" " * words.start + words.text, words.start)),
        0,
        "point",
    )
