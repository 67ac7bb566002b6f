"""PDF and Word files and e-mail as text, with what was left out of it. PDF needs the extra `documents`."""

from __future__ import annotations

import email
import email.policy
import email.utils
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage

from lxml import etree

from .error import CaptureError
from .main_text import LeftOut
from .page import shifted

PDF, EMAIL = "application/pdf", "message/rfc822"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_UNPACKED = 100_000_000  # bytes of a Word file's parts together
MOST_PAGES = 2_000
_HEADERS = re.compile(rb"\A(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}\r?\n")
_MESSAGE = re.compile(rb"^(?:From|To|Subject|Date|Message-ID):", re.I | re.M)
_AS_TEXT = "copy its text into a UTF-8 text file and add that"


@dataclass(frozen=True)
class Document:
    """A document's text, or the HTML that is still to be read; `pages` are offsets in the text, in code points."""

    text: str
    left_out: tuple[LeftOut, ...] = ()
    pages: tuple[int, ...] = ()
    title: str | None = None
    notes: tuple[str, ...] = ()
    html: str | None = None
    on: date | None = None
    on_evidence: str | None = None


def kind_of(data: bytes, name: str) -> str | None:
    """The media type of a PDF, Word or e-mail file, by its content; None for any other."""
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith(b"PK\x03\x04") and (
        name.lower().endswith((".docx", ".docm")) or re.search(rb"word/document\d*\.xml", data)
    ):
        return WORD
    head = data[:20_000]
    called = name.lower().endswith(".eml")
    if ((called or _HEADERS.match(head)) and _MESSAGE.search(head) and b"multipart/related" not in head[:4000].lower().split(b"\n\n")[0]) or (called and _MESSAGE.search(head)):  # fmt: skip
        return EMAIL if called or len({m.group().lower() for m in _MESSAGE.finditer(head)}) >= 3 else None
    return None


def document_from_bytes(data: bytes, name: str, kind: str) -> Document:
    """Read a document of a kind that `kind_of` gives. Raises CaptureError."""
    read = {PDF: _from_pdf, WORD: _from_word, EMAIL: _from_message}[kind]
    document = read(data, name)
    if document.html is None and not document.text.strip():
        hint = "it is perhaps a scan: recognize its text with another program" if kind == PDF else _AS_TEXT
        raise CaptureError(f"{name} holds no text", hint)
    return document


def _missing(name: str, library: str) -> CaptureError:
    return CaptureError(f"{name} needs {library}, which is not installed", "run: pip install 'readouts[documents]'")


# --- PDF


@dataclass(frozen=True)
class _Line:
    text: str
    left: float
    bottom: float
    right: float
    top: float


def _from_pdf(data: bytes, name: str) -> Document:
    try:
        import pypdfium2
    except ImportError as error:
        raise _missing(name, "pypdfium2") from error
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise CaptureError(f"{name} is protected with a password", "save a copy without the password") from error
        raise CaptureError(f"{name} cannot be read as PDF", "open it and save it again as PDF") from error
    with closing(pdf):
        if len(pdf) > MOST_PAGES:
            raise CaptureError(f"{name} has more than {MOST_PAGES} pages", "save the pages of the document alone")
        pages, empty = [], []
        for number in range(len(pdf)):
            try:
                page = pdf[number]
            except pypdfium2.PdfiumError as error:
                raise CaptureError(
                    f"page {number + 1} of {name} cannot be read", "open it and save it again as PDF"
                ) from error
            pages.append((list(_iter_lines(page)), *page.get_size()))
            if not pages[-1][0]:
                empty.append(number + 1)
        title = pdf.get_metadata_value("Title").strip() or None
    kept, left, notes = _without_running(pages)
    if empty and len(empty) < len(pages):
        notes.append(f"page {', '.join(map(str, empty[:10]))} holds no text: blank, or a picture")
    text, starts = "", []
    for lines in kept:
        piece = _paragraphs(lines)
        joint = "" if not text else "\n\n"
        if text and piece and not re.search(r"[.!?:;。！？؟…][\"'”’»)]*$", text) and re.match(r"[a-zà-ÿа-я]", piece):
            joint = " "  # the sentence goes on
        if joint == " " and (whole := _joined(text, piece.split(maxsplit=1)[0])) is not None:
            text, joint = text[:whole], ""
        starts.append(len(text) + len(joint))
        text += joint + piece if piece else ""
    return Document(text, tuple(left), tuple(min(start, len(text)) for start in starts), title, tuple(notes))


