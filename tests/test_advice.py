"""Messages and hints are correct, and following a hint literally fixes the finding."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from readouts.advice.explanations import explain
from readouts.advice.nearest import nearest_text
from readouts.compile.problems import MissingWords
from readouts.core.findings import Finding
from readouts.core.layout import Layout
from readouts.curation.quotations import Quotable
from readouts.rules.lexicon_sql import lexicon_sql
from readouts.validation.validate import validate_source
from tests.example_packages import change_files, make_base, validate_files

A = "data/sources/norland-2021-03-04-harbour/curation.yaml"
B = "data/sources/tidings-2021-03-05-harbour/curation.yaml"
SOFT, NO_WIDTH = "\u00ad", "\u200b"


def follow(layout: Layout, finding: Finding) -> None:
    """Follow the hint: replace the line of the finding, or the lines that the hint names."""
    advice = re.search(
        r"(?:[Rr]eplace lines (\d+) to (\d+) by this one|[Ww]rite this line): (.*)$", finding.hint
    )
    assert advice, finding.hint
    first, last = (int(advice[1]), int(advice[2])) if advice[1] else (finding.line, finding.line)
    path = layout.root / finding.path
    lines = path.read_text(encoding="utf-8").splitlines()
    indent = lines[first - 1][: len(lines[first - 1]) - len(lines[first - 1].lstrip())]
    lines[first - 1 : last] = [indent + advice[3]]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


FOLDED = "Foreign Minister Ada Berg said that Norland will keep the harbour open all winter."


@pytest.mark.parametrize(
    "change",
    [
        {
            "file": A,
            "replace": f"      {FOLDED}\n",
            "with": f"      {FOLDED.replace('harbour', 'harbor')}\n",
        },
        {
            "file": A,
            "replace": f">-\n      {FOLDED}\n",
            "with": f"{FOLDED}\n      {FOLDED.replace('the ', '')}\n",
        },
        {
            "file": A,
            "replace": f">-\n      {FOLDED}\n",
            "with": "Foreign Minister Ada Berg said\n      that …\n",
        },
        {"file": B, "replace": "    label: Tal\n", "with": "    label: Tall\n"},
        {"file": B, "replace": "cue: said\n    mode: mixed", "with": "cue: saids\n    mode: mixed"},
    ],
)
def test_following_the_hint_fixes_the_finding(change, tmp_path):
    """The hint replaces a value of one line or of several."""
    layout = make_base(tmp_path)
    change_files(layout.root, [change])
    (finding,) = validate_files(layout).findings
    follow(layout, finding)
    assert validate_files(layout).findings == []


def test_invisible_characters_are_ignored(tmp_path):
    """Soft hyphens and zero-width characters in the source need not be quoted and leave nothing uncovered."""
    layout = make_base(tmp_path)
    capture = layout.capture("tidings-2021-03-05-harbour")
    text = capture.read_text(encoding="utf-8")
    text = text.replace("grateful.", f"grate{SOFT}ful.{NO_WIDTH} ").replace(
        "Berg said Thursday", f"Berg{NO_WIDTH} said Thursday"
    )
    capture.write_text(text, encoding="utf-8")
    path = layout.root / B
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text(
        "\n".join(line for line in lines if "text_sha256" not in line) + "\n", encoding="utf-8"
    )
    (finding,) = validate_files(layout).findings
    assert finding.code == "source_text_unchanged" and "`text_sha256` is missing" in finding.message
    said = {
        row["statement_id"]: row["exact"]
        for row in validate_files(layout).rows.tables["statements"]
    }
    assert said["tidings-2021-03-05-harbour.s03"] == f"Tal said that Sudmark is grate{SOFT}ful."


def test_quoted_invisible_characters_must_be_in_the_source():
    """A quotation is found with or without the invisible characters of the source, but not with others."""
    source = Quotable.of(f"Ada is grate{SOFT}ful. Tal is grateful.")
    assert source.find(f"Ada is grate{SOFT}ful") == source.find("Ada is grateful") == [(0, 16)]
    assert (
        source.find(f"Tal is grate{SOFT}ful")
        == source.find(f"Ada is gra{NO_WIDTH}te{SOFT}ful")
        == []
    )


def test_offsets_count_invisible_characters():
    """Offsets refer to the captured text with its invisible characters."""
    text = f"{NO_WIDTH}One {NO_WIDTH} two{SOFT}three\u200d  four{NO_WIDTH}"
    source = Quotable.of(text)
    assert source.folded == "One twothree four"
    for words in ("One", "twothree", "four", "One twothree four"):
        ((start, end),) = source.find(words)
        assert re.sub(f"[{SOFT}{NO_WIDTH}\u200d]", "", text[start:end]).split() == words.split()
        assert text[start] == words[0] and text[end - 1] == words[-1]
        assert source.stretch_of_folded(source.folded_stretch((start, end))) == (start, end)


def test_publication_date_reported_as_printed(tmp_path):
    """The message gives the date that the text prints, or the place of the given date outside the dateline."""
    layout = make_base(tmp_path)
    change_files(
        layout.root,
        [{"file": B, "replace": "published_on: 2021-03-05", "with": "published_on: 2012-03-05"}],
    )
    change_files(layout.root, [{"file": A, "replace": "published_on: null\n  published_on_basis: null",
                                "with": "published_on: 2021-03-04\n  published_on_basis: stated"}])  # fmt: skip
    elsewhere, nowhere = sorted(validate_files(layout).findings, key=lambda f: f.path)
    assert (
        "only outside the dateline" in elsewhere.message
        and "“March 4, 2021”, source.txt, line 4" in elsewhere.message
    )
    assert (
        "does not print that date; it prints “5 March 2021” (source.txt, line 1)" in nowhere.message
    )
    assert "published_on: 2021-03-05" in nowhere.hint


def test_changed_capture_has_no_fix(tmp_path):
    """If a capture was changed, neither a hint nor `--fix` adapts the curation to it."""
    layout = make_base(tmp_path)
    change_files(layout.root, [{"file": "data/sources/tidings-2021-03-05-harbour/source.txt", "replace": "Tal said", "with": "Tal says"}])  # fmt: skip
    outcome = validate_files(layout)
    assert [finding.code for finding in outcome.findings] == [
        "source_text_unchanged"
    ] and outcome.repairs == []


@pytest.mark.parametrize(
    ("claim", "words", "kept"),
    [
        (
            "The harbour is not to be closed by anyone.",
            "Sudmark opposed any closing of the harbour",
            True,
        ),
        (
            "The harbour is not to be closed by anyone.",
            "opposition to all closing of the harbour",
            True,
        ),
        ("The harbour is closed by nobody.", "Sudmark said that the harbour is not closed", True),
        ("The harbour is not closed.", "Sudmark said that the harbour is closed", False),
        ("The harbour is closed.", "Sudmark said that the harbour is not closed", False),
    ],
)
def test_opposition_verbs_count_as_negation(claim, words, kept):
    """Words that oppose, reject or refuse keep a negation; otherwise the message says which side lost it."""
    sql = (Path(__file__).parents[1] / "schema/guards/claim_keeps_negation.sql").read_text(
        encoding="utf-8"
    )
    with duckdb.connect() as session:
        session.execute(lexicon_sql())
        for statement, values in (
            ("CREATE MACRO unmarked(words) AS translate(words, '.,', '  ')", []),
            ("CREATE TABLE claims_batch AS SELECT 'c' AS claim_id, ? AS proposition", [claim]),
            ("CREATE TABLE statements AS SELECT 's' AS statement_id, ? AS text, 'en' AS language", [words]),
            ("CREATE TABLE attestations_batch AS SELECT 'c' AS claim_id, 's' AS statement_id, ? AS quote, 'equivalent' AS relation", [words]),
        ):  # fmt: skip
            session.execute(statement, values)
        found = session.execute(sql).fetchall()
    assert (found == []) is kept
    assert kept or ("“not”" in found[0][3] and " → " in found[0][3])


def test_commands_outside_a_package_are_refused(run, tmp_path):
    """Commands in a folder without a package write nothing and do not use the package that they came with."""
    page = tmp_path / "page.txt"
    page.write_text("A text.\n", encoding="utf-8")
    for arguments in (("add", page), ("fmt",), ("build",), ("validate",), ("rename", "a", "b")):
        done = run(*arguments, cwd=tmp_path)
        assert done.returncode == 2 and "not inside a Readouts package" in done.stderr, arguments
    assert list(tmp_path.iterdir()) == [page]


def test_hint_for_a_value_in_brackets(tmp_path):
    """The hint for a value in `{…}` or `[…]` gives the text to write within the brackets, not a whole line."""
    layout = make_base(tmp_path)
    change_files(
        layout.root,
        [{"file": B, "replace": "    label: Tal\n", "with": "    label: {quote: Tall}\n"}],
    )
    (finding,) = validate_files(layout).findings
    assert finding.hint.endswith("within the brackets write: quote: Tal")


def test_additional_words_are_not_reported_as_leftovers():
    """A quotation that continues with other words is not reported as the rest of an old line."""
    source = Quotable.of("Tal said that Sudmark is grateful. Berg left.")
    problem = MissingWords(
        "c",
        ("quote",),
        "Tal said that Sudmark is grateful. It rained in the mountains.",
        "it",
        "h",
        source,
    )
    assert "old words" not in explain(problem).message


@pytest.mark.parametrize(
    "change",
    [
        {"file": A, "replace": "  - quote: Share this page", "with": "  - quote: Norland"},
        {"file": A, "replace": "    quote: The ferries are safe – and they are full.", "with": "    quote: >-\n      Joon\n      Tal"},
    ],
)  # fmt: skip
def test_hint_for_ambiguous_words_has_an_occurrence(change, tmp_path):
    """The hint gives the whole line with words and occurrence, and following it fixes the finding."""
    layout = make_base(tmp_path)
    change_files(layout.root, [change])
    (finding,) = [f for f in validate_files(layout).findings if f.code == "quote_unique"]
    assert finding.hint.endswith(", occurrence: 1}")
    follow(layout, finding)
    assert not {"quote_unique", "value_type", "yaml_syntax"} & {
        f.code for f in validate_files(layout).findings
    }


def test_only_one_source_is_validated(run, package):
    """The summary of `--only` names the source; for the folder of a source, `--only` is suggested."""
    source_id = "mfa-2019-09-26-celac-quartet"
    done = run("validate", "--only", source_id, "--root", package)
    assert done.stdout.startswith("valid: ") and done.stdout.endswith(
        f"only {source_id} and the records it refers to were checked\n"
    )
    done = run("validate", package / "data/sources" / source_id, "--root", package)
    assert (
        done.returncode == 2
        and f"--only {source_id}" in done.stderr
        and done.stderr.count("\n") == 1
    )
    done = run("validate", "--only", "mfa-2019", "--root", package)
    assert done.returncode == 2 and f"did you mean `{source_id}`?" in done.stderr


AGENT, EVENT = "data/agents/ada-berg.yaml", "data/events/2021-03-04-harbour-talks.yaml"


def found_after(tmp_path: Path, *changes: dict[str, str]) -> list[Finding]:
    """Return the findings of the small package after the changes."""
    layout = make_base(tmp_path)
    change_files(layout.root, list(changes))
    return validate_files(layout).findings


@pytest.mark.parametrize(
    "name", ["ada_berg.yaml", "Ada-Berg.yaml", "ada-berg.yml", "ada-berg.yaml.txt"]
)
def test_renamed_file_is_reported_once(name, tmp_path):
    """If an agent's file has another name, one finding at the first reference says which file to rename."""
    (finding,) = found_after(tmp_path, {"file": AGENT, "rename": f"data/agents/{name}"})
    assert (finding.code, finding.path, finding.line) == ("reference_resolves", EVENT, 16)
    assert "places: here, data/sources/mirror-" in finding.message and finding.message.endswith(
        " more"
    )
    assert f"data/agents/{name}" in finding.hint and "to ada-berg.yaml" in finding.hint


