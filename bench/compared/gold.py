"""Pairs of accounts with a manual alignment: those next to the checkout, and the curated event of this package."""

from __future__ import annotations

import importlib.util
import json
from collections import defaultdict
from pathlib import Path
from types import ModuleType

from readouts.compare.curated import sources_of
from readouts.core.layout import Layout

ROOT = Path(__file__).resolve().parents[2]
PAIRS = ROOT.parent / "shared" / "pairs"
"""The default folder of the pairs, which are not part of this repository."""


def read_score(pairs: Path) -> ModuleType:
    """The scoring that comes with the pairs."""
    spec = importlib.util.spec_from_file_location("score_of_pairs", pairs / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def folders_of(pairs: Path) -> list[Path]:
    """The folders of the pairs, by name."""
    return sorted(path.parent for path in pairs.glob("*/alignment.json"))


def write_curated(folder: Path) -> tuple[Path, int]:
    """(folder of a pair made of this package's claims, claims left out because their words are not once in their text)."""
    event = next(Layout(ROOT).events.glob("*.yaml")).stem
    _, result = sources_of(event, ROOT)
    assert result is not None
    target = folder / event
    target.mkdir()
    entries: dict[tuple[str | None, str | None], dict] = {}
    left_out = 0
    for row in result.rows:
        sides = [words.text if words else None for words in row.words]
        if any(
            side is not None and result.accounts[n].text.count(side) != 1
            for n, side in enumerate(sides)
        ):
            left_out += 1
            continue
        entries[sides[0], sides[1]] = {"a": sides[0], "b": sides[1], "relation": None, "note": ""}
    for letter, account in zip("ab", result.accounts, strict=True):
        (target / f"{letter}.txt").write_bytes(account.text.encode("utf-8"))
    (target / "alignment.json").write_text(json.dumps(list(entries.values())), encoding="utf-8")
    return target, left_out


def totals(score: ModuleType, results: dict[str, dict]) -> dict[str, tuple[float, float, float]]:
    """Measure → precision, recall, F1 over the results of several pairs."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for result in results.values():
        for measure, counts in result.items():
            sums[measure] = [x + y for x, y in zip(sums[measure], counts, strict=True)]
    return {measure: score.figures(*counts) for measure, counts in sums.items()}
