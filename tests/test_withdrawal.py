"""Withdrawal of released records, and findings on ids that are missing or used again."""

from __future__ import annotations

import hashlib
import shutil

import pytest

from readouts.compile.compilation import compile_package
from readouts.core.definitions import read_tables
from readouts.core.findings import Finding
from readouts.core.layout import Layout
from readouts.core.switching import exclusive, switch
from readouts.curation.reading import read_curation
from readouts.ledger.reading import read_ledger
from readouts.releases.withdrawal import WithdrawalRefused, plan_withdrawal
from readouts.validation.validate import validate_curation
from tests.reading import table_rows
from tests.versioning import (
    EVENT,
    MFA,
    XINHUA,
    add_a_statement,
    curation_of,
    edit,
    move_capture,
    release,
    validated,
)


def withdraw(package, *identifiers, reason="an error", excluded_as="narration"):
    layout = Layout(package)
    curation, tables = read_curation(layout), read_tables(layout)
    rows = compile_package(layout, curation, tables)
    with exclusive(layout):
        plan = plan_withdrawal(
            layout,
            curation,
            rows,
            tables,
            read_ledger(layout),
            list(identifiers),
            reason,
            excluded_as,
        )
        switch(layout, plan.contents)
    return plan


def attested_alone(package, statement=f"{MFA}.s09"):
    """Return the claims that only this statement attests."""
    attesting = {}
    for row in table_rows("attestations", package):
        attesting.setdefault(row["claim_id"], set()).add(row["statement_id"])
    return sorted(claim for claim, statements in attesting.items() if statements == {statement})


def findings(package) -> list[Finding]:
    layout = Layout(package)
    return validate_curation(layout, read_curation(layout)).findings


def lost(package) -> list[Finding]:
    return [finding for finding in findings(package) if finding.code == "released_ids_kept"]


def event_of(package):
    return package / "data" / "events" / f"{EVENT}.yaml"


def entry(package, table, record):
    return read_ledger(Layout(package)).entries[table, record]


def test_withdrawn_statement_becomes_an_exclusion(repository):
    """Its words are excluded, its attestations and the claims that only it attests are removed, and the data stays valid."""
    path = curation_of(repository)
    edit(path, "  - id: s09\n", "  # said last\n  - id: s09\n")
    plan = withdraw(repository, f"{MFA}.s09", reason="it is  an error", excluded_as="boilerplate")
    alone = attested_alone(repository)
    assert alone and plan.dependents == [("claims", claim) for claim in alone]
    assert not findings(repository)
    text = path.read_text(encoding="utf-8")
    assert (
        "s09" not in text
        and "  # said last\n" in text
        and text.startswith("# yaml-language-server")
    )
    assert text.endswith(
        "enlarge the area of interests to achieve win-win and multi-win results.\n    reason: boilerplate\n"
    )
    assert f"{MFA}.s09" not in event_of(repository).read_text(encoding="utf-8")
    assert entry(repository, "statements", f"{MFA}.s09")["reason"] == "it is an error"
    assert (
        entry(repository, "claims", alone[0])["reason"]
        == f"withdrawn with {MFA}.s09: it is an error"
    )
    assert entry(repository, "statements", f"{MFA}.s09")["withdrawn_in"] is None
    release(repository, "2.0.0")
    assert entry(repository, "statements", f"{MFA}.s09")["withdrawn_in"] == "2.0.0"


def test_other_lines_of_the_files_do_not_change(repository):
    path = event_of(repository)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes().split(b"\n")
    withdraw(repository, f"{MFA}.s09")
    after = path.read_bytes().split(b"\n")
    assert all(line.endswith(b"\r") for line in after[:-1])
    lines = iter(before)
    assert all(line in lines for line in after), (
        "the remaining lines are not the old ones in their order"
    )


def test_remaining_references_are_listed_with_lines(repository, run):
    """A statement that others continue is not withdrawn: each of them is listed with file and line."""
    outcome = run("withdraw", f"{MFA}.s02", "--reason", "an error", "--root", repository)
    assert (
        outcome.returncode == 1 and "4 record(s) still refer to what you withdraw" in outcome.stdout
    )
    lines = curation_of(repository).read_text(encoding="utf-8").split("\n")
    places = [
        line.split(":")[1] for line in outcome.stdout.split("\n") if line.startswith("  data/")
    ]
    assert [lines[int(number) - 1].strip() for number in places] == ["continues: s02"] * 4
    assert (
        not findings(repository) and entry(repository, "statements", f"{MFA}.s02")["reason"] is None
    )


def test_records_withdrawn_together_may_refer_to_each_other(repository):
    withdraw(repository, *(f"{MFA}.s0{n}" for n in range(2, 7)))
    assert not findings(repository)


