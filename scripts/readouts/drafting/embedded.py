"""Statements of sentences whose main verb does not report: `she left after officials said A`, `as Roe put it: “A”`."""

from __future__ import annotations

from collections.abc import Iterator

from .found import FoundStatement, Stretch, label_of
from .parsing import Sentence
from .phrases import FINITE, SUBJECTS, cue_of
from .quoting import trimmed, without_marks
from .words import Words


def embedded_statements(
    text: str, sentence: Sentence, words: Words, quotes: list[Stretch]
) -> Iterator[FoundStatement]:
    """Return clauses that report speech, one after the other: subject, verb of saying and a clause that it governs."""
    edge = sentence.start
    for token in sentence.span:
        at = sentence.at(token)
        if token.tag_ not in FINITE or at < edge or any(a < at < b for a, b in quotes):
            continue
        subject = next((t for t in token.children if t.dep_ in SUBJECTS and t.i < token.i), None)
        clause = next((t for t in token.children if t.dep_ == "ccomp" and t.i > token.i), None)
        negated = any(t.dep_ == "neg" for t in token.children)
        if (
            subject is None
            or clause is None
            or negated
            or subject.lower_ in ("i", "we", "you", "it", "that", "which")
        ):
            continue
        cue = cue_of(token, "embedded", words)
        if cue is None or cue.kind == "talk":
            continue
        label, end = label_of(sentence, subject), sentence.after(clause.right_edge)
        start = sentence.after(cue.last)
        start += len(" that") if text[start : start + 6].lower().startswith(" that ") else 0
        content = trimmed(text, start, end)
        if content[0] < content[1]:
            edge = end
            mode = (
                "mixed" if any(a < content[1] and content[0] < b for a, b in quotes) else "indirect"
            )
            stretch = sentence.at(cue.first), sentence.after(cue.last)
            yield FoundStatement(
                sentence,
                label[0],
                max(end, content[1]),
                [content],
                mode,
                stretch,
                cue,
                label,
                subject,
                confidence=0.5,
            )


def behind_colon(text: str, sentence: Sentence, quotes: list[Stretch]) -> Iterator[FoundStatement]:
    """Attribute a quotation after a colon to the last subject before it."""
    quote = next(
        (
            q
            for q in quotes
            if sentence.start < q[0] < sentence.end
            and text[sentence.start : q[0]].rstrip().endswith(":")
        ),
        None,
    )
    if quote is None:
        return
    before = [t for t in sentence.span if sentence.after(t) <= quote[0]]
    subject = next((t for t in reversed(before) if t.dep_ in SUBJECTS), None)
    content = without_marks(text, quote[0], min(quote[1], sentence.end))
    if subject is None or content[0] >= content[1]:
        return
    verb = subject.head
    cue = (
        (sentence.at(verb), sentence.after(verb))
        if verb in before and verb.pos_ in ("VERB", "AUX")
        else None
    )
    yield FoundStatement(
        sentence,
        sentence.start,
        sentence.end,
        [content],
        "direct",
        cue,
        None,
        label_of(sentence, subject),
        subject,
        confidence=0.6,
    )
