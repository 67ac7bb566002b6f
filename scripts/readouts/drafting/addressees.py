"""The word with which the content begins after an addressee."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .phrases import Cue

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ACTORS = ("side", "sides", "party", "parties", "regime", "authorities", "leaders", "nations", "states", "countries", "country", "community",
           "government", "governments", "forces", "everyone", "all", "members", "others", "reporters", "journalists", "lawmakers", "parliament",
           "council", "minister", "president", "secretary", "him", "her", "them", "us", "people", "public", "court", "judge", "jurors")  # fmt: skip


def opener_of(cue: Cue, at: int, stop: int) -> int | None:
    """Return the word with which the content begins after an addressee, None if the object is the content."""
    doc, verb = cue.verb.doc, cue.verb
    if at >= stop:
        return None
    clause = next(
        (child for child in verb.children if child.dep_ == "ccomp" and child.i > at), None
    )
    objects = [
        child for child in verb.children if child.dep_ in ("dobj", "dative") and child.i >= at
    ]
    if (
        clause is not None
        and objects
        and objects[0].i < clause.left_edge.i
        and objects[0].right_edge.i < clause.i
    ):
        has_addressee = clause.left_edge.i > objects[0].i and _is_actor(
            doc[at : clause.left_edge.i]
        )
        return clause.left_edge.i if has_addressee else None
    if cue.entry.act == "directive":
        return _infinitive_after(doc, at, stop)
    if (
        cue.entry.act == "expressive"
        and not cue.entry.light
        and set(cue.entry.particles) & {"for", "on", "as"}
    ):
        return _reason_after(cue, objects, at, stop)
    return None


def _infinitive_after(doc: Doc, at: int, stop: int) -> int | None:
    """Return the `to` with which the content of a request begins: `urged Roe to open the port`."""
    for number in range(at + 1, min(stop, at + 22)):
        token = doc[number]
        if token.text in (",", ";", ":") and not _within_list(token):
            break
        if (
            token.tag_ == "TO"
            and token.i + 1 < stop
            and token.head.tag_ == "VB"
            and _is_actor(doc[at:number])
        ):
            return number
    return None


def _reason_after(cue: Cue, objects: list[Token], at: int, stop: int) -> int | None:
    """Return the preposition with which the reason begins: `thanked Roe for the visit`."""
    doc, particles = cue.verb.doc, cue.entry.particles
    for child in cue.verb.children:
        if (
            child.dep_ == "prep"
            and child.lower_ in particles
            and child.i > at
            and objects
            and child.i > objects[0].i
        ):
            return child.i if _is_actor(doc[at : child.i]) else None
    inner = [
        t for obj in objects[:1] for t in obj.children if t.dep_ == "prep" and t.lower_ in particles
    ]
    if inner and _is_actor(doc[at : inner[0].i]):
        return inner[0].i
    for number in range(at + 1, min(at + 9, stop)):
        token = doc[number]
        if token.lower_ in particles and token.pos_ == "ADP":
            return number if _is_actor(doc[at:number]) else None
        if token.pos_ not in ("PROPN", "DET", "ADJ", "NOUN") or token.lower_ == "of":
            break
    return None


def _within_list(token: Token) -> bool:
    return any(other.dep_ == "conj" for other in token.head.children)


def _is_actor(tokens: object) -> bool:
    """Return True if the words name someone who can act: a name, a pronoun, a group."""
    words = list(tokens)  # type: ignore[call-overload]
    if not words or len(words) > 22:
        return False
    heads = [t for t in words if t.head not in words]
    head = heads[0] if heads else words[-1]
    return (
        head.pos_ in ("PROPN", "PRON")
        or head.lower_ in _ACTORS
        or words[-1].lower_ in _ACTORS
        or words[-1].pos_ in ("PROPN", "PRON")
    )
