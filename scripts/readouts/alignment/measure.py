"""The similarity of two points: weighted words, names, numbers and speakers, combined into one likelihood."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .differences import others_say
from .lexis import Lexis, find_phrases
from .points import Point
from .words import Word

RAREST = 8.0
"""Weight of a word outside the common words: about the logarithm of sentences over sentences with it."""
NAMED = 6.0
"""Weight of a name: two accounts of one event share names without making the same point."""
COMMONEST, FALL = 2.8, 0.48
"""Weight of the most common word, and its growth with the logarithm of the rank: fitted to the counts behind `common_words`."""
FAMILY = 0.55
"""Weight of a word of the same family (synonyms), relative to the same stem."""
CUE = 12
"""Number of words in which the verb of the cue is looked for."""


@dataclass(frozen=True, slots=True)
class Bag:
    """The keys of a point: stem or name → weight; families of its words → weight of the word."""

    stems: dict[str, float]
    families: dict[str, float]
    total: float
    pairs: frozenset[tuple[str, str]]
    grams: Counter[str]
    size: float
    names: frozenset[str]


class Measure:
    """Compares points of two texts. Words that appear in many points of both texts weigh less."""

    def __init__(self, lexis: Lexis, points: Sequence[Point]) -> None:
        self._lexis = lexis
        counts = Counter(
            key for point in points for key in {key for key, _ in keys_of(point.words, lexis)}
        )
        self._names = {w.stem for p in points for w in p.words[1:] if w.name} | set(
            lexis.names.values()
        )
        self._counts, self._points = counts, max(len(points), 1)

    def weight(self, key: str) -> float:
        """Return the weight of a stem or a name: high if it is rare in general and in these texts."""
        rank = self._lexis.ranks.get(key)
        rarest = NAMED if key in self._names else RAREST
        general = rarest if rank is None else COMMONEST + FALL * math.log(rank + 1)
        local = math.log((self._points + 1) / (self._counts.get(key, 0) + 0.5)) + 1
        return general * min(local, 5.0) / 5.0

    def bag(self, point: Point) -> Bag:
        """Return the keys of a point with their weights."""
        stems: dict[str, float] = {}
        families: dict[str, float] = {}
        order = []
        for key, known in keys_of(point.words, self._lexis):
            order.append(key)
            weight = self.weight(key)
            stems[key] = weight
            for family in known:
                families[family] = max(weight, families.get(family, 0.0))
        grams = Counter(g for key in order for g in _grams(key))
        size = math.sqrt(sum(n * n for n in grams.values())) or 1.0
        names = frozenset(key for key in stems if key in self._names)
        return Bag(
            stems,
            families,
            sum(stems.values()) or 1.0,
            frozenset(itertools.pairwise(order)),
            grams,
            size,
            names,
        )


def keys_of(words: Sequence[Word], lexis: Lexis) -> list[tuple[str, frozenset[str]]]:
    """Return (stem or name, families) of the meaningful words of a point, in order."""
    forms = [word.form for word in words]
    named = {first: (last, name) for first, last, name in find_phrases(forms, lexis.names)}
    kin: dict[int, frozenset[str]] = {}
    for first, last, families in find_phrases([word.stem for word in words], lexis.families):
        kin[first] = families
        if last - first > 1:
            kin |= {at: kin.get(at, frozenset()) for at in range(first + 1, last)}
    found, at = [], _after_cue(words, lexis)
    while at < len(words):
        if at in named:
            last, name = named[at]
            found.append((name, frozenset()))
            at = last
            continue
        word = words[at]
        if word.form in lexis.numbers:
            found.append((lexis.numbers[word.form], frozenset()))
        elif word.form not in lexis.stopwords and word.form not in lexis.auxiliaries:
            found.append((word.stem, kin.get(at, frozenset())))
        at += 1
    return found


def _after_cue(words: Sequence[Word], lexis: Lexis) -> int:
    """Return the index of the first word after the speaker and reporting verb, if the verb only reports (`Lind noted that …`)."""
    for at, word in enumerate(words[:CUE]):
        if word.form in lexis.auxiliaries or (word.name and word.form in lexis.titles):
            continue
        if (
            word.form in lexis.topics or lexis.acts.get(word.form) == "assertive"
        ) and word.form.endswith(("ed", "s", "ing", "id")):
            before = [
                w
                for w in words[:at]
                if not (w.name or w.form in lexis.stopwords or w.form in lexis.joint)
            ]
            return at + 1 if len(before) < 2 and at + 2 < len(words) else 0
    return 0


def _grams(key: str) -> list[str]:
    padded = f" {key} "
    return [padded[at : at + 3] for at in range(max(1, len(padded) - 2))]


def features(one: Point, other: Point, left: Bag, right: Bag) -> list[float]:
    """Return the features of two points from which the likelihood is computed."""
    shared = sum(weight for key, weight in left.stems.items() if key in right.stems)
    sum(w for f, w in left.families.items() if f in right.families)
    soft = 0.0
    common = left.families.keys() & right.families.keys()
    if common:
        soft = FAMILY * min(
            sum(left.families[f] for f in common), sum(right.families[f] for f in common)
        )
    soft = max(0.0, min(soft, left.total - shared, right.total - shared))
    both = shared + soft
    low, high = sorted((min(1.0, both / left.total), min(1.0, both / right.total)))
    grams = sum(n * right.grams[g] for g, n in left.grams.items() if g in right.grams) / (
        left.size * right.size
    )
    names = len(
        [k for k in left.stems.keys() & right.stems.keys() if k[0] in "=-" or k[0].isdigit()]
    )
    apart = others_say(one, other)
    acts = (one.act is not None and one.act == other.act) - (
        one.act != other.act and None not in (one.act, other.act)
    )
    topic = (one.act == "topic") != (other.act == "topic")
    strangers = bool(left.names and right.names and not left.names & right.names)
    return [
        1.0, low, high, grams, math.log1p(both), math.log1p(shared), len(left.pairs & right.pairs) / max(1, min(len(left.pairs), len(right.pairs))),
        float(names > 0), float(apart), float(acts), float(topic), float(strangers),
    ]  # fmt: skip
