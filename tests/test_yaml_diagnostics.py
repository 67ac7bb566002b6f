"""YAML syntax errors are reported at their line, in plain words, with the line to write."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readouts.core.layout import Layout
from readouts.core.values import SchemaValidator
from readouts.curation.reading import read_curation
from readouts.curation.yaml_nodes import YamlProblem, parse_yaml, read_yaml

BEFORE, AFTER = "statements:\n  - id: s01\n", "    mode: indirect\n"


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ('    quote: "We will," she added.', "begins with \"", "(“ ”)"),
        ("    label:Tal", "a plain space is missing after “label:”", "Write label: Tal"),
        ("    label:\u00a0Tal", "a plain space is missing after “label:”", "Write label: Tal"),
        ("\u00a0\u00a0\u00a0\u00a0label: Tal", "non-breaking spaces", "plain spaces"),
        ("\tlabel: Tal", "indented with a tab", "spaces"),
        ("    title: “Ada: stays”", "straight double quotation marks", 'Write title: "“Ada: stays”"'),
        ("    label: %Tal", "begins with %", 'Write label: "%Tal"'),
        ("    label: `Tal`", "begins with `", 'Write label: "`Tal`"'),
        ("    label: @Tal", "begins with @", 'Write label: "@Tal"'),
        ("    label: *Tal*", "begins with *", 'Write label: "*Tal*"'),
        ("```", "does not belong in the file", "Delete this line"),
        ('    label: "Tal', "not closed", 'Write label: "Tal"'),
    ],
)  # fmt: skip
def test_syntax_error_is_reported_at_its_line(line, message, hint):
    """The reported line has the error, wherever the parser stopped, and the message has no words of the parser."""
    with pytest.raises(YamlProblem) as caught:
        read_yaml(f"{BEFORE}{line}\n{AFTER}")
    assert (caught.value.code, caught.value.line) == ("yaml_syntax", 3)
    assert message in caught.value.message and hint in caught.value.hint
    assert not any(
        word in caught.value.message
        for word in ("token", "mapping", "scalar", "indicator", "expected")
    )


CURATED = {
    "source": "data/sources/mfa-2019-09-26-celac-quartet/curation.yaml",
    "event": "data/events/2019-09-26-china-celac-quartet.yaml",
    "agent": "data/agents/wang-yi.yaml",
}


@pytest.mark.parametrize(
    ("kind", "line", "old", "new", "message", "hint"),
    [
        ("source", 33, "    quote", "     quote", "one space too deep", "Delete one space at the beginning of the line."),
        ("source", 90, "    speaker", "   speaker", "one space too far left", "Add one space"),
        ("source", 86, "id: s08", "id s08", "`id` has no colon", "Write - id: s08"),
        ("source", 83, "cue:", "cue", "`cue` has no colon", "Write cue: expressed"),
        ("source", 33, "quote:", "quote", "`quote` has no colon", "Write quote: >-"),
        ("source", 22, "statements:", "statements", "`statements` has no colon", "Write statements:"),
        ("source", 104, "exclusions:", "exclusions", "`exclusions` has no colon", "Write exclusions:"),
        ("source", 39, "cue:", "cue：", "is not a plain colon", "Write cue: said"),
        ("source", 42, "- id", "-id", "missing after the dash", "Write - id: s03"),
        ("source", 24, 'Sides"', "Sides", "not closed", 'Write quote: "Wang Yi: China'),
        ("source", 24, ' "Wang', " Wang", "with a colon in it", 'Write quote: "Wang Yi: China'),
        ("source", 27, '":"', ":", "with a colon in it", 'Write cue: ":"'),
        ("source", 2, "source:\n", "", "`source:` is missing", "Write source: on a separate line above"),
        ("source", 30, "    rep", "<<<<<<< HEAD\n    rep", "git conflict markers", "Keep one of the two versions"),
        ("event", 17, "  - agent", "    agent", "lacks its “- ”", "Write - agent: wang-yi"),
        ("event", 17, "  - agent", "  agent", "lacks its “- ”", "Write - agent: wang-yi"),
        ("event", 19, "  - agent", "  agent", "lacks its “- ”", "Write - agent: china"),
        ("agent", 3, "type:", "type", "`type` has no colon", "Write type: person"),
        ("agent", 16, " >-", "", "contains a colon, so YAML does not", "Write evidence: >-"),
        ("agent", 16, ">-\n      ", "", "must begin with >-", "Write evidence: >- in this line"),
    ],
)  # fmt: skip
def test_syntax_error_found_by_trial_is_reported_at_its_line(
    root, kind, line, old, new, message, hint
):
    """The reported line has the error, wherever the parser stopped, and following the hint fixes the file."""
    text = (root / CURATED[kind]).read_text(encoding="utf-8")
    at = sum(map(len, text.splitlines(keepends=True)[: line - 1]))
    broken = text[:at] + text[at:].replace(old, new, 1)
    keys = SchemaValidator(
        kind, json.loads((root / f"schema/curation/{kind}.schema.json").read_text(encoding="utf-8"))
    ).keys
    with pytest.raises(YamlProblem) as caught:
        parse_yaml(broken, keys)
    assert (caught.value.code, caught.value.line) == ("yaml_syntax", line)
    assert message in caught.value.message and caught.value.hint.startswith(hint)
    if caught.value.hint.startswith("Write ") and not any(
        word in caught.value.hint for word in (" in ", " on ", "below", "aligned")
    ):
        lines = broken.split("\n")
        indent = lines[line - 1][: len(lines[line - 1]) - len(lines[line - 1].lstrip())]
        lines[line - 1] = indent + caught.value.hint.removeprefix("Write ")
        assert parse_yaml("\n".join(lines), keys).value == read_yaml(text).value


def test_entry_indented_too_far_is_one_problem(root):
    """All lines of an entry that was uncommented without deleting its space are reported at once."""
    lines = (root / CURATED["source"]).read_text(encoding="utf-8").split("\n")
    lines[85:93] = [f" {line}" for line in lines[85:93]]
    with pytest.raises(YamlProblem) as caught:
        parse_yaml("\n".join(lines))
    assert (
        caught.value.line == 86
        and caught.value.message == "lines 86 to 93 begin one space too deep"
    )
    assert caught.value.hint == "Delete one space at the beginning of each of them."


@pytest.mark.parametrize(
    ("name", "encoding", "message", "hint"),
    [
        ("wang-yi.yaml", "utf-16", "the file is saved as UTF-16", "UTF-8"),
        ("wang-yi.yaml", "utf-16-le", "the file is saved as UTF-16", "UTF-8"),
        ("wang-yi.yaml", "utf-16-be", "the file is saved as UTF-16", "UTF-8"),
        ("wang-yi.yaml.txt", "utf-8", "this file is not read", "rename it wang-yi.yaml;"),
        ("wang-yi.yml", "utf-8", "this file is not read", "rename it wang-yi.yaml;"),
    ],
)
def test_wrong_file_type_is_reported(package, name, encoding, message, hint):
    """The message names the encoding, and the hint the correct file name."""
    path = package / CURATED["agent"]
    text = path.read_text(encoding="utf-8")
    path.unlink()
    path.with_name(name).write_bytes(text.encode(encoding))
    found = [
        finding
        for finding in read_curation(Layout(package)).findings
        if finding.path.endswith(name)
    ]
    assert len(found) == 1 and found[0].message == message and hint in found[0].hint


def test_curation_with_another_suffix_is_to_be_renamed(package):
    path = package / CURATED["source"]
    path.rename(path.with_name("curation.yaml.txt"))
    (finding,) = read_curation(Layout(package)).findings
    assert finding.hint == "Rename it curation.yaml."


def test_following_the_hint_fixes_the_file():
    """The line in the hint can be read and has the intended value."""
    for line in ("    title: “Ada: stays”", "    label:Tal", "    label: %Tal"):
        with pytest.raises(YamlProblem) as caught:
            read_yaml(f"{BEFORE}{line}\n{AFTER}")
        offered = caught.value.hint.removeprefix("Write ")
        key, _, words = line.strip().partition(":")
        assert (
            read_yaml(f"{BEFORE}    {offered}\n{AFTER}").value["statements"][0][key]
            == words.strip()
        )


def test_entry_without_its_dash_is_one_problem():
    """The keys of an entry without its dash are not mixed into the entry before."""
    text = "statements:\n  - id: s01\n    quote: a\n    speaker: x\n    id: s02\n    quote: b\n    speaker: y\n    cue: c\n"
    document = parse_yaml(text)
    ((_, problem),) = document.problems
    assert (
        problem.line == 5 and "without its “- ”" in problem.message and "- id: s02" in problem.hint
    )
    assert document.value == {"statements": [{"id": "s01", "quote": "a", "speaker": "x"}]}


def test_duplicate_key_is_reported_with_both_values():
    ((_, problem),) = parse_yaml("a:\n  speaker: x\n  speaker: y\n").problems
    assert (
        problem.line == 3
        and problem.message == "duplicate key `speaker`: here (y) and in line 2 (x)"
    )


def test_alias_is_reported_where_it_is_used():
    """Each use is reported at its line, with the value to write instead."""
    problems = parse_yaml("a: &who joon-tal\nb: *who\nc: [*who]\n").problems
    assert [problem.line for _, problem in problems] == [2, 3]
    assert "Write joon-tal for “*who”" in problems[0][1].hint and "line 1" in problems[0][1].message


@given(st.text(alphabet="ab:-&*!\"'#%{}[] \n\r\t\u00a0\u2028\x85", max_size=60))
def test_no_input_causes_a_traceback(text):
    """Any text is read or reported as problems with a line, a message and a hint."""
    try:
        problems = [problem for _, problem in parse_yaml(text).problems]
    except YamlProblem as problem:
        problems = [problem]
    assert all(problem.line >= 1 and problem.message and problem.hint for problem in problems)
