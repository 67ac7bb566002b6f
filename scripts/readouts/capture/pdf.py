"""A PDF file as text: lines in reading order, paragraphs, words rejoined across line ends; running heads and page numbers left out.

The words and their spaces are as found by PDFium.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace

import pypdfium2

from .documents import Document
from .error import CaptureError
from .main_text import LeftOut
from .marks import shifted

MOST_PAGES = 2_000
_SENTENCE_END = re.compile(r"[.!?:;。！？؟…][\"'”’»)]*$")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")
_PARTED = (
    "\ufffe\x02"  # PDFium's character for the hyphen of a word that continues on the next line
)
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.|seite|стр\.|第)?\s*[-–—]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*[-–—]?(?:\s*(?:/|of|de|von|из)\s*\d{1,4})?\s*页?",
    re.I,
)


@dataclass(frozen=True)
class _Line:
    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float = 0.0


def document_from_pdf(data: bytes, name: str) -> Document:
    """Return the text of a PDF file with the offset of each page. Raises CaptureError."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise CaptureError(
                f"{name} is protected with a password", "save a copy without the password"
            ) from error
        raise CaptureError(
            f"{name} cannot be read as PDF", "open it and save it again as PDF"
        ) from error
    with closing(pdf):
        if len(pdf) > MOST_PAGES:
            raise CaptureError(
                f"{name} has more than {MOST_PAGES} pages", "save the pages of the document alone"
            )
        pages, empty = [], []
        for number in range(len(pdf)):
            try:
                pages.append((_lines(pdf[number]), *pdf[number].get_size()))
            except pypdfium2.PdfiumError as error:
                message = f"page {number + 1} of {name} cannot be read"
                raise CaptureError(message, "open it and save it again as PDF") from error
            if not pages[-1][0]:
                empty.append(number + 1)
        title = pdf.get_metadata_value("Title").strip() or None
    kept, left = _without_running(pages)
    notes = []
    if empty and len(empty) < len(pages):
        notes.append(
            f"page {', '.join(map(str, empty[:10]))} contains no text: blank, or a picture"
        )
    text, starts = "", []
    for lines in kept:
        piece = _paragraphs(lines)
        joint = "" if not text else "\n\n"
        if text and piece and not _SENTENCE_END.search(text) and re.match(r"[a-zà-ÿа-я]", piece):
            joint = " "  # the sentence goes on
        if joint == " " and (whole := _joined(text, piece.split(maxsplit=1)[0])) is not None:
            text, joint = text[:whole], ""
        starts.append(len(text) + len(joint))
        text += joint + piece if piece else ""
    if _RIGHT_TO_LEFT.search(text):
        notes.append("PDF files store right-to-left text in pieces: compare it with the document")
    return Document(
        text, tuple(left), tuple(min(start, len(text)) for start in starts), title, tuple(notes)
    )


def _iter_rows(page: pypdfium2.PdfPage) -> Iterator[list[_Line]]:
    """Yield the words of each line, in PDFium's order; superscripts and subscripts are written as such and join their line."""
    row: list[_Line] = []
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


def _word(page: pypdfium2.PdfTextPage, found: re.Match[str]) -> _Line:
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
    return _Line(text, min(left), min(bottom), max(right), max(top), size)


def _is_small(size: float, other: float, above: float) -> bool:
    """Return True if text is a superscript or subscript of other text: smaller, and `above` or below its foot."""
    return size < 0.9 * other and abs(above) > 0.15 * other


def _size(page: pypdfium2.PdfTextPage, number: int) -> float:
    matrix = pypdfium2.raw.FS_MATRIX()
    pypdfium2.raw.FPDFText_GetMatrix(page, number, matrix)
    return round(
        pypdfium2.raw.FPDFText_GetFontSize(page, number) * math.hypot(matrix.b, matrix.d), 1
    )


def _overlap(one: _Line, other: _Line) -> float:
    """Return the vertical overlap of two lines as a share of the lower one, 0 to 1."""
    least = min(one.top - one.bottom, other.top - other.bottom)
    return (min(one.top, other.top) - max(one.bottom, other.bottom)) / least if least > 0 else 0.0


def _lines(page: pypdfium2.PdfPage) -> list[_Line]:
    """Return the lines of a page in reading order: as in the file, or column by column if two columns are side by side."""
    rows = list(_iter_rows(page))
    middle = _gutter(rows, page.get_size()[0])
    if middle is None:
        return [_joined_words(row) for row in rows]
    parted = [row for row in rows if _gap_at(row, middle)]
    halves = [
        [w for w in row if (w.left < middle) is side] for row in parted for side in (True, False)
    ]
    lines = [_joined_words(half, 6) for half in halves if half]
    lines += [_joined_words(row) for row in rows if row not in parted]
    ordered: list[_Line] = []
    band: list[_Line] = []
    for line in [*sorted(lines, key=lambda line: -line.top), None]:
        across = line is None or line.left < middle < line.right
        if across or (
            band and min(b.bottom for b in band) - line.top > 0.9 * (band[-1].top - band[-1].bottom)
        ):
            ordered += [one for one in band if one.right <= middle] + [
                one for one in band if one.right > middle
            ]
            band = []
        if line is not None:
            (ordered if across else band).append(line)
    return ordered


