"""Reading of a document paragraph by paragraph: which sentences are statements, and by whom."""

from __future__ import annotations

import re

from .acts import act_of
from .clauses import statements_of
from .document import Block, Document
from .found import FoundStatement, Stretch
from .headlines import headline_statement
from .nested import inner_statements
from .parsing import Sentence
from .people import People, short_names
from .proposals import Exclusion
from .quoting import quoted_stretches, share_quoted, trimmed, without_marks
from .reduced import reduced_statements
from .speakers import Speakers
from .voices import (
    is_another_voice,
    is_assertion,
    is_background,
    is_issuers_voice,
    is_itinerary,
    is_narration,
)
from .words import Words

QUOTED = 0.8
"""The share of a sentence's letters between quotation marks from which it is a quotation without a cue."""


_THANKS = re.compile(
    r"(?:Thank you|Thanks|Good (?:morning|afternoon|evening)|Hello|Hi)\b(?: \w+){0,4}$"
)


class Reader:
    """Goes through the paragraphs in order and tracks the last speaker."""

    def __init__(self, text: str, document: Document, words: Words) -> None:
        self.text, self.document, self.words = text, document, words
        self.people = People(words, text, short_names(text))
        self.found: list[FoundStatement] = []
        self.speakers = Speakers(self.people, words, self.found)
        self.excluded: list[Exclusion] = []
        self.open_quote = False
        self.turn: tuple[str, ...] = ()
        self.author = text[slice(*document.author)].strip() if document.author else None
        if document.author:
            title = text[document.author[1] : document.author[1] + 80].split("\n")[0].strip(" ,")
            self.people.add(self.author or "", title, document.author)
            self.people.last = (self.author or "",)
        elif not document.is_news:
            for start, end in document.people:
                title = text[end : end + 80].split("\n")[0].strip(" ,")
                self.people.add(text[start:end].strip(), title, (start, end))
        self.issuer = text[slice(*document.issuer)].strip() if document.issuer else None

    def read(self, block: Block, sentences: list[Sentence]) -> None:
        """Read the statements and exclusions of one paragraph."""
        if block.kind not in ("text", "turn"):
            self._leave_out(block)
            if block.kind == "headline":
                found = headline_statement(self.text, block.start, block.end, sentences)
                if found is not None:
                    self.excluded.pop()
                    found.names = (self.people.known_name(self.text[slice(*found.label)]),)
                    self._add(found)
            return
        if block.text_start > block.start and block.kind == "text":
            self.excluded.append(Exclusion(block.start, block.text_start, "dateline", 0.7))
        quotes, self.open_quote = quoted_stretches(
            self.text, block.start, block.end, self.open_quote
        )
        for sentence in sentences:
            self.people.read(sentence)
        if block.kind == "turn" or (self.document.is_transcript and self.turn):
            self._turn(block, sentences)
        elif self.author is not None:
            self._authored(sentences, quotes)
        else:
            self._reported(block, sentences, quotes)

    def _add(self, found: FoundStatement) -> None:
        """Add a statement with its speech act."""
        found.act = act_of(found, self.text, self.words)
        self.found.append(found)

    def _leave_out(self, block: Block) -> None:
        reason = block.kind
        self.excluded.append(Exclusion(block.start, block.end, reason, 0.8))
        if reason == "question":
            self.turn = ()

    # -- kinds of paragraphs ----------------------------------------------------------------------------------

    def _turn(self, block: Block, sentences: list[Sentence]) -> None:
        if block.name is not None:
            printed = self.text[slice(*block.name)]
            words = [w for w in re.split(r"\s+", re.sub(r"\(.*?\)", "", printed)) if w]
            bare = [w for w in words if not self.people.mentions.is_title(w)] or words
            name = " ".join(w.title() if w.isupper() and len(w) > 1 else w for w in bare)
            self.turn = (self.people.known_name(name),)
        first = True
        for sentence in sentences:
            start = max(sentence.start, block.text_start)
            content = trimmed(self.text, start, sentence.end)
            if content[0] >= content[1]:
                continue
            head = first and block.name is not None
            if not head and _THANKS.match(self.text[slice(*content)]):
                self.excluded.append(Exclusion(sentence.start, sentence.end, "procedure", 0.7))
                continue
            found = FoundStatement(
                sentence,
                block.start if head else start,
                sentence.end,
                [content],
                "direct",
                confidence=0.9,
            )
            if head and block.name is not None:
                found.label = block.name
                colon = self.text.index(":", block.name[1])
                found.cue = (colon, colon + 1)
            found.names, first = self.turn, False
            self._add(found)

    def _authored(self, sentences: list[Sentence], quotes: list[Stretch]) -> None:
        for sentence in sentences:
            content = trimmed(self.text, sentence.start, sentence.end)
            if content[0] >= content[1]:
                continue
            if is_itinerary(sentence, self.words, self.people):
                self.excluded.append(Exclusion(sentence.start, sentence.end, "narration", 0.6))
                continue
            outer = FoundStatement(
                sentence,
                sentence.start,
                sentence.end,
                [content],
                "authored",
                names=(self.author or "",),
                confidence=0.85,
            )
            self._add(outer)
            reported = statements_of(self.text, sentence, sentence.start, self.words, quotes)
            for inner in [*reported, *reduced_statements(self.text, sentence, self.words, quotes)]:
                if is_another_voice(inner, self.words):
                    inner.parent, inner.start = (
                        outer,
                        min((inner.label or inner.cue or inner.content[0])[0], inner.content[0][0]),
                    )
                    inner.end = max(inner.content[-1][1], (inner.cue or inner.content[0])[1])
                    self.speakers.name(inner)
                    self._add(inner)
            self._nest(outer)

    def _reported(self, block: Block, sentences: list[Sentence], quotes: list[Stretch]) -> None:
        before = len(self.found)
        waiting: list[FoundStatement] = []
        for sentence in sentences:
            begin = max(sentence.start, block.text_start)
            if begin >= sentence.end:
                continue
            made = statements_of(self.text, sentence, begin, self.words, quotes)
            if made and self.issuer and not self.document.is_news and is_issuers_voice(sentence):
                self._plain(sentence, begin, "authored", (self.issuer or "",))
                continue
            if not self.issuer:
                made = [
                    f
                    for f in made
                    if f.found_by is None
                    or f.found_by.kind != "talk"
                    or f.found_by.entry.lemma in self.words.talk_in_news
                ]
            quoted = share_quoted(self.text, begin, sentence.end, quotes)
            if not made and quoted >= QUOTED:
                self._quotation(sentence, begin, waiting, len(self.found) > before)
                continue
            self.speakers.note_company(sentence, made)
            for found in made:
                self.speakers.name(found)
                self._add(found)
                self._nest(found)
            for found in waiting:
                found.names = made[0].names if made else found.names
            if made:
                waiting.clear()
                if any(
                    c.isalnum() for c in self.text[begin : made[0].start]
                ):  # the words before the first statement
                    self.excluded.append(Exclusion(begin, made[0].start, "narration", 0.6))
            else:
                self._without_cue(sentence, begin, len(self.found) > before)

    def _quotation(
        self, sentence: Sentence, begin: int, waiting: list[FoundStatement], spoken: bool
    ) -> None:
        content = without_marks(self.text, begin, sentence.end)
        found = FoundStatement(sentence, begin, sentence.end, [content], "direct", confidence=0.7)
        found.names = self.people.last
        if self.found and (spoken or self.found[-1].mode == "direct"):
            found.names = self.found[-1].names
        self._add(found)
        if not spoken:
            waiting.append(found)

    def _without_cue(self, sentence: Sentence, begin: int, spoken: bool) -> None:
        """Classify a sentence without a reporting cue: it continues the speech, is the account's own voice, or is narration."""
        root = sentence.span.root
        own = (
            self.issuer
            and not self.document.is_news
            and is_assertion(root)
            and not is_narration(root, self.words, self.people)
        )
        if own and spoken and self.found and self.found[-1].mode != "authored":
            self._plain(sentence, begin, "free-indirect", self.found[-1].names)
        elif own and is_background(root, self.words, self.people):
            self._plain(sentence, begin, "authored", (self.issuer or "",))
        else:
            self.excluded.append(Exclusion(begin, sentence.end, "narration", 0.7))

    def _plain(self, sentence: Sentence, begin: int, mode: str, names: tuple[str, ...]) -> None:
        content = trimmed(self.text, begin, sentence.end)
        found = FoundStatement(
            sentence, begin, sentence.end, [content], mode, names=names, confidence=0.5
        )
        self._add(found)

    # -- speakers ---------------------------------------------------------------------------------------------

    def _nest(self, outer: FoundStatement) -> None:
        for inner in inner_statements(self.text, outer, self.words):
            assert inner.subject is not None
            low = inner.subject.lower_
            if low in ("his", "her", "its", "our", "my"):
                continue
            if low == "their":
                inner.names = self.speakers.antecedent_of_their(outer, inner)
                if not inner.names or inner.names == outer.names:
                    continue
            else:
                inner.names = self.people.names_of(inner.subject, inner.sentence)
            self._add(inner)
