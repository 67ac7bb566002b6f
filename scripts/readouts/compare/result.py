"""A comparison of accounts as shown to people: the accounts, the rows, and the counts over them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..alignment.differences import KINDS
from ..alignment.lexis import read_lexis
from ..alignment.matched import match_texts
from ..alignment.meaning import Similar
from ..alignment.rows import Change, Comparison, Row, align
from .accounts import Account

CAREFUL = "“No words for this point” says what was found in a text. It is not evidence that it was not said."
METHOD = "Points are sentences and clauses cut by rules, compared by words; no person has checked the rows."
ACROSS = (
    "Points are sentences and clauses cut by rules; those in different languages are matched by a model of sentences, "
    "and every such match is to be checked."
)
RELATIONS = {
    "same": "the same words",
    "reworded": "reworded",
    "broader": "the first says less",
    "narrower": "the first says more",
    "conflicting": "contradicting",
    "only": "one account only",
}
"""Relation → its wording for people; it is the relation of the first account's words to the others'."""
ABSENT = "no words for this point"


@dataclass(frozen=True, slots=True)
class AccountComparison:
    """Accounts and their comparison; `method` describes in a sentence how the rows were made."""

    accounts: tuple[Account, ...]
    comparison: Comparison
    method: str = METHOD

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.comparison.rows


def compare_accounts(
    accounts: Sequence[Account], similar: Similar | None = None
) -> AccountComparison:
    """Compare accounts that are in one language, or, with `similar`, in several."""
    texts = [account.text for account in accounts]
    lexes = [read_lexis(account.language or "en") for account in accounts]
    if len({lexis.code for lexis in lexes}) == 1:
        return AccountComparison(tuple(accounts), align(texts, lexes[0]))
    return AccountComparison(
        tuple(accounts), align(texts, lexes, match_texts(texts, lexes, similar)), ACROSS
    )


def relation_of(row: Row) -> str:
    """Return a row's relation for people; candidates are marked."""
    words = RELATIONS[row.relation]
    return f"nearest: check ({words})" if row.band == "candidate" else words


def counts(result: AccountComparison) -> list[tuple[str, int]]:
    """Return (what is counted, number) in the order in which a reader needs it."""
    rows = result.rows
    sure = Counter(row.relation for row in rows if row.band == "sure")
    found = [(RELATIONS[relation], sure[relation]) for relation in RELATIONS if relation != "only"]
    found.append(("nearest, to be checked", sum(row.band == "candidate" for row in rows)))
    for number, account in enumerate(result.accounts):
        found.append(
            (
                f"only in {account.label}",
                sum(row.relation == "only" and row.words[number] is not None for row in rows),
            )
        )
    return found


def order_note(result: AccountComparison) -> str | None:
    """Describe how similarly the accounts order their common points; None if they share fewer than two."""
    firsts = []
    for row in result.rows:
        present = [words for words in row.words if words is not None]
        if row.band == "sure" and len(present) > 1 and row.words[0] is not None:
            firsts.append((row.words[0].start, present[1].start))
    if len(firsts) < 2:
        return None
    longest: list[int] = []
    for _, second in sorted(firsts):
        at = bisect_left(longest, second)
        longest[at : at + 1] = [second]
    moved = len(firsts) - len(longest)
    if not moved:
        return f"The {len(firsts)} sure points come in the same order."
    return f"{moved} of {len(firsts)} sure points come in another place of the order."


def iter_facts(result: AccountComparison) -> Iterator[tuple[int, str, Change]]:
    """Yield (number of the row, kind, change) by kind: differing facts of one point, and negations,
    conditions and hedges missing on one side; of sure rows only. Names, dates and numbers missing
    on one side are in `iter_only`.
    """
    for kind in KINDS:
        for number, row in enumerate(result.rows, 1):
            for change in row.differences if row.band == "sure" else ():
                both = change.left is not None and change.right is not None
                if change.kind == kind and (both or kind not in result.comparison.only):
                    yield number, kind, change


def iter_only(result: AccountComparison) -> Iterator[tuple[str, str, list[str]]]:
    """Yield (kind, account's label, entries that only it has) for names, dates and numbers."""
    for kind, lists in result.comparison.only.items():
        for account, found in zip(result.accounts, lists, strict=True):
            if found:
                yield kind, account.label, found
