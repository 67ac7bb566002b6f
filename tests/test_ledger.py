"""The ledger: its format, and what counts as a change of a record."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from readouts.core.findings import PackageError
from readouts.core.layout import Layout
from readouts.ledger.hashes import record_hash
from readouts.ledger.ledger import Ledger, bytes_from_ledger, parse_version, stamp
from readouts.ledger.reading import read_ledger
from tests.reading import read_jsonl


@pytest.fixture
def package(released_repository, tmp_path) -> Path:
    """A folder with the ledger of a released package, to change."""
    (tmp_path / "data").mkdir()
    shutil.copy2(Layout(released_repository).ledger, tmp_path / "data")
    return tmp_path


def edited(package, change) -> Layout:
    """Change the ledger's lines, given as objects."""
    layout = Layout(package)
    lines = read_jsonl(layout.ledger)
    change(lines)
    text = "".join(
        json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines
    )
    layout.ledger.write_text(text, encoding="utf-8")
    return layout


def of(lines, record):
    return next(
        line for line in lines if line["record_id"] == record and line["table"] == "statements"
    )


S01 = "mfa-2019-09-26-celac-quartet.s01"


def test_released_ledger_is_read_and_written_back(package):
    """The ledger that `release` writes is read, and writing it gives the same bytes."""
    layout = Layout(package)
    ledger = read_ledger(layout)
    assert ledger.version == "1.0.0" and ledger.released_on == "2026-11-22"
    assert bytes_from_ledger(ledger) == layout.ledger.read_bytes()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda lines: of(lines, S01).update(sha256="0" * 63), "sha256 is not a hash"),
        (lambda lines: of(lines, S01).update(sha256=None), "sha256 is not a hash"),
        (lambda lines: of(lines, S01).update(sha256="0" * 64), "do not match release 1.0.0"),
        (lambda lines: lines.remove(of(lines, S01)), "do not match release 1.0.0"),
        (lambda lines: of(lines, S01).update(table="quotes"), "unknown table quotes"),
        (lambda lines: of(lines, S01).update(record_id=""), "record_id is missing"),
        (lambda lines: of(lines, S01).update(added_in=None), "added_in is missing"),
        (lambda lines: of(lines, S01).update(added_in="1.0"), "never released"),
        (lambda lines: of(lines, S01).update(revised_in="3.0.0"), "revised_in is 3.0.0, which was never released"),
        (lambda lines: of(lines, S01).update(withdrawn_in="1.0.0"), "withdrawn without a reason"),
        (lambda lines: of(lines, S01).update(reason=" "), "reason is empty"),
        (lambda lines: of(lines, S01).update(released_on="2026-11-22"), "only a release has a date"),
        (lambda lines: of(lines, S01).update(added_in=1), "neither text nor null"),
        (lambda lines: of(lines, S01).pop("reason"), "its keys are not the keys"),
        (lambda lines: lines.append(dict(of(lines, S01))), f"repeats statements {S01}"),
        (lambda lines: lines[0].update(released_on="2026-13-01"), "the release has no date"),
        (lambda lines: lines[0].update(released_on="20261122"), "is not YYYY-MM-DD"),
        (lambda lines: lines[0].update(record_id="1.0", added_in="1.0"), "is not a version"),
        (lambda lines: lines[0].update(revised_in="1.0.0"), "added in its own version and have no other"),
        (lambda lines: lines.pop(0), "added_in is 1.0.0, which was never released"),
        (lambda lines: lines.insert(1, lines[0] | {"record_id": "0.9.0", "added_in": "0.9.0", "released_on": "2026-12-01"}), "1.0.0 is released before 0.9.0"),
        (lambda lines: (lines.insert(1, lines[0] | {"record_id": "0.9.0", "added_in": "0.9.0"}), of(lines, S01).update(revised_in="0.9.0")), "earlier than the version before"),
    ],
)  # fmt: skip
def test_damaged_ledger_is_refused(package, change, message):
    """The error names the file and the problem, and says to restore it from git."""
    with pytest.raises(PackageError) as caught:
        read_ledger(edited(package, change))
    assert message in str(caught.value)
    assert "data/released.jsonl" in str(caught.value) and "restore the file from git" in str(
        caught.value
    )


@pytest.mark.parametrize(
    "line",
    ["", "{", "[]", "<<<<<<< HEAD", pytest.param("[" * 100_000, id="nested"), '{"table": NaN}'],
)
def test_invalid_ledger_line_is_reported(package, line):
    """A blank line, a merge conflict and invalid JSON are reported with the line number."""
    layout = Layout(package)
    text = layout.ledger.read_text(encoding="utf-8")
    head, rest = text.split("\n", 1)
    layout.ledger.write_text(f"{head}\n{line}\n{rest}", encoding="utf-8")
    with pytest.raises(PackageError, match=r"data/released\.jsonl, line 2 is damaged"):
        read_ledger(layout)


