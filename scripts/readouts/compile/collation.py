"""Events with their participants and claims, and the omissions and labelled pairs derived from them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from ..core.definitions import Table
from ..core.spelling import nearest
from ..curation.files import CuratedFile
from ..curation.quotations import Quotable, fold_space, folded
from .accounts import Known, own_words
from .drafts import report_draft
from .problems import MissingWords, words_of
from .rows import Origin, Place, Row, Rows, is_known

UNRELATED_PER_RELATED = 3
"""Most unrelated pairs per related pair of an event; a cap of the design."""

_LEVEL = {"narrower": 0, "equivalent": 1, "broader": 2}


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
        wrong = [s for s in words_by_statement if attested is not None and s not in attested]
        before = len(rows.findings) + len(rows.misquotations)
        for statement_id, words in words_by_statement.items():
            if statement_id in wrong:
                hint = (
                    f"Choose two statements that attest it{nearest(statement_id, attested or ())}."
                )
                message = f"`{statement_id}` does not attest this claim"
                rows.findings.append(
                    file.finding("divergence_attested", (*at, statement_id), record, message, hint)
                )
            else:
                _words_of_statement(
                    rows, file, known, statement_id, words, (*at, statement_id), record
                )
        if (
            not wrong
            and len({statement_id.partition(".")[0] for statement_id in words_by_statement}) == 1
        ):
            message, hint = (
                "both statements are from the same account",
                "Choose statements of two different accounts.",
            )
            rows.findings.append(file.finding("divergence_attested", at, record, message, hint))
        if len(rows.findings) + len(rows.misquotations) > before:
            rows.quarantined.add(("divergences", f"{record}/{number}"))
    return quoted


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


def derive_omissions(rows: Rows, tables: dict[str, Table]) -> None:
    """Return for each claim the independent accounts of its event that do not carry it.

    An account of an event is a source with a statement at it; one that relays another source is not
    independent, and the silence of a partly curated account means nothing.
    """
    silent = {row["source_id"] for row in rows.tables["sources"] if row["relays"] is not None}
    silent |= {row["source_id"] for row in rows.exclusions if row["reason"] == "not-curated"}
    accounts: dict[str, set[str]] = defaultdict(set)
    for row in rows.tables["statements"]:
        if row["source_id"] not in silent:
            accounts[row["event_id"]].add(row["source_id"])
    carried: dict[str, set[str]] = defaultdict(set)
    for row in rows.tables["attestations"]:
        carried[row["claim_id"]].add(row["statement_id"].partition(".")[0])
    for claim in rows.tables["claims"]:
        for source_id in sorted(accounts[claim["event_id"]] - carried[claim["claim_id"]]):
            row = {"claim_id": claim["claim_id"], "source_id": source_id}
            rows.add(tables["omissions"], row, rows.origins[("claims", claim["claim_id"])])


def derive_pairs(
    rows: Rows, tables: dict[str, Table], divergences: dict[str, list[dict[str, Any]]]
) -> None:
    """Return all related pairs of statements of different accounts of one event, and the hardest unrelated ones.

    `divergences` are the curated ones by claim id. Hardest means: most words in common (Jaccard),
    ties by id. A claim of another event, which is reported separately, does not count.
    """
    relations: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in rows.tables["attestations"]:
        relations[row["claim_id"].partition(".")[0], row["statement_id"]][row["claim_id"]] = row[
            "relation"
        ]
    by_event: dict[str, list[Row]] = defaultdict(list)
    for row in rows.tables["statements"]:
        by_event[row["event_id"]].append(row)
    for event_id in sorted(by_event):
        if not any((event_id, row["statement_id"]) in relations for row in by_event[event_id]):
            continue  # without a related pair there are no unrelated ones to compare it with
        statements = sorted(by_event[event_id], key=lambda r: (r["source_id"], r["start"]))
        related, unrelated = [], []
        words = {s["statement_id"]: set(re.findall(r"\w+", folded(s["text"]))) for s in statements}
        for index, a in enumerate(statements):
            for b in statements[index + 1 :]:
                if a["source_id"] == b["source_id"]:
                    continue
                left, right = (relations.get((event_id, s["statement_id"]), {}) for s in (a, b))
                if left.keys().isdisjoint(right):
                    mine, yours = words[a["statement_id"]], words[b["statement_id"]]
                    common = len(mine & yours)
                    likeness = common / (len(mine) + len(yours) - common or 1)
                    unrelated.append((-likeness, a["statement_id"], b["statement_id"], a, b))
                else:
                    related.append(
                        (a, b, pair_label(left, right), sorted(left.keys() & right.keys()))
                    )
        unrelated.sort(key=lambda entry: entry[:3])
        chosen = [
            (a, b, "unrelated", [])
            for *_, a, b in unrelated[: UNRELATED_PER_RELATED * len(related)]
        ]
        for a, b, label, claims in sorted(
            related + chosen,
            key=lambda p: (p[0]["source_id"], p[0]["start"], p[1]["source_id"], p[1]["start"]),
        ):
            row = _pair_row(event_id, a, b, label, claims, divergences)
            rows.add(tables["pairs"], row, rows.origins[("statements", a["statement_id"])])


def _pair_row(
    event_id: str,
    a: Row,
    b: Row,
    label: str,
    claims: list[str],
    divergences: dict[str, list[dict[str, Any]]],
) -> Row:
    ids = (a["statement_id"], b["statement_id"])
    same = folded(a["text"]) == folded(b["text"])
    changes = [
        f"“{_of_row(a, d['words'][ids[0]])}” / “{_of_row(b, d['words'][ids[1]])}”: {fold_space(d['change'])}"
        for claim in claims
        for d in divergences.get(claim, ())
        if set(d["words"]) == set(ids)
    ]
    return {
        "pair_id": "/".join(ids), "event_id": event_id, "statement_a": ids[0], "statement_b": ids[1],
        "text_a": a["text"], "text_b": b["text"], "label": label,
        "wording": ("verbatim" if same else "reworded") if claims else None,
        "divergence": "; ".join(changes) or None, "claim_ids": " ".join(claims) or None,
    }  # fmt: skip


def _of_row(row: Row, words: str) -> str:
    """Return the words as the statement has them, white space folded."""
    folded = fold_space(words)
    return (
        folded
        if folded in row["exact"]
        else fold_space(own_words(Quotable.of(row["exact"]), words) or words)
    )


def pair_label(left: dict[str, str], right: dict[str, str]) -> str:
    """Return the label of a pair from the relations of its two statements to the claims that each carries (claim id → relation).

    As defined in vocabulary.yaml under `label`.
    """
    shared = left.keys() & right.keys()
    if not shared:
        return "unrelated"
    if any((left[claim] == "conflicting") != (right[claim] == "conflicting") for claim in shared):
        return "conflicting"
    a_less, b_less = bool(right.keys() - shared), bool(left.keys() - shared)
    for claim in shared:
        ours, theirs = left[claim], right[claim]
        if ours == theirs:
            if ours != "equivalent":
                a_less = b_less = True
        elif _LEVEL[ours] > _LEVEL[theirs]:
            a_less = True
        else:
            b_less = True
    if a_less and b_less:
        return "overlapping"
    return "a_broader" if a_less else "b_broader" if b_less else "equivalent"