def test_missing_file_is_reported_once(tmp_path):
    """If no file resembles the missing one, the finding says what to add; `--only` reports the same."""
    (finding,) = found_after(tmp_path, {"file": AGENT, "delete": "it"})
    assert "there is no `ada-berg` in agents" in finding.message and f"add {AGENT}" in finding.hint
    (alone,) = validate_source(Layout(tmp_path), "tidings-2021-03-05-harbour").findings
    assert "there is no `ada-berg` in agents" in alone.message


def test_missing_short_name_is_reported_once(tmp_path):
    """The hint is to add the short name to the agent's file; for a pronoun it is different."""
    file = {
        "file": "data/agents/joon-tal.yaml",
        "replace": "  other_names:\n    - Tal\n",
        "with": "  other_names: []\n",
    }
    (finding,) = found_after(tmp_path / "a", file)
    assert (
        finding.hint.startswith("If “Tal” is a name of the speaker")
        and "data/agents/joon-tal.yaml" in finding.hint
    )
    she = {"file": A, "replace": "    continues: s02\n  - id: s04", "with": "  - id: s04"}
    (finding,) = found_after(tmp_path / "c", she)
    assert finding.hint.startswith("If the label is a pronoun")


def test_statements_with_the_same_unknown_label_are_one_finding(package):
    """Five statements with the unknown label are reported at the first, with the lines of the others."""
    path = package / "data/agents/wang-yi.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("  other_names:\n    - Wang\n", "  other_names: []\n"), encoding="utf-8")  # fmt: skip
    (finding,) = validate_files(Layout(package)).findings
    assert finding.code == "speaker_is_named" and re.search(
        r"; the same in lines \d+, \d+, \d+, \d+$", finding.message
    )
    assert "add the name to other_names in data/agents/wang-yi.yaml" in finding.hint


