"""Captures that may not lie in the repository: carried over, counted as not checked, checked where they are at hand."""

from __future__ import annotations

import shutil

import pytest

SOURCE = "xinhua-2019-09-27-celac-quartet"


@pytest.fixture
def outside(package, tmp_path):
    """The package with one capture moved out of it."""
    folder = package / "data" / "sources" / SOURCE
    captures = tmp_path / "captures"
    (captures / SOURCE).mkdir(parents=True)
    shutil.move(folder / "source.txt", captures / SOURCE / "source.txt")
    curation = folder / "curation.yaml"
    text = curation.read_text(encoding="utf-8")
    curation.write_text(
        text.replace("  redistribution: quotation\n", "  redistribution: quotation\n  capture: outside\n"),
        encoding="utf-8",
    )
    return package, captures, curation


def test_an_absent_capture_is_counted_as_not_checked(outside, run):
    """Its nine statements are carried over and not checked; a rebuild changes no table."""
    package, _, _ = outside
    outcome = run("validate", "--root", package)
    assert outcome.returncode == 0, outcome.stdout
    assert "against 1 capture, " in outcome.stdout and "9 not checked" in outcome.stdout
    assert "data/tables/" not in run("build", "--root", package).stdout


def test_with_the_captures_everything_is_checked(outside, run):
    """Where READOUTS_CAPTURES has the text, it is checked as any other."""
    package, captures, curation = outside
    outcome = run("validate", "--root", package, READOUTS_CAPTURES=str(captures))
    assert outcome.returncode == 0 and "against 2 captures" in outcome.stdout and " 0 not checked" in outcome.stdout
    curation.write_text(curation.read_text(encoding="utf-8").replace("cue: added", "cue: said"), encoding="utf-8")
    assert "part_in_quote" in run("validate", "--root", package, READOUTS_CAPTURES=str(captures)).stdout


def test_a_new_statement_needs_the_capture(outside, run):
    """What is curated without the capture cannot be derived, and is told."""
    package, _, curation = outside
    text = curation.read_text(encoding="utf-8")
    curation.write_text(text.replace("  - id: s09", "  - id: s10"), encoding="utf-8")
    outcome = run("validate", "--root", package)
    assert outcome.returncode == 1 and "capture_needed" in outcome.stdout


def test_forbidden_capture_in_repository_is_reported(outside, run):
    """A capture that lies where its rights forbid it is a finding."""
    package, captures, _ = outside
    shutil.copy(captures / SOURCE / "source.txt", package / "data" / "sources" / SOURCE / "source.txt")
    outcome = run("validate", "--root", package)
    assert outcome.returncode == 1 and outcome.stdout.count("capture_outside") == 1 and "1 error" in outcome.stdout
