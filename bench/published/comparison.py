"""Validators of published tables, measured on the same files in one run, each in a process of its own; the results go to BENCHMARKS.md.

python -m bench published --statements 100000 --statements 1000000 --statements 4000000
"""

from __future__ import annotations

import argparse
import json
import shlex
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from bench.published.measurements import FORMS, OURS, SCAN, Case, Measurements, spread
from bench.results import machine, write_block
from bench.runs import Run, run
from readouts.core.findings import PackageError
from readouts.core.layout import Layout
from readouts.published.extras import EXTRAS

TOOLS = ("readouts", "frictionless", "jsonschema", "jsonschema-rs", "pandera", SCAN, "duckdb load")
SAMPLES = {"frictionless": 1, "jsonschema": 1, "jsonschema-rs": 10, "pandera": 10}
"""The number of samples of rows that a tool gets; tools not listed get the whole table."""
TABLES = ("statements", "segments", "attributions", "sources")
VERSIONS = ("duckdb", "frictionless", "jsonschema", "jsonschema-rs", "pandera", "polars")


class Comparison:
    """The measurements of one run, and their block of BENCHMARKS.md, which is rewritten after each measurement."""

    def __init__(self, given: argparse.Namespace, command: str) -> None:
        self._given = given
        self._forms: tuple[str, ...] = tuple(given.form or FORMS)
        self._found = Measurements(given, command, machine(*VERSIONS), self._forms)

    def measure(self) -> None:
        """Make all corpora, then measure them round by round, so that compared measurements are minutes, not hours, apart."""
        given = self._given
        with tempfile.TemporaryDirectory(prefix="readouts-bench-", dir=given.folder) as scratch:
            folders = {size: Path(scratch) / str(size) for size in given.statements}
            for size, folder in folders.items():
                self._make(size, folder)
            for _ in range(given.rounds):
                for form in self._forms:
                    for size, folder in folders.items():
                        self._measure_whole(size, form, folder / form)
            for form in self._forms:
                self._measure_samples(given.peers_at, form, folders[given.peers_at] / form)
                self._measure_tables(form, folders[given.peers_at] / form, Path(scratch))

    def _make(self, size: int, folder: Path) -> None:
        forms = [part for form in self._forms for part in ("--form", form)]
        corpus = ["--corpus", str(self._given.corpus)] if self._given.corpus.is_dir() else []
        command = ["bench", "corpus", str(folder), "--statements", str(size), *forms, *corpus]
        done = _checked(run([sys.executable, "-m", *command]))
        for path in folder.glob("templates-*"):
            path.unlink()
        sizes = [
            sum(p.stat().st_size for p in (folder / form).iterdir()) / 2**20 for form in self._forms
        ]
        self._found.made.append(
            [f"{size:,}", done.out.strip(), " / ".join(f"{s:,.0f}" for s in sizes)]
        )
        self._write(f"made {size:,}")

    def _measure_whole(self, size: int, form: str, folder: Path) -> None:
        files = [str(path) for path in sorted(folder.iterdir())]
        _warm(files)
        for name in (SCAN, "duckdb load"):
            done = _checked(run(_tool_command(name, "-", files)))
            self._enter((size, form, name), done, json.loads(done.out)["rows"])
        limit = ["--memory-limit", self._given.memory_limit] if self._given.memory_limit else []
        done = run([sys.executable, "-m", "readouts", "validate", str(folder), *limit])
        if done.code != 0:
            raise PackageError(f"validate ended with {done.code}: {(done.out + done.err)[-300:]}")
        self._enter(
            (size, form, OURS),
            done,
            int(done.out.split("valid: ")[1].split(" rows")[0].replace(",", "")),
        )

    def _enter(self, case: Case, done: Run, rows: int) -> None:
        self._found.runs.setdefault(case, []).append((done, rows))
        self._write(
            f"{case}: {done.seconds:.1f} s, processor {done.processor:.1f} s, {done.peak:,.0f} MiB"
        )

    def _measure_samples(self, size: int, form: str, folder: Path) -> None:
        """Run the other validators on the first rows of every table, in the proportions of the whole."""
        files = [str(path) for path in sorted(folder.iterdir()) if path.stem not in EXTRAS]
        for tool, samples in SAMPLES.items():
            if not _reads(tool, form):
                continue
            share = min(1.0, samples * self._given.sample / size)
            with tempfile.TemporaryDirectory(dir=self._given.folder) as heads:
                _checked(run(_tool_command("share", str(share), [*files, heads])))
                done = run(
                    _tool_command(tool, "-", sorted(map(str, Path(heads).iterdir()))),
                    PYTHONWARNINGS="ignore",
                )
            result = _accepted(done, tool, f"the sample in {form}")
            spent = replace(done, seconds=result["seconds"], processor=result["processor"])
            name = f"{tool}, {share:.0%} of each table, rows alone"
            self._found.samples.setdefault((size, form), []).append((name, spent, result["rows"]))
            self._write(f"{name}: {spent.seconds:.1f} s")

    def _measure_tables(self, form: str, folder: Path, scratch: Path) -> None:
        given = self._given
        for name in TABLES:
            whole = folder / f"{name}.{form}"
            _warm([str(whole)])
            for tool in TOOLS:
                if not _reads(tool, form):
                    continue
                file = whole
                if tool in SAMPLES:
                    file = scratch / f"{name}.{form}"
                    number = str(SAMPLES[tool] * given.sample)
                    _checked(run(_tool_command("head", number, [str(whole), str(file)])))
                command = _tool_command(tool, name, [str(file)])
                runs = [run(command, PYTHONWARNINGS="ignore") for _ in range(given.rounds)]
                results = [_accepted(done, tool, f"{name}.{form}") for done in runs]
                rows, seconds = results[0]["rows"], [one["seconds"] for one in results]
                middle, peak = median(seconds), max(done.peak for done in runs)
                self._found.tables.append([
                    tool, form, name, f"{rows:,}", f"{middle:.2f}{spread(seconds, 2)}", f"{rows / middle:,.0f}", f"{peak:,.0f}",
                ])  # fmt: skip
                self._write(" ".join(self._found.tables[-1]))

    def _write(self, text: str) -> None:
        print(text, flush=True)
        write_block(
            self._given.output,
            "-".join(["published", *(self._given.form or [])]),
            "\n".join(self._found.iter_parts()),
        )


