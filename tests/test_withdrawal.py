"""Taking released records out, and what is said of ids that are lost or used again."""

from __future__ import annotations

import shutil

import pytest
from test_release import EVENT, MFA, XINHUA, add_a_statement, curation_of, edit, judged, release

from readouts.curation.files import read_curation
from readouts.findings import Finding
from readouts.layout import Layout
from readouts.releases.withdrawal import WithdrawalRefused, plan_withdrawal
from readouts.switching import exclusive, switch
from readouts.tables.carried import read_carried
from readouts.tables.compilation import compile_rows
from readouts.tables.definitions import read_tables
from readouts.tables.ledger import read_ledger
from readouts.validation import judge


def withdraw(package, *identifiers, reason="an error", excluded_as="narration"):
    layout = Layout(package)
    curation, tables = read_curation(layout), read_tables(layout)
    rows = compile_rows(curation, tables, read_carried(layout, curation.absent))
    with exclusive(layout):
        plan = plan_withdrawal(layout, curation, rows, tables, read_ledger(layout), list(identifiers), reason, excluded_as)
        switch(layout, plan.contents)
    return plan


def findings(package) -> list[Finding]:
    layout = Layout(package)
    return judge(layout, read_curation(layout)).findings


def told(package) -> list[tuple[str, str, int]]:
    return [(finding.code, finding.path, finding.line) for finding in findings(package)]


def event_of(package):
    return package / "data" / "events" / f"{EVENT}.yaml"


def entry(package, table, record):
    return read_ledger(Layout(package)).entries[table, record]


def test_a_statement_becomes_an_exclusion(released):
    """Its words stay accounted for, its attestations go, and with them the claims that nothing else attests; the data stays valid."""
    path = curation_of(released)
    edit(path, "  - id: s09\n", "  # said last\n  - id: s09\n")
    plan = withdraw(released, f"{MFA}.s09", reason="it is  a slip", excluded_as="boilerplate")
    assert plan.along == [("claims", f"{EVENT}.c24"), ("claims", f"{EVENT}.c29")]
    assert not findings(released)
    text = path.read_text(encoding="utf-8")
    assert "s09" not in text and "  # said last\n" in text and text.startswith("# yaml-language-server")
    assert text.endswith("enlarge the area of interests to achieve win-win and multi-win results.\n    reason: boilerplate\n")
    assert f"{MFA}.s09" not in event_of(released).read_text(encoding="utf-8")
    assert entry(released, "statements", f"{MFA}.s09")["reason"] == "it is a slip"
    assert entry(released, "claims", f"{EVENT}.c24")["reason"] == f"withdrawn with {MFA}.s09: it is a slip"
    assert entry(released, "statements", f"{MFA}.s09")["withdrawn_in"] is None
    release(released, "2.0.0")
    assert entry(released, "statements", f"{MFA}.s09")["withdrawn_in"] == "2.0.0"


def test_nothing_else_in_the_files_changes(released):
    """All other lines of the curated files stay as they are, line ends included."""
    path = event_of(released)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes().split(b"\n")
    withdraw(released, f"{MFA}.s09")
    after = path.read_bytes().split(b"\n")
    assert all(line.endswith(b"\r") for line in after[:-1])
    gone = iter(before)
    assert all(line in gone for line in after), "the lines that stay are lines of before, in their order"


def test_what_still_refers_is_told_with_its_lines(released, run):
    """A statement that others continue cannot go: every one is told with file and line, and nothing is written."""
    outcome = run("withdraw", f"{MFA}.s02", "--reason", "an error", "--root", released)
    assert outcome.returncode == 1 and "4 record(s) still refer to what you withdraw" in outcome.stdout
    lines = curation_of(released).read_text(encoding="utf-8").split("\n")
    places = [line.split(":")[1] for line in outcome.stdout.split("\n") if line.startswith("  data/")]
    assert [lines[int(number) - 1].strip() for number in places] == ["continues: s02"] * 4
    assert not findings(released) and entry(released, "statements", f"{MFA}.s02")["reason"] is None


def test_records_named_together_may_refer_to_each_other(released):
    """What is named in one command does not hold the rest back."""
    withdraw(released, *(f"{MFA}.s0{n}" for n in range(2, 7)))
    assert not findings(released)


