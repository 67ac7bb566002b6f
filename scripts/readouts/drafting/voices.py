"""The voice of a sentence in a signed document: the author's, another person's within it, or the account of a journey."""

from __future__ import annotations

from .found import FoundStatement
from .parsing import Sentence
from .people import People
from .phrases import SUBJECTS
from .words import Words


def is_itinerary(sentence: Sentence, words: Words, people: People) -> bool:
    """Return True if the sentence reports what an official did or will do on a journey or at a meeting: the document's own occasion."""
    root = sentence.span.root
    subject = next((t for t in root.children if t.dep_ in SUBJECTS), None)
    if subject is None or root.lower_ not in words.meetings or subject.lower_ in ("we", "i"):
        return False
    official = subject.ent_type_ == "PERSON" or people.mentions.is_title_word(subject)
    will = any(t.lower_ == "will" for t in root.children)
    return (
        official
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