def _iter_lines(page) -> Iterator[_Line]:
    """The lines of a page in reading order: as the file has them, or column by column where columns are side by side."""
    text = page.get_textpage()
    with closing(text):
        lines: list[_Line] = []
        for number in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(number)
            words = text.get_text_bounded(left, bottom, right, top)
            words = re.sub(r"[ \t\r\n]+", " ", words.replace("\ufffe", "-").replace("\x02", "-")).strip()
            if not words or right <= left:
                continue
            last = lines[-1] if lines else None
            height = max(top - bottom, 1)
            level = last and min(top, last.top) - max(bottom, last.bottom) > 0.4 * min(height, last.top - last.bottom)
            if level and -0.3 * height < left - last.right < 1.2 * height:
                space = " " if left - last.right > 0.12 * height else ""
                lines[-1] = _Line(
                    last.text + space + words, last.left, min(bottom, last.bottom), right, max(top, last.top)
                )
            else:
                lines.append(_Line(words, left, bottom, right, top))
    yield from _in_columns(lines, page.get_size()[0])


def _in_columns(lines: list[_Line], width: float) -> list[_Line]:
    """Lines from the top down; between two lines across the page, the left column before the right one."""
    middle = _gutter(lines, width)
    lines = sorted(lines, key=lambda line: -line.top)
    if middle is None:
        return _by_rows(lines)
    ordered: list[_Line] = []
    band: list[_Line] = []
    for line in [*lines, None]:
        if line is not None and not line.left < middle - 2 < middle + 2 < line.right:
            band.append(line)
            continue
        ordered += [
            *_by_rows([b for b in band if b.right <= middle + 2]),
            *_by_rows([b for b in band if b.right > middle + 2]),
        ]
        band = []
        if line is not None:
            ordered.append(line)
    return ordered


def _by_rows(lines: list[_Line]) -> list[_Line]:
    rows: list[list[_Line]] = []
    for line in lines:
        if (
            rows
            and (rows[-1][0].top + rows[-1][0].bottom) / 2 < line.top
            and line.bottom < rows[-1][0].top - 1
            and (min(line.top, rows[-1][0].top) - max(line.bottom, rows[-1][0].bottom) > 0.5 * (line.top - line.bottom))
        ):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda one: one.left)]


def _gutter(lines: list[_Line], width: float) -> float | None:
    """Where a page of two columns is parted, if at least three lines of prose are on either side."""
    best: tuple[int, float] | None = None
    for tenth in range(35, 66):
        x = width * tenth / 100
        left = [one for one in lines if one.right <= x and one.right - one.left > 0.2 * width]
        right = [one for one in lines if one.left >= x and one.right - one.left > 0.2 * width]
        across = sum(one.left < x < one.right for one in lines)
        pairs = min(len(left), len(right))
        if pairs >= 3 and across <= pairs and (best is None or pairs - across > best[0]):
            best = pairs - across, x
    return best[1] if best else None


def _without_running(pages) -> tuple[list[list[_Line]], list[LeftOut], list[str]]:
    """The pages without the heads and feet that come again on other pages, and without page numbers."""
    keys = [[_key(line, height) for line in lines] for lines, _, height in pages]
    seen = Counter(key for page in keys for key in set(page) if key)
    kept, left = [], []
    for number, (lines, _, height) in enumerate(pages, 1):
        rest = []
        for line, key in zip(lines, keys[number - 1], strict=True):
            edge = line.top > 0.9 * height or line.bottom < 0.1 * height
            bare = re.fullmatch(
                r"(?:page|p\.|seite|стр\.|第)?\s*[-–—]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*[-–—]?(?:\s*(?:/|of|de|von|из)\s*\d{1,4})?\s*页?",
                line.text,
                re.I,
            )
            if edge and bare:
                left.append(LeftOut(line.text, f"page number, page {number}"))
            elif edge and key and seen[key] > 1 and seen[key] >= 0.4 * len(pages):
                left.append(LeftOut(line.text, f"running head or foot, page {number}"))
            else:
                rest.append(line)
        kept.append(rest)
    return kept, left, []


def _key(line: _Line, height: float) -> str:
    if 0.1 * height <= line.bottom and line.top <= 0.9 * height:
        return ""
    return re.sub(r"\d+", "#", line.text.casefold())


