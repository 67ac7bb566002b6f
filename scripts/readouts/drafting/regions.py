"""The part of a sentence that belongs to each of its verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .found import Stretch
from .parsing import Sentence
from .phrases import SUBJECTS, Cue

if TYPE_CHECKING:
    from spacy.tokens import Token


def regions_of(
    sentence: Sentence, mains: list[Token], cues: list[Cue], begin: int
) -> dict[int, Stretch]:
    """Return the start and end of the part of the sentence that belongs to each main verb or participle, by the verb's number."""
    inserted = next((cue for cue in cues if cue.place == "inserted"), None)
    heads: list[tuple[int, int]] = []
    first_purpose = next((cue for cue in cues if cue.place == "purpose"), None)
    places = {cue.verb.i: cue for cue in cues}
    taken = {main.i: main for main in mains} | {cue.verb.i: cue.verb for cue in cues}
    for number in sorted(taken):
        cue = places.get(number)
        if (
            inserted is not None
            and cue is not inserted
            and (cue is None or cue.place == "main")
            and not (number > inserted.verb.i and _is_joined(taken[number], inserted))
        ):
            continue
        if first_purpose is not None and cue is None and number < first_purpose.verb.i:
            continue
        at = begin if not heads else sentence.at(_first_of(taken[number], cue))
        heads.append((max(begin, at), number))
    out = {}
    for (at, number), nxt in zip(heads, [*heads[1:], (sentence.end, -1)], strict=True):
        out[number] = (at, nxt[0])
    return out


def _is_joined(token: Token, inserted: Cue) -> bool:
    return token.dep_ == "conj" and token.head == inserted.verb


def _first_of(token: Token, cue: Cue | None) -> Token:
    """Return the first word of the part that a verb opens: its conjunction, subject or adverb."""
    doc, first = token.doc, token
    subject = next(
        (child for child in token.children if child.dep_ in SUBJECTS and child.i < token.i), None
    )
    if subject is not None and (cue is None or cue.place not in ("participle", "purpose")):
        first = subject.left_edge
    for child in token.children:
        if (
            child.i < first.i
            and child.dep_ in ("aux", "advmod")
            and child.left_edge.i > token.sent.start
        ):
            first = child.left_edge
    while (
        first.i > token.sent.start
        and doc[first.i - 1].tag_ in ("RB",)
        and doc[first.i - 1].dep_ in ("advmod", "cc", "neg")
    ):
        first = doc[first.i - 1]
    if first.i > token.sent.start and (
        doc[first.i - 1].tag_ == "CC" or doc[first.i - 1].lower_ == "while"
    ):
        first = doc[first.i - 1]
    return first
