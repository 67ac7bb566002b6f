"""Progress of a run over published tables: rows read, speed, remaining time."""

from __future__ import annotations

import time
from collections.abc import Callable

Report = Callable[[str], None]
"""Takes one line of progress."""
READING = 0.25
"""The share of the time that reading takes, the rest being the guards': measured with DuckDB at a million statements."""


class Pace:
    """Reports the files read and the guards run. `size` is the number of bytes to read, `reading` the share of the time that this takes."""

    def __init__(self, report: Report, size: int, guards: int, reading: float = READING) -> None:
        self._report, self._size, self._guards, self._reading = (
            report,
            max(size, 1),
            max(guards, 1),
            reading,
        )
        self._started, self._bytes = time.monotonic(), 0

    def read(self, table: str, size: int, rows: int, seconds: float) -> None:
        """Note that files of this size were read: `rows` of the table so far, in this number of seconds."""
        self._bytes += size
        speed = f"{rows / max(seconds, 0.001):,.0f} rows/s"
        self._report(
            f"{table}: {rows:,} rows, {speed}; {self._left(self._reading * self._bytes / self._size)}"
        )

    def checking(self, number: int, code: str) -> None:
        """Note that the guard with this number (1-based) is about to run."""
        done = self._reading + (1 - self._reading) * (number - 1) / self._guards
        self._report(f"guard {number} of {self._guards}: {code}; {self._left(done)}")

    def _left(self, done: float) -> str:
        spent = time.monotonic() - self._started
        return f"about {spent * (1 - min(done, 1)) / max(done, 0.001):,.0f} s left"
