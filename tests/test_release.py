"""Releases: the required version, the files that a release writes, and releases that are refused."""

from __future__ import annotations

import json
import os
import re
import shutil

import pytest
import yaml

from readouts.core.layout import Layout
from readouts.core.switching import exclusive
from readouts.ledger.hashes import is_released
from readouts.ledger.reading import read_ledger
from readouts.ledger.release_status import next_version, release_status
from readouts.publication.build import write_derived
from readouts.releases.release import ReleaseRefused, release_contents
from tests.reading import table_rows
from tests.versioning import (
    EVENT,
    MFA,
    XINHUA,
    add_a_statement,
    correct_a_quotation,
    curation_of,
    edit,
    git,
    move_capture,
    release,
    validated,
)


def commit(package, version):
    git(package, "add", "-A")
    git(package, "commit", "-qm", version)
    git(package, "tag", f"v{version}")


def table(package, name):
    return {next(iter(row.values())): row for row in table_rows(name, package)}


def section(package, version):
    text = (package / "CHANGELOG.md").read_text(encoding="utf-8")
    return text.split(f"\n## [{version}]", 1)[1].split("\n## ", 1)[0]


def test_chain_of_releases(repository, run):
    """A correction, a new statement and a withdrawal lead from 1.0.0 to 2.0.0; smaller versions are refused, and changes are listed."""

    def command(*arguments):
        day = ("--date", "2026-12-01") if arguments[0] == "release" else ()
        return run(*arguments, *day, "--root", repository)

    assert table(repository, "statements")[f"{MFA}.s01"]["added_in"] == "1.0.0"

    correct_a_quotation(repository)
    command("build")
    assert "; changed since 1.0.0" in command("validate").stdout
    assert f"### Changed\n\n- statements (1): `{XINHUA}.s08`\n- 1 attestation\n" in section(
        repository, "Unreleased"
    )
    assert (
        "demands: patch\nchanged since 1.0.0 (patch): the next version is 1.0.1 or greater\n"
        in command("diff", "1.0.0").stdout
    )
    assert (
        "quote: will remain this way [removed: in the future]\n" in command("diff", "1.0.0").stdout
    )
    assert command("release", "1.0.1").returncode == 0
    commit(repository, "1.0.1")
    assert validated(repository)[1].release_status == "released 1.0.1"
    row = table(repository, "statements")[f"{XINHUA}.s08"]
    assert (row["added_in"], row["revised_in"]) == ("1.0.0", "1.0.1")

    add_a_statement(repository)
    assert "demands: minor\n" in command("diff", "v1.0.1").stdout
    outcome = command("release", "1.0.2")
    assert outcome.returncode == 1 and "1.0.2 is too small: the changes since 1.0.1 require a minor version, 1.1.0 or greater" in outcome.stdout  # fmt: skip
    assert command("release", "1.1.0").returncode == 0
    commit(repository, "1.1.0")
    row = table(repository, "statements")[f"{MFA}.s10"]
    assert (row["added_in"], row["revised_in"]) == ("1.1.0", None)
    assert f"### Added\n\n- statements (1): `{MFA}.s10`" in section(repository, "1.1.0")

    assert (
        command(
            "withdraw", f"{MFA}.s10", "--reason", "It tells who met, not what was said."
        ).returncode
        == 0
    )
    assert validated(repository)[1].release_status == "changed since 1.1.0"
    outcome = command("release", "1.2.0")
    assert (
        outcome.returncode == 1
        and f"require a major version, 2.0.0 or greater (`{EVENT}.c90` is withdrawn, and 1 more)"
        in outcome.stdout
    )
    assert command("release", "2.0.0").returncode == 0
    commit(repository, "2.0.0")
    entry = read_ledger(Layout(repository)).entries["statements", f"{MFA}.s10"]
    assert (entry["added_in"], entry["withdrawn_in"]) == ("1.1.0", "2.0.0")
    assert (
        f"### Removed\n\n- statements: `{MFA}.s10` (It tells who met, not what was said.)"
        in section(repository, "2.0.0")
    )
    assert f"  - {MFA}.s10  “On local time" in command("diff", "1.1.0").stdout
    assert "nothing differs" in command("diff", "2.0.0").stdout

    ledger = read_ledger(Layout(repository))
    assert [entry["record_id"] for entry in ledger.releases] == ["1.0.0", "1.0.1", "1.1.0", "2.0.0"]
    assert command("build", "--check").returncode == 0

    add_a_statement(repository)
    outcome = command("validate")
    line = (
        curation_of(repository).read_text(encoding="utf-8").split("  - id: s10")[0].count("\n") + 1
    )
    assert outcome.returncode == 1 and outcome.stdout.count("released_ids_kept") == 2
    assert f"data/sources/{MFA}/curation.yaml:{line}: released_ids_kept [{MFA}.s10]: `{MFA}.s10` was withdrawn in 2.0.0 but is used again" in outcome.stdout  # fmt: skip


