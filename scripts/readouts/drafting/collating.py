"""Drafted claims written into the file of an event, only for content that no claim quotes yet; every other line stays."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..alignment.lexis import read_lexis
from ..alignment.rows import align
from ..compile.compilation import compile_package
from ..compile.rows import Row, Rows
from ..core.definitions import read_tables
from ..core.findings import PackageError
from ..core.layout import Layout
from ..core.spelling import nearest_id
from ..curation.canonical import curated_text
from ..curation.dependencies import dependencies_of, sources_naming
from ..curation.files import Curation
from ..curation.outline import outline_from_text
from ..curation.quotations import Quotable, Stretch
from ..curation.reading import read_curation
from ..curation.texts import entries_in
from ..curation.yaml_nodes import read_yaml
from ..ledger.identity import numbers_taken
from ..ledger.reading import read_ledger
from .claims import AcceptedStatement, DraftedAccount, propose_claims
from .drafted import Target, drafts_of, read_target
from .filling import append_entries

ENGINE = "rules"
CLAUSES = ("direct", "free-indirect", "authored")
"""Modes whose content is an independent clause."""


@dataclass(frozen=True, slots=True)
class Collated:
    """Result of drafting an event: the file to write, and the numbers of claims proposed and already present."""

    path: Path
    data: bytes
    claims: int
    kept: int


def fill_event(layout: Layout, event_id: str) -> Collated:
    """Return the file of an event with claims drafted from the accepted statements of its accounts.

    Raises PackageError if there is no such event, if it has fewer than two accounts with accepted
    statements, or if their languages differ.
    """
    target = _event(layout, event_id)
    drafts_of(target)  # whether the file can be parsed
    rows, curation = _compiled(layout, event_id)
    present = entries_in(read_yaml(target.text).value, "claims")
    accounts = _drafted_accounts(rows, curation, event_id, present)
    if len(accounts) < 2:
        have = accounts[0].source_id if accounts else "none"
        raise PackageError(
            f"{event_id} needs accepted statements of two accounts to draft claims from (now: {have}); "
            "`readouts review SOURCE` or `readouts accept SOURCE` accepts drafts"
        )
    lexis = read_lexis(_language(rows, accounts))
    found = align([account.source.text for account in accounts], lexis)
    entries = propose_claims(accounts, found, lexis, ENGINE)
    first = max(numbers_taken(read_ledger(layout), "claims", event_id, "c", present), default=0) + 1
    outline = outline_from_text(target.text)
    named = [{"id": f"c{number:02d}", **entry} for number, entry in enumerate(entries, first)]
    append_entries(outline, "claims", named)
    text = curated_text(layout, "event", event_id, outline)
    return Collated(target.path, text.encode("utf-8"), len(entries), len(present))


def _event(layout: Layout, event_id: str) -> Target:
    if not layout.curated("event", event_id).is_file():
        known = [name for kind, name, _ in layout.iter_curated() if kind == "event"]
        raise PackageError(f"unknown event {event_id}{nearest_id(event_id, known)}")
    return read_target(layout, event_id, "event")


def _compiled(layout: Layout, event_id: str) -> tuple[Rows, Curation]:
    """Return the rows of the event's accounts, and their files. Raises PackageError if no source reports the event."""
    sources = sources_naming(layout, "event", event_id)
    if not sources:
        raise PackageError(f"no source reports the event {event_id}; add one with `readouts add`")
    files = frozenset(
        key for source_id in sources for key in dependencies_of(layout, source_id).files
    )
    curation = read_curation(layout, files)
    return compile_package(layout, curation, read_tables(layout)), curation


def _drafted_accounts(
    rows: Rows, curation: Curation, event_id: str, claims: list[dict[str, Any]]
) -> list[DraftedAccount]:
    """Return the accounts with accepted statements at the event whose captures are available, sorted."""
    segments: dict[str, list[Row]] = {}
    for segment in rows.tables["segments"]:
        segments.setdefault(segment["statement_id"], []).append(segment)
    found: dict[str, list[AcceptedStatement]] = {}
    for row in rows.tables["statements"]:
        if row["event_id"] == event_id and row["source_id"] in curation.captures:
            found.setdefault(row["source_id"], []).append(_said(row, segments[row["statement_id"]]))
    accounts = []
    for source_id in sorted(found):
        source = Quotable.of(curation.captures[source_id])
        spans = {said.statement_id: said.stretch for said in found[source_id]}
        accounts.append(
            DraftedAccount(
                source_id, source, tuple(found[source_id]), _quoted(source, spans, claims)
            )
        )
    return accounts


def _said(row: Row, segments: list[Row]) -> AcceptedStatement:
    content = tuple((part["start"], part["end"]) for part in segments if part["role"] == "content")
    that = any(
        part["role"] == "context" and part["text"].strip(" ,") == "that" for part in segments
    )
    greeting = row["mode"] == "direct" and row["speech_act"] == "expressive"
    needs = (
        row["mode"] != "reported" and not greeting and row["within"] is None
    )  # as claims_cover_statements defines it
    repeats = (
        f"{row['source_id']}.{row['repeats']}"
        if row["repeats"] and "." not in row["repeats"]
        else row["repeats"]
    )
    clause = that or row["mode"] in CLAUSES or (content[0][0] == row["start"] and len(content) == 1)
    return AcceptedStatement(
        row["statement_id"], (row["start"], row["end"]), content, clause, repeats, needs
    )


def _quoted(
    source: Quotable, spans: dict[str, Stretch], claims: list[dict[str, Any]]
) -> dict[str, list[Stretch]]:
    """Return statement → the passages that attestations of claims quote."""
    found: dict[str, list[Stretch]] = {}
    for claim in claims:
        for entry in entries_in(claim, "attestations"):
            with suppress(
                KeyError, TypeError, AttributeError
            ):  # the check reports problems with it
                if entry["statement"] in spans:
                    places = source.find(entry["quote"], spans[entry["statement"]])
                    found.setdefault(entry["statement"], []).extend(places[:1])
    return found


def _language(rows: Rows, accounts: list[DraftedAccount]) -> str:
    names = {account.source_id for account in accounts}
    spoken = {row["source_id"]: row["language"].partition("-")[0] for row in rows.tables["sources"]}
    found = sorted({spoken[name] for name in names if name in spoken})
    if len(found) > 1:
        raise PackageError(
            f"the accounts are in different languages ({', '.join(found)}): claims are drafted from accounts in one language"
        )
    return found[0] if found else "en"
