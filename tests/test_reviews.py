"""A finding of a heuristic can be accepted with a reason; a proof cannot, and a review that is no longer needed is a finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from readouts.curation.files import read_curation
from readouts.layout import Layout
from readouts.rules.guards import read_guards
from readouts.validation import Validation, judge
from tests.example_packages import ROOT, make_base

FILE = "data/sources/tidings-2021-03-05-harbour/curation.yaml"
REASON = "The label names the minister for whom another speaks."


def changed(folder: Path, *edits: tuple[str, str]) -> Validation:
    """The outcome for the small package after the edits of one curated file."""
    layout = make_base(folder)
    path = folder / FILE
    text = path.read_text(encoding="utf-8")
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return judge(layout, read_curation(layout))


def codes(outcome: Validation) -> list[tuple[str, str]]:
    return [(finding.code, finding.record) for finding in outcome.findings]


NULL = ("    speaker: joon-tal\n", "    speaker: null\n")


def review(code: str, reason: str = REASON) -> tuple[str, str]:
    """An edit that adds a review to the statement s03."""
    return "    speech_act: expressive\n", f"    speech_act: expressive\n    reviewed:\n      {code}: {reason}\n"


def test_review_silences_its_finding(tmp_path: Path) -> None:
    """A review with a reason silences the rule for that record, is counted, and is published."""
    assert codes(changed(tmp_path / "a", NULL)) == [("speaker_is_given", "tidings-2021-03-05-harbour.s03")]
    outcome = changed(tmp_path / "b", NULL, review("speaker_is_given"))
    assert codes(outcome) == []
    assert outcome.accepted == 1 and "1 finding accepted by review" in outcome.summary
    assert outcome.rows.tables["reviews"] == [
        {
            "table_name": "statements",
            "record_id": "tidings-2021-03-05-harbour.s03",
            "rule": "speaker_is_given",
            "reason": REASON,
        }
    ]


def test_review_of_another_record_silences_nothing(tmp_path: Path) -> None:
    """A review counts for its own record only, and where its rule finds nothing it is stale."""
    edit = ("    speech_act: directive\n", f"    speech_act: directive\n    reviewed: {{speaker_is_given: {REASON}}}\n")
    assert codes(changed(tmp_path, NULL, edit)) == [
        (
            "reviewed_rule_fires",
            "statements/tidings-2021-03-05-harbour.s02/speaker_is_given",
        ),
        ("speaker_is_given", "tidings-2021-03-05-harbour.s03"),
    ]


def test_stale_review_is_found(tmp_path: Path) -> None:
    """A review is a finding, at its own line, once its rule no longer fires there."""
    (finding,) = changed(tmp_path, review("speaker_is_given")).findings
    assert finding.code == "reviewed_rule_fires"
    lines = (tmp_path / FILE).read_text(encoding="utf-8").splitlines()
    assert lines[finding.line - 1].strip().startswith("speaker_is_given:")


@pytest.mark.parametrize("code", ["quote_in_capture", "speaker_is_named", "segments_tile", "key_known", "no_such_rule"])
def test_only_reviews_accept(tmp_path: Path, code: str) -> None:
    """A proof, a rule of one value and a code that does not exist cannot be accepted."""
    (finding,) = changed(tmp_path, review(code)).findings
    assert finding.code == "reviewed_rule_is_review" and f"`{code}`" in finding.message


def test_proof_is_not_overruled(tmp_path: Path) -> None:
    """A proof fires all the same where a review names it."""
    found = codes(changed(tmp_path, ("    label: Tal\n", "    label: that\n"), review("speaker_is_named")))
    assert "reviewed_rule_is_review" in {code for code, _ in found} and len(found) > 1


@pytest.mark.parametrize("reason", ['"."', '""', "ok", "it is", '"- - - -"', "null", "7", "[a b c]"])
def test_reason_is_a_sentence(tmp_path: Path, reason: str) -> None:
    """A reason has three words or more."""
    found = changed(tmp_path, NULL, review("speaker_is_given", reason)).findings
    assert [finding.code for finding in found] in (["value_form"], ["value_type"])
    assert found[0].field == "speaker_is_given"


def test_every_rule_says_its_kind() -> None:
    """Each rule is a proof or a review, and what reads no language is a proof."""
    kinds = {guard.code: guard.kind for guard in read_guards(Layout(ROOT))}
    assert set(kinds.values()) == {"proof", "review"}
    assert {kinds[code] for code in ("segments_tile", "ids_unique", "quote_in_capture", "reference_resolves")} == {
        "proof"
    }
