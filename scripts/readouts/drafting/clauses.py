"""From a sentence with its cues to spans: the speaker, the content, and the circumstances."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .contents import content_start, date_in
from .cues import find_cues, predicates
from .embedded import behind_colon, embedded_statements
from .found import FoundStatement, Stretch, label_of
from .modes import mode_of
from .parsing import Sentence
from .phrases import SUBJECTS, Cue
from .quoting import trimmed
from .reduced import according_to
from .regions import regions_of
from .words import Words

if TYPE_CHECKING:
    from spacy.tokens import Token


def statements_of(
    text: str, sentence: Sentence, begin: int, words: Words, quotes: list[Stretch]
) -> list[FoundStatement]:
    """Return the statements that the cues of a sentence introduce, in order. `begin` is the start of running text in it."""
    mains = predicates(sentence, words)
    cues = [
        cue
        for cue in find_cues(sentence, words, mains)
        if not any(a < sentence.at(cue.verb) < b for a, b in quotes)
    ]
    inserted = next((cue for cue in cues if cue.place == "inserted"), None)
    edges = regions_of(sentence, mains, cues, begin)
    found = []
    for cue in cues:
        region = edges.get(cue.verb.i)
        if (
            inserted is not None
            and cue.place != "participle"
            and cue is not inserted
            and cue.verb.i < inserted.verb.i
        ):
            continue
        if region is None:
            continue
        made = (
            _around(text, sentence, cue, region, quotes)
            if cue is inserted
            else _after(text, sentence, cue, region, words, quotes)
        )
        if made is not None:
            made.follows = None if made.subject is not None else _shared(cue, mains)
            found.append(made)
    found = (
        found
        or [*according_to(text, sentence, begin, quotes)]
        or [*behind_colon(text, sentence, quotes)]
    )
    return found or [*embedded_statements(text, sentence, words, quotes)]


def _shared(cue: Cue, mains: list[Token]) -> Token | None:
    """Return the earlier verb that has the subject of a verb without its own."""
    before = [
        main
        for main in mains
        if main.i < cue.verb.i and any(child.dep_ in SUBJECTS for child in main.children)
    ]
    return before[-1] if before else None


def _cue_stretch(sentence: Sentence, cue: Cue) -> Stretch:
    return sentence.at(cue.first), sentence.after(cue.last)


def _around(
    text: str, sentence: Sentence, cue: Cue, region: Stretch, quotes: list[Stretch]
) -> FoundStatement | None:
    """Return the statement of the form `A, she said` or `A, she said, B`."""
    assert cue.subject is not None
    doc = cue.verb.doc
    label = label_of(sentence, cue.subject)
    cue_at = _cue_stretch(sentence, cue)
    low, high = min(label[0], cue_at[0]), max(label[1], cue_at[1])
    left = trimmed(text, region[0], low)
    before = doc[min(cue.subject.left_edge.i, cue.first.i) - 1]
    if before.tag_ in ("CC", "RB"):
        left = trimmed(text, region[0], sentence.at(before))
    resumed = _resumes(text, sentence, cue, high, region[1], quotes)
    content = [left] if left[0] < left[1] else []
    made = FoundStatement(
        sentence, region[0], region[1], content, "indirect", cue_at, cue, label, cue.subject
    )
    tail = trimmed(text, high, resumed if resumed is not None else region[1])
    if tail[0] < tail[1]:
        made.context.append(tail)
        made.date = date_in(sentence, tail)
        _addressee_in(made, sentence, cue)
    if resumed is not None:
        right = trimmed(text, resumed, region[1])
        if right[0] < right[1]:
            made.content.append(right)
    if not made.content:
        return None
    made.mode, made.content = mode_of(text, cue, made.content, quotes)
    made.confidence = 0.85
    return made if made.content else None


def _resumes(
    text: str, sentence: Sentence, cue: Cue, at: int, end: int, quotes: list[Stretch]
) -> int | None:
    """Return the place where the content continues after the cue, None if it does not."""
    opening = next((a for a, b in quotes if at <= a < end and b - a > 3), None)
    if opening is not None and (
        "," in text[at:opening] or ":" in text[at:opening] or not text[at:opening].strip()
    ):
        return opening
    head = cue.verb.head
    if cue.verb.dep_ in ("parataxis", "ccomp") and sentence.at(head) > at:
        comma = text.find(",", at, sentence.at(head))
        return comma + 1 if comma >= 0 else None
    return None


def _addressee_in(made: FoundStatement, sentence: Sentence, cue: Cue) -> None:
    for child in cue.verb.children:
        if (
            child.dep_ in ("dobj", "dative")
            and child.i > cue.verb.i
            and child.ent_type_ not in ("DATE", "TIME")
        ):
            made.parts.append(("addressee", (sentence.at(child.left_edge), sentence.after(child))))


def _after(
    text: str, sentence: Sentence, cue: Cue, region: Stretch, words: Words, quotes: list[Stretch]
) -> FoundStatement | None:
    """Return the statement of the form `She said that A`, `and urged A`, `, noting A`, `met Roe to express A`."""
    cue_at = _cue_stretch(sentence, cue)
    if not region[0] <= cue_at[0] < region[1]:
        return None
    made = FoundStatement(
        sentence, region[0], region[1], [], "indirect", cue_at, cue, None, cue.subject
    )
    front_end = cue_at[0]
    if cue.place == "purpose":
        main = _meeting_of(cue)
        if any(
            child.dep_ in SUBJECTS and child.lower_ in words.occasions for child in main.children
        ):
            return None
        made.subject = next((child for child in main.children if child.dep_ in SUBJECTS), None)
        shared = text[region[0] : cue_at[0]]
        made.context.append(trimmed(text, region[0], cue_at[0]))
        if made.subject is not None and region[0] <= sentence.at(made.subject):
            made.label = label_of(sentence, made.subject)
            made.date = date_in(sentence, (region[0], cue_at[0])) if shared else None
    elif made.subject is not None:
        label = label_of(sentence, made.subject)
        if (
            made.subject.lower_ in words.nouns_of_talk
            and cue.kind == "talk"
            and made.subject.i < cue.verb.i
        ):
            made.cue = cue_at = (label[0], cue_at[1])
        elif label[1] <= cue_at[0] and label[0] >= region[0]:
            made.label = label
        front_end = min(label[0], cue_at[0])
    start = content_start(text, sentence, cue, made, region[1])
    content = trimmed(text, start, region[1])
    if content[0] >= content[1] or not any(char.isalnum() for char in text[slice(*content)]):
        return None
    made.content = [content]
    front = trimmed(text, region[0], front_end)
    if front[0] < front[1] and cue.place == "main" and made.subject is not None:
        _place_front(text, sentence, made, front, words)
    elif front[0] < front[1] and cue.place in ("main", "participle"):
        made.context.append(front)
    made.mode, made.content = mode_of(text, cue, made.content, quotes)
    made.confidence = 0.8 if cue.place == "main" else 0.7
    return made if made.content else None


def _meeting_of(cue: Cue) -> Token:
    token = cue.verb
    while token.head != token:
        token = token.head
    return token


def _place_front(
    text: str, sentence: Sentence, made: FoundStatement, front: Stretch, words: Words
) -> None:
    """Assign a fronted adjunct to the content if it limits it, otherwise to the context (codebook 3)."""
    low = text[slice(*front)].replace("\u00a0", " ").lower()
    made.date = date_in(sentence, front)
    dated = made.date is not None and front[1] - front[0] - (made.date[1] - made.date[0]) < 12
    if not dated and any(low == word or low.startswith(f"{word} ") for word in words.topics):
        made.content.insert(0, front)
    elif any(char.isalnum() for char in low):
        made.context.append(front)
