"""`readouts recapture`: captures a source's document again and reports the differences from the earlier text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Indel

from ..alignment.wording import as_plain
from ..capture import Capture
from ..compile.problems import QuotationProblem
from ..compile.stretches import locate_entry
from ..core.findings import PackageError
from ..core.layout import Layout
from ..core.spelling import nearest_id
from ..curation.canonical import curated_text
from ..curation.capture_record import record_of
from ..curation.outline import Entry, Group, Scalar, outline_to_change
from ..curation.quotations import Quotable
from ..curation.yaml_nodes import YamlProblem, read_yaml
from ..ledger.ledger import CAPTURES, Ledger

CONTEXT = 8  # words shown before and after a difference


@dataclass(frozen=True, slots=True)
class Captured:
    """A source as captured: its curated file with its facts and statements, and its text with the path of the text."""

    source_id: str
    curated: str
    facts: dict[str, Any]
    statements: list[dict[str, Any]]
    path: Path
    text: str


def read_captured(layout: Layout, source_id: str) -> Captured:
    """Read a source, valid or not. Raises PackageError if the file or the text is missing or cannot be read."""
    known = [path.name for path in layout.sources.glob("*/")]
    if source_id not in known:
        raise PackageError(f"unknown source {source_id}{nearest_id(source_id, known)}")
    try:
        curated = layout.curated("source", source_id).read_bytes().decode("utf-8")
        value = read_yaml(curated).value
        facts = value["source"]
        statements = [entry for entry in value.get("statements") or () if isinstance(entry, dict)]
        path = layout.capture(source_id)
        if facts.get("capture") == "outside":
            path = layout.outside_capture(source_id) or path
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError, YamlProblem, TypeError, KeyError, AttributeError) as error:
        raise PackageError(
            f"the source {source_id} cannot be read; run `readouts validate` for details"
        ) from error
    return Captured(source_id, curated, facts, statements, path, text)


def iter_report(old: Captured, new: Capture) -> Iterator[str]:
    """Yield lines about changes: the original's bytes, each difference in words, and the statements that are no longer in the text."""
    recorded = old.facts.get("original_sha256")
    if recorded:
        yield f"original: {'the same bytes' if recorded == new.original_sha256 else 'different bytes'}"
    if old.text == new.text:
        yield "text: the same"
        return
    places = list(iter_differences(old.text, new.text))
    if not places:
        yield "text: the same words; only white space differs"
        return
    yield f"text: {len(places)} place(s) differ (captured → now)"
    yield from (f"  {place}" for place in places)
    lost = [str(entry.get("id")) for entry in old.statements if _is_lost(old.text, new.text, entry)]
    if lost:
        yield f"statements that are no longer in the text: {', '.join(lost)}"


def iter_differences(old: str, new: str) -> Iterator[str]:
    """Yield each place where the words differ, in order, with the words around it: “… the [old → new] words …”."""
    before, after = re.findall(r"\S+", old), re.findall(r"\S+", new)
    changes: list[list[int]] = []
    for step in Indel.opcodes(before, after):
        if step.tag == "equal":
            continue
        if changes and (step.src_start, step.dest_start) == (changes[-1][1], changes[-1][3]):
            changes[-1][1::2] = (
                step.src_end,
                step.dest_end,
            )  # words deleted and words inserted at one place
        else:
            changes.append([step.src_start, step.src_end, step.dest_start, step.dest_end])
    groups: list[list[list[int]]] = []
    for change in changes:
        if groups and change[0] - groups[-1][-1][1] <= CONTEXT:
            groups[-1].append(change)
        else:
            groups.append([change])
    for group in groups:
        at = max(0, group[0][0] - CONTEXT)
        words = ["…"] if at else []
        for first, last, start, end in group:
            words += before[at:first]
            words.append(
                as_plain([("-", " ".join(before[first:last])), ("+", " ".join(after[start:end]))])
            )
            at = last
        words += before[at : at + CONTEXT] + (["…"] if at + CONTEXT < len(before) else [])
        yield " ".join(words)


def _is_lost(old: str, new: str, entry: dict[str, Any]) -> bool:
    return _is_found(old, entry) and not _is_found(new, entry)


def _is_found(text: str, entry: dict[str, Any]) -> bool:
    try:
        locate_entry(Quotable.of(text), entry)
    except (QuotationProblem, KeyError, TypeError, AttributeError):  # not found, or not a quotation
        return False
    return True


def replaced_files(
    layout: Layout, ledger: Ledger, old: Captured, new: Capture
) -> dict[Path, bytes | None]:
    """Return the files to write for a new capture of the source: its text, capture.json, and the facts in the curated file.

    Raises PackageError if another text of the source was released, which never changes, or if the
    text is kept outside the package.
    """
    if old.facts.get("capture") == "outside":
        raise PackageError(
            f"the text of {old.source_id} is kept outside the package: replace {old.path} by hand"
        )
    released = ledger.entries.get((CAPTURES, old.source_id))
    digest = hashlib.sha256(new.text.encode("utf-8")).hexdigest()
    if released is not None and released["sha256"] != digest:
        raise PackageError(
            f"the text of {old.source_id} was released and cannot change: add the new text as a separate source"
        )
    outline = outline_to_change(f"the curation of {old.source_id}", old.curated)
    facts = outline.get("source")
    if facts is None or not isinstance(facts.value, Group):
        raise PackageError(
            f"the source {old.source_id} cannot be read; run `readouts validate` for details"
        )
    for key, text in (
        ("text_sha256", digest),
        ("original_sha256", new.original_sha256),
        ("media_type", new.media_type),
    ):
        entry = facts.value.get(key)
        if entry is None:
            facts.value.entries.append(Entry(Scalar(key, plain=True), Scalar(text)))
        else:
            entry.value = Scalar(text)
    curated = curated_text(layout, "source", old.source_id, outline)
    return {
        layout.capture(old.source_id): new.text.encode("utf-8"),
        layout.capture_record(old.source_id): record_of(new),
        layout.curated("source", old.source_id): curated.encode("utf-8"),
    }
