"""Building: the same bytes every time, all files or none, and a check that sees one byte."""

from __future__ import annotations

import json
import os
import shutil

import pytest

from readouts.findings import PackageError
from readouts.layout import Layout
from readouts.switching import exclusive, finish_interrupted, switch


def snapshot(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and ".readouts" not in p.parts
    }


def test_the_checkout_is_fresh(run):
    """The committed derived files equal a rebuild."""
    outcome = run("build", "--check")
    assert outcome.returncode == 0, outcome.stdout
    assert "fresh: 0 of " in outcome.stdout


def test_a_rebuild_from_nothing_gives_the_same_bytes(package, run):
    """Without its derived files, and under another time zone, locale and hash seed, the package is built to the same bytes."""
    before = snapshot(package)
    shutil.rmtree(package / "data" / "tables")
    (package / "data" / "exclusions.jsonl").unlink()
    (package / "datapackage.json").unlink()
    outcome = run("build", "--root", package, TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="7")
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert snapshot(package) == before
    assert "built: 0 file(s) changed" in run("build", "--root", package).stdout


def test_check_sees_one_byte(package, run):
    """`build --check` fails for one byte in any derived file, names it, and writes nothing."""
    for name in (
        "data/tables/statements.csv",
        "data/tables/pairs.jsonl",
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
    """A stray file among the tables fails the check and goes with the next build."""
    (package / "data" / "tables" / "stray.jsonl").write_text("{}\n", encoding="utf-8")
    assert "data/tables/stray.jsonl: out of date" in run("build", "--check", "--root", package).stdout
    run("build", "--root", package)
    assert not (package / "data" / "tables" / "stray.jsonl").exists()


def test_invalid_data_is_not_built(package, run):
    """With a finding nothing is written and the exit status is 1."""
    curation = next((package / "data" / "sources").glob("xinhua*")) / "curation.yaml"
    curation.write_text(curation.read_text(encoding="utf-8").replace("cue: added", "cue: adde"), encoding="utf-8")
    before = snapshot(package)
    outcome = run("build", "--root", package)
    assert outcome.returncode == 1
    assert "nothing was built" in outcome.stdout
    assert snapshot(package) == before


def test_a_table_without_rows_has_no_file(unreleased, run):
    """Without claims there are no claims, attestations, omissions or pairs: no files, no resources, no configurations; and it validates."""
    event = next((unreleased / "data" / "events").glob("*.yaml"))
    text = event.read_text(encoding="utf-8")
    event.write_text(text[: text.index("claims:")], encoding="utf-8")
    outcome = run("build", "--root", unreleased)
    assert outcome.returncode == 0, outcome.stdout
    for name in ("claims", "attestations", "omissions"):
        assert not list((unreleased / "data" / "tables").glob(f"{name}.*"))
        assert name not in [
            r["name"] for r in json.loads((unreleased / "datapackage.json").read_text(encoding="utf-8"))["resources"]
        ]
    assert run("build", "--check", "--root", unreleased).returncode == 0


@pytest.fixture
def layout(package):
    return Layout(package)


def test_an_interrupted_switch_is_finished_by_the_next(layout, monkeypatch):
    """After dying at any replacement, the next command brings every file to its new state."""
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


def test_dying_before_the_journal_changes_nothing(layout, monkeypatch):
    """Whoever dies while staging leaves every file old, and the next command clears the stage."""
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


def test_a_damaged_journal_is_one_clear_error(layout):
    """A journal that cannot be read is no traceback."""
    layout.state_dir.mkdir()
    (layout.state_dir / "journal.json").write_text("{", encoding="utf-8")
    with pytest.raises(PackageError, match=r"journal\.json"), exclusive(layout):
        pass


def test_switch_deletes_and_reports_only_what_changed(layout):
    """None deletes; equal bytes are not a change."""
    same, gone = layout.root / "same", layout.root / "gone"
    same.write_bytes(b"1")
    gone.write_bytes(b"2")
    with exclusive(layout):
        assert switch(layout, {same: b"1", gone: None}) == [gone]
    assert not gone.exists()
