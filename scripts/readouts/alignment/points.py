"""The points of a text: the content of a clause that could be true on its own, cut by rules on words and punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..curation.sentences import DATELINE
from .clauses import END, cuts, has_verb, iter_parted
from .lexis import Lexis, find_phrases
from .speakers import Speakers
from .words import Word, words_of

MOST_HEADING = 14
"""Words of a line without a full stop that is taken for a heading or a dateline."""
MOST_DATELINE = 4
"""Words of a line of capitals that ends with a full stop, such as `Washington, D.C.`"""
TITLE_SHARE = 0.7
"""Share of capitalized words, among words with a meaning of their own, in a title."""
_BULLET = re.compile(r"\s*(?:[-–—•·*▪‣◦]|\(?\w{1,3}[.)])\s")
_LABEL = re.compile(r"(?m)^\s*([A-ZÀ-ÞŁŞİĞČŠŽ][^\n:a-zß-ÿ]{2,60}):\s")


@dataclass(frozen=True, slots=True)
class Point:
    """The content of a clause. `kind` is `point`, or the reason for setting it aside: `narration`,
    `courtesy`, `heading`. `sentence` numbers the sentences of the text; `speakers` are name forms,
    empty if open; `joint` if several say it together. Offsets are code points.
    """

    start: int
    end: int
    words: tuple[Word, ...]
    sentence: int
    kind: str
    speakers: frozenset[str] = frozenset()
    joint: bool = False
    act: str | None = None


def points_of(text: str, lexis: Lexis) -> list[Point]:
    """Return all points of a text in order, including those set aside."""
    found: list[Point] = []
    voice = Speakers(lexis)
    for number, (start, end) in enumerate(_sentences(text, voice)):
        words = words_of(text, start, end)
        if not words:
            continue
        voice.read(text, start, words)
        if _is_heading(text, start, end, words, lexis):
            found.append(Point(start, end, tuple(words), number, "heading"))
            continue
        pieces = [words[first:last] for first, last in cuts(text, words, lexis)]
        for place, piece in enumerate(pieces):
            found.append(
                _point(text, piece, end if place == len(pieces) - 1 else None, number, lexis, voice)
            )
    return found


def _sentences(text: str, voice: Speakers) -> Iterator[tuple[int, int]]:
    """Yield the sentences, without datelines and the labels of a transcript; a label sets the speaker from there on."""
    labels = {match.start(1): match for match in _LABEL.finditer(text)}
    voice.labels = [(match.end(), match[1]) for match in labels.values()]
    for start, end in iter_parted(text):
        match = labels.get(start)
        if match and match.end() < end:
            start = match.end()
        elif match:
            continue
        if text[:start].rstrip(" \t")[-1:] in ("", "\n") and (
            dateline := DATELINE.match(text, start, end)
        ):
            start = dateline.end()
        yield start, end


def _is_heading(text: str, start: int, end: int, words: Sequence[Word], lexis: Lexis) -> bool:
    """Return True if a separate line is a title, a dateline or page chrome. List items are not."""
    forms = [word.form for word in words]
    if len(words) <= 2 * MOST_HEADING and find_phrases(forms, lexis.page_words):
        return True
    before = text[:start].rstrip(" \t")
    alone = text[end : end + 1] in ("", "\n", "\r") and before[-1:] in ("", "\n")
    if not alone or _BULLET.match(text, start, end) or (start == 0 and end == len(text.rstrip())):
        return False
    meaning = [word for word in words if word.form not in lexis.stopwords]
    capitals = sum(word.name for word in meaning) >= TITLE_SHARE * len(meaning)
    if END.search(text, start, end):
        return len(words) <= MOST_DATELINE and capitals
    if capitals and (len(words) <= MOST_HEADING or not before):
        return True
    return len(words) <= MOST_HEADING and text[start:end].isascii() and not has_verb(words, lexis)


def _point(
    text: str, words: Sequence[Word], end: int | None, number: int, lexis: Lexis, voice: Speakers
) -> Point:
    start = words[0].start
    if len(words) > 2 and words[0].form in ("and", "but"):
        words = words[1:]
        start = words[0].start
    stop = words[-1].end if end is None else _without_marks(text, words[-1].end, end)
    forms = [word.form for word in words]
    speakers, joint = voice.of(words)
    return Point(
        start,
        stop,
        tuple(words),
        number,
        _kind(words, lexis),
        speakers,
        joint,
        act_of(forms, lexis),
    )


def _without_marks(text: str, low: int, high: int) -> int:
    """Return the end of a sentence without its full stop; a closing quotation mark or bracket is kept."""
    while high > low and text[high - 1] in " .;,:…。；，\n":
        high -= 1
    return high


def _kind(words: Sequence[Word], lexis: Lexis) -> str:
    forms = [word.form for word in words]
    if find_phrases(forms, lexis.page_words):
        return "heading"
    met = any(one.form in lexis.meeting and other.name for one, other in pairwise(words))
    if met or find_phrases(forms, lexis.narration):
        return "narration"
    if find_phrases(forms, lexis.courtesies) and len(forms) < 25:
        return "courtesy"
    content = [form for form in forms if form not in lexis.stopwords]
    if len(forms) <= 4 and forms[0] in ("thank", "thanks", "welcome", "so", "well"):
        return "courtesy"
    return "point" if content else "heading"


def act_of(forms: Sequence[str], lexis: Lexis) -> str | None:
    """Return the speech act that the first verb of the stance suggests, `topic` for a verb of talk, None if there is none."""
    for form in forms[:12]:
        if form in lexis.auxiliaries:
            continue
        if form in lexis.topics:
            return "topic"
        if form in lexis.acts and form not in lexis.titles:
            return lexis.acts[form]
    return None
