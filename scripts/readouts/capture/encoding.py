"""Bytes to text: the kind of file and its encoding, determined as in the WHATWG Encoding standard."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import webencodings

from .error import CaptureError

PRESCAN = 1024  # number of bytes in which browsers look for the encoding declaration
_COMMENT_OR_SCRIPT = re.compile(
    rb"<!--.*?(?:-->|\Z)|<(script|style|title|noscript|template)\b.*?(?:</\1\s*>|\Z)", re.I | re.S
)
_META = re.compile(rb"<meta[\s/](?:[^>\"']|\"[^\"]*\"|'[^']*')*>?", re.I)
_CHARSET = re.compile(rb"(?:^|[\s/\"';])charset\s*=\s*[\"']?\s*([^\s\"';/>]+)", re.I)
_CONTENT_TYPE = re.compile(rb"http-equiv\s*=\s*[\"']?content-type", re.I)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]+)", re.I)
_LANG = re.compile(rb"<html\b[^>]{0,500}?\slang\s*=\s*[\"']?([A-Za-z]{2,3})", re.I)
# the WHATWG's suggestion for a page that declares nothing and is not UTF-8
_LEGACY = {
    "ru": "windows-1251", "uk": "windows-1251", "be": "windows-1251", "bg": "windows-1251", "mk": "windows-1251",
    "sr": "windows-1251", "ky": "windows-1251", "tg": "windows-1251", "tt": "windows-1251", "ar": "windows-1256",
    "fa": "windows-1256", "ba": "windows-1251", "cs": "windows-1250", "hu": "iso-8859-2", "pl": "iso-8859-2",
    "sl": "iso-8859-2", "sk": "windows-1250", "hr": "windows-1250", "el": "iso-8859-7", "et": "windows-1257",
    "lt": "windows-1257", "lv": "windows-1257", "he": "windows-1255", "ja": "shift_jis", "ko": "euc-kr",
    "th": "windows-874", "tr": "windows-1254", "ku": "windows-1254", "vi": "windows-1258", "zh": "gb18030",
}  # fmt: skip
_TAG_FIRST = re.compile(
    r"\s*(?:<!--.*?-->\s*|<\?xml.*?\?>\s*)*<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|main|article"
    r"|section|header|nav|h[1-6]|div|p|table|font|center|a|b|i|em|strong|span|ul|ol|br|iframe)\b",
    re.I | re.S,
)
_FOREIGN = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old or a password-protected file of a word processor"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x00\x00\x00", "a binary file"),
    (b"bplist", "a web archive"),
    (b"%!PS", "a PostScript file"),
    (b"RIFF", "a picture, sound or film"),
    (b"ID3", "a sound file"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
)
AS_TEXT = "save or copy its text as a UTF-8 text file and add that"


@dataclass(frozen=True)
class Decoded:
    """A page's text, its encoding by the standard's name, how that was decided, and notes for a curator."""

    text: str
    encoding: str
    decided_by: str
    notes: tuple[str, ...] = ()


def refuse_other_files(data: bytes, name: str) -> None:
    """Raise ``CaptureError`` if the first bytes are neither a page nor a text."""
    if data.startswith((codecs.BOM_UTF32_BE, codecs.BOM_UTF32_LE)):
        raise CaptureError(
            f"{name} is in UTF-32, which browsers do not support", "save it as UTF-8"
        )
    if data.startswith(b"PK\x03\x04") and data[30:38] == b"mimetype":
        raise CaptureError(
            f"{name} is an OpenDocument or EPUB file", "save it as .docx or PDF and add that"
        )
    for start, kind in _FOREIGN:
        if data.startswith(start):
            raise CaptureError(f"{name} is {kind}, not a web page or a text", AS_TEXT)
    head = data[:4000].lstrip()
    if (
        re.match(rb"(?i)(?:from|mime-version|date|subject|content-type):", head)
        and b"multipart/related" in head
    ):
        raise CaptureError(
            f"{name} is a web archive (MHTML)", 'save the page again as "HTML only" and add that'
        )


def html_from_bytes(data: bytes, name: str, charset: str | None) -> Decoded:
    """Decode a page's text. The encoding is decided by, in turn: byte order mark, ``charset`` (of
    HTTP), the page's own declaration, valid UTF-8, the usual encoding of the page's language.

    Unlike the standard: bytes that are valid UTF-8 beyond ASCII are read as UTF-8 regardless of the
    declaration, and that is noted. A byte that does not fit becomes U+FFFD, and its place is noted.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16le"),
        (codecs.BOM_UTF16_BE, "utf-16be"),
    ):
        if data.startswith(mark):
            return _decoded(
                data[len(mark) :], webencodings.lookup(encoding), "byte order mark", len(mark)
            )
    declared, where, unknown = None, "", ()
    for label, place in ((charset, "HTTP header"), (_declaration(data), "page's declaration")):
        if label and (found := webencodings.lookup(label.strip())):
            declared, where = found, f"{place} “{label}”"
            break
        if label:
            unknown = (
                *unknown,
                f"the {place} names “{label}”, which is not an encoding of the web",
            )
    utf8 = webencodings.lookup("utf-8")
    if where.startswith("page") and declared and declared.name.startswith("utf-16"):
        declared = utf8  # a declaration that could be read as ASCII is not in UTF-16
    if _is_utf8(data):
        other = declared is not None and declared.name != "utf-8" and not data.isascii()
        if declared is None or other:
            notes = (
                (f"declared as {declared.name}, but every byte fits UTF-8: read as UTF-8",)
                if other
                else ()
            )
            return _decoded(data, utf8, "valid UTF-8", 0, (*unknown, *notes))
    elif (
        declared is None or declared.name.startswith(("windows-125", "iso-8859"))
    ) and _is_nearly_utf8(data):
        return _decoded(data, utf8, "UTF-8 except for a few bytes", 0, unknown)
    if declared is not None:
        return _decoded(data, declared, where, 0, unknown)
    language = _LANG.search(data[:4096])
    code = language[1].decode("ascii").lower() if language else ""
    usual = webencodings.lookup(_LEGACY.get(code, "windows-1252"))
    note = f"no encoding is declared and it is not UTF-8: read as {usual.name}; check the accents"
    return _decoded(data, usual, f"usual encoding of {code or 'the web'}", 0, (*unknown, note))


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\x1b" not in data  # ISO-2022-JP consists of ASCII bytes


