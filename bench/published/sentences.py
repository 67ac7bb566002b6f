"""Sentences to make accounts of: those of real documents where they are present, made-up ones otherwise."""

from __future__ import annotations

import html
import json
import random
import re
from pathlib import Path

_LINKS = ("the", "of", "in", "and", "to", "with", "for", "their", "by", "across", "under", "despite", "on", "a")
_CONSONANTS, _VOWELS = "bcdfghjklmnprstvwz", "aeiou"
_REPORTING = re.compile(
    r"\b(said|says|added|stressed|noted|stated|told|reiterated|continued|pointed out|not?|never|nor|neither|none|nothing|nobody|without|cannot|Washington"
    r"|(oppos|reject|deny|deni|refus|refrain|condemn|prevent|avoid|stop|ceas|lack|fail|abstain)[a-z]*|against|end|ends|ended|ending|unwilling|rul(e|es|ed|ing) out)\b|n’t|n't|:|^(That|While|When|During|\w+day)\b",
    re.IGNORECASE,
)
"""Sentences that hold a reporting clause, a speaker's label or a negation of their own, which rules about claims and content look for."""
_SHORTEST = 30
"""First characters of a sentence that, but for a very long word after them, are always quoted; a telling word must be among them."""
_ALIKE = 12
"""Letters by which two sentences begin alike: of those only one is taken, for the words quoted of it would carry the claims of both."""


def read_sentences(corpus: Path | None) -> list[str]:
    """Sentences of the real documents in `corpus` (a folder with `state-department/releases.jsonl`); made-up ones without it."""
    path = corpus / "state-department" / "releases.jsonl" if corpus else None
    found: dict[str, str] = {}
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
                        and plain.isprintable()
                        and re.search(r"[a-z]{7}", plain[:_SHORTEST])
                        and not _REPORTING.search(plain)
                    ):
                        found.setdefault("".join(filter(str.isalpha, plain.lower()))[:_ALIKE], plain)
        return sorted(found.values())
    dice = random.Random(1)
    return [_made_up(dice) for _ in range(20_000)]


def _made_up(dice: random.Random) -> str:
    """Words of no language, so that two sentences have hardly one in common; every tenth has a mark beyond ASCII."""
    words = [
        dice.choice(_LINKS)
        if n % 3 == 2
        else "".join(dice.choice(_CONSONANTS) + dice.choice(_VOWELS) for _ in range(dice.choice((3, 3, 4))))
        for n in range(dice.randint(20, 36))
    ]
    if dice.random() < 0.1:
        words[3] = f"“{words[3]}”"
    return " ".join(words).capitalize()


def opening(text: str, length: int) -> str:
    """The first words, about so long; of a text without spaces the first characters."""
    if len(text) <= length:
        return text
    return text[:length].rpartition(" ")[0].strip() or text[: length // 3]
