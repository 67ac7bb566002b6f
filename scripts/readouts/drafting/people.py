"""The people and bodies that a text names, with pronouns and descriptions resolved to the nearest match."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..curation.sentences import CAPITALS
from .descriptions import described, phrase_of
from .mentions import SMALL, Mentions
from .parsing import Sentence
from .words import Words

if TYPE_CHECKING:
    from spacy.tokens import Token

Stretch = tuple[int, int]
_SINGULAR = ("he", "she", "his", "her", "him", "i", "my", "me", "who", "himself", "herself")
_PLURAL = ("they", "their", "them", "both", "we", "our")


@dataclass(slots=True)
class Person:
    """A person whom the text names. `first` is the place, with the title."""

    name: str
    titles: set[str]
    first: Stretch
    last_seen: int = 0

    @property
    def surname(self) -> str:
        """Return the last word of the name, without a suffix."""
        words = [
            word
            for word in self.name.split()
            if word.rstrip(".").lower() not in ("jr", "sr", "ii", "iii", "iv")
        ]
        return (words or [self.name])[-1].lower()


@dataclass
class People:
    """The known speakers at one place of the text; sentences are read in order."""

    words: Words
    text: str = ""
    short: dict[str, str] = field(default_factory=dict)
    """Abbreviation → the name that the text gives it."""
    persons: list[Person] = field(default_factory=list)
    last: tuple[str, ...] = ()
    """The person meant by `he` or `she`."""
    group: tuple[str, ...] = ()
    """The people meant by `they`."""
    described: dict[str, str] = field(default_factory=dict)
    """Noun → the unnamed source that was introduced with it: officials → two officials."""
    body: str | None = None
    """The body that issued the document under discussion."""

    def __post_init__(self) -> None:
        self.mentions = Mentions(self.words)

    def person(self, name: str) -> Person | None:
        """Return the person with that name or surname, the one seen last if several match."""
        words = {word.lower() for word in name.split() if len(word.rstrip(".")) > 1}
        fits = [
            p
            for p in self.persons
            if words
            and (
                words <= {w.lower() for w in p.name.split()}
                or {w.lower() for w in p.name.split() if len(w) > 2} <= words
            )
        ]
        if (
            not fits and len(words) > 1 and name.split()[0].isupper()
        ):  # an office in capitals before the name
            fits = [p for p in self.persons if p.surname == name.split()[-1].lower()]
        return max(fits, key=lambda p: p.last_seen) if fits else None

    def known_name(self, name: str) -> str:
        """Return the full name of a known person, otherwise the name itself."""
        known = self.person(name)
        return known.name if known else name

    def add(self, name: str, title: str, first: Stretch) -> Person:
        """Note a mention; a longer name of a known person replaces the shorter one."""
        known = self.person(name)
        if known is None:
            name, first = self._in_full(name, first)
            known = Person(name, set(), first)
            self.persons.append(known)
        elif len(name.split()) > len(known.name.split()):
            known.name = name
        if title:
            known.titles.add(" ".join(title.lower().replace("-", " ").split()))
        known.last_seen = first[0]
        return known

    def _in_full(self, name: str, first: Stretch) -> tuple[str, Stretch]:
        """Return a surname with the first name that the text has earlier, and its place."""
        if " " in name:
            return name, first
        for match in re.finditer(
            rf"([{CAPITALS}][\w’-]+(?:[ \u00a0][{CAPITALS}]\.)?)[ \u00a0]{re.escape(name)}\b",
            self.text,
        ):
            if not self.mentions.is_title(match[1]):
                return " ".join(match[0].split()), match.span()
        return name, first

    # -- reading ----------------------------------------------------------------------------------------------

    def read(self, sentence: Sentence) -> None:
        """Note every person that the sentence names."""
        for first, last in self.mentions.find(sentence):
            doc = sentence.span.doc
            left = first
            while left > sentence.span.start and self.mentions.belongs_to_title(doc[left - 1]):
                left -= 1
            while left < first and (
                doc[left].lower_ in SMALL or doc[left].is_punct or doc[left].tag_ == "POS"
            ):
                left += 1
            title = doc[left:first].text if left < first else ""
            self.add(
                doc[first : last + 1].text,
                title,
                (sentence.at(doc[left]), sentence.after(doc[last])),
            )

    # -- resolving --------------------------------------------------------------------------------------------

    def names_of(self, subject: Token, sentence: Sentence) -> tuple[str, ...]:
        """Return the names of the people whom a subject means, in order; () if the text leaves it open."""
        if subject.lower_ in ("both", "all") and subject.pos_ in ("PRON", "DET"):
            return self.group
        heads = [subject]
        for head in heads:
            heads += [
                child
                for child in head.children
                if child.dep_ in ("conj",) and child.pos_ in ("PROPN", "NOUN", "PRON")
            ]
        out: list[str] = []
        for head in heads:
            for name in self._names_of_head(head, sentence, len(heads) > 1):
                if name not in out:
                    out.append(name)
        return tuple(out)

    def _names_of_head(self, head: Token, sentence: Sentence, joined: bool) -> tuple[str, ...]:
        low = head.lower_
        if low in _SINGULAR:
            return self.last
        if low in ("it", "its"):
            return (self.body,) if self.body else self.last
        if low in _PLURAL:
            return self.group or self.last
        if low in ("this", "that", "which", "what", "there", "these", "those"):
            return ()
        phrase = phrase_of(head)
        named = [
            (a, b)
            for a, b in self.mentions.find(sentence)
            if any(t.i in range(a, b + 1) for t in phrase)
            and self._is_meant(sentence.span.doc[b], head)
        ]
        if named:
            a, b = named[-1]
            return (self.known_name(sentence.span.doc[a : b + 1].text),)
        return described(self, head, phrase, joined)

    def _is_meant(self, token: Token, head: Token) -> bool:
        """Return True if a name within the phrase is the speaker, not the person to whom the speaker belongs (`Roe's aide`, `a spokesman for Roe`)."""
        while token != head:
            if token.dep_ == "poss" or (
                token.dep_ == "pobj"
                and token.head.lower_ in ("of", "for", "to", "from", "with")
                and head.lower_ not in self.mentions.title_words
            ):
                return False
            if (
                token.dep_ == "pobj"
                and token.head.lower_ in ("of", "for")
                and head.lower_ in self.mentions.title_words
                and head.lower_ in self.words.speaking_for
            ):
                return False
            if token.head == token:
                return True
            token = token.head
        return True


def short_names(text: str) -> dict[str, str]:
    """Return the abbreviations that a text introduces, `World Rice Fund (WRF)`, with their names."""
    out = {}
    for match in re.finditer(r"\(([A-Z][A-Za-z]*[A-Z])\)", text):
        before = re.findall(
            r"[\w’&.-]+", text[max(0, match.start() - 120) : match.start()].rpartition("\n")[2]
        )
        for size in range(2, min(len(before), 12) + 1):
            words = before[-size:]
            if "".join(word[0] for word in words if word[0].isupper()) == match[1].upper():
                out[match[1]] = " ".join(words)
                break
    return out
