"""Reading of a document paragraph by paragraph: which sentences are statements, and by whom."""

from __future__ import annotations

import re
from typing import Any

from .acts import act_of
from .clauses import reduced_statements, statements_of
from .document import Block, Document
from .found import FoundStatement, Stretch
from .headlines import headline_statement
from .nested import inner_statements
from .parsing import Sentence
from .people import People, short_names
from .phrases import SUBJECTS
from .proposals import Exclusion
from .quoting import quoted_stretches, share_quoted, trimmed, without_marks
from .speakers import Speakers
from .voices import is_another_voice, is_itinerary
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
                made = headline_statement(self.text, block.start, block.end)
                if made is not None:
                    self.excluded.pop()
                    self._headline(made, sentences)
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

    def _leave_out(self, block: Block) -> None:
        reason = block.kind
        self.excluded.append(Exclusion(block.start, block.end, reason, 0.8))
        if reason == "question":
            self.turn = ()

    def _headline(self, made: tuple[Stretch, Stretch, Stretch], sentences: list[Sentence]) -> None:
        label, cue, content = made
        name = self.text[slice(*label)]
        found = FoundStatement(
            sentences[0],
            label[0],
            content[1],
            [content],
            "indirect",
            cue,
            None,
            label,
            section="headline",
            confidence=0.6,
        )
        known = self.people.person(name)
        found.names = (known.name if known else name,)
        found.act = act_of(found, self.text, self.words)
        self.found.append(found)

    # -- kinds of paragraphs ----------------------------------------------------------------------------------

    def _turn(self, block: Block, sentences: list[Sentence]) -> None:
        if block.name is not None:
            printed = self.text[slice(*block.name)]
            words = [w for w in re.split(r"\s+", re.sub(r"\(.*?\)", "", printed)) if w]
            bare = [w for w in words if not self.people.mentions.is_title(w)] or words
            name = " ".join(w.title() if w.isupper() and len(w) > 1 else w for w in bare)
            known = self.people.person(name)
            self.turn = (known.name if known else name,)
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
            found.act = act_of(found, self.text, self.words)
            self.found.append(found)

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
            outer.act = act_of(outer, self.text, self.words)
            self.found.append(outer)
            reported = statements_of(self.text, sentence, sentence.start, self.words, quotes)
            for inner in [*reported, *reduced_statements(self.text, sentence, self.words, quotes)]:
                if is_another_voice(inner, self.words):
                    inner.parent, inner.start = (
                        outer,
                        min((inner.label or inner.cue or inner.content[0])[0], inner.content[0][0]),
                    )
                    inner.end = max(inner.content[-1][1], (inner.cue or inner.content[0])[1])
                    self.speakers.name(inner)
                    inner.act = act_of(inner, self.text, self.words)
                    self.found.append(inner)
            self._nest(outer)

    def _reported(self, block: Block, sentences: list[Sentence], quotes: list[Stretch]) -> None:
        before = len(self.found)
        waiting: list[FoundStatement] = []
        for sentence in sentences:
            begin = max(sentence.start, block.text_start)
            if begin >= sentence.end:
                continue
            made = statements_of(self.text, sentence, begin, self.words, quotes)
            if made and self._is_own_voice(sentence):
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
                found = self._quotation(sentence, begin, waiting, len(self.found) > before)
                self.found.append(found)
                continue
            self.speakers.note_company(sentence, made)
            for found in made:
                self.speakers.name(found)
                found.act = act_of(found, self.text, self.words)
                self.found.append(found)
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

    def _is_own_voice(self, sentence: Sentence) -> bool:
        """Return True if the body that issues the document speaks: I or we, or a country in the present tense."""
        root = sentence.span.root
        subject = next((t for t in root.children if t.dep_ in SUBJECTS), None)
        if not self.issuer or self.document.is_news or subject is None:
            return False
        if subject.lower_ in ("we", "i"):
            return True
        return (
            root.tag_ in ("VBZ", "VBP")
            and subject.ent_type_ == "GPE"
            and not any(t.dep_ == "ccomp" for t in root.children)
        )

    def _quotation(
        self, sentence: Sentence, begin: int, waiting: list[FoundStatement], spoken: bool
    ) -> FoundStatement:
        content = without_marks(self.text, begin, sentence.end)
        found = FoundStatement(sentence, begin, sentence.end, [content], "direct", confidence=0.7)
        found.names = self.people.last
        if self.found and (spoken or self.found[-1].mode == "direct"):
            found.names = self.found[-1].names
        found.act = act_of(found, self.text, self.words)
        if not spoken:
            waiting.append(found)
        return found

    def _without_cue(self, sentence: Sentence, begin: int, spoken: bool) -> None:
        """Classify a sentence without a reporting cue: it continues the speech, is the account's own voice, or is narration."""
        root = sentence.span.root
        present = root.tag_ in ("VBZ", "VBP") or any(
            t.dep_ in ("aux", "auxpass")
            and (t.lower_ in ("will", "can", "must", "should", "may") or t.tag_ in ("VBZ", "VBP"))
            for t in root.children
        )
        subject = next((t for t in root.children if t.dep_ in SUBJECTS), None)
        will = any(t.lower_ == "will" for t in root.children) and bool(
            self.words.verbs(root.lower_)
        )
        someone = subject is not None and (
            subject.pos_ == "PRON"
            or self.people.mentions.is_title_word(subject)
            or subject.ent_type_ == "PERSON"
        )
        is_narration = root.lower_ in self.words.meetings or (will and someone)
        if (
            self.issuer
            and present
            and not (is_narration or self.document.is_news)
            and root.pos_ in ("VERB", "AUX")
            and spoken
            and self.found
            and self.found[-1].mode != "authored"
        ):
            self._plain(sentence, begin, "free-indirect", self.found[-1].names)
        elif (
            self.issuer
            and present
            and not is_narration
            and not self.document.is_news
            and root.pos_ in ("VERB", "AUX")
            and self._is_background(root)
        ):
            self._plain(sentence, begin, "authored", (self.issuer,))
        else:
            self.excluded.append(Exclusion(begin, sentence.end, "narration", 0.7))

    def _is_background(self, root: Any) -> bool:
        subject = next((t for t in root.children if t.dep_ in SUBJECTS), None)
        person = subject is not None and (
            subject.ent_type_ == "PERSON" or self.people.mentions.is_title_word(subject)
        )
        return not person and root.lower_ not in self.words.meetings

    def _plain(self, sentence: Sentence, begin: int, mode: str, names: tuple[str, ...]) -> None:
        content = trimmed(self.text, begin, sentence.end)
        found = FoundStatement(
            sentence, begin, sentence.end, [content], mode, names=names, confidence=0.5
        )
        found.act = act_of(found, self.text, self.words)
        self.found.append(found)

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
            inner.act = act_of(inner, self.text, self.words)
            self.found.append(inner)