def _paragraphs(lines: list[_Line]) -> str:
    """Lines as paragraphs: a new one after a gap, at an indent or after a short line that ends a sentence."""
    text = ""
    widest = max((line.right for line in lines), default=0)
    for above, line in zip([None, *lines], lines, strict=False):
        if above is None:
            text = line.text
            continue
        height = max(above.top - above.bottom, line.top - line.bottom, 1)
        column = line.bottom > above.top
        gap = above.bottom - line.top > 0.9 * height
        ended = bool(re.search(r"[.!?:。！？؟…][\"'”’»)]*$", above.text))
        indent = not column and line.left - above.left > 0.8 * height and ended
        short = ended and above.right < widest - 6 * height and not column and line.left <= above.left + 1
        size = abs((above.top - above.bottom) - (line.top - line.bottom)) > 0.35 * height
        same_row = min(above.top, line.top) - max(above.bottom, line.bottom) > 0.5 * height and line.left >= above.right
        if same_row:
            text += "\t" + line.text
        elif (gap and not (column and not ended)) or indent or short or (size and ended):
            text += "\n\n" + line.text
        elif (cut := _joined(text, line.text)) is not None:
            text = text[:cut] + line.text
        else:
            text += ("" if _is_wide(text[-1:]) and _is_wide(line.text[:1]) else " ") + line.text
    return text


def _joined(text: str, following: str) -> int | None:
    """Where to cut `text` that ends in a hyphen so that the word goes on with `following`; None if it is no such word."""
    found = re.search(r"[^\W\d_]{2,}([-\u00ad\u2010])$", text)
    if not found or not following[:1].islower():
        return None
    return found.start(1)


def _is_wide(character: str) -> bool:
    return bool(character) and "\u2e80" <= character <= "\uffef"


# --- Word

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_PARTS = re.compile(r"word/(document|header|footer|footnotes|endnotes|comments)\d*\.xml|docProps/(core)\.xml")
_SIGNS = {
    f"{_W}tab": "\t",
    f"{_W}noBreakHyphen": "\u2011",
    f"{_W}softHyphen": "\u00ad",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
}
_NOTES = (f"{_W}footnoteReference", f"{_W}endnoteReference")
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"


def _from_word(data: bytes, name: str) -> Document:
    left: list[LeftOut] = []
    text, notes, title = "", "", None
    for kind, root in _word_parts(data, name):
        if kind == "core":
            title = (root.findtext("{http://purl.org/dc/elements/1.1/}title") or "").strip() or None
        elif kind == "document":
            text += "".join(joint + line for joint, line in _word_blocks(root, left)).lstrip("\n")
        elif kind in ("footnotes", "endnotes"):
            for note in root:
                lines = [line for _, line in _word_blocks(note, left)]
                if lines:
                    notes += f"\n{shifted(note.get(f'{_W}id') or '', '', True)} " + "\n".join(lines)
        else:
            left += [LeftOut(line, "comment" if kind == "comments" else f"{kind} of the pages") for _, line in _word_blocks(root, left)]  # fmt: skip
    return Document(text + ("\n" + notes if notes else ""), tuple(left), title=title)


