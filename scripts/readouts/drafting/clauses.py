"""From a sentence with its cues to stretches: who is named, what was said, what is circumstance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .cues import SUBJECTS, Cue, find_cues, predicates
from .parsing import Sentence
from .quoting import trimmed, without_marks
from .words import Words

if TYPE_CHECKING:
    from spacy.tokens import Token

Stretch = tuple[int, int]
_TOPIC = ("about", "regarding", "concerning", "on", "that", "to", "how", "over")
_ACTORS = ("side", "sides", "party", "parties", "regime", "authorities", "leaders", "nations", "states", "countries", "country", "community",
           "government", "governments", "forces", "everyone", "all", "members", "others", "reporters", "journalists", "lawmakers", "parliament",
           "council", "minister", "president", "secretary", "him", "her", "them", "us", "people", "public", "court", "judge", "jurors")  # fmt: skip


@dataclass(slots=True)
class Found:
    """A statement as it is being put together. Offsets are those of the captured text."""

    sentence: Sentence
    start: int
    end: int
    content: list[Stretch]
    mode: str
    cue: Stretch | None = None
    found_by: Cue | None = None
    label: Stretch | None = None
    subject: Token | None = None
    follows: Token | None = None
    """The main verb whose subject this one shares, if it has none of its own."""
    context: list[Stretch] = field(default_factory=list)
    parts: list[tuple[str, Stretch]] = field(default_factory=list)
    date: Stretch | None = None
    parent: Found | None = None
    names: tuple[str, ...] = ()
    title: Stretch | None = None
    antecedent: Stretch | None = None
    continues: Found | None = None
    act: str | None = None
    confidence: float = 0.5
    section: str = "body"


def statements_of(text: str, sentence: Sentence, begin: int, words: Words, quotes: list[Stretch]) -> list[Found]:
    """The statements that the cues of a sentence introduce, in order. `begin`: where running text begins in it."""
    mains = predicates(sentence, words)
    cues = find_cues(sentence, words, mains)
    inserted = next((cue for cue in cues if cue.place == "inserted"), None)
    edges = _edges(sentence, mains, cues, begin)
    found = []
    for cue in cues:
        region = edges.get(cue.verb.i)
        if inserted is not None and cue.place != "participle" and cue is not inserted and cue.verb.i < inserted.verb.i:
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
    return found or [*_according_to(text, sentence, begin, quotes)]


def reduced_statements(text: str, sentence: Sentence, words: Words, quotes: list[Stretch]) -> Iterator[Found]:
    """`Reports suggesting A`: a document with a participle that reports."""
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
        edge = max(child.right_edge.i for child in token.children) if any(token.children) else token.i
        content = trimmed(text, sentence.after(token), sentence.after(sentence.span.doc[edge]))
        if content[0] < content[1]:
            cue = Cue(token, "finding", entries[0], "reduced", token, token, token.head)
            stretch = sentence.at(token), sentence.after(token)
            made = Found(
                sentence, label[0], content[1], [content], "indirect", stretch, cue, label, token.head, confidence=0.5
            )
            made.mode, made.content = _mode(text, cue, made.content, quotes)
            yield made


def _according_to(text: str, sentence: Sentence, begin: int, quotes: list[Stretch]) -> Iterator[Found]:
    """`According to officials, A`, `A, according to officials`."""
    doc = sentence.span.doc
    for token in sentence.span:
        if token.lower_ != "according" or token.i + 1 >= sentence.span.end or doc[token.i + 1].lower_ != "to":
            continue
        subject = next((t for t in (*doc[token.i + 1].children, *token.children) if t.dep_ == "pobj"), None)
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
            mode = "mixed" if any(a < e and s < b for a, b in quotes for s, e in content) else "indirect"
            yield Found(sentence, begin, sentence.end, content, mode, cue, None, label, subject, confidence=0.8)
            return


def _shared(cue: Cue, mains: list[Token]) -> Token | None:
    """The verb before that has the subject of one without its own."""
    before = [main for main in mains if main.i < cue.verb.i and any(child.dep_ in SUBJECTS for child in main.children)]
    return before[-1] if before else None


def _edges(sentence: Sentence, mains: list[Token], cues: list[Cue], begin: int) -> dict[int, Stretch]:
    """Where the part of the sentence that belongs to each main verb or participle begins and ends, by the verb's number."""
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
    """The first word of the part that a verb opens: its conjunction, subject or adverb."""
    doc, first = token.doc, token
    subject = next((child for child in token.children if child.dep_ in SUBJECTS and child.i < token.i), None)
    if subject is not None and (cue is None or cue.place not in ("participle", "purpose")):
        first = subject.left_edge
    for child in token.children:
        if child.i < first.i and child.dep_ in ("aux", "advmod") and child.left_edge.i > token.sent.start:
            first = child.left_edge
    while (
        first.i > token.sent.start
        and doc[first.i - 1].tag_ in ("RB",)
        and doc[first.i - 1].dep_ in ("advmod", "cc", "neg")
    ):
        first = doc[first.i - 1]
    if first.i > token.sent.start and (doc[first.i - 1].tag_ == "CC" or doc[first.i - 1].lower_ == "while"):
        first = doc[first.i - 1]
    return first


