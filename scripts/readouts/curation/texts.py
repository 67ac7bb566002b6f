"""The text of a file that curators write or that was captured, or the finding about why it cannot be used."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..core.findings import Finding
from ..core.layout import Layout, name_of
from ..core.spelling import nearest

MAX_CAPTURE_BYTES = 20_000_000
"""Largest capture read: the longest transcript of the trial corpus has 0.06 MB."""


def of_file(
    path: str, code: str, message: str, hint: str, line: int = 1, record: str = ""
) -> Finding:
    """Return a finding about a whole file; `path` is relative to the root."""
    return Finding(code, "error", path, line, "", record, message, hint)


_OF_THE_COMPUTER = re.compile(r"\.DS_Store|Thumbs\.db|desktop\.ini|.*~|~\$.*|\._.*|\..*\.sw[a-p]")


def is_curation(path: Path) -> bool:
    """Return True if the file is named like the curation of a source, with any extension."""
    return path.name.lower().partition(".")[0] == "curation"


def stray_finding(layout: Layout, path: Path) -> Finding:
    """Return the finding about a file or folder that nothing reads, with its probable purpose."""
    what, folder = "file" if path.is_file() else "folder", layout.relative(path.parent)
    message, hint = f"this {what} is not read", "Remove it, or move it out of `data`."
    known = [part.name for part in (layout.agents, layout.events, layout.sources)]
    if _OF_THE_COMPUTER.fullmatch(path.name):
        message, hint = "this file was written by your computer and is not read", "Delete it."
    elif path.parent == layout.root / "data":
        near = nearest(path.name, known) if what == "folder" else ""
        message += near
        hint = (
            f"Move its content to data/{near.split('`')[1]}, and delete it."
            if near
            else "Agents belong in data/agents, events in data/events, and each source in its own folder in data/sources."
        )
    elif what == "folder":
        hint = f"Move its files to {folder} and delete it."
    elif path.suffix in (".yml", ".YAML", ".YML", ".txt", "") and path.parent in (
        layout.agents,
        layout.events,
    ):
        hint = f"If it is one of {folder}, rename it {name_of(path.name).partition('.')[0]}.yaml; otherwise remove it."
    elif path.parent == layout.sources:
        hint = (
            "A source is a folder with source.txt and curation.yaml: move it there, or remove it."
        )
    elif is_curation(path):
        hint = "Rename it curation.yaml."
    else:
        hint = "Remove it: a source has only source.txt, capture.json and curation.yaml."
    return of_file(layout.relative(path), "file_expected", message, hint)


_Problem = tuple[str, str, str, int]
"""Why a text cannot be used: code, message, hint and line."""


def read_text(
    layout: Layout, path: Path, limit: int, report: Callable[[Finding], None]
) -> str | None:
    """Return the text of a file of the package of at most `limit` bytes, or None after a finding."""
    text = ""
    data, problem = _read_bytes(path, limit)
    if problem is None:
        text, problem = _decoded(data, is_yaml=path.suffix == ".yaml")
    if problem is None:
        return text
    report(of_file(layout.relative(path), *problem))
    return None


def _read_bytes(path: Path, limit: int) -> tuple[bytes, _Problem | None]:
    """Return the bytes of a regular file, or why it cannot be read."""
    hint, line = "Put the file itself here.", 1
    try:
        if path.is_symlink() or path.parent.is_symlink():
            message = "this is a link to another place"
        elif not path.exists():
            message, line = "the file is missing", 0
            hint = "Add it; `readouts add` writes both files of a source."
        elif path.is_dir():
            message, hint = "this is a folder", "Put the file in its place."
        elif not path.is_file():
            message = "not a regular file"
        elif path.stat().st_size > limit:
            message = f"the file has more than {limit:,} bytes"
            hint = "Split the document, or check what was pasted."
        else:
            return path.read_bytes(), None
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        hint = "Check the permissions of the file."
    return b"", ("file_readable", message, hint, line)


def _decoded(data: bytes, is_yaml: bool) -> tuple[str, _Problem | None]:
    """Return the text, or why it is not UTF-8 without byte order mark."""
    try:
        text = data.decode("utf-8")
        if is_yaml and "\x00" in text[:2]:
            raise UnicodeDecodeError("utf-8", data, 0, 2, "two bytes a character")
    except UnicodeDecodeError as error:
        return "", _encoding_problem(data, error.start)
    if is_yaml and text.startswith("\ufeff"):
        message = "the file begins with an invisible byte order mark"
        hint = "Save the file as UTF-8 without BOM in your editor."
        return "", ("text_utf8", message, hint, 1)
    return text, None


def _encoding_problem(data: bytes, start: int) -> _Problem:
    """Return which encoding the bytes probably have; the byte at `start` is not UTF-8."""
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or b"\x00" in data[:2]:
        hint = "Save the file as UTF-8 in your editor."
        return "text_utf8", "the file is saved as UTF-16", hint, 1
    word = re.split(rb"\s", data[:start])[-1][-20:] + re.split(rb"\s", data[start:])[0][:20]
    message = f"the file is not UTF-8, but probably in an old Windows encoding: “{word.decode('ascii', 'replace')}”"
    hint = "Save the file as UTF-8 in your editor, then check this word."
    return "text_utf8", message, hint, data.count(b"\n", 0, start) + 1


def is_draft(entry: Any) -> bool:
    """Return True if an entry still says `draft:`."""
    return isinstance(entry, dict) and "draft" in entry


def entries_in(value: Any, name: str) -> list[dict[str, Any]]:
    """Return the entries of the list `name` of a curated file or entry as parsed, of any type; none if there is no such list."""
    listed = value.get(name) if isinstance(value, dict) else None
    return (
        [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
    )
