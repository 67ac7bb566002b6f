"""The day of a statement is proposed where the text names it for certain, with the words that name it."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from readouts.drafting.dating import day_of
from readouts.layout import Layout
from readouts.validation import validate_package
from tests.test_acceptance import corpus, invoke  # noqa: F401

FRIDAY = date(2021, 3, 5)
SOURCE = "tidings-2021-03-05-harbour"


@pytest.mark.parametrize(
    ("words", "day", "basis"),
    [
        ("Thursday", date(2021, 3, 4), "resolved"),
        ("on Friday", date(2021, 3, 5), "resolved"),
        ("Saturday evening", date(2021, 2, 27), "resolved"),
        ("yesterday", date(2021, 3, 4), "resolved"),
        ("last night", date(2021, 3, 4), "resolved"),
        ("March 4, 2021", date(2021, 3, 4), "stated"),
        ("Thursday, March 4, 2021", date(2021, 3, 4), "stated"),
        ("4 March", date(2021, 3, 4), "resolved"),
        ("December 30", date(2020, 12, 30), "resolved"),
        ("2021-03-04", date(2021, 3, 4), "stated"),
    ],
)
def test_words_that_name_a_day(words, day, basis):
    """A full date is stated; a weekday, a word like `yesterday` and a day without its year are counted from the day of publication."""
    assert day_of(words, FRIDAY) == (day, basis)


@pytest.mark.parametrize(
    "words",
    [
        "the past two years",
        "last Tuesday",
        "March",
        "April 19-20",
        "Wednesday, March 4, 2021",
        "February 30",
        "next week",
        "",
        "May",
    ],
)
def test_what_names_no_day_for_certain_is_open(words):
    """A stretch of time, a month, a weekday that does not fit its date and a day that does not exist name no day."""
    assert day_of(words, FRIDAY) is None


def test_without_a_day_of_publication_only_full_dates_are_known():
    """Nothing is counted from a day that is not known."""
    assert [day_of(words, None) for words in ("Thursday", "today", "4 March")] == [None] * 3
    assert day_of("4 March 2021", None) == (date(2021, 3, 4), "stated")


def test_a_drafted_statement_has_its_day(corpus):  # noqa: F811
    """`said Thursday` gives date, basis and words in the draft, and the accepted statement passes every rule."""
    pytest.importorskip("spacy", reason="the extra `draft` is not installed")
    path = corpus / "data" / "sources" / SOURCE / "curation.yaml"
    value = yaml.safe_load(path.read_text(encoding="utf-8"))
    before = value["statements"][0]
    value["statements"] = value["statements"][1:]
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")
    assert invoke("draft", SOURCE, "--root", corpus).exit_code == 0
    text = path.read_text(encoding="utf-8")
    (drafted,) = [entry for entry in yaml.safe_load(text)["statements"] if "draft" in entry]
    assert [str(drafted[key]) for key in ("date", "date_basis", "date_expression")] == [
        "2021-03-04",
        "resolved",
        "Thursday",
    ]
    path.write_text(text.replace(f"id: {drafted['id']}", f"id: {before['id']}"), encoding="utf-8")
    assert invoke("accept", SOURCE, "--root", corpus).exit_code == 0
    assert validate_package(Layout(corpus)).findings == []