def label_of(sentence: Sentence, subject: Token) -> Stretch:
    """The words that name the speaker: the subject with title and nationality, without relative clause or apposition."""
    left, right = subject.left_edge.i, subject.i
    doc = subject.doc
    for at in range(subject.i + 1, subject.right_edge.i + 1):
        token = doc[at]
        top = token
        while top.head != subject and top.head != top and top.head.i in range(left, subject.right_edge.i + 1):
            top = top.head
        if token.text in ("(", "[") or (token.text in (",", "–", "—") and not _lists_on(subject, token)):
            break
        if top.dep_ in ("relcl", "acl", "advcl", "parataxis", "ccomp", "amod") and top.pos_ in ("VERB", "AUX"):
            break
        right = at
    while (doc[right].is_punct or doc[right].tag_ == "POS") and right > subject.i:
        right -= 1
    while (
        left < right
        and (doc[left].is_punct or doc[left].tag_ == "CC" or doc[left].lower_ in ("that", "while"))
        and doc[left].lower_ != "both"
    ):
        left += 1
    start, end = sentence.at(doc[left]), sentence.after(doc[right])
    return start, end


def _lists_on(subject: Token, comma: Token) -> bool:
    """Whether the comma separates the members of a list of speakers."""
    return any(child.dep_ == "conj" and child.i > comma.i for child in subject.subtree) and comma.head.dep_ != "appos"


def _cue_stretch(sentence: Sentence, cue: Cue) -> Stretch:
    return sentence.at(cue.first), sentence.after(cue.last)


def _mode(text: str, cue: Cue, content: list[Stretch], quotes: list[Stretch]) -> tuple[str, list[Stretch]]:
    """The mode by form, and the content without the marks around all of it."""
    if content and all(any(a <= s and e <= b for a, b in quotes) for s, e in content):
        bare = [without_marks(text, s, e) for s, e in content]
        return "direct", [piece for piece in bare if piece[0] < piece[1]]
    if any(a < e and s < b for a, b in quotes for s, e in content):
        return "mixed", content
    return ("reported" if cue.kind == "talk" else "indirect"), content


def _around(text: str, sentence: Sentence, cue: Cue, region: Stretch, quotes: list[Stretch]) -> Found | None:
    """`A, she said` or `A, she said, B`."""
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
    made = Found(sentence, region[0], region[1], content, "indirect", cue_at, cue, label, cue.subject)
    tail = trimmed(text, high, resumed if resumed is not None else region[1])
    if tail[0] < tail[1]:
        made.context.append(tail)
        made.date = _date_in(sentence, tail)
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


def _resumes(text: str, sentence: Sentence, cue: Cue, at: int, end: int, quotes: list[Stretch]) -> int | None:
    """Where what was said goes on behind the cue, None if it does not."""
    opening = next((a for a, b in quotes if at <= a < end and b - a > 3), None)
    if opening is not None and ("," in text[at:opening] or ":" in text[at:opening] or not text[at:opening].strip()):
        return opening
    head = cue.verb.head
    if cue.verb.dep_ in ("parataxis", "ccomp") and sentence.at(head) > at:
        comma = text.find(",", at, sentence.at(head))
        return comma + 1 if comma >= 0 else None
    return None


def _date_in(sentence: Sentence, stretch: Stretch) -> Stretch | None:
    """The words in the stretch that date the saying."""
    ents = [
        ent
        for ent in sentence.span.doc.ents
        if ent.label_ in ("DATE",) and sentence.span.start <= ent.start < sentence.span.end
    ]
    for ent in ents:
        start, end = sentence.base + ent.start_char, sentence.base + ent.end_char
        if stretch[0] <= start and end <= stretch[1] and end - start < 40:
            return start, end
    return None


def _addressee_in(made: Found, sentence: Sentence, cue: Cue) -> None:
    for child in cue.verb.children:
        if child.dep_ in ("dobj", "dative") and child.i > cue.verb.i and child.ent_type_ not in ("DATE", "TIME"):
            made.parts.append(("addressee", (sentence.at(child.left_edge), sentence.after(child))))


