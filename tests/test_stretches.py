"""Segments of a quotation, made from its marked parts."""

from __future__ import annotations

import itertools

import pytest

from readouts.compile.stretches import QuotationProblem, join_content, locate, tile
from readouts.compile.trimming import trim
from readouts.curation.quotations import Quotable


def segments(text: str, **entry) -> list[tuple[str, str]]:
    source = Quotable.of(text)
    stretch = locate(source, entry.setdefault("quote", text), ("quote",))
    tiled, problems = tile(source, stretch, entry)
    if problems:
        raise problems[0]
    assert tiled[0].start == stretch[0] and tiled[-1].end == stretch[1]
    assert all(left.end == right.start for left, right in itertools.pairwise(tiled))
    return [(s.role, text[s.start : s.end]) for s in tiled]


def test_reporting_clause_splits_the_content():
    """Content on both sides of the clause is two segments, without the commas."""
    assert segments("On that basis, Wang said, China is willing.", label="Wang", cue="said") == [
        ("content", "On that basis"), ("context", ", "), ("speaker", "Wang"), ("context", " "), ("cue", "said"), ("context", ", "),
        ("content", "China is willing"), ("context", "."),
    ]  # fmt: skip


def test_marked_context_is_not_content():
    """Words marked as context join the punctuation around them."""
    assert segments("Wang said that China is happy.", label="Wang", cue="said", context=["that"])[-3:] == [
        ("context", " that "), ("content", "China is happy"), ("context", "."),
    ]  # fmt: skip


def test_enclosing_quotation_marks_are_context():
    """Quotation marks around the whole content are context; marks around a part of it are content."""
    assert ("content", "We will act") in segments("“We will act,” he said.", label="he", cue="said")
    assert ("content", "talks were “very useful” and frank") in segments(
        "He said talks were “very useful” and frank.", label="He", cue="said"
    )
    assert ("content", "“A” and “B”") in segments("He said “A” and “B”.", label="He", cue="said")


def test_content_can_be_given_explicitly():
    """If `content` is given, all unmarked text is context."""
    assert segments("He noted A and stressed B.", label="He", cue="stressed", content=["B"]) == [
        ("speaker", "He"), ("context", " noted A and "), ("cue", "stressed"), ("context", " "), ("content", "B"), ("context", "."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"cue": "told"}, "part_in_quote"),
        ({"cue": "sai"}, "part_in_quote"),
        ({"cue": "he"}, "quote_unique"),
        ({"label": "he said", "cue": "said"}, "quote_unique"),
        ({"label": {"quote": "he", "occurrence": 3}}, "quote_unique"),
        (
            {
                "label": {"quote": "he said", "occurrence": 1},
                "cue": {"quote": "said", "occurrence": 1},
            },
            "parts_disjoint",
        ),
        ({"context": ["he said he said yes."]}, "content_present"),
    ],
)
def test_missing_part_is_reported(entry, code):
    """A missing, ambiguous or overlapping part is a problem with its own code."""
    with pytest.raises(QuotationProblem) as caught:
        segments("he said he said yes.", **entry)
    assert caught.value.code == code


def test_repeated_quotation_needs_an_occurrence():
    """Without an occurrence repeated words are ambiguous; an occurrence that does not exist is refused."""
    source = Quotable.of("yes and yes")
    assert locate(source, {"quote": "yes", "occurrence": 2}, ("quote",)) == (8, 11)
    with pytest.raises(QuotationProblem, match="2 times"):
        locate(source, "yes", ("quote",))
    with pytest.raises(QuotationProblem, match="occurrence 3 of"):
        locate(source, {"quote": "yes", "occurrence": 3}, ("quote",))


def test_trim_removes_marks_at_the_ends():
    """Spaces, commas, dashes and full stops are removed at the ends only."""
    text = " – A, b. c! "
    assert text[slice(*trim(text, 0, len(text)))] == "A, b. c"


def test_content_is_joined_by_a_space_or_by_nothing():
    """One space between words; nothing between characters of scripts without spaces."""
    assert join_content(["On that basis", "China is willing"]) == "On that basis China is willing"
    assert join_content(["在此基础上", "中国愿合作"]) == "在此基础上中国愿合作"