def test_source_is_withdrawn_with_its_event(repository):
    """A source is removed with its folder and statements, an event with its claims; records that refer to them block it alone."""
    with pytest.raises(WithdrawalRefused, match="date_source_id"):
        withdraw(repository, MFA)
    plan = withdraw(repository, MFA, XINHUA, EVENT)
    assert (
        not list((repository / "data" / "sources").iterdir()) and not event_of(repository).exists()
    )
    tables = [table for table, _ in plan.dependents]
    ledger = read_ledger(Layout(repository))
    for name in ("statements", "claims"):
        assert tables.count(name) == sum(table == name for table, _ in ledger.entries) > 0
    assert all(entry(repository, *key)["reason"] for key in (*plan.named, *plan.dependents))
    assert not lost(repository)


def test_one_of_two_sources_is_withdrawn(repository):
    """The other account stays with its claims; the publisher, which nothing else refers to, is withdrawn too."""
    plan = withdraw(repository, XINHUA, "xinhua")
    assert not curation_of(repository, XINHUA).parent.exists()
    assert not findings(repository)
    assert all(key[1].startswith(XINHUA) or key[0] == "claims" for key in plan.dependents)


def test_office_is_withdrawn_without_its_agent(repository):
    """An agent who speaks cannot be withdrawn, one of the agent's offices can."""
    with pytest.raises(WithdrawalRefused, match="speaker_id"):
        withdraw(repository, "wang-yi")
    office = "wang-yi-state-councilor-2018"
    withdraw(repository, office)
    assert "state-councilor-2018" not in (
        repository / "data" / "agents" / "wang-yi.yaml"
    ).read_text(encoding="utf-8")
    assert (
        entry(repository, "offices", office)["reason"]
        and entry(repository, "agents", "wang-yi")["reason"] is None
    )


def test_claim_is_withdrawn_without_its_statements(repository):
    plan = withdraw(repository, attested_alone(repository)[0])
    assert plan.dependents == [] and not findings(repository)


@pytest.mark.parametrize(
    ("identifier", "message"),
    [
        ("nothing", "unknown id `nothing`"),
        (f"{MFA}.s99", f"unknown id `{MFA}.s99`; did you mean `{MFA}.s09`"),
        (f"{MFA}.s10", "was never released: delete it"),
        ("sources/nothing", "unknown id `sources/nothing`"),
    ],
)
def test_invalid_withdrawals_are_refused(repository, identifier, message):
    """For an unknown id the nearest known one is suggested; an unreleased record is to be deleted at the line given."""
    add_a_statement(repository)
    with pytest.raises(WithdrawalRefused) as caught:
        withdraw(repository, identifier)
    assert message in str(caught.value)
    if "never" in message:
        assert f"data/sources/{MFA}/curation.yaml, line " in str(caught.value)


@pytest.mark.parametrize("reason", ["", "  ", "a\x1b[31m", "a\u202eb"])
def test_withdrawal_needs_a_reason(repository, reason):
    """An empty reason and one with control characters are refused."""
    with pytest.raises(WithdrawalRefused, match="pass a reason"):
        withdraw(repository, f"{MFA}.s09", reason=reason)


def test_second_withdrawal_is_refused(repository):
    """The message has the reason of the first one, before and after the release."""
    withdraw(repository, f"{MFA}.s09")
    with pytest.raises(WithdrawalRefused, match=r"is already withdrawn \(an error\)"):
        withdraw(repository, f"{MFA}.s09")
    release(repository, "2.0.0")
    with pytest.raises(WithdrawalRefused, match=r"was withdrawn in 2\.0\.0 \(an error\)"):
        withdraw(repository, f"{MFA}.s09")


def test_lost_statement_is_reported_at_its_place(repository):
    """A missing released statement is one finding, at the list of its file; `withdraw` resolves it, attestations included."""
    path = curation_of(repository)
    text = path.read_text(encoding="utf-8")
    start, end = text.index("  - id: s09"), text.index("exclusions:")
    words = text[
        text.index("      The Chinese side respects") : text.index("    speaker: wang-yi", start)
    ]
    path.write_text(
        f"{text[:start]}{text[end:]}  - quote: >-\n{words}    reason: narration\n", encoding="utf-8"
    )
    (finding,) = lost(repository)
    assert (finding.path, finding.line, finding.record) == (
        f"data/sources/{MFA}/curation.yaml",
        22,
        f"{MFA}.s09",
    )
    assert text.split("\n")[21] == "statements:"
    assert finding.message == f"`{MFA}.s09` was released in 1.0.0 but is missing"
    withdraw(repository, f"{MFA}.s09")
    assert not findings(repository)


def test_lost_source_is_one_finding(repository):
    """A source whose folder is missing is reported once, not for each statement; `withdraw` resolves it."""
    shutil.rmtree(curation_of(repository, XINHUA).parent)
    (finding,) = lost(repository)
    assert (finding.path, finding.line, finding.record) == (
        f"data/sources/{XINHUA}/curation.yaml",
        0,
        XINHUA,
    )
    withdraw(repository, XINHUA, "xinhua")
    assert not findings(repository)