def _warm(files: list[str]) -> None:
    """Read the files once, so that the first measurement does not have to wait for the disk."""
    for file in files:
        with Path(file).open("rb") as data:
            while data.read(1 << 20):
                pass


def _reads(tool: str, form: str) -> bool:
    """Return True if a tool reads files of a format: frictionless does not read Parquet."""
    return tool != "frictionless" or form == "jsonl"


def _tool_command(name: str, key: str, files: list[str]) -> list[str]:
    return [sys.executable, "-m", "bench.published.comparison_tools", name, key, *files]


def _checked(done: Run) -> Run:
    if done.code != 0:
        raise PackageError(f"a measured command ended with {done.code}: {done.err.strip()[-300:]}")
    return done


def _accepted(done: Run, tool: str, what: str) -> dict[str, Any]:
    """Return the result of a validator for rows that are all valid."""
    result = json.loads(_checked(done).out)
    if result["rejected"]:
        raise PackageError(f"{tool} rejects {result['rejected']} valid rows of {what}")
    return result


def _parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m bench published", description=__doc__.splitlines()[0]
    )
    parser.add_argument(
        "--statements", type=int, action="append", help="may be repeated; default: 100000"
    )
    parser.add_argument(
        "--form",
        action="append",
        choices=FORMS,
        help="may be repeated; default: both; the block is named after those given",
    )
    parser.add_argument(
        "--sample",
        type=int,
        default=20_000,
        help="rows for the slowest tools; the others get ten times as many",
    )
    parser.add_argument(
        "--peers-at",
        type=int,
        help="the size at which tools validate single tables; default: the first",
    )
    parser.add_argument(
        "--corpus",
        type=Path,
        default=Path("../shared/corpus"),
        help="real documents to take sentences from",
    )
    parser.add_argument(
        "--rounds",
        type=int,
        default=1,
        help="number of measurements of each, except samples of whole tables; the median counts",
    )
    parser.add_argument("--memory-limit", help="as that of `readouts validate`")
    parser.add_argument(
        "--folder",
        type=Path,
        help="folder for the temporary corpora; default: the system's temporary folder",
    )
    parser.add_argument("--output", type=Path, default=Layout.of(None).root / "BENCHMARKS.md")
    return parser


def main(arguments: list[str]) -> None:
    """Measure, and write the block. `arguments` are those of the command line."""
    parser = _parser()
    given = parser.parse_args(arguments)
    given.statements = given.statements or [100_000]
    given.peers_at = given.peers_at or given.statements[0]
    if given.peers_at not in given.statements:
        parser.error(f"--peers-at {given.peers_at} is not one of the --statements sizes")
    if given.rounds < 1:
        parser.error("--rounds must be at least 1")
    command = shlex.join(["python", "-m", "bench", "published", *arguments])
    try:
        Comparison(given, command).measure()
    except PackageError as error:
        sys.exit(str(error))