def test_suggested_name_is_complete():
    """The suggested name does not begin with a mark and keeps first names and closing brackets."""
    source = Quotable.of(
        "Secretary of State Antony J. Blinken spoke today. He left. (Xinhua/Liu Jie)"
    )
    for words, whole in (
        ("Tony Blinken", "Antony J. Blinken"),
        ("Secretary of State Blinken", "Secretary of State Antony J. Blinken"),
        ("He left. (Xinhua/Liu Jei)", "He left. (Xinhua/Liu Jie)"),
    ):
        near = nearest_text(source, words)
        assert near is not None and near.words == whole and not near.certain


@pytest.mark.parametrize(
    ("change", "code", "advice"),
    [
        ({"file": A, "replace": "    section: headline\n", "with": ""}, "title_is_headline", "Write section: headline in that statement"),
        ({"file": A, "replace": "will keep the harbour open all winter.", "with": "will keep the harbour"}, "capture_fully_covered", "Norland will keep the harbour open all winter."),
        ({"file": EVENT, "replace": "statement: tidings-2021-03-05-harbour.s01", "with": "statement: norland-2021-03-04-harbour.s02"}, "ids_unique", "delete one of the two"),
        ({"file": EVENT, "replace": "  - agent: sudmark\n", "with": "  - agent: joon-tal\n"}, "ids_unique", "Delete one of the two"),
        ({"file": B, "replace": "  publisher_evidence: Coast Tidings\n", "with": "  publisher_evidence: null\n"}, "basis_given", ""),
        ({"file": B, "replace": "    title: Foreign Minister\n", "with": ""}, "title_includes_offices", "Write title: Foreign Minister"),
        ({"file": B, "replace": "    date: 2021-03-04\n    date_basis: resolved\n    date_expression: Thursday\n", "with": ""}, "content_without_reporting_clause", "`date: 2021-03-04`, `date_basis: resolved`, `date_expression: Thursday`"),
        ({"file": B, "replace": "speaker: ada-berg\n    label: Foreign", "with": "speaker: sudmark\n    label: Foreign"}, "speaker_is_named", "speaker: ada-berg"),
        ({"file": B, "replace": "    reason: dateline\n", "with": ""}, "key_present", "One of: navigation, "),
        ({"file": EVENT, "replace": "    attestations:\n      - statement: norland-2021-03-04-harbour.s03\n        relation: equivalent\n        quote: We will not close it for a single day\n", "with": ""}, "key_present", "statement: … relation: … quote: …"),
        ({"file": A, "replace": "    mode: direct\n    speech_act: commissive\n", "with": "    mode: direct\n    speech_act: null\n"}, "mode_fits_form", "declaration"),
        ({"file": AGENT, "replace": "organization: mfa-norland", "with": "organization: none"}, "reference_resolves", "write organization: null"),
        ({"file": AGENT, "replace": "start_date: 2020-02-01", "with": "since: 2020-02-01"}, "key_known", "if you mean that, write `start_date`."),
        ({"file": AGENT, "replace": "end_date: null\n    evidence: Since 2020-02-01", "with": "end_date: 2019-02-01\n    evidence: 2020-02-01 to 2019-02-01"}, "office_periods_disjoint", "Correct start_date or end_date"),
        ({"file": A, "replace": "  - quote: Share this page\n", "with": "  - quote: Share this page\n    reason: navigation\n  - quote: Share this page\n"}, "passages_disjoint", "Delete this one."),
        ({"file": A, "replace": "  - quote: Share this page\n", "with": "  - quote: Joon Tal of Sudmark\n    reason: navigation\n  - quote: Share this page\n"}, "passages_disjoint", "Shorten one of the two"),
    ],
)  # fmt: skip
def test_one_mistake_is_one_finding_with_a_fix(change, code, advice, tmp_path):
    """Consequences of a mistake are not reported, and the hint has the words to write."""
    (finding,) = found_after(tmp_path, change)
    assert finding.code == code and advice in finding.hint, finding


