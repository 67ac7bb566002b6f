"""`validate --fix`: unambiguous differences are fixed, nothing else changes, and a second run changes nothing."""

from __future__ import annotations

import pytest

from readouts.advice.writing import line_to_write
from readouts.core.layout import Layout
from readouts.core.switching import exclusive
from readouts.curation.repairs import Repair, repaired
from readouts.curation.yaml_nodes import read_yaml
from readouts.editing import fixing
from tests.example_packages import change_files, make_base

A = "data/sources/norland-2021-03-04-harbour/curation.yaml"
B = "data/sources/tidings-2021-03-05-harbour/curation.yaml"
E = "data/events/2021-03-04-harbour-talks.yaml"
CERTAIN = [
    {"file": A, "replace": "quote: “We will not close it for a single day,” she added.",
     "with": "quote: '\"We will not close it for a single day,\" she added.' # by ear"},
    {"file": A, "replace": "safe – and", "with": "safe -- and"},
    {"file": A, "replace": 'title: "Ada Berg: The Harbour Stays Open"', "with": 'title: "ADA BERG: The Harbour Stays Open"'},
    {"file": A, "replace": "Norland will keep the harbour open all winter.", "with": "Norland Will keep\n      the harbour open all winter."},
    {"file": A, "replace": "to: in Port Alder.", "with": "to: In Port Alder."},
    {"file": B, "replace": "    label: Tal\n    cue: said", "with": "    label: {quote: tal}\n    cue: Said"},
    {"file": E, "replace": "date_expression: March 4, 2021", "with": "date_expression: march 4, 2021"},
    {"file": E, "replace": "        quote: We will not close it", "with": "        # as quoted\n        quote: we will not close it"},
    {"file": E, "replace": "s03: Sudmark is grateful", "with": "s03: sudmark is grateful"},
]  # fmt: skip


def fix(layout: Layout):
    with exclusive(layout):
        return fixing.fix(layout)


def texts(layout: Layout) -> dict[str, str]:
    return {path: (layout.root / path).read_text(encoding="utf-8") for path in (A, B, E)}


def test_unambiguous_differences_are_fixed(tmp_path):
    """Every difference in detail is fixed, in any place and YAML style; comments stay, and the data is valid."""
    layout = make_base(tmp_path)
    before = texts(layout)
    change_files(layout.root, CERTAIN)
    changed = texts(layout)
    fixes, outcome = fix(layout)
    assert outcome.findings == []
    assert len(fixes) == len(CERTAIN) + 1  # the label and the cue are two
    after = texts(layout)
    for path in before:
        assert read_yaml(after[path]).value == read_yaml(before[path]).value or path == B
        for line in changed[path].splitlines():
            if line.lstrip().startswith("#") or " # " in line:
                assert line.split(" # ")[-1] in after[path]
    assert (
        "# by ear" in after[A] and "# as quoted" in after[E] and "label: {quote: Tal}" in after[B]
    )
    assert sum(a != b for a, b in zip(before[E].splitlines(), after[E].replace("        # as quoted\n", "").splitlines(), strict=True)) == 0  # fmt: skip
    assert fix(layout)[0] == [] and texts(layout) == after, "a second run changed something"


@pytest.mark.parametrize(
    "change",
    [
        {"file": B, "replace": "Sudmark is grateful.", "with": "Sudmark is greatful."},
        {"file": B, "replace": "speaker: joon-tal", "with": "speaker: Joon-Tal"},
        {"file": B, "replace": "mode: mixed", "with": "mode: mixd"},
        {"file": A, "replace": "keep the harbour open all winter", "with": "keep … all winter"},
        {"file": "data/agents/sudmark.yaml", "replace": "name: Sudmark", "with": "name: sudmark"},
        {"file": E, "replace": "place: Port Alder", "with": "place: port Elder"},
    ],
)
def test_ambiguous_mistakes_are_not_fixed(change, tmp_path):
    """Different words, ids, terms, names and places are not changed."""
    layout = make_base(tmp_path)
    change_files(layout.root, [change])
    before = (layout.root / change["file"]).read_bytes()
    fixes, outcome = fix(layout)
    assert fixes == [] and outcome.failed
    assert (layout.root / change["file"]).read_bytes() == before


