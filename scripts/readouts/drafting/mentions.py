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
        doc, out = sentence.span.doc, []
        at = sentence.span.start
        while at < sentence.span.end:
            token = doc[at]
            titled = (
                at > sentence.span.start
                and self.is_title_word(doc[at - 1])
                and doc[at - 1].text[:1].isupper()
            )
            starts = token.ent_type_ == "PERSON" or (
                titled
                and self._is_name(token)
                and not self.is_title_word(token)
                and token.ent_type_ not in ("GPE", "NORP", "ORG", "LOC")
            )
            if (
                not starts
                or not token.text[:1].isupper()
                or (self.is_title_word(token) and token.lower_ not in ("king", "pope", "judge"))
            ):
                at += 1
                continue
            first = last = at
            while (
                (token.ent_iob_ != "B" or self._is_short(token))
                and first > sentence.span.start
                and self._is_name(doc[first - 1])
                and not self.is_title_word(doc[first - 1])
                and doc[first - 1].ent_type_ in ("PERSON", "", "ORG")
                and doc[first - 1].ent_iob_ != "I"
                and first - 1 not in range(*(out[-1] if out else (0, 0)))
            ):
                first -= 1
            while (
                last + 1 < sentence.span.end
                and doc[last + 1].ent_type_ == "PERSON"
                and doc[last + 1].ent_iob_ == "I"
                and doc[last + 1].pos_ == "PROPN"
            ):
                last += 1
            while (
                last + 1 < sentence.span.end
                and (
                    (doc[last + 1].ent_type_ == "PERSON" and doc[last + 1].ent_iob_ == "I")
                    or (titled and self._is_name(doc[last + 1]))
                )
                and doc[last + 1].tag_ != "POS"
                and not self.is_title_word(doc[last + 1])
            ):
                last += 1
            while last > first and (
                doc[last].tag_ == "POS" or (doc[last].is_punct and doc[last].text != ".")
            ):
                last -= 1
            out.append((first, last))
            at = last + 1
        return out

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
