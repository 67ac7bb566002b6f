"""Releases: which version a state demands, what a release writes, and what is refused."""

from __future__ import annotations

import json
import os
import re
import shutil

import pytest
import yaml
from conftest import git

from readouts.build import write_derived
from readouts.curation.files import read_curation
from readouts.layout import Layout
from readouts.releases.release import ReleaseRefused, release_contents
from readouts.switching import exclusive
from readouts.tables.ledger import is_released, read_ledger
from readouts.tables.standing import next_version, standing
from readouts.validation import judge

MFA, XINHUA = "mfa-2019-09-26-celac-quartet", "xinhua-2019-09-27-celac-quartet"
EVENT = "2019-09-26-china-celac-quartet"
NARRATION = re.compile(r"  - (quote: >-\n      On September 26, 2019(?:.*\n)+?)    reason: narration\n")


def curation_of(package, source=MFA):
    return package / "data" / "sources" / source / "curation.yaml"


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")


def correct_a_quotation(package):
    """Another label of one statement: its content, segments and attribution change."""
    edit(curation_of(package, XINHUA), "    context:\n      - that\n    mode: indirect\n    speech_act: expressive", "    mode: indirect\n    speech_act: expressive")  # fmt: skip


def add_a_statement(package):
    """What was excluded as narration becomes the statement s10."""
    path = curation_of(package)
    text = path.read_text(encoding="utf-8")
    statement = (
        f"  - id: s10\n    {NARRATION.search(text)[1]}    speaker: wang-yi\n    label: State Councilor and Foreign Minister Wang Yi\n"
        "    title: State Councilor and Foreign Minister\n    date: 2019-09-26\n    date_basis: stated\n"
        "    date_expression: September 26, 2019\n    cue: chaired\n    mode: reported\n"
    )
    path.write_text(NARRATION.sub("", text).replace("exclusions:\n", f"{statement}exclusions:\n"), encoding="utf-8")


def judged(package):
    layout = Layout(package)
    outcome = judge(layout, read_curation(layout))
    assert not outcome.failed, outcome.findings
    return layout, outcome, read_ledger(layout)


def release(package, version, day="2026-12-01"):
    """Release in this process; everything is written."""
    layout, outcome, ledger = judged(package)
    with exclusive(layout):
        return write_derived(layout, release_contents(layout, outcome.tables, outcome.rows, ledger, version, day))


def commit(package, version):
    git(package, "add", "-A")
    git(package, "commit", "-qm", version)
    git(package, "tag", f"v{version}")


