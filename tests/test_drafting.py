"""`readouts add` and `readouts uncovered`: drafts with the known facts, which overwrite nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import yaml

from readouts.curation.quotations import Quotable
from readouts.curation.sentences import iter_sentences
from readouts.drafting.uncovered import iter_uncovered

PAGE = Path(__file__).parent / "pages/contribution/call.html"
SOURCE = "mfa-norland-2026-03-04-foreign-minister-lind-call-foreign"


@pytest.fixture
def drafted(run, package):
    """A package with a draft of the made-up page."""
    done = run("add", PAGE, "--event", "2026-03-04-call", "--publisher", "mfa-norland", "--accessed", "2026-11-21", "--no-draft", "--root", package)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return package


def facts(package: Path) -> dict:
    return yaml.safe_load(
        (package / "data/sources" / SOURCE / "curation.yaml").read_text(encoding="utf-8")
    )["source"]


def test_draft_has_the_facts_of_the_page_with_their_basis(drafted):
    """Title, publisher, date, address and access date are filled in; account type and time zone are null."""
    capture = (drafted / "data/sources" / SOURCE / "source.txt").read_bytes()
    found = facts(drafted)
    assert found["title"] == "Foreign Minister Lind’s Call with Foreign Minister Reyes"
    assert (found["publisher"], found["publisher_basis"]) == ("mfa-norland", "inferred")
    assert (str(found["published_on"]), found["published_on_basis"]) == ("2026-03-04", "stated")
    assert found["url"] == "https://mfa.norland.example/calls/lind-reyes"
    assert str(found["accessed_on"]) == "2026-11-21" and "2026-11-21" in found["obtained_from"]
    assert found["text_sha256"] == hashlib.sha256(capture).hexdigest()
    assert found["account_type"] is None and found["time_zone"] is None
    assert b"Privacy" not in capture and "“We will not wait".encode() in capture


def test_draft_is_canonical_and_incomplete(run, drafted):
    """fmt changes nothing, and validate reports every missing value as a finding."""
    assert run("fmt", "--check", "--root", drafted).returncode == 0
    done = run("validate", "--root", drafted)
    assert done.returncode == 1 and done.stderr == ""
    assert f"data/sources/{SOURCE}/curation.yaml:" in done.stdout and "account_type" in done.stdout
    assert (
        "data/events/2026-03-04-call.yaml:" in done.stdout
        and "data/agents/mfa-norland.yaml:" in done.stdout
    )


def test_uncommented_draft_has_every_sentence(drafted):
    """Deleting `# ` turns each sentence into an entry with its quotation, in order, and a local id."""
    lines = (
        (drafted / "data/sources" / SOURCE / "curation.yaml")
        .read_text(encoding="utf-8")
        .splitlines()
    )
    at = lines.index("statements:")
    entries = [
        line.replace("# ", "", 1)
        for line in lines[at:]
        if not line.startswith("  # Below") and "# move" not in line
    ]
    statements = yaml.safe_load("\n".join(entries))["statements"]
    text = (drafted / "data/sources" / SOURCE / "source.txt").read_text(encoding="utf-8")
    stretches = [Quotable.of(text).find(entry["quote"])[0] for entry in statements]
    assert stretches == sorted(stretches) and len(statements) == 6
    assert "".join("".join(text[a:b].split()) for a, b in stretches) == "".join(text.split())
    assert [entry["id"] for entry in statements] == [f"s{n:02d}" for n in range(1, 7)]


def test_existing_files_are_not_overwritten(run, drafted):
    """Adding the same source again is refused; an existing event or agent stays as it is."""
    before = {path: path.read_bytes() for path in (drafted / "data").rglob("*") if path.is_file()}
    again = run("add", PAGE, "--publisher", "mfa-norland", "--no-draft", "--root", drafted)
    assert (
        again.returncode == 2 and "exists already" in again.stderr and again.stderr.count("\n") == 1
    )
    other = run("add", PAGE, "--no-draft", "--id", "other", "--event", "2026-03-04-call", "--publisher", "mfa-norland", "--root", drafted)  # fmt: skip
    assert other.returncode == 0 and f"the source {SOURCE} has the very same text" in other.stdout
    assert all(path.read_bytes() == data for path, data in before.items())


@pytest.mark.parametrize(
    "arguments",
    [
        ("--event", "no-date"),
        ("--event", "2026-03-04-x", "--id", "Bad Id"),
        ("--accessed", "yesterday"),
        ("--publisher", "../../x"),
    ],
)
def test_invalid_option_is_reported_on_one_line(run, package, arguments):
    """The exit status is 2, and nothing is written."""
    before = sorted(package.rglob("*"))
    done = run("add", PAGE, "--no-draft", *arguments, "--root", package)
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "Traceback" not in done.stderr
    assert [path for path in sorted(package.rglob("*")) if ".readouts" not in str(path)] == before


def test_missing_and_empty_files_are_reported_on_one_line(run, package, tmp_path):
    (tmp_path / "empty.html").write_text("", encoding="utf-8")
    for name in ("empty.html", "absent.html"):
        done = run("add", tmp_path / name, "--no-draft", "--root", package)
        assert done.returncode == 2 and done.stderr.count("\n") == 1


def test_events_and_agents_are_drafted_without_a_source(run, package):
    """--event and --agent draft files without a document; without any option the command is refused."""
    done = run(
        "add", "--event", "2026-03-05-visit", "--agent", "a-b", "--agent", "c-d", "--root", package
    )
    assert done.stdout.count("wrote ") == 3
    assert run("add", "--root", package).returncode == 2


def test_uncovered_text_is_printed_to_paste(run, package):
    """Text that no statement or exclusion covers is printed, with the next free id."""
    source = "mfa-2019-09-26-celac-quartet"
    assert run("uncovered", source, "--root", package).stdout == ""
    path = package / "data/sources" / source / "curation.yaml"
    text = path.read_text(encoding="utf-8")
    cut = text.index("  - quote: <Suggest")
    path.write_text(text[:cut], encoding="utf-8")
    shown = run("uncovered", source, "--root", package).stdout
    assert (
        "  # - id: s10\n  #   quote: <Suggest To A Friend>\n" in shown
        and shown.count("quote:") == 1
    )


def test_repeated_sentence_gets_an_occurrence():
    lines = list(iter_uncovered(Quotable.of("Thank you. We met. Thank you."), [], 1))
    assert "#     occurrence: 1" in lines and "#     occurrence: 2" in lines


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Mr. J. B. Lee met the U.S. envoy on Sept. 3. They spoke.", ["Mr. J. B. Lee met the U.S. envoy on Sept. 3.", "They spoke."]),
        ("“We will,” he said. “Soon!” They left", ["“We will,” he said.", "“Soon!”", "They left"]),
        ("A headline\n\nOffice of X\nText. More", ["A headline", "Office of X", "Text.", "More"]),
        ("他说好。我们同意！", ["他说好。", "我们同意！"]),
        ("It costs 2.5 million. Yes.", ["It costs 2.5 million.", "Yes."]),
        ("", []),
    ],
)  # fmt: skip
def test_sentences_are_split(text, sentences):
    """Abbreviations, initials and numbers do not end a sentence; line ends do."""
    assert [text[a:b] for a, b in iter_sentences(text)] == sentences


def test_event_with_an_invalid_date_is_refused(run, package):
    """The day that an event's id begins with must be one of the calendar."""
    done = run("add", "--event", "2021-04-31-talks", "--root", package)
    assert done.returncode == 2 and "2021-04-31 is not a valid date" in done.stderr
    assert not (package / "data/events/2021-04-31-talks.yaml").exists()
