"""Entries are removed from curated files and exclusions added; everything else stays."""

from __future__ import annotations

import pytest

from readouts.curation.removal import NewExclusion, NotInBlocks, with_exclusions, without_entries
from readouts.curation.yaml_nodes import read_yaml

TEXT = """\
# top
statements:   # all of them
  # of a
  - id: a   # beside
    quote: >-
      one
      # two

    # within a
    cue: said
  # of b
  - id: b
    parts:
      - x: 1
      - x: 2

  - id: c

# the rest
exclusions:
  - quote: x
    reason: navigation
# end
"""


def without(*places):
    return without_entries(TEXT, read_yaml(TEXT), places)


def test_entry_is_removed_with_its_lines():
    """All lines of the entry are removed, also a `#` in its text; comments above and below it stay."""
    assert (
        without(("statements", 0))
        == TEXT[: TEXT.index("  - id: a")] + TEXT[TEXT.index("  # of b") :]
    )


def test_empty_list_is_removed_with_its_key():
    """A list without entries is removed with its key; comments stay."""
    assert without(("statements", 1, "parts", 0), ("statements", 1, "parts", 1)) == TEXT.replace("    parts:\n      - x: 1\n      - x: 2\n", "")  # fmt: skip
    left = without(*(("statements", n) for n in range(3)))
    assert read_yaml(left).value == {"exclusions": [{"quote": "x", "reason": "navigation"}]}
    assert "# of a" in left and "# the rest" in left


def test_entry_is_removed_together_with_a_nested_one():
    """An entry nested in a removed one is not removed twice."""
    assert without(("statements", 1), ("statements", 1, "parts", 0)) == without(("statements", 1))


def test_last_entry_without_a_line_end_is_removed():
    text = "a:\n  - x: 1\n  - x: é 中\n    y: [1, 2]"
    assert without_entries(text, read_yaml(text), [("a", 1)]) == "a:\n  - x: 1\n"


def test_dash_on_a_separate_line_is_removed_with_its_entry():
    text = "a:\n-\n  x: 1\n-\n  x: 2\n"
    assert without_entries(text, read_yaml(text), [("a", 0)]) == "a:\n-\n  x: 2\n"


@pytest.mark.parametrize("text", ["a: [{x: 1}, {x: 2}]\n", "{a: [{x: 1}, {x: 2}]}\n"])
def test_flow_style_lists_are_refused(text):
    """An entry without its own lines is not removed."""
    with pytest.raises(NotInBlocks):
        without_entries(text, read_yaml(text), [("a", 0)])


@pytest.mark.parametrize(
    "quote",
    ["short", 'with "marks": and # and \\', "x " * 80 + "x", "- dash " * 30 + ".", '"quoted" ' * 20 + ".", "line\u2028end", "# " * 70 + "x", "#", "'", "é中" * 90],
)  # fmt: skip
@pytest.mark.parametrize("occurrence", [None, 2])
@pytest.mark.parametrize("text", [TEXT, "source:\n  title: x\n", "source:\n  title: x", "exclusions: []\n", "exclusions:\nsource:\n  x: 1\n"])  # fmt: skip
def test_exclusions_are_added(text, quote, occurrence):
    """Any words read back as written, after the existing exclusions."""
    before = read_yaml(text)
    found = read_yaml(
        with_exclusions(text, before, [NewExclusion(quote, occurrence, "narration")] * 2)
    ).value
    wanted = {
        "quote": quote if occurrence is None else {"quote": quote, "occurrence": 2},
        "reason": "narration",
    }
    assert [" ".join(e["quote"].split()) if occurrence is None else e["quote"] for e in found["exclusions"]][-2:] == [" ".join(quote.split()) if occurrence is None else wanted["quote"]] * 2  # fmt: skip
    assert found["exclusions"][:-2] == (before.value.get("exclusions") or [])
    assert {k: v for k, v in found.items() if k != "exclusions"} == {k: v for k, v in before.value.items() if k != "exclusions"}  # fmt: skip


def test_nothing_to_add_changes_nothing():
    assert with_exclusions(TEXT, read_yaml(TEXT), []) == TEXT