def test_damaged_ledger_stops_every_command(repository, run):
    """The commands exit with 2 and one line."""
    Layout(repository).ledger.write_bytes(b"\xff\n")
    for command in (
        ("validate",),
        ("build",),
        ("diff", "HEAD"),
        ("release", "2.0.0"),
        ("withdraw", "x", "--reason", "y"),
    ):
        outcome = run(*command, "--root", repository)
        assert outcome.returncode == 2
        assert (
            outcome.stderr.startswith("readouts: data/released.jsonl cannot be read")
            and outcome.stderr.count("\n") == 1
        )


def test_missing_ledger_stops_commands_that_need_it(repository, run):
    """If the change log has a release, a missing ledger is an error; otherwise the package is unreleased."""
    Layout(repository).ledger.unlink()
    for command in ("validate", "build"):
        outcome = run(command, "--root", repository)
        assert outcome.returncode == 2 and outcome.stderr.count("\n") == 1
        assert (
            "data/released.jsonl is missing" in outcome.stderr
            and "restore it from git" in outcome.stderr
        )
    (repository / "CHANGELOG.md").unlink()
    assert run("build", "--root", repository).returncode == 0
    assert run("validate", "--root", repository).returncode == 0


def test_stamps_and_nulls_do_not_change_a_record():
    """A record's hash does not depend on its stamps, the order of keys and null columns, but on all other values."""
    row = {"statement_id": "a.s01", "text": "x", "added_in": None}
    assert record_hash(row) == record_hash(
        {"added_in": "1.0.0", "cue": None, "text": "x", "statement_id": "a.s01"}
    )
    assert record_hash(row) != record_hash({**row, "text": "y"})
    assert record_hash(row) != record_hash({**row, "cue": "x"})


def test_rows_get_their_stamps_from_the_ledger(released_repository):
    """added_in and revised_in come from the record's line; they are null for unreleased records."""
    from readouts.core.definitions import read_tables

    layout = Layout(released_repository)
    tables, ledger = read_tables(layout), read_ledger(layout)
    ledger.entries["statements", S01]["revised_in"] = "1.0.0"
    rows = {"statements": [{"statement_id": S01}, {"statement_id": "new.s01"}]}
    stamp(rows, tables, ledger)
    assert rows["statements"] == [
        {"statement_id": S01, "added_in": "1.0.0", "revised_in": "1.0.0"},
        {"statement_id": "new.s01", "added_in": None, "revised_in": None},
    ]


def test_marking_ignores_unreleased_records(package):
    """Marking sets the reason of a released record; unknown and withdrawn records keep their lines."""
    ledger = read_ledger(Layout(package))
    key = ("statements", S01)
    marked = ledger.marked([key, ("statements", "new.s01")], "an error")
    assert marked.is_pending(key) and not ledger.is_pending(key)
    assert marked.entries.keys() == ledger.entries.keys()
    withdrawn = Ledger({key: {**ledger.entries[key], "withdrawn_in": "1.0.0", "reason": "before"}})
    assert withdrawn.marked([key], "again").entries[key]["reason"] == "before"


@pytest.mark.parametrize(
    "text", ["1", "1.0", "v1.0.0", "01.0.0", "1.0.0\n", "1.0.0-rc1", "", "１.0.0"]
)
def test_invalid_version_is_refused(text):
    """A version is three numbers."""
    with pytest.raises(ValueError, match="not a version"):
        parse_version(text)


def test_ledger_is_read_alike_with_and_without_json_parsing(package):
    """Lines as `release` writes them are read without a JSON parser, with the same result as lines with spaces or escapes."""
    layout = Layout(package)
    ledger = read_ledger(layout)
    lines = layout.ledger.read_text(encoding="utf-8").splitlines()
    assert list(ledger.entries.values()) == [json.loads(line) for line in lines]
    layout.ledger.write_text(
        "\n".join(line.replace('":"', '": "').replace("mfa-", "\\u006dfa-") for line in lines),
        encoding="utf-8",
    )
    assert read_ledger(layout) == ledger


def test_ledger_is_read_for_one_source(package):
    """For a source, the lines of it, of agents and of columns are read, without checking the hash of the release."""
    layout = edited(
        package,
        lambda lines: of(lines, "xinhua-2019-09-27-celac-quartet.s01").update(sha256="0" * 64),
    )
    with pytest.raises(PackageError, match="do not match release"):
        read_ledger(layout)
    entries = read_ledger(layout, {"mfa-2019-09-26-celac-quartet"}).entries
    whole = read_jsonl(layout.ledger)
    owned = {"releases", "columns", "agents", "offices"}
    wanted = {
        (e["table"], e["record_id"])
        for e in whole
        if e["table"] in owned or e["record_id"].startswith("mfa-2019")
    }
    assert (
        set(entries) == wanted and ("agents", "mfa-prc") in wanted and ("statements", S01) in wanted
    )
