"""A statement in progress, and the words that name its speaker."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .parsing import Sentence
from .phrases import Cue

if TYPE_CHECKING:
    from spacy.tokens import Token


Stretch = tuple[int, int]


@dataclass(slots=True)
class FoundStatement:
    """A statement in progress. Offsets are those of the captured text."""

    sentence: Sentence
    start: int
    end: int
    content: list[Stretch]
    mode: str
    cue: Stretch | None = None
    found_by: Cue | None = None
    label: Stretch | None = None
    subject: Token | None = None
    follows: Token | None = None
    """The main verb whose subject this one shares, if it has none of its own."""
    context: list[Stretch] = field(default_factory=list)
    parts: list[tuple[str, Stretch]] = field(default_factory=list)
    date: Stretch | None = None
    parent: FoundStatement | None = None
    names: tuple[str, ...] = ()
    title: Stretch | None = None
    antecedent: Stretch | None = None
    continues: FoundStatement | None = None
    act: str | None = None
    confidence: float = 0.5
    section: str = "body"


def label_of(sentence: Sentence, subject: Token) -> Stretch:
    """Return the words that name the speaker: the subject with title and nationality, without relative clause or apposition."""
    left, right = subject.left_edge.i, subject.i
    doc = subject.doc
    for at in range(subject.i + 1, subject.right_edge.i + 1):
        token = doc[at]
        top = token
        while (
            top.head != subject
            and top.head != top
            and top.head.i in range(left, subject.right_edge.i + 1)
        ):
            top = top.head
        if token.text in ("(", "[") or (
            token.text in (",", "–", "—") and not _lists_on(subject, token)
        ):
            break
        if top.dep_ in ("relcl", "acl", "advcl", "parataxis", "ccomp", "amod") and top.pos_ in (
            "VERB",
            "AUX",
        ):
            break
        right = at
    while (doc[right].is_punct or doc[right].tag_ == "POS") and right > subject.i:
        right -= 1
    while (
        left < right
        and (doc[left].is_punct or doc[left].tag_ == "CC" or doc[left].lower_ in ("that", "while"))
        and doc[left].lower_ != "both"
    ):
        left += 1
    start, end = sentence.at(doc[left]), sentence.after(doc[right])
    return start, end


def _lists_on(subject: Token, comma: Token) -> bool:
    """Return True if the comma separates the members of a list of speakers."""
    return (
        any(child.dep_ == "conj" and child.i > comma.i for child in subject.subtree)
        and comma.head.dep_ != "appos"
    )
