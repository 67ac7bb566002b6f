"""Comparison of accounts with a language model: it pairs their words, and the differences follow from the words."""

from __future__ import annotations

from collections.abc import Sequence

from ..alignment.lexis import read_lexis
from ..alignment.rows import align
from ..core.progress import Progress, silent
from ..drafting.pairing import match_by_model
from .accounts import Account
from .result import AccountComparison

METHOD = (
    "Points were paired by a language model; every quotation was found in its text word for word, and relations and differences "
    "follow from the words. No person has checked the rows."
)


def compare_by_model(
    accounts: Sequence[Account], progress: Progress = silent
) -> tuple[AccountComparison, tuple[str, ...]]:
    """Return (the comparison, notes) of accounts in any languages. Raises PackageError if the model cannot be used."""
    texts = [account.text for account in accounts]
    lexes = [read_lexis(account.language or "en") for account in accounts]
    matched, notes = match_by_model(texts, lexes, progress)
    return AccountComparison(tuple(accounts), align(texts, lexes, matched), METHOD), notes
