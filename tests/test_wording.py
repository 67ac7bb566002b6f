"""Word-by-word differences of two texts."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from readouts.alignment.wording import as_plain, iter_tokens, shortened, word_changes

TEXTS = st.text(alphabet="ab ,.’\n中文\u00a0", max_size=60)


@given(TEXTS, TEXTS)
def test_pieces_contain_both_texts(old, new):
    """Without added pieces the text is the old one, without removed ones the new one; equal texts have no change."""
    pieces = word_changes(old, new)
    assert "".join(words for mark, words in pieces if mark != "+") == old
    assert "".join(words for mark, words in pieces if mark != "-") == new
    assert (old == new) == (all(mark == " " for mark, _ in pieces))


def test_whole_words_are_marked():
    """A changed word is marked as a whole, a changed passage as one piece."""
    assert word_changes("we should go on", "we shall go on") == [(" ", "we "), ("-", "should"), ("+", "shall"), (" ", " go on")]  # fmt: skip
    assert word_changes("a b c d", "a x y d") == [
        (" ", "a "),
        ("-", "b c"),
        ("+", "x y"),
        (" ", " d"),
    ]


def test_scripts_without_spaces_are_compared_by_character():
    """In Chinese the different characters are marked, not the whole sentence."""
    assert word_changes("中国愿同拉美合作", "中国将同拉美合作") == [(" ", "中国"), ("-", "愿"), ("+", "将"), (" ", "同拉美合作")]  # fmt: skip
    assert iter_tokens("中文 ab") == ["中", "文", " ", "ab"]


def test_long_texts_are_compared_quickly():
    """Two texts of 60,000 different words do not take quadratic time."""
    begun = time.process_time()
    pieces = word_changes(
        " ".join(f"a{n}" for n in range(60_000)), " ".join(f"b{n}" for n in range(60_000))
    )
    assert [mark for mark, _ in pieces] == ["-", "+"]
    assert time.process_time() - begun < 10


def test_unchanged_text_is_shortened():
    """Text near a change is kept, other text is left out."""
    pieces = [(" ", "x" * 100), ("-", "old"), (" ", "y" * 100), ("+", "new"), (" ", "z" * 100)]
    assert shortened(pieces, 3) == [
        (" ", "…xxx"),
        ("-", "old"),
        (" ", "yyy…yyy"),
        ("+", "new"),
        (" ", "zzz…"),
    ]
    assert shortened([(" ", "short"), ("+", "new")], 3) == [(" ", "short"), ("+", "new")]


def test_changes_are_in_brackets():
    """Replaced, removed and added words are named as such, and white space stays outside the brackets."""
    assert (
        as_plain(word_changes("we should go on", "we shall go"))
        == "we [should → shall] go [removed: on]"
    )
    assert as_plain(word_changes("one two", "one, two three")) == "one[added: ,] two [added: three]"
    assert (
        as_plain([("+", "all new")]) == "[added: all new]" and as_plain([(" ", "same")]) == "same"
    )
