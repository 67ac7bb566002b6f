"""What a long command is at is shown on a terminal, and nowhere else."""

from __future__ import annotations

import io

import pytest

from readouts import progress
from readouts.progress import StatusLine


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch):
    """A clock to set."""
    seconds = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: seconds[0])
    return seconds


def test_a_line_is_shown_late_and_not_too_often(clock):
    """Nothing in the first second, then at most one line in a tenth of a second, each in place of the one before, and none at the end."""
    stream = Terminal()
    with StatusLine(stream) as status:
        for at in (100.0, 100.9, 101.0, 101.05, 101.2):
            clock[0] = at
            status(f"at {at}")
    assert stream.getvalue() == "\r\x1b[Kat 101.0\r\x1b[Kat 101.2\r\x1b[K"


def test_no_progress_without_a_terminal(clock):
    """A log or a pipe is not written to, not even to clear the line; nor is a terminal by a short command."""
    for stream, seconds in ((io.StringIO(), 60.0), (Terminal(), 0.5)):
        clock[0] = 100.0
        with StatusLine(stream) as status:
            clock[0] += seconds
            status("busy")
        assert stream.getvalue() == ""


def test_a_bar_has_its_numbers():
    """The bar fills with the work, and an empty work breaks nothing."""
    assert progress.bar(3, 12) == "[#####...............] 3 of 12"
    assert progress.bar(0, 0) == "[....................] 0 of 0"
