"""Descriptions resolved to the people and bodies that they mean: `the minister`, `the two leaders`, `two officials`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .mentions import SMALL

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .people import People

_RANKS = (
    "deputy",
    "under",
    "assistant",
    "vice",
    "general",
    "former",
    "press",
    "acting",
    "prime",
    "foreign",
    "special",
    "defense",
    "finance",
    "attorney",
)


def phrase_of(head: Token) -> list[Token]:
    """Return the words of the phrase around a noun, without clauses and other members of a list."""
    out, joined = [head], any(child.dep_ == "conj" for child in head.children)
    for child in head.children:
        if child.dep_ in ("conj", "cc", "relcl", "punct", "acl", "advcl") or (
            joined and child.dep_ == "appos"
        ):
            continue
        out += list(child.subtree)
    return sorted(out, key=lambda t: t.i)


def described(people: People, head: Token, phrase: list[Token], joined: bool) -> tuple[str, ...]:
    """Return the names of the people or bodies that a description means; () if the text leaves it open."""
    words = [
        t.lower_
        for t in phrase
        if t.lower_ not in ("the", "a", "an", "’s", "'s") and not t.is_punct
    ]
    text = " ".join(words)
    definite = phrase[0].lower_ in ("the", "this", "that") or phrase[0].tag_ == "PRP$"
    titled = _titled(people, text, head)
    if definite and head.tag_ in ("NNS", "NN") and head.lower_ in people.described and not titled:
        return (people.described[head.lower_],)
    if _is_together(people, text, definite):
        return people.group
    if head.lower_ in people.words.occasions and not head.ent_type_:
        return ()
    if head.lower_ in people.words.documents:
        return _issuer(people, phrase, definite)
    if (definite or head.pos_ == "PROPN") and titled:
        return (titled,)
    if head.pos_ == "PROPN" and not definite:
        known = people.person(head.text)
        if known is not None and known.surname == head.lower_:
            return (known.name,)
    if head.pos_ == "PROPN" or any(t.ent_type_ in ("ORG", "GPE", "NORP") for t in phrase):
        return _named_body(people, phrase)
    if definite and (mentioned := _mentioned_before(people, head, joined)):
        return mentioned
    return (_unnamed(people, head, phrase, definite),)


def _is_together(people: People, text: str, definite: bool) -> bool:
    """Return True if a description means the people who were named together: `the two leaders`."""
    plain = text.removeprefix("two ").strip()
    together = people.words.together
    return text in together or (
        definite and (f"the {text}" in together or f"the {plain}" in together)
    )


def _issuer(people: People, phrase: list[Token], definite: bool) -> tuple[str, ...]:
    """Return the body that issued the document that a phrase names, and note it."""
    named = [t for t in phrase if t.ent_type_ in ("ORG", "WORK_OF_ART") or t.text in people.short]
    if named:
        people.body = people.short.get(named[0].text) or _entity(named[0])
    return (people.body,) if people.body and (named or definite) else ()


def _named_body(people: People, phrase: list[Token]) -> tuple[str, ...]:
    """Return the name of a body or country as the phrase prints it, an abbreviation in full."""
    name = " ".join(_joined(phrase))
    name = people.short.get(re.sub(r"^(?:the|The) ", "", name), name)
    return (re.sub(r"^(?:the|The|a|A|an|An) ", "", name),) if name else ()


def _mentioned_before(people: People, head: Token, joined: bool) -> tuple[str, ...]:
    """Return the person or group last mentioned, if the description can mean them; () otherwise."""
    if head.lower_ in people.words.described_as and people.last and head.tag_ != "NNS":
        known = people.person(people.last[0])
        if head.lower_ not in people.words.titles or known is None or not known.titles:
            return people.last
    if (
        head.tag_ == "NNS"
        and people.group
        and not joined
        and head.lower_.rstrip("s") in people.words.described_as
    ):
        return people.group
    return ()


def _unnamed(people: People, head: Token, phrase: list[Token], definite: bool) -> str:
    """Return the description of an unnamed source, and note it when it is introduced."""
    name = re.sub(r"^(?:the|a|an) ", "", " ".join(_joined(phrase)), flags=re.IGNORECASE)
    name = re.split(r",? (?:who|whose|whom|which)\b", name)[0]
    if not definite:
        people.described[head.lower_] = name
    return name


def _entity(token: Token) -> str:
    for ent in token.doc.ents:
        if ent.start <= token.i < ent.end:
            return re.sub(r"^(?:the|The) ", "", ent.text)
    return token.text


def _titled(people: People, text: str, head: Token) -> str | None:
    """Return the person whose title the description gives: `the Secretary`, `the Foreign Minister`, `the prime minister`."""
    if head.lower_ not in people.mentions.title_words:
        return None
    asked = {w for w in re.split(r"[\s-]+", text) if w not in SMALL}
    best: tuple[tuple[int, int], str] | None = None
    for person in people.persons:
        for title in person.titles:
            has = {w.strip(".,’'") for w in title.split() if w not in SMALL}
            if not asked <= has:
                continue
            ranks = sum(rank in has and rank not in asked for rank in _RANKS)
            recent = person.name in people.last
            score = (-ranks, int(recent))
            if best is None or score > best[0]:
                best = (score, person.name)
    return best[1] if best else None


def _joined(phrase: list[Token]) -> list[str]:
    """Return the words of the phrase as the text prints them, runs without space between them as one."""
    out: list[str] = []
    for token in phrase:
        if token.tag_ == "POS" and token == phrase[-1]:
            continue
        if out and not token.doc[token.i - 1].whitespace_:
            out[-1] += token.text
        else:
            out.append(token.text)
    return out
