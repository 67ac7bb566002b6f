"""capture.json, next to a captured text: how it was made from which bytes, and all text of the document that it leaves out."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from ..core.layout import Layout
from ..core.version import tool_version
from .texts import MAX_CAPTURE_BYTES, of_file, read_text

if TYPE_CHECKING:
    from ..capture import Capture
    from .files import CuratedFile, Curation

KEYS = {
    "tool": str, "original_sha256": str, "media_type": str, "encoding": (str, type(None)), "encoding_decided_by": (str, type(None)),
    "text_sha256": str, "pages": list, "notes": list, "left_out": list,
}  # fmt: skip


def record_of(capture: Capture) -> bytes:
    """Return the content of the file. `pages` are the offsets in the text (code points) at which each page of the original begins."""
    record = {
        "tool": f"readouts {tool_version()}",
        "original_sha256": capture.original_sha256,
        "media_type": capture.media_type,
        "encoding": capture.encoding,
        "encoding_decided_by": capture.decided_by,
        "text_sha256": hashlib.sha256(capture.text.encode("utf-8")).hexdigest(),
        "pages": list(capture.pages),
        "notes": list(capture.notes),
        "left_out": [{"text": part.text, "reason": part.reason} for part in capture.left_out],
    }
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def problem_of(record: Any, text_sha256: str | None, facts: dict[str, Any]) -> str | None:
    """Return a description of the problem with a capture.json, or None. `facts` are from the curation of the source."""
    if not isinstance(record, dict):
        return "capture.json is not a JSON object"
    for key, kind in KEYS.items():
        if not isinstance(record.get(key, ...), kind):
            return f"capture.json: `{key}` is missing or invalid"
    parts = record["left_out"]
    if not all(
        isinstance(p, dict) and isinstance(p.get("text"), str) and isinstance(p.get("reason"), str)
        for p in parts
    ):
        return "an entry of `left_out` in capture.json lacks its text or its reason"
    if not all(type(start) is int for start in record["pages"]) or record["pages"] != sorted(
        record["pages"]
    ):
        return "capture.json: `pages` must be offsets in ascending order"
    if text_sha256 is not None and record["text_sha256"] != text_sha256:
        return (
            "capture.json belongs to a different text: its `text_sha256` does not match source.txt"
        )
    for key in ("original_sha256", "media_type"):
        if facts.get(key) not in (None, record[key]):
            return f"`{key}` is “{facts[key]}” in curation.yaml and “{record[key]}” in capture.json"
    return None


def check_record(
    curation: Curation,
    layout: Layout,
    source_id: str,
    file: CuratedFile | None,
    facts: dict[str, Any],
) -> None:
    """Read the pages and the omitted text from capture.json; a finding if it does not belong to the capture. Older sources have none."""
    path = layout.capture_record(source_id)
    if not path.exists():
        return
    content = read_text(layout, path, MAX_CAPTURE_BYTES, curation.findings.append)
    if content is None:
        return
    try:
        record = json.loads(content)
    except (ValueError, RecursionError):
        problem: str | None = "capture.json is not valid JSON"
    else:
        problem = problem_of(record, curation.capture_hashes[source_id], facts)
    if problem:
        hint = "Restore capture.json as `readouts add` wrote it, for example from git."
        curation.findings.append(
            of_file(layout.relative(path), "capture_record", problem, hint, 1, source_id)
        )
    else:
        curation.pages[source_id] = record["pages"]
        if file is not None:
            file.left_out = [(part["text"], part["reason"]) for part in record["left_out"]]


def page_at(pages: list[int], offset: int) -> int | None:
    """Return the page of the original, counted from 1, that contains the character at an offset of the text; None without pages."""
    return sum(start <= offset for start in pages) or None
