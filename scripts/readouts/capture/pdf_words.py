"""The words of a PDF page, line by line, each with its place and size."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace

import pypdfium2

from .marks import shifted

_PARTED = (
    "\ufffe\x02"  # PDFium's character for the hyphen of a word that continues on the next line
)


@dataclass(frozen=True)
class Line:
    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float = 0.0


def iter_rows(page: pypdfium2.PdfPage) -> Iterator[list[Line]]:
    """Yield the words of each line, in PDFium's order; superscripts and subscripts are written as such and join their line."""
    row: list[Line] = []
    with closing(page.get_textpage()) as text:
        characters = text.get_text_range().encode("utf-16-le", "surrogatepass")
        places = [
            characters[i : i + 2].decode("utf-16-le", "surrogatepass")
            for i in range(0, len(characters), 2)
        ]
        for found in re.finditer(rf"[^\s\0{_PARTED}]+[{_PARTED}]?", "".join(places)):
            word = _word(text, found)
            last = row[-1] if row else None
            begins = re.search(
                rf"[\n{_PARTED}]", "".join(places[max(0, found.start() - 2) : found.start()])
            )
            if last and begins and not (_overlap(last, word) > 0.3 and word.left > last.left):
                yield row
                row, last = [], None
            small = last and _is_small(word.size, last.size, word.bottom - last.bottom)
            if last and small and word.left - last.right < 0.2 * last.size:
                row[-1] = replace(
                    last,
                    text=last.text + shifted(word.text, last.text, word.bottom > last.bottom),
                    right=word.right,
                )
            else:
                row.append(word)
    if row:
        yield row


def _word(page: pypdfium2.PdfTextPage, found: re.Match[str]) -> Line:
    """Return a word with its place; runs of smaller characters within it are superscripts or subscripts."""
    last = (
        page.count_chars() - 1
    )  # less than the text's length where characters are beyond the basic plane
    numbers = [min(n, last) for n in range(found.start(), found.end())]
    boxes = [page.get_charbox(n, loose=True) for n in numbers]
    sizes = [_size(page, n) for n in numbers]
    size, text = max(sizes), ""
    base = min(box[1] for box, own in zip(boxes, sizes, strict=True) if own == size)
    for small, run in itertools.groupby(
        zip(found[0], boxes, sizes, strict=False),
        lambda one: _is_small(one[2], size, one[1][1] - base),
    ):
        run = list(run)
        words = "".join("-" if one[0] in _PARTED else one[0] for one in run)
        text += shifted(words, text, run[0][1][1] > base) if small and text else words
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    left, bottom, right, top = zip(*boxes, strict=True)
    return Line(text, min(left), min(bottom), max(right), max(top), size)


def _is_small(size: float, other: float, above: float) -> bool:
    """Return True if text is a superscript or subscript of other text: smaller, and `above` or below its foot."""
    return size < 0.9 * other and abs(above) > 0.15 * other


def _size(page: pypdfium2.PdfTextPage, number: int) -> float:
    matrix = pypdfium2.raw.FS_MATRIX()
    pypdfium2.raw.FPDFText_GetMatrix(page, number, matrix)
    return round(
        pypdfium2.raw.FPDFText_GetFontSize(page, number) * math.hypot(matrix.b, matrix.d), 1
    )


def _overlap(one: Line, other: Line) -> float:
    """Return the vertical overlap of two lines as a share of the lower one, 0 to 1."""
    least = min(one.top - one.bottom, other.top - other.bottom)
    return (min(one.top, other.top) - max(one.bottom, other.bottom)) / least if least > 0 else 0.0
