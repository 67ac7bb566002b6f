"""`readouts validate`: rebuilds all curated entries from the captures and checks them against all rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ..advice.guard_findings import add_advice
from ..advice.quotations import quotation_findings
from ..compile.compilation import compile_package
from ..compile.files import jsonl_from_rows
from ..compile.rows import Rows
from ..core.definitions import Table, read_tables
from ..core.findings import Finding, counted, in_reading_order
from ..core.layout import Layout
from ..core.progress import Progress, silent
from ..curation.dependencies import dependencies_of
from ..curation.files import Curation
from ..curation.reading import read_curation
from ..curation.repairs import Repair
from ..ledger.ledger import Ledger, stamp
from ..ledger.missing_records import explain_missing_file, require_ledger, suggest_released_ids
from ..ledger.reading import read_ledger
from ..ledger.release_status import status_since_release
from ..rules.guards import Violation, read_guards
from ..rules.small import FEW, run_guards
from .deduplication import deduplicate_findings
from .outcome import Validation
from .record_findings import exchanged_ids, record_finding, wrong_values
from .relations import relations_of_package


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
    findings, repairs = _findings_before_guards(layout, curation, rows, tables, ledger)
    jsonl = {}
    for name in tables:
        progress(f"checking {counted(len(rows.tables[name]), 'row')} of {name}")
        findings += wrong_values(layout, rows, tables[name])
        jsonl[name] = jsonl_from_rows(rows.tables[name])
    relations = relations_of_package(curation, rows, tables, ledger, jsonl)
    few = sum(map(len, rows.tables.values())) < FEW
    violations, accepted = run_guards(layout, tables, guards, relations, few, progress)
    findings += _findings_of_guards(
        layout, curation, rows, violations, repairs, alone=files is not None
    )
    if files is None:  # otherwise once it is known which findings are reported
        findings = deduplicate_findings(findings, curation)
    found = Validation(
        in_reading_order([explain_missing_file(f, layout, ledger) for f in findings]),
        tables,
        rows,
        guards,
        captures=len(curation.captures),
        not_checked=_number_not_checked(curation, rows),
        jsonl=jsonl,
        ledger=ledger,
        repairs=[*curation.repairs, *repairs],
        accepted=accepted,
    )
    if found.failed or files is not None:
        return found
    return replace(found, state=status_since_release(rows.tables, tables, ledger))


def _findings_before_guards(
    layout: Layout, curation: Curation, rows: Rows, tables: dict[str, Table], ledger: Ledger
) -> tuple[list[Finding], list[Repair]]:
    """Return the findings of reading and compiling, with their repairs."""
    findings = suggest_released_ids(
        curation.findings + rows.findings, curation.files.values(), ledger
    )
    quoted, repairs = quotation_findings(rows.misquotations)
    return [*findings, *quoted, *exchanged_ids(layout, rows, tables, ledger)], repairs


def _findings_of_guards(
    layout: Layout,
    curation: Curation,
    rows: Rows,
    violations: Iterable[Violation],
    repairs: list[Repair],
    alone: bool,
) -> list[Finding]:
    """Return the violations of guards as findings with advice, adding unambiguous corrections to `repairs`.

    If a source is validated `alone`, it is unknown whether a review is still needed: the rule may
    compare with files that were not read.
    """
    findings = []
    for violation in violations:
        guard, table, record = violation.guard, violation.table, violation.record
        found = record_finding(
            layout, rows, guard.code, guard.severity, table, record, violation.field,
            violation.message, violation.hint,
        )  # fmt: skip
        found = add_advice(found, table, rows, curation, repairs)
        if not alone or found.code != "review_still_needed":
            findings.append(found)
    return findings


def _number_not_checked(curation: Curation, rows: Rows) -> int:
    """Return the number of statements of sources whose capture is not available."""
    return sum(row["source_id"] not in curation.captures for row in rows.tables["statements"])


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
