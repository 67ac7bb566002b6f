"""`python -m bench curated`: validate and build on generated packages, each command as a whole process, into BENCHMARKS.md."""

from __future__ import annotations

import argparse
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from readouts.layout import Layout

from .package import make_package

ROOT = Path(__file__).resolve().parents[2]
BENCHMARKS = ROOT / "BENCHMARKS.md"
SECTION = "curated"
SIZES = ((2_000, 40_000), (10_000, 120_000))
"""Sources and statements of the packages that the targets are about."""
ROUNDS = 5
"""So many times the two validators of the checkout take turns."""
HEAD = "# Benchmarks\n"


@dataclass(frozen=True)
class Run:
    """One process: seconds on the clock, seconds of processor in all its threads, largest resident memory in bytes."""

    wall: float
    processor: float
    memory: int


def main(arguments: Sequence[str] = ()) -> None:
    """Measure and write the section. `arguments` are those of the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench curated", description=__doc__)
    parser.add_argument(
        "--size", action="append", metavar="SOURCES,STATEMENTS", help="a package's size; may be given again"
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="rounds of the comparison in the checkout")
    parser.add_argument("--no-write", action="store_true", help="print the section and leave BENCHMARKS.md as it is")
    asked = parser.parse_args(arguments)
    sizes = [tuple(int(n.replace("_", "")) for n in size.split(",")) for size in asked.size or ()] or SIZES
    parts = [_opening(asked.rounds), in_checkout(asked.rounds)]
    with tempfile.TemporaryDirectory(prefix="readouts-bench-") as folder:
        parts += [_on_generated(Path(folder) / f"{sources}", sources, statements) for sources, statements in sizes]
    section = "\n".join(parts)
    print(section)
    if not asked.no_write:
        text = BENCHMARKS.read_text(encoding="utf-8") if BENCHMARKS.exists() else HEAD
        BENCHMARKS.write_text(with_section(text, SECTION, section), encoding="utf-8")


def with_section(text: str, name: str, section: str) -> str:
    """The text with the derived section of that name replaced, or added at the end."""
    block = f"<!-- derived: {name} -->\n{section.rstrip()}\n<!-- end of derived -->\n"
    found = re.compile(rf"<!-- derived: {re.escape(name)} -->\n.*?<!-- end of derived -->\n", re.DOTALL)
    return found.sub(lambda _: block, text) if found.search(text) else f"{text.rstrip()}\n\n{block}"


def timed(command: Sequence[str | Path], folder: Path) -> Run:
    """Run the command in the folder. It has to succeed: what failed at once would look fast."""
    started = time.perf_counter()
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen([str(word) for word in command], cwd=folder, stdout=told, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            told.seek(0)
            sys.exit(f"{' '.join(map(str, command))} failed:\n{told.read().decode(errors='replace')[-2000:]}")
    scale = 1 if sys.platform == "darwin" else 1024
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * scale)


def in_checkout(rounds: int) -> str:
    """The two validators of the checkout's own package by turns: their medians and the median of the ratios, round by round."""
    ours, theirs = [], []
    timed(readouts("validate"), ROOT)  # what Python compiles and the system caches at first counts for neither
    timed(frictionless(), ROOT)
    for _ in range(rounds):
        ours.append(timed(readouts("validate"), ROOT))
        theirs.append(timed(frictionless(), ROOT))
    ratio = statistics.median(a.wall / b.wall for a, b in zip(ours, theirs, strict=True))
    rows = [
        ("`readouts validate`", _median(ours)),
        ("`frictionless validate datapackage.json`", _median(theirs)),
    ]
    return (
        f"### The package of this checkout\n\n{_table(rows)}\n"
        f"By turns, {rounds} rounds, medians: `readouts validate` takes {ratio:.2f} of the time of `frictionless validate`.\n"
    )


def _on_generated(folder: Path, sources: int, statements: int) -> str:
    """A package is made, built, validated, released and validated again."""
    make_package(Layout(ROOT), folder, sources, statements)
    package = Layout(folder)
    middle = sorted(path.name for path in package.sources.iterdir())[sources // 2]
    root = ("--root", folder)
    rows = [("`readouts build`, nothing built yet", timed(readouts("build", *root), folder))]
    rows.append(("`readouts validate`", timed(readouts("validate", *root), folder)))
    rows.append(("`readouts validate --only SOURCE_ID`", timed(readouts("validate", "--only", middle, *root), folder)))
    whole, other = rows[1][1], timed(frictionless(), folder)
    rows.append(("`frictionless validate datapackage.json`", other))
    timed(readouts("release", "1.0.0", "--date", "2026-11-22", *root), folder)
    rows.append(("released: `readouts validate`", timed(readouts("validate", *root), folder)))
    rows.append(
        ("released: `readouts validate --only SOURCE_ID`", timed(readouts("validate", "--only", middle, *root), folder))
    )
    size = sum(path.stat().st_size for path in (folder / "data" / "sources").rglob("*.*"))
    return (
        f"### {sources:,} sources, {statements:,} statements ({size / 1e6:,.0f} MB of captures and curated files)\n\n{_table(rows)}\n"
        f"`readouts validate` takes {whole.wall / other.wall:.2f} of the time of `frictionless validate`, which sees the tables alone.\n"
    )


def readouts(*arguments: str | Path) -> list[str | Path]:
    return [sys.executable, "-m", "readouts", *arguments]


def frictionless() -> list[str | Path]:
    return [sys.executable, "-m", "frictionless", "validate", "datapackage.json"]


def _median(runs: list[Run]) -> Run:
    return sorted(runs, key=lambda run: run.wall)[len(runs) // 2]


def _table(rows: list[tuple[str, Run]]) -> str:
    lines = ["| command, as a whole process | seconds | of processor | peak memory |", "|---|--:|--:|--:|"]
    lines += [
        f"| {name} | {run.wall:,.1f} | {run.processor:,.1f} | {run.memory / 2**20:,.0f} MiB |" for name, run in rows
    ]
    return "\n".join(lines) + "\n"


def _opening(rounds: int) -> str:
    busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return (
        "## Curated packages\n\n"
        f"`python -m bench curated` wrote this section: Python {platform.python_version()}, {platform.system()}, "
        f"{len(os.sched_getaffinity(0)) if hasattr(os, 'sched_getaffinity') else os.cpu_count()} processors, "
        f"{busy:.1f} other processes running on average when it began. Packages are made by `bench/curated`, "
        "every other event with its claims collated.\n"
    )
