"""The outcome of a validation, and its summary in words."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..compile.drafts import CODE
from ..compile.rows import Rows
from ..core.definitions import Table
from ..core.findings import Finding, counted
from ..curation.repairs import Repair
from ..ledger.ledger import Ledger
from ..ledger.release_status import ReleaseStatus
from ..rules.guards import Guard


@dataclass(frozen=True, slots=True)
class Validation:
    """The outcome: findings in reading order, the compiled rows, and how much was verified."""

    findings: list[Finding]
    tables: dict[str, Table]
    rows: Rows
    guards: list[Guard]
    captures: int
    not_checked: int
    """Number of statements of sources whose capture is not available."""
    jsonl: dict[str, bytes] = field(default_factory=dict)
    """The rows by table as published in JSONL, and as DuckDB read them."""
    ledger: Ledger = field(default_factory=Ledger)
    repairs: list[Repair] = field(default_factory=list)
    """The unambiguous corrections of the curated files."""
    only: str = ""
    """The source that alone was validated, with what it refers to; "" if all were."""
    accepted: int = 0
    """Reviews that silenced a finding."""
    state: ReleaseStatus | None = None
    """The release status of the tables; None if it was not requested or if it is undefined because the data is invalid."""

    @property
    def failed(self) -> bool:
        """Return True if there is any error except drafts that are not accepted: those are left out."""
        return any(
            finding.severity == "error" and finding.code != CODE for finding in self.findings
        )

    @property
    def drafts(self) -> int:
        """Return the number of drafted entries, which are left out of all tables."""
        return sum(finding.code == CODE for finding in self.findings)

    @property
    def left_out(self) -> str:
        """Describe how many drafts are left out, "" if none."""
        return (
            f"{self.drafts} {'draft is' if self.drafts == 1 else 'drafts are'} left out until accepted"
            if self.drafts
            else ""
        )

    @property
    def release_status(self) -> str:
        return self.state.in_words if self.state else ""

    @property
    def summary(self) -> str:
        counts = self.rows.tables
        errors = sum(
            finding.severity == "error" and finding.code != CODE for finding in self.findings
        )
        checked = (
            f"{counted(len(counts['statements']), 'statement')} and "
            f"{counted(len(counts['segments']), 'segment')} against {counted(self.captures, 'capture')}, "
            f"{counted(len(self.guards), 'guard')}, {self.not_checked} not checked"
            + (f", {counted(self.accepted, 'finding')} accepted by review" if self.accepted else "")
        )
        checked += f"; {self.left_out}" if self.drafts else ""
        alone = f"; only {self.only} and the records it refers to were checked" if self.only else ""
        if self.failed:
            files = len(
                {
                    finding.path
                    for finding in self.findings
                    if finding.severity == "error" and finding.code != CODE
                }
            )
            failure = f"failed: {counted(errors, 'error')} in {counted(files, 'file')}"
            reviews = {guard.code for guard in self.guards if guard.kind == "review"}
            doubtful = sum(finding.code in reviews for finding in self.findings)
            if doubtful:
                failure += (
                    f" ({doubtful} can be accepted with `reviewed`, see `readouts explain CODE`)"
                )
            return f"{failure}; everything that does not depend on {'it' if errors == 1 else 'them'} was checked: {checked}{alone}"
        return f"valid: {checked}, {counted(errors, 'error')}{alone}" + (
            f"; {self.release_status}" if self.release_status else ""
        )
