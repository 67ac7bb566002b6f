"""Rows of JSONL as the reference reads them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

BLANK = "the line is blank"
_LOOKED_INTO = 1 << 20


class UnreadableRow(Exception):
    """A row that is not a record at all: its message gives the reason."""


def row_from_line(line: bytes | str) -> Any:
    """Return the value of a line of JSONL: JSON in UTF-8 without duplicate keys, NaN, or unpaired surrogates.

    Raises UnreadableRow.
    """
    try:
        text = line.decode("utf-8") if isinstance(line, bytes) else line
        if not text.strip(" \t\r\n"):
            raise UnreadableRow(BLANK)
        if text.startswith("\ufeff"):
            raise UnreadableRow("the file begins with a byte order mark: save it without one")
        row = json.loads(
            text, object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=_finite
        )
        if "\\u" in text:
            json.dumps(row, ensure_ascii=False).encode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableRow(f"the line is not valid UTF-8 (byte {error.start + 1})") from error
    except UnicodeEncodeError as error:
        raise UnreadableRow(
            "the line contains an unpaired surrogate (not valid Unicode)"
        ) from error
    except RecursionError as error:
        raise UnreadableRow("the line is nested too deeply") from error
    except json.JSONDecodeError as error:
        raise UnreadableRow(
            f"the line is not valid JSON: {error.msg} (character {error.pos + 1})"
        ) from error
    except ValueError as error:
        raise UnreadableRow(f"the line is not valid JSON: {error}") from error
    return row


def text_of_line(line: bytes | str) -> str | None:
    """Return the text of a line that is not a row, to look for its id in it; None if it is too long for that."""
    if len(line) > _LOOKED_INTO:
        return None
    return line.decode("utf-8", "replace") if isinstance(line, bytes) else line


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row = dict(pairs)
    if len(row) < len(pairs):
        keys = [key for key, _ in pairs]
        raise UnreadableRow(f"duplicate key `{next(k for k in keys if keys.count(k) > 1)}`")
    return row


def _no_constant(name: str) -> float:
    raise UnreadableRow(f"{name} is not a valid JSON number")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise UnreadableRow(f"the number {text[:20]} is too large")
    return value


def iter_lines(path: Path) -> Iterator[tuple[int, Any, str]]:
    """Yield the rows of a JSONL file like `iter_rows`."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield number, row_from_line(line.removesuffix(b"\n")), ""
            except UnreadableRow as error:
                yield number, text_of_line(line), str(error)
