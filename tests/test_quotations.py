"""Finding quotations: spaces forgive, everything else is exact, words stay whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readouts.curation.quotations import Quotable, fold_space

WORDS = st.lists(st.text(alphabet="abcé王。,-’ß", min_size=1, max_size=5), min_size=1, max_size=12)
SPACES = st.sampled_from([" ", "\u00a0", "\u202f", "\n", "  ", " \u00a0 ", "\n\n"])


@given(WORDS, st.data())
def test_words_are_found_at_their_offsets(words, data):
    """Any run of whole words is found at its own offsets, whatever white space the source has between them."""
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


def test_a_lost_letter_is_seen():
    """A quotation that ends or begins within a word is not found."""
    source = Quotable.of("Wang said that China is happy.")
    assert source.find("said") == [(5, 9)]
    assert source.find("sai") == []
    assert source.find("hina is happy") == []
    assert source.find("happy.") == [(24, 30)]


def test_scripts_without_spaces_have_no_word_edges():
    """In Chinese a quotation may begin and end between any two characters."""
    assert Quotable.of("王毅表示，中国愿同拉美合作。").find("中国愿同") == [(5, 9)]


def test_a_search_is_limited_to_its_stretch():
    """Only places within the stretch count."""
    source = Quotable.of("he said  he said")
    assert source.find("said") == [(3, 7), (12, 16)]
    assert source.find("said", (8, 16)) == [(12, 16)]
    assert source.find("he said", (1, 16)) == [(9, 16)]


def test_everything_but_spaces_is_exact():
    """Curly and straight quotation marks, dashes and letter case are different characters."""
    source = Quotable.of("the “fair” and just – order")
    assert not source.find('the "fair"')
    assert not source.find("just - order")
    assert not source.find("The “fair”")


@given(st.lists(st.sampled_from(["a", " ", "  ", "\n\n", "\u00a0 "]), max_size=12))
def test_a_stretch_of_the_text_and_of_the_folded_text_belong_together(pieces):
    """The first place of the folded text that stands at an offset or after it, for every offset of the text."""
    text = "".join(pieces)
    source = Quotable.of(text)
    stands = [source._offset(place) for place in range(len(source.folded) + 1)]
    for offset in range(len(text) + 1):
        place = next(place for place, at in enumerate(stands) if at >= offset)
        assert source.folded_stretch((offset, offset)) == (place, place)
