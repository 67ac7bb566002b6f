"""Sentences for accounts: from real documents if there are any, otherwise made up."""

from __future__ import annotations

import functools
import html
import json
import random
import re
from collections import Counter
from pathlib import Path

from readouts.core.lexicon import read_lexicon

_LINKS = (
    "the",
    "of",
    "in",
    "and",
    "to",
    "with",
    "for",
    "their",
    "by",
    "across",
    "under",
    "despite",
    "on",
    "a",
)
_CONSONANTS, _VOWELS = "bcdfghjklmnprstvwz", "aeiou"
_REPORTING = re.compile(
    r"\b(said|says|added|stressed|noted|stated|told|reiterated|continued|pointed out|not?|never|nor|neither|none|nothing|nobody|without|cannot|Washington"
    r"|(oppos|reject|deny|deni|refus|refrain|condemn|prevent|avoid|stop|ceas|lack|fail|abstain)[a-z]*|against|end|ends|ended|ending|unwilling|rul(e|es|ed|ing) out)\b|:|^(That|While|When|During|\w+day)\b",
    re.IGNORECASE,
)
"""Sentences that hold a reporting clause, a speaker's label or a negation of their own, which rules about claims and content look for."""
GOVERNS = (
    "negations",
    "denying_verbs",
    "denying_words",
    "reversing_words",
    "conditions",
    "hedges",
    "to_come",
    "unsaid",
)
GOVERNING = re.compile(
    rf"\b({'|'.join(re.escape(word) for key in GOVERNS for word in read_lexicon()['en'].words(key))})\b|n[’']t\b",
    re.IGNORECASE,
)
"""Sentences whose meaning their first words alone would not keep."""
_QUOTED = 30
"""Number of first characters of a sentence that an attestation quotes, unless a very long word follows them."""


@functools.cache
def read_sentences(corpus: Path | None) -> list[str]:
    """Return sentences of the real documents in `corpus` (a folder with `state-department/releases.jsonl`); made-up ones without it."""
    path = corpus / "state-department" / "releases.jsonl" if corpus else None
    found: set[str] = set()
    if path is not None and path.is_file():
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                text = html.unescape(re.sub(r"<[^>]+>", " ", json.loads(line)["html"]))
                for sentence in re.split(
                    r"(?<=[.!?])\s+(?=[A-Z“])", re.sub(r"[\t\r\n ]+", " ", text)
                ):
                    plain = sentence.strip().rstrip(".!?")
                    if (
                        85 <= len(plain) <= 260
                        and plain[:1].isupper()
                        and "@" not in plain
                        and plain.isprintable()
                        and not _REPORTING.search(plain)
                        and not GOVERNING.search(plain)
                        and not plain.lower().startswith(plain[-9:].strip().lower())
                    ):
                        found.add(plain)
        return sorted(found)
    rng = random.Random(1)
    return [_made_up(rng) for _ in range(20_000)]


def _made_up(rng: random.Random) -> str:
    """Words of no language, so that two sentences have hardly one in common; every tenth has a mark beyond ASCII."""
    words = [
        rng.choice(_LINKS)
        if n % 3 == 2
        else "".join(
            rng.choice(_CONSONANTS) + rng.choice(_VOWELS) for _ in range(rng.choice((3, 3, 4)))
        )
        for n in range(rng.randint(20, 36))
    ]
    if rng.random() < 0.1:
        words[3] = f"“{words[3]}”"
    return " ".join(words).capitalize()


def with_own_words(sentences: list[str]) -> list[str]:
    """Return the sentences with a unique word among their quoted words, so that no other sentence supports their claim."""
    words = [set(re.findall(r"\w+", sentence.lower())) for sentence in sentences]
    held = Counter(word for each in words for word in each)
    return [
        sentence
        for sentence in sentences
        if any(
            held[word] == 1 for word in re.findall(r"\w+", first_words(sentence, _QUOTED).lower())
        )
    ]


def first_words(text: str, length: int) -> str:
    """The first words, about so long; of a text without spaces the first characters."""
    if len(text) <= length:
        return text
    return text[:length].rpartition(" ")[0].strip() or text[: length // 3]
