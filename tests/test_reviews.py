"""A heuristic's finding can be accepted with a reason, a proof's cannot, and an unneeded review is a finding."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from readouts.compile.reviews import read_accepted
from readouts.core.findings import RENAMED_CODES
from readouts.core.layout import Layout
from readouts.curation.reading import read_curation
from readouts.published.checks import validate_folder
from readouts.rules.codes import read_explanations
from readouts.rules.guards import read_guards
from readouts.terminal.report import as_explanation
from readouts.validation.outcome import Validation
from readouts.validation.validate import validate_curation
from tests.example_packages import ROOT, make_base

FILE = "data/sources/tidings-2021-03-05-harbour/curation.yaml"
REASON = "The label names the minister for whom another speaks."


def changed(folder: Path, *edits: tuple[str, str]) -> Validation:
    """Return the outcome for the small package after edits of one curated file."""
    layout = make_base(folder)
    path = folder / FILE
    text = path.read_text(encoding="utf-8")
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return validate_curation(layout, read_curation(layout))


def codes(outcome: Validation) -> list[tuple[str, str]]:
    return [(finding.code, finding.record) for finding in outcome.findings]


NULL = ("    speaker: joon-tal\n", "    speaker: null\n")


def review(code: str, reason: str = REASON) -> tuple[str, str]:
    """Return an edit that adds a review to the statement s03."""
    return (
        "    speech_act: expressive\n",
        f"    speech_act: expressive\n    reviewed:\n      {code}: {reason}\n",
    )


def test_review_suppresses_its_finding(tmp_path: Path) -> None:
    """A review with a reason suppresses the finding for that record, is counted, and is published."""
    assert codes(changed(tmp_path / "a", NULL)) == [
        ("speaker_is_given", "tidings-2021-03-05-harbour.s03")
    ]
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


def test_review_of_another_record_suppresses_nothing(tmp_path: Path) -> None:
    """A review only applies to its own record, and is stale if its rule finds nothing there."""
    edit = (
        "    speech_act: directive\n",
        f"    speech_act: directive\n    reviewed: {{speaker_is_given: {REASON}}}\n",
    )
    assert codes(changed(tmp_path, NULL, edit)) == [
        (
            "review_still_needed",
            "statements/tidings-2021-03-05-harbour.s02/speaker_is_given",
        ),
        ("speaker_is_given", "tidings-2021-03-05-harbour.s03"),
    ]


def test_stale_review_is_found(tmp_path: Path) -> None:
    """A review is a finding, at its own line, once its rule no longer fires there."""
    (finding,) = changed(tmp_path, review("speaker_is_given")).findings
    assert finding.code == "review_still_needed"
    lines = (tmp_path / FILE).read_text(encoding="utf-8").splitlines()
    assert lines[finding.line - 1].strip().startswith("speaker_is_given:")


@pytest.mark.parametrize(
    "code", ["quote_in_capture", "speaker_is_named", "segments_tile", "key_known", "no_such_rule"]
)
def test_only_heuristics_can_be_reviewed(tmp_path: Path, code: str) -> None:
    """Findings of a proof, a rule on single values and an unknown code cannot be accepted."""
    (finding,) = changed(tmp_path, review(code)).findings
    assert finding.code == "reviewed_rule_is_review" and f"`{code}`" in finding.message


def test_review_does_not_suppress_a_proof(tmp_path: Path) -> None:
    """A proof reports its finding even if a review names it."""
    found = codes(
        changed(tmp_path, ("    label: Tal\n", "    label: that\n"), review("speaker_is_named"))
    )
    assert "reviewed_rule_is_review" in {code for code, _ in found} and len(found) > 1


@pytest.mark.parametrize(
    "reason", ['"."', '""', "ok", "it is", '"- - - -"', "null", "7", "[a b c]"]
)
def test_reason_of_a_review_has_at_least_three_words(tmp_path: Path, reason: str) -> None:
    found = changed(tmp_path, NULL, review("speaker_is_given", reason)).findings
    assert [finding.code for finding in found] in (["value_form"], ["value_type"])
    assert found[0].field == "speaker_is_given"


def test_every_rule_has_a_kind() -> None:
    """Each rule is a proof or a review; rules that do not interpret language are proofs."""
    kinds = {guard.code: guard.kind for guard in read_guards(Layout(ROOT))}
    assert set(kinds.values()) == {"proof", "review"}
    assert {
        kinds[code]
        for code in ("segments_tile", "ids_unique", "quote_in_capture", "reference_resolves")
    } == {"proof"}


def validated(outcome: Validation, folder: Path, reviews: bytes) -> tuple[set[str], int, str]:
    """Return (codes, reviews applied, summary) of the published tables of an outcome, with other rows of `reviews`."""
    for name, rows in {**outcome.jsonl, "reviews": reviews}.items():
        if rows:
            (folder / f"{name}.jsonl").write_bytes(rows)
    with validate_folder(Layout(ROOT), folder) as result:
        return {code for code, _ in result.counts}, result.accepted, result.summary


def test_published_reviews_apply(tmp_path: Path) -> None:
    """Published tables have the finding without the review, and a counted review with it."""
    outcome = changed(tmp_path / "package", NULL, review("speaker_is_given"))
    (tmp_path / "with").mkdir()
    (tmp_path / "without").mkdir()
    found, accepted, summary = validated(outcome, tmp_path / "with", outcome.jsonl["reviews"])
    assert found == set() and accepted == 1 and "1 finding accepted by review" in summary
    found, accepted, _ = validated(outcome, tmp_path / "without", b"")
    assert found == {"speaker_is_given"} and accepted == 0


def test_published_review_without_a_record_is_found(tmp_path: Path) -> None:
    """A published review of a missing record, or of a proof, is a finding."""
    outcome = changed(tmp_path / "package")
    for number, change in enumerate(({"record_id": "nowhere.s01"}, {"rule": "segments_tile"})):
        row = {
            "table_name": "statements",
            "record_id": "tidings-2021-03-05-harbour.s03",
            "rule": "speaker_is_given",
            "reason": REASON,
        } | change
        (tmp_path / str(number)).mkdir()
        found, _, _ = validated(outcome, tmp_path / str(number), json.dumps(row).encode() + b"\n")
        assert found == {"reviewed_rule_is_review"}


def test_explain_lists_accepted_findings(tmp_path: Path) -> None:
    """`readouts explain` shows the kind of a rule and lists its reviews with their reasons."""
    changed(tmp_path, NULL, review("speaker_is_given"))
    accepted = read_accepted(Layout(tmp_path), "speaker_is_given")
    assert [(path, record, reason) for path, _, record, reason in accepted] == [
        (FILE, "tidings-2021-03-05-harbour.s03", REASON)
    ]
    known = read_explanations(Layout(ROOT))
    shown = as_explanation(known["speaker_is_given"], None, None, accepted)
    assert (
        "This rule is a review" in shown
        and "reviewed: {speaker_is_given:" in shown
        and REASON in shown
    )
    assert "its findings cannot be accepted" in as_explanation(known["segments_tile"], None, None)


def test_review_with_a_former_code_is_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A review with the former code of a rule applies, is published with the current code, and is listed by `explain`."""
    monkeypatch.setitem(RENAMED_CODES, "speaker_was_given", "speaker_is_given")
    outcome = changed(tmp_path / "package", NULL, review("speaker_was_given"))
    assert codes(outcome) == [] and outcome.rows.tables["reviews"][0]["rule"] == "speaker_is_given"
    assert [
        reason for *_, reason in read_accepted(Layout(tmp_path / "package"), "speaker_is_given")
    ] == [REASON]
