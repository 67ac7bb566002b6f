"""The coefficients of the likelihood: logistic regressions on the pairs, evaluated by leaving out each pair in turn."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import numpy as np

from bench.compared.aligners import LEXIS, by_readouts
from readouts.alignment import matching
from readouts.alignment.measure import Measure, features
from readouts.alignment.points import points_of

RIDGE = 2.0
"""Strength of the penalty on large coefficients of scaled features."""
REPEATED = 0.35
"""Weight of the pairs of the central bank, whose statements repeat one another."""


class Sample:
    """The features and labels of all proposed pairs of points of one pair of accounts."""

    def __init__(self, folder: Path, score: ModuleType) -> None:
        self.name, gold = folder.name, score.Pair(folder)
        self.texts = gold.text
        points = [[p for p in points_of(text, LEXIS) if p.kind == "point"] for text in gold.text]
        measure = Measure(LEXIS, [*points[0], *points[1]])
        bags = [[measure.bag(point) for point in side] for side in points]
        tokens = [[gold.tokens(n, p.start, p.end) for p in side] for n, side in enumerate(points)]
        self.features, self.labels = {}, {}
        for i, j in matching.proposed(*bags):
            sides = [tokens[0][i], tokens[1][j]]
            self.features[i, j] = features(points[0][i], points[1][j], bags[0][i], bags[1][j])
            borderline = any(score.finds(sides, entry) for entry in gold.borderline)
            self.labels[i, j] = (
                1
                if any(score.finds(sides, entry) for entry in gold.aligned)
                else -1
                if borderline
                else 0
            )
        self.weight = REPEATED if folder.name.startswith("fomc") else 1.0


def fit(samples: list[Sample]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """(FIRST, SECOND) of `alignment.matching`, rounded to two digits."""
    used = [
        (sample, pair) for sample in samples for pair, label in sample.labels.items() if label >= 0
    ]
    labels = np.array([sample.labels[pair] for sample, pair in used], float)
    weights = np.array([sample.weight for sample, _ in used])
    first = _regression(np.array([sample.features[pair] for sample, pair in used]), labels, weights)
    margins = {
        sample.name: matching.margins(
            {pair: float(np.dot(first, row)) for pair, row in sample.features.items()}, first[0]
        )
        for sample in samples
    }
    rows = np.array(
        [[*sample.features[pair], *margins[sample.name][pair]] for sample, pair in used]
    )
    second = _regression(rows, labels, weights)
    return tuple(np.round(first, 2).tolist()), tuple(np.round(second, 2).tolist())


def _regression(rows: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weighted logistic regression with a ridge, by Newton's method; the first column is the constant."""
    mean, spread = rows.mean(0), rows.std(0)
    mean[0], spread[0] = 0.0, 1.0
    spread[spread == 0] = 1.0
    scaled = (rows - mean) / spread
    ridge = np.full(rows.shape[1], RIDGE)
    ridge[0] = 1e-9
    found = np.zeros(rows.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(scaled @ found, -30, 30)))
        slope = scaled.T @ (weights * (labels - chance)) - ridge * found
        bend = (scaled * (weights * chance * (1 - chance))[:, None]).T @ scaled + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        found = found + step
        if np.abs(step).max() < 1e-8:
            break
    found = found / spread
    found[0] -= (found[1:] * mean[1:]).sum()
    return found


def left_out_in_turn(folders: list[Path], score: ModuleType) -> dict[str, dict]:
    """Name → score of each pair, aligned with coefficients fitted on all others; the thresholds stay as they are."""
    samples = [Sample(folder, score) for folder in folders]
    shipped, found = (matching.FIRST, matching.SECOND), {}
    try:
        for folder, sample in zip(folders, samples, strict=True):
            matching.FIRST, matching.SECOND = fit(
                [other for other in samples if other is not sample]
            )
            found[sample.name] = score.score(folder, by_readouts(sample.texts))[0]
    finally:
        matching.FIRST, matching.SECOND = shipped
    return found
