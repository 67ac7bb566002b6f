"""Drafts in a curation: proposed, accepted or rejected by a person, and never published before."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from readouts.cli import app
from readouts.findings import PackageError
from readouts.layout import Layout
from readouts.validation import validate_package
from tests.example_packages import EXAMPLES

SOURCE = "norland-2021-03-04-harbour"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """The small package of the examples, as a corpus that can be built."""
    folder = tmp_path / "corpus"
    assert invoke("init", folder).exit_code == 0
    card = (folder / "data" / "README.md").read_bytes()
    shutil.rmtree(folder / "data")
    shutil.copytree(EXAMPLES / "base" / "data", folder / "data")
    (folder / "data" / "README.md").write_bytes(card)
    return folder


def invoke(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


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
    curation(folder).write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")


def published(folder: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in (folder / "data" / "tables").glob("*.jsonl"))


def test_a_draft_is_a_finding_and_not_published(corpus):
    """A drafted entry is reported once by validate, and build leaves it out, says how many, and is otherwise valid."""
    as_drafts(corpus, "s05", "x")
    outcome = validate_package(Layout(corpus))
    assert [finding.code for finding in outcome.findings] == ["draft_accepted", "draft_accepted"]
    assert not outcome.failed and outcome.drafts == 2
    assert invoke("validate", "--root", corpus).exit_code == 1
    built = invoke("build", "--root", corpus)
    assert built.exit_code == 0 and "2 drafts are left out until accepted" in built.output
    assert f'"{SOURCE}.s05"' not in published(corpus) and f'"{SOURCE}.s04"' in published(corpus)
    assert '"not-curated"' in (corpus / "data" / "exclusions.jsonl").read_text(encoding="utf-8")


def test_an_accepted_draft_is_a_statement(corpus):
    """accept takes `draft:` away, says how the record was first written, and leaves every other word as it is."""
    before = yaml.safe_load(curation(corpus).read_text(encoding="utf-8"))
    as_drafts(corpus, "s05", "x")
    assert invoke("accept", SOURCE, "--root", corpus).exit_code == 0
    after = yaml.safe_load(curation(corpus).read_text(encoding="utf-8"))
    assert after["statements"][-1].pop("curation_method") == "machine-drafted"
    assert after == before
    assert validate_package(Layout(corpus)).findings == []


def test_only_given_ids_are_accepted(corpus):
    """With ids the other drafts stay drafts."""
    as_drafts(corpus, "s04", "s05", "x")
    assert invoke("accept", SOURCE, "s05", "--root", corpus).exit_code == 0
    assert [f.code for f in validate_package(Layout(corpus)).findings] == ["draft_accepted"] * 2


def test_a_draft_that_fails_the_check_is_refused(corpus):
    """What is wrong with an entry is reported, it stays a draft, and the others are accepted."""
    as_drafts(corpus, "s04", "s05")
    path = curation(corpus)
    path.write_text(path.read_text(encoding="utf-8").replace("cue: thanked", "cue: praised"), encoding="utf-8")
    result = invoke("accept", SOURCE, "--root", corpus)
    assert result.exit_code == 1
    assert "accepted 1 draft; refused 1 (s05)" in result.output and "part_in_quote" in result.output
    assert path.read_text(encoding="utf-8").count("draft: rules") == 1


def test_a_rejected_draft_is_gone(corpus):
    """reject removes the entry, its text is uncovered again, and the claim that it attested misses it."""
    as_drafts(corpus, "s05")
    assert invoke("reject", SOURCE, "s05", "--root", corpus).exit_code == 0
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
def test_missing_entry_is_one_line(corpus, arguments, message):
    """An unknown source or draft is an unusable request, said in one line."""
    result = invoke(*arguments, "--root", corpus)
    assert isinstance(result.exception, PackageError) and message in str(result.exception)


def test_a_source_is_drafted_where_nothing_is_curated(corpus):
    """draft SOURCE proposes entries for uncovered text alone, twice proposes nothing more, and what it wrote is canonical."""
    pytest.importorskip("spacy", reason="the extra `draft` is not installed")
    value = yaml.safe_load(curation(corpus).read_text(encoding="utf-8"))
    value["statements"] = [entry for entry in value["statements"] if entry["id"] != "s05"]
    curation(corpus).write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")
    assert invoke("draft", SOURCE, "--root", corpus).exit_code == 0
    drafted = yaml.safe_load(curation(corpus).read_text(encoding="utf-8"))
    (entry,) = [entry for entry in drafted["statements"] if "draft" in entry]
    assert (entry["speaker"], entry["label"], entry["cue"]) == ("joon-tal", "Joon Tal", "thanked")
    again = invoke("draft", SOURCE, "--root", corpus)
    assert "drafted 0 statements and 0 exclusions" in again.output
    assert invoke("fmt", "--check", "--root", corpus, curation(corpus).parent).exit_code == 0
    assert invoke("accept", SOURCE, "--root", corpus).exit_code == 0
    assert validate_package(Layout(corpus)).findings == []


def test_what_is_wrong_around_an_accepted_draft_is_reported(corpus):
    """A finding in the file of its speaker does not refuse a draft, but accept says that it was not checked in full."""
    as_drafts(corpus, "s05")
    path = corpus / "data" / "agents" / "joon-tal.yaml"
    value = yaml.safe_load(path.read_text(encoding="utf-8"))
    value["agent"]["other_names"] = ["Jonathan Talbot"]
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")
    result = invoke("accept", SOURCE, "--root", corpus)
    assert result.exit_code == 0 and "accepted 1 draft; until the findings in other files are fixed" in result.output
    assert "name_is_attested" in result.output
