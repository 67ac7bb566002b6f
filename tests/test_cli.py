"""How the tool ends: what a shell or another program is told by its exit status, whatever becomes of its streams."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOOL = [sys.executable, "-m", "readouts"]


def at_work(begun: Path, work: str, before: str = "") -> subprocess.Popen:
    """The tool in the middle of a command, doing that work."""
    slow = (
        f"import pathlib, signal, sys, time, duckdb, readouts.cli, readouts.rules.codes\n{before}\n"
        f"readouts.rules.codes.read_explanations = lambda _: (pathlib.Path({str(begun)!r}).touch(), {work}, {{}})[-1]\n"
        "sys.argv = ['readouts', 'explain']\n"
        "readouts.cli.main()\n"
    )
    tool = subprocess.Popen([sys.executable, "-c", slow], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while not begun.exists() and tool.poll() is None:
        time.sleep(0.01)
    return tool


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize(
    "work", ["time.sleep(60)", "duckdb.sql('SELECT sum(range % 7) FROM range(10**12)').fetchall()"]
)
def test_interrupted_command_is_not_a_finding(tmp_path, ending, work):
    """Ctrl-C ends a command with 130, as a shell has it, other signals with their number; without a word, in a query of DuckDB too."""
    tool = at_work(tmp_path / "begun", work)
    for _ in range(5):  # whoever is impatient does no harm
        tool.send_signal(ending)
    assert tool.communicate(timeout=30) == (b"", b"")
    assert tool.returncode == 128 + ending


def test_ignored_signal_stays_ignored(tmp_path):
    """As after `nohup`: the command goes on to its end."""
    tool = at_work(tmp_path / "begun", "time.sleep(0.5)", "signal.signal(signal.SIGHUP, signal.SIG_IGN)")
    tool.send_signal(signal.SIGHUP)
    assert tool.communicate(timeout=30) == (b"", b"")
    assert tool.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
@pytest.mark.parametrize("arguments", [["explain", "term_known"], ["validate"], ["--version"], ["explode"]])
@pytest.mark.parametrize("buffered", [True, False])
def test_a_full_disk_is_one_line(arguments, buffered):
    """Where the output cannot be written: one line on the other stream if that can be, exit 2, no traceback."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    environment |= {} if buffered else {"PYTHONUNBUFFERED": "1"}
    with open("/dev/full", "wb") as full:
        ended = subprocess.run([*TOOL, *arguments], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, env=environment)
        assert ended.returncode == 2
        assert b"No space left" in ended.stderr or arguments == ["explode"]
        assert b"Traceback" not in ended.stderr
        ended = subprocess.run([*TOOL, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=full, env=environment)
        assert ended.returncode == (2 if arguments == ["explode"] else 0)


@pytest.mark.parametrize("arguments", [["explain"], ["validate"], ["--version"], ["--help"]])
def test_closed_output_is_not_a_finding(arguments):
    """Where the reader of a pipe has gone, the tool ends with 2, not with the 1 of findings, and says nothing of it."""
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run([*TOOL, *arguments], cwd=ROOT, stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    assert (ended.returncode, ended.stderr) == (2, b"")


@pytest.mark.parametrize("arguments", [["explode"], ["show"], ["validate", "--root", "/nowhere"]])
def test_usage_error_exits_2_with_stderr_closed(arguments):
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
    """Not by the alphabet: init first, rename last."""
    help_text = subprocess.run([*TOOL, "--help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    names = [line.split()[0] for line in help_text.partition("Commands:")[2].splitlines() if line[:3].strip()]
    assert (names[0], names[-1]) == ("init", "rename") and names != sorted(names)
