"""The gold standard of made-up texts for drafts, and its scorer."""

from __future__ import annotations

import json

import pytest

from bench.drafted.scoring import read_gold, score
from readouts.core.layout import RULES

TERMS = json.loads((RULES / "curation" / "source.schema.json").read_text(encoding="utf-8"))[
    "properties"
]["statements"]["items"]["properties"]


def test_gold_matches_its_texts():
    """Every string of the gold is in its text, its terms are in the schema, and it has twelve texts with several modes."""
    gold = read_gold()
    assert len(gold) == 12 and len({document["guid"] for document in gold}) == 12
    statements = [statement for document in gold for statement in document["statements"]]
    assert {s["mode"] for s in statements} >= {
        "direct",
        "indirect",
        "mixed",
        "authored",
        "reported",
    }
    assert all(
        s["mode"] in TERMS["mode"]["enum"]
        and s["speech_act"] in (*TERMS["speech_act"]["enum"], None)
        for s in statements
    )
    for document in gold:
        for statement in document["statements"]:
            assert all(
                statement["start"] <= a < b <= statement["end"]
                for a, b in statement["content_spans"]
            )


def test_gold_scores_one_against_itself():
    """The gold scores 1 in every measure against itself, and an empty prediction 0 in every F1."""
    gold = read_gold()
    assert {
        value
        for measure in score(gold, gold).values()
        for key, value in measure.items()
        if key != "n"
    } == {1.0}
    empty = [document | {"statements": []} for document in gold]
    assert {measure["f1"] for measure in score(gold, empty).values() if "f1" in measure} == {0.0}


def test_difference_lowers_its_own_measure():
    """A different speaker and cue lower only their own measures."""
    gold = read_gold()
    other = json.loads(json.dumps(gold))
    other[0]["statements"][0] |= {"speaker_name": "Jon Roe", "cue": "thank"}
    found = score(gold, other)
    assert found["statement F1 (IoU >= .5)"]["f1"] == 1.0
    assert found["joint F1 (content and name)"]["f1"] < 1.0 and found["cue F1 (exact)"]["f1"] < 1.0


def test_scores_of_the_rules_do_not_decrease():
    """On texts that the rules were not written for, F1 stays at the level measured when the gold was made."""
    pytest.importorskip("spacy", reason="the extra `draft` is not installed")
    from bench.drafting import _by_rules

    gold = read_gold()
    found = score(gold, [_by_rules(document) for document in gold])
    assert (
        found["joint F1 (content and name)"]["f1"] >= 0.80
        and found["content token F1 (micro, paired)"]["f1"] >= 0.90
    )
