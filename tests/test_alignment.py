"""Alignment: points with the same content share a row, and different points are never called the same."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readouts.alignment.differences import compare
from readouts.alignment.languages import language_of
from readouts.alignment.lexis import read_lexis
from readouts.alignment.points import points_of
from readouts.alignment.redline import redline
from readouts.alignment.rows import align
from readouts.alignment.words import stem_of, words_of

from .traps import iter_traps

LEXIS = read_lexis("en")
NORLAND = """Minister Ada Lind met President Tomas Reyes in Port Mira.

Lind welcomed the opening of the Tarn crossing. She urged Karun to release the 17 sailors without delay, and thanked Sudria for the grain
shipments. The two sides agreed to hold a further round of talks before June 14."""
SUDRIA = """President Reyes received Minister Lind today.

The sides decided on another round of talks before 14 June. Lind thanked Sudria for shipments of grain. Reyes raised the price of ferry tickets."""


def relations(left: str, right: str) -> set[str]:
    """Return the relations of rows with words of both accounts."""
    return {row.relation for row in align([left, right], LEXIS).rows if None not in row.words}


def row_of(words: str, comparison):
    """Return the row with these words of the first account."""
    return next(row for row in comparison.rows if row.words[0] and words in row.words[0].text)


def test_two_accounts_are_aligned():
    """Shared points are matched, also in other words; other points are alone, and narration is set aside."""
    found = align([NORLAND, SUDRIA], LEXIS)
    assert "decided on another round" in row_of("further round", found).words[1].text
    assert "shipments of grain" in row_of("thanked", found).words[1].text
    assert row_of("17 sailors", found).relation == "only"
    assert any(
        row.relation == "only" and row.words[1] and "ferry" in row.words[1].text
        for row in found.rows
    )
    assert [reason for words, reason in found.set_aside if words.account == 0] == ["narration"]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_offsets_are_code_points_of_the_texts(left, right):
    for row in align([left, right], LEXIS).rows:
        for words in (
            *row.words,
            *row.nearest,
            *(part for d in row.differences for part in (d.left, d.right)),
        ):
            if words is not None:
                assert (left, right)[words.account][words.start : words.end] == words.text


@pytest.mark.parametrize(("left", "right"), [*iter_traps(harmful=True)])
def test_different_facts_are_never_the_same(left, right):
    """A different negation, number, name or date is not in a row called `same`, and is listed as a difference."""
    rows = [row for row in align([left, right], LEXIS).rows if None not in row.words]
    assert [row for row in rows if row.relation != "same"]
    assert all(row.words[0].text == row.words[1].text for row in rows if row.relation == "same")
    assert any(
        d.kind in ("negation", "number", "name", "date", "words")
        for row in rows
        for d in row.differences
    )


def test_different_wording_is_not_a_contradiction():
    """Of 100 pairs with the same content in another form none conflicts, and at least 95 are the same."""
    found = [relations(left, right) for left, right in iter_traps(harmful=False)]
    assert all(found) and not any("conflicting" in each for each in found)
    assert sum(each == {"same"} for each in found) >= 95


def test_same_words_of_two_speakers_are_different_points():
    left = "Minister Lind arrived late. Minister Lind spoke first. He urged a reform of the harbour law."
    right = "President Reyes opened the hall. President Reyes urged calm. He urged a reform of the harbour law."
    row = row_of("harbour law", align([left, right], LEXIS))
    assert row.relation != "same"


@pytest.mark.parametrize(
    ("left", "right", "relation"),
    [
        (
            "They demand the release of Sand.",
            "They demand the unconditional release of Sand.",
            "broader",
        ),
        (
            "They demand the unconditional release of Sand.",
            "They demand the release of Sand.",
            "narrower",
        ),
        ("Norland supports the Lakes Treaty.", "Norland opposes the Lakes Treaty.", "conflicting"),
        (
            "They will open a school in Port Mira this year.",
            "They will open a school in Osta this year.",
            "conflicting",
        ),
        (
            "They thanked President Reyes for the grain.",
            "They thanked President Okafor for the grain.",
            "conflicting",
        ),
        (
            "They thanked the Chinese side for the grain.",
            "They thanked China for the grain.",
            "reworded",
        ),
        (
            "They thanked Tomas Reyes for the grain.",
            "They thanked President Reyes for the grain.",
            "reworded",
        ),
        (
            "They thanked the OSCE for the grain.",
            "They thanked the Organization for the grain.",
            "reworded",
        ),
    ],
)
def test_relation_of_the_first_account_to_the_second(left, right, relation):
    """The relation shows which account says more."""
    assert relations(left, right) == {relation}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("A few members of the council support the northern port.", "Few members of the council support the northern port."),
        ("Lind filled the post of envoy to Karun.", "Lind filed the post of envoy to Karun."),
        ("Norland says the US will pay for the port.", "Norland says the us will pay for the port."),
        ("Will Norland reopen the port in spring?", "Will Norland reopen the port in spring."),
        ("Either side may reopen the port in spring.", "Neither side may reopen the port in spring."),
        ("North Korea signed the accord on grain.", "South Korea signed the accord on grain."),
    ],
)  # fmt: skip
def test_small_words_make_a_difference(left, right):
    """Articles, letters and marks that change the meaning are not treated as wording."""
    assert "same" not in relations(left, right)


def test_one_point_may_match_several():
    """A clause of one account may share rows with two clauses of the other."""
    left = "Lind said Norland will fund the harbour. Reyes said Norland will fund the harbour, too."
    right = "Norland will fund the harbour."
    rows = [row for row in align([left, right], LEXIS).rows if row.words[1]]
    assert len(rows) == 2 and all(row.words[0] for row in rows)


def test_three_accounts_are_aligned():
    """A row has the words of every account that makes the point."""
    third = "Norland and Sudria agreed to another round of talks before June 14. Halm sent a telegram about herring."
    found = align([NORLAND, SUDRIA, third], LEXIS)
    assert all(row_of("further round", found).words)
    assert any(
        row.words[2] and "herring" in row.words[2].text and row.relation == "only"
        for row in found.rows
    )


def test_line_end_within_a_sentence_is_a_space():
    whole = "The ministers agreed that the northern crossing opens in spring and that inspectors return to the valley."
    wrapped = whole.replace(" opens", "\nopens").replace(" and", "\nand")
    assert [p.words[-1].form for p in points_of(whole, LEXIS)] == [
        p.words[-1].form for p in points_of(wrapped, LEXIS)
    ]


def test_words_are_normalized():
    """Spelling variants, apostrophes and invisible characters do not change a word; a minus sign does."""
    forms = [word.form for word in words_of("organise won’t engi\u00adneers -5 Çavuşoğlu U.S.")]
    assert forms == ["organize", "will", "not", "engineers", "-5", "cavusoglu", "US"]
    assert stem_of("commitments") == stem_of("committed")


def test_language_is_detected():
    """English, French and Chinese are detected; a few words are not enough."""
    assert language_of(NORLAND) == "en"
    assert (
        language_of(
            "Les deux parties sont convenues de la poursuite du dialogue dans le cadre des accords "
            * 3
        )
        == "fr"
    )
    assert language_of("双方同意继续对话，并就共同关心的问题交换了意见。") == "zh"
    assert language_of("Lind, Reyes") is None


def test_redline_shows_changed_words_and_moved_sentences():
    """Deleted and inserted words and moved sentences are counted."""
    old = "Growth was solid in spring. Prices remain high. The board met twice and approved all the northern harbour plans."
    new = "The board met twice and approved all the northern harbour plans. Growth was strong in spring. Prices remain high."
    found = redline(old, new)
    assert [p.moved for p in found.passages] == [True, False, False]
    assert ("deleted", "solid") in found.passages[1].pieces and (
        "inserted",
        "strong",
    ) in found.passages[1].pieces
    assert (found.inserted, found.deleted, found.moved) == (1, 1, 1)
    assert redline(old, old).share == 0


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_redline_contains_both_texts(old, new):
    """Kept and inserted pieces are the new text, kept and deleted ones the old text, except for white space."""
    found = redline(old, new)
    newer = "".join(t for p in found.passages for kind, t in p.pieces if kind != "deleted")
    older = "".join(
        t for p in found.passages for kind, t in p.pieces if p.old and kind != "inserted"
    )
    assert "".join(newer.split()) == "".join(new.split())
    assert len("".join(older.split())) == len("".join(old.split()))


@pytest.mark.slow("texts of 1,500 sentences", seconds=6, covers=("scripts/readouts/alignment",))
def test_alignment_of_long_texts_is_fast():
    """Five times the words take less than fifteen times the time."""

    def text(sentences: int, salt: str) -> str:
        return " ".join(
            f"Delegate {salt}{n % 97} asked for {n} boats near bridge{n * 7 % 1009} in valley{n % 211}."
            for n in range(sentences)
        )

    spent = []
    for size in (300, 1500):
        started = time.process_time()
        align([text(size, "a"), text(size, "b")], LEXIS)
        spent.append(time.process_time() - started)
    assert spent[1] < 15 * spent[0]


def test_dateline_is_not_part_of_a_point():
    for dateline in (
        "PORT ALDER, March 5 (Tidings) -- ",
        "Port Alder, 5 March 2021 (Coast Tidings) – ",
    ):
        (point,) = points_of(f"{dateline}The harbour will not stay open.\n", LEXIS)
        assert point.start == len(dateline)


def test_negation_is_named_in_a_sentence_with_few_words_in_common():
    left, right = (
        points_of(text, LEXIS)[0]
        for text in (
            "Berg said that the harbour would stay open all winter.",
            "The harbour will not stay open, Berg said on Friday.",
        )
    )
    relation, differences = compare(left, right, LEXIS)
    assert relation == "conflicting" and "negation" in [
        difference.kind for difference in differences
    ]
