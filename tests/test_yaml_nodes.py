"""YAML by the core rules of YAML 1.2, with line numbers, without aliases and tags."""

from __future__ import annotations

import time

import pytest

from readouts.curation.yaml_nodes import YamlProblem, read_yaml


def test_scalars_follow_the_core_rules():
    """NO and dates are text; numbers, true and null have their type, unless they are quoted."""
    value = read_yaml(
        'a: NO\nb: 2019-09-26\nc: "1"\nd: 1.5\ne:\nf: ~\ng: true\nh: 012\ni: yes\nj: 1_000'
    ).value
    assert value == {
        "a": "NO",
        "b": "2019-09-26",
        "c": "1",
        "d": 1.5,
        "e": None,
        "f": None,
        "g": True,
        "h": 12,
        "i": "yes",
        "j": "1_000",
    }


def test_line_of_a_key_or_item():
    """A place has the line of its key or list item, or of the nearest existing parent."""
    document = read_yaml("a:\n  - b: 1\n    c: >-\n      long\n      text\n  - d: 2\n")
    assert document.line(("a",)) == 1
    assert document.line(("a", 0, "c")) == 3
    assert document.line(("a", 1)) == 6
    assert document.line(("a", 1, "absent")) == 6
    assert document.line(("absent", 3)) == 1


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: [1,\nb", "yaml_syntax", 3),
        ("a: b: c", "yaml_syntax", 1),
        ("a:\n\tb: 1", "yaml_syntax", 2),
        ("a: 1\nb: 2\na: 3", "yaml_key_unique", 3),
        ("a: &x 1\nb: *x", "yaml_plain", 2),
        ("b: &x [1]\nc: *x", "yaml_plain", 2),
        ("a: !!python/object/apply:os.system [ls]", "yaml_plain", 1),
        ("a: !thing 1", "yaml_plain", 1),
        ("<<: {a: 1}", "yaml_plain", 1),
        ("? [a]\n: 1", "yaml_plain", 1),
        ("a\n---\nb", "yaml_syntax", 2),
        ("a: \x07", "yaml_syntax", 1),
        ("[" * 5000, "yaml_plain", 1),
        ("- " * 5000 + "x", "yaml_plain", 1),
        ("{a: " * 500 + "1" + "}" * 500, "yaml_plain", 1),
        ("".join(" " * n + "a:\n" for n in range(1500)), "yaml_plain", 1002),
        (
            "b0: &b0 [x]\n" + "".join(f"b{n}: &b{n} [*b{n - 1},*b{n - 1}]\n" for n in range(1, 40)),
            "yaml_plain",
            2,
        ),
    ],
)
def test_disallowed_yaml(text, code, line):
    """Invalid YAML, deep nesting, aliases and tags are reported at their line, without delay."""
    begun = time.process_time()
    with pytest.raises(YamlProblem) as caught:
        read_yaml(text)
    assert (caught.value.code, caught.value.line) == (code, line)
    assert caught.value.hint and time.process_time() - begun < 10


@pytest.mark.parametrize("odd", ["\u0085", "\u2028", "\u2029"])
def test_unicode_line_separators_are_spaces(odd):
    """Line numbers are those that an editor shows."""
    text = (
        f"a: one{odd}two\nb: 'three{odd}four'\n# five{odd}six: 6\nc: >-\n  seven{odd}eight\nd: 9\n"
    )
    document = read_yaml(text)
    assert document.value == {"a": "one two", "b": "three four", "c": "seven eight", "d": 9}
    assert document.line(("d",)) == 6 and document.text == text
    with pytest.raises(YamlProblem) as refused:
        read_yaml(f"a: one{odd}two{odd}three\nb: 'x\n")
    assert refused.value.line == 2
