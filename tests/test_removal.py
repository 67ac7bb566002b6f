"""Entries taken out of curated files, exclusions added; everything else stays."""

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


def test_an_entry_goes_with_what_is_in_it():
    """The entry's lines go, a `#` in its text included; comments above it and after it stay."""
    assert without(("statements", 0)) == TEXT[: TEXT.index("  - id: a")] + TEXT[TEXT.index("  # of b") :]


def test_a_list_that_loses_all_goes_with_its_key():
    """An inner list disappears with its key, an outer one too, comments stay."""
    assert without(("statements", 1, "parts", 0), ("statements", 1, "parts", 1)) == TEXT.replace("    parts:\n      - x: 1\n      - x: 2\n", "")  # fmt: skip
    left = without(*(("statements", n) for n in range(3)))
    assert read_yaml(left).value == {"exclusions": [{"quote": "x", "reason": "navigation"}]}
    assert "# of a" in left and "# the rest" in left


def test_an_entry_and_what_is_in_it_named_together():
    """What lies within an entry that goes is not taken out twice."""
    assert without(("statements", 1), ("statements", 1, "parts", 0)) == without(("statements", 1))


def test_the_last_entry_without_a_line_end():
    """A file that does not end with a line end loses its last entry as well."""
    text = "a:\n  - x: 1\n  - x: é 中\n    y: [1, 2]"
    assert without_entries(text, read_yaml(text), [("a", 1)]) == "a:\n  - x: 1\n"


def test_dashes_on_lines_of_their_own():
    """A dash may stand on the line before its entry."""
    text = "a:\n-\n  x: 1\n-\n  x: 2\n"
    assert without_entries(text, read_yaml(text), [("a", 0)]) == "a:\n-\n  x: 2\n"


@pytest.mark.parametrize("text", ["a: [{x: 1}, {x: 2}]\n", "{a: [{x: 1}, {x: 2}]}\n"])
def test_lists_in_one_line_are_refused(text):
    """Where an entry has no lines of its own nothing is guessed."""
    with pytest.raises(NotInBlocks):
        without_entries(text, read_yaml(text), [("a", 0)])


@pytest.mark.parametrize(
    "quote",
    ["short", 'with "marks": and # and \\', "x " * 80 + "x", "- dash " * 30 + ".", '"quoted" ' * 20 + ".", "line\u2028end", "# " * 70 + "x", "#", "'", "é中" * 90],
)  # fmt: skip
@pytest.mark.parametrize("occurrence", [None, 2])
@pytest.mark.parametrize("text", [TEXT, "source:\n  title: x\n", "source:\n  title: x", "exclusions: []\n", "exclusions:\nsource:\n  x: 1\n"])  # fmt: skip
def test_exclusions_are_added(text, quote, occurrence):
    """Whatever the words, they are read back as written, after the exclusions that are there."""
    before = read_yaml(text)
    found = read_yaml(with_exclusions(text, before, [NewExclusion(quote, occurrence, "narration")] * 2)).value
    wanted = {"quote": quote if occurrence is None else {"quote": quote, "occurrence": 2}, "reason": "narration"}
    assert [" ".join(e["quote"].split()) if occurrence is None else e["quote"] for e in found["exclusions"]][-2:] == [" ".join(quote.split()) if occurrence is None else wanted["quote"]] * 2  # fmt: skip
    assert found["exclusions"][:-2] == (before.value.get("exclusions") or [])
    assert {k: v for k, v in found.items() if k != "exclusions"} == {k: v for k, v in before.value.items() if k != "exclusions"}  # fmt: skip


def test_nothing_to_add_changes_nothing():
    """Without exclusions to add the text is the same."""
    assert with_exclusions(TEXT, read_yaml(TEXT), []) == TEXT
