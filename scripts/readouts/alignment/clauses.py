"""Cutting a text into sentences, and sentences into clauses, by rules on words and punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..curation.sentences import iter_sentences
from .lexis import Lexis
from .words import Word

SHORTEST_LINE = 40
"""Code points of a line that can be one of a wrapped paragraph."""
FEWEST_OF_ACTION = 3
"""Fewest words with a meaning of their own, including the verb, of a point in a list of actions."""
_STRONG = re.compile(r"[;:—；：]|\s[–-]\s")
_WIDE = re.compile(r"(?<=\.)[ \u00a0]{2,}(?=[^\W\d_a-z])")
END = re.compile(r"[.!?。！？…]['\"”’»)\]」』]*\Z")


def iter_parted(text: str) -> Iterator[tuple[int, int]]:
    """Yield sentences; also cut if a full stop, even of an abbreviation, is followed by more than one space."""
    for start, end in iter_whole_sentences(text):
        at = start
        for match in _WIDE.finditer(text, start, end):
            yield at, match.start()
            at = match.end()
        yield at, end


def iter_whole_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield sentences; those cut by a line end within a paragraph are rejoined."""
    held: tuple[int, int] | None = None
    for start, end in iter_sentences(text):
        if held and _is_wrapped(text, held, start):
            held = (held[0], end)
            continue
        if held:
            yield held
        held = (start, end)
    if held:
        yield held


def _is_wrapped(text: str, before: tuple[int, int], start: int) -> bool:
    gap = text[before[1] : start]
    if gap.strip(" \t") not in ("\n", "\r\n") or END.search(text, *before):
        return False
    line = before[1] - max(before[0], text.rfind("\n", before[0], before[1]) + 1)
    return text[start].islower() or line >= SHORTEST_LINE


def cuts(text: str, words: Sequence[Word], lexis: Lexis) -> list[tuple[int, int]]:
    """Return the index ranges of the words of each clause of a sentence."""
    places = [
        0,
        *(at for at in range(1, len(words)) if _is_cut(text, words, at, lexis)),
        len(words),
    ]
    ranges: list[tuple[int, int]] = []
    for first, last in pairwise(places):
        if ranges and (
            _thin(words[first:last], lexis) or _thin(words[ranges[-1][0] : ranges[-1][1]], lexis)
        ):
            ranges[-1] = (ranges[-1][0], last)
        else:
            ranges.append((first, last))
    return ranges


def _thin(words: Sequence[Word], lexis: Lexis) -> bool:
    """Return True for words without meaning of their own."""
    if words and not words[0].form.isascii() and len(words[0].form) == 1:
        return len(words) < 5
    content = sum(
        word.form not in lexis.stopwords and not _is_stance(word.form, lexis) for word in words
    )
    first = 1 if words[0].form in ("and", "but") else 0
    if _is_action(words, first, lexis):
        return content < FEWEST_OF_ACTION
    return content < 2 or len(words) < 3 or (content < 5 and not has_verb(words, lexis))


def _is_cut(text: str, words: Sequence[Word], at: int, lexis: Lexis) -> bool:
    gap, form = text[words[at - 1].end : words[at].start], words[at].form
    if _STRONG.search(gap) or "，" in gap or "；" in gap:
        return True
    comma = "," in gap
    ahead = [word.form for word in words[at + 1 : at + 4]]
    if form == "including":
        return comma and ahead[:1] != [] and ahead[0] in ("in", "with")
    if form in lexis.openers and (comma or form in ("while", "whereas", "although", "because")):
        return True
    if form in ("and", "but", "as", "so", "then") and ahead:
        return _is_joined(text, words, at, comma, lexis)
    if not comma:
        return False
    if form in lexis.subjects:
        return (words[0].form,) not in lexis.conditions and (words[0].form,) not in lexis.negations
    if _is_stance(form, lexis) or _is_action(words, at, lexis):
        return True
    return _is_gerund(words[at]) and not any(map(_is_gerund, words[max(0, at - 3) : at]))


def _is_joined(text: str, words: Sequence[Word], at: int, comma: bool, lexis: Lexis) -> bool:
    """Return True if `and`, `but` or the like at this index joins a clause that can be true on its own."""
    form, ahead = words[at].form, [word.form for word in words[at + 1 : at + 4]]
    if _is_stance(ahead[0], lexis) or (
        ahead[0] in ("also", "again", "further", "jointly") and len(ahead) > 1
    ):
        return form != "as"
    if form == "and" and ahead[0] in lexis.auxiliaries:
        return True
    if (
        form != "as"
        and any(f in lexis.auxiliaries for f in ahead)
        and (comma or ahead[0] in lexis.subjects or form == "but")
    ):
        return True
    if form == "as":
        return comma and (ahead[0] in lexis.subjects or ahead[:2] == ["well", "as"])
    if form == "and" and _is_action(words, at + 1, lexis):
        return True
    if (
        form == "and"
        and len(ahead) > 1
        and ahead[0] in lexis.before_gerunds
        and _is_gerund(words[at + 2])
    ):
        return True
    listed = "," in text[words[max(0, at - 4)].start : words[at - 1].start]
    return (
        comma
        and form in ("and", "but")
        and (not listed or ahead[0] in lexis.stopwords)
        and has_verb(words[at + 1 : at + 9], lexis)
    )


def _is_action(words: Sequence[Word], at: int, lexis: Lexis) -> bool:
    """Return True if a verb of an intended action begins here: `promote trade`, `jointly open a port`."""
    if at < len(words) and words[at].form in lexis.action_adverbs:
        at += 1
    if at + 1 >= len(words) or words[at].name:
        return False
    form, after = words[at].form, words[at + 1].form
    known = form in lexis.actions and (form not in lexis.ambiguous or after in lexis.determiners)
    return known and (after not in lexis.after_nouns or form in lexis.prepositional)


def _is_gerund(word: Word) -> bool:
    return len(word.form) > 5 and word.form.endswith("ing") and not word.name


def _is_stance(form: str, lexis: Lexis) -> bool:
    return (
        form in lexis.verbs
        and form not in lexis.auxiliaries
        and (form.endswith(("ed", "ing", "s")) or form in ("agree",))
    )


def has_verb(words: Sequence[Word], lexis: Lexis) -> bool:
    """Return True if a word is a verb of the lexicon or looks like a participle."""
    return any(w.form in lexis.verbs or (len(w.form) > 5 and w.form.endswith("ed")) for w in words)
