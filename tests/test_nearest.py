"""The nearest text of a quotation that is not in its source, and whether the correction is certain."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readouts.advice.differences import difference
from readouts.advice.nearest import nearest_text
from readouts.curation.quotations import Quotable, quotable_words

TEXT = (
    "He wrote “fairness” – and “trust”… – on the wall. The café’s owner didn’t see it.\u00a0Li said: no. "
    "We act today, Li said. We act tomorrow, Li said. THE END of the matter is near."
)
SOURCE = Quotable.of(TEXT)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (
            'He wrote "fairness" - and "trust"... - on the wall.',
            "He wrote “fairness” – and “trust”… – on the wall.",
        ),
        ("he wrote “fairness”", "He wrote “fairness”"),
        ("The cafe\u0301's owner didn't see it", "The café’s owner didn’t see it"),
        ("the end of the matter", "THE END of the matter"),
        ("fairness” -- and “trust”", "fairness” – and “trust”"),
        ("The\u00ad café’s ow\u200bner", "The café’s owner"),
        ("“fair ness”", "“fairness”"),
    ],
)
def test_difference_in_detail_is_certain(words, found):
    """Quotation marks, dashes, ellipses, case, spaces, invisible characters and composed letters may differ."""
    near = nearest_text(SOURCE, words)
    assert near is not None and near.certain
    assert near.words == found and Quotable.of(TEXT[slice(*near.stretch)]).folded == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("He wrote “fairness” – and “thrust”", "He wrote “fairness” – and “trust”"),
        ("He wrote “fairness” and “trust”", "He wrote “fairness” – and “trust”"),
        ("owner did not see it", "owner didn’t see it"),
        ("We act to-day, Lee said", "We act today, Li said"),
        ("We … tomorrow, Li said", "We act today, Li said. We act tomorrow, Li said"),
        ("the owner of the café didn’t see it", None),
    ],
)
def test_different_words_are_not_certain(words, found):
    """A different letter or word, or skipped text, gives at most a suggestion."""
    near = nearest_text(SOURCE, words)
    assert near is None or not near.certain
    if found is not None:
        assert near is not None and near.words == found


def test_two_places_are_not_certain():
    near = nearest_text(Quotable.of("“Yes,” she said. ‘Yes,’ she said."), '"Yes," she said')
    assert near is not None and not near.certain


def test_search_is_limited_to_a_range():
    """Text outside the range is not found and does not count as a second place."""
    source = Quotable.of("“Yes,” she said. ‘Yes,’ she said.")
    near = nearest_text(source, '"Yes," she said', (0, 16))
    assert near is not None and near.certain and near.stretch == (0, 15)
    assert nearest_text(source, "tomorrow", (0, 16)) is None


@pytest.mark.parametrize(
    "words", ["", " ", "?!", "Nothing of the kind stands here at all", "x" * 3000]
)
def test_unrelated_words_have_no_nearest_text(words):
    assert nearest_text(SOURCE, words) is None


@pytest.mark.parametrize(
    ("ours", "theirs", "shown"),
    [
        ("Wang sald that", "Wang said that", "“Wang said that” (“said” instead of “sald”)"),
        ("keep harbour", "keep the harbour", "“keep the harbour” (with “the”)"),
        ("keep the the harbour", "keep the harbour", "“keep the harbour” (without “the”)"),
        ("a, b", "a; b", "“a; b” (“;” instead of “,”)"),
    ],
)  # fmt: skip
def test_differences_are_named(ours, theirs, shown):
    """The nearest text is quoted, followed by the words that differ."""
    assert difference(ours, theirs) == shown


def test_quotation_marks_are_named():
    """Marks that look alike are named by their Unicode names."""
    shown = difference('a "b" c', "a “b” c")
    assert shown.startswith("“a “b” c” (left double quotation mark ““” U+201C instead of ")


def test_lookalikes_are_named():
    """A letter of another alphabet is named, because it looks the same."""
    assert (
        "latin small letter a “a” U+0061 instead of cyrillic small letter a “а” U+0430"
        in difference("Wаng", "Wang")
    )


def test_long_quotation_is_shortened():
    """Only the text around the difference is shown."""
    words = ("word " * 100 + "sald " + "word " * 100).strip()
    assert len(difference(words, words.replace("sald", "said"))) < 120


@given(st.text(max_size=60), st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_nearest_text_is_in_the_source(words, text):
    """For any words and text, the nearest text is a passage of the text."""
    source = Quotable.of(text)
    near = nearest_text(source, words)
    if near is not None:
        assert quotable_words(text[slice(*near.stretch)]) == near.words
        difference(words, near.words)


def test_search_in_long_texts_is_fast():
    """In a text of 60,000 code points a quotation of any length takes less than half a second."""
    chance = random.Random(1)
    words = [
        "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 10)))
        for _ in range(2000)
    ]
    text = ""
    while len(text) < 60_000:
        text += chance.choice(words) + chance.choice([" ", " ", ", ", ". "])
    source = Quotable.of(text)
    for length in (8, 40, 200, 1000, 5000):
        quotation = text[30_000 : 30_000 + length].replace("e", "x", 1)
        before = time.process_time()
        nearest_text(source, quotation)
        assert time.process_time() - before < 0.5
