"""The date of a statement is proposed if the text gives it unambiguously, with the words that give it."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from readouts.core.layout import Layout
from readouts.drafting.dating import day_of
from readouts.validation.validate import validate_package

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
def test_date_follows_from_the_words(words, day, basis):
    """A full date is stated; a weekday, a word like `yesterday` and a date without a year are resolved from the publication date."""
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
def test_ambiguous_words_give_no_date(words):
    """A period, a month, a weekday that contradicts its date and an invalid date give no date."""
    assert day_of(words, FRIDAY) is None


def test_only_full_dates_are_known_without_a_publication_date():
    assert [day_of(words, None) for words in ("Thursday", "today", "4 March")] == [None] * 3
    assert day_of("4 March 2021", None) == (date(2021, 3, 4), "stated")


def test_drafted_statement_has_its_date(corpus, run):
    """`said Thursday` gives the draft a date, basis and expression, and the accepted statement passes every rule."""
    pytest.importorskip("spacy", reason="the extra `draft` is not installed")
    path = corpus / "data" / "sources" / SOURCE / "curation.yaml"
    value = yaml.safe_load(path.read_text(encoding="utf-8"))
    before = value["statements"][0]
    value["statements"] = value["statements"][1:]
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")
    assert run("draft", SOURCE, "--root", corpus).returncode == 0
    text = path.read_text(encoding="utf-8")
    (drafted,) = [entry for entry in yaml.safe_load(text)["statements"] if "draft" in entry]
    assert [str(drafted[key]) for key in ("date", "date_basis", "date_expression")] == [
        "2021-03-04",
        "resolved",
        "Thursday",
    ]
    path.write_text(text.replace(f"id: {drafted['id']}", f"id: {before['id']}"), encoding="utf-8")
    assert run("accept", SOURCE, "--root", corpus).returncode == 0
    assert validate_package(Layout(corpus)).findings == []
