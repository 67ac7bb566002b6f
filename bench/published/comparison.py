"""Validators of published tables, measured on the same files in one run, each in a process of its own; the results go to BENCHMARKS.md.

python -m bench published --statements 100000 --statements 1000000 --statements 4000000
"""

from __future__ import annotations

import argparse
import json
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench.results import machine, table, write_block
from bench.runs import Run, run
from readouts.findings import PackageError
from readouts.layout import Layout
from readouts.published.extras import EXTRAS

FORMS = ("jsonl", "parquet")
PEERS = ("readouts", "frictionless", "jsonschema", "jsonschema-rs", "pandera", "duckdb scan", "duckdb load")
SAMPLES = {"frictionless": 1, "jsonschema": 1, "jsonschema-rs": 10, "pandera": 10}
"""How many samples of rows a peer gets; the others get the whole table."""
TABLES = ("statements", "segments", "attributions", "sources")
VERSIONS = ("duckdb", "frictionless", "jsonschema", "jsonschema-rs", "pandera", "polars")
Row = list[str]


class Comparison:
    """The measurements of one run, and their block of BENCHMARKS.md, written anew after each."""

    def __init__(self, given: argparse.Namespace, command: str) -> None:
        self._given, self._command = given, command
        self._machine = machine(*VERSIONS)
        self._made: list[Row] = []
        self._whole: list[Row] = []
        self._tables: list[Row] = []
        self._scans: dict[tuple[int, str], tuple[Run, int]] = {}
        """By size and form: the scan, and how many rows it read."""
        self._runs: dict[tuple[int, str], Run] = {}

    def measure(self) -> None:
        given = self._given
        with tempfile.TemporaryDirectory(prefix="readouts-bench-", dir=given.folder) as scratch:
            for size in given.statements:
                folder = Path(scratch) / str(size)
                self._make(size, folder)
                for form in given.form or FORMS:
                    self._measure_whole(size, form, folder / form)
                if size == given.peers_at:
                    for form in given.form or FORMS:
                        self._measure_tables(form, folder / form, Path(scratch))
                shutil.rmtree(folder)

    def _make(self, size: int, folder: Path) -> None:
        forms = [part for form in self._given.form or FORMS for part in ("--form", form)]
        corpus = ["--corpus", str(self._given.corpus)] if self._given.corpus.is_dir() else []
        command = ["bench", "corpus", str(folder), "--statements", str(size), *forms, *corpus]
        done = _checked(run([sys.executable, "-m", *command]))
        for path in folder.glob("templates-*"):
            path.unlink()
        sizes = [sum(p.stat().st_size for p in (folder / form).iterdir()) / 2**20 for form in self._given.form or FORMS]
        self._made.append([f"{size:,}", done.out.strip(), " / ".join(f"{s:,.0f}" for s in sizes)])
        self._write(f"made {size:,}")

    def _measure_whole(self, size: int, form: str, folder: Path) -> None:
        files = [str(path) for path in sorted(folder.iterdir())]
        for name in ("duckdb scan", "duckdb load"):
            done = _checked(run(_peer(name, "-", files)))
            rows = json.loads(done.out)["rows"]
            if name == "duckdb scan":
                self._scans[size, form] = done, rows
            self._enter(size, form, name, rows, done)
        limit = ["--memory-limit", self._given.memory_limit] if self._given.memory_limit else []
        done = run([sys.executable, "-m", "readouts", "validate", str(folder), *limit])
        if done.code != 0:
            raise PackageError(f"validate ended with {done.code}: {(done.out + done.err)[-300:]}")
        self._runs[size, form] = done
        rows = int(done.out.split("valid: ")[1].split(" rows")[0].replace(",", ""))
        self._enter(size, form, "**readouts validate**", rows, done)
        if size == self._given.peers_at:
            self._measure_samples(size, form, files)

    def _measure_samples(self, size: int, form: str, files: list[str]) -> None:
        """The other validators on the first rows of every table, in the mix of the whole."""
        files = [file for file in files if Path(file).stem not in EXTRAS]
        for peer, samples in SAMPLES.items():
            if not _reads(peer, form):
                continue
            share = min(1.0, samples * self._given.sample / size)
            with tempfile.TemporaryDirectory(dir=self._given.folder) as heads:
                _checked(run(_peer("share", str(share), [*files, heads])))
                done = run(_peer(peer, "-", sorted(map(str, Path(heads).iterdir()))), PYTHONWARNINGS="ignore")
            told = _accepted(done, peer, f"the sample in {form}")
            spent = replace(done, seconds=told["seconds"], processor=told["processor"])
            scale = self._scans[size, form][1] / told["rows"]
            self._enter(size, form, f"{peer}, {share:.0%} of each table, rows alone", told["rows"], spent, scale)

    def _enter(self, size: int, form: str, name: str, rows: int, done: Run, scale: float = 1) -> None:
        """A line of the table; `scale` is how many times as long the whole would take."""
        scan, _ = self._scans[size, form]
        self._whole.append([
            name, form, f"{size:,}", f"{rows:,}", f"{done.seconds:.1f}", f"{done.processor:.1f}", f"{rows / done.seconds:,.0f}",
            f"{done.peak:,.0f}", f"{scale * done.seconds / scan.seconds:.1f}", f"{scale * done.processor / scan.processor:.1f}",
        ])  # fmt: skip
        self._write(" ".join(self._whole[-1]))

    def _measure_tables(self, form: str, folder: Path, scratch: Path) -> None:
        given = self._given
        for name in TABLES:
            whole = folder / f"{name}.{form}"
            for peer in PEERS:
                if not _reads(peer, form):
                    continue
                file = whole
                if peer in SAMPLES:
                    file = scratch / f"{name}.{form}"
                    number = str(SAMPLES[peer] * given.sample)
                    _checked(run(_peer("head", number, [str(whole), str(file)])))
                done = run(_peer(peer, name, [str(file)]), PYTHONWARNINGS="ignore")
                told = _accepted(done, peer, f"{name}.{form}")
                self._tables.append([
                    peer, form, name, f"{told['rows']:,}", f"{told['seconds']:.2f}", f"{told['rows'] / told['seconds']:,.0f}", f"{done.peak:,.0f}",
                ])  # fmt: skip
                self._write(" ".join(self._tables[-1]))

    def _write(self, told: str) -> None:
        print(told, flush=True)
        write_block(
            self._given.output, "-".join(["published", *(self._given.form or [])]), "\n".join(self._iter_parts())
        )

    def _iter_parts(self) -> Iterator[str]:
        yield f"## Published tables{''.join(f', {form}' for form in self._given.form or [])}\n"
        yield f"`{self._command}`, {self._machine}.\n"
        yield "What was made (`python -m bench corpus`), in the order in which `readouts build` writes rows, sources named as the package's own (publisher, day, what of):\n"
        yield table(["statements", "rows", f"MiB in {' / '.join(self._given.form or FORMS)}"], self._made)
        yield (
            "All tables with the captured texts. `readouts validate` judges rows and relations by every guard; `duckdb scan` reads and counts "
            "every value, `duckdb load` reads all into tables of a database file, and neither judges. Other validators judge rows alone, and a sample in the mix of the "
            "whole (their seconds are those of the work, and compared with the scan as if the rest went as fast). Seconds are otherwise those of the whole process, "
            "processor seconds those of all its threads, which other work on the machine changes less; the peak is the resident memory of the process as the kernel counted it.\n"
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
        yield table(header, self._whole)
        for form in self._given.form or FORMS:
            done = [self._runs[size, form] for size in self._given.statements if (size, form) in self._runs]
            for (one, two), (a, b) in zip(
                pairwise(done),
                pairwise(self._given.statements),
                strict=False,
            ):
                yield (
                    f"From {form}, {a:,} to {b:,} statements: time × {two.seconds / one.seconds:.2f} (processor × "
                    f"{two.processor / one.processor:.2f}), peak memory × {two.peak / one.peak:.2f}.\n"
                )
        if self._tables:
            yield (
                f"Row rules of one table at {self._given.peers_at:,} statements; seconds of the work alone, imports not counted. Slow ones take "
                "the first rows, as many as the column says. pandera (over polars) is the validator of frames that "
                "users would pick; it judges frames, so keys and JSON types are its reader's matter.\n"
            )
            header = ["what", "from", "table", "rows", "seconds", "rows/s", "peak MiB"]
            yield table(header, self._tables)


def _reads(peer: str, form: str) -> bool:
    """Whether a peer takes files of a form: frictionless takes no Parquet."""
    return peer != "frictionless" or form == "jsonl"


def _peer(name: str, key: str, files: list[str]) -> list[str]:
    return [sys.executable, "-m", "bench.published.peers", name, key, *files]


def _checked(done: Run) -> Run:
    if done.code != 0:
        raise PackageError(f"a measured command ended with {done.code}: {done.err.strip()[-300:]}")
    return done


def _accepted(done: Run, peer: str, what: str) -> dict[str, Any]:
    """What a validator told of rows that are all right."""
    told = json.loads(_checked(done).out)
    if told["rejected"]:
        raise PackageError(f"{peer} rejects {told['rejected']} right rows of {what}")
    return told


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench published", description=__doc__.splitlines()[0])
    parser.add_argument("--statements", type=int, action="append", help="may be repeated; default: 100000")
    parser.add_argument(
        "--form",
        action="append",
        choices=FORMS,
        help="may be repeated; default: both; the block is named after those given",
    )
    parser.add_argument(
        "--sample", type=int, default=20_000, help="rows that the slowest peers get; others ten times as many"
    )
    parser.add_argument("--peers-at", type=int, help="the size at which peers judge single tables; default: the first")
    parser.add_argument(
        "--corpus", type=Path, default=Path("../shared/corpus"), help="real documents to take sentences from"
    )
    parser.add_argument("--memory-limit", help="as that of `readouts validate`")
    parser.add_argument(
        "--folder",
        type=Path,
        help="where the corpora are made and deleted again; default: the system's temporary folder",
    )
    parser.add_argument("--output", type=Path, default=Layout.of(None).root / "BENCHMARKS.md")
    given = parser.parse_args(arguments)
    given.statements = given.statements or [100_000]
    given.peers_at = given.peers_at or given.statements[0]
    command = shlex.join(["python", "-m", "bench", "published", *arguments])
    try:
        Comparison(given, command).measure()
    except PackageError as error:
        sys.exit(str(error))
