"""The verbs of a sentence that report what somebody said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .parsing import Sentence
from .phrases import FINITE, Cue, cue_of, has_subject
from .words import Words

if TYPE_CHECKING:
    from spacy.tokens import Token


def predicates(sentence: Sentence, words: Words) -> list[Token]:
    """Return the main verbs of the sentence: its root and the verbs coordinated with it, in order."""
    mains = [sentence.span.root]
    for token in sentence.span:
        if token in mains or not token.tag_.startswith(("VB", "MD")):
            continue
        if token.dep_ == "conj" and token.head in mains and token.tag_ in (*FINITE, "VBN", "VB"):
            if token.tag_ in FINITE or _has_auxiliary(token) or token.head.tag_ == token.tag_:
                mains.append(token)
        elif token.tag_ in FINITE and words.verbs(token.lower_) and _joined_to_main(token, mains):
            mains.append(token)
    leading = _leading(sentence, words, mains)
    if leading:  # the clause that the parser took for the main clause is the content
        mains = [
            *leading,
            *[main for main in mains if main.i < leading[0].i or main.head == leading[0]],
        ]
    return sorted(mains, key=lambda token: token.i)


def _leading(sentence: Sentence, words: Words, mains: list[Token]) -> list[Token]:
    """Return a reporting verb at the head of the sentence although the parser took the clause after it for the main one."""
    for token in sentence.span[:12]:
        if (
            token.tag_ in FINITE
            and words.verbs(token.lower_)
            and token not in mains
            and token.dep_ in ("ccomp", "parataxis", "nsubj", "dep")
        ):
            subject = has_subject(token)
            marked = any(child.dep_ == "mark" for child in token.children)
            if (
                subject is not None
                and subject.i < token.i
                and subject.left_edge.i <= sentence.span.start + 1
                and not marked
            ):
                return [token] if token.i < sentence.span.root.i else []
    return []


def _has_auxiliary(token: Token) -> bool:
    return any(
        child.dep_ in ("aux", "auxpass") and child.lower_ != "to" for child in token.children
    )


def _joined_to_main(token: Token, mains: list[Token]) -> bool:
    """Return True if a finite verb that the parser put inside a clause is coordinated with the main verb: same tense, no subject, `and` before it."""
    if token.dep_ != "conj" or has_subject(token):
        return False
    before = token.i - 1
    while before > token.sent.start and token.doc[before].tag_ in ("RB", "RBR"):
        before -= 1
    if token.doc[before].lower_ not in ("and", ",", "but"):
        return False
    if words_need_subject(token):
        return False
    return any(main.i < token.i and main.tag_ == token.tag_ for main in mains)


def words_need_subject(token: Token) -> bool:
    """Return True for verbs of talk that usually mean something else: they count only with a subject of their own."""
    return token.lower_ in (
        "focused",
        "focuses",
        "focus",
        "centered",
        "addressed",
        "covered",
        "turned",
        "dealt",
        "considered",
        "raised",
        "backed",
    )


def find_cues(sentence: Sentence, words: Words, mains: list[Token]) -> list[Cue]:
    """Return every cue of the sentence that is not inside the content of another one, in order."""
    found: list[Cue] = []
    for token in sentence.span:
        if not words.verbs(token.lower_) or not token.tag_.startswith("VB"):
            continue
        place = _place_of(token, mains, sentence, words, found)
        if place is None or not _is_said(token, sentence, words, place):
            continue
        cue = cue_of(token, place, words)
        if cue is not None:
            found.append(cue)
    return found


def _place_of(
    token: Token, mains: list[Token], sentence: Sentence, words: Words, found: list[Cue]
) -> str | None:
    if _is_inserted(token, sentence):
        return "inserted"
    if token in mains and (token.tag_ in FINITE or _is_perfect(token)):
        return "main"
    if token.tag_ == "VBG" and _is_reporting_participle(token, mains, found):
        return "participle"
    if token.tag_ == "VB" and _is_purpose(token, mains, words, found):
        return "purpose"
    return None


def _is_inserted(token: Token, sentence: Sentence) -> bool:
    """Return True if subject and verb are within or after the content: `A, she said`, `“A,” said Roe, “B”`."""
    subject = has_subject(token)
    if subject is None or token.tag_ not in FINITE:
        return False
    first = min(subject.left_edge.i, token.i)
    if first <= sentence.span.start + 1:
        return False
    before = sentence.span.doc[first - 1]
    if before.text not in (",", "”", "“", '"', "’", "''", "?", "!", "–", "—"):
        return False
    after_subject = token.i > subject.i
    nxt = sentence.span.doc[token.i + 1] if token.i + 1 < sentence.span.end else None
    if after_subject and nxt is not None and (nxt.dep_ == "mark" or nxt.lower_ == "that"):
        return False
    if token.dep_ == "parataxis" or (token.dep_ == "ccomp" and token.head.i < first):
        return True
    left = [
        child
        for child in token.children
        if child.i < first and child.dep_ in ("ccomp", "parataxis")
    ]
    return bool(left) or (before.text in ("”", '"', "''") and token.dep_ in ("ROOT", "conj"))


def _is_perfect(token: Token) -> bool:
    auxiliaries = {child.lower_ for child in token.children if child.dep_ in ("aux", "auxpass")}
    passive = any(child.dep_ == "auxpass" for child in token.children)
    return (
        token.tag_ in ("VBN", "VBG", "VB")
        and not passive
        and bool(
            auxiliaries
            & {"has", "have", "had", "’ve", "'ve", "was", "is", "were", "are", "did", "does"}
        )
    )


def _is_reporting_participle(token: Token, mains: list[Token], found: list[Cue]) -> bool:
    before = token.i - 1
    while (
        before > token.sent.start
        and token.doc[before].tag_ in ("RB", "IN")
        and token.doc[before].lower_ not in ("by", "of", "in", "on", "for")
    ):
        before -= 1
    if token.dep_ == "conj" and any(
        cue.verb == token.head and cue.place == "participle" for cue in found
    ):
        return True
    if token.doc[before].text not in (",", "–", "—", ";") and token.doc[before].lower_ != "while":
        return False
    if not found and not any(main.lower_ in ("spoke", "met", "talked") for main in mains):
        return False
    has_object = any(
        child.dep_ in ("ccomp", "dobj", "prep", "xcomp") and child.i > token.i
        for child in token.children
    )
    return (
        has_object
        and token.dep_ in ("advcl", "acl", "conj", "pcomp", "xcomp", "dep")
        and any(m.i < token.i for m in mains)
    )


def _is_purpose(token: Token, mains: list[Token], words: Words, found: list[Cue]) -> bool:
    """Return True if the verb gives the purpose of a meeting: `met Roe to express regret`."""
    if token.dep_ == "conj" and any(
        cue.verb == token.head and cue.place == "purpose" for cue in found
    ):
        return True
    if not any(child.dep_ == "aux" and child.lower_ == "to" for child in token.children):
        return False
    if token.lower_ in words.purposes_unsaid:
        return False
    if any(
        child.dep_ == "aux" and child.lower_ in ("will", "would", "to")
        for main in mains
        for child in main.children
    ):
        return False
    head = token.head
    for _ in range(4):
        if head.lower_ in words.meetings and (head in mains or head.tag_ == "VB"):
            if head in mains:
                return not any(cue.verb == head for cue in found)
            head = head.head
        elif head in mains:
            return head.lower_ in words.meetings
        elif head.dep_ in (
            "pobj",
            "prep",
            "conj",
            "dobj",
            "appos",
            "npadvmod",
            "acl",
            "advcl",
            "compound",
        ) and head.pos_ in ("NOUN", "PROPN", "ADP", "NUM"):
            head = head.head
        else:
            return False
    return False


def _is_said(token: Token, sentence: Sentence, words: Words, place: str) -> bool:
    """Return True if it was said: not denied, declined, or still to come."""
    if any(child.dep_ == "neg" for child in token.children) and place != "purpose":
        line = sentence.span.text.lower()
        return any(phrase in line for phrase in words.unsaid_exceptions)
    before = sentence.span.text[: token.idx - sentence.span.start_char].lower().rstrip()
    if place in ("main", "inserted") and any(
        re.search(rf"\b{re.escape(phrase)}$", before) for phrase in words.to_come
    ):
        return False
    around = (
        before[-40:] + " " + sentence.span.text[token.idx - sentence.span.start_char :][:40].lower()
    )
    at = len(before[-40:]) + 1
    return not any(
        m.start() <= at < m.end()
        for phrase in words.unsaid
        for m in re.finditer(rf"\b{re.escape(phrase)}\b", around)
    )