def test_release_is_recorded_in_every_file(repository):
    """Descriptor, citation, README, card and change log have version and date, and every record has its version."""
    assert (
        json.loads((repository / "datapackage.json").read_text(encoding="utf-8"))["version"]
        == "1.0.0"
    )
    assert json.loads((repository / "datapackage.json").read_text(encoding="utf-8"))[
        "created"
    ].startswith("2026-11-22")
    cited = yaml.load((repository / "CITATION.cff").read_text(encoding="utf-8"), yaml.BaseLoader)
    assert (cited["version"], cited["date-released"]) == ("1.0.0", "2026-11-22")
    for path in (repository / "README.md", Layout(repository).card):
        assert "Version 1.0.0: 18 statements" in path.read_text(encoding="utf-8")
    assert section(repository, "1.0.0").startswith(" - 2026-11-22\n\n### Added\n\n- sources (2): ")
    assert (
        section(repository, "Unreleased").strip().splitlines()[1]
        == "Nothing has changed since 1.0.0."
    )
    for name in ("statements", "sources", "agents", "offices", "events", "claims", "participants"):
        assert {row["added_in"] for row in table(repository, name).values()} == {"1.0.0"}


def test_released_state_follows_from_the_tables(repository):
    """The state is released if the tables equal the ledger, whatever commit is checked out and whatever else changed."""
    shutil.rmtree(repository / ".git")
    with (repository / "README.md").open("a", encoding="utf-8") as stream:
        stream.write("\nMore words.\n")
    _, outcome, ledger = validated(repository)
    assert (
        is_released(outcome.rows.tables, outcome.tables, ledger)
        and outcome.release_status == "released 1.0.0"
    )
    add_a_statement(repository)
    _, outcome, ledger = validated(repository)
    assert (
        not is_released(outcome.rows.tables, outcome.tables, ledger)
        and outcome.release_status == "changed since 1.0.0"
    )


@pytest.mark.parametrize(
    ("version", "day", "message"),
    [
        ("1.0.0", "2026-12-01", "1.0.0 was already released"),
        ("0.9.0", "2026-12-01", "0.9.0 is not greater than the newest version, 1.0.0"),
        ("1.0.1", "2026-12-01", "1.0.1 is too small"),
        ("1.0", "2026-12-01", "“1.0” is not a version"),
        ("v1.1.0", "2026-12-01", "is not a version"),
        ("1.1.0", "2026-11-21", "2026-11-21 is before the newest release, 1.0.0 of 2026-11-22"),
        ("1.1.0", "2026-02-30", "“2026-02-30” is not a date"),
        ("1.1.0", "20261201", "“20261201” is not a date"),
    ],
)
def test_invalid_releases_are_refused(repository, version, day, message):
    """An invalid, used or too small version and an invalid or earlier date are refused; nothing is written."""
    add_a_statement(repository)
    git(repository, "add", "-A")
    with pytest.raises(ReleaseRefused, match=re.escape(message)):
        release(repository, version, day)
    assert not git(repository, "diff", "--name-only")


def test_release_without_changes_is_refused(repository):
    """Without a change of the data every version is refused."""
    for version in ("1.0.1", "2.0.0"):
        with pytest.raises(ReleaseRefused, match=r"nothing has changed since 1\.0\.0"):
            release(repository, version)


def test_greater_version_than_required_is_allowed(repository):
    correct_a_quotation(repository)
    release(repository, "3.0.0")
    assert validated(repository)[1].release_status == "released 3.0.0"


def test_invalid_data_is_not_released(repository, run):
    """The finding is shown, and nothing is written."""
    edit(curation_of(repository, XINHUA), "cue: added", "cue: adde")
    before = git(repository, "status", "--short")
    outcome = run("release", "1.1.0", "--root", repository)
    assert (
        outcome.returncode == 1
        and "part_in_quote" in outcome.stdout
        and "refused: the data is invalid" in outcome.stdout
    )
    assert git(repository, "status", "--short") == before


def test_unchecked_data_is_not_released(repository, run, tmp_path):
    """If a capture is missing, its statements cannot be checked and nothing is released."""
    move_capture(repository, XINHUA, tmp_path / "captures")
    outcome = run("release", "2.0.0", "--root", repository)
    assert outcome.returncode == 1 and "9 statement(s) could not be checked" in outcome.stdout


