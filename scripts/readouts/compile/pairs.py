"""Omissions and labelled pairs, derived from the claims of several accounts."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from ..core.definitions import Table
from ..curation.quotations import Quotable, fold_space, folded
from .rows import Row, Rows
from .source_words import own_words

UNRELATED_PER_RELATED = 3
"""Most unrelated pairs per related pair of an event; a cap of the design."""

_LEVEL = {"narrower": 0, "equivalent": 1, "broader": 2}


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
