"""Sentences to make accounts of: those of real documents where they are present, made-up ones otherwise."""

from __future__ import annotations

import html
import json
import random
import re
from pathlib import Path

_WORDS = [
    "the",
    "two",
    "sides",
    "their",
    "governments",
    "partners",
    "cooperation",
    "in",
    "support",
    "of",
    "regional",
    "security",
    "trade",
    "and",
    "investment",
    "a",
    "lasting",
    "peace",
    "climate",
    "humanitarian",
    "access",
    "energy",
    "the",
    "rule",
    "of",
    "law",
    "democratic",
    "institutions",
    "continue",
    "to",
    "strengthen",
    "welcome",
    "uphold",
    "advance",
    "together",
    "with",
    "allies",
    "across",
    "the",
    "region",
    "under",
    "international",
    "law",
    "and",
    "the",
    "Charter",
    "of",
    "the",
    "United",
    "Nations",
    "despite",
    "“considerable”",
    "difficulties",
    "on",
    "São",
    "Tomé",
]
_REPORTING = re.compile(
    r"\b(said|says|added|stressed|noted|stated|told|reiterated|continued|pointed out|not?|never|nor|neither|none|nothing|without|cannot|Washington)\b|n’t|n't|^(That|While|When|During|\w+day)\b",
    re.IGNORECASE,
)
"""Sentences that hold a reporting clause or a negation of their own, which rules about claims and content look for."""


def read_sentences(corpus: Path | None) -> list[str]:
    """Sentences of the real documents in `corpus` (a folder with `state-department/releases.jsonl`); made-up ones without it."""
    path = corpus / "state-department" / "releases.jsonl" if corpus else None
    found: dict[str, None] = {}
    if path is not None and path.is_file():
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                text = html.unescape(re.sub(r"<[^>]+>", " ", json.loads(line)["html"]))
                for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z“])", re.sub(r"[\t\r\n ]+", " ", text)):
                    plain = sentence.strip().rstrip(".!?")
                    if (
                        85 <= len(plain) <= 260
                        and plain[:1].isupper()
                        and "@" not in plain
                        and not _REPORTING.search(plain)
                    ):
                        found[plain] = None
        return sorted(found)
    dice = random.Random(1)
    return [" ".join(dice.choices(_WORDS, k=dice.randint(16, 40))).capitalize() for _ in range(20_000)]


def opening(text: str, length: int) -> str:
    """The first words, about so long; of a text without spaces the first characters."""
    if len(text) <= length:
        return text
    return text[:length].rpartition(" ")[0].strip() or text[: length // 3]
