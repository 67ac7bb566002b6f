"""Progress of a long command, shown only in a terminal."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

Progress = Callable[[str], None]
"""Takes a few words about the current step."""

QUIET_SECONDS = 1.0
"""A command that takes no longer than this shows nothing."""
STEP_SECONDS = 0.1
"""Least time that a line stays visible."""


def silent(_: str) -> None:
    """Show nothing."""


BAR = 20
"""Characters of a bar."""


def bar(done: int, total: int) -> str:
    """Return the completed share of the work, as a bar and in numbers: `[#####...............] 3 of 12`."""
    filled = BAR * done // max(1, total)
    return f"[{'#' * filled}{'.' * (BAR - filled)}] {done:,} of {total:,}"


class StatusLine:
    """One line of a terminal, rewritten repeatedly. Without a terminal nothing is written."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._terminal = stream, stream.isatty()
        self._due, self._shown = time.monotonic() + QUIET_SECONDS, False

    def __call__(self, words: str) -> None:
        now = time.monotonic()
        if self._terminal and now >= self._due:
            self._due, self._shown = now + STEP_SECONDS, True
            self._write(words)

    def __enter__(self) -> StatusLine:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def clear(self) -> None:
        """Leave the line empty for the next output."""
        if self._shown:
            self._write("")
            self._shown = False

    def _write(self, words: str) -> None:
        self._stream.write(f"\r\x1b[K{words}")
        self._stream.flush()