def _is_nearly_utf8(data: bytes) -> bool:
    """Return True if there are many UTF-8 sequences and few invalid bytes."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return sum(c > "\x7f" for c in text) - bad > 3 * bad


def _decoded(
    data: bytes, encoding: webencodings.Encoding, by: str, skipped: int, notes: tuple[str, ...] = ()
) -> Decoded:
    if encoding.name in ("replacement", "x-user-defined"):
        raise CaptureError(
            f"the page is declared as {encoding.name}, which browsers do not read", AS_TEXT
        )
    bad: list[int] = []

    def replaced(error: UnicodeError) -> tuple[str, int]:
        bad.append(error.start)
        return "\ufffd", error.end

    codecs.register_error("readouts-capture", replaced)
    text = codecs.decode(data, encoding.codec_info.name, "readouts-capture")
    if len(bad) > max(10, len(data) // 200):
        raise CaptureError(
            f"the page is not in {encoding.name} ({by}): {len(bad)} bytes do not fit it, the first is byte {bad[0] + skipped}",
            "open it in a browser, choose the encoding in which it displays correctly, and save its text as UTF-8",
        )
    if bad:
        places = ", ".join(f"{at + skipped} ({data[at]:#04x})" for at in bad[:5])
        more = f" and {len(bad) - 5} more" if len(bad) > 5 else ""
        notes = (
            *notes,
            f"{len(bad)} byte(s) do not fit {encoding.name} and were replaced with U+FFFD: byte {places}{more}",
        )
    elif "\ufffd" in text:
        notes = (
            *notes,
            f"the page itself has {text.count(chr(0xFFFD))} U+FFFD: its publisher lost characters there",
        )
    return Decoded(text, encoding.name, by, notes)


def _declaration(data: bytes) -> str | None:
    """Return the encoding that the page itself declares: the standard's prescan, which skips comments and scripts."""
    if found := _XML.search(data[:PRESCAN]):
        return found[1].decode("ascii")
    for part in (
        data[:PRESCAN],
        data[: 8 * PRESCAN],
    ):  # browsers find a late declaration too, and read the page again
        for tag in _META.findall(_COMMENT_OR_SCRIPT.sub(b" ", part)):
            found = _CHARSET.search(tag)
            if found and (
                b"content" not in tag.lower()
                or _CONTENT_TYPE.search(tag)
                or re.search(rb"\scharset\s*=", tag, re.I)
            ):
                return found[1].decode("ascii", "replace")
    return None


def text_from_bytes(data: bytes, name: str) -> str:
    """Return a text file unchanged, including byte order mark and line ends: encoding the result again gives ``data``."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise CaptureError(
            f"{name} is not UTF-8: byte {error.start} (line {line}) cannot be read",
            "save it as UTF-8 in your editor and add it again",
        ) from error


def is_html(data: bytes, name: str, content_type: str | None) -> bool:
    """Return True if the content is a page: by its first tag, or otherwise by the server's type or the name and any tag."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        sample = data[:20_000].decode("utf-16", "ignore")
    else:
        sample = (
            data[:20_000].decode("utf-8-sig", "replace").replace("\0", "")
        )  # UTF-16 that only HTTP names
    if content_type == "text/plain" and not re.match(
        r"\s*<(?:!doctype\s+html|html)\b", sample, re.I
    ):
        return False
    if _TAG_FIRST.match(sample) and not name.lower().endswith((".md", ".markdown")):
        return True
    called_html = content_type in ("text/html", "application/xhtml+xml") or name.lower().endswith(
        (".html", ".htm", ".xhtml", ".shtml")
    )
    return called_html and bool(re.search(r"<[a-z!/]", sample, re.I))
