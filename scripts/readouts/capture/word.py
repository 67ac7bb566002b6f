"""A Word file (.docx) as text: paragraphs, tables, notes; struck-out, hidden and moved text and comments are left out."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from lxml import etree

from .documents import AS_TEXT, Document
from .error import CaptureError
from .left_out import LeftOut
from .marks import shifted

MOST_UNPACKED = 100_000_000  # total bytes of the parts of a Word file
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_PARTS = re.compile(
    r"word/(document|header|footer|footnotes|endnotes|comments)\d*\.xml|docProps/(core)\.xml"
)
_SIGNS = {
    f"{_W}tab": "\t",
    f"{_W}noBreakHyphen": "\u2011",
    f"{_W}softHyphen": "\u00ad",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
}
_NOTES = (f"{_W}footnoteReference", f"{_W}endnoteReference")
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"


def document_from_word(data: bytes, name: str) -> Document:
    """Return the text of a Word file, with its notes at the end; comments, headers and footers are left out. Raises CaptureError."""
    left: list[LeftOut] = []
    text, notes, title = "", "", None
    for kind, root in _word_parts(data, name):
        if kind == "core":
            title = (root.findtext("{http://purl.org/dc/elements/1.1/}title") or "").strip() or None
        elif kind == "document":
            text += "".join(joint + line for joint, line in _word_blocks(root, left)).lstrip("\n")
        elif kind in ("footnotes", "endnotes"):
            for note in root.iterchildren("*"):
                lines = [line for _, line in _word_blocks(note, left)]
                if lines:
                    notes += f"\n{shifted(note.get(f'{_W}id') or '', '', True)} " + "\n".join(lines)
        else:
            left += [LeftOut(line, "comment" if kind == "comments" else f"{kind} of the pages") for _, line in _word_blocks(root, left)]  # fmt: skip
    return Document(text + ("\n" + notes if notes else ""), tuple(left), title=title)


def _word_parts(data: bytes, name: str) -> list[tuple[str, etree._Element]]:
    """Return (kind, content) of the parts of a Word file that hold text. Raises CaptureError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
            if unpacked > MOST_UNPACKED:
                message = f"{name} unpacks to {unpacked / 1e6:.0f} MB, more than {MOST_UNPACKED / 1e6:.0f} MB"
                raise CaptureError(message, AS_TEXT)
            if any(part.flag_bits & 1 for part in archive.infolist()):
                raise CaptureError(
                    f"{name} is protected with a password", "save a copy without the password"
                )
            kinds = [
                (m[1] or m[2], m[0])
                for part in sorted(archive.namelist())
                if (m := _PARTS.fullmatch(part))
            ]
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            if any(kind == "document" for kind, _ in kinds):
                return [(kind, etree.fromstring(archive.read(part).replace(_STRICT, _W[1:-1].encode()), parser)) for kind, part in kinds]  # fmt: skip
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        RuntimeError,
        ValueError,
        etree.XMLSyntaxError,
    ) as error:
        raise CaptureError(
            f"{name} cannot be read as a Word file", "open it and save it again as .docx"
        ) from error
    raise CaptureError(f"{name} is not a Word file, though it is named like one", AS_TEXT)


def _word_blocks(root: etree._Element, left: list[LeftOut]) -> list[tuple[str, str]]:
    """Return (separator before it, text) of each paragraph, including those in table cells."""
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
    """Return a paragraph's text; struck-out or hidden text and descriptions of pictures go to `left`."""
    pieces: list[str] = []
    for node in paragraph.iter("*"):
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
            pieces.append(
                shifted(words, "".join(pieces[-2:]), up) if up or value == "subscript" else words
            )
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
