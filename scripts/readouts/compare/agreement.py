"""`readouts agreement`: how far two curations of the same sources agree.

Statements are matched one to one by the words of their content (token positions in the capture,
Jaccard of at least THRESHOLD, best first). On matched statements: raw agreement with its Wilson
interval at 95 %, and Cohen's kappa with the interval that follows from that one at the chance
agreement observed. Claims are matched in the same way by all the words that attest them.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..core.findings import PackageError
from ..core.layout import Layout
from .curations import Marked, Side, read_side
from .measures import Measure, agreement_of, raw_agreement

THRESHOLD = 0.5


def compare(a: str | Path, b: str | Path, layout: Layout) -> list[Measure]:
    """Measure the agreement of two curations, each a curated file, a folder of them, or a package's `data` folder; captures come from the package.

    A file is named after its source or event (`<id>.yaml`, or `<id>/curation.yaml`). Raises
    PackageError if files cannot be read or have nothing in common.
    """
    left, right = read_side(Path(a), layout), read_side(Path(b), layout)
    sources = sorted(left.statements.keys() & right.statements.keys())
    events = sorted(left.claims.keys() & right.claims.keys())
    if not sources and not events:
        raise PackageError(f"{a} and {b} have no source and no event in common")
    measures = _measures_of_statements(left, right, sources) if sources else []
    return measures + (_measures_of_claims(left, right, events) if events else [])


def _measures_of_statements(left: Side, right: Side, sources: list[str]) -> list[Measure]:
    matched = [pair for s in sources for pair in match(left.statements[s], right.statements[s])]
    total = sum(len(side.statements[s]) for side in (left, right) for s in sources)
    exact = sum(x.tokens == y.tokens for x, y in matched)
    measures = [
        _f1("statements, content F1 (overlap ≥ .5)", len(matched), total),
        _f1("statements, content F1 (exact)", exact, total),
    ]

    def values(name: str) -> list[tuple[Any, Any]]:
        return [(x.facts[name], y.facts[name]) for x, y in matched]

    for name in ("mode", "speech_act"):
        measures += agreement_of(name, values(name))
    for name in ("speaker", "label", "cue", "continues"):
        measures.append(raw_agreement(f"{name}, raw agreement", values(name)))
    return measures


def _measures_of_claims(left: Side, right: Side, events: list[str]) -> list[Measure]:
    pairs = [pair for e in events for pair in match(left.claims[e], right.claims[e])]
    total = sum(len(side.claims[e]) for side in (left, right) for e in events)
    ours, theirs = _linked(left, events), _linked(right, events)
    relations = [
        (x.facts["relations"][s], y.facts["relations"][s])
        for x, y in pairs
        for s in sorted(x.facts["relations"].keys() & y.facts["relations"].keys())
    ]
    return [
        _f1("claims, F1 (overlap ≥ .5 of the words that attest them)", len(pairs), total),
        _f1(
            "pairs of statements linked by a claim, F1",
            len(ours & theirs),
            len(ours) + len(theirs),
        ),
        *agreement_of("relation", relations),
    ]


def _f1(name: str, common: int, total: int) -> Measure:
    """Return the F1 score from the number of common items and the number of items on both sides."""
    return Measure(name, 2 * common / total if total else None, total)


def match(ours: list[Marked], theirs: list[Marked]) -> list[tuple[Marked, Marked]]:
    """Pairs one to one, best overlap first, overlap at least THRESHOLD; ties by order."""
    candidates = sorted(
        (-len(x.tokens & y.tokens) / len(x.tokens | y.tokens), i, j)
        for i, x in enumerate(ours)
        for j, y in enumerate(theirs)
        if x.tokens & y.tokens
    )
    used_ours: set[int] = set()
    used_theirs: set[int] = set()
    pairs = []
    for likeness, i, j in candidates:
        if -likeness >= THRESHOLD and i not in used_ours and j not in used_theirs:
            used_ours.add(i)
            used_theirs.add(j)
            pairs.append((ours[i], theirs[j]))
    return pairs


def _linked(side: Side, events: Iterable[str]) -> set[tuple[str, str, str]]:
    found = set()
    for event in events:
        for claim in side.claims[event]:
            said = sorted(claim.facts["relations"])
            found |= {
                (event, x, y)
                for i, x in enumerate(said)
                for y in said[i + 1 :]
                if x.partition(".")[0] != y.partition(".")[0]
            }
    return found
