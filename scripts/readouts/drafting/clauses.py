"""From a sentence with its cues to spans: the speaker, the content, and the circumstances."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .contents import content_start, date_in
from .cues import find_cues, predicates
from .embedded import behind_colon, embedded_statements
from .found import FoundStatement, Stretch, label_of
from .parsing import Sentence
from .phrases import SUBJECTS, Cue
from .quoting import trimmed, without_marks
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
    edges = _edges(sentence, mains, cues, begin)
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
        or [*_according_to(text, sentence, begin, quotes)]
        or [*behind_colon(text, sentence, quotes)]
    )
    return found or [*embedded_statements(text, sentence, words, quotes)]


def reduced_statements(
    text: str, sentence: Sentence, words: Words, quotes: list[Stretch]
) -> Iterator[FoundStatement]:
    """Return statements of the form `Reports suggesting A`: a document with a participle that reports."""
    for token in sentence.span:
        entries = words.finding.get(token.lower_, ()) + words.saying.get(token.lower_, ())
        if (
            token.tag_ != "VBG"
            or token.dep_ != "acl"
            or not entries
            or token.head.lower_ not in words.documents
            or token.i != token.head.i + 1
        ):
            continue
        label = label_of(sentence, token.head)
        edge = (
            max(child.right_edge.i for child in token.children) if any(token.children) else token.i
        )
        content = trimmed(text, sentence.after(token), sentence.after(sentence.span.doc[edge]))
        if content[0] < content[1]:
            cue = Cue(token, "finding", entries[0], "reduced", token, token, token.head)
            stretch = sentence.at(token), sentence.after(token)
            made = FoundStatement(
                sentence,
                label[0],
                content[1],
                [content],
                "indirect",
                stretch,
                cue,
                label,
                token.head,
                confidence=0.5,
            )
            made.mode, made.content = _mode(text, cue, made.content, quotes)
            yield made


def _according_to(
    text: str, sentence: Sentence, begin: int, quotes: list[Stretch]
) -> Iterator[FoundStatement]:
    """Return statements of the form `According to officials, A` or `A, according to officials`."""
    doc = sentence.span.doc
    for token in sentence.span:
        if (
            token.lower_ != "according"
            or token.i + 1 >= sentence.span.end
            or doc[token.i + 1].lower_ != "to"
        ):
            continue
        subject = next(
            (t for t in (*doc[token.i + 1].children, *token.children) if t.dep_ == "pobj"), None
        )
        if subject is None or sentence.at(token) < begin:
            continue
        label = label_of(sentence, subject)
        edge = sentence.after(subject.right_edge)
        if any(ch in text[label[1] : edge] for ch in ",") and sentence.at(token) <= begin + 1:
            edge = min(edge, text.index(",", label[1]))
        cue = sentence.at(token), sentence.after(doc[token.i + 1])
        pieces = [trimmed(text, begin, cue[0]), trimmed(text, edge, sentence.end)]
        content = [(s, e) for s, e in pieces if s < e and any(c.isalnum() for c in text[s:e])]
        if content:
            mode = (
                "mixed"
                if any(a < e and s < b for a, b in quotes for s, e in content)
                else "indirect"
            )
            yield FoundStatement(
                sentence,
                begin,
                sentence.end,
                content,
                mode,
                cue,
                None,
                label,
                subject,
                confidence=0.8,
            )
            return


def _shared(cue: Cue, mains: list[Token]) -> Token | None:
    """Return the earlier verb that has the subject of a verb without its own."""
    before = [
        main
        for main in mains
        if main.i < cue.verb.i and any(child.dep_ in SUBJECTS for child in main.children)
    ]
    return before[-1] if before else None


def _edges(
    sentence: Sentence, mains: list[Token], cues: list[Cue], begin: int
) -> dict[int, Stretch]:
    """Return the start and end of the part of the sentence that belongs to each main verb or participle, by the verb's number."""
    inserted = next((cue for cue in cues if cue.place == "inserted"), None)
    heads: list[tuple[int, int]] = []
    first_purpose = next((cue for cue in cues if cue.place == "purpose"), None)
    places = {cue.verb.i: cue for cue in cues}
    taken = {main.i: main for main in mains} | {cue.verb.i: cue.verb for cue in cues}
    for number in sorted(taken):
        cue = places.get(number)
        if (
            inserted is not None
            and cue is not inserted
            and (cue is None or cue.place == "main")
            and not (number > inserted.verb.i and _is_joined(taken[number], inserted))
        ):
            continue
        if first_purpose is not None and cue is None and number < first_purpose.verb.i:
            continue
        at = begin if not heads else sentence.at(_first_of(taken[number], cue))
        heads.append((max(begin, at), number))
    out = {}
    for (at, number), nxt in zip(heads, [*heads[1:], (sentence.end, -1)], strict=True):
        out[number] = (at, nxt[0])
    return out


def _is_joined(token: Token, inserted: Cue) -> bool:
    return token.dep_ == "conj" and token.head == inserted.verb


def _first_of(token: Token, cue: Cue | None) -> Token:
    """Return the first word of the part that a verb opens: its conjunction, subject or adverb."""
    doc, first = token.doc, token
    subject = next(
        (child for child in token.children if child.dep_ in SUBJECTS and child.i < token.i), None
    )
    if subject is not None and (cue is None or cue.place not in ("participle", "purpose")):
        first = subject.left_edge
    for child in token.children:
        if (
            child.i < first.i
            and child.dep_ in ("aux", "advmod")
            and child.left_edge.i > token.sent.start
        ):
            first = child.left_edge
    while (
        first.i > token.sent.start
        and doc[first.i - 1].tag_ in ("RB",)
        and doc[first.i - 1].dep_ in ("advmod", "cc", "neg")
    ):
        first = doc[first.i - 1]
    if first.i > token.sent.start and (
        doc[first.i - 1].tag_ == "CC" or doc[first.i - 1].lower_ == "while"
    ):
        first = doc[first.i - 1]
    return first


def _cue_stretch(sentence: Sentence, cue: Cue) -> Stretch:
    return sentence.at(cue.first), sentence.after(cue.last)


def _mode(
    text: str, cue: Cue, content: list[Stretch], quotes: list[Stretch]
) -> tuple[str, list[Stretch]]:
    """Return the mode by form, and the content without the marks around all of it."""
    if content and all(any(a <= s and e <= b for a, b in quotes) for s, e in content):
        bare = [without_marks(text, s, e) for s, e in content]
        return "direct", [piece for piece in bare if piece[0] < piece[1]]
    if any(a < e and s < b for a, b in quotes for s, e in content):
        return "mixed", content
    return ("reported" if cue.kind == "talk" else "indirect"), content


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
    made.mode, made.content = _mode(text, cue, made.content, quotes)
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
    made.mode, made.content = _mode(text, cue, made.content, quotes)
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
