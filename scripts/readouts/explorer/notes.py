"""Information that only a curator sees on the pages of `preview`: findings, drafts and uncovered text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..compile.gaps import iter_uncovered_text
from ..compile.problems import QuotationProblem
from ..compile.rows import Rows
from ..compile.stretches import locate_entry
from ..core.findings import Finding
from ..curation.files import CuratedFile, Curation
from ..curation.quotations import Quotable, Stretch


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted statement or exclusion; its place is in code points of the captured text."""

    local: str
    kind: str
    by: str
    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True)
class Notes:
    """Findings by the folder or file that they are about, drafts and uncovered passages by source id."""

    findings: list[Finding] = field(default_factory=list)
    drafts: dict[str, list[Draft]] = field(default_factory=dict)
    uncovered: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    def about(self, *paths: str) -> list[Finding]:
        """Return the findings in these files, or in a folder given with a trailing slash."""
        return [
            finding
            for finding in self.findings
            if any(
                finding.path == path or (path.endswith("/") and finding.path.startswith(path))
                for path in paths
            )
        ]


def notes_of(curation: Curation, rows: Rows, findings: list[Finding]) -> Notes:
    """Return the notes of a package in its current curation."""
    notes = Notes(findings)
    for file in curation.of_kind("source"):
        text = curation.captures.get(file.identifier)
        if text is None:
            continue
        notes.drafts[file.identifier] = list(_iter_drafts(file, text))
    covered: dict[str, list[Stretch]] = {source_id: [] for source_id in curation.captures}
    for row in [*rows.tables["statements"], *rows.exclusions]:
        covered.setdefault(row["source_id"], []).append((row["start"], row["end"]))
    for source_id, text in curation.captures.items():
        notes.uncovered[source_id] = list(
            iter_uncovered_text(text, (0, len(text)), covered[source_id])
        )
    return notes


def _iter_drafts(file: CuratedFile, text: str) -> Iterator[Draft]:
    drafts = [
        (kind, *found)
        for kind in ("statements", "exclusions")
        for found in file.iter_entries(kind, drafts=True)
    ]
    source = Quotable.of(text) if drafts else None
    for kind, index, entry in drafts:
        try:
            start, end = locate_entry(source, entry)
        except (QuotationProblem, KeyError):
            continue  # a quotation that is not found has a finding of its own
        line = file.document.line((kind, index))
        yield Draft(
            str(entry.get("id") or ""),
            kind.removesuffix("s"),
            str(entry["draft"]),
            start,
            end,
            line,
        )