def table(package, name):
    return {
        next(iter(row.values())): row
        for row in map(json.loads, (package / "data" / "tables" / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")[:-1])
    }  # fmt: skip


def section(package, version):
    text = (package / "CHANGELOG.md").read_text(encoding="utf-8")
    return text.split(f"\n## [{version}]", 1)[1].split("\n## ", 1)[0]


def test_a_chain_of_releases(released, run):
    """From 1.0.0 over a correction, a new statement and a withdrawal to 2.0.0: every release refuses less, and says what it changed."""

    def command(*arguments):
        outcome = run(*arguments, "--root", released, "--date", "2026-12-01") if arguments[0] == "release" else run(*arguments, "--root", released)  # fmt: skip
        assert "Traceback" not in outcome.stderr
        return outcome

    assert "; released 1.0.0" in command("validate").stdout
    assert table(released, "statements")[f"{MFA}.s01"]["added_in"] == "1.0.0"

    correct_a_quotation(released)
    command("build")
    assert "; changed since 1.0.0" in command("validate").stdout
    assert "1 attributions" not in section(released, "Unreleased")
    assert f"- statements (1): `{XINHUA}.s08`" in section(released, "Unreleased")
    assert (
        "demands: patch\nchanged since 1.0.0 (patch): the next version is 1.0.1 or greater\n"
        in command("diff", "1.0.0").stdout
    )
    assert "text: {+that +}China is happy to see" in command("diff", "1.0.0").stdout
    assert command("release", "1.0.1").returncode == 0
    commit(released, "1.0.1")
    assert "; released 1.0.1" in command("validate").stdout
    row = table(released, "statements")[f"{XINHUA}.s08"]
    assert (row["added_in"], row["revised_in"]) == ("1.0.0", "1.0.1")

    add_a_statement(released)
    assert "demands: minor\n" in command("diff", "v1.0.1").stdout
    outcome = command("release", "1.0.2")
    assert outcome.returncode == 1 and "1.0.2 is too small: what changed since 1.0.1 demands a minor version, 1.1.0 or greater" in outcome.stdout  # fmt: skip
    assert command("release", "1.1.0").returncode == 0
    commit(released, "1.1.0")
    row = table(released, "statements")[f"{MFA}.s10"]
    assert (row["added_in"], row["revised_in"]) == ("1.1.0", None)
    assert f"### Added\n\n- statements (1): `{MFA}.s10`" in section(released, "1.1.0")

    assert command("withdraw", f"{MFA}.s10", "--reason", "It tells who met, not what was said.").returncode == 0
    assert "; changed since 1.1.0" in command("validate").stdout
    outcome = command("release", "1.2.0")
    assert (
        outcome.returncode == 1
        and f"demands a major version, 2.0.0 or greater (`{MFA}.s10` is withdrawn)" in outcome.stdout
    )
    assert command("release", "2.0.0").returncode == 0
    commit(released, "2.0.0")
    entry = read_ledger(Layout(released)).entries["statements", f"{MFA}.s10"]
    assert (entry["added_in"], entry["withdrawn_in"]) == ("1.1.0", "2.0.0")
    assert f"### Removed\n\n- statements: `{MFA}.s10` (It tells who met, not what was said.)" in section(
        released, "2.0.0"
    )
    assert f"  - {MFA}.s10  “On local time" in command("diff", "1.1.0").stdout
    assert "nothing differs" in command("diff", "2.0.0").stdout

    ledger = read_ledger(Layout(released))
    assert [entry["record_id"] for entry in ledger.releases] == ["1.0.0", "1.0.1", "1.1.0", "2.0.0"]
    assert command("build", "--check").returncode == 0

    add_a_statement(released)
    outcome = command("validate")
    line = curation_of(released).read_text(encoding="utf-8").split("  - id: s10")[0].count("\n") + 1
    assert outcome.returncode == 1 and outcome.stdout.count("released_ids_kept") == 1
    assert f"data/sources/{MFA}/curation.yaml:{line}: released_ids_kept [{MFA}.s10]: `{MFA}.s10` was withdrawn in 2.0.0 and is used again" in outcome.stdout  # fmt: skip


def test_the_first_release_says_so_everywhere(released):
    """Version and day stand in ledger, descriptor, citation, card and change log, and every identified record has its version."""
    assert json.loads((released / "datapackage.json").read_text(encoding="utf-8"))["version"] == "1.0.0"
    assert json.loads((released / "datapackage.json").read_text(encoding="utf-8"))["created"].startswith("2026-11-22")
    cited = yaml.load((released / "CITATION.cff").read_text(encoding="utf-8"), yaml.BaseLoader)
    assert (cited["version"], cited["date-released"]) == ("1.0.0", "2026-11-22")
    assert "Version 1.0.0: 18 statements" in (released / "README.md").read_text(encoding="utf-8")
    assert section(released, "1.0.0").startswith(" - 2026-11-22\n\n### Added\n\n- sources (2): ")
    assert section(released, "Unreleased").strip().splitlines()[1] == "Nothing has changed since 1.0.0."
    for name in ("statements", "sources", "agents", "offices", "events", "claims", "participants"):
        assert {row["added_in"] for row in table(released, name).values()} == {"1.0.0"}


def test_released_is_what_the_tables_are(released):
    """The state is released when the tables equal the ledger, whatever commit is checked out and whatever else changed."""
    shutil.rmtree(released / ".git")
    with (released / "README.md").open("a", encoding="utf-8") as stream:
        stream.write("\nMore words.\n")
    _, outcome, ledger = judged(released)
    assert is_released(outcome.rows.tables, outcome.tables, ledger) and outcome.standing == "released 1.0.0"
    add_a_statement(released)
    _, outcome, ledger = judged(released)
    assert not is_released(outcome.rows.tables, outcome.tables, ledger) and outcome.standing == "changed since 1.0.0"


@pytest.mark.parametrize(
    ("version", "day", "told"),
    [
        ("1.0.0", "2026-12-01", "1.0.0 is released already"),
        ("0.9.0", "2026-12-01", "0.9.0 is not greater than the newest release, 1.0.0"),
        ("1.0.1", "2026-12-01", "1.0.1 is too small"),
        ("1.0", "2026-12-01", "“1.0” is no version"),
        ("v1.1.0", "2026-12-01", "is no version"),
        ("1.1.0", "2026-11-21", "2026-11-21 is before the newest release, 1.0.0 of 2026-11-22"),
        ("1.1.0", "2026-02-30", "“2026-02-30” is no day"),
        ("1.1.0", "20261201", "“20261201” is no day"),
    ],
)
def test_what_may_not_be_released_is_refused(released, version, day, told):
    """A version that is no version, too small, used, or before another, and a day that is none, are refused; nothing is written."""
    add_a_statement(released)
    git(released, "add", "-A")
    with pytest.raises(ReleaseRefused, match=told.replace(".", r"\.")):
        release(released, version, day)
    assert not git(released, "diff", "--name-only")


def test_nothing_new_is_no_release(released):
    """Without a change of the data there is nothing to release, whatever version is named."""
    for version in ("1.0.1", "2.0.0"):
        with pytest.raises(ReleaseRefused, match=r"nothing has changed since 1\.0\.0"):
            release(released, version)


def test_a_greater_version_than_needed_may_be_made(released):
    """The version may be greater than what the change demands."""
    correct_a_quotation(released)
    release(released, "3.0.0")
    assert judged(released)[1].standing == "released 3.0.0"


def test_what_is_not_valid_is_not_released(released, run):
    """With a finding the release is refused, the finding shown, and nothing written."""
    edit(curation_of(released, XINHUA), "cue: added", "cue: adde")
    before = git(released, "status", "--short")
    outcome = run("release", "1.1.0", "--root", released)
    assert (
        outcome.returncode == 1
        and "part_in_quote" in outcome.stdout
        and "refused: the data is not valid" in outcome.stdout
    )
    assert git(released, "status", "--short") == before


def test_what_was_not_checked_is_not_released(released, run, tmp_path):
    """Where a capture lies elsewhere and is not here, its statements cannot be checked and nothing is released."""
    (tmp_path / "captures").mkdir()
    shutil.move(curation_of(released, XINHUA).parent / "source.txt", tmp_path / "captures" / "source.txt")
    edit(
        curation_of(released, XINHUA),
        "  redistribution: quotation\n",
        "  redistribution: quotation\n  capture: outside\n",
    )
    outcome = run("release", "2.0.0", "--root", released)
    assert outcome.returncode == 1 and "9 statement(s) could not be checked" in outcome.stdout


def test_an_interrupted_release_is_all_or_nothing(released, monkeypatch):
    """Dying at any replacement of a file leaves, from the next command on, either every file as it was or the whole release."""
    add_a_statement(released)
    layout, outcome, ledger = judged(released)
    contents = release_contents(layout, outcome.tables, outcome.rows, ledger, "1.1.0", "2026-12-01")
    before = {path: path.read_bytes() if path.exists() else None for path in contents}
    after = {path: contents[path] for path in contents}
    assert {layout.ledger, layout.changelog, layout.citation, layout.descriptor, layout.readme} <= contents.keys()
    real, found = os.replace, []
    for fatal in range(1, 100):
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
        if len(calls) < fatal:
            break
    assert found[0] is False and found.count(False) == 1 and len(found) > 10


def test_what_belongs_to_others_is_revised_with_them(released):
    """A corrected name is a revision of the event and of every statement that copies it, and a patch."""
    edit(released / "data" / "events" / f"{EVENT}.yaml", "  name: Seventh Dialogue", "  name: The Seventh Dialogue")
    _, outcome, ledger = judged(released)
    found = standing(outcome.rows.tables, outcome.tables, ledger)
    assert found.level == "patch" and ("events", EVENT) in found.revised
    assert sum(name == "statements" for name, _ in found.revised) == 18


def test_an_attestation_taken_back_and_restored(released):
    """A record without an id may come back: it keeps the version in which it was added first."""
    event = released / "data" / "events" / f"{EVENT}.yaml"
    whole = event.read_text(encoding="utf-8")
    attestation = f"      - statement: {MFA}.s09\n        relation: equivalent\n        quote: is happy to see Latin American countries develop relations with any other country\n"
    edit(event, attestation, "")
    release(released, "1.0.1")
    key = next(
        key
        for key in read_ledger(Layout(released)).entries
        if key[0] == "attestations" and key[1].endswith(f"c25/{MFA}.s09")
    )
    assert read_ledger(Layout(released)).entries[key]["withdrawn_in"] == "1.0.1"
    event.write_text(whole, encoding="utf-8")
    release(released, "1.1.0")
    entry = read_ledger(Layout(released)).entries[key]
    assert (entry["added_in"], entry["revised_in"], entry["withdrawn_in"]) == ("1.0.0", "1.1.0", None)


def test_a_column_that_changes_demands_a_major_version(released):
    """The ledger keeps the columns: one that is added, or whose null is no longer allowed, demands a major version and is named."""
    path = released / "schema" / "tables" / "agents.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    schema["properties"]["motto"] = {"type": ["string", "null"], "description": "Motto.", "examples": ["Ad astra."]}
    schema["required"].append("motto")
    path.write_text(json.dumps(schema, indent=2), encoding="utf-8")
    with pytest.raises(ReleaseRefused, match=r"demands a major version, 2\.0\.0 or greater \(column `agents"):
        release(released, "1.1.0")
    release(released, "2.0.0")
    assert "- Columns: `agents.motto`" in section(released, "2.0.0")
    assert {row["added_in"] for row in table(released, "agents").values()} == {"1.0.0"}
    assert judged(released)[1].standing == "released 2.0.0"


def test_a_further_term_demands_a_minor_version(released):
    """A term at the end of a list breaks nobody."""
    for path in (
        (released / "schema" / "tables" / "events.schema.json"),
        (released / "schema" / "curation" / "event.schema.json"),
    ):
        edit(path, '"signing"\n', '"signing",\n        "toast"\n')
    with pytest.raises(ReleaseRefused, match=r"demands a minor version"):
        release(released, "1.0.1")
    release(released, "1.1.0")
    assert "- Further terms: `events.type`" in section(released, "1.1.0")


@pytest.mark.parametrize(
    ("version", "level", "wanted"),
    [("1.2.3", "patch", "1.2.4"), ("1.2.3", "minor", "1.3.0"), ("1.2.3", "major", "2.0.0"), ("1.2.3", "none", "1.2.3"), ("0.0.0", "minor", "0.1.0")],
)  # fmt: skip
def test_next_version(version, level, wanted):
    """Semantic Versioning 2.0.0, items 6 to 8."""
    assert next_version(version, level) == wanted
