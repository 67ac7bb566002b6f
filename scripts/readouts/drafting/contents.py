"""The start of the content after a cue: after the addressee, the day, the place and `that`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .addressees import opener_of
from .found import FoundStatement, Stretch
from .parsing import Sentence
from .phrases import Cue

if TYPE_CHECKING:
    from spacy.tokens import Token


_TOPIC = ("about", "regarding", "concerning", "on", "that", "to", "how", "over")


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
    opener = opener_of(cue, at, stop) if cue.kind != "talk" else None
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
