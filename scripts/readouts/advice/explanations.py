"""A problem of a quotation with the words that were probably meant, and how to write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from ..compile.problems import AmbiguousWords, MissingWords, QuotationProblem, short
from ..curation.quotations import Quotable, Stretch, fold_space, quotable_words
from ..curation.repairs import Repair
from ..curation.sentences import iter_sentences
from ..curation.yaml_document import Path, YamlDocument
from .differences import difference
from .nearest import Nearest, nearest_text
from .writing import how_to_write

WRITE = "<write>"
"""Text in a hint for how to put the words into the file."""

_BROKEN_OFF = re.compile(r"\s*\[?(?:…|\.\.\.)\]?\s*\Z")


@dataclass(frozen=True, slots=True)
class Explanation:
    """A problem with what was probably meant.

    `nearest` is the passage that was probably meant, if one is near. If one edit fixes the problem,
    `words` are the words to write, and `advice` contains `WRITE` in place of “write this line: …”;
    an `occurrence` is written next to the words.
    """

    message: str
    advice: str
    words: str | None = None
    nearest: Nearest | None = None
    occurrence: int | None = None

    def hint(self, document: YamlDocument, place: Path) -> str:
        """Return what to do in the document that has the words at the place."""
        if self.words is None:
            return self.advice
        hint = self.advice.replace(
            WRITE, how_to_write(document, place, self.words, self.occurrence)
        )
        return hint[0].upper() + hint[1:]

    def repair(self, path: str, place: Path) -> Repair | None:
        """Return the correction of the curated file at `path`; None if it is not certain what was meant."""
        if self.nearest is None or not self.nearest.certain:
            return None
        return Repair(path, place, self.nearest.words)


def explain(problem: QuotationProblem) -> Explanation:
    """Return the problem with the words to write, if it is known which."""
    if isinstance(problem, MissingWords):
        return _without_overwritten_words(problem) or _nearest_passage(problem)
    if isinstance(problem, AmbiguousWords):
        advice = f"quote more words; or, if you mean the first occurrence (count from the top for another one), {WRITE}"
        return Explanation(problem.message, advice, fold_space(problem.words), occurrence=1)
    return Explanation(problem.message, problem.hint)


def _without_overwritten_words(problem: MissingWords) -> Explanation | None:
    left_over = _old_words_below(problem.source, problem.words, problem.within)
    if left_over is None:
        return None
    new, old = left_over
    message = f"{problem.message}: “{short(new)}” was, but the old words follow it: “{short(old)}”"
    return Explanation(message, f"delete the old words: {WRITE}", new)


def _nearest_passage(problem: MissingWords) -> Explanation:
    source, words, within = problem.source, problem.words, problem.within
    nearest = nearest_text(source, words, within)
    if nearest is None:
        near = _neighbour(source, words, within)
        if near is None:
            return Explanation(f"{problem.message}; nothing similar was found", problem.hint)
        message = f"{problem.message}, but “{near}” is there"
        return Explanation(message, f"if you mean that, {WRITE}", near)
    begun = _sentence_begun(source, words, within)
    if begun is not None:
        advice = f"quote the sentence to its end: {WRITE}"
        return Explanation(f"{problem.message}: it breaks off", advice, begun, nearest)
    message = f"{problem.message}; closest text: {difference(words, nearest.words)}"
    skips = [mark for mark in ("…", "...") if mark in words and mark not in nearest.words]
    if nearest.certain:
        advice = f"run `readouts validate --fix`, or {WRITE}"
    elif skips:
        advice = f"quote without gaps, including the words that “{skips[0]}” leaves out: {WRITE}"
    elif len(source.find(nearest.words, within)) == 1:
        advice = f"if you mean that, {WRITE}"
    else:
        return Explanation(message, problem.hint, nearest=nearest)
    return Explanation(message, advice, nearest.words, nearest)


def _sentence_begun(source: Quotable, words: str, within: Stretch | None) -> str | None:
    """Return the whole sentence if the words are its beginning followed by an ellipsis; None otherwise, or if there are several."""
    match = _BROKEN_OFF.search(words)
    places = source.find(words[: match.start()], within) if match else []
    if within is not None or len(places) != 1:
        return None
    start = places[0][0]
    sentence = next(iter_sentences(source.text, (start, len(source.text))), None)
    return quotable_words(source.text[slice(*sentence)]) if sentence else None


def _neighbour(source: Quotable, words: str, within: Stretch | None) -> str | None:
    """Return the last of two or three words, or the longer word that begins with a single one, if it appears there."""
    pieces = quotable_words(words).split(" ")
    if len(pieces) in (2, 3):
        last = pieces[-1]
        return last if len(last) > 2 and len(source.find(last, within)) == 1 else None
    low, high = within or (0, len(source.text))
    longer = (
        re.search(rf"(?<!\w){re.escape(pieces[0])}\w+", source.text[low:high])
        if len(pieces) == 1 and len(pieces[0]) > 2
        else None
    )
    return longer[0] if longer and len(source.find(longer[0], within)) == 1 else None


def _old_words_below(
    source: Quotable, words: str, within: Stretch | None
) -> tuple[str, str] | None:
    """Return (words of the source, words after it) if the words begin with those of the source and then repeat most of them.

    This happens if the first line of a quotation of several lines is overwritten and the others are
    left.
    """
    words = quotable_words(words)
    ends = [at for at, character in enumerate(words) if character == " "]
    new = next(
        (
            words[:end]
            for end in reversed(ends)
            if end * 2 >= len(words) - 4 and source.find(words[:end], within)
        ),
        None,
    )
    if new is None:
        return None
    old = words[len(new) + 1 :]
    alike = max(
        Levenshtein.normalized_similarity(old, piece)
        for piece in (new[: len(old)], new[-len(old) :])
    )
    return (new, old) if len(old) >= 12 and alike >= 0.7 else None
