"""Finding quotations: white space may differ, everything else is exact, and words are matched as a whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readouts.curation.quotations import Quotable, fold_space

WORDS = st.lists(st.text(alphabet="abcé王。,-’ß", min_size=1, max_size=5), min_size=1, max_size=12)
SPACES = st.sampled_from([" ", "\u00a0", "\u202f", "\n", "  ", " \u00a0 ", "\n\n"])


@given(WORDS, st.data())
def test_words_are_found_at_their_offsets(words, data):
    """Any run of whole words is found at its offsets, whatever white space is between them."""
    text, bounds = "", []
    for word in words:
        text += data.draw(SPACES) if text else ""
        bounds.append((len(text), len(text) + len(word)))
        text += word
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    found = Quotable.of(text).find(" ".join(words[first : last + 1]))
    assert (bounds[first][0], bounds[last][1]) in found
    for start, end in found:
        assert fold_space(text[start:end]) == " ".join(words[first : last + 1])


def test_part_of_a_word_is_not_found():
    source = Quotable.of("Wang said that China is happy.")
    assert source.find("said") == [(5, 9)]
    assert source.find("sai") == []
    assert source.find("hina is happy") == []
    assert source.find("happy.") == [(24, 30)]


def test_chinese_has_no_word_boundaries():
    """A Chinese quotation may begin and end at any character."""
    assert Quotable.of("王毅表示，中国愿同拉美合作。").find("中国愿同") == [(5, 9)]


def test_search_is_limited_to_a_range():
    source = Quotable.of("he said  he said")
    assert source.find("said") == [(3, 7), (12, 16)]
    assert source.find("said", (8, 16)) == [(12, 16)]
    assert source.find("he said", (1, 16)) == [(9, 16)]


def test_everything_except_spaces_is_exact():
    """Quotation marks, dashes and letter case must match."""
    source = Quotable.of("the “fair” and just – order")
    assert not source.find('the "fair"')
    assert not source.find("just - order")
    assert not source.find("The “fair”")


@given(st.lists(st.sampled_from(["a", " ", "  ", "\n\n", "\u00a0 "]), max_size=12))
def test_offsets_of_the_text_map_to_the_folded_text(pieces):
    """Each offset of the text maps to the first place of the folded text at or after it."""
    text = "".join(pieces)
    source = Quotable.of(text)
    offsets = [source._offset(place) for place in range(len(source.folded) + 1)]
    for offset in range(len(text) + 1):
        place = next(place for place, at in enumerate(offsets) if at >= offset)
        assert source.folded_stretch((offset, offset)) == (place, place)


def test_invisible_characters_at_the_ends_of_a_quotation_must_be_in_the_source():
    source = Quotable.of("The har\u00adbour\u200b is open.")
    assert source.find("harbour") == source.find("har\u00adbour\u200b") == [(4, 12)]
    assert (
        not source.find("\u00adharbour")
        and not source.find("har\u00adbour\u00ad")
        and not source.find("ha\u00adrbour")
    )
