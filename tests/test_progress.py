"""The progress of a long command is shown on a terminal and nowhere else."""

from __future__ import annotations

import io

import pytest

from readouts.core import progress
from readouts.core.progress import StatusLine


class Terminal(io.StringIO):
    """A stream that reports to be a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch):
    """A clock to set."""
    seconds = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: seconds[0])
    return seconds


def test_status_line_is_shown_after_a_second_and_not_too_often(clock):
    """After the first second at most ten lines per second are shown, each replacing the last; the last one is cleared."""
    stream = Terminal()
    with StatusLine(stream) as status:
        for at in (100.0, 100.9, 101.0, 101.05, 101.2):
            clock[0] = at
            status(f"at {at}")
    assert stream.getvalue() == "\r\x1b[Kat 101.0\r\x1b[Kat 101.2\r\x1b[K"


def test_no_progress_without_a_terminal(clock):
    """Nothing is written to a log or a pipe, or to a terminal by a short command."""
    for stream, seconds in ((io.StringIO(), 60.0), (Terminal(), 0.5)):
        clock[0] = 100.0
        with StatusLine(stream) as status:
            clock[0] += seconds
            status("busy")
        assert stream.getvalue() == ""


def test_progress_bar():
    """The bar shows the completed share and also works for zero items."""
    assert progress.bar(3, 12) == "[#####...............] 3 of 12"
    assert progress.bar(0, 0) == "[....................] 0 of 0"
