"""Captures kept outside the repository: carried over and counted as not checked, or checked if they are available."""

from __future__ import annotations

import shutil

import pytest

from readouts.compile.carried import read_carried
from readouts.core.findings import PackageError
from readouts.core.layout import Layout
from tests.versioning import XINHUA, curation_of, edit, move_capture


@pytest.fixture
def captures(package, tmp_path):
    """A folder with the capture of one source of the package, which is kept outside."""
    move_capture(package, XINHUA, tmp_path / "captures")
    return tmp_path / "captures"


def test_missing_capture_is_counted_as_not_checked(package, captures, run):
    """Its nine statements are carried over and not checked; a rebuild changes no table."""
    outcome = run("validate", "--root", package)
    assert outcome.returncode == 0, outcome.stdout
    assert "against 1 capture, " in outcome.stdout and "9 not checked" in outcome.stdout
    assert "data/tables/" not in run("build", "--root", package).stdout


def test_statements_are_checked_against_captures_kept_outside(package, captures, run):
    """With READOUTS_CAPTURES the capture is checked like any other."""
    outcome = run("validate", "--root", package, READOUTS_CAPTURES=str(captures))
    assert (
        outcome.returncode == 0
        and "against 2 captures" in outcome.stdout
        and " 0 not checked" in outcome.stdout
    )
    edit(curation_of(package, XINHUA), "cue: added", "cue: said")
    assert (
        "part_in_quote"
        in run("validate", "--root", package, READOUTS_CAPTURES=str(captures)).stdout
    )


def test_new_statement_needs_the_capture(package, captures, run):
    """A statement that was added without the capture cannot be derived."""
    edit(curation_of(package, XINHUA), "  - id: s09", "  - id: s10")
    outcome = run("validate", "--root", package)
    assert outcome.returncode == 1 and "capture_needed" in outcome.stdout


def test_forbidden_capture_in_repository_is_reported(package, captures, run):
    """A capture in the repository is a finding if its rights forbid it."""
    shutil.copy(captures / XINHUA / "source.txt", curation_of(package, XINHUA).parent)
    outcome = run("validate", "--root", package)
    assert (
        outcome.returncode == 1
        and outcome.stdout.count("capture_outside") == 1
        and "1 error" in outcome.stdout
    )


def test_line_separator_in_a_value_is_not_the_end_of_a_row(package):
    """Only a line feed ends a row of JSONL; a damaged row is named by its line."""
    table = package / "data/tables/statements.jsonl"
    text = table.read_text(encoding="utf-8")
    number = len(read_carried(Layout(package), [XINHUA])[XINHUA]["statements"])
    table.write_text(text.replace('"suffix":"', '"suffix":"\u2028\x85'), encoding="utf-8")
    assert len(read_carried(Layout(package), [XINHUA])[XINHUA]["statements"]) == number
    table.write_text(text + "{}\n", encoding="utf-8")
    with pytest.raises(PackageError, match=r"statements\.jsonl, line 19: "):
        read_carried(Layout(package), [XINHUA])
