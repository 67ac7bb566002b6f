"""Problems of quotations, with messages and hints for curators."""

from __future__ import annotations

import re
from typing import Any

from rapidfuzz.distance import Levenshtein

from ..curation.nearest import Nearest, difference, nearest_text
from ..curation.quotations import Quotable, Stretch, quotable_words
from ..curation.repairs import how_to_write
from ..curation.sentences import iter_sentences
from ..curation.yaml_nodes import YamlDocument

Key = tuple[str | int, ...]
"""A place within a curated entry."""

_BROKEN_OFF = re.compile(r"\s*\[?(?:…|\.\.\.)\]?\s*\Z")
WRITE = "<write>"
"""Text in a hint for how to put the words into the file."""


class QuotationProblem(Exception):
    """A quotation that is not in the text, occurs twice, or overlaps another part.

    `key` is its place within the entry; `nearest` the passage that was probably meant, if one is
    near. If one edit fixes it, `words` are the words to write at the place, and the hint contains
    `WRITE` in place of “write this line: …”; an `occurrence` is written next to the words.
    """

    def __init__(
        self,
        code: str,
        key: Key,
        message: str,
        hint: str,
        nearest: Nearest | None = None,
        words: str | None = None,
        occurrence: int | None = None,
    ) -> None:
        super().__init__(message)
        self.code, self.key, self.message, self._hint = code, key, message, hint
        self.nearest, self.words, self._occurrence = nearest, words, occurrence

    def hint(self, document: YamlDocument, place: Key) -> str:
        """Return what to do in the document that has the words at the place."""
        if self.words is None:
            return self._hint
        hint = self._hint.replace(
            WRITE, how_to_write(document, place, self.words, self._occurrence)
        )
        return hint[0].upper() + hint[1:]


def words_of(quote: Any) -> tuple[str, int | None]:
    """Return (words, occurrence or None) of a quotation in either form that curators may write."""
    return (quote, None) if isinstance(quote, str) else (quote["quote"], quote.get("occurrence"))


def missing(
    code: str,
    key: Key,
    words: str,
    where: str,
    hint: str,
    source: Quotable,
    within: Stretch | None = None,
) -> QuotationProblem:
    """Return the problem of words that do not appear in the required place: the nearest text with
    the differences marked and, if one edit fixes it, how to write it; otherwise the `hint`.
    """
    message = f"“{short(words)}” was not found in {where}"
    left_over = _old_words_below(source, words, within)
    if left_over is not None:
        new, old = left_over
        text = f"{message}: “{short(new)}” was, but the old words follow it: “{short(old)}”"
        hint = f"delete the old words: {WRITE}"
        return QuotationProblem(code, key, text, hint, words=new)
    nearest = nearest_text(source, words, within)
    if nearest is None:
        near = _neighbour(source, words, within)
        if near is None:
            return QuotationProblem(code, key, f"{message}; nothing similar was found", hint)
        hint = f"if you mean that, {WRITE}"
        return QuotationProblem(code, key, f"{message}, but “{near}” is there", hint, words=near)
    message += f"; closest text: {difference(words, nearest.words)}"
    begun = _sentence_begun(source, words, within)
    if begun is not None:
        hint = f"quote the sentence to its end: {WRITE}"
        return QuotationProblem(
            code,
            key,
            f"“{short(words)}” was not found in {where}: it breaks off",
            hint,
            nearest,
            begun,
        )
    skips = [mark for mark in ("…", "...") if mark in words and mark not in nearest.words]
    if nearest.certain:
        hint = f"run `readouts validate --fix`, or {WRITE}"
    elif skips:
        hint = f"quote without gaps, including the words that “{skips[0]}” leaves out: {WRITE}"
    elif len(source.find(nearest.words, within)) == 1:
        hint = f"if you mean that, {WRITE}"
    else:
        return QuotationProblem(code, key, message, hint, nearest)
    return QuotationProblem(code, key, message, hint, nearest, nearest.words)


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


def overlapping(
    source: Quotable, one: Stretch, first: Key, other: Stretch, second: Key
) -> QuotationProblem:
    """Return the problem of two marked parts that have words in common, from their positions and their places within the entry."""
    mine, yours = (f"“{short(source.text[slice(*stretch)])}”" for stretch in (one, other))
    keys = {first[0], second[0]}
    if keys == {"context", "date_expression"}:
        key, words, date = (first, mine, yours) if first[0] == "context" else (second, yours, mine)
        message = f"the context {words} contains the date_expression {date}, which already counts as context"
        return QuotationProblem("parts_disjoint", key, message, f"Leave {date} out of `context`.")
    hint = "Shorten or delete the longer one: each word belongs to one part only."
    if keys == {"context"}:
        hint = "Shorten or delete the overlapping entry; overlapping context removes too much of the content."
    return QuotationProblem(
        "parts_disjoint", second, f"the {first[0]} {mine} and the {second[0]} {yours} overlap", hint
    )


def short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 90 else words[:60] + " … " + words[-25:]
