"""The line of a file on which a row is."""

from __future__ import annotations

import bisect
import codecs
from pathlib import Path

from ..core.definitions import Table
from .reading import iter_rows
from .shards import Shard

_CHUNK = 1 << 20


class Lines:
    """The lines of a JSONL file by number, found by counting line ends a block at a time.

    `blank` are the numbers of lines without anything; `padded` the rows (0-based, blank lines not
    counted) with characters around the JSON that DuckDB skips and JSON does not allow: a byte order
    mark, a form feed. If the file is `whole` it has neither, and is not searched for them.
    """

    def __init__(self, path: Path, whole: bool = False) -> None:
        self._path = path
        self._ends = [0]  # line ends before each block
        self.blank: list[int] = []
        self.padded: list[int] = []
        with path.open("rb") as file:
            while block := file.read(_CHUNK):
                self._ends.append(self._ends[-1] + block.count(b"\n"))
            file.seek(0)
            for number, line in enumerate(() if whole else file, 1):
                bare = line.strip()
                if not bare or (number == 1 and bare == codecs.BOM_UTF8):
                    self.blank.append(number)
                elif bare != line.strip(b" \t\r\n") or bare.startswith(codecs.BOM_UTF8):
                    self.padded.append(number - 1 - len(self.blank))

    def number(self, index: int) -> int:
        """Return the line of the row with this index (0-based) among the lines that are not blank."""
        number = index + 1
        for blank in self.blank:
            if blank > number:
                break
            number += 1
        return number

    def read(self, number: int) -> bytes:
        """Return the line with this number (1-based) without its end."""
        # The block in which the previous line ends: the line itself may have begun before a block
        # does.
        block = bisect.bisect_left(self._ends, number - 1) - 1 if number > 1 else 0
        with self._path.open("rb") as file:
            file.seek(block * _CHUNK)
            for _ in range(number - 1 - self._ends[block]):
                file.readline()
            return file.readline().removesuffix(b"\n")


_known: dict[Path, list[int] | Lines] = {}


def line_of(path: Path, form: str, index: int, table: Table) -> int:
    """Return the line (in Parquet: the row number) of the row with this index (0-based) in a file."""
    if form == "parquet":
        return index + 1
    if path not in _known:
        if form == "csv":
            _known[path] = [
                number for number, _, _ in iter_rows(Shard(table.name, path, form), table)
            ]
        else:
            _known[path] = Lines(path)
    found = _known[path]
    return found[index] if isinstance(found, list) else found.number(index)
