"""Problems of quotations: the code, the place and the words; `advice` finds out what was meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..curation.files import CuratedFile
from ..curation.quotations import Quotable, Stretch

Key = tuple[str | int, ...]
"""A place within a curated entry."""


class QuotationProblem(Exception):
    """A quotation that cannot be located, or that overlaps another part; `key` is its place within the entry."""

    def __init__(self, code: str, key: Key, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.key, self.message, self.hint = code, key, message, hint


class MissingWords(QuotationProblem):
    """Words that do not appear in the source, or not `within` the stretch of it where they must be."""

    def __init__(
        self,
        code: str,
        key: Key,
        words: str,
        where: str,
        hint: str,
        source: Quotable,
        within: Stretch | None = None,
    ) -> None:
        super().__init__(code, key, f"“{short(words)}” was not found in {where}", hint)
        self.words, self.source, self.within = words, source, within


class AmbiguousWords(QuotationProblem):
    """Words that occur several times, quoted without saying which occurrence is meant."""

    def __init__(self, key: Key, words: str, where: str, times: int) -> None:
        message = f"“{short(words)}” occurs {times} times in {where}"
        super().__init__("quote_unique", key, message, "Quote more words.")
        self.words = words


@dataclass(frozen=True, slots=True)
class Misquotation:
    """The problems of the quotations in one curated entry at a place; `statement` is the entry if it is a statement."""

    file: CuratedFile
    place: Key
    record: str
    problems: list[QuotationProblem]
    statement: dict[str, Any] | None = None


def words_of(quote: Any) -> tuple[str, int | None]:
    """Return (words, occurrence or None) of a quotation in either form that curators may write."""
    return (quote, None) if isinstance(quote, str) else (quote["quote"], quote.get("occurrence"))


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
