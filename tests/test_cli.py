"""Exit statuses of the tool, also after signals and with closed or full output streams."""

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
    """Return the tool in the middle of a command that does this work."""
    slow = (
        f"import pathlib, signal, sys, time, duckdb, readouts.commands.cli, readouts.rules.codes\n{before}\n"
        f"readouts.rules.codes.read_explanations = lambda _: (pathlib.Path({str(begun)!r}).touch(), {work}, {{}})[-1]\n"
        "sys.argv = ['readouts', 'explain']\n"
        "readouts.commands.cli.main()\n"
    )
    tool = subprocess.Popen(
        [sys.executable, "-c", slow], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    while not begun.exists() and tool.poll() is None:
        time.sleep(0.01)
    return tool


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize(
    "work", ["time.sleep(60)", "duckdb.sql('SELECT sum(range % 7) FROM range(10**12)').fetchall()"]
)
def test_signal_ends_a_command_with_its_number(tmp_path, ending, work):
    """The status is 128 plus the number of the signal, without output, also during a query of DuckDB."""
    tool = at_work(tmp_path / "begun", work)
    for _ in range(5):  # repeated signals make no difference
        tool.send_signal(ending)
    assert tool.communicate(timeout=30) == (b"", b"")
    assert tool.returncode == 128 + ending


def test_ignored_signal_stays_ignored(tmp_path):
    """A command started with `nohup` continues."""
    tool = at_work(
        tmp_path / "begun", "time.sleep(0.5)", "signal.signal(signal.SIGHUP, signal.SIG_IGN)"
    )
    tool.send_signal(signal.SIGHUP)
    assert tool.communicate(timeout=30) == (b"", b"")
    assert tool.returncode == 0


@pytest.mark.slow(
    "more commands with a full disk",
    seconds=6,
    covers=("scripts/readouts/commands", "tests/test_cli.py"),
    sample=3,
)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
@pytest.mark.parametrize(
    "arguments", [["explain", "term_known"], ["validate"], ["--version"], ["explode"]]
)
@pytest.mark.parametrize("buffered", [True, False])
def test_full_disk_is_reported_on_one_line(arguments, buffered):
    """If the output cannot be written, the status is 2, with a message on the other stream if possible."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    environment |= {} if buffered else {"PYTHONUNBUFFERED": "1"}
    with open("/dev/full", "wb") as full:
        ended = subprocess.run(
            [*TOOL, *arguments], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, env=environment
        )
        assert ended.returncode == 2
        assert b"No space left" in ended.stderr or arguments == ["explode"]
        assert b"Traceback" not in ended.stderr
        ended = subprocess.run(
            [*TOOL, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=full, env=environment
        )
        assert ended.returncode == (2 if arguments == ["explode"] else 0)


@pytest.mark.parametrize("arguments", [["explain"], ["validate"], ["--version"], ["--help"]])
def test_closed_output_exits_with_2(arguments):
    """If the reader of a pipe is gone, the status is 2, not the 1 of findings, without a message."""
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run([*TOOL, *arguments], cwd=ROOT, stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    assert (ended.returncode, ended.stderr) == (2, b"")


@pytest.mark.parametrize("arguments", [["explode"], ["show"], ["validate", "--root", "/nowhere"]])
def test_usage_error_exits_2_with_stderr_closed(arguments):
    """The status of an unknown command, a missing argument and a missing package is 2, even if no message can be written."""
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run([*TOOL, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=writer)
    os.close(writer)
    assert (ended.returncode, ended.stdout) == (2, b"")


def test_validate_works_without_standard_output():
    ended = subprocess.run(
        ["sh", "-c", 'exec "$0" "$@" >&-', *TOOL, "validate"], cwd=ROOT, stderr=subprocess.PIPE
    )
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.parametrize(
    "arguments",
    [("validate", "loop"), ("validate", "--root", "loop"), ("bundle", "--out", "loop/x"), ("init", "loop"), ("fmt", "loop")],
    ids=" ".join,
)  # fmt: skip
def test_link_to_itself_is_reported(run, tmp_path, arguments):
    (tmp_path / "loop").symlink_to("loop")
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "is a symbolic link that leads back to itself: pass" in done.stderr


def test_commands_are_listed_in_order_of_use():
    """The order is not alphabetical: init is first, rename last."""
    listed = subprocess.run(
        [*TOOL, "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    names = [
        line.split()[0]
        for line in listed.partition("Commands:")[2].splitlines()
        if line[:3].strip()
    ]
    assert (names[0], names[-1]) == ("init", "rename") and names != sorted(names)