def test_wrong_publication_date_is_not_reported_for_the_event(package):
    """If a publication date is wrong, the event that is dated relative to it has no finding."""
    event = package / "data/events/2019-09-26-china-celac-quartet.yaml"
    text = event.read_text(encoding="utf-8").replace(
        "date_source: mfa-2019-09-26", "date_source: xinhua-2019-09-27"
    )
    text = text.replace("date_expression: September 26, 2019", "date_expression: Thursday").replace("date_basis: stated", "date_basis: resolved")  # fmt: skip
    event.write_text(text, encoding="utf-8")
    assert validate_files(Layout(package)).findings == []
    source = package / "data/sources/xinhua-2019-09-27-celac-quartet/curation.yaml"
    text = source.read_text(encoding="utf-8").replace(
        "published_on: 2019-09-27", "published_on: 2019-03-30"
    )
    source.write_text(text, encoding="utf-8")
    (finding,) = validate_files(Layout(package)).findings
    assert (
        finding.code == "published_date_in_capture" and "published_on: 2019-09-27" in finding.hint
    )


def test_hint_for_a_free_indirect_statement_with_a_reporting_clause(package):
    """With label and cue the hint is to write `indirect` instead of `free-indirect`."""
    path = package / "data/sources/xinhua-2019-09-27-celac-quartet/curation.yaml"
    text = path.read_text(encoding="utf-8")
    head, said, rest = text.partition("cue: added\n    mode: ")
    path.write_text(head + said + rest.replace("indirect", "free-indirect", 1), encoding="utf-8")
    (finding,) = validate_files(Layout(package)).findings
    assert finding.code == "label_by_cue" and finding.hint == "Write mode: indirect."
