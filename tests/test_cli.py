"""How the tool ends: what a shell or another program is told by its exit status, whatever becomes of its streams."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOOL = [sys.executable, "-m", "readouts"]


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize(
    "work", ["time.sleep(60)", "duckdb.sql('SELECT sum(range % 7) FROM range(10**12)').fetchall()"]
)
def test_an_interrupted_command_is_no_finding(tmp_path, ending, work):
    """Ctrl-C ends a command with 130, as a shell has it, other signals with their number; without a word, in a query of DuckDB too."""
    begun = tmp_path / "begun"
    slow = (
        "import pathlib, sys, time, duckdb, readouts.cli, readouts.rules.codes\n"
        f"readouts.rules.codes.read_explanations = lambda _: (pathlib.Path({str(begun)!r}).touch(), {work})\n"
        "sys.argv = ['readouts', 'explain']\n"
        "readouts.cli.main()\n"
    )
    tool = subprocess.Popen([sys.executable, "-c", slow], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while not begun.exists() and tool.poll() is None:
        pass
    tool.send_signal(ending)
    assert tool.communicate(timeout=30) == (b"", b"")
    assert tool.returncode == 128 + ending


@pytest.mark.parametrize("arguments", [["explain"], ["validate"], ["--version"], ["--help"]])
def test_output_that_nobody_reads_is_no_finding(arguments):
    """Where the reader of a pipe has gone, the tool ends with 2, not with the 1 of findings, and says nothing of it."""
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run([*TOOL, *arguments], cwd=ROOT, stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    assert (ended.returncode, ended.stderr) == (2, b"")


@pytest.mark.parametrize("arguments", [["explode"], ["show"], ["validate", "--root", "/nowhere"]])
def test_a_mistake_that_nobody_is_told_of_is_still_2(arguments):
    """A wrong command, a missing argument, no package: the status is 2 also where the message cannot be written."""
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run([*TOOL, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=writer)
    os.close(writer)
    assert (ended.returncode, ended.stdout) == (2, b"")


def test_a_tool_without_a_standard_output_judges_all_the_same():
    """With stdout closed altogether the status alone tells."""
    ended = subprocess.run(["sh", "-c", 'exec "$0" "$@" >&-', *TOOL, "validate"], cwd=ROOT, stderr=subprocess.PIPE)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_commands_are_listed_in_the_order_in_which_they_are_met():
    """Not by the alphabet: validate first, rename last."""
    told = subprocess.run([*TOOL, "--help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    names = [line.split()[0] for line in told.partition("Commands:")[2].splitlines() if line[:3].strip()]
    assert (names[0], names[-1]) == ("validate", "rename") and names != sorted(names)
