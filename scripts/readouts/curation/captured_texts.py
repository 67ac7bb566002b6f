"""Reading of captured texts, with a finding for every text that cannot be used."""

from __future__ import annotations

import hashlib
import re

from ..core.layout import Layout
from .capture_record import check_record
from .files import CuratedFile, Curation
from .texts import MAX_CAPTURE_BYTES, of_file, read_text


def read_capture(
    curation: Curation, layout: Layout, source_id: str, file: CuratedFile | None
) -> bool:
    """Read a source's capture; return False if it cannot be used.

    A capture curated as stored outside the repository may be absent: then its source is in
    `curation.absent`.
    """
    path = layout.capture(source_id)
    facts = file.document.value.get("source") if file is not None else None
    if file is not None and isinstance(facts, dict) and facts.get("capture") == "outside":
        if path.exists() or layout.capture_record(source_id).exists():
            message = "the captured text is in the repository, but `capture: outside` says that it may not be"
            hint = "Move source.txt and capture.json to the folder that READOUTS_CAPTURES names, or set capture to repository."
            curation.findings.append(
                file.finding("capture_outside", ("source", "capture"), source_id, message, hint)
            )
            return False
        outside = layout.outside_capture(source_id)
        if outside is None or not outside.exists():
            curation.absent.add(source_id)
            return True
        path = outside
    text = read_text(layout, path, MAX_CAPTURE_BYTES, curation.findings.append)
    if text is None:
        return False
    line, problem = 1, "the capture is empty" if not text.strip() else ""
    if "\x00" in text:
        line, problem = (
            text.count("\n", 0, text.index("\x00")) + 1,
            "the capture contains a NUL character",
        )
    if problem:
        hint = "Capture the text of the document again."
        curation.findings.append(
            of_file(layout.relative(path), "capture_text", problem, hint, line, source_id)
        )
        return False
    curation.captures[source_id] = text
    curation.capture_hashes[source_id] = hashlib.sha256(text.encode("utf-8")).hexdigest()
    check_record(curation, layout, source_id, file, facts if isinstance(facts, dict) else {})
    return True


def check_hash(curation: Curation, file: CuratedFile) -> bool:
    """Return True if the captured text matches its recorded hash, if any; a changed text is not used."""
    facts, actual = file.document.value.get("source"), curation.capture_hashes.get(file.identifier)
    recorded = facts.get("text_sha256") if isinstance(facts, dict) else None
    if actual is None or not re.fullmatch("[0-9a-f]{64}", str(recorded)) or recorded == actual:
        return True
    message = "source.txt has changed since it was captured: its SHA-256 differs from the one recorded here"
    hint = "Restore source.txt, or this line if it was changed, for example from git; a captured text is never edited."
    place = ("source", "text_sha256")
    curation.findings.append(
        file.finding("source_text_unchanged", place, file.identifier, message, hint)
    )
    del curation.captures[file.identifier]
    return False