def _after(
    text: str, sentence: Sentence, cue: Cue, region: Stretch, words: Words, quotes: list[Stretch]
) -> Found | None:
    """`She said that A`, `and urged A`, `, noting A`, `met Roe to express A`."""
    cue_at = _cue_stretch(sentence, cue)
    if not region[0] <= cue_at[0] < region[1]:
        return None
    made = Found(sentence, region[0], region[1], [], "indirect", cue_at, cue, None, cue.subject)
    front_end = cue_at[0]
    if cue.place == "purpose":
        main = _meeting_of(cue)
        if any(child.dep_ in SUBJECTS and child.lower_ in words.occasions for child in main.children):
            return None
        made.subject = next((child for child in main.children if child.dep_ in SUBJECTS), None)
        shared = text[region[0] : cue_at[0]]
        made.context.append(trimmed(text, region[0], cue_at[0]))
        if made.subject is not None and region[0] <= sentence.at(made.subject):
            made.label = label_of(sentence, made.subject)
            made.date = _date_in(sentence, (region[0], cue_at[0])) if shared else None
    elif made.subject is not None:
        label = label_of(sentence, made.subject)
        if made.subject.lower_ in words.nouns_of_talk and cue.kind == "talk" and made.subject.i < cue.verb.i:
            made.cue = cue_at = (label[0], cue_at[1])
        elif label[1] <= cue_at[0] and label[0] >= region[0]:
            made.label = label
        front_end = min(label[0], cue_at[0])
    start = _content_start(text, sentence, cue, made, region[1])
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


def _place_front(text: str, sentence: Sentence, made: Found, front: Stretch, words: Words) -> None:
    """A fronted adjunct is content if it limits what was said, else context (codebook 3)."""
    low = text[slice(*front)].replace("\u00a0", " ").lower()
    made.date = _date_in(sentence, front)
    dated = made.date is not None and front[1] - front[0] - (made.date[1] - made.date[0]) < 12
    if not dated and any(low == word or low.startswith(f"{word} ") for word in words.topics):
        made.content.insert(0, front)
    elif any(char.isalnum() for char in low):
        made.context.append(front)


def _content_start(text: str, sentence: Sentence, cue: Cue, made: Found, end: int) -> int:
    """Where the content begins behind the cue: after whoever is addressed, the day, and `that`."""
    doc, verb = cue.verb.doc, cue.verb
    at = cue.last.i + 1
    stop = sentence.span.end
    at = _past_day(sentence, verb, made, at, stop)
    at = _past_company(sentence, cue, made, at, stop, end)
    at = _past_addressee(sentence, cue, made, at, stop)
    at = _past_place(sentence, verb, made, at, stop)
    while at < stop:
        token = doc[at]
        if token.ent_type_ in ("DATE", "TIME") and token.head == verb:
            made.date = made.date or (sentence.at(token.left_edge), sentence.after(token.right_edge))
            made.context.append((sentence.at(token.left_edge), sentence.after(token.right_edge)))
            at = token.right_edge.i + 1
        elif (
            token.dep_ == "prep"
            and token.head == verb
            and token.lower_ in ("on", "in", "during", "at")
            and _dated(token)
            and token.right_edge.i + 1 < stop
        ):
            made.context.append((sentence.at(token), sentence.after(token.right_edge)))
            made.date = made.date or _date_in(sentence, made.context[-1])
            at = token.right_edge.i + 1
        elif token.lower_ in ("that", ":", ",") and (
            token.text in (":", ",") or (token.dep_ in ("mark", "det", "nsubj", "advmod") and _is_conjunction(token))
        ):
            if token.lower_ == "that":
                made.context.append((sentence.at(token), sentence.after(token)))
            at += 1
        else:
            break
    return sentence.at(doc[at]) if at < stop else end


def _past_day(sentence: Sentence, verb: Token, made: Found, at: int, stop: int) -> int:
    """Behind `today`, `this morning`, `by phone today`, if they follow the verb at once."""
    doc = verb.doc
    while at < stop and doc[at].ent_type_ in ("DATE", "TIME") and doc[at].pos_ != "ADP":
        made.date = made.date or (sentence.at(doc[at]), sentence.after(doc[at]))
        made.context.append((sentence.at(doc[at]), sentence.after(doc[at])))
        at += 1
    return at


