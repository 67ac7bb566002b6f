"""Two successive versions of one text: deleted, inserted and moved passages, in the order of the newer text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from .clauses import iter_whole_sentences
from .words import words_of

ALIKE, ALIKE_MOVED = 0.5, 0.75
"""Share of common words from which one sentence is a version of another, in the same place or elsewhere."""
MOST_COMMON = 60
"""Number of sentences with a word above which the word no longer proposes pairs, in texts with that many sentences."""
_PIECE = re.compile(r"\s+|\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|.", re.S)


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of either version. `kind`: `kept`, `changed`, `inserted` or `deleted`; `moved` if
    it is in another place of the order. `pieces` are (`kept`, `inserted` or `deleted`, words);
    `old` and `new` are passages of the texts in code points, None if it has none.
    """

    kind: str
    moved: bool
    pieces: tuple[tuple[str, str], ...]
    old: tuple[int, int] | None
    new: tuple[int, int] | None
    paragraph: bool = False


@dataclass(frozen=True, slots=True)
class Redline:
    """The passages, the numbers of kept, inserted and deleted words, and of moved sentences."""

    passages: tuple[Passage, ...]
    kept: int
    inserted: int
    deleted: int
    moved: int

    @property
    def share(self) -> float:
        """Return the share of words inserted or deleted, among all words of both versions: 0 if nothing changed, 1 if nothing is left."""
        changed = self.inserted + self.deleted
        return changed / (changed + 2 * self.kept) if changed else 0.0


def redline(old: str, new: str) -> Redline:
    """Compare two versions sentence by sentence, and word by word within a sentence. Punctuation and letter case count."""
    before, after = list(iter_whole_sentences(old)), list(iter_whole_sentences(new))
    pairs, likeness = _paired([old[a:b] for a, b in before], [new[a:b] for a, b in after])
    weak = {j for j in _moved(pairs) if likeness[j] < ALIKE_MOVED}
    pairs = {j: i for j, i in pairs.items() if j not in weak}
    moved = _moved(pairs)
    backwards = {i: j for j, i in pairs.items()}
    passages: list[Passage] = []
    shown = 0
    for j, place in enumerate(after):
        i = pairs.get(j)
        if i is not None and j not in moved:
            passages += [_deleted(old, before[k]) for k in range(shown, i) if k not in backwards]
            shown = max(shown, i + 1)
        paragraph = j == 0 or "\n" in new[after[j - 1][1] : place[0]]
        passages.append(
            _passage(old, new, before[i] if i is not None else None, place, j in moved, paragraph)
        )
    passages += [_deleted(old, before[k]) for k in range(shown, len(before)) if k not in backwards]
    counts = Counter[str]()
    for passage in passages:
        for kind, text in passage.pieces:
            counts[kind] += len(words_of(text))
    return Redline(
        tuple(passages), counts["kept"], counts["inserted"], counts["deleted"], len(moved)
    )


def _deleted(old: str, place: tuple[int, int]) -> Passage:
    return Passage("deleted", False, (("deleted", old[slice(*place)]),), place, None)


def _passage(
    old: str,
    new: str,
    before: tuple[int, int] | None,
    after: tuple[int, int],
    moved: bool,
    paragraph: bool,
) -> Passage:
    text = new[slice(*after)]
    if before is None:
        return Passage("inserted", False, (("inserted", text),), None, after, paragraph)
    pieces = tuple(_pieces(old[slice(*before)], text))
    kind = "kept" if all(piece[0] == "kept" for piece in pieces) else "changed"
    return Passage(kind, moved, pieces, before, after, paragraph)


def _pieces(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Return (`kept`, `inserted` or `deleted`, words); all kinds and amounts of white space are equal."""
    ours, theirs = _PIECE.findall(old), _PIECE.findall(new)
    keys = [
        [" " if piece.isspace() else piece.replace("’", "'") for piece in pieces]
        for pieces in (ours, theirs)
    ]
    for tag, a, b, c, d in _without_islands(
        SequenceMatcher(None, *keys, autojunk=False).get_opcodes(), theirs
    ):
        if tag == "equal":
            yield "kept", "".join(theirs[c:d])
            continue
        if a < b:
            yield "deleted", "".join(ours[a:b])
        if c < d:
            yield "inserted", "".join(theirs[c:d])


def _without_islands(codes: Sequence[tuple], theirs: Sequence[str]) -> list[tuple]:
    """Return opcodes in which a mere space between two changes belongs to them, so that phrases stay whole."""
    found: list[tuple] = []
    for code in codes:
        tag, a, b, c, d = code
        island = tag == "equal" and "".join(theirs[c:d]).isspace()
        if found and found[-1][0] == "change" and (tag != "equal" or island):
            found[-1] = ("change", found[-1][1], b, found[-1][3], d)
        else:
            found.append(("equal" if tag == "equal" else "change", a, b, c, d))
    return found


def _paired(old: Sequence[str], new: Sequence[str]) -> tuple[dict[int, int], dict[int, float]]:
    """(index in the newer version → index in the older one, → share of common words): equal sentences first, then the most alike; each at most once."""
    bags = [[Counter(word.form for word in words_of(text)) for text in side] for side in (old, new)]
    places: dict[str, list[int]] = defaultdict(list)
    for i, bag in enumerate(bags[0]):
        for form in bag:
            places[form].append(i)
    found = []
    for j, bag in enumerate(bags[1]):
        near = {
            i
            for form in bag
            if len(places[form]) <= max(MOST_COMMON, len(old) // 100)
            for i in places[form]
        }
        for i in near:
            common = (
                2
                * sum((bag & bags[0][i]).values())
                / (sum(bag.values()) + sum(bags[0][i].values()) or 1)
            )
            if common >= ALIKE:
                same = " ".join(old[i].split()) == " ".join(new[j].split())
                found.append((same, common, -abs(i / (len(old) or 1) - j / (len(new) or 1)), i, j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    likeness: dict[int, float] = {}
    for _, common, _, i, j in sorted(found, reverse=True):
        if i not in taken and j not in pairs:
            pairs[j], likeness[j] = i, common
            taken.add(i)
    return pairs, likeness


def _moved(pairs: dict[int, int]) -> set[int]:
    """Return the sentences of the newer version outside the longest run that keeps the older order."""
    tops: list[int] = []
    length: dict[int, int] = {}
    for j in sorted(pairs):
        at = bisect_left(tops, pairs[j])
        tops[at : at + 1] = [pairs[j]]
        length[j] = at
    kept, want, bound = set(), len(tops) - 1, None
    for j in sorted(pairs, reverse=True):
        if length[j] == want and (bound is None or pairs[j] < bound):
            kept.add(j)
            want, bound = want - 1, pairs[j]
    return set(pairs) - kept
