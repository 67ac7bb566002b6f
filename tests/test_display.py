"""`readouts show`: every kind of record, without control characters; and exit statuses."""

from __future__ import annotations

from readouts.terminal.report import plain

EVENT = "2019-09-26-china-celac-quartet"


def test_statement_is_shown_in_context(run):
    """The statement, its speaker and the text around it are shown."""
    shown = run("show", "xinhua-2019-09-27-celac-quartet.s07").stdout
    for words in (
        "China has never had any geopolitical considerations",
        "said the top diplomat",
        "continues",
        "Wang Yi",
        "said Wang",
    ):
        assert words in shown


def test_source_is_shown_with_its_exclusions(run):
    """The whole capture and the facts are shown."""
    shown = run("show", "mfa-2019-09-26-celac-quartet").stdout
    assert "<Suggest To A Friend>" in shown and "reproduced_share" in shown


def test_event_is_shown_as_claims_by_account(run):
    """Each claim has the words of each account, or `left out`."""
    shown = run("show", EVENT).stdout
    assert shown.count("left out") == 4
    assert "advocating multilateralism" in shown and "safeguarding multilateralism" in shown


def test_claim_is_shown_with_its_attestations(run):
    shown = run("show", f"{EVENT}.c03").stdout
    assert "to speak up for multilateralism" in shown and "narrower" in shown


def test_unknown_id_is_reported_with_a_suggestion(run):
    outcome = run("show", "xinhua-2019-09-27-celac-quartet.s7")
    assert outcome.returncode == 1
    assert "did you mean `xinhua-2019-09-27-celac-quartet.s07`" in outcome.stdout


def test_control_characters_are_shown_as_codes():
    """Escape sequences and direction marks are shown as codes, other characters unchanged."""
    assert (
        plain("a\x1b[31mb\u202ec\u200fd\x9be\u0000")
        == "a\\u001b[31mb\\u202ec\\u200fd\\u009be\\u0000"
    )
    assert plain("plain “words” 王毅\n") == "plain “words” 王毅\n"


def test_exit_statuses(run, tmp_path, package):
    """The status of validate is 0 if the data is valid, 1 with findings, 2 without a package."""
    assert run("validate").returncode == 0
    assert run("validate", "--root", tmp_path).returncode == 2
    (package / "datapackage.json").unlink()
    outcome = run("validate", "--root", package)
    assert (
        outcome.returncode == 0
        and "derived_is_fresh" in outcome.stdout
        and "readouts build" in outcome.stdout
    )
    agent = package / "data" / "agents" / "wang-yi.yaml"
    agent.write_text("agent: [", encoding="utf-8")
    (package / "datapackage.json").write_text("{}", encoding="utf-8")
    outcome = run("validate", "--root", package)
    assert outcome.returncode == 1 and "Traceback" not in outcome.stderr + outcome.stdout
