"""`readouts validate`: rebuilds all curated entries from the captures and checks them against all rules."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from ..advice.guard_findings import add_advice
from ..advice.quotations import quotation_findings
from ..compile.compilation import compile_package
from ..compile.drafts import CODE
from ..compile.files import jsonl_from_rows
from ..compile.rows import Rows
from ..core.definitions import Table, read_tables
from ..core.findings import Finding, counted, in_reading_order
from ..core.layout import Layout
from ..core.progress import Progress, silent
from ..core.values import SchemaValidator
from ..curation.dependencies import dependencies_of
from ..curation.files import Curation, read_curation
from ..curation.repairs import Repair
from ..ledger.identity import iter_exchanged
from ..ledger.ledger import CAPTURES, IDENTIFIED, KEYS, Ledger, stamp
from ..ledger.missing_records import explain_missing_file, require_ledger, suggest_released_ids
from ..ledger.reading import read_ledger
from ..ledger.release_status import ReleaseStatus, status_since_release
from ..rules.guards import Guard, read_guards
from ..rules.small import FEW, run_guards
from ..rules.views import column_types
from .deduplication import deduplicate_findings

EXCLUSIONS = {"source_id": "VARCHAR", "start": "BIGINT", "end": "BIGINT", "reason": "VARCHAR"}


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


def validate(root: str | Path | None = None) -> list[Finding]:
    """Return every finding in the package at `root` (default: the one around the working directory), in reading order.

    An empty list means that every statement was re-derived from its capture and every rule holds.
    Raises PackageError.
    """
    return validate_package(Layout.of(root)).findings


def validate_package(layout: Layout, progress: Progress = silent) -> Validation:
    """Read, compile and validate a whole package. Raises PackageError if it is unusable."""
    return validate_curation(layout, read_curation(layout, progress=progress), progress=progress)


def validate_source(layout: Layout, source_id: str) -> Validation:
    """Validate one source with what it refers to: the findings in its files, its events' and their agents', as in the whole package.

    Raises PackageError if the package is unusable or there is no such source.
    """
    around = dependencies_of(layout, source_id)
    curation = read_curation(layout, around.files)
    outcome = validate_curation(layout, curation, around.files)
    paths = {layout.relative(layout.curated(*key)) for key in around.reported}
    folder = layout.relative(layout.sources / source_id) + "/"
    findings = [f for f in outcome.findings if f.path in paths or f.path.startswith(folder)]
    return replace(
        outcome, findings=in_reading_order(deduplicate_findings(findings, curation)), only=source_id
    )


def validate_curation(
    layout: Layout,
    curation: Curation,
    files: frozenset[tuple[str, str]] | None = None,
    progress: Progress = silent,
    compiled: Rows | None = None,
) -> Validation:
    """Compile the curated files, unless they are `compiled` already, and check it against the schemas and guards.

    `files` are the (kind, id) of the curated files read if these are not all: then the ledger's
    other records are ignored.
    """
    require_ledger(layout)
    tables = read_tables(layout)
    guards = read_guards(layout)
    rows = compile_package(layout, curation, tables, progress) if compiled is None else compiled
    ledger = read_ledger(layout) if files is None else _ledger_of(layout, files)
    stamp(rows.tables, tables, ledger)
    findings = suggest_released_ids(
        curation.findings + rows.findings, curation.files.values(), ledger
    )
    quoted, repairs = quotation_findings(rows.misquotations)
    findings += quoted
    findings += [
        _finding(layout, rows, "released_ids_mean_the_same", "error", table, record, field, message,
                 "Give each record its own id back: a record may be revised, but an id always refers to the same record.")
        for table, record, field, message in iter_exchanged(rows.tables, tables, ledger)
    ]  # fmt: skip
    jsonl = {}
    for name in tables:
        progress(f"checking {counted(len(rows.tables[name]), 'row')} of {name}")
        findings += _check_values(layout, rows, tables[name])
        jsonl[name] = jsonl_from_rows(rows.tables[name])
    found_by_guards, accepted = _check_relations(
        layout, curation, rows, tables, guards, ledger, jsonl, repairs, progress
    )
    # For a single source it is unknown whether a review is still needed: the rule may compare with
    # files that were not read.
    findings += [
        finding
        for finding in found_by_guards
        if files is None or finding.code != "review_still_needed"
    ]
    if files is None:  # otherwise once it is known which findings are reported
        findings = deduplicate_findings(findings, curation)
    findings = [explain_missing_file(finding, layout, ledger) for finding in findings]
    missing = sum(row["source_id"] not in curation.captures for row in rows.tables["statements"])
    found = Validation(
        in_reading_order(findings),
        tables,
        rows,
        guards,
        len(curation.captures),
        missing,
        jsonl,
        ledger,
        [*curation.repairs, *repairs],
        accepted=accepted,
    )
    if found.failed or files is not None:
        return found
    return replace(found, state=status_since_release(rows.tables, tables, ledger))


def _ledger_of(layout: Layout, files: frozenset[tuple[str, str]]) -> Ledger:
    """Return the ledger with the lines about records of the files; agents and offices are all kept."""
    kinds = {
        "sources": "source",
        "statements": "source",
        "captures": "source",
        "events": "event",
        "claims": "event",
    }
    ledger = read_ledger(layout, {identifier for kind, identifier in files if kind != "agent"})
    return Ledger({
        (table, record): entry for (table, record), entry in ledger.entries.items()
        if table not in kinds or (kinds[table], record.partition(".")[0]) in files
    })  # fmt: skip


def _place_of_absent(layout: Layout, rows: Rows, table: str, record: str) -> tuple[str, int]:
    """Return (path, line) where a missing record belongs: its own file, or the list for such records in its owner's file."""
    if table in ("sources", "events", "agents"):
        return layout.relative(layout.curated(table.removesuffix("s"), record)), 0
    owner = rows.owner_of(table, record)
    origin = owner and rows.origins.get(owner)
    if origin is None:
        return f"data/tables/{table}.jsonl", 0
    return origin.file.path, origin.file.document.line((table,))


