"""The measurements of validators, and the text of their block of BENCHMARKS.md."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from bench.results import table
from bench.runs import Run

FORMS = ("jsonl", "parquet")
SCAN, OURS = "duckdb scan", "readouts validate"
Row = list[str]
Case = tuple[int, str, str]
"""Number of statements, file format, and the tool that was run."""


@dataclass
class Measurements:
    """The measurements of one run so far."""

    given: argparse.Namespace
    """The arguments of the command line."""
    command: str
    machine: str
    forms: tuple[str, ...]
    made: list[Row] = field(default_factory=list)
    tables: list[Row] = field(default_factory=list)
    runs: dict[Case, list[tuple[Run, int]]] = field(default_factory=dict)
    """Measurements on all tables, one per round: the run and the number of rows it read."""
    samples: dict[tuple[int, str], list[tuple[str, Run, int]]] = field(default_factory=dict)

    def _iter_whole(self) -> Iterator[Row]:
        """Yield the lines of the table by format and size: the median of the rounds and the highest peak."""
        for form in self.forms:
            for size in self.given.statements:
                for name in (SCAN, "duckdb load", OURS):
                    measured = self.runs.get((size, form, name), [])
                    if measured:
                        runs, rows = [done for done, _ in measured], measured[0][1]
                        yield self._line(size, form, name, runs, rows, 1)
                for name, done, rows in self.samples.get((size, form), []):
                    # Extrapolated to the whole at the same speed.
                    yield self._line(
                        size, form, name, [done], rows, self.runs[size, form, SCAN][0][1] / rows
                    )

    def _line(
        self, size: int, form: str, name: str, runs: list[Run], rows: int, scale: float
    ) -> Row:
        scans = [done for done, _ in self.runs[size, form, SCAN]]
        seconds = [done.seconds for done in runs]
        middle = median(seconds)
        return [
            f"**{name}**" if name == OURS else name, form, f"{size:,}", f"{rows:,}", f"{middle:.1f}{spread(seconds, 1)}",
            f"{median(done.processor for done in runs):.1f}", f"{rows / middle:,.0f}", f"{max(done.peak for done in runs):,.0f}",
            f"{scale * middle / median(done.seconds for done in scans):.1f}",
            f"{scale * median(done.processor for done in runs) / median(done.processor for done in scans):.1f}",
        ]  # fmt: skip

    def _iter_growth(self) -> Iterator[str]:
        for form in self.forms:
            for a, b in pairwise(self.given.statements):
                rounds = list(
                    zip(
                        self.runs.get((a, form, OURS), []),
                        self.runs.get((b, form, OURS), []),
                        strict=False,
                    )
                )
                if not rounds:
                    continue
                times = [two.seconds / one.seconds for (one, _), (two, _) in rounds]
                processor = median(two.processor / one.processor for (one, _), (two, _) in rounds)
                peak = max(two.peak for _, (two, _) in rounds) / max(
                    one.peak for (one, _), _ in rounds
                )
                each = (
                    f", by round {', '.join(f'{time:.2f}' for time in times)}"
                    if len(times) > 1
                    else ""
                )
                yield (
                    f"From {form}, {a:,} to {b:,} statements: time × {median(times):.2f}{each} (processor × "
                    f"{processor:.2f}), peak memory × {peak:.2f}.\n"
                )

    def iter_parts(self) -> Iterator[str]:
        """Yield the paragraphs and tables of the block."""
        yield f"## Published tables{''.join(f', {form}' for form in self.given.form or [])}\n"
        yield f"`{self.command}`, {self.machine}.\n"
        yield "The corpus (`python -m bench corpus`), with rows in the order of `readouts build` and source ids like those of the package (publisher, date, subject):\n"
        yield table(["statements", "rows", f"MiB in {' / '.join(self.forms)}"], self.made)
        yield (
            "All tables with the captured texts. `readouts validate` checks rows, and relations with every guard; `duckdb scan` reads and counts "
            "every value, and `duckdb load` loads all tables into a database file, without checking anything. Other validators check rows only, and only a representative "
            "sample (their seconds exclude the start of the process and are compared with the scan as if the rest took as long). All other seconds are wall time of the whole process; "
            "processor seconds add up all threads and depend less on other work on the machine. The peak is the resident memory reported by the kernel. "
            f"{_rounds(self.given.rounds)}\n"
        )
        header = [
            "what",
            "from",
            "statements",
            "rows",
            "seconds",
            "processor",
            "rows/s",
            "peak MiB",
            "× scan",
            "× scan (processor)",
        ]
        yield table(header, list(self._iter_whole()))
        yield from self._iter_growth()
        if self.tables:
            yield (
                f"Row rules of one table at {self.given.peers_at:,} statements; seconds without imports. Slow validators get only the first rows, "
                "as many as the column says. pandera (over polars) is a common choice for data frames; it checks data frames, so keys and JSON types are left "
                "to the reader.\n"
            )
            header = ["what", "from", "table", "rows", "seconds", "rows/s", "peak MiB"]
            yield table(header, self.tables)


def spread(seconds: list[float], digits: int) -> str:
    """Return the lowest and the highest of several measurements in brackets; nothing for one."""
    return f" ({min(seconds):.{digits}f}–{max(seconds):.{digits}f})" if len(seconds) > 1 else ""


def _rounds(number: int) -> str:
    """Describe how often each command was run."""
    if number == 1:
        return "The files were read once beforehand; each command was run once."
    return f"The files were read once before. Everything except the samples was run {number} times: seconds are the median (with minimum and maximum), peaks the maximum."
