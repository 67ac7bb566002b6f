"""The words of a cue: a verb with its adverb of force, its particle and its preposition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.lexicon import Verb
from .words import Words

if TYPE_CHECKING:
    from spacy.tokens import Token


FINITE = ("VBD", "VBZ", "VBP")


SUBJECTS = ("nsubj", "nsubjpass", "csubj")


_ABOUT = (
    "for",
    "on",
    "upon",
    "about",
    "regarding",
    "concerning",
    "over",
    "against",
    "of",
    "to",
    "around",
    "toward",
    "towards",
)


_OCCASIONS = (
    "sidelines",
    "margins",
    "occasion",
    "eve",
    "anniversary",
    "side",
    "phone",
    "way",
    "trip",
    "visit",
)
_TALK_ABOUT = ("on", "about", "regarding", "concerning", "over", "of", "around", "to", "including")


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb that reports. `place`: main, inserted (within or after the content), participle, purpose or relative."""

    verb: Token
    kind: str
    entry: Verb
    place: str
    first: Token
    last: Token
    subject: Token | None


def has_subject(token: Token) -> Token | None:
    """Return the subject of a verb, None if it has none of its own."""
    return next((child for child in token.children if child.dep_ in SUBJECTS), None)


def cue_of(token: Token, place: str, words: Words) -> Cue | None:
    clause = any(child.dep_ == "ccomp" for child in token.children) or place == "inserted"
    first = token
    while first.i > token.sent.start and token.doc[first.i - 1].lower_ in words.cue_adverbs:
        first = token.doc[first.i - 1]
    subject = has_subject(token)
    low = token.lower_
    for kind, entries in (
        ("talk", words.talk.get(low, ())),
        ("saying", words.saying.get(low, ())),
        ("finding", words.finding.get(low, ())),
    ):
        if kind == "talk" and clause and low in words.saying:
            continue
        if kind == "saying" and low in words.talk and not clause and not _has_object(token):
            continue
        complete = any(
            _particle(token, entry.particles) for entry in entries
        ) or _topic_after_company(token)
        if kind == "talk" and low in words.saying and not complete:
            continue
        entries = tuple(
            entry
            for entry in entries
            if clause
            or kind == "talk"
            or entry.lemma not in words.only_quoting
            or _particle(token, entry.particles)
        )
        for entry in sorted(entries, key=lambda entry: not _particle(token, entry.particles)):
            last = _last_of(token, kind, entry, words)
            if last is not None:
                return Cue(token, kind, entry, place, first, last, subject)
    return None


def _has_object(token: Token) -> bool:
    return any(child.dep_ in ("dobj", "xcomp") for child in token.children)


def _particle(token: Token, particles: tuple[str, ...]) -> Token | None:
    """Return the particle of a verb that directly follows it, or the noun that makes it a phrase."""
    doc, end = token.doc, token.sent.end
    nxt = doc[token.i + 1] if token.i + 1 < end else None
    if nxt is None:
        return None
    if nxt.lower_ in particles:
        return nxt
    if nxt.lower_ == "it" and token.i + 2 < end and doc[token.i + 2].lower_ in particles:
        return doc[token.i + 2]
    for at in range(token.i + 1, min(token.i + 7, end)):
        if doc[at].lower_ in particles and doc[at].pos_ == "NOUN":
            return doc[at]
        if doc[at].pos_ in ("VERB", "ADP", "PUNCT", "PROPN"):
            break
    return None


def _last_of(token: Token, kind: str, entry: Verb, words: Words) -> Token | None:
    """Return the last word of the cue, or None if the verb lacks something that it needs to report."""
    doc, end = token.doc, token.sent.end
    particle = _particle(token, entry.particles)
    last = token
    if (
        particle is not None
        and not _opens_infinitive(particle)
        and particle.lower_ not in ("with", "that", "how", "whether")
    ):
        last = particle
    if kind == "talk" or (particle is not None and particle.pos_ == "NOUN"):
        if particle is None and entry.particles and not _topic_after_company(token):
            return None
        if particle is not None and particle.lower_ == "with" and not _topic_after_company(token):
            return None
        noun = _talk_noun(last, words, end) if last is token or last.lower_ == "in" else None
        if noun is not None:
            last = noun
        elif particle is not None and particle.lower_ == "in":
            return None
        if last.pos_ == "NOUN":
            if last.i + 1 < end and doc[last.i + 1].lower_ in _TALK_ABOUT:
                return doc[last.i + 1]
            return (
                last
                if any(
                    c.dep_ == "prep" and c.lower_ in _TALK_ABOUT
                    for c in (*last.children, *token.children)
                )
                else None
            )
        return last
    if last is token and token.i + 1 < end:
        nxt = doc[token.i + 1]
        if (
            nxt.lower_ in _ABOUT
            and nxt.dep_ in ("prep", "prt", "dative")
            and not _opens_infinitive(nxt)
            and not _is_time(nxt)
        ):
            last = nxt
    return last


def _opens_infinitive(token: Token) -> bool:
    return (
        token.lower_ == "to"
        and token.tag_ == "TO"
        and token.i + 1 < len(token.doc)
        and token.dep_ == "aux"
    )


def _is_time(token: Token) -> bool:
    return any(
        child.ent_type_ in ("DATE", "TIME") for child in token.children if child.dep_ == "pobj"
    )


def _topic_after_company(token: Token) -> bool:
    """Return True if after `spoke with Roe` a topic follows: `about rice`, `on rice`."""
    company = next(
        (child for child in token.children if child.lower_ == "with" and child.i > token.i), None
    )
    if company is None or token.lower_ in ("meet", "met", "meets"):
        return False
    tops = [
        t
        for t in token.subtree
        if t.i > company.i
        and t.dep_ == "prep"
        and t.lower_ in ("about", "regarding", "concerning", "on")
    ]
    return any(
        not _is_time(top) and not any(t.lower_ in _OCCASIONS for t in top.children) for top in tops
    )


def _talk_noun(last: Token, words: Words, end: int) -> Token | None:
    """Return the noun of talk at the head of the noun phrase that follows: `in a wide-ranging discussion`."""
    doc = last.doc
    for at in range(last.i + 1, min(last.i + 7, end)):
        token = doc[at]
        if token.lower_ in words.nouns_of_talk and token.pos_ == "NOUN":
            return token
        if token.pos_ not in (
            "DET",
            "ADJ",
            "NOUN",
            "PUNCT",
            "ADV",
            "VERB",
            "NUM",
            "ADP",
        ) or token.text in (
            ",",
            ".",
            ";",
        ):
            return None
        if token.pos_ == "ADP" and at > last.i + 1:
            return None
    return None