def test_a_source_with_its_event(released):
    """A source goes with its folder and statements, an event with its claims; the package is left without what named them."""
    with pytest.raises(WithdrawalRefused, match="date_source_id"):
        withdraw(released, MFA)
    plan = withdraw(released, MFA, XINHUA, EVENT)
    assert not list((released / "data" / "sources").iterdir()) and not event_of(released).exists()
    tables = [table for table, _ in plan.along]
    assert (tables.count("statements"), tables.count("claims")) == (18, 29)
    assert all(entry(released, *key)["reason"] for key in (*plan.named, *plan.along))
    assert not [f for f in findings(released) if f.code == "released_ids_kept"]


def test_one_of_two_sources(released):
    """The other account stays, with the claims that it attests; with the publisher, whom nothing else names, the data stays valid."""
    plan = withdraw(released, XINHUA, "xinhua")
    assert not curation_of(released, XINHUA).parent.exists()
    assert not findings(released)
    assert all(key[1].startswith(XINHUA) or key[0] == "claims" for key in plan.along)


def test_an_agent_goes_with_its_offices(released):
    """The agent's own offices go with it, those of an agent whose id begins alike do not; who speaks cannot go."""
    with pytest.raises(WithdrawalRefused, match="speaker_id"):
        withdraw(released, "wang-yi")
    office = "wang-yi-state-councilor-2018"
    withdraw(released, office)
    assert "state-councilor-2018" not in (released / "data" / "agents" / "wang-yi.yaml").read_text(encoding="utf-8")
    assert entry(released, "offices", office)["reason"] and entry(released, "agents", "wang-yi")["reason"] is None


def test_a_claim_alone(released):
    """A claim goes without the statements that attest it."""
    plan = withdraw(released, f"{EVENT}.c24")
    assert plan.along == [] and not findings(released)


@pytest.mark.parametrize(
    ("identifier", "told"),
    [
        ("nothing", "there is no `nothing`"),
        (f"{MFA}.s99", f"there is no `{MFA}.s99`; nearest: `{MFA}.s09`"),
        (f"{MFA}.s10", "was never released: simply delete it"),
        ("sources/nothing", "there is no `sources/nothing`"),
    ],
)
def test_what_cannot_be_withdrawn(released, identifier, told):
    """Unknown ids come with the nearest known one; a record that was never released is simply deleted, at the place named."""
    add_a_statement(released)
    with pytest.raises(WithdrawalRefused) as caught:
        withdraw(released, identifier)
    assert told in str(caught.value)
    if "never" in told:
        assert f"data/sources/{MFA}/curation.yaml, line " in str(caught.value)


@pytest.mark.parametrize("reason", ["", "  ", "a\x1b[31m", "a\u202eb"])
def test_a_reason_is_needed(released, reason):
    """Without words that can be read nothing is withdrawn."""
    with pytest.raises(WithdrawalRefused, match="needs its reason"):
        withdraw(released, f"{MFA}.s09", reason=reason)


def test_twice_is_refused(released):
    """What is marked already, and what a release has withdrawn, is told with its reason."""
    withdraw(released, f"{MFA}.s09")
    with pytest.raises(WithdrawalRefused, match=r"is withdrawn already \(an error\)"):
        withdraw(released, f"{MFA}.s09")
    release(released, "2.0.0")
    with pytest.raises(WithdrawalRefused, match=r"was withdrawn in 2\.0\.0 \(an error\)"):
        withdraw(released, f"{MFA}.s09")


def test_a_lost_statement_is_told_where_it_belongs(released):
    """One finding, at the list in the file that it was written in; `withdraw` then settles it, attestations included."""
    path = curation_of(released)
    text = path.read_text(encoding="utf-8")
    start, end = text.index("  - id: s09"), text.index("exclusions:")
    words = text[text.index("      The Chinese side respects") : text.index("    speaker: wang-yi", start)]
    path.write_text(f"{text[:start]}{text[end:]}  - quote: >-\n{words}    reason: narration\n", encoding="utf-8")
    lost = [f for f in findings(released) if f.code == "released_ids_kept"]
    assert [(f.path, f.line, f.record) for f in lost] == [(f"data/sources/{MFA}/curation.yaml", 22, f"{MFA}.s09")]
    assert text.split("\n")[21] == "statements:"
    assert lost[0].message == f"`{MFA}.s09` was released in 1.0.0 and is gone"
    withdraw(released, f"{MFA}.s09")
    assert not findings(released)


def test_a_lost_source_is_one_loss(released):
    """A source whose folder is gone is told once, at its file, not for each of its statements; `withdraw` settles it."""
    shutil.rmtree(curation_of(released, XINHUA).parent)
    lost = [f for f in findings(released) if f.code == "released_ids_kept"]
    assert [(f.path, f.line, f.record) for f in lost] == [(f"data/sources/{XINHUA}/curation.yaml", 0, XINHUA)]
    withdraw(released, XINHUA, "xinhua")
    assert not findings(released)


