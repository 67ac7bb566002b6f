"""The page templates, the scoring of captures, and a sample of the corpus in every template."""

from __future__ import annotations

from datetime import date

import pytest

from readouts.capture import capture_from_bytes
from tests.pages import TEMPLATES, compose
from tests.pages.measure import corpus_path, outcomes_of, read_corpus, table
from tests.pages.words import score, visible_words

LONG = "".join(
    f"<p><b>QUESTION:</b> Is the {n}th boat late?</p>\n<p><b>MINISTER:</b> It is late by {n} days.<br>We wait.</p>\n"
    for n in range(400)
)
BODIES = {
    "sentence": "<p>The envoy will sail to the outer isles on Monday to open the new school there.</p>",
    "transcript": LONG,
    "list": "<p>The two sides agreed:</p><ul><li>to dredge;</li><li>to <i>paint</i> the buoys;</li></ul>"
    "<p>They part.</p>",
    "table": "<p>Tariffs were set as follows for the year, by both sides.</p>"
    "<table><tr><td>Salt</td><td>4</td></tr><tr><td>Hemp</td><td>7</td></tr></table>"
    "<p>They apply from Monday on to all the boats of both sides.</p>",
    "footnotes": "<p>The treaty<sup>1</sup> holds, the minister said at the quay in the morning.</p>"
    '<hr><ol><li id="n1">Treaty of the Long Table, article 4.</li></ol>',
    "breaks": "<p>The delegation was led by<br>A. Admiral<br>B. Boatswain<br><br>"
    "It met the hosts, who gave it a dinner.",
}
ROW = {
    "title": "Envoy’s Talks on “Boats”",
    "url": "https://x.example/talks",
    "published_at": "2021-05-21T01:30:00+00:00",
}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda t: t.name)
@pytest.mark.parametrize("kind", BODIES)
def test_each_kind_of_body_is_captured_from_each_template(template, kind):
    """The capture has every word of the body in order, no others, and every fact that the template states."""
    page = compose(template, body=BODIES[kind], **ROW)
    found = capture_from_bytes(page.data, "page.html", accessed_on=date(2026, 11, 22))
    scored = score(visible_words(BODIES[kind]), found.text, page.allowed)
    assert (scored.recall, scored.foreign) == (1.0, 0.0), found.text[-500:]
    stated = (page.title, page.url, date(2021, 5, 20), page.publisher, page.language)
    assert (found.title, found.url, found.published_on, found.publisher, found.language) == stated


@pytest.mark.parametrize(
    ("text", "recall", "foreign"),
    [
        ("one two three four five", 1.0, 0.0),
        ("Title\n\none two three four five", 1.0, 0.0),
        ("one two four five", 0.8, 0.0),
        ("one two three four five Home", 1.0, 1 / 6),
        ("Title\n\nTitle\n\none two three four five", 1.0, 1 / 6),
        ("five one two three four", 0.8, 0.2),
        ("", 0.0, 0.0),
    ],
)
def test_score_counts_lost_foreign_and_disordered_words(text, recall, foreign):
    """A lost word lowers the recall; an added or misplaced word, or a repeated title, is foreign."""
    scored = score(["one", "two", "three", "four", "five"], text, ["Title"])
    assert (scored.recall, scored.foreign) == (pytest.approx(recall), pytest.approx(foreign))


def test_visible_words_break_at_blocks_and_not_at_inline_tags():
    found = visible_words(
        "<p>A<b>B</b>c&nbsp;d<br>e</p><li>f</li><wbr>g<script>no</script><td>h</td>"
    )
    assert found == ["ABc", "d", "e", "f", "g", "h"]


@pytest.mark.skipif(not corpus_path().is_file(), reason="the corpus is not next to the project")
def test_corpus_sample_is_captured_from_every_template():
    """40 real documents in every template are captured completely, without foreign words and with correct facts."""
    outcomes = [outcome for row in read_corpus(corpus_path(), 40) for outcome in outcomes_of(row)]
    bad = [o for o in outcomes if not o.passes or not all(o.right)]
    assert len(outcomes) == 40 * len(TEMPLATES)
    assert not bad, table(outcomes)
