"""Labels of pairs, and omissions of each account."""

from __future__ import annotations

import pytest

from readouts.compile.pairs import UNRELATED_PER_RELATED, pair_label
from readouts.core.layout import Layout
from readouts.validation.validate import validate_package
from tests.reading import table_rows

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
def test_label_of_a_pair(left, right, label):
    """The label follows from the shared claims and their relations, as defined in the vocabulary."""
    assert pair_label(left, right) == label


def test_omissions_of_the_agency():
    """The four claims that only the ministry's readout has are omissions of the agency."""
    claims = {row["claim_id"]: row["proposition"] for row in table_rows("claims")}
    left_out = {
        (claims[row["claim_id"]], row["source_id"].partition("-")[0])
        for row in table_rows("omissions")
    }
    assert left_out == {
        ("China's willingness to work with Latin America rests on win-win results.", "xinhua"),
        (
            "China is willing to uphold the principle of extensive consultation, joint contribution and shared benefits.",
            "xinhua",
        ),
        ("China respects the unique history of the region.", "xinhua"),
        (
            "China is willing to enlarge the area of interests to achieve multi-win results.",
            "xinhua",
        ),
    }


def test_known_divergences_are_in_the_pairs():
    """Wordings with different meanings are listed in the pairs of their statements."""
    divergences = " ".join(row["divergence"] or "" for row in table_rows("pairs"))
    for words in ("“advocating multilateralism” / “safeguarding multilateralism”", "“we should” / “called on the group to”",
                  "“equal treatment, mutual benefit and win-win results” / “equality and mutual benefits”", "“accommodate” / “care for”"):  # fmt: skip
        assert words in divergences


def test_wrong_words_of_a_divergence_are_in_no_pair(package):
    """Words that are not in their statement are one finding, and the divergence is left out of the pairs."""
    (event,) = (package / "data/events").glob("*.yaml")
    text = event.read_text(encoding="utf-8")
    assert text.count("s02: safeguarding multilateralism") == 1
    event.write_text(
        text.replace("s02: safeguarding multilateralism", "s02: guarding multilateralism"),
        encoding="utf-8",
    )
    outcome = validate_package(Layout(package))
    assert [finding.code for finding in outcome.findings] == ["attestation_quotes_statement"]
    divergences = " ".join(row["divergence"] or "" for row in outcome.rows.tables["pairs"])
    assert "multilateralism" not in divergences and "“accommodate” / “care for”" in divergences


def test_unrelated_pairs_are_capped():
    """An event has at most three unrelated pairs for each related one, and no pair within one source."""
    pairs = table_rows("pairs")
    related = sum(row["label"] != "unrelated" for row in pairs)
    assert 0 < len(pairs) - related <= UNRELATED_PER_RELATED * related
    assert all(
        row["statement_a"].partition(".")[0] != row["statement_b"].partition(".")[0]
        for row in pairs
    )
