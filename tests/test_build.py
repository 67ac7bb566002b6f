"""Building: reproducible, all files or none, and a check that detects any difference."""

from __future__ import annotations

import json
import os
import shutil

import pytest

from readouts.core.findings import PackageError
from readouts.core.layout import Layout
from readouts.core.switching import exclusive, finish_interrupted, switch
from tests.reading import read_folder


def test_derived_files_of_the_checkout_are_up_to_date(run):
    outcome = run("build", "--check")
    assert outcome.returncode == 0, outcome.stdout
    assert "fresh: 0 of " in outcome.stdout


def test_build_is_reproducible(package, run):
    """Without derived files, and with another time zone, locale and hash seed, the build gives the same bytes."""
    before = read_folder(package)
    shutil.rmtree(package / "data" / "tables")
    (package / "data" / "exclusions.jsonl").unlink()
    (package / "datapackage.json").unlink()
    outcome = run("build", "--root", package, TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="7")
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert read_folder(package) == before
    assert "built: 0 file(s) changed" in run("build", "--root", package).stdout


def test_check_detects_one_changed_byte(package, run):
    """`build --check` names a derived file with one changed byte, and `validate` warns of it."""
    for name in (
        "data/tables/statements.csv",
        "data/exclusions.jsonl",
        "datapackage.json",
        "README.md",
        "data/README.md",
        "schema/guards/tables.sql",
    ):
        path = package / name
        original = path.read_bytes()
        place = original.index(
            {
                "README.md": b"18 statements",
                "docs/columns.md": b"statement_id",
                "schema/guards/tables.sql": b"read_json",
            }.get(name, b"e")
        )
        path.write_bytes(original[:place] + b"X" + original[place + 1 :])
        outcome = run("build", "--check", "--root", package)
        assert outcome.returncode == 1, name
        assert f"{name}: out of date" in outcome.stdout
        warned = run("validate", "--root", package)
        assert warned.returncode == 0 and f"{name}: warning: derived_is_fresh" in warned.stdout
        path.write_bytes(original)


def test_stray_table_is_reported_and_removed(package, run):
    """An extra file in the folder of tables fails the check, and the next build removes it."""
    (package / "data" / "tables" / "stray.jsonl").write_text("{}\n", encoding="utf-8")
    assert (
        "data/tables/stray.jsonl: out of date" in run("build", "--check", "--root", package).stdout
    )
    run("build", "--root", package)
    assert not (package / "data" / "tables" / "stray.jsonl").exists()


def test_invalid_data_is_not_built(package, run):
    """With a finding the exit status is 1 and nothing is written."""
    curation = next((package / "data" / "sources").glob("xinhua*")) / "curation.yaml"
    curation.write_text(
        curation.read_text(encoding="utf-8").replace("cue: added", "cue: adde"), encoding="utf-8"
    )
    before = read_folder(package)
    outcome = run("build", "--root", package)
    assert outcome.returncode == 1
    assert "nothing was built" in outcome.stdout
    assert read_folder(package) == before


def test_table_without_rows_has_no_file(unreleased, run):
    """Without claims there are no files and resources of claims, attestations and omissions."""
    event = next((unreleased / "data" / "events").glob("*.yaml"))
    text = event.read_text(encoding="utf-8")
    event.write_text(text[: text.index("claims:")], encoding="utf-8")
    outcome = run("build", "--root", unreleased)
    assert outcome.returncode == 0, outcome.stdout
    for name in ("claims", "attestations", "omissions"):
        assert not list((unreleased / "data" / "tables").glob(f"{name}.*"))
        assert name not in [
            r["name"]
            for r in json.loads((unreleased / "datapackage.json").read_text(encoding="utf-8"))[
                "resources"
            ]
        ]
    assert run("build", "--check", "--root", unreleased).returncode == 0


@pytest.fixture
def layout(package):
    return Layout(package)


def test_interrupted_write_is_finished_by_the_next_command(layout, monkeypatch):
    """If a command is interrupted while it replaces files, the next one completes the replacement."""
    paths = [layout.root / f"file{n}" for n in range(4)]
    for path in paths:
        path.write_bytes(b"old")
    real, calls = os.replace, []

    def dying(source, target):
        calls.append(target)
        if len(calls) == 4:
            raise KeyboardInterrupt
        real(source, target)

    monkeypatch.setattr(os, "replace", dying)
    with pytest.raises(KeyboardInterrupt), exclusive(layout):
        switch(layout, dict.fromkeys(paths, b"new"))
    monkeypatch.undo()
    assert {path.read_bytes() for path in paths} == {b"old", b"new"}
    with exclusive(layout):
        pass
    assert {path.read_bytes() for path in paths} == {b"new"}
    assert not finish_interrupted(layout)


def test_interruption_before_the_journal_changes_nothing(layout, monkeypatch):
    """If a command is interrupted while it stages files, the next one removes the staged files."""
    path = layout.root / "file"
    path.write_bytes(b"old")

    def dying(source, target):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", dying)
    with pytest.raises(KeyboardInterrupt), exclusive(layout):
        switch(layout, {path: b"new"})
    monkeypatch.undo()
    with exclusive(layout):
        assert path.read_bytes() == b"old"
        assert not (layout.state_dir / "staged").exists()


def test_damaged_journal_is_reported(layout):
    layout.state_dir.mkdir()
    (layout.state_dir / "journal.json").write_text("{", encoding="utf-8")
    with pytest.raises(PackageError, match=r"journal\.json"), exclusive(layout):
        pass


def test_only_changed_files_are_written(layout):
    """None deletes a file; equal bytes are not a change."""
    same, gone = layout.root / "same", layout.root / "gone"
    same.write_bytes(b"1")
    gone.write_bytes(b"2")
    with exclusive(layout):
        assert switch(layout, {same: b"1", gone: None}) == [gone]
    assert not gone.exists()