def test_interrupted_release_is_all_or_nothing(repository, monkeypatch):
    """If a release is interrupted at any file, the next command finds either every file unchanged or the complete release."""
    add_a_statement(repository)
    layout, outcome, ledger = validated(repository)
    contents = release_contents(layout, outcome.tables, outcome.rows, ledger, "1.1.0", "2026-12-01")
    before = {path: path.read_bytes() if path.exists() else None for path in contents}
    after = {path: contents[path] for path in contents}
    assert {
        layout.ledger,
        layout.changelog,
        layout.citation,
        layout.descriptor,
        layout.card,
    } <= contents.keys()
    real, found = os.replace, []
    for fatal in (1, 2, 3, 11, 1000):
        with exclusive(layout):
            write_derived(layout, before)
        calls = []

        def dying(source, target, calls=calls, fatal=fatal):
            calls.append(target)
            if len(calls) == fatal:
                raise KeyboardInterrupt
            real(source, target)

        monkeypatch.setattr(os, "replace", dying)
        try:
            with exclusive(layout):
                write_derived(layout, contents)
        except KeyboardInterrupt:
            pass
        monkeypatch.undo()
        with exclusive(layout):
            state = {path: path.read_bytes() if path.exists() else None for path in contents}
        assert state in (before, after)
        found.append(state == after)
    assert found == [False, True, True, True, True] and 11 < len(calls) < 1000


def test_dependent_rows_are_revised_with_their_record(repository):
    """A corrected event name revises the event and every statement that copies it, and requires a patch."""
    edit(
        repository / "data" / "events" / f"{EVENT}.yaml",
        "  name: Seventh Dialogue",
        "  name: The Seventh Dialogue",
    )
    _, outcome, ledger = validated(repository)
    found = release_status(outcome.rows.tables, outcome.tables, ledger)
    assert found.level == "patch" and ("events", EVENT) in found.revised
    assert sum(name == "statements" for name, _ in found.revised) == 18


def test_removed_participant_can_be_restored(repository):
    """A restored record without an id keeps the version in which it was first added."""
    event = repository / "data" / "events" / f"{EVENT}.yaml"
    whole = event.read_text(encoding="utf-8")
    edit(event, "  - agent: celac\n    role: participant\n", "  - agent: celac\n    role: host\n")
    release(repository, "1.1.0")
    key = ("participants", f"{EVENT}/celac/participant")
    assert read_ledger(Layout(repository)).entries[key]["withdrawn_in"] == "1.1.0"
    event.write_text(whole, encoding="utf-8")
    with pytest.raises(ReleaseRefused, match="require a minor version"):
        release(repository, "1.1.1")
    release(repository, "1.2.0")
    entry = read_ledger(Layout(repository)).entries[key]
    assert (entry["added_in"], entry["revised_in"], entry["withdrawn_in"]) == (
        "1.0.0",
        "1.2.0",
        None,
    )


def test_new_column_requires_a_major_version(repository):
    """The ledger has the columns; an added one requires a major version and is listed in the change log."""
    path = repository / "schema" / "tables" / "agents.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    schema["properties"]["motto"] = {
        "type": ["string", "null"],
        "description": "Motto.",
        "examples": ["Ad astra."],
    }
    schema["required"].append("motto")
    path.write_text(json.dumps(schema, indent=2), encoding="utf-8")
    with pytest.raises(
        ReleaseRefused, match=r"require a major version, 2\.0\.0 or greater \(column `agents"
    ):
        release(repository, "1.1.0")
    release(repository, "2.0.0")
    assert "- Columns: `agents.motto`" in section(repository, "2.0.0")
    assert {row["added_in"] for row in table(repository, "agents").values()} == {"1.0.0"}
    assert validated(repository)[1].release_status == "released 2.0.0"


def test_additional_term_requires_a_minor_version(repository):
    for path in (
        (repository / "schema" / "tables" / "events.schema.json"),
        (repository / "schema" / "curation" / "event.schema.json"),
    ):
        edit(path, '"signing"\n', '"signing",\n        "toast"\n')
    with pytest.raises(ReleaseRefused, match=r"require a minor version"):
        release(repository, "1.0.1")
    release(repository, "1.1.0")
    assert "- Further terms: `events.type`" in section(repository, "1.1.0")


@pytest.mark.parametrize(
    ("version", "level", "wanted"),
    [("1.2.3", "patch", "1.2.4"), ("1.2.3", "minor", "1.3.0"), ("1.2.3", "major", "2.0.0"), ("1.2.3", "none", "1.2.3"), ("0.0.0", "minor", "0.1.0")],
)  # fmt: skip
def test_next_version(version, level, wanted):
    """Semantic Versioning 2.0.0, items 6 to 8."""
    assert next_version(version, level) == wanted
