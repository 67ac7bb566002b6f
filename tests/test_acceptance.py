"""Drafts in a curation: reported, accepted or rejected by a person, and not published before."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from readouts.core.layout import Layout
from readouts.validation.validate import validate_package

SOURCE = "norland-2021-03-04-harbour"


def curation(folder: Path) -> Path:
    return folder / "data" / "sources" / SOURCE / "curation.yaml"


def as_drafts(folder: Path, *ids: str) -> None:
    """Mark statements of the source as drafts, and its last exclusion if "x" is among the ids."""
    value = yaml.safe_load(curation(folder).read_text(encoding="utf-8"))
    for entry in value["statements"]:
        if entry["id"] in ids:
            entry["draft"] = "rules 0.80"
    if "x" in ids:
        value["exclusions"][-1]["draft"] = "rules 0.70"
    curation(folder).write_text(
        yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )


def published(folder: Path) -> str:
    return "".join(
        path.read_text(encoding="utf-8") for path in (folder / "data" / "tables").glob("*.jsonl")
    )


def test_draft_is_reported_and_not_published(corpus, run):
    """validate reports each draft once; build leaves drafts out and says how many."""
    as_drafts(corpus, "s05", "x")
    outcome = validate_package(Layout(corpus))
    assert [finding.code for finding in outcome.findings] == ["draft_accepted", "draft_accepted"]
    assert not outcome.failed and outcome.drafts == 2
    assert run("validate", "--root", corpus).returncode == 1
    built = run("build", "--root", corpus)
    assert built.returncode == 0 and "2 drafts are left out until accepted" in built.stdout
    assert f'"{SOURCE}.s05"' not in published(corpus) and f'"{SOURCE}.s04"' in published(corpus)
    assert '"not-curated"' in (corpus / "data" / "exclusions.jsonl").read_text(encoding="utf-8")


def test_accepted_draft_is_a_statement(corpus, run):
    """accept removes `draft:`, records how the entry was first written, and changes nothing else."""
    before = yaml.safe_load(curation(corpus).read_text(encoding="utf-8"))
    as_drafts(corpus, "s05", "x")
    assert run("accept", SOURCE, "--root", corpus).returncode == 0
    after = yaml.safe_load(curation(corpus).read_text(encoding="utf-8"))
    assert after["statements"][-1].pop("curation_method") == "machine-drafted"
    assert after == before
    assert validate_package(Layout(corpus)).findings == []


def test_only_given_ids_are_accepted(corpus, run):
    """If ids are given, the other drafts stay drafts."""
    as_drafts(corpus, "s04", "s05", "x")
    assert run("accept", SOURCE, "s05", "--root", corpus).returncode == 0
    assert [f.code for f in validate_package(Layout(corpus)).findings] == ["draft_accepted"] * 2


def test_draft_with_a_finding_is_refused(corpus, run):
    """The finding is reported, the entry stays a draft, and the others are accepted."""
    as_drafts(corpus, "s04", "s05")
    path = curation(corpus)
    path.write_text(
        path.read_text(encoding="utf-8").replace("cue: thanked", "cue: praised"), encoding="utf-8"
    )
    result = run("accept", SOURCE, "--root", corpus)
    assert result.returncode == 1
    assert "accepted 1 draft; refused 1 (s05)" in result.stdout and "part_in_quote" in result.stdout
    assert path.read_text(encoding="utf-8").count("draft: rules") == 1


def test_rejected_draft_is_removed(corpus, run):
    """reject removes the entry; its text is uncovered again, and its attestation no longer resolves."""
    as_drafts(corpus, "s05")
    assert run("reject", SOURCE, "s05", "--root", corpus).returncode == 0
    assert "thanked" not in curation(corpus).read_text(encoding="utf-8")
    assert [f.code for f in validate_package(Layout(corpus)).findings] == [
        "reference_resolves",
        "capture_fully_covered",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["accept", SOURCE], "has no drafts"),
        (["accept", "norland-2021-03-04-harbor"], "unknown source"),
        (["reject", SOURCE, "s99"], "has no drafts"),
    ],
)
def test_unknown_draft_is_reported_on_one_line(corpus, run, arguments, message):
    result = run(*arguments, "--root", corpus)
    assert result.returncode == 2 and message in result.stderr and result.stderr.count("\n") == 1


def test_only_uncovered_text_is_drafted(corpus, run):
    """draft SOURCE proposes entries for uncovered text in canonical form; a second run proposes nothing."""
    pytest.importorskip("spacy", reason="the extra `draft` is not installed")
    value = yaml.safe_load(curation(corpus).read_text(encoding="utf-8"))
    value["statements"] = [entry for entry in value["statements"] if entry["id"] != "s05"]
    curation(corpus).write_text(
        yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    assert run("draft", SOURCE, "--root", corpus).returncode == 0
    drafted = yaml.safe_load(curation(corpus).read_text(encoding="utf-8"))
    (entry,) = [entry for entry in drafted["statements"] if "draft" in entry]
    assert (entry["speaker"], entry["label"], entry["cue"]) == ("joon-tal", "Joon Tal", "thanked")
    again = run("draft", SOURCE, "--root", corpus)
    assert "drafted 0 statements and 0 exclusions" in again.stdout
    assert run("fmt", "--check", "--root", corpus, curation(corpus).parent).returncode == 0
    assert run("accept", SOURCE, "--root", corpus).returncode == 0
    assert validate_package(Layout(corpus)).findings == []


def test_findings_in_other_files_do_not_refuse_a_draft(corpus, run):
    """With a finding in the speaker's file accept takes the draft, but says that it was not fully checked."""
    as_drafts(corpus, "s05")
    path = corpus / "data" / "agents" / "joon-tal.yaml"
    value = yaml.safe_load(path.read_text(encoding="utf-8"))
    value["agent"]["other_names"] = ["Jonathan Talbot"]
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")
    result = run("accept", SOURCE, "--root", corpus)
    assert (
        result.returncode == 0
        and "accepted 1 draft; until the findings in other files are fixed" in result.stdout
    )
    assert "name_is_attested" in result.stdout
