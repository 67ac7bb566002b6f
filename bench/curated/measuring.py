"""validate and build on packages of many curated sources, each command a process of its own; the results go to BENCHMARKS.md.

    python -m bench curated --size 2000,40000 --size 10000,120000

An installed `readouts` is measured, or the one on PYTHONPATH.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.results import machine, table, write_block
from bench.runs import Run, run
from readouts.core.findings import PackageError
from readouts.core.layout import Layout

SIZES = ((2_000, 40_000), (10_000, 120_000))
"""Sources and statements of the packages that the targets are about."""
COMPARED_UP_TO = 50_000
"""Packages of more statements are built and validated; the tool would take minutes, and a release proves no more."""
ROUNDS = 5
HEADER = ["command", "seconds", "processor seconds", "peak MiB"]
VALIDATE, ONLY, BUILD = (
    "`readouts validate`",
    "`readouts validate --only SOURCE_ID`",
    "`readouts build`, nothing built yet",
)
COMPARISON_TOOL = "`frictionless validate datapackage.json`"


def main(arguments: list[str]) -> None:
    """Measure, print and write the block. `arguments` are those of the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench curated", description=__doc__)
    parser.add_argument(
        "--size",
        action="append",
        metavar="SOURCES,STATEMENTS",
        type=_size,
        help="may be given again",
    )
    parser.add_argument(
        "--rounds", type=int, default=ROUNDS, help="turns of the two validators in the checkout"
    )
    parser.add_argument("--output", type=Path, default=Layout.of(None).root / "BENCHMARKS.md")
    given = parser.parse_args(arguments)
    command = shlex.join(["python", "-m", "bench", "curated", *arguments])
    parts = [
        "## Curated packages\n",
        f"`{command}`, {machine('duckdb', 'frictionless', 'jsonschema-rs', 'PyYAML')}; {os.getloadavg()[0]:.1f} other processes at its start.\n",
        "Seconds are wall time of the whole process; processor seconds add up all threads. The packages come from `python -m bench package`: "
        "captured texts and curated files of sources, events and agents, with claims collated for every other event.\n",
    ]
    for part in _iter_parts(given.size or SIZES, given.rounds):
        parts.append(part)
        print(part, flush=True)
        write_block(given.output, "curated", "\n".join(parts))


def _size(text: str) -> tuple[int, int]:
    sources, _, statements = text.replace("_", "").partition(",")
    return int(sources), int(statements)


def _iter_parts(sizes: list[tuple[int, int]], rounds: int) -> Iterator[str]:
    yield in_checkout(rounds)
    for sources, statements in sizes:
        with tempfile.TemporaryDirectory(prefix="readouts-bench-") as folder:
            yield on_generated(Path(folder) / "package", sources, statements)


def in_checkout(rounds: int) -> str:
    """The two validators of the checkout's own package by turns: the medians, and the median of the ratios, turn by turn."""
    root = Layout.of(None).root
    turns = [
        (_done("readouts", "validate", folder=root), _frictionless(root)) for _ in range(rounds + 1)
    ]
    ours, theirs = zip(
        *turns[1:], strict=True
    )  # a first run that is not measured fills the system's caches
    ratio = statistics.median(a.seconds / b.seconds for a, b in zip(ours, theirs, strict=True))
    rows = [_row(VALIDATE, _median(ours)), _row(COMPARISON_TOOL, _median(theirs))]
    return (
        f"### The package of the checkout\n\n{table(HEADER, rows)}\n"
        f"{rounds} turns, medians: `readouts validate` takes {ratio:.2f} of the time of `frictionless validate`.\n"
    )


def on_generated(folder: Path, sources: int, statements: int) -> str:
    """A package is made, built and validated; where it is not too large also by the tool, and again after a release."""
    _done(
        "bench",
        "package",
        folder,
        "--sources",
        sources,
        "--statements",
        statements,
        folder=Layout.of(None).root,
    )
    package = Layout(folder)
    middle = sorted(path.name for path in package.sources.iterdir())[sources // 2]

    def done(*words: str) -> Run:
        return _done("readouts", *words, folder=folder)

    rows = [_row(BUILD, done("build"))]
    whole = done("validate")
    rows += [_row(VALIDATE, whole), _row(ONLY, done("validate", "--only", middle))]
    comparison = ""
    if statements <= COMPARED_UP_TO:
        other = _frictionless(folder)
        rows.append(_row(COMPARISON_TOOL, other))
        comparison = f"\n`readouts validate` takes {whole.seconds / other.seconds:.2f} of the time of `frictionless validate`, which sees the tables alone.\n"
        done("release", "1.0.0", "--date", "2026-11-22")
        rows.append(_row(f"after a release: {VALIDATE}", done("validate")))
        rows.append(_row(f"after a release: {ONLY}", done("validate", "--only", middle)))
    size = sum(path.stat().st_size for path in package.sources.rglob("*.*"))
    shutil.rmtree(folder)
    return f"### {sources:,} sources, {statements:,} statements ({size / 2**20:,.0f} MiB of captures and curated files)\n\n{table(HEADER, rows)}{comparison}"


def _done(module: str, *words: object, folder: Path) -> Run:
    """Run the module in the folder. It must succeed, because a failing command would look fast."""
    # A path relative to the checkout leads nowhere from another folder.
    path = os.pathsep.join(
        str(Path(entry).resolve())
        for entry in os.environ.get("PYTHONPATH", "").split(os.pathsep)
        if entry
    )
    done = run([sys.executable, "-m", module, *map(str, words)], folder, PYTHONPATH=path)
    if done.code != 0:
        raise PackageError(
            f"{module} {' '.join(map(str, words))} failed:\n{(done.out + done.err)[-2000:]}"
        )
    return done


def _frictionless(folder: Path) -> Run:
    return _done("frictionless", "validate", "datapackage.json", folder=folder)


def _median(runs: tuple[Run, ...]) -> Run:
    return sorted(runs, key=lambda done: done.seconds)[len(runs) // 2]


def _row(name: str, done: Run) -> list[str]:
    return [name, f"{done.seconds:,.2f}", f"{done.processor:,.2f}", f"{done.peak:,.0f}"]
