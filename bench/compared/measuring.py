"""How well accounts are aligned, next to difflib and TF-IDF, and how fast; the results go to BENCHMARKS.md.

python -m bench compare
python -m bench compare --pairs FOLDER --coefficients
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.compared.aligners import (
    LEXIS,
    THRESHOLDS,
    by_meaning,
    by_readouts,
    by_similarity,
    difflib_ratios,
    tf_idf,
    with_meaning,
)
from bench.compared.gold import PAIRS, ROOT, folders_of, read_score, totals, write_curated
from bench.results import machine, table, write_block
from readouts.alignment.rows import align
from readouts.compare.embedding import similar_by

HEADER = [
    "aligner",
    "aligned P / R / F1",
    "sure P / R",
    "no counterpart P / R / F1",
    "without the central bank: aligned F1",
    "sure P / R",
    "no counterpart F1",
]
SIZES = (1_000, 10_000, 50_000)
"""Words of each of two made-up accounts."""


def main(arguments: list[str]) -> None:
    """Measure, print and write the block. `arguments` are those of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, default=PAIRS, help="folder of pairs with score.py")
    parser.add_argument(
        "--coefficients",
        action="store_true",
        help="only fit the coefficients on all pairs and print them",
    )
    parser.add_argument(
        "--semantic", help="also measure a static embedding model: its folder or Hub id"
    )
    parser.add_argument("--write", type=Path, default=ROOT / "BENCHMARKS.md")
    options = parser.parse_args(arguments)
    if not (options.pairs / "score.py").is_file():
        sys.exit(f"skipped: no pairs in {options.pairs} (pass --pairs FOLDER)")
    score = read_score(options.pairs)
    folders = folders_of(options.pairs)
    if options.coefficients:
        from bench.compared.fitting import Sample, fit

        return print(fit([Sample(folder, score) for folder in folders]))
    text = "\n".join(
        [_intro(folders), _quality(score, folders, options.semantic), _curated(score), _speed()]
    )
    print(text)
    write_block(options.write, "compared", text)


def _intro(folders: list[Path]) -> str:
    return (
        "## Comparing accounts\n\n`make bench-compare`. "
        f"{machine()}.\n\n{len(folders)} development pairs of public-domain accounts, aligned by hand. The coefficients are fitted on these pairs; *left out in turn* "
        "aligns each pair with coefficients fitted on the others; its thresholds and word lists were chosen on these pairs too. The thresholds of difflib and TF-IDF are the best ones for these very pairs.\n"
    )


def _quality(score, folders: list[Path], model: str | None) -> str:
    from bench.compared.fitting import left_out_in_turn

    texts = {
        folder: [(folder / f"{side}.txt").read_text(encoding="utf-8") for side in "ab"]
        for folder in folders
    }
    rows = [
        _line("readouts, left out in turn", score, left_out_in_turn(folders, score)),
        _line(
            "readouts, as shipped",
            score,
            {f.name: score.score(f, by_readouts(texts[f]))[0] for f in folders},
        ),
    ]
    for name, aligner in _semantic(model) if model else ():
        rows.append(
            _line(name, score, {f.name: score.score(f, aligner(texts[f]))[0] for f in folders})
        )
    for name, similarity in (("difflib, words", difflib_ratios), ("TF-IDF, characters", tf_idf)):
        tried = []
        for threshold in THRESHOLDS:
            aligner = partial(by_similarity, similarity=similarity, threshold=threshold)
            found = {f.name: score.score(f, aligner(texts[f]))[0] for f in folders}
            tried.append((totals(score, found)["aligned"][2], threshold, found))
        _, threshold, found = max(tried, key=lambda item: item[0])
        rows.append(_line(f"{name}, from {threshold}", score, found))
    return table(HEADER, rows)


def _semantic(model: str) -> list[tuple[str, Callable[[list[str]], dict]]]:
    similar, name = similar_by(model), Path(model).name
    return [
        (f"readouts, with candidates by {name}", partial(with_meaning, similar=similar)),
        (f"{name} alone, as between languages", partial(by_meaning, similar=similar)),
    ]


def _line(name: str, score, results: dict[str, dict]) -> list[str]:
    every = totals(score, results)
    rest = totals(
        score, {key: value for key, value in results.items() if not key.startswith("fomc")}
    )
    figures = [
        _figures(every["aligned"]),
        _figures(every["aligned, sure"][:2]),
        _figures(every["no counterpart"]),
    ]
    figures += [
        _figures(rest["aligned"][2:]),
        _figures(rest["aligned, sure"][:2]),
        _figures(rest["no counterpart"][2:]),
    ]
    return [name, *figures]


def _figures(values: tuple[float, ...]) -> str:
    return " / ".join(f"{value:.2f}" for value in values)


def _curated(score) -> str:
    with tempfile.TemporaryDirectory() as scratch:
        folder, left_out = write_curated(Path(scratch))
        texts = [(folder / f"{side}.txt").read_text(encoding="utf-8") for side in "ab"]
        rows = []
        for name, found in (
            ("readouts", by_readouts(texts)),
            ("difflib, words, from 0.4", by_similarity(texts, difflib_ratios, 0.4)),
            ("TF-IDF, characters, from 0.3", by_similarity(texts, tf_idf, 0.3)),
        ):
            result = totals(score, {name: score.score(folder, found)[0]})
            rows.append(
                [
                    name,
                    _figures(result["aligned"]),
                    _figures(result["aligned, sure"][:2]),
                    _figures(result["no counterpart"]),
                ]
            )
    return (
        f"### The curated event of this package\n\nIts claims serve as the reference ({left_out} left out, because their words do not occur exactly once).\n\n"
        + table(HEADER[:4], rows)
    )


def _speed() -> str:
    rows = []
    for size in SIZES:
        texts = [_made_up(size, seed) for seed in (1, 2)]
        started = time.process_time()
        align(texts, LEXIS)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rows.append([f"{size:,}", f"{time.process_time() - started:.1f}", f"{peak:,.0f}"])
    return (
        "### Speed\n\nTwo made-up accounts of that many words each, not counting the start of the process.\n\n"
        + table(["words", "processor seconds", "peak MiB"], rows)
    )


def _made_up(size: int, seed: int) -> str:
    """Return sentences with frequent words of the lexicon and rare words."""
    chance = random.Random(seed)
    common = list(LEXIS.ranks) or ["talk"]
    weights = [1 / (rank + 5) for rank in range(len(common))]
    words: list[str] = []
    while len(words) < size:
        length = chance.randint(8, 30)
        sentence = chance.choices(common, weights, k=length)
        sentence[0] = chance.choice(["Lind said", "The two sides", "Reyes urged", "Norland"])
        sentence.insert(
            length // 2,
            f"{chance.choice('bdfklmnprst')}{chance.choice('aeiou')}{chance.randint(0, 4000)}x",
        )
        words += [*sentence[:-1], sentence[-1] + "."]
    return " ".join(words)
