"""Claims proposed from the accounts of an event: points that were matched, each with the statements whose words carry it.

Pure: accounts and their comparison go in, entries for the event's file come out. Offsets are code
points of the captured texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..alignment.differences import Difference, compare
from ..alignment.lexis import Lexis
from ..alignment.points import Point
from ..alignment.rows import Comparison, Quotation
from ..alignment.words import words_of
from ..compile.trimming import trim
from ..curation.quotations import Quotable, Stretch, quotable_words
from .entries import mark

UNMATCHED = 0.3
"""Confidence of a claim for a statement without a point of its own, such as a greeting or a heading."""
COVERED = 0.5
"""Share of a point's content that an existing claim quotes, from which the point belongs to that claim."""
ONE_SIDED = ("negation", "condition", "hedge")
DIVERGING = ("number", "name", "date", *ONE_SIDED)
"""Kinds of difference that are proposed as divergences; of ONE_SIDED also what only one account has."""
MOST_NAMED = 4
"""Most words of a name, number or date that differs; a longer passage has other differences too."""
OTHER = {"same": "equivalent", "reworded": "equivalent", "broader": "narrower", "narrower": "broader", "conflicting": "conflicting"}  # fmt: skip
"""Relation of the claim's words to another account's → relation of that account's statement to the claim."""


@dataclass(frozen=True, slots=True)
class AcceptedStatement:
    """An accepted statement: its place, its content, and whether that is an independent clause (quoted, or after `that`)."""

    statement_id: str
    stretch: Stretch
    content: tuple[Stretch, ...]
    is_clause: bool = False
    repeats: str | None = None
    needs_claim: bool = True


@dataclass(frozen=True, slots=True)
class DraftedAccount:
    """An account of the event: its text, its statements, and the passages that claims quote already, by statement."""

    source_id: str
    source: Quotable
    statements: tuple[AcceptedStatement, ...]
    quoted: dict[str, list[Stretch]] = field(default_factory=dict)


@dataclass(slots=True)
class _Claim:
    """Statements that make one point: (account, statement) → the words, and the confidence that it is one point."""

    parts: dict[tuple[int, str], Stretch] = field(default_factory=dict)
    confidence: float = 1.0


def propose_claims(
    accounts: Sequence[DraftedAccount], found: Comparison, lexis: Lexis, engine: str
) -> list[dict[str, Any]]:
    """Return entries of claims, without ids, for content that no claim of the event quotes yet."""
    said = {s.statement_id: s for account in accounts for s in account.statements}
    claims = list(_iter_grouped(accounts, found, said))
    _add_unmatched(accounts, claims)
    return [_entry(accounts, claim, said, lexis, engine) for claim in claims]


def _iter_grouped(
    accounts: Sequence[DraftedAccount], found: Comparison, said: dict[str, AcceptedStatement]
) -> Iterable[_Claim]:
    """Yield the rows that have statements; rows that share the words of an account are one claim."""
    claims: list[_Claim] = []
    by_words: dict[tuple[int, Stretch], _Claim] = {}
    for row in found.rows:
        homes = [
            home
            for words in row.words
            if words is not None
            for home in [_home(accounts, words)]
            if home
        ]
        if not any(
            said[name].needs_claim for _, name, _ in homes
        ):  # a greeting, or words within other words
            continue
        if any(_is_quoted(accounts[number], said[name], at) for number, name, at in homes):
            continue
        shared = [by_words[number, at] for number, _, at in homes if (number, at) in by_words]
        claim = shared[0] if shared else _Claim()
        if not shared:
            claims.append(claim)
        claim.confidence = min(claim.confidence, row.confidence)
        for number, name, at in homes:
            by_words[number, at] = claim
            before = claim.parts.get((number, name), at)
            claim.parts[number, name] = (min(before[0], at[0]), max(before[1], at[1]))
    return claims


def _home(accounts: Sequence[DraftedAccount], words: Quotation) -> tuple[int, str, Stretch] | None:
    """Return (account, statement, words) of the statement that has most of the words, None if no statement's content has any."""
    account = accounts[words.account]
    place = (words.start, words.end)
    shares = [(_shared(s.stretch, place), s.stretch[0] - s.stretch[1], s) for s in account.statements
              if any(_shared(piece, place) for piece in s.content)]  # fmt: skip
    if not shares:
        return None
    said = max(shares, key=lambda share: share[:2])[2]
    low, high = (said.content[0][0], said.content[-1][1]) if said.is_clause else said.stretch
    at = trim(account.source.text, max(low, place[0]), min(high, place[1]))
    if not account.source.find(account.source.text[slice(*at)], said.stretch):
        return None
    return words.account, said.statement_id, at


