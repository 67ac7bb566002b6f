"""Nouns that report within a statement: `the minister's announcement that the port will open` (codebook 3)."""

from __future__ import annotations

from collections.abc import Iterator

from .found import FoundStatement, label_of
from .phrases import Cue
from .quoting import trimmed
from .words import Words

_NOUNS = {"announcement", "announcements", "call", "calls", "claim", "claims", "statement", "warning", "warnings", "appeal", "demand", "demands",
          "assertion", "declaration", "pledge", "promise", "vow", "request", "commitment"}  # fmt: skip
_STATED = {"stated", "declared", "announced", "avowed", "professed", "expressed"}


def inner_statements(text: str, outer: FoundStatement, words: Words) -> Iterator[FoundStatement]:
    """Return statements of nouns with a possessor and with content, in the content of a statement."""
    sentence = outer.sentence
    start, end = outer.content[0][0], outer.content[-1][1]
    for token in sentence.span:
        if token.lower_ not in _NOUNS or not start <= sentence.at(token) < end:
            continue
        owner = next((child for child in token.children if child.dep_ == "poss"), None)
        nxt = token.doc[token.i + 1] if token.i + 1 < sentence.span.end else None
        if owner is None or nxt is None:
            continue
        stated = next((child for child in token.children if child.lower_ in _STATED), None)
        if token.lower_ == "commitment" and stated is None:
            continue
        label, edge = label_of(sentence, owner), sentence.after(token.right_edge)
        if stated is not None:
            cue, at = (sentence.at(stated), sentence.after(stated)), sentence.at(token)
        elif nxt.lower_ in ("of", "for") and nxt.dep_ == "prep":
            cue, at = (sentence.at(token), sentence.after(nxt)), sentence.after(nxt)
            at, last = _past_target(sentence, nxt, at)
            edge = max(edge, last)
        elif nxt.lower_ == "that":
            cue, at = (sentence.at(token), sentence.after(token)), sentence.after(nxt)
        elif nxt.tag_ == "TO":
            cue, at = (sentence.at(token), sentence.after(token)), sentence.at(nxt)
        else:
            continue
        content = trimmed(text, at, min(end, edge))
        if content[0] >= content[1]:
            continue
        made = FoundStatement(
            sentence,
            label[0],
            content[1],
            [content],
            "indirect",
            cue,
            _noun_cue(token, words),
            label,
            owner,
            parent=outer,
            confidence=0.5,
        )
        made.start = min(label[0], cue[0])
        yield made


def _past_target(sentence: object, prep: object, at: int) -> tuple[int, int]:
    """Return the place after the person called on, if an infinitive follows: `their call for the council | to act`."""
    doc, end = prep.doc, prep.sent.end  # type: ignore[attr-defined]
    for number in range(prep.i + 2, min(end, prep.i + 12)):  # type: ignore[attr-defined]
        token = doc[number]
        if token.text in (",", ";", "and"):
            break
        if token.tag_ == "TO" and token.head.tag_ == "VB":
            return sentence.at(token), sentence.after(token.head.right_edge)  # type: ignore[attr-defined]
    return at, 0


def _noun_cue(token: object, words: Words) -> Cue | None:
    from ..core.lexicon import Verb

    lower = token.lower_  # type: ignore[attr-defined]
    act = (
        "directive"
        if lower in ("call", "calls", "appeal", "demand", "demands", "request")
        else "commissive"
        if lower in ("commitment", "pledge", "promise", "vow")
        else "assertive"
    )
    entry = Verb(lower, (lower,), (), act, light=act == "assertive")
    return Cue(token, "saying", entry, "noun", token, token, None)  # type: ignore[arg-type]
