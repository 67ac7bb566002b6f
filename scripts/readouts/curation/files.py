"""Curated files as read: the entries that can be used, the captures, and what was left out.

An entry that violates its schema is left out and the rest of its file is used; a file that cannot
be used as a whole is left out. Both are `quarantined`: later stages leave out records that refer to
them without additional findings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..core.findings import Finding
from .repairs import Repair, without
from .texts import is_draft
from .yaml_document import Path, YamlDocument


@dataclass(slots=True)
class CuratedFile:
    """One curated file that parsed: its entries that fit the schema, each with its place in the document."""

    kind: str
    identifier: str
    path: str
    document: YamlDocument
    facts: dict[str, Any]
    dropped: set[tuple[str, int]] = field(default_factory=set)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    """Parts of a source's original that its capture leaves out, each with the reason; from capture.json."""
    broken: list[Path] = field(default_factory=list)
    """Places of the values that violated a rule."""

    def iter_entries(self, name: str, drafts: bool = False) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield (index, entry) of the list `name`, without those that violated the schema: those accepted, or the drafts alone."""
        for index, entry in enumerate(self.document.value.get(name) or ()):
            if (name, index) not in self.dropped and is_draft(entry) == drafts:
                yield index, entry

    def iter_broken(self, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield (index, entry) of the entries that were left out, without the values that violated a rule (in lists, as None)."""
        entries = self.document.value.get(name)
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(entry, dict) and ((name, index) in self.dropped or not self.facts):
                for place in self.broken:
                    if place[:2] == (name, index):
                        entry = without(entry, place[2:])
                yield index, entry

    def finding(
        self, code: str, place: tuple[str | int, ...], record: str, message: str, hint: str
    ) -> Finding:
        name = next((str(step) for step in reversed(place) if isinstance(step, str)), "")
        return Finding(
            code, "error", self.path, self.document.line(place), name, record, message, hint
        )


@dataclass(slots=True)
class Curation:
    """All curated files by (kind, id), all captures by source id, and the findings while reading them."""

    files: dict[tuple[str, str], CuratedFile] = field(default_factory=dict)
    captures: dict[str, str] = field(default_factory=dict)
    capture_hashes: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    pages: dict[str, list[int]] = field(default_factory=dict)
    """Offsets in the capture (code points) at which each page of the original begins, by source id; from capture.json."""
    absent: set[str] = field(default_factory=set)
    """Sources whose captured text is kept outside the repository and is missing."""
    unusable: list[CuratedFile] = field(default_factory=list)
    """Files that parsed but cannot be used, because their facts violated a rule or their capture is missing."""
    quarantined: set[tuple[str, str]] = field(default_factory=set)
    """(table, id) of records that exist in the files and violated a rule; for a whole file, its own record."""

    repairs: list[Repair] = field(default_factory=list)
    """Unambiguous corrections of a finding: terms in other letter case."""

    def of_kind(self, kind: str) -> Iterator[CuratedFile]:
        return (file for (k, _), file in self.files.items() if k == kind)
