"""Sentence boundaries: not after abbreviations, at the marks and line ends of several languages."""

from __future__ import annotations

import pytest

from readouts.curation.sentences import iter_sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["La Sra. Reyes dijo que sí.", "¿Qué hará?", "No lo sabe."],
        ["¡Bien!", "«¿Cuándo?»", "Hoy."],
        ["Los EE. UU. Apoyan el acuerdo.", "El Dr. Lind también."],
        ["M. Dupont a parlé.", "Il part."],
        ["Mr. Lind met Gov. Reyes in the U.S. Senate.", "She left."],
        ["قال الوزير نعم؟", "ثم سكت.", "ثم قال."],
        ["One line", "another line", "third"],
        ["He said: “No.”", "— She left."],
        ["कहा।", "फिर गया।"],
        ["会谈结束。", "他离开。"],
    ],
)
@pytest.mark.parametrize("space", [" ", "\r", "\n", "\u2028"])
def test_text_is_split_into_sentences(sentences, space):
    """Sentences are found whatever separates them."""
    if space == " " and sentences[0] == "One line":
        sentences = [" ".join(sentences)]
    text = space.join(sentences)
    assert [text[start:end] for start, end in iter_sentences(text)] == sentences


def test_abbreviation_across_lines_does_not_end_a_sentence():
    for text in ("Los EE.\nUU. Apoyan.", "So said Mr.\nLind."):
        assert [text[a:b] for a, b in iter_sentences(text)] == [text]
