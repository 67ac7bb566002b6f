"""The kinds of paragraphs of a document: headline, byline, dateline, a turn of a transcript, boilerplate, or running text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..curation.sentences import CAPITALS, DATELINE
from .words import Words

_STOP = re.compile(r"[.!?…][\"”’)\]]*$")
_TURN = re.compile(
    r"(?P<name>(?:[A-Z][A-Z.'’\-]*[A-Z.](?:[ \u00a0]+|$)?(?:\([^)]{1,60}\)[ ]?)?){1,8}|[A-Z][\w.'’\-]+(?:[ \u00a0]+[A-Z][\w.'’\-]+){0,5}|Q|A)"
    r"\s?:(?=\s)".replace("A-Z", CAPITALS)
)
_SHOUTED = re.compile(
    r"(?:[A-Z][A-Z.'’\-]*[A-Z.]|[A-Z])(?:\s+(?:\(.{1,60}?\)|[A-Z][A-Z.'’\-]*[A-Z.]|[A-Z]\.?|[Oo][Ff]|[Tt][Hh][Ee]|and|AND)){0,8}\s?:(?=\s|$)".replace(
        "A-Z", CAPITALS
    )
)
_RELAYED = re.compile(r"\battributable to\b", re.IGNORECASE)
_FRAME = re.compile(
    r"(?:begin|end)(?: of)? text[.:]?$|the (?:text|following) (?:of the following )?(?:statement|text)?.{0,40}(?:was|is|were) (?:released|issued)",
    re.IGNORECASE,
)
_PLACE = re.compile(r"[A-Z][\w.’' -]{1,40}, [A-Z][\w.’' -]{1,30}$".replace("A-Z", CAPITALS))
_BYLINE = re.compile(
    r"(?:By|BY)\s+[A-Z][\w.’'-]+(?:\s+(?:[A-Z][\w.’'-]*|and|of|de|van|al|bin|,))*[^.?!]{0,60}$".replace(
        "A-Z", CAPITALS
    )
)
_CONTACT = re.compile(
    r"@\w|\bhttps?://|\bwww\.|\b(?:press|media) (?:inquiries|enquiries|contacts?)\b|for (?:more|further|additional|any) (?:information|questions|details)"
    r"|\bplease (?:contact|visit|see|follow|email|e-mail|click)\b|\bfollow (?:us|\w+) on\b|\ball rights reserved\b|\bsubscribe\b|\bcopyright\b|©",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"(?:QUESTION|Q|Question|REPORTER|JOURNALIST|MODERATOR QUESTION)\s?$")
_PROCEDURE = re.compile(r"(?:OPERATOR|MODERATOR|Operator|Moderator)\s?$")
_DAY = re.compile(
    r"^(?:date\s+)?(?:\w+day,?\s+)?(?:\d{4}-\d{2}-\d{2}|(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"\s+\d{1,2},?\s+\d{4}|\d{1,2}\s+\w+\s+\d{4})$"
)
_BODY = re.compile(
    r"\b(?:office|ministry|department|embassy|mission|bureau|secretariat|commission|council|house|agency|press|service)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y)\b")
SHORT = 120
"""The longest line, in code points, that is taken for a headline, a byline or a place."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph. `text_start` is the start of its running text, after a dateline or the name of a turn."""

    start: int
    end: int
    kind: str
    """text, headline, byline, metadata, dateline, subheading, boilerplate, turn, question, procedure."""
    text_start: int
    name: tuple[int, int] | None = None
    """The name of a turn or of a byline."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as its paragraphs. `author`: the person in the byline of a signed document; `issuer`: the body at its head."""

    blocks: tuple[Block, ...]
    author: tuple[int, int] | None = None
    issuer: tuple[int, int] | None = None
    is_transcript: bool = False
    is_news: bool = False
    people: tuple[tuple[int, int], ...] = field(default=())


def read_document(text: str, stretches: list[tuple[int, int]], words: Words) -> Document:
    """Classify each paragraph."""
    paragraphs = _Paragraphs(text, stretches, words)
    blocks = [
        paragraphs.classify(number, start, end) for number, (start, end) in enumerate(stretches)
    ]
    transcript, news, people = paragraphs.transcript, paragraphs.news, paragraphs.people
    return Document(
        tuple(_headlines(text, blocks, bool(people) or paragraphs.issuer is not None)),
        None if transcript or news or not people else people[0],
        paragraphs.issuer,
        transcript,
        news,
        tuple(people),
    )