def _joined_words(row: list[_Line], wide: float = 2) -> _Line:
    """Join the words of a line, with a tab between two whose distance is `wide` times their height: cells of a table."""
    text = row[0].text
    for last, word in itertools.pairwise(row):
        text += (
            "\t" if word.left - last.right > wide * (word.top - word.bottom) else " "
        ) + word.text
    right, top = max(w.right for w in row), max(w.top for w in row)
    return _Line(
        text,
        min(w.left for w in row),
        min(w.bottom for w in row),
        right,
        top,
        max(w.size for w in row),
    )


def _gap_at(row: list[_Line], x: float) -> bool:
    """Return True if a line leaves a gap at `x`, or is on one side of it."""
    left, right = [w.right for w in row if w.left < x], [w.left for w in row if w.left >= x]
    return not left or (
        max(left) <= x and (not right or min(right) - max(left) > row[0].top - row[0].bottom)
    )


def _gutter(rows: list[list[_Line]], width: float) -> float | None:
    """Return the position of the gap between two columns, if each has at least three lines of prose."""
    best: tuple[int, float] | None = None
    for percent in range(35, 66):
        x = width * percent / 100
        parted = [row for row in rows if _gap_at(row, x)]
        sides = [
            [[w for w in row if (w.left < x) is side] for row in parted] for side in (True, False)
        ]
        pairs = min(
            sum(bool(half) and half[-1].right - half[0].left > 0.2 * width for half in side)
            for side in sides
        )
        across = len(rows) - len(parted)
        if pairs >= 3 and across <= pairs and (best is None or pairs - across > best[0]):
            best = pairs - across, x
    return best[1] if best else None


def _without_running(pages) -> tuple[list[list[_Line]], list[LeftOut]]:
    """Return the pages without headers and footers that recur on other pages, and without page numbers."""
    keys = [[_key(line, height) for line in lines] for lines, _, height in pages]
    seen = Counter(key for page in keys for key in set(page) if key)
    kept, left = [], []
    for number, (lines, _, height) in enumerate(pages, 1):
        rest = []
        for line, key in zip(lines, keys[number - 1], strict=True):
            edge = line.top > 0.9 * height or line.bottom < 0.1 * height
            bare = _PAGE_NUMBER.fullmatch(line.text)
            if edge and bare:
                left.append(LeftOut(line.text, f"page number, page {number}"))
            elif edge and key and seen[key] > 1 and seen[key] >= 0.4 * len(pages):
                left.append(LeftOut(line.text, f"running head or foot, page {number}"))
            else:
                rest.append(line)
        kept.append(rest)
    return kept, left


def _key(line: _Line, height: float) -> str:
    if 0.1 * height <= line.bottom and line.top <= 0.9 * height:
        return ""
    return re.sub(r"\d+", "#", line.text.casefold())


def _paragraphs(lines: list[_Line]) -> str:
    """Join lines to paragraphs: a new one after a gap, at an indent, at another size or after a short line that ends a sentence."""
    text = lines[0].text if lines else ""
    widest = max((line.right for line in lines), default=0)
    gaps = sorted(
        above.bottom - line.top for above, line in itertools.pairwise(lines) if line.top < above.top
    )
    usual = gaps[len(gaps) // 2] if gaps else 0
    for above, line in itertools.pairwise(lines):
        height = max(above.top - above.bottom, line.top - line.bottom, 1)
        column = line.bottom > above.top
        gap = above.bottom - line.top - usual
        ended = bool(_SENTENCE_END.search(above.text))
        indent = line.left - above.left > 0.8 * height
        short = above.right < widest - 6 * height and line.left <= above.left + 1
        other = abs(above.size - line.size) > 0.15 * line.size and line.text[:1].isupper()
        if (ended and (column or indent or short or other or gap > 0.25 * height)) or (
            (other or gap > 0.9 * height) and not column
        ):
            text += "\n\n" + line.text
        elif "\t" in line.text or "\t" in above.text:
            text += "\n" + line.text
        elif (cut := _joined(text, line.text)) is not None:
            text = text[:cut] + line.text
        else:
            text += ("" if _is_wide(text[-1:]) and _is_wide(line.text[:1]) else " ") + line.text
    return text


def _joined(text: str, following: str) -> int | None:
    """Return where to cut `text` that ends in a hyphen so that the word continues in `following`; None if it does not."""
    found = re.search(r"[^\W\d_]{2,}([-\u00ad\u2010])$", text)
    if not found or not following[:1].islower():
        return None
    return found.start(1)


def _is_wide(character: str) -> bool:
    return bool(character) and "\u2e80" <= character <= "\uffef"
