"""Names of people in a sentence, and the words of the offices before them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .parsing import Sentence
from .words import Words

if TYPE_CHECKING:
    from spacy.tokens import Token

SMALL = ("of", "for", "the", "and", "to", "on", "in", "at")


class Mentions:
    """Finds names by the parser's person names and by the offices of the lexicon."""

    def __init__(self, words: Words) -> None:
        self.title_words = {
            part
            for title in words.titles | words.described_as
            for part in re.split(r"[\s-]+", title)
            if part not in SMALL
        } | {
            "advisor",
            "adviser",
            "director",
            "political",
            "coordinator",
            "acting",
            "special",
            "senior",
            "chief",
            "presidential",
        }
        self.title_words |= {f"{word}s" for word in self.title_words}

    def find(self, sentence: Sentence) -> list[tuple[int, int]]:
        """Return the first and last token number of each person's name, without the title."""
        out: list[tuple[int, int]] = []
        at = sentence.span.start
        while at < sentence.span.end:
            titled = self._is_titled(sentence, at)
            if self._begins_name(sentence.span.doc[at], titled):
                first = self._first(sentence, at, out[-1] if out else (0, 0))
                out.append((first, self._last(sentence, first, at, titled)))
                at = out[-1][1]
            at += 1
        return out

    def _is_titled(self, sentence: Sentence, at: int) -> bool:
        """Return True if the word before is part of an office in capitals."""
        before = sentence.span.doc[at - 1] if at > sentence.span.start else None
        return before is not None and self.is_title_word(before) and before.text[:1].isupper()

    def _begins_name(self, token: Token, titled: bool) -> bool:
        named = token.ent_type_ == "PERSON" or (
            titled
            and self._is_name(token)
            and not self.is_title_word(token)
            and token.ent_type_ not in ("GPE", "NORP", "ORG", "LOC")
        )
        return (
            named
            and token.text[:1].isupper()
            and (not self.is_title_word(token) or token.lower_ in ("king", "pope", "judge"))
        )

    def _first(self, sentence: Sentence, at: int, earlier: tuple[int, int]) -> int:
        """Return the first word of the name at `at`: first names that the parser left out belong to it."""
        doc, first = sentence.span.doc, at
        while (
            (doc[at].ent_iob_ != "B" or self._is_short(doc[at]))
            and first > sentence.span.start
            and self._is_name(doc[first - 1])
            and not self.is_title_word(doc[first - 1])
            and doc[first - 1].ent_type_ in ("PERSON", "", "ORG")
            and doc[first - 1].ent_iob_ != "I"
            and first - 1 not in range(*earlier)
        ):
            first -= 1
        return first

    def _last(self, sentence: Sentence, first: int, at: int, titled: bool) -> int:
        """Return the last word of the name at `at`, without a possessive or punctuation."""
        doc, last, end = sentence.span.doc, at, sentence.span.end
        while last + 1 < end and self._goes_on(doc[last + 1]) and doc[last + 1].pos_ == "PROPN":
            last += 1
        while (
            last + 1 < end
            and (self._goes_on(doc[last + 1]) or (titled and self._is_name(doc[last + 1])))
            and doc[last + 1].tag_ != "POS"
            and not self.is_title_word(doc[last + 1])
        ):
            last += 1
        while last > first and (
            doc[last].tag_ == "POS" or (doc[last].is_punct and doc[last].text != ".")
        ):
            last -= 1
        return last

    @staticmethod
    def _goes_on(token: Token) -> bool:
        return token.ent_type_ == "PERSON" and token.ent_iob_ == "I"

    def belongs_to_title(self, token: Token) -> bool:
        if token.ent_type_ == "PERSON" and not self.is_title_word(token):
            return False
        if token.lower_ in SMALL:
            return (
                token.i > token.sent.start
                and token.doc[token.i - 1].text[:1].isupper()
                and token.lower_ != "in"
            )
        return (
            token.text[:1].isupper()
            and token.pos_ in ("PROPN", "ADJ", "NOUN")
            and not token.is_punct
        )

    def is_title_word(self, token: Token) -> bool:
        """Return True if the word is part of an office or a form of address."""
        return (
            token.lower_ in self.title_words or token.lower_.rstrip(".") + "." in self.title_words
        )

    def is_title(self, word: str) -> bool:
        """Return True if a word, in capital letters or not, is part of an office."""
        low = word.lower().rstrip(".,")
        return low in self.title_words or f"{low}." in self.title_words or low in SMALL

    @staticmethod
    def _is_short(token: Token) -> bool:
        """Return True if the parser's name is one word, or begins with an initial: then a first name may precede it."""
        nxt = token.nbor() if token.i + 1 < token.sent.end else token
        return nxt.ent_iob_ != "I" or len(token.text.rstrip(".")) == 1

    @staticmethod
    def _is_name(token: Token) -> bool:
        return token.text[:1].isupper() and token.pos_ in ("PROPN", "X") and not token.is_punct
