"""Permanent withdrawal of released records: from the curated files, with the records that cannot remain without them, and in the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..compile.gaps import iter_uncovered_text
from ..compile.rows import Place, Rows
from ..core.definitions import Table
from ..core.layout import Layout
from ..core.spelling import nearest
from ..curation.files import CuratedFile, Curation
from ..curation.quotations import Quotable, fold_space
from ..curation.removal import NewExclusion, NotInBlocks, with_exclusions, without_entries
from ..curation.yaml_nodes import read_yaml
from ..ledger.ledger import IDENTIFIED, Key, Ledger, bytes_from_ledger
from ..publication.build import Contents
from ..terminal.report import plain
from .dependents import iter_references, with_dependents


class WithdrawalRefused(Exception):
    """Nothing was withdrawn; the message gives the reason and what to do, in one or more lines."""


@dataclass(slots=True)
class Withdrawal:
    """A withdrawal: the records given, the records withdrawn with them, and the files to write."""

    named: list[Key]
    dependents: list[Key]
    contents: Contents = field(default_factory=dict)


def plan_withdrawal(
    layout: Layout,
    curation: Curation,
    rows: Rows,
    tables: dict[str, Table],
    ledger: Ledger,
    identifiers: list[str],
    reason: str,
    excluded_as: str,
) -> Withdrawal:
    """Plan the withdrawal of the records; `rows` are compiled from `curation`.

    A source is withdrawn with its statements, an event with its claims and participants, an agent
    with its offices, and a claim with the last statement that attests it. The text of a statement
    becomes an exclusion with the reason `excluded_as`, except for text that other statements cover.
    Raises WithdrawalRefused.
    """
    reason = fold_space(reason)
    if not reason or plain(reason) != reason:
        raise WithdrawalRefused("pass a reason in plain words: --reason TEXT")
    named = [_key(identifier, rows, ledger) for identifier in identifiers]
    for key in named:
        _require_withdrawable(key, rows, ledger)
    gone = with_dependents(named, rows, ledger)
    _require_unreferenced(gone, rows, tables)
    broken = sorted(key for key in gone if _is_quarantined(key, rows))
    if broken:
        raise WithdrawalRefused(
            f"`{broken[0][1]}` breaks a rule; fix it first (run `readouts validate`)"
        )
    dependents = sorted(
        key for key in gone - set(named) if key not in ledger.entries or not ledger.is_pending(key)
    )
    plan = Withdrawal(named, dependents)
    try:
        plan.contents = _contents(layout, curation, rows, gone, excluded_as)
    except NotInBlocks as error:
        raise WithdrawalRefused(
            "a file has lists in one line (`[…]`); run `readouts fmt` first"
        ) from error
    heads = ", ".join(record for _, record in named[:3]) + (" and others" if len(named) > 3 else "")
    after = ledger.marked(named, reason).marked(
        plan.dependents, f"withdrawn with {heads}: {reason}"
    )
    plan.contents[layout.ledger] = bytes_from_ledger(after)
    return plan


def _key(identifier: str, rows: Rows, ledger: Ledger) -> Key:
    """Return the key of the record: from `id`, or `table/id` if two tables have the id."""
    table, slash, record = identifier.partition("/")
    known = {
        key for key in (*rows.origins, *ledger.entries, *rows.quarantined) if key[0] in IDENTIFIED
    }
    if slash and (table, record) in known:
        return table, record
    found = [key for key in known if key[1] == identifier]
    if len(found) > 1:
        raise WithdrawalRefused(
            f"`{identifier}` is in {' and in '.join(sorted(t for t, _ in found))}; write {'/'.join(sorted(found)[0])} or the other"
        )
    if not found:
        raise WithdrawalRefused(
            f"unknown id `{identifier}`{nearest(identifier, sorted({r for _, r in known}))}"
        )
    return found[0]


def _require_withdrawable(key: Key, rows: Rows, ledger: Ledger) -> None:
    entry = ledger.entries.get(key)
    if entry is None:
        origin = rows.origins.get(key)
        where = f" ({origin.file.path}, line {origin.line('id')})" if origin else ""
        raise WithdrawalRefused(f"`{key[1]}` was never released: delete it{where}")
    if entry["withdrawn_in"] is not None:
        raise WithdrawalRefused(
            f"`{key[1]}` was withdrawn in {entry['withdrawn_in']} ({entry['reason']})"
        )
    if ledger.is_pending(key) and key not in rows.origins:
        raise WithdrawalRefused(
            f"`{key[1]}` is already withdrawn ({entry['reason']}); the next release must be a major version"
        )


def _require_unreferenced(gone: set[Key], rows: Rows, tables: dict[str, Table]) -> None:
    references = sorted(set(iter_references(gone, rows, tables)))
    if references:
        listing = "\n".join(f"  {path}:{line}: {what}" for path, line, what in references)
        raise WithdrawalRefused(
            f"{len(references)} record(s) still refer to what you withdraw; change them first, or pass their ids too:\n{listing}"
        )


def _is_quarantined(key: Key, rows: Rows) -> bool:
    """Return True if the record, or the file that would contain it, cannot be read."""
    table, record = key
    if table == "offices" and any(
        t == "agents" and record.startswith(f"{a}-") for t, a in rows.quarantined
    ):
        return True
    return key in rows.quarantined or rows.owner_of(table, record) in rows.quarantined


def _contents(
    layout: Layout, curation: Curation, rows: Rows, gone: set[Key], excluded_as: str
) -> Contents:
    """Return the curated files without the records; None for a file that is deleted as a whole."""
    contents: Contents = {}
    files: dict[str, CuratedFile] = {}
    places: dict[str, list[Place]] = defaultdict(list)
    for table, record in gone:
        origin = rows.origins.get((table, record))
        if origin is None:
            continue
        if table in ("sources", "events", "agents"):
            contents[layout.curated(table.removesuffix("s"), record)] = None
            if table == "sources":
                contents |= {layout.capture(record): None, layout.capture_record(record): None}
        else:
            files[origin.file.path] = origin.file
            places[origin.file.path].append(origin.place)
    for file, place in _iter_mentions(curation, gone):
        files[file.path] = file
        places[file.path].append(place)
    for path, file in files.items():
        if layout.root / path in contents:
            continue
        target = layout.root / path
        text = target.read_bytes().decode("utf-8")  # not read_text: line ends stay as they are
        text = without_entries(text, file.document, places[path])
        if file.kind == "source":
            added = _exclusions(curation, rows, gone, file.identifier, excluded_as)
            text = with_exclusions(text, read_yaml(text), added)
        contents[target] = text.encode()
    return contents


def _iter_mentions(curation: Curation, gone: set[Key]) -> Iterator[tuple[CuratedFile, Place]]:
    """Yield attestations and divergences of withdrawn statements in claims that remain."""
    for file in curation.of_kind("event"):
        for index, claim in file.iter_entries("claims"):
            if ("claims", f"{file.identifier}.{claim.get('id')}") in gone:
                continue
            for number, attestation in enumerate(claim["attestations"]):
                if ("statements", attestation["statement"]) in gone:
                    yield file, ("claims", index, "attestations", number)
            for number, divergence in enumerate(claim.get("divergences") or ()):
                if any(("statements", statement) in gone for statement in divergence["words"]):
                    yield file, ("claims", index, "divergences", number)


def _exclusions(
    curation: Curation, rows: Rows, gone: set[Key], source_id: str, reason: str
) -> list[NewExclusion]:
    """Return the text that only the withdrawn statements covered, as exclusions."""
    if source_id in curation.absent:
        raise WithdrawalRefused(
            f"the captured text of `{source_id}` is missing: set READOUTS_CAPTURES to its folder"
        )
    source = Quotable.of(curation.captures[source_id])
    mine = [row for row in rows.tables["statements"] if row["source_id"] == source_id]
    kept = [
        (row["start"], row["end"])
        for row in mine
        if ("statements", row["statement_id"]) not in gone
    ]
    kept += [(row["start"], row["end"]) for row in rows.exclusions if row["source_id"] == source_id]
    found = []
    for row in mine:
        if ("statements", row["statement_id"]) in gone:
            for start, end in iter_uncovered_text(source.text, (row["start"], row["end"]), kept):
                words = fold_space(source.text[start:end])
                places = [at for at, _ in source.find(words)]
                occurrence = places.index(start) + 1 if len(places) > 1 else None
                found.append(NewExclusion(words, occurrence, reason))
            kept.append((row["start"], row["end"]))
    return found


def exclusion_reasons(schema: dict) -> list[str]:
    """Return the terms that an exclusion may have as its reason, from the schema of curated sources."""
    return schema["properties"]["exclusions"]["items"]["properties"]["reason"]["enum"]
