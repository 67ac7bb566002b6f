"""Speakers: each statement gets its names; the referents of `he` and `they` are kept for the next statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .found import FoundStatement
from .parsing import Sentence
from .people import People
from .phrases import SUBJECTS
from .words import Words

if TYPE_CHECKING:
    from spacy.tokens import Token


class Speakers:
    """Assigns speakers to statements in the order of the text; `found` are the earlier ones."""

    def __init__(self, people: People, words: Words, found: list[FoundStatement]) -> None:
        self.people, self.words, self.found = people, words, found

    def note_company(self, sentence: Sentence, made: list[FoundStatement]) -> None:
        """Note who met whom: together they are `they` afterwards, and the subject is `he` or `she`."""
        root = sentence.span.root
        subject = next((t for t in root.children if t.dep_ in SUBJECTS), None)
        cued = any(
            found.found_by is not None
            and found.found_by.verb == root
            and found.found_by.kind != "talk"
            for found in made
        )
        if subject is None or cued:
            return
        if root.lower_ not in self.words.meetings:
            named = self.people.names_of(subject, sentence)
            if (
                len(named) == 1
                and subject.pos_ != "PRON"
                and self.people.person(named[0]) is not None
            ):
                self.people.last = named
            return
        own = self.people.names_of(subject, sentence)
        others = self._company(sentence, root)
        if own:
            self.people.last = own[:1] if len(own) == 1 else self.people.last or own[:1]
            joint = tuple(dict.fromkeys((*own, *others)))
            if (others or len(own) > 1) and (
                not self.people.group or any(self.people.person(name) for name in others)
            ):
                self.people.group = joint

    def _company(self, sentence: Sentence, root: Token) -> list[str]:
        doc = sentence.span.doc
        start = next(
            (
                t.i
                for t in sentence.span
                if t.i > root.i
                and (t.lower_ == "with" or (t == root.nbor() and t.pos_ in ("PROPN", "DET", "ADJ")))
            ),
            None,
        )
        if start is None or root.lower_ in ("traveled", "travelled", "returned", "arrived"):
            start = next((t.i for t in sentence.span if t.lower_ == "with"), None)
        if start is None:
            return []
        stop = next(
            (
                t.i
                for t in sentence.span
                if t.i > start and (t.tag_ == "TO" or t.tag_ in ("VBD", "VBZ"))
            ),
            sentence.span.end,
        )
        names = [
            self.people.person(doc[a : b + 1].text)
            for a, b in self.people.mentions.find(sentence)
            if start <= a < stop and doc[b].dep_ != "poss"
        ]
        if any(names):
            return [person.name for person in names if person]
        head = next((t for t in doc[start].children if t.dep_ == "pobj"), None)
        return list(self.people.names_of(head, sentence)) if head is not None else []

    def name(self, found: FoundStatement) -> None:
        """Assign the speaker, and remember it."""
        people, cue = self.people, found.found_by
        if (
            cue is not None
            and found.cue
            and found.label is None
            and found.subject is not None
            and found.subject.lower_ in self.words.nouns_of_talk
        ):
            found.names = people.group
            return
        subject = found.subject or (
            next((t for t in found.follows.children if t.dep_ in SUBJECTS), None)
            if found.follows is not None
            else None
        )
        if subject is None:
            same = [f for f in self.found if f.sentence is found.sentence and f.parent is None]
            root_subject = next(
                (t for t in found.sentence.span.root.children if t.dep_ in SUBJECTS), None
            )
            found.names = (
                same[-1].names
                if same
                else people.names_of(root_subject, found.sentence)
                if root_subject is not None
                else people.last
            )
            return
        found.names = people.names_of(subject, found.sentence)
        if found.parent is not None:
            return
        documents = (
            subject.lower_ in self.words.documents
            and people.person(found.names[0] if found.names else "") is None
        )
        if len(found.names) == 1 and subject.lower_ != "it" and not documents:
            people.last = found.names
        elif len(found.names) > 1:
            people.group = found.names

    def antecedent_of_their(self, outer: FoundStatement, inner: FoundStatement) -> tuple[str, ...]:
        """Return the plural noun phrase before `their` in the same sentence."""
        if outer.found_by is not None:
            return ()
        assert inner.subject is not None
        before = [
            t
            for t in outer.sentence.span
            if t.i < inner.subject.i
            and (t.tag_ in ("NNS", "NNPS") or t.lower_ == "people")
            and t.dep_ in ("pobj", "dobj", "nsubj")
        ]
        return self.people.names_of(before[0], outer.sentence) if before else ()
