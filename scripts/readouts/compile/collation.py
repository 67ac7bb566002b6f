"""Events with their participants and claims, and the words that carry each claim."""

from __future__ import annotations

from typing import Any

from ..core.definitions import Table
from ..core.spelling import nearest
from ..curation.files import CuratedFile
from ..curation.quotations import fold_space
from .drafts import report_draft
from .known import Known
from .problems import MissingWords, words_of
from .rows import Origin, Place, Row, Rows, is_known
from .source_words import own_words


def compile_event(rows: Rows, tables: dict[str, Table], file: CuratedFile, known: Known) -> None:
    """Add the event, its participants, its claims and their attestations, each with the words that carry the claim."""
    event_id = file.identifier
    rows.add(tables["events"], known.events[event_id], Origin(file, ("event",)))
    for index, entry in file.iter_entries("participants"):
        row = {"event_id": event_id, "agent_id": entry["agent"], "role": entry["role"]}
        rows.add(tables["participants"], row, Origin(file, ("participants", index)))
    for index, entry in file.iter_entries("claims"):
        _compile_claim(rows, tables, file, known, index, entry)
    for index, entry in file.iter_entries("claims", drafts=True):
        record = f"{event_id}.{entry['id']}" if entry.get("id") else event_id
        _quoted_words(rows, file, known, entry, ("claims", index), record)
        report_draft(rows, file, ("claims", index), record, entry)
        rows.incomplete |= {
            ("drafted", attestation["statement"]) for attestation in entry["attestations"]
        }
    check_broken_claims(rows, file, known)


def _compile_claim(
    rows: Rows,
    tables: dict[str, Table],
    file: CuratedFile,
    known: Known,
    index: int,
    entry: dict[str, Any],
) -> None:
    place, local = ("claims", index), entry.get("id")
    if all(attestation["statement"] in rows.drafted for attestation in entry["attestations"]):
        return
    claim_id = f"{file.identifier}.{local or f'#{index + 1}'}"
    if local is None:
        hint = "Run `readouts fmt` to add the next free one."
        rows.findings.append(
            file.finding("id_written", place, file.identifier, "the claim has no `id`", hint)
        )
        rows.quarantined.add(("claims", claim_id))
        rows.mark_unnamed("claims", claim_id)
    claim = {"claim_id": claim_id, "event_id": file.identifier, "proposition": entry["proposition"]}
    if local is not None:
        rows.add(tables["claims"], claim, Origin(file, place))
    quoted = _quoted_words(rows, file, known, entry, place, claim_id if local else file.identifier)
    for number, attestation in enumerate(entry["attestations"]):
        if attestation["statement"] in rows.drafted:
            continue
        row = {
            "claim_id": claim_id,
            **attestation,
            "statement_id": attestation["statement"],
            "quote": quoted[number],
        }
        origin = Origin(file, (*place, "attestations", number))
        if local is None or row["quote"] is None:
            rows.quarantined.add(("attestations", tables["attestations"].record_id(row)))
            rows.unplaced.append((tables["attestations"], row, origin))
        else:
            rows.add(tables["attestations"], row, origin)


def check_broken_claims(rows: Rows, file: CuratedFile, known: Known) -> None:
    """Report problems of the words quoted in claims that also broke a rule of one value: two mistakes are two findings."""
    for index, entry in file.iter_broken("claims"):
        record = f"{file.identifier}.{entry['id']}" if entry.get("id") else file.identifier
        _quoted_words(rows, file, known, entry, ("claims", index), record)


def _quoted_words(
    rows: Rows, file: CuratedFile, known: Known, claim: dict[str, Any], place: Place, record: str
) -> list[str | None]:
    """Return the words that carry the claim, by attestation, as the sources have them; None, with a finding, if they do not appear there.

    The words of a divergence are in two statements of different accounts that attest the claim; if
    an attestation is wrong, no second finding says that the statement does not attest.
    """
    attestations = claim.get("attestations") or ()
    complete = all(
        attestation
        and attestation.get("quote")
        and is_known(rows, "statements", attestation.get("statement") or "")
        for attestation in attestations
    )
    quoted: list[str | None] = []
    for number, attestation in enumerate(attestations):
        words = (attestation or {}).get("quote")
        if (
            words is not None
            and attestation.get("statement")
            and attestation["statement"] not in rows.drafted
        ):
            at = (*place, "attestations", number, "quote")
            words = _words_of_statement(
                rows, file, known, attestation["statement"], words, at, record
            )
        quoted.append(words)
    attested = (
        {attestation["statement"] for attestation in attestations}
        if complete and None not in quoted
        else None
    )
    for number, divergence in enumerate(claim.get("divergences") or ()):
        words_by_statement = (divergence or {}).get("words") or {}
        if rows.drafted.intersection(words_by_statement):
            continue
        at = (*place, "divergences", number, "words")
        if not _check_divergence(rows, file, known, words_by_statement, attested, at, record):
            rows.quarantined.add(("divergences", f"{record}/{number}"))
    return quoted


def _check_divergence(
    rows: Rows,
    file: CuratedFile,
    known: Known,
    words_by_statement: dict[str, str],
    attested: set[str] | None,
    place: Place,
    record: str,
) -> bool:
    """Add findings about words that are not in their statement, and about statements of one account or that do not attest the claim; return True if there are none.

    `attested` are the statements that attest it; None if an attestation is wrong.
    """
    wrong = [s for s in words_by_statement if attested is not None and s not in attested]
    right = not wrong
    for statement_id, words in words_by_statement.items():
        at = (*place, statement_id)
        if statement_id in wrong:
            hint = f"Choose two statements that attest it{nearest(statement_id, attested or ())}."
            message = f"`{statement_id}` does not attest this claim"
            rows.findings.append(file.finding("divergence_attested", at, record, message, hint))
        elif _words_of_statement(rows, file, known, statement_id, words, at, record) is None:
            right = False
    accounts = {statement_id.partition(".")[0] for statement_id in words_by_statement}
    if not wrong and len(accounts) == 1:
        message = "both statements are from the same account"
        hint = "Choose statements of two different accounts."
        rows.findings.append(file.finding("divergence_attested", place, record, message, hint))
        right = False
    return right


def _words_of_statement(
    rows: Rows,
    file: CuratedFile,
    known: Known,
    statement_id: str,
    words: str,
    place: Place,
    record: str,
) -> str | None:
    """Return the words as the statement's source has them; None, with a finding, if they are not in the statement.

    The words are returned unchanged if the statement is unknown: the guard on references reports
    it.
    """
    if statement_id not in known.spans:
        return fold_space(words)
    source, span = known.sources[statement_id.partition(".")[0]], known.spans[statement_id]
    found = source.find(words, span)
    if found:
        return source.text[slice(*found[0])]
    hint = "Copy whole words from that statement, or refer to the statement that contains them."
    problem = MissingWords(
        "attestation_quotes_statement", (place[-1],), words, f"`{statement_id}`", hint, source, span
    )
    rows.misquote(file, place[:-1], record, [problem])
    return None


def event_row(file: CuratedFile, known: Known) -> Row:
    """Return the event as a row of `events`, with the dating words spaced as in their source."""
    facts, source = file.facts, known.sources.get(file.facts["date_source"])
    expression = facts.get("date_expression")
    words = None if expression is None else fold_space(words_of(expression)[0])
    return {
        **facts,
        "event_id": file.identifier,
        "date_source_id": facts["date_source"],
        "date_expression": own_words(source, words) if source else words,
    }
