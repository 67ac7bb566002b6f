"""Labels of pairs, and what each account leaves out."""

from __future__ import annotations

import json

import pytest

from readouts.tables.collation import UNRELATED_PER_RELATED, pair_label

E, B, N, C = "equivalent", "broader", "narrower", "conflicting"


@pytest.mark.parametrize(
    ("left", "right", "label"),
    [
        ({"1": E}, {"1": E}, "equivalent"),
        ({"1": E}, {"2": E}, "unrelated"),
        ({}, {}, "unrelated"),
        ({"1": B}, {"1": E}, "a_broader"),
        ({"1": E}, {"1": N}, "a_broader"),
        ({"1": N}, {"1": E}, "b_broader"),
        ({"1": N}, {"1": N}, "overlapping"),
        ({"1": B}, {"1": B}, "overlapping"),
        ({"1": E, "2": E}, {"1": E}, "b_broader"),
        ({"1": E}, {"1": E, "2": E}, "a_broader"),
        ({"1": E, "2": E}, {"1": E, "3": E}, "overlapping"),
        ({"1": N}, {"1": E, "2": E}, "overlapping"),
        ({"1": C}, {"1": E}, "conflicting"),
        ({"1": C}, {"1": C}, "overlapping"),
        ({"1": E, "2": C}, {"1": E, "2": N}, "conflicting"),
    ],
)
def test_label_follows_from_claims(left, right, label):
    """The label follows from the claims shared and their relations, as the vocabulary defines it."""
    assert pair_label(left, right) == label


@pytest.mark.parametrize("left", [{"1": E}, {"1": N, "2": E}, {"1": B, "2": C}, {"1": E, "3": E}])
@pytest.mark.parametrize("right", [{"1": E}, {"1": N, "2": E}, {"1": B, "2": C}, {"2": E, "3": N}])
def test_labels_mirror(left, right):
    """Exchanging the two statements exchanges a_broader and b_broader and changes nothing else."""
    mirror = {"a_broader": "b_broader", "b_broader": "a_broader"}
    label = pair_label(left, right)
    assert pair_label(right, left) == mirror.get(label, label)


def rows(root, table):
    return [
        json.loads(line)
        for line in (root / "data" / "tables" / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()
    ]


def test_omissions_of_the_agency(root):
    """The four claims that only the ministry's readout carries are listed as the agency's omissions."""
    claims = {row["claim_id"]: row["proposition"] for row in rows(root, "claims")}
    left_out = {(claims[row["claim_id"]], row["source_id"].partition("-")[0]) for row in rows(root, "omissions")}
    assert left_out == {
        ("China's willingness to work with Latin America rests on win-win results.", "xinhua"),
        (
            "China is willing to uphold the principle of extensive consultation, joint contribution and shared benefits.",
            "xinhua",
        ),
        ("China respects the unique history of the region.", "xinhua"),
        ("China is willing to enlarge the area of interests to achieve multi-win results.", "xinhua"),
    }


def test_the_known_divergences_are_there(root):
    """The wordings that differ in meaning are told in the pairs of the statements that have them."""
    divergences = " ".join(row["divergence"] or "" for row in rows(root, "pairs"))
    for words in ("“advocating multilateralism” / “safeguarding multilateralism”", "“we should” / “called on the group to”",
                  "“equal treatment, mutual benefit and win-win results” / “equality and mutual benefits”", "“accommodate” / “care for”"):  # fmt: skip
        assert words in divergences


def test_unrelated_pairs_are_capped(root):
    """Per event there are at most three unrelated pairs for each related one, and no pair within one source."""
    pairs = rows(root, "pairs")
    related = sum(row["label"] != "unrelated" for row in pairs)
    assert 0 < len(pairs) - related <= UNRELATED_PER_RELATED * related
    assert all(row["statement_a"].partition(".")[0] != row["statement_b"].partition(".")[0] for row in pairs)
