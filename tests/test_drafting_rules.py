"""Drafting by rules: speakers and statements of made-up readouts, signed statements, news and transcripts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readouts.drafting.engines import draft_text

pytest.importorskip("spacy", reason="the extra `draft` is not installed")

READOUT = (
    "Office of the Press\n\nThe following is attributable to Spokesperson Pat Poe:\n\n"
    "Foreign Minister Ana B. Doe spoke today with Rivalian Prime Minister Jon Roe. {}"
)


def drafted(text):
    return draft_text("rules", text, (), "en").statements


def brief(text):
    """Return (content, label, cue, mode, act, names) of each statement."""
    return [
        (
            " … ".join(s.text for s in p.content),
            p.label.text if p.label else None,
            p.cue.text if p.cue else None,
            p.mode,
            p.speech_act,
            "; ".join(p.speaker_names),
        )
        for p in drafted(text)
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Minister stressed the need for reform.", [("the need for reform", "The Minister", "stressed", "indirect", "directive", "Ana B. Doe")]),
        (
            "She called for calm and condemned the raid on the port.",
            [
                ("calm", "She", "called for", "indirect", "directive", "Ana B. Doe"),
                ("the raid on the port", None, "condemned", "indirect", "expressive", "Ana B. Doe"),
            ],
        ),
        (
            "They discussed rice, and the Prime Minister urged Rivalia to open its port.",
            [
                ("rice", "They", "discussed", "reported", None, "Ana B. Doe; Jon Roe"),
                ("to open its port", "the Prime Minister", "urged", "indirect", "directive", "Jon Roe"),
            ],
        ),
        (
            "The Minister welcomed the vote, stressing the importance of law.",
            [
                ("the vote", "The Minister", "welcomed", "indirect", "expressive", "Ana B. Doe"),
                ("the importance of law", None, "stressing", "indirect", "assertive", "Ana B. Doe"),
            ],
        ),
        (
            "The two leaders agreed to meet again.",
            [("to meet again", "The two leaders", "agreed", "indirect", "commissive", "Ana B. Doe; Jon Roe")],
        ),
        (
            "The Minister thanked Mr. Roe for his welcome.",
            [("for his welcome", "The Minister", "thanked", "indirect", "expressive", "Ana B. Doe")],
        ),
    ],
)  # fmt: skip
def test_readout_is_drafted(sentence, expected):
    """Cue, content, speaker, mode and speech act of sentences in a readout follow the codebook."""
    assert brief(READOUT.format(sentence)) == expected


@pytest.mark.parametrize(
    ("sentence", "content", "label", "mode", "name"),
    [
        ("The port will open, Doe said Tuesday.", "The port will open", "Doe", "indirect", "Doe"),
        ("“We will act,” said Ana Doe.", "We will act", "Ana Doe", "direct", "Ana Doe"),
        ("“We will act,” Ana Doe said, “when the ice melts.”", "We will act … when the ice melts", "Ana Doe", "direct", "Ana Doe"),
        ("According to two officials, the army was not asked.", "the army was not asked", "two officials", "indirect", "two officials"),
        ("The ferry sank, according to the ministry.", "The ferry sank", "the ministry", "indirect", "ministry"),
        ("The mayor said the ban was “a stunt.”", "the ban was “a stunt.”", "The mayor", "mixed", "mayor"),
    ("The aide left after investigators said that she had lied.", "she had lied", "investigators", "indirect", "investigators"),
    ("As Ana Doe put it: “The voters will decide.”", "The voters will decide", "Ana Doe", "direct", "Ana Doe"),
    ("Ana Doe said in a letter that the port is open.", "the port is open", "Ana Doe", "indirect", "Ana Doe"),
    ],
)  # fmt: skip
def test_news_is_drafted(sentence, content, label, mode, name):
    """Content is found before, after and around the cue, in subordinate clauses and after a colon; unnamed sources keep their label."""
    (found,) = brief(f"By Sam Poe\n\n{sentence}\n")
    assert (found[0], found[1], found[3], found[5]) == (content, label, mode, name)


def test_quotation_continues_over_sentences_and_paragraphs():
    """Sentences in quotation marks without a cue belong to the last speaker."""
    text = "“We waited,” Ana Doe said. “Now we act.\n\n“And we will not stop,” she said.\n"
    assert [(f[0], f[3], f[5]) for f in brief(text)] == [
        ("We waited", "direct", "Ana Doe"),
        ("Now we act", "direct", "Ana Doe"),
        ("And we will not stop", "direct", "Ana Doe"),
    ]


def test_signed_statement_belongs_to_its_author():
    """Every sentence of a signed document is a statement of its author; words of others are nested in it."""
    text = "Ana Doe, Minister of State\n\nWe condemn the raid. The council has said that it will act.\n"
    first, outer, inner = drafted(text)
    assert [s.mode for s in (first, outer, inner)] == ["authored", "authored", "indirect"]
    assert first.speaker_names == outer.speaker_names == ("Ana Doe",)
    assert inner.within == 1
    assert inner.content[0].text == "it will act"


def test_transcript_is_direct_speech():
    """Sentences of a turn are direct, questions are excluded, and the turn names the speaker."""
    text = "MS DOE: We are ready. The port is open.\n\nQUESTION: When?\n\nMS DOE: The ships sail on Monday.\n"
    draft = draft_text("rules", text, (), "en")
    assert [s.mode for s in draft.statements] == ["direct"] * 3
    assert {s.speaker_names for s in draft.statements} == {("Doe",)}
    assert [e.reason for e in draft.exclusions] == ["question"]


def test_declined_comments_and_expectations_are_not_drafted():
    text = "By Sam Poe\n\nThe ministry declined to comment. Doe is expected to urge calm. Roe did not say when.\n"
    assert brief(text) == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from([
            "Ana Doe said that 🙂 the port is open.", "“是的，” Doe said.", "She urged Roe\u00a0to return.", "\r\n", "\r\n\r\n", "\n\n",
            "قال الوزير إن الميناء مفتوح.", "e\u0301te\u0301 — 👩‍👩‍👧‍👦 said Roe,", "“We act", "”", '"', ":", "MS DOE: Yes.", "By Sam Poe", " ", "\u2028", "\ufeff", "(ABC)",
            "According to", "officials, it rains.", "noting that", "A, she said, B.", "\U0001d54f",
        ])
        | st.text(max_size=6),
        max_size=14,
    )
)  # fmt: skip
def test_spans_are_in_the_text(pieces):
    """Every proposed span is in the text at its offsets, and indexes refer to statements."""
    text = " ".join(pieces)
    draft = draft_text("rules", text, (), "en")  # checks every span
    for number, statement in enumerate(draft.statements):
        assert statement.content
        assert statement.within is None or statement.within < len(draft.statements)
        assert statement.continues is None or statement.continues < number


def test_command_prints_json_lines(run, tmp_path: Path):
    """`draft FILE --format jsonl` prints an object for each statement, with offsets in the text that `--text` writes."""
    page = tmp_path / "page.txt"
    page.write_bytes("🙂 Ana Doe said that the port is open.\r\n“We act,” she said.\r\n".encode())
    result = run("draft", page, "--format", "jsonl", "--text", tmp_path / "out.txt")
    assert result.returncode == 0, result.stderr
    text = (tmp_path / "out.txt").read_bytes().decode()
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["speaker_name"] for line in lines] == ["Ana Doe", "Ana Doe"]
    for line in lines:
        assert set(line) == {
            "content",
            "label",
            "cue",
            "mode",
            "speech_act",
            "speaker_name",
            "start",
            "end",
            "confidence",
        }
        for span in line["content"]:
            assert text[span["start"] : span["end"]] == span["text"]
        assert line["cue"] in text[line["start"] : line["end"]]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--engine", "abacus"], "unknown engine 'abacus' (choose from: rules"),
        (["--format", "xml"], "unknown format 'xml' (choose from: text, jsonl)"),
        (["--language", "tlh"], "no grammar for the language tlh"),
    ],
)
def test_invalid_option_is_reported_on_one_line(run, tmp_path: Path, arguments, message):
    page = tmp_path / "page.txt"
    page.write_text("Ana Doe said no.\n", encoding="utf-8")
    result = run("draft", page, *arguments)
    assert result.returncode == 2 and message in result.stderr and result.stderr.count("\n") == 1


def test_turn_of_a_name_with_accents_is_recognized():
    """A name with letters beyond A to Z begins a new turn: its words are not attributed to the previous speaker."""
    text = (
        "Remarks Before Their Meeting\n\nSECRETARY LIND:  The talks have gone well today.  We hope for more.\n\n"
        "PRIME MINISTER ÇELİKOĞLU:  The border will be opened in June.\n\nSECRETARY LIND:  That is good to hear.\n"
    )
    found = draft_text("rules", text, (), "en").statements
    border = next(s for s in found if "border" in text[s.start : s.end])
    assert border.label is not None and border.label.text == "PRIME MINISTER ÇELİKOĞLU"
    assert border.speaker_names != found[0].speaker_names