def test_a_lost_office_and_a_lost_claim(released):
    """An office is told at its agent's file, a claim at its event's."""
    agent = released / "data" / "agents" / "wang-yi.yaml"
    text = agent.read_text(encoding="utf-8")
    start = text.index("  - id: foreign-minister-2023")
    rest = text.find("\n  - id: ", start) + 1 or len(text)
    agent.write_text(text[:start] + text[rest:], encoding="utf-8")
    edit(event_of(released), "  - id: c24\n", "  - id: c99\n")
    places = {f.record: (f.path, f.line) for f in findings(released) if f.code == "released_ids_kept"}
    line = next(n for n, words in enumerate(agent.read_text(encoding="utf-8").split("\n"), 1) if words == "offices:")
    assert places["wang-yi-foreign-minister-2023"] == ("data/agents/wang-yi.yaml", line)
    assert places[f"{EVENT}.c24"][0] == f"data/events/{EVENT}.yaml"


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (f"data/sources/{XINHUA}/curation.yaml", "cue: added", "cue: adde"),
        (f"data/sources/{XINHUA}/curation.yaml", "  language: en\n", "  language: [en\n"),
        (f"data/sources/{XINHUA}/curation.yaml", "  - id: s09\n", "  - id: S9\n"),
        ("data/agents/wang-yi.yaml", "agent:\n", "agents:\n"),
        (f"data/events/{EVENT}.yaml", "  - id: c24\n", "  - id: 24\n"),
    ],
)
def test_what_breaks_a_rule_is_not_lost(released, path, old, new):
    """A mistake in a record or in a whole file is told as what it is, not as the loss of released ids."""
    edit(released / path, old, new)
    codes = [f.code for f in findings(released)]
    assert codes and "released_ids_kept" not in codes


def test_a_loss_beside_another_mistake_is_told(released):
    """One mistake in a file does not hide that another record of it is lost."""
    path = curation_of(released, XINHUA)
    edit(path, "cue: added", "cue: adde")
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("  - id: s08")] + text[text.index("  - id: s09") :], encoding="utf-8")
    assert f"{XINHUA}.s08" in [f.record for f in findings(released) if f.code == "released_ids_kept"]


def test_marked_and_still_there(released):
    """A record that is marked as withdrawn and put back is told, with both ways out."""
    text = curation_of(released).read_text(encoding="utf-8")
    claims = event_of(released).read_text(encoding="utf-8")
    withdraw(released, f"{MFA}.s09")
    curation_of(released).write_text(text, encoding="utf-8")
    event_of(released).write_text(claims, encoding="utf-8")
    found = {f.record: f for f in findings(released) if f.code == "released_ids_kept"}
    assert found.keys() == {f"{MFA}.s09", f"{EVENT}.c24", f"{EVENT}.c29"}
    assert "is marked as withdrawn in data/released.jsonl (an error) and is still here" in found[f"{MFA}.s09"].message
    withdraw(released, f"{MFA}.s09", f"{EVENT}.c24", f"{EVENT}.c29")
    assert not findings(released)


def test_the_command_says_what_it_did(released, run):
    """What was withdrawn, what went with it, which files changed, and what is next."""
    outcome = run("withdraw", f"{MFA}.s09", "--reason", "an error", "--root", released)
    assert outcome.returncode == 0
    assert outcome.stdout.startswith(f"withdrawn: {MFA}.s09 (statements)\n  with it: {EVENT}.c24 (claims)\n")
    assert f"changed: data/events/{EVENT}.yaml, data/released.jsonl, data/sources/{MFA}/curation.yaml\n" in outcome.stdout
    assert outcome.stdout.endswith("next: `readouts build`; the next release, a major one, makes it known\n")
    outcome = run("withdraw", f"{MFA}.s08", "--reason", "x", "--as", "nonsense", "--root", released)
    assert outcome.returncode == 2 and "--as takes one of navigation, " in outcome.stderr


def test_of_an_absent_capture_only_the_whole_source_goes(released, tmp_path):
    """A stretch cannot be excluded where the text is not here."""
    shutil.move(curation_of(released, XINHUA).parent / "source.txt", tmp_path / "source.txt")
    edit(curation_of(released, XINHUA), "  redistribution: quotation\n", "  redistribution: quotation\n  capture: outside\n")
    with pytest.raises(WithdrawalRefused, match="capture"):
        withdraw(released, f"{XINHUA}.s09")
    withdraw(released, XINHUA, "xinhua")
    assert judged(released)