def test_two_possible_places_are_not_fixed(tmp_path):
    """Words that match two places are not changed."""
    layout = make_base(tmp_path)
    change_files(
        layout.root,
        [{"file": A, "replace": "  - quote: Share this page", "with": "  - quote: NORLAND"}],
    )
    assert fix(layout)[0] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a:\n  b: old words # c\n", "a:\n  b: new words # c\n"),
        ("a:\n  b: 'old words'\n", "a:\n  b: 'new words'\n"),
        ('a: {b: "old words", c: 1}\n', 'a: {b: "new words", c: 1}\n'),
        (
            "a:\n  b: >-\n    old\n    words\n\n  # c\nd: 1\n",
            "a:\n  b: >-\n    new words\n\n  # c\nd: 1\n",
        ),
        ("a:\n  b: |-\n    old words\n", "a:\n  b: >-\n    new words\n"),
        ("a:\n  b: old\n    words\n", "a:\n  b: new words\n"),
    ],
)
def test_value_is_replaced_in_every_style(text, expected):
    """Only the value changes, in plain, quoted and folded style; comments and blank lines stay."""
    assert repaired(text, [Repair("f", ("a", "b"), "new words")]) == (
        expected,
        [Repair("f", ("a", "b"), "new words")],
    )


@pytest.mark.parametrize(
    "words", ["a: b", "# no", "“x”: y", '"x"', "null", "12", "- x", "it's", "x #y", "[x", "é\\n"]
)
def test_words_with_yaml_syntax_are_quoted(words):
    """The line in a hint and the replaced value read back as the words."""
    assert read_yaml(line_to_write(("quote",), words)).value == {"quote": words}
    (text, made) = repaired("quote: x\n", [Repair("f", ("quote",), words)])
    assert read_yaml(text).value == {"quote": words} and made


def test_missing_place_is_not_repaired():
    """A repair of a missing value, or of a file that is not valid YAML, changes nothing."""
    assert repaired("a: 1\n", [Repair("f", ("b", 3), "x")]) == ("a: 1\n", [])
    assert repaired("a: [\n", [Repair("f", ("a",), "x")]) == ("a: [\n", [])


def test_command_prints_its_changes(package, run):
    """`--fix` prints each change with its place; it cannot be combined with `--only`."""
    path = "data/sources/xinhua-2019-09-27-celac-quartet/curation.yaml"
    change_files(package, [{"file": path, "replace": "cue: called on", "with": "cue: Called on"}])
    done = run("validate", "--fix", "--root", package)
    assert done.returncode == 0, done.stdout
    assert (
        f"{path}:" in done.stdout
        and "fixed: “called on” (“called” instead of “Called”)" in done.stdout
    )
    assert "fixed:" not in run("validate", "--fix", "--root", package).stdout
    assert run("validate", "--fix", "--only", "x", "--root", package).returncode == 2


def test_case_of_a_term_is_fixed(tmp_path):
    """The case is fixed in facts and in entries, quoted or not; a similar term is not changed."""
    layout = make_base(tmp_path)
    before = texts(layout)
    path = layout.root / A
    text = path.read_text(encoding="utf-8")
    changed = text.replace("mode: direct", 'mode: "Direct"', 1).replace(
        "account_type: readout", "account_type: READOUT", 1
    )
    assert changed.count("Direct") + changed.count("READOUT") >= 1
    path.write_text(changed.replace("section: headline", "section: headlines", 1), encoding="utf-8")
    fixes, _ = fix(layout)
    after = read_yaml(path.read_text(encoding="utf-8")).value
    assert len(fixes) == (changed.count('"Direct"') + changed.count("READOUT"))
    assert after["source"]["account_type"] == read_yaml(before[A]).value["source"]["account_type"]
    assert [s.get("mode") for s in after["statements"]] == [
        s.get("mode") for s in read_yaml(before[A]).value["statements"]
    ]
