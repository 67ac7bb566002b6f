"""Sentences for accounts: from real releases next to the project if there are any, otherwise made up."""

from __future__ import annotations

import html
import json
import random
import re
from pathlib import Path

from bench.published.sentences import GOVERNING

CORPUS = (
    Path(__file__).resolve().parents[3]
    / "shared"
    / "corpus"
    / "state-department"
    / "releases.jsonl"
)
"""Real releases, which are stored next to the project and not part of it."""

_PLAIN = re.compile(r"[A-Z][a-z]+ [A-Za-z0-9 ,’$%–-]{36,220}\.")
_REPORTING = re.compile(
    r"\b(?:not only|no effort|no doubt|he|she|they|said|says|added|noted|stressed|told|minister|secretary|president|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|yesterday)\b",
    re.IGNORECASE,
)
"""Words that would make a second reporting clause, or another date, of a sentence that is put into one."""

_WHO = ("The two sides", "Our partners", "The coastal regions", "Small island states", "These negotiations", "The working groups",
        "Both governments", "The new commission", "Our diplomats", "The signatories")  # fmt: skip
_DO = ("are expanding", "intend to review", "have agreed to fund", "are ready to deepen", "must speed up", "continue to support",
       "have long defended", "should strengthen", "look forward to", "have begun to publish")  # fmt: skip
_WHAT = ("the joint inspection of harbours", "a common register of fishing vessels", "the exchange of students and teachers",
         "trade in medical supplies", "the repair of the northern railway", "search and rescue at sea", "the protection of river deltas",
         "talks on transit fees", "a shared warning system for floods", "the return of displaced families")  # fmt: skip
_HOW = ("with the help of regional banks", "on the basis of mutual respect", "within the limits of earlier treaties",
        "as part of a wider settlement", "together with local authorities", "before the next round of meetings",
        "under the maritime convention", "despite the pressure on public budgets", "in every province concerned",
        "for the next ten years")  # fmt: skip
_WHEN = ("after the winter", "over the coming decade", "in the first half of the year", "once the treaty is in force", "during the transition",
         "with immediate effect", "at an early date", "step by step", "in equal parts", "where both parliaments consent")  # fmt: skip


def read_sentences(corpus: Path = CORPUS) -> list[str]:
    """Return different plain sentences, sorted: those of the corpus, or 20,000 made-up ones without it."""
    if not corpus.is_file():
        return made_up(20_000)
    found = set()
    for line in corpus.read_text(encoding="utf-8").splitlines():
        for paragraph in re.split(r"</p>|<br ?/?>|</li>|</h[1-6]>", json.loads(line)["html"]):
            text = html.unescape(re.sub(r"<[^>]+>", "", paragraph)).strip()
            for sentence in re.split(r"(?<=[.!?])\s+", text):
                if (
                    _PLAIN.fullmatch(sentence)
                    and not _REPORTING.search(sentence)
                    and not GOVERNING.search(sentence)
                    and "  " not in sentence
                ):
                    found.add(sentence)
    return sorted(found)


def made_up(number: int) -> list[str]:
    """Return this number of different sentences (at most 100,000), sorted and reproducible."""
    combinations = random.Random(0).sample(range(100_000), number)
    parts = (_WHO, _DO, _WHAT, _HOW, _WHEN)
    found = []
    for combination in combinations:
        words = [part[combination // 10**place % 10] for place, part in enumerate(parts)]
        found.append(f"{' '.join(words[:3])}, {words[3]} and {words[4]}.")
    return sorted(found)