def test_lost_office_and_claim_are_reported_in_their_files(repository):
    """A missing office is reported in its agent's file, a missing claim in its event's."""
    agent = repository / "data" / "agents" / "wang-yi.yaml"
    text = agent.read_text(encoding="utf-8")
    start = text.index("  - id: foreign-minister-2023")
    rest = text.find("\n  - id: ", start) + 1 or len(text)
    agent.write_text(text[:start] + text[rest:], encoding="utf-8")
    claim = attested_alone(repository)[0]
    edit(event_of(repository), f"  - id: {claim.partition('.')[2]}\n", "  - id: c99\n")
    places = {f.record: (f.path, f.line) for f in lost(repository)}
    line = next(
        n
        for n, words in enumerate(agent.read_text(encoding="utf-8").split("\n"), 1)
        if words == "offices:"
    )
    assert places["wang-yi-foreign-minister-2023"] == ("data/agents/wang-yi.yaml", line)
    assert places[claim][0] == f"data/events/{EVENT}.yaml"


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (f"data/sources/{XINHUA}/curation.yaml", "cue: added", "cue: adde"),
        (f"data/sources/{XINHUA}/curation.yaml", "  language: en\n", "  language: [en\n"),
        (f"data/sources/{XINHUA}/curation.yaml", "  - id: s09\n", "  - id: S9\n"),
        ("data/agents/wang-yi.yaml", "agent:\n", "agents:\n"),
        (f"data/events/{EVENT}.yaml", "  - id: c01\n", "  - id: 01\n"),
    ],
)
def test_invalid_record_is_not_reported_as_lost(repository, path, old, new):
    """A mistake in a record or in a file is not reported as missing released ids."""
    edit(repository / path, old, new)
    codes = [f.code for f in findings(repository)]
    assert codes and "released_ids_kept" not in codes


def test_loss_next_to_another_mistake_is_reported(repository):
    """A mistake in a file does not hide that another record of it is missing."""
    path = curation_of(repository, XINHUA)
    edit(path, "cue: added", "cue: adde")
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text[: text.index("  - id: s08")] + text[text.index("  - id: s09") :], encoding="utf-8"
    )
    assert f"{XINHUA}.s08" in [f.record for f in lost(repository)]


def test_withdrawn_record_that_still_exists_is_reported(repository):
    """A record that is marked as withdrawn and restored is a finding until it is withdrawn again."""
    text = curation_of(repository).read_text(encoding="utf-8")
    claims = event_of(repository).read_text(encoding="utf-8")
    withdraw(repository, f"{MFA}.s09")
    curation_of(repository).write_text(text, encoding="utf-8")
    event_of(repository).write_text(claims, encoding="utf-8")
    found = {f.record: f for f in lost(repository)}
    assert found.keys() == {f"{MFA}.s09", *attested_alone(repository)}
    assert (
        "is marked as withdrawn in data/released.jsonl (an error) but still exists"
        in found[f"{MFA}.s09"].message
    )
    withdraw(repository, f"{MFA}.s09")
    assert not findings(repository)


def test_command_reports_the_changes(repository, run):
    """The output lists the withdrawn records, the changed files, and the next step."""
    outcome = run("withdraw", f"{MFA}.s09", "--reason", "an error", "--root", repository)
    assert outcome.returncode == 0
    assert outcome.stdout.startswith(
        f"withdrawn: {MFA}.s09 (statements)\n  with it: {attested_alone(repository)[0]} (claims)\n"
    )
    assert (
        f"changed: data/events/{EVENT}.yaml, data/released.jsonl, data/sources/{MFA}/curation.yaml\n"
        in outcome.stdout
    )
    assert outcome.stdout.endswith(
        "next: run `readouts build`; the next release must be a major version\n"
    )
    outcome = run(
        "withdraw", f"{MFA}.s08", "--reason", "x", "--as", "nonsense", "--root", repository
    )
    assert outcome.returncode == 2 and "(choose from: navigation, " in outcome.stderr


def test_statement_of_a_missing_capture_cannot_be_withdrawn(repository, tmp_path):
    """Without its capture only the whole source can be withdrawn, because its text cannot be excluded."""
    move_capture(repository, XINHUA, tmp_path / "captures")
    with pytest.raises(WithdrawalRefused, match="capture"):
        withdraw(repository, f"{XINHUA}.s09")
    withdraw(repository, XINHUA, "xinhua")
    assert validated(repository)


def test_changed_text_of_a_released_source_is_reported(repository):
    """The capture of a released source may not change, even together with its hash."""
    path = curation_of(repository, XINHUA).parent / "source.txt"
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_bytes(path.read_bytes() + b"\n")
    edit(curation_of(repository, XINHUA), before, hashlib.sha256(path.read_bytes()).hexdigest())
    found = [f for f in findings(repository) if f.code == "released_capture_unchanged"]
    assert [f.path for f in found] == [f"data/sources/{XINHUA}/curation.yaml"] and found[0].line > 1