def _word_parts(data: bytes, name: str) -> list[tuple[str, etree._Element]]:
    """(kind, content) of the parts of a Word file that hold text. Raises CaptureError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
            if unpacked > MOST_UNPACKED:
                message = f"{name} unpacks to {unpacked / 1e6:.0f} MB, more than {MOST_UNPACKED / 1e6:.0f} MB"
                raise CaptureError(message, _AS_TEXT)
            if any(part.flag_bits & 1 for part in archive.infolist()):
                raise CaptureError(f"{name} is protected with a password", "save a copy without the password")
            kinds = [(m[1] or m[2], m[0]) for part in sorted(archive.namelist()) if (m := _PARTS.fullmatch(part))]
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            if any(kind == "document" for kind, _ in kinds):
                return [(kind, etree.fromstring(archive.read(part).replace(_STRICT, _W[1:-1].encode()), parser)) for kind, part in kinds]  # fmt: skip
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, etree.XMLSyntaxError) as error:
        raise CaptureError(f"{name} cannot be read as a Word file", "open it and save it again as .docx") from error
    raise CaptureError(f"{name} is not a Word file, though it is named like one", _AS_TEXT)


def _word_blocks(root: etree._Element, left: list[LeftOut]) -> list[tuple[str, str]]:
    """(what stands before it, text) of each paragraph, also of those in table cells."""
    blocks: list[tuple[str, str]] = []
    for paragraph in root.iter(f"{_W}p"):
        if any(e.tag.endswith("}Fallback") for e in paragraph.iterancestors()):
            continue  # a text box again, for old programs
        text = _word_text(paragraph, left).strip()
        if not text:
            continue
        joint = "\n\n"
        cell = next(paragraph.iterancestors(f"{_W}tc"), None)
        if cell is not None:
            first = next(cell.iter(f"{_W}p")) is paragraph
            row = cell.getparent()
            joint = "\n" if not first or next(row.iter(f"{_W}tc")) is cell else "\t"
            if joint == "\n" and first and next(row.getparent().iter(f"{_W}tr")) is row:
                joint = "\n\n"
        elif paragraph.find(f"{_W}pPr/{_W}numPr") is not None and blocks:
            joint = "\n"
        blocks.append((joint, text))
    return blocks


def _word_text(paragraph: etree._Element, left: list[LeftOut]) -> str:
    """A paragraph's text; what is struck out, hidden or a picture's description goes to `left`."""
    pieces: list[str] = []
    for node in paragraph.iter():
        words, run = node.text or "", node.getparent()
        if next(node.iterancestors(f"{_W}p"), None) is not paragraph:
            continue  # of a text box: its own paragraph
        if node.tag in _SIGNS and run.tag == f"{_W}r":
            pieces.append(_SIGNS[node.tag])
        elif node.tag in _NOTES:
            pieces.append(shifted(node.get(f"{_W}id") or "", "", True))
        elif node.tag == f"{_W}sym" and re.fullmatch("[0-9A-Fa-f]{1,5}", node.get(f"{_W}char", "")):
            pieces.append(chr(int(node.get(f"{_W}char"), 16)))
        elif node.tag.endswith("}docPr") and node.get("descr"):
            left.append(LeftOut(node.get("descr"), "an image's alternative text", True))
        elif why := _why_unseen(node, run):
            left.append(LeftOut(words, why, True))
        elif node.tag in (f"{_W}t", _MATH):
            raised = run.find(f"{_W}rPr/{_W}vertAlign")
            value = raised.get(f"{_W}val") if raised is not None else None
            up = value == "superscript"
            pieces.append(shifted(words, "".join(pieces[-2:]), up) if up or value == "subscript" else words)
    return "".join(pieces)


def _why_unseen(node: etree._Element, run: etree._Element) -> str | None:
    if node.tag == f"{_W}delText" or (node.tag == f"{_W}t" and _is_on(run, "strike", "dstrike")):
        return "struck out"
    if node.tag == f"{_W}t" and _is_on(run, "vanish", "webHidden"):
        return "hidden text"
    return (
        "moved from here"
        if node.tag == f"{_W}t" and next(node.iterancestors(f"{_W}moveFrom"), None) is not None
        else None
    )


def _is_on(run: etree._Element, *names: str) -> bool:
    found = [e for name in names if (e := run.find(f"{_W}rPr/{_W}{name}")) is not None]
    return any(e.get(f"{_W}val", "true") not in ("0", "false", "none", "off") for e in found)


# --- e-mail


def _from_message(data: bytes, name: str) -> Document:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    left = [
        LeftOut(f"{key}: {message[key]}", "the message's header")
        for key in ("From", "To", "Cc", "Date", "Subject")
        if message[key]
    ]
    body = message.get_body(("plain", "html"))
    same = [p for part in message.walk() if part.get_content_type() == "multipart/alternative" for p in part.walk()]
    for part in message.walk():
        if part is body or part.is_multipart():
            continue
        is_text = part.get_content_maintype() == "text"
        why = "the same in another form" if body in same and part in same and is_text else "attachment"
        words = _content(part) if is_text else part.get_filename() or part.get_content_type()
        left.append(LeftOut(words, f"{why} ({part.get_content_type()})"))
    subject = str(message["Subject"] or "").strip() or None
    try:
        moment = email.utils.parsedate_to_datetime(str(message["Date"])) if message["Date"] else None
    except ValueError:
        moment = None
    dated = {"title": subject, "on": moment.date() if moment else None, "on_evidence": "the message's Date header"}
    if body is None:
        return Document("", tuple(left), **dated)
    content = _content(body)
    if body.get_content_subtype() == "html":
        return Document("", tuple(left), html=content, **dated)
    notes = ("the message has characters that cannot be read: U+FFFD stands for them",) if "\ufffd" in content else ()
    return Document(content.replace("\r\n", "\n"), tuple(left), notes=notes, **dated)


def _content(part: EmailMessage) -> str:
    try:
        return part.get_content()
    except (LookupError, UnicodeError):  # an encoding that nobody knows
        return (part.get_payload(decode=True) or b"").decode("utf-8", "replace")