def _finding(
    layout: Layout,
    rows: Rows,
    code: str,
    severity: str,
    table: str,
    record: str,
    field: str,
    message: str,
    hint: str,
) -> Finding:
    """Return a finding about a compiled record, located at the line of the curated file that it comes from."""
    origin = rows.origin_of(table, record)
    if origin and origin.place[:2] == ("source", "attributions"):
        record = (
            origin.file.identifier
        )  # of the whole source: reported once, not for each statement
    path, line = (
        (origin.file.path, origin.line(field))
        if origin
        else _place_of_absent(layout, rows, table, record)
    )
    return Finding(code, severity, path, line, field, record, message, hint)


def _check_values(layout: Layout, rows: Rows, table: Table) -> list[Finding]:
    """Check the rules of one value on the compiled rows. Curated values were checked before; this checks the derived ones."""
    validator = SchemaValidator(f"schema/tables/{table.name}.schema.json", table.schema)
    return [
        _finding(layout, rows, problem.code, "error", table.name, table.record_id(row), str(problem.path[0]) if problem.path else "",
                 problem.message, problem.hint)
        for row in rows.tables[table.name] if not validator.accepts(row)
        for problem in validator.iter_problems(row)
    ]  # fmt: skip


def _check_relations(
    layout: Layout,
    curation: Curation,
    rows: Rows,
    tables: dict[str, Table],
    guards: list[Guard],
    ledger: Ledger,
    jsonl: dict[str, bytes],
    repairs: list[Repair],
    progress: Progress,
) -> tuple[list[Finding], int]:
    """Return (findings of the guards, number of reviews that silenced a finding)."""
    promised = [
        entry for (table, _), entry in ledger.entries.items() if table in (*IDENTIFIED, CAPTURES)
    ]
    incomplete = [{"table_name": t, "record_id": r} for t, r in sorted(rows.incomplete)]
    incomplete += [
        {"table_name": "files", "record_id": r}
        for t, r in sorted(curation.quarantined)
        if t == "sources"
    ]
    captures = [
        {"source_id": source_id, "text": text} for source_id, text in curation.captures.items()
    ]
    relations = {
        f"all_{name}": (column_types(table), jsonl[name]) for name, table in tables.items()
    } | {
        "captures": (dict.fromkeys(("source_id", "text"), "VARCHAR"), jsonl_from_rows(captures)),
        "exclusions": (EXCLUSIONS, jsonl_from_rows(rows.exclusions)),
        "incomplete": (
            dict.fromkeys(("table_name", "record_id"), "VARCHAR"),
            jsonl_from_rows(incomplete),
        ),
        "ledger": (dict.fromkeys(KEYS, "VARCHAR"), jsonl_from_rows(promised)),
    }
    few = sum(map(len, rows.tables.values())) < FEW
    violations, accepted = run_guards(layout, tables, guards, relations, few, progress)
    found = [
        add_advice(
            _finding(
                layout,
                rows,
                b.guard.code,
                b.guard.severity,
                b.table,
                b.record,
                b.field,
                b.message,
                b.hint,
            ),
            b.table,
            rows,
            curation,
            repairs,
        )
        for b in violations
    ]
    return found, accepted
