"""Statements without a clause of saying: `Reports suggesting A`, and `According to officials, A`."""

from __future__ import annotations

from collections.abc import Iterator

from .found import FoundStatement, Stretch, label_of
from .modes import mode_of
from .parsing import Sentence
from .phrases import Cue
from .quoting import trimmed
from .words import Words


def reduced_statements(
    text: str, sentence: Sentence, words: Words, quotes: list[Stretch]
) -> Iterator[FoundStatement]:
    """Return statements of the form `Reports suggesting A`: a document with a participle that reports."""
    for token in sentence.span:
        entries = words.finding.get(token.lower_, ()) + words.saying.get(token.lower_, ())
        if (
            token.tag_ != "VBG"
            or token.dep_ != "acl"
            or not entries
            or token.head.lower_ not in words.documents
            or token.i != token.head.i + 1
        ):
            continue
        label = label_of(sentence, token.head)
        edge = (
            max(child.right_edge.i for child in token.children) if any(token.children) else token.i
        )
        content = trimmed(text, sentence.after(token), sentence.after(sentence.span.doc[edge]))
        if content[0] < content[1]:
            cue = Cue(token, "finding", entries[0], "reduced", token, token, token.head)
            stretch = sentence.at(token), sentence.after(token)
            made = FoundStatement(
                sentence,
                label[0],
                content[1],
                [content],
                "indirect",
                stretch,
                cue,
                label,
                token.head,
                confidence=0.5,
            )
            made.mode, made.content = mode_of(text, cue, made.content, quotes)
            yield made


def according_to(
    text: str, sentence: Sentence, begin: int, quotes: list[Stretch]
) -> Iterator[FoundStatement]:
    """Return statements of the form `According to officials, A` or `A, according to officials`."""
    doc = sentence.span.doc
    for token in sentence.span:
        if (
            token.lower_ != "according"
            or token.i + 1 >= sentence.span.end
            or doc[token.i + 1].lower_ != "to"
        ):
            continue
        subject = next(
            (t for t in (*doc[token.i + 1].children, *token.children) if t.dep_ == "pobj"), None
        )
        if subject is None or sentence.at(token) < begin:
            continue
        label = label_of(sentence, subject)
        edge = sentence.after(subject.right_edge)
        if any(ch in text[label[1] : edge] for ch in ",") and sentence.at(token) <= begin + 1:
            edge = min(edge, text.index(",", label[1]))
        cue = sentence.at(token), sentence.after(doc[token.i + 1])
        pieces = [trimmed(text, begin, cue[0]), trimmed(text, edge, sentence.end)]
        content = [(s, e) for s, e in pieces if s < e and any(c.isalnum() for c in text[s:e])]
        if content:
            mode = (
                "mixed"
                if any(a < e and s < b for a, b in quotes for s, e in content)
                else "indirect"
            )
            yield FoundStatement(
                sentence,
                begin,
                sentence.end,
                content,
                mode,
                cue,
                None,
                label,
                subject,
                confidence=0.8,
            )
            return
