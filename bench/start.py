"""How long the tool takes to start, as ratios to `python -c "import duckdb"` measured in turns with it; the result goes to BENCHMARKS.md.

python -m bench start
"""

from __future__ import annotations

import argparse
import os
import resource
import shlex
import statistics
import subprocess
import sys
from pathlib import Path

from bench.results import machine, table, write_block
from readouts.core.layout import Layout

BARE = ("-c", "import duckdb")
COMMANDS = {
    "`python -c pass`": ("-c", "pass"),
    '`python -c "import readouts"`': ("-c", "import readouts"),
    "`readouts --help`": ("-m", "readouts", "--help"),
    "`readouts validate` on this package": ("-m", "readouts", "validate"),
}
ROUNDS = 15


def main(arguments: list[str]) -> None:
    """Measure, print and write the block. `arguments` are those of the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench start", description=__doc__)
    parser.add_argument(
        "--rounds", type=int, default=ROUNDS, help="turns of each command and the bare import"
    )
    parser.add_argument("--output", type=Path, default=Layout.of(None).root / "BENCHMARKS.md")
    given = parser.parse_args(arguments)
    rows = []
    for name, command in COMMANDS.items():
        bare, ours = zip(
            *((_seconds(BARE), _seconds(command)) for _ in range(given.rounds)), strict=True
        )
        ratios = sorted(mine / theirs for mine, theirs in zip(ours, bare, strict=True))
        low, high = ratios[len(ratios) // 4], ratios[-len(ratios) // 4]
        rows.append(
            [
                name,
                f"{statistics.median(ratios):.2f}",
                f"{low:.2f} to {high:.2f}",
                f"{1000 * statistics.median(ours):.0f}",
            ]
        )
    text = "\n".join([
        "## Start of the process\n",
        f"`{shlex.join(['python', '-m', 'bench', 'start', *arguments])}`, {machine('duckdb', 'click')}.\n",
        'Processor seconds of the whole process, as a ratio to `python -c "import duckdb"` run in turns with it; the median and the middle half of '
        f"{given.rounds} turns.\n",
        table(["command", "ratio", "middle half", "median, ms"], rows),
    ])  # fmt: skip
    print(text)
    write_block(given.output, "start", text)


def _seconds(command: tuple[str, ...]) -> float:
    """Processor seconds that `python` takes for the command, of all its threads."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, *command],
        stdout=subprocess.DEVNULL,
        check=True,
        env={**os.environ, "COLUMNS": "80"},
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
