"""Bytes to text: what kind of file it is, and in which encoding it is written."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from .error import CaptureError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# what browsers take these labels for (WHATWG Encoding Standard): pages are labelled so and written otherwise
_MEANT = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949", "shift_jis": "cp932", "big5": "big5hkscs",
    # a page that could be read as far as this label is not in UTF-16
    "utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8",
}  # fmt: skip
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]+)", re.I)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]+)", re.I)
_TAG_FIRST = re.compile(
    r"\s*(?:<!--.*?-->\s*|<\?xml.*?\?>\s*)*<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|main|article"
    r"|section|header|nav|h[1-6]|div|p|table|font|center|a|b|i|em|strong|span|ul|ol|br|iframe)\b",
    re.I | re.S,
)
_FOREIGN = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive (perhaps a word processor's file)"),
    (b"\xd0\xcf\x11\xe0", "an old word processor's or spreadsheet's file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x00\x00\x00", "a binary file"),
    (b"bplist", "a web archive"),
)
AS_TEXT = "save or copy its text as a UTF-8 text file and add that"


def refuse_other_files(data: bytes, name: str) -> None:
    """Raise ``CaptureError`` for what is neither a page nor a text, by its first bytes."""
    if data.startswith((codecs.BOM_UTF32_BE, codecs.BOM_UTF32_LE)):
        return
    for start, kind in _FOREIGN:
        if data.startswith(start) or (kind.endswith("PDF file") and start in data[:1024]):
            raise CaptureError(f"{name} is {kind}, not a web page or a text", AS_TEXT)
    head = data[:4000].lstrip()
    if re.match(rb"(?i)(?:from|mime-version|date|subject|content-type):", head) and b"multipart/related" in head:
        raise CaptureError(f"{name} is a web archive (MHTML)", 'save the page again as "HTML only" and add that')


def html_from_bytes(data: bytes, name: str, charset: str | None) -> tuple[str, str | None]:
    """A page's text and a note where the declared encoding was not the true one.

    Tried in turn, the first that decodes without error counts: byte order mark, ``charset`` (of HTTP), the
    page's own declaration, UTF-8, the detector's guess.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), None
            except UnicodeDecodeError as error:
                raise CaptureError(f"{name} begins as {encoding} but is not: {error}", AS_TEXT) from error
    declared = [charset] if charset else []
    for pattern in (_XML, _META):
        if found := pattern.search(data[:8192]):
            declared.append(found[1].decode("ascii"))
    known = [codec for label in declared if (codec := _codec(label))]
    for codec in dict.fromkeys((*known, "utf-8")):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        unlike = declared and codec not in known[:1]
        return text, f"declared as {declared[0]}, read as {codec}" if unlike else None
    best = from_bytes(data).best()
    if best is None:
        raise CaptureError(f"the encoding of {name} cannot be told", "open it in a browser and save it as UTF-8 text")
    said = f"declared as {declared[0]}" if declared else "no encoding declared"
    return str(best), f"{said}, read as {best.encoding} by its letters: check the accents"


def _codec(label: str) -> str | None:
    try:
        codec = codecs.lookup(label.strip())
    except LookupError:
        return None
    if not getattr(codec, "_is_text_encoding", True):
        return None  # such as "rot13" or "zlib"
    return _MEANT.get(codec.name, codec.name)


def text_from_bytes(data: bytes, name: str) -> str:
    """A text file as it is, byte order mark and line ends included: encoding the result again gives
    ``data``."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        best = from_bytes(data[:100_000]).best()
        like = "; it looks like an old Windows or other encoding" if best is not None else ""
        raise CaptureError(
            f"{name} is not UTF-8: byte {error.start} (line {line}) cannot be read{like}",
            "save it as UTF-8 in your editor and add it again",
        ) from error


def is_html(data: bytes, name: str, content_type: str | None) -> bool:
    """Whether the content is a page: by its first tag; failing that, by what the server or the name says and
    any tag."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        sample = data[:20_000].decode("utf-16", "ignore")
    else:
        sample = data[:20_000].decode("utf-8-sig", "replace")
    if content_type == "text/plain" and not re.match(r"\s*<(?:!doctype\s+html|html)\b", sample, re.I):
        return False
    if _TAG_FIRST.match(sample):
        return True
    called_html = content_type in ("text/html", "application/xhtml+xml") or name.lower().endswith(
        (".html", ".htm", ".xhtml", ".shtml")
    )
    return called_html and bool(re.search(r"<[a-z!/]", sample, re.I))
