"""PDF and Word files and e-mail as text, with what was left out of it. The first two need the extra `documents`."""

from __future__ import annotations

import email
import email.policy
import email.utils
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage

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
    if data.startswith(b"PK\x03\x04") and (name.lower().endswith((".docx", ".docm")) or b"word/document.xml" in data):
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


def _from_word(data: bytes, name: str) -> Document:
    try:
        import docx
        from docx.opc.exceptions import PackageNotFoundError
    except ImportError as error:
        raise _missing(name, "python-docx") from error
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
            if unpacked > MOST_UNPACKED or len(archive.infolist()) > 5_000:
                raise CaptureError(
                    f"{name} unpacks to {unpacked / 1e6:.0f} MB, more than {MOST_UNPACKED / 1e6:.0f} MB", _AS_TEXT
                )
            if any(part.flag_bits & 1 for part in archive.infolist()):
                raise CaptureError(f"{name} is protected with a password", "save a copy without the password")
            if any(b"<!ENTITY" in archive.read(part)[:4000] for part in archive.namelist() if part.endswith(".xml")):
                raise CaptureError(f"{name} declares entities, which no Word file does", _AS_TEXT)
            extra = {part: archive.read(part) for part in archive.namelist() if re.fullmatch(r"word/(?:header|footer|footnotes|endnotes|comments)\d*\.xml", part)}  # fmt: skip
        document = docx.Document(io.BytesIO(data))
    except (
        zipfile.BadZipFile,
        PackageNotFoundError,
        KeyError,
        ValueError,
        OSError,
        EOFError,
        NotImplementedError,
        SyntaxError,
    ) as error:
        raise CaptureError(f"{name} cannot be read as a Word file", "open it and save it again as .docx") from error
    left: list[LeftOut] = []
    lines = _word_blocks(document.element.body, left)
    text = "".join(joint + line for joint, line in lines).lstrip("\n")
    for part, content in sorted(extra.items()):
        kind = re.match(r"word/([a-z]+)", part)[1].rstrip("s")
        from lxml import etree

        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
        found = [line for _, line in _word_blocks(root, left) if line.strip()]
        if kind in ("footnote", "endnote") and found:
            text += "\n\n" + "\n".join(found)
        else:
            left += [LeftOut(line, f"{kind} of the pages" if kind != "comment" else "comment") for line in found]
    return Document(text, tuple(left), title=(document.core_properties.title or "").strip() or None)


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _word_blocks(root, left: list[LeftOut]) -> list[tuple[str, str]]:
    """(what stands before it, text) of each paragraph and table cell."""
    blocks: list[tuple[str, str]] = []
    for paragraph in root.iter(f"{_W}p"):
        text = _word_text(paragraph, left)
        if not text.strip():
            continue
        joint = "\n\n"
        cell = next((e for e in paragraph.iterancestors() if e.tag == f"{_W}tc"), None)
        if cell is not None:
            first = next(cell.iter(f"{_W}p")) is paragraph
            row = cell.getparent()
            joint = "\n" if not first or next(row.iter(f"{_W}tc")) is cell else "\t"
            table = row.getparent()
            if joint == "\n" and first and next(table.iter(f"{_W}tr")) is row:
                joint = "\n\n"
        elif paragraph.find(f"{_W}pPr/{_W}numPr") is not None and blocks:
            joint = "\n"
        blocks.append((joint, text.strip()))
    return blocks


def _word_text(paragraph, left: list[LeftOut]) -> str:
    pieces: list[str] = []
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}delText", f"{_W}noBreakHyphen", f"{_W}footnoteReference"):  # fmt: skip
        if next((e for e in node.iterancestors() if e.tag == f"{_W}p"), None) is not paragraph:
            continue  # of a text box: its own paragraph
        if any(e.tag.endswith("}Fallback") for e in node.iterancestors()):
            continue  # the same text box again, for old programs
        run = node.getparent()
        properties = run.find(f"{_W}rPr") if run is not None else None
        words = node.text or ""
        if node.tag == f"{_W}delText" or (properties is not None and _is_on(properties, "strike")):
            left.append(LeftOut(words, "struck out", True))
        elif properties is not None and _is_on(properties, "vanish"):
            left.append(LeftOut(words, "hidden text", True))
        elif node.tag == f"{_W}t":
            raised = properties.find(f"{_W}vertAlign") if properties is not None else None
            value = raised.get(f"{_W}val") if raised is not None else None
            pieces.append(shifted(words, "".join(pieces[-2:]), value == "superscript") if value in ("superscript", "subscript") else words)  # fmt: skip
        elif node.tag == f"{_W}footnoteReference":
            pieces.append(shifted(node.get(f"{_W}id") or "", "", True))
        else:
            if node.tag != f"{_W}tab" or node.getparent().tag == f"{_W}r":
                pieces.append({"tab": "\t", "noBreakHyphen": "\u2011"}.get(node.tag.removeprefix(_W), "\n"))
    return "".join(pieces)


def _is_on(properties, name: str) -> bool:
    found = properties.find(f"{_W}{name}")
    return found is not None and found.get(f"{_W}val", "true") not in ("0", "false", "none")


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
    for part in message.walk():
        if part is not body and not part.is_multipart():
            kind = (
                "the same in another form"
                if part.get_content_maintype() == "text" and not part.get_filename()
                else "attachment"
            )
            words = (
                _content(part)
                if part.get_content_maintype() == "text"
                else part.get_filename() or part.get_content_type()
            )
            left.append(LeftOut(words, f"{kind} ({part.get_content_type()})"))
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
