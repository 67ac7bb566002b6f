"""The fixed list of operators, all of them registered: REGISTER."""

from __future__ import annotations

from . import (  # noqa: F401  (each registers its operators)
    curated_claims,
    curated_dates,
    curated_ledger,
    curated_occasions,
    curated_sources,
    curated_speech,
    curated_words,
    published_records,
    published_words,
)
from .operators import REGISTER

__all__ = ["REGISTER"]
