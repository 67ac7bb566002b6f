"""The start of the content after a cue: after the addressee, the day, the place and `that`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .found import FoundStatement, Stretch
from .parsing import Sentence
from .phrases import Cue

if TYPE_CHECKING:
    from spacy.tokens import Token


_TOPIC = ("about", "regarding", "concerning", "on", "that", "to", "how", "over")


_ACTORS = ("side", "sides", "party", "parties", "regime", "authorities", "leaders", "nations", "states", "countries", "country", "community",
           "government", "governments", "forces", "everyone", "all", "members", "others", "reporters", "journalists", "lawmakers", "parliament",
           "council", "minister", "president", "secretary", "him", "her", "them", "us", "people", "public", "court", "judge", "jurors")  # fmt: skip


def content_start(text: str, sentence: Sentence, cue: Cue, made: FoundStatement, end: int) -> int:
    """Return the start of the content after the cue: after the addressee, the day, and `that`."""
    doc, verb = cue.verb.doc, cue.verb
    at = cue.last.i + 1
    stop = sentence.span.end
    at = _past_day(sentence, verb, made, at, stop)
    at = _past_company(sentence, cue, made, at, stop, end)
    at = _past_addressee(sentence, cue, made, at, stop)
    at = _past_place(sentence, verb, made, at, stop)
    while at < stop:
        token = doc[at]
        if token.ent_type_ in ("DATE", "TIME") and token.head == verb:
            made.date = made.date or (
                sentence.at(token.left_edge),
                sentence.after(token.right_edge),
            )
            made.context.append((sentence.at(token.left_edge), sentence.after(token.right_edge)))
            at = token.right_edge.i + 1
        elif (
            token.dep_ == "prep"
            and token.head == verb
            and token.lower_ in ("on", "in", "during", "at")
            and _dated(token)
            and token.right_edge.i + 1 < stop
        ):
            made.context.append((sentence.at(token), sentence.after(token.right_edge)))
            made.date = made.date or date_in(sentence, made.context[-1])
            at = token.right_edge.i + 1
        elif token.lower_ in ("that", ":", ",") and (
            token.text in (":", ",")
            or (token.dep_ in ("mark", "det", "nsubj", "advmod") and _is_conjunction(token))
        ):
            if token.lower_ == "that":
                made.context.append((sentence.at(token), sentence.after(token)))
            at += 1
        else:
            break
    return sentence.at(doc[at]) if at < stop else end


def _past_day(sentence: Sentence, verb: Token, made: FoundStatement, at: int, stop: int) -> int:
    """Return the place after `today`, `this morning`, `by phone today`, if they directly follow the verb."""
    doc = verb.doc
    while at < stop and doc[at].ent_type_ in ("DATE", "TIME") and doc[at].pos_ != "ADP":
        made.date = made.date or (sentence.at(doc[at]), sentence.after(doc[at]))
        made.context.append((sentence.at(doc[at]), sentence.after(doc[at])))
        at += 1
    return at


def _past_place(sentence: Sentence, verb: Token, made: FoundStatement, at: int, stop: int) -> int:
    """Return the place after `in a statement`, `at a rally`, if a clause follows."""
    doc = verb.doc
    clause = next(
        (child for child in verb.children if child.dep_ == "ccomp" and child.left_edge.i > at), None
    )
    if (
        clause is None
        and at < stop
        and doc[at].dep_ == "prep"
        and doc[at].head == verb
        and doc[at].lower_ in ("in", "at", "during", "on")
    ):
        for number in range(
            at + 2, min(at + 9, stop)
        ):  # `in a letter that the port is open`: not the letter's own
            if doc[number].lower_ == "that" and doc[number].dep_ == "mark":
                made.context.append((sentence.at(doc[at]), sentence.after(doc[number - 1])))
                return number
            if doc[number].pos_ in ("VERB", "AUX"):
                break
    if (
        at >= stop
        or clause is None
        or (
            doc[at].dep_ not in ("prep", "npadvmod", "advmod", "dobj", "dative")
            and doc[at].head != verb
        )
    ):
        return at
    first = clause.left_edge
    inside = {t.i for t in clause.subtree}
    if any(number in inside for number in range(at, first.i)) or first.i <= at:
        return at
    last = doc[first.i - 1]
    end = sentence.after(doc[last.i - 1]) if last.is_punct and last.i > at else sentence.after(last)
    made.context.append((sentence.at(doc[at]), end))
    made.date = made.date or date_in(sentence, made.context[-1])
    return first.i


def _dated(prep: Token) -> bool:
    return any(
        child.ent_type_ in ("DATE", "TIME") for child in prep.children if child.dep_ == "pobj"
    )


def _is_conjunction(token: Token) -> bool:
    return token.dep_ == "mark" or token.tag_ == "IN"


def _past_company(
    sentence: Sentence, cue: Cue, made: FoundStatement, at: int, stop: int, end: int
) -> int:
    """Return the place after `with Roe`, if a topic follows."""
    doc = cue.verb.doc
    if at >= stop or doc[at].lower_ != "with" or doc[at].dep_ not in ("prep", "mark"):
        return at
    for number in range(at + 2, stop):
        token = doc[number]
        if sentence.at(token) >= end:
            break
        if (
            token.lower_ in _TOPIC
            and token.ent_type_ == ""
            and not (token.lower_ == "on" and _dated(token))
        ):
            stretch = sentence.at(doc[at]), sentence.after(doc[number - 1])
            made.context.append(stretch)
            made.parts.append(("addressee", (sentence.at(doc[at + 1]), stretch[1])))
            return number
    return at


def _past_addressee(sentence: Sentence, cue: Cue, made: FoundStatement, at: int, stop: int) -> int:
    """Return the place after the person asked, thanked or told: the object of the verb, if the content follows it."""
    doc = cue.verb.doc
    opener = _opener(cue, at, stop) if cue.kind != "talk" else None
    if opener is None or opener <= at:
        return at
    first, last = doc[at], doc[opener - 1]
    if last.is_punct or first.lower_ in ("that", "how", "whether", "to"):
        return at
    role = "target" if doc[opener].tag_ == "TO" else "addressee"
    stretch = sentence.at(first), sentence.after(last)
    made.parts.append((role, stretch))
    made.context.append(stretch)
    return opener


def _opener(cue: Cue, at: int, stop: int) -> int | None:
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
    if (
        cue.entry.act == "expressive"
        and not cue.entry.light
        and set(cue.entry.particles) & {"for", "on", "as"}
    ):
        for child in verb.children:
            if (
                child.dep_ == "prep"
                and child.lower_ in cue.entry.particles
                and child.i > at
                and objects
                and child.i > objects[0].i
            ):
                return child.i if _is_actor(doc[at : child.i]) else None
        inner = [
            t
            for obj in objects[:1]
            for t in obj.children
            if t.dep_ == "prep" and t.lower_ in cue.entry.particles
        ]
        if inner and _is_actor(doc[at : inner[0].i]):
            return inner[0].i
        for number in range(at + 1, min(at + 9, stop)):
            token = doc[number]
            if token.lower_ in cue.entry.particles and token.pos_ == "ADP":
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


def date_in(sentence: Sentence, stretch: Stretch) -> Stretch | None:
    """Return the words in the span that date the statement."""
    ents = [
        ent
        for ent in sentence.span.doc.ents
        if ent.label_ in ("DATE",) and sentence.span.start <= ent.start < sentence.span.end
    ]
    for ent in ents:
        start, end = sentence.base + ent.start_char, sentence.base + ent.end_char
        if stretch[0] <= start and end <= stretch[1] and end - start < 40:
            return start, end
    return None
