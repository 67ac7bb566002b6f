"""Scores drafted statements against gold, as the scorer of the development set does, for documents read from `gold.yaml`.

Statements are paired one to one, the highest overlap (shared words of content over all of both)
first; from one half on a pair counts as matched. F1 is over the statements of either side, accuracy
over those that matched.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

GOLD = Path(__file__).with_name("gold.yaml")
MATCHED = 0.5

Document = dict[str, Any]


def read_gold(path: Path = GOLD) -> list[Document]:
    """The documents, each statement with `start`, `end` and `content_spans` in code points. Raises ValueError for words that are not there."""
    documents = []
    for document in yaml.safe_load(path.read_text(encoding="utf-8")):
        text, at, statements = document["text"], 0, []
        for entry in document["statements"]:
            start = _find(text, entry["quote"], at, len(text))
            end, low, spans = start + len(entry["quote"]), start, []
            for words in entry["content"]:
                low = _find(text, words, low, end)
                spans.append([low, low + len(words)])
                low += len(words)
            for key in ("cue", "speaker"):
                _find(text, entry.get(key) or "", start, end)
            facts = {
                "cue": entry.get("cue"),
                "speaker": entry.get("speaker"),
                "speaker_name": entry.get("name"),
            }
            facts |= {"mode": entry["mode"], "speech_act": entry.get("act")}
            statements.append({"content_spans": spans, "start": start, "end": end, **facts})
            at = start
        documents.append({"guid": document["guid"], "text": text, "statements": statements})
    return documents


def _find(text: str, words: str, start: int, end: int) -> int:
    at = text.find(words, start, end)
    if at < 0:
        raise ValueError(f"“{words}” is not in “{text[start:end][:80]}”")
    return at


def score(
    gold: list[Document], predicted: list[Document], skip: str | None = None
) -> dict[str, dict[str, float]]:
    """Measure → {"f1": …} or {"accuracy": …, "n": matched}, without the statements of a mode to `skip` on both sides."""
    counts: Counter[str] = Counter()
    for ours, theirs in zip(gold, predicted, strict=True):
        sides = [
            [(_words(d["text"], s), s) for s in d["statements"] if s["mode"] != skip]
            for d in (ours, theirs)
        ]
        counts["gold"] += len(sides[0])
        counts["predicted"] += len(sides[1])
        for name, side in zip(("gold", "predicted"), sides, strict=True):
            counts[f"{name} words"] += sum(len(words) for words, _ in side)
            counts[f"{name} cues"] += sum(bool(s["cue"]) for _, s in side)
        for share, (words, one), (others, other) in _paired(*sides):
            counts["words"] += len(words & others)
            if share >= MATCHED:
                counts.update(_agreed(one, other))
    return _measures(counts)


def _words(text: str, statement: dict[str, Any]) -> frozenset[int]:
    spans = statement["content_spans"]
    return frozenset(
        m.start() for m in re.finditer(r"\w+", text) if any(a <= m.start() < b for a, b in spans)
    )


def _paired(gold: list, predicted: list) -> list[tuple[float, tuple, tuple]]:
    every = [
        (len(g[0] & p[0]) / len(g[0] | p[0]), -i, -j)
        for i, g in enumerate(gold)
        for j, p in enumerate(predicted)
        if g[0] & p[0]
    ]
    used: tuple[set[int], set[int]] = (set(), set())
    found = []
    for share, i, j in sorted(every, reverse=True):
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            found.append((share, gold[-i], predicted[-j]))
    return found


def _agreed(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """Return the measures that two matched statements agree on."""
    found = ["matched"]
    found += ["printed"] * (_plain(one["speaker"]) == _plain(other["speaker"]))
    found += ["name"] * _same_names(one["speaker_name"], other["speaker_name"])
    found += ["cue"] * (bool(one["cue"]) and _plain(one["cue"]) == _plain(other["cue"]))
    found += ["mode"] * (one["mode"] == other["mode"])
    return found + ["act"] * (one["speech_act"] == other["speech_act"])


def _plain(words: str | None) -> str:
    return re.sub(r"^the ", "", " ".join((words or "").lower().split()))


def _same_names(one: str | None, other: str | None) -> bool:
    """As many names on both sides, each fitting one of the other: the words of the shorter are in the longer."""
    sides = [
        [set(_plain(name).split()) for name in (names or "").split("; ") if name]
        for names in (one, other)
    ]
    if len(sides[0]) != len(sides[1]):
        return False
    for name in sides[0]:
        fit = next((o for o in sides[1] if name <= o or o <= name), None)
        if fit is None:
            return False
        sides[1].remove(fit)
    return True


def _measures(c: Counter[str]) -> dict[str, dict[str, float]]:
    def f1(right: str, kind: str = "") -> dict[str, float]:
        both = c[f"gold{kind}"] + c[f"predicted{kind}"]
        return {"f1": 2 * c[right] / both if both else 1.0}

    def accuracy(right: str) -> dict[str, float]:
        return {"accuracy": c[right] / c["matched"] if c["matched"] else 1.0, "n": c["matched"]}

    return {
        "content token F1 (micro, paired)": f1("words", " words"),
        "statement F1 (IoU >= .5)": f1("matched"),
        "joint F1 (content and name)": f1("name"),
        "joint F1 (content and printed speaker)": f1("printed"),
        "speaker by name, accuracy of matched": accuracy("name"),
        "cue F1 (exact)": f1("cue", " cues"),
        "mode accuracy of matched": accuracy("mode"),
        "speech act accuracy of matched": accuracy("act"),
    }
