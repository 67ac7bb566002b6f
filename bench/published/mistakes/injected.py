"""An event with an injected mistake, and helpers to make one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from readouts.compile.reproduction import derive_reproduced_shares

from ..names import PUBLISHERS, Row

Found = list[tuple[str, str]]
"""The (table, record) that a guard should name."""
KEYS = {
    "statements": ("statement_id",), "sources": ("source_id",), "agents": ("agent_id",), "offices": ("office_id",), "events": ("event_id",),
    "participants": ("event_id", "agent_id", "role"), "attributions": ("statement_id", "ordinal"), "segments": ("statement_id", "ordinal"),
    "claims": ("claim_id",), "attestations": ("claim_id", "statement_id"), "omissions": ("claim_id", "source_id"), "pairs": ("pair_id",),
    "reviews": ("table_name", "record_id", "rule"),
}  # fmt: skip


@dataclass
class InjectedEvent:
    """An event with one mistake. `truth` is (code, table, record) of each expected finding."""

    rows: dict[str, list[Any]]
    truth: list[tuple[str, str, str]] = field(default_factory=list)
    ledger: list[Row] = field(default_factory=list)


Kind = tuple[Callable[[InjectedEvent], list], tuple[str, ...]]
"""The function that injects a mistake and returns (code, table, record) of each expected finding, and the formats that can represent it."""


def fourth(p: InjectedEvent) -> Row:
    """A statement that nothing continues and whose words no label quotes."""
    return p.rows["statements"][3]


def change(p: InjectedEvent, table: str, number: int, **values: Any) -> Found:
    row = p.rows[table][number]
    row.update(values)
    return [(table, record_id(table, row))]


def record_id(table: str, row: Row) -> str:
    return "/".join(str(row[key]) for key in KEYS[table])


def overwrite(p: InjectedEvent, statement: Row, offset: int, words: str) -> None:
    """Put words in place of as many characters of a statement, in the capture and in all that copies it."""
    capture = next(row for row in p.rows["captures"] if row["source_id"] == statement["source_id"])
    at = statement["start"] + offset
    text = capture["text"] = capture["text"][:at] + words + capture["text"][at + len(words) :]
    source = next(row for row in p.rows["sources"] if row["source_id"] == statement["source_id"])
    source["text_sha256"] = hashlib.sha256(text.encode()).hexdigest()
    for row in p.rows["statements"]:
        if row["source_id"] == statement["source_id"]:
            start, end = row["start"], row["end"]
            row["exact"], row["prefix"], row["suffix"] = (
                text[start:end],
                text[max(0, start - 32) : start] or None,
                text[end : end + 32] or None,
            )
            parts = [
                part for part in p.rows["segments"] if part["statement_id"] == row["statement_id"]
            ]
            for part in parts:
                part["text"] = text[part["start"] : part["end"]]
            row["text"] = " ".join(part["text"] for part in parts if part["role"] == "content")
            for pair in p.rows["pairs"]:
                for side in "ab":
                    if pair[f"statement_{side}"] == row["statement_id"]:
                        pair[f"text_{side}"] = row["text"]
    texts = {row["source_id"]: row["text"] for row in p.rows["captures"]}
    derive_reproduced_shares(p.rows | {"agents": p.rows["agents"] + PUBLISHERS}, texts)


def reviewed(p: InjectedEvent, rule: str) -> Found:
    """A review of a rule that finds nothing in the statement."""
    row = {
        "table_name": "statements",
        "record_id": fourth(p)["statement_id"],
        "rule": rule,
        "reason": "This is right as it is.",
    }
    p.rows["reviews"].append(row)
    return [("reviews", record_id("reviews", row))]


def target_place(p: InjectedEvent) -> int:
    """An attribution that no other rule asks for."""
    return next(n for n, row in enumerate(p.rows["attributions"]) if row["role"] == "target")


def segments_of_fourth(p: InjectedEvent) -> list[Row]:
    return [row for row in p.rows["segments"] if row["statement_id"] == fourth(p)["statement_id"]]


def moved(day: str, days: int) -> str:
    return str(date.fromisoformat(day) + timedelta(days=days))


def is_english(p: InjectedEvent) -> bool:
    return p.rows["sources"][0]["language"] == "en"


def claim_of(p: InjectedEvent, local: str) -> Row:
    return next(row for row in p.rows["claims"] if row["claim_id"].endswith(f".{local}"))


def carriers_of(p: InjectedEvent, claim: Row) -> list[Row]:
    return [row for row in p.rows["attestations"] if row["claim_id"] == claim["claim_id"]]


def named(table: str, rows: list[Row]) -> Found:
    return [(table, record_id(table, row)) for row in rows]


def pair_of(p: InjectedEvent, nth: int) -> Row:
    """The pair of the statements number `nth` (0-based) of the two accounts."""
    a, b = p.rows["statements"][nth], p.rows["statements"][nth + 12]
    return next(
        row
        for row in p.rows["pairs"]
        if (row["statement_a"], row["statement_b"]) == (a["statement_id"], b["statement_id"])
    )


def released(table: str, record: str, **values: Any) -> Row:
    """A line of the ledger."""
    line = {
        "table": table,
        "record_id": record,
        "sha256": "0" * 64,
        "added_in": "1.0.0",
        "revised_in": None,
        "withdrawn_in": None,
        "released_on": None,
        "reason": None,
    }
    return line | values


def added_office(p: InjectedEvent, suffix: str, **values: Any) -> Row:
    office = p.rows["offices"][1]
    p.rows["offices"].append(office | {"office_id": f"{office['office_id']}-{suffix}"} | values)
    return p.rows["offices"][-1]


def added_claim(p: InjectedEvent, local: str, carrier: Row, proposition: str) -> Row:
    claim = claim_of(p, "c04") | {
        "claim_id": f"{p.rows['events'][0]['event_id']}.{local}",
        "proposition": proposition,
    }
    p.rows["claims"].append(claim)
    p.rows["attestations"].append(
        carrier | {"claim_id": claim["claim_id"], "relation": "equivalent"}
    )
    return claim
