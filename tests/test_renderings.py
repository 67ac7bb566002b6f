"""A comparison as text, Markdown and JSON."""

from __future__ import annotations

import json
import re

import marko
import pytest

from readouts.ledger.release_status import ReleaseStatus
from readouts.releases.columns import ColumnChange
from readouts.releases.comparison import Change, Comparison, FieldChange
from readouts.releases.renderings import SUMMARY_BYTES, as_json, as_markdown, as_text

MINOR = ReleaseStatus("1.0.0", (), (), (), (), "minor")
WORDS = Change(
    "statements",
    "a.s01",
    "changed",
    "We shall go on.",
    (FieldChange("text", "We should go on.", "We shall go on."),),
)
EXAMPLE = Comparison(
    "v1.0.0",
    (
        WORDS,
        Change("statements", "a.s02", "added", "New."),
        Change("claims", "e.c01", "withdrawn", "It is so.", reason="said nowhere"),
        Change("segments", "a.s02/1", "added", "New.", follows=True),
    ),
    (ColumnChange("statements", "cue", "removed"),),
    "major",
    ("a note",),
)


def test_text_has_every_change():
    """The text has records with signs, changed words, consequences as counts, the required version and the next one."""
    assert as_text(EXAMPLE, MINOR) == (
        "changes since v1.0.0\n"
        "note: a note\n"
        "\n"
        "columns\n"
        "  statements.cue: removed\n"
        "\n"
        "statements: 1 added, 1 changed\n"
        "  ~ a.s01  “We shall go on.”\n"
        "      text: We [should → shall] go on.\n"
        "  + a.s02  “New.”\n"
        "\n"
        "claims: 1 withdrawn\n"
        "  - e.c01  “It is so.”  (said nowhere)\n"
        "\n"
        "as a consequence: segments: 1 added\n"
        "\n"
        "demands: major\n"
        "changed since 1.0.0 (minor): the next version is 1.1.0 or greater\n"
    )


def test_json_has_every_change():
    found = json.loads(as_json(EXAMPLE, MINOR))
    assert (found["demands"], found["released"], found["next_version"]) == (
        "major",
        "1.0.0",
        "1.1.0",
    )
    assert found["changes"][0]["fields"] == [
        {"column": "text", "old": "We should go on.", "new": "We shall go on."}
    ]
    assert len(found["changes"]) == 4 and found["columns"][0]["column"] == "cue"


@pytest.mark.parametrize(
    ("status", "line"),
    [
        (ReleaseStatus("0.0.0", (), (), (), (), "minor"), "not yet released"),
        (ReleaseStatus("1.0.0", (), (), (), (), "none"), "released 1.0.0: nothing to release"),
        (ReleaseStatus("1.2.3", (), (), (), (), "patch"), "changed since 1.2.3 (patch): the next version is 1.2.4 or greater"),
        (ReleaseStatus("1.2.3", (), (), (), (), "major"), "changed since 1.2.3 (major): the next version is 2.0.0 or greater"),
    ],
)  # fmt: skip
def test_next_version_is_shown(status, line):
    """The last line compares the data with the last release."""
    assert as_text(EXAMPLE, status).splitlines()[-1] == line


HOSTILE = [
    "<script>alert(1)</script>", "[x](https://evil.example)", "![x](https://evil.example/i.png)", "https://evil.example/a", "www.evil.example",
    "@someone", "`code` **bold** _it_ ~~x~~", "| a | b |", "# head", "\n\n# head\n\n- item", "&lt;b&gt;", "<!-- x -->", "\\[x](y)", "a\u202eb\x1b[31m",
    "</code><b>", "<https://evil.example>", "x\n---\n", "1. one", "mailto:a@b.example",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_markup_in_data_is_escaped_in_markdown(words):
    """Ids, names, values and reasons make no link, HTML, heading or control character."""
    comparison = Comparison(
        words,
        (
            Change("statements", words, "changed", words, (FieldChange(words, f"same one {words} here", f"same two {words} here"), FieldChange("b", None, words))),
            Change("statements", "b", "withdrawn", words, reason=words),
        ),
        (ColumnChange("statements", words, words),),
        "major",
        (words,),
    )  # fmt: skip
    text = as_markdown(comparison, MINOR)
    html = marko.Markdown(extensions=["gfm"]).convert(text)
    tags = set(re.findall(r"<(/?[a-zA-Z][a-zA-Z0-9]*|!--)", html))
    allowed = {
        "h3",
        "h4",
        "p",
        "strong",
        "br",
        "em",
        "ul",
        "li",
        "code",
        "del",
        "ins",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }
    assert {tag.removeprefix("/") for tag in tags} <= allowed
    assert html.count("<h3>") == 1 and html.count("<h4>") == 2 and html.count("<li>") == 5
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", text)
    assert "@someone" not in text


def test_markdown_marks_changed_words():
    """Removed and added words are marked, and the spaces around them stay."""
    assert "<code>text</code>: We <del>should</del><ins>shall</ins> go on.\n" in as_markdown(
        EXAMPLE, MINOR
    )


def test_long_summary_is_cut_with_a_note():
    """The summary of 100,000 changes stays below GitHub's limit and says how many are missing; a short one is not cut."""
    changes = tuple(Change("statements", f"a.s{n}", "added", "é" * 300) for n in range(100_000))
    text = as_markdown(Comparison("x", changes, (), "minor"), MINOR)
    assert 0.9 * SUMMARY_BYTES < len(text.encode()) <= SUMMARY_BYTES
    shown = text.count("\n- added ")
    assert f"**{100_000 - shown:,} more change(s) do not fit" in text
    assert "| statements | 100000 | 0 | 0 |" in text
    assert "cut here" not in as_markdown(EXAMPLE, MINOR)


def test_long_value_is_shortened():
    """A text that changed throughout is cut after its first passages."""
    old, new = ("".join(f"{word} {n} " for n in range(5_000)) for word in ("old", "new"))
    comparison = Comparison(
        "x", (Change("sources", "a", "changed", "", (FieldChange("text", old, new),)),), (), "patch"
    )
    assert len(as_markdown(comparison, MINOR)) < 50_000
    assert "…" in as_text(comparison, MINOR) and len(as_text(comparison, MINOR)) < 10_000


def test_control_characters_are_escaped():
    """Terminal escapes and bidirectional marks are shown as codes."""
    comparison = Comparison("x", (Change("sources", "a\x1b[31m", "added", "b\u202e"),), (), "minor")
    assert "a\\u001b[31m" in as_text(comparison, MINOR) and "b\\u202e" in as_text(comparison, MINOR)