def _past_place(sentence: Sentence, verb: Token, made: Found, at: int, stop: int) -> int:
    """Behind `in a statement`, `at a rally`, if a clause follows."""
    doc = verb.doc
    clause = next((child for child in verb.children if child.dep_ == "ccomp" and child.left_edge.i > at), None)
    if (
        at >= stop
        or clause is None
        or (doc[at].dep_ not in ("prep", "npadvmod", "advmod", "dobj", "dative") and doc[at].head != verb)
    ):
        return at
    first = clause.left_edge
    inside = {t.i for t in clause.subtree}
    if any(number in inside for number in range(at, first.i)) or first.i <= at:
        return at
    last = doc[first.i - 1]
    end = sentence.after(doc[last.i - 1]) if last.is_punct and last.i > at else sentence.after(last)
    made.context.append((sentence.at(doc[at]), end))
    made.date = made.date or _date_in(sentence, made.context[-1])
    return first.i


def _dated(prep: Token) -> bool:
    return any(child.ent_type_ in ("DATE", "TIME") for child in prep.children if child.dep_ == "pobj")


def _is_conjunction(token: Token) -> bool:
    return token.dep_ == "mark" or token.tag_ == "IN"


def _past_company(sentence: Sentence, cue: Cue, made: Found, at: int, stop: int, end: int) -> int:
    """Behind `with Roe`, if a topic follows."""
    doc = cue.verb.doc
    if at >= stop or doc[at].lower_ != "with" or doc[at].dep_ not in ("prep", "mark"):
        return at
    for number in range(at + 2, stop):
        token = doc[number]
        if sentence.at(token) >= end:
            break
        if token.lower_ in _TOPIC and token.ent_type_ == "" and not (token.lower_ == "on" and _dated(token)):
            stretch = sentence.at(doc[at]), sentence.after(doc[number - 1])
            made.context.append(stretch)
            made.parts.append(("addressee", (sentence.at(doc[at + 1]), stretch[1])))
            return number
    return at


def _past_addressee(sentence: Sentence, cue: Cue, made: Found, at: int, stop: int) -> int:
    """Behind whoever is asked, thanked or told: the object of the verb, if what was said follows it."""
    doc, verb = cue.verb.doc, cue.verb
    opener = _opener(cue, at, stop)
    if opener is None or opener <= at:
        return at
    first, last = doc[at], doc[opener - 1]
    if last.is_punct or first.lower_ in ("that", "how", "whether", "to"):
        return at
    role = "target" if doc[opener].tag_ == "TO" else "addressee"
    stretch = sentence.at(first), sentence.after(last)
    made.parts.append((role, stretch))
    made.context.append(stretch)
    return opener


def _opener(cue: Cue, at: int, stop: int) -> int | None:
    """The word with which the content begins behind an addressee, None if the object is what was said."""
    doc, verb = cue.verb.doc, cue.verb
    if at >= stop:
        return None
    clause = next((child for child in verb.children if child.dep_ == "ccomp" and child.i > at), None)
    objects = [child for child in verb.children if child.dep_ in ("dobj", "dative") and child.i >= at]
    if clause is not None and objects and objects[0].i < clause.left_edge.i and objects[0].right_edge.i < clause.i:
        return clause.left_edge.i if clause.left_edge.i > objects[0].i else None
    if cue.entry.act == "directive":
        for number in range(at + 1, min(stop, at + 22)):
            token = doc[number]
            if token.text in (",", ";", ":") and not _within_list(token):
                break
            if token.tag_ == "TO" and token.i + 1 < stop and token.head.tag_ == "VB" and _is_actor(doc[at:number]):
                return number
    if cue.entry.act == "expressive" and not cue.entry.light and set(cue.entry.particles) & {"for", "on", "as"}:
        for child in verb.children:
            if (
                child.dep_ == "prep"
                and child.lower_ in cue.entry.particles
                and child.i > at
                and objects
                and child.i > objects[0].i
            ):
                return child.i if _is_actor(doc[at : child.i]) else None
        inner = [t for obj in objects[:1] for t in obj.children if t.dep_ == "prep" and t.lower_ in cue.entry.particles]
        if inner and _is_actor(doc[at : inner[0].i]):
            return inner[0].i
    return None


def _within_list(token: Token) -> bool:
    return any(other.dep_ == "conj" for other in token.head.children)


def _is_actor(tokens: object) -> bool:
    """Whether the words name somebody who can act: a name, a pronoun, a group."""
    words = list(tokens)  # type: ignore[call-overload]
    if not words or len(words) > 22:
        return False
    heads = [t for t in words if t.head not in words]
    head = heads[0] if heads else words[-1]
    return (
        head.pos_ in ("PROPN", "PRON")
        or head.lower_ in _ACTORS
        or words[-1].lower_ in _ACTORS
        or words[-1].pos_ in ("PROPN", "PRON")
    )
