"""The speech act that the words of a statement suggest (codebook 6): the first that fits, in the codebook's order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .found import FoundStatement
from .words import Words

if TYPE_CHECKING:
    from spacy.tokens import Token

ORDER = ("declaration", "commissive", "directive", "expressive", "assertive")
_READY = re.compile(
    r"\b(?:stands?|stood|remains?|is|are|was|were|am) (?:also )?(?:ready|willing|prepared|committed|determined|resolved|dedicated) to\b"
    r"|\b(?:plans?|intends?|pledges?|vows?|promises?|commits?|agrees?|agreed|offers?|resolves?) to\b|\bwe commit\b|\bshall\b",
    re.IGNORECASE,
)
_THREAT = re.compile(
    r"\b(?:would|will) (?:be met with|face|result in|bring|have|carry|impose)\b[^.;]{0,60}\b(?:consequences|response|costs|retaliation|sanctions)\b",
    re.IGNORECASE,
)
_MUST = re.compile(
    r"\b(?:must|should|need(?:s)? to|ought to|has to|have to|is essential that|let us|it is time to)\b",
    re.IGNORECASE,
)
_WILL = re.compile(r"\b(?:will|’ll|'ll|am going to|are going to)\b", re.IGNORECASE)
_OWN = ("we", "i")
_STANCE = re.compile(
    r"\b(?:thank(?:s|ed|ful)?|grateful|gratitude|congratulat\w+|condemn\w*|deplore\w*|welcom\w+|applaud\w*|commend\w*|regret\w*|sorry|proud|happy|pleased"
    r"|delighted|glad|concerned|sadden\w*|saddened|honou?r(?:ed|s)?|condolences|sympath\w+|(?:we|I) hope|hopes that|(?:we|I) wish|wishes to|appreciates?|celebrates?|stands? with"
    r"|stand in solidarity|mourns?|outraged|appalled|alarmed|praise[sd]?|salutes?|supports?)\b",
    re.IGNORECASE,
)


def act_of(found: FoundStatement, text: str, words: Words) -> str | None:
    """Return the speech act of a statement, None for mode `reported`."""
    if found.mode == "reported":
        return None
    cue = found.found_by
    said = " ".join(text[a:b] for a, b in found.content)
    if cue is None:
        return (
            "assertive"
            if found.mode == "authored" and _reports_another(found, words)
            else _act_of_clause(found, said, words)
        )
    if cue.place == "noun" and cue.entry.act:
        return cue.entry.act
    verb_act = cue.entry.act or "assertive"
    if verb_act == "expressive" and not cue.entry.light:
        return "expressive"
    if verb_act == "directive":
        return "directive"
    clause = next((t for t in cue.verb.children if t.dep_ == "ccomp"), None)
    if clause is not None or found.mode == "direct" or cue.place == "inserted":
        act = _act_of_clause(found, said, words, own=_own_side(found, text))
        return verb_act if act == "assertive" and verb_act == "commissive" else act
    nouns = {words.act_nouns[t.lower_] for t in _heads(found, words) if t.lower_ in words.act_nouns}
    if nouns:
        acts = nouns | (
            {verb_act}
            if verb_act in ("declaration", "commissive") and not cue.entry.light
            else set()
        )
        return min(acts, key=ORDER.index)
    if verb_act == "assertive" and re.match(r"to [a-z]", said):
        return "commissive"
    return verb_act


def _heads(found: FoundStatement, words: Words) -> list[Token]:
    """Return the nouns at the head of the content, including coordinated ones."""
    start, end = found.content[-1]
    sent = found.sentence
    inside = [t for t in sent.span if start <= sent.at(t) and sent.after(t) <= end]
    if not inside:
        return []
    numbers = {t.i for t in inside}
    tops = [
        t for t in inside if t.head.i not in numbers and t.pos_ in ("NOUN", "PROPN", "VERB", "ADJ")
    ]
    out = []
    for top in tops[:1]:
        out.append(top)
        for token in inside:
            if token.dep_ == "conj" and token.head in out and token.pos_ == "NOUN":
                out.append(token)
    first = next((t for t in inside if t.pos_ == "NOUN"), None)
    if (
        first is not None
        and first not in out
        and first.lower_ in words.act_nouns
        and first.i - inside[0].i < 6
    ):
        out.append(first)
    return out


def _own_side(found: FoundStatement, text: str) -> tuple[str, ...]:
    """Return words for the speaker's own side: I, we, the speaker's name."""
    names = tuple(name.split()[-1].lower() for name in found.names if name)
    label = text[slice(*found.label)].lower().split() if found.label else []
    return (*_OWN, "he", "she", "they", *names, *label[-1:])


def _act_of_clause(
    found: FoundStatement, said: str, words: Words, own: tuple[str, ...] = _OWN
) -> str:
    if re.search(r"\bhereby\b", said, re.IGNORECASE):
        return "declaration"
    if _READY.search(said) or _THREAT.search(said):
        return "commissive"
    for match in _WILL.finditer(said):
        before = said[: match.start()].rstrip().lower()
        last = re.findall(r"[\w’'.]+", before)[-5:]
        if last and last[-1] in own:
            return "commissive"
        if re.search(
            r"(?:^|[,;] |\b(?:that|and|but) )(?:the )?(?:united [a-z]+|[a-z.]+)$", before
        ) and _is_place(found, last[-1] if last else ""):
            return "commissive"
    if re.match(r"(?:let us|we (?:demand|urge|call))\b", said, re.IGNORECASE) or _MUST.search(said):
        return "directive"
    head = _main_verb_act(found, words)
    if head in ("directive", "expressive"):
        return head
    if _STANCE.search(said[:90]):
        return "expressive"
    return "assertive"


def _reports_another(found: FoundStatement, words: Words) -> bool:
    """Return True if the author's sentence reports what someone else said or found."""
    root = found.sentence.span.root
    subject = next((t for t in root.children if t.dep_ == "nsubj"), None)
    low = root.lower_
    another = subject is not None and subject.lower_ not in _OWN
    return (
        another
        and (low in words.finding or (low in words.saying and root.tag_ in ("VBD", "VBN")))
        and any(t.dep_ == "ccomp" for t in root.children)
    )


def _is_place(found: FoundStatement, word: str) -> bool:
    return any(
        t.lower_ == word and t.ent_type_ == "GPE" and t.dep_ in ("nsubj",)
        for t in found.sentence.span
    )


def _main_verb_act(found: FoundStatement, words: Words) -> str | None:
    """Return the act of the sentence's own main verb if nobody reports: `We demand his release`."""
    if found.found_by is not None:
        return None
    root = found.sentence.span.root
    chain = [root, *[t for t in found.sentence.span if t.dep_ == "conj" and t.head == root]]
    acts = []
    for token in chain:
        if token.tag_ in ("VBP", "VBZ", "VB", "VBG"):
            acts += [entry.act for entry in words.saying.get(token.lower_, ()) if entry.act]
    for act in ("directive", "expressive"):
        if act in acts:
            return act
    return None
