"""On which line of its file a row stands."""

from __future__ import annotations

import bisect
from pathlib import Path

from ..tables.definitions import Table
from .shards import Shard, iter_rows

_CHUNK = 1 << 20


class Lines:
    """The lines of a JSONL file by number, found by counting line ends a block at a time.

    `rows` is how many lines are not blank; `blank` are the numbers of those that are.
    """

    def __init__(self, path: Path, rows: int) -> None:
        self._path = path
        self._ends = [0]  # line ends before each block
        self.blank: list[int] = []
        last = b"\n"
        with path.open("rb") as file:
            while block := file.read(_CHUNK):
                self._ends.append(self._ends[-1] + block.count(b"\n"))
                last = block[-1:]
            if self._ends[-1] + (last != b"\n") != rows:
                file.seek(0)
                self.blank = [number for number, line in enumerate(file, 1) if not line.strip(b" \t\r\n")]

    def number(self, index: int) -> int:
        """The line of the row with this index (0-based) among the lines that are not blank."""
        number = index + 1
        for blank in self.blank:
            if blank > number:
                break
            number += 1
        return number

    def read(self, number: int) -> bytes:
        """The line with this number (1-based) without its end."""
        # The block in which the line before it ends: the line itself may have begun before a block does.
        block = bisect.bisect_left(self._ends, number - 1) - 1 if number > 1 else 0
        with self._path.open("rb") as file:
            file.seek(block * _CHUNK)
            for _ in range(number - 1 - self._ends[block]):
                file.readline()
            return file.readline().removesuffix(b"\n")


_known: dict[Path, list[int] | Lines] = {}


def line_of(path: Path, form: str, index: int, table: Table) -> int:
    """The line (in Parquet: the row) of the row with this index (0-based) in a file."""
    if form == "parquet":
        return index + 1
    if path not in _known:
        if form == "csv":
            _known[path] = [number for number, _, _ in iter_rows(Shard(table.name, path, form), table)]
        else:
            with path.open("rb") as lines:
                _known[path] = Lines(path, sum(bool(line.strip()) for line in lines))
    found = _known[path]
    return found[index] if isinstance(found, list) else found.number(index)