class _Paragraphs:
    """Classifies the paragraphs of a document in order, with what the earlier ones show about it."""

    def __init__(self, text: str, stretches: list[tuple[int, int]], words: Words) -> None:
        self.text, self.words, self.count = text, words, len(stretches)
        self.turns = [_turn(text, start, end) for start, end in stretches]
        self.transcript = sum(turn is not None for turn in self.turns) >= 2
        self.issuer: tuple[int, int] | None = None
        self.people: list[tuple[int, int]] = []
        """The names in bylines."""
        self.news = False
        self.body_seen = False

    def classify(self, number: int, start: int, end: int) -> Block:
        """Return one paragraph with its kind."""
        line = self.text[start:end]
        turn = self.turns[number] if self.transcript else None
        if turn is not None:
            self.body_seen = True
            kind = _turn_kind(self.text[slice(*turn)])
            return Block(start, end, kind, _after_turn(self.text, turn[1], end), turn)
        if kind := self._kind_by_words(number, line):
            return Block(start, end, kind, start)
        if not _STOP.search(line) and len(line) <= SHORT:
            if not self.body_seen:
                return Block(start, end, *self._head(start, end))
            if _is_subheading(line):
                return Block(start, end, "subheading", start)
        self.body_seen = True
        dateline = DATELINE.match(line)
        self.news = self.news or dateline is not None
        return Block(start, end, "text", start + dateline.end() if dateline else start)

    def _kind_by_words(self, number: int, line: str) -> str | None:
        """Return the kind of a paragraph that its own words show: a note on the release, a place, an address."""
        if _RELAYED.search(line) and len(line) < 250 and not self.body_seen:
            return "metadata"
        if _FRAME.match(line) and len(line) < 250:
            return "metadata"
        if not self.body_seen and self.people and _PLACE.match(line) and len(line.split()) < 7:
            return "dateline"
        is_at_edge = number > self.count / 2 or len(line) < SHORT
        if _CONTACT.search(line) and is_at_edge and not running_text(line):
            return "boilerplate"
        return None

    def _head(self, start: int, end: int) -> tuple[str, int, tuple[int, int] | None]:
        """Return the kind of a short line above the text, its start and the name in it, which is noted."""
        line = self.text[start:end]
        kind, name = _head_kind(self.text, start, end, self.words)
        if kind == "byline" and name:
            self.people.append(name)
            self.news = self.news or bool(_BYLINE.match(line))
        elif kind == "metadata" and _BODY.search(line):
            self.issuer = self.issuer or (start, end)
        return kind, start, name


def _turn_kind(label: str) -> str:
    if _QUESTION.match(label):
        return "question"
    return "procedure" if _PROCEDURE.match(label) else "turn"


def _is_subheading(line: str) -> bool:
    return (
        not re.search(r"[,;:—–-]$", line)
        and len(line.split()) < 14
        and "“" not in line
        and '"' not in line
    )


def running_text(line: str) -> bool:
    """Return True if a line with an address in it is a long paragraph nevertheless."""
    return len(line) > 400


def _turn(text: str, start: int, end: int) -> tuple[int, int] | None:
    match = _SHOUTED.match(text, start, end) or _TURN.match(text, start, end)
    if match is None:
        return None
    stop = text.index(":", match.start())
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    name = text[start:stop]
    many_words = len(name.split()) > 6 and not name.isupper()
    return None if many_words or not any(map(str.isupper, name)) else (start, stop)


def _after_turn(text: str, at: int, end: int) -> int:
    while at < end and (text[at].isspace() or text[at] == ":"):
        at += 1
    return at


def _head_kind(text: str, start: int, end: int, words: Words) -> tuple[str, tuple[int, int] | None]:
    """Classify a short line above the running text."""
    line = text[start:end]
    if _DAY.match(line.strip()):
        return "dateline", None
    if _BYLINE.match(line):
        return "byline", (start + 3, end)
    parts = line.split(",", 1)
    first = parts[0].strip()
    if (
        len(parts) == 2
        and _is_office(parts[1], words)
        and 2 <= len(first.split()) <= 6
        and not _is_office(first, words)
    ):
        return "byline", (start, start + len(parts[0]))
    if _BODY.search(line) and len(line.split()) <= 8 and not re.search(r"[’']s\b", line):
        return "metadata", None
    return "headline", None


def _is_office(text: str, words: Words) -> bool:
    low = text.lower()
    return any(
        re.search(rf"\b{re.escape(word)}\b", low)
        for word in words.described_as | words.titles
        if len(word) > 4
    )


def _headlines(text: str, blocks: list[Block], signed: bool) -> list[Block]:
    """Only the first short line is the headline; others above the text are subheadings, or places where the document is signed."""
    seen, out = False, []
    for block in blocks:
        if block.kind == "headline":
            line = text[block.start : block.end]
            place = signed and len(line.split()) < 6
            kind = "dateline" if place else "subheading" if seen else "headline"
            seen = True
            block = Block(block.start, block.end, kind, block.text_start, block.name)
        out.append(block)
    return out


def is_first_person(text: str, blocks: tuple[Block, ...]) -> bool:
    """Return True if the running text refers to itself as I or we outside quotation marks."""
    body = " ".join(text[b.start : b.end] for b in blocks if b.kind == "text")
    return len(_FIRST_PERSON.findall(re.sub(r"[“\"][^”\"]*[”\"]", "", body))) >= 1
