"""The known word that was probably meant by a misspelled one."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import OSA, Levenshtein


def did_you_mean(words: list[str]) -> str:
    """Return "; did you mean `x` or `y`?"; "" without words."""
    return f"; did you mean {' or '.join(f'`{word}`' for word in words)}?" if words else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return "; did you mean `x` or `y`?" with the known words (three at most) within an edit distance of 2 or a third of the word, otherwise "".

    `reference_resolves.sql` uses the same measure.
    """
    reach = max(2, len(word) // 3)
    near = sorted(
        (d, k)
        for k in set(known)
        if (d := Levenshtein.distance(word, k, score_cutoff=reach)) <= reach
    )
    return did_you_mean([k for _, k in near[:3]])


def nearest_of(word: str, known: Iterable[str]) -> str | None:
    """Return the nearest of the known words, if one is near; letter case is ignored."""
    written = word.lower().replace(" ", "_").replace("-", "_")
    reach = max(2, len(written) // 3)
    # Two transposed letters are one typo.
    near = sorted(
        (d, k) for k in set(known) if (d := OSA.distance(written, k, score_cutoff=reach)) <= reach
    )
    return near[0][1] if near else None


def nearest_id(identifier: str, known: Iterable[str]) -> str:
    """Do the same as `nearest`; if no id is near, return ids that contain this one or begin with it."""
    ids = sorted(set(known))
    alike = [
        i
        for i in ids
        if f"-{identifier}-" in f"-{i}-" or (len(identifier) > 3 and i.startswith(identifier))
    ]
    return nearest(identifier, ids) or did_you_mean(alike[:3])