def _shared(one: Stretch, other: Stretch) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _is_quoted(account: DraftedAccount, said: AcceptedStatement, at: Stretch) -> bool:
    content = sum(_shared(piece, at) for piece in said.content)
    quoted = account.quoted.get(said.statement_id, ())
    return any(_shared(stretch, at) >= COVERED * content for stretch in quoted)


def _add_unmatched(accounts: Sequence[DraftedAccount], claims: list[_Claim]) -> None:
    """Give each statement without a claim one of its own; a statement that repeats another joins its claim."""
    for number, account in enumerate(accounts):
        taken = {name for claim in claims for _, name in claim.parts} | account.quoted.keys()
        for said in account.statements:
            if said.statement_id in taken or not said.needs_claim:
                continue
            at = trim(account.source.text, said.content[0][0], said.content[-1][1])
            repeated = next(
                (claim for claim in claims if (number, said.repeats) in claim.parts), None
            )
            if repeated is not None:
                repeated.parts[number, said.statement_id] = at
            elif said.repeats is None:
                claims.append(_Claim({(number, said.statement_id): at}, UNMATCHED))


def _entry(
    accounts: Sequence[DraftedAccount],
    claim: _Claim,
    said: dict[str, AcceptedStatement],
    lexis: Lexis,
    engine: str,
) -> dict[str, Any]:
    parts = sorted(claim.parts.items(), key=lambda part: (part[0][0], part[1]))
    points = [_point(accounts[number].source.text, at) for (number, _), at in parts]
    body = [n for n, ((_, name), _) in enumerate(parts) if said[name].repeats is None] or [0]
    base = next(
        (n for n in body if compare(points[body[0]], points[n], lexis)[0] == "narrower"), body[0]
    )
    attestations, divergences = [], []
    for n, ((number, name), at) in enumerate(parts):
        relation, differences = (
            compare(points[base], points[n], lexis) if n != base else ("same", [])
        )
        quote = quotable_words(accounts[number].source.text[slice(*at)])
        attestations.append({"statement": name, "relation": OTHER[relation], "quote": quote})
        if number != parts[base][0][0] and said[name].repeats is None:
            divergences += _divergences(accounts, parts[base], parts[n], differences)
    text = accounts[parts[base][0][0]].source.text
    entry: dict[str, Any] = {
        "proposition": _proposition(text, parts[base][1]),
        "attestations": attestations,
    }
    if divergences:
        entry["divergences"] = divergences
    return entry | {"draft": mark(engine, claim.confidence)}


def _point(text: str, at: Stretch) -> Point:
    return Point(*at, tuple(words_of(text, *at)), 0, "point")


def _proposition(text: str, at: Stretch) -> str:
    """Return the account's own words as a sentence, for a person to rephrase neutrally."""
    words = quotable_words(text[slice(*at)])
    return (
        words[:1].upper() + words[1:].rstrip(" .,;:") + ("" if words.endswith(("?", "!")) else ".")
    )


def _divergences(
    accounts: Sequence[DraftedAccount],
    base: tuple[tuple[int, str], Stretch],
    other: tuple[tuple[int, str], Stretch],
    differences: Sequence[Difference],
) -> list[dict[str, Any]]:
    """Return one divergence for each kind of fact that differs. A name, number or date that only
    one account has is not a divergence: the relation says so.
    """
    found: dict[str, dict[str, Any]] = {}
    sides = [accounts[number].source.text for (number, _), _ in (base, other)]
    for difference in differences:
        kind, places = difference.kind, (difference.left, difference.right)
        if kind not in DIVERGING or kind in found or (None in places and kind not in ONE_SIDED):
            continue
        words = [
            quotable_words(text[slice(*at)]) if at else ""
            for text, at in zip(sides, places, strict=True)
        ]
        change = f"{kind}: “{words[0]}” against “{words[1]}”"
        if "" in words:
            change = f"{kind}: “{words[0] or words[1]}” in one of the two alone"
            words = [
                quotable_words(text[slice(*at)])
                for text, (_, at) in zip(sides, (base, other), strict=True)
            ]
        named = max(len(part.split()) for part in words) <= MOST_NAMED or kind in ONE_SIDED
        if named and not any(
            mark in part for mark in "“”" for part in words
        ):  # it is printed between such marks
            found[kind] = {
                "words": dict(zip((base[0][1], other[0][1]), words, strict=True)),
                "change": change,
            }
    return list(found.values())
