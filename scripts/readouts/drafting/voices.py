"""The voice of a sentence: its author's or issuer's, another person's within it, or the account of a journey or meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .found import FoundStatement
from .parsing import Sentence
from .people import People
from .phrases import SUBJECTS
from .words import Words

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_itinerary(sentence: Sentence, words: Words, people: People) -> bool:
    """Return True if the sentence reports what an official did or will do on a journey or at a meeting: the document's own occasion."""
    root = sentence.span.root
    subject = _subject_of(root)
    if subject is None or root.lower_ not in words.meetings or subject.lower_ in ("we", "i"):
        return False
    will = any(t.lower_ == "will" for t in root.children)
    return (
        _is_person(subject, people)
        and (will or root.tag_ == "VBD")
        and not any(t.dep_ == "ccomp" for t in root.children)
    )


def is_another_voice(inner: FoundStatement, words: Words) -> bool:
    """Return True if the author reports what another person said: not I or we, and not the author's own side in the present tense."""
    if inner.subject is None or inner.label is None or inner.found_by is None:
        return False
    if inner.subject.lower_ in (
        "i",
        "we",
        "us",
        "you",
        "who",
        "it",
        "this",
        "that",
        "he",
        "she",
        "they",
        "there",
        "one",
    ):
        return False
    cue = inner.found_by
    if cue.kind == "finding" or inner.subject.lower_ in words.documents:
        return any(
            t.dep_ in ("ccomp", "xcomp", "dobj", "oprd") or t.dep_ == "acomp"
            for t in cue.verb.children
        )
    past = cue.verb.tag_ in ("VBD", "VBN")
    return past and (
        any(t.dep_ == "ccomp" for t in cue.verb.children) or inner.mode in ("direct", "mixed")
    )


def is_issuers_voice(sentence: Sentence) -> bool:
    """Return True if the body that issues the document speaks: I or we, or a country in the present tense."""
    root = sentence.span.root
    subject = _subject_of(root)
    if subject is None:
        return False
    if subject.lower_ in ("we", "i"):
        return True
    return (
        root.tag_ in ("VBZ", "VBP")
        and subject.ent_type_ == "GPE"
        and not any(t.dep_ == "ccomp" for t in root.children)
    )


def is_assertion(root: Token) -> bool:
    """Return True if a sentence says what is, will be or must be, in the present tense or with a modal verb."""
    present = root.tag_ in ("VBZ", "VBP") or any(
        t.dep_ in ("aux", "auxpass")
        and (t.lower_ in ("will", "can", "must", "should", "may") or t.tag_ in ("VBZ", "VBP"))
        for t in root.children
    )
    return present and root.pos_ in ("VERB", "AUX")


def is_narration(root: Token, words: Words, people: People) -> bool:
    """Return True if a sentence tells of a meeting, or of what a person will do and say there."""
    if root.lower_ in words.meetings:
        return True
    subject = _subject_of(root)
    someone = subject is not None and (subject.pos_ == "PRON" or _is_person(subject, people))
    return (
        someone
        and any(t.lower_ == "will" for t in root.children)
        and bool(words.verbs(root.lower_))
    )


def is_background(root: Token, words: Words, people: People) -> bool:
    """Return True if a sentence is about a thing or a body, not about a person or a meeting."""
    subject = _subject_of(root)
    person = subject is not None and _is_person(subject, people)
    return not person and root.lower_ not in words.meetings


def _subject_of(root: Token) -> Token | None:
    return next((t for t in root.children if t.dep_ in SUBJECTS), None)


def _is_person(subject: Token, people: People) -> bool:
    return subject.ent_type_ == "PERSON" or people.mentions.is_title_word(subject)
