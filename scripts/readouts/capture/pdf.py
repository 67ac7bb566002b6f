"""A PDF file as text: lines in reading order, paragraphs, words rejoined across line ends; running heads and page numbers left out.

The words and their spaces are as found by PDFium.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from contextlib import closing

import pypdfium2

from .documents import Document
from .error import CaptureError
from .left_out import LeftOut
from .pdf_words import Line, iter_rows

MOST_PAGES = 2_000
_SENTENCE_END = re.compile(r"[.!?:;。！？؟…][\"'”’»)]*$")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.|seite|стр\.|第)?\s*[-–—]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*[-–—]?(?:\s*(?:/|of|de|von|из)\s*\d{1,4})?\s*页?",
    re.I,
)


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


def _lines(page: pypdfium2.PdfPage) -> list[Line]:
    """Return the lines of a page in reading order: as in the file, or column by column if two columns are side by side."""
    rows = list(iter_rows(page))
    middle = _gutter(rows, page.get_size()[0])
    if middle is None:
        return [_joined_words(row) for row in rows]
    parted = [row for row in rows if _gap_at(row, middle)]
    halves = [
        [w for w in row if (w.left < middle) is side] for row in parted for side in (True, False)
    ]
    lines = [_joined_words(half, 6) for half in halves if half]
    lines += [_joined_words(row) for row in rows if row not in parted]
    ordered: list[Line] = []
    band: list[Line] = []
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


def _joined_words(row: list[Line], wide: float = 2) -> Line:
    """Join the words of a line, with a tab between two whose distance is `wide` times their height: cells of a table."""
    text = row[0].text
    for last, word in itertools.pairwise(row):
        text += (
            "\t" if word.left - last.right > wide * (word.top - word.bottom) else " "
        ) + word.text
    right, top = max(w.right for w in row), max(w.top for w in row)
    return Line(
        text,
        min(w.left for w in row),
        min(w.bottom for w in row),
        right,
        top,
        max(w.size for w in row),
    )


def _gap_at(row: list[Line], x: float) -> bool:
    """Return True if a line leaves a gap at `x`, or is on one side of it."""
    left, right = [w.right for w in row if w.left < x], [w.left for w in row if w.left >= x]
    return not left or (
        max(left) <= x and (not right or min(right) - max(left) > row[0].top - row[0].bottom)
    )


def _gutter(rows: list[list[Line]], width: float) -> float | None:
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


def _without_running(pages) -> tuple[list[list[Line]], list[LeftOut]]:
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


def _key(line: Line, height: float) -> str:
    if 0.1 * height <= line.bottom and line.top <= 0.9 * height:
        return ""
    return re.sub(r"\d+", "#", line.text.casefold())


def _paragraphs(lines: list[Line]) -> str:
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
