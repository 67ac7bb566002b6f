"""diff, release, withdraw."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from click.exceptions import Exit

from ..core.findings import PackageError
from ..core.layout import Layout
from . import root_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument(
    "reference", metavar="REF", help="Git revision, folder, or released version such as 1.0.0."
)
@root_option
@click.option("--format", "form", default="text", help="Report format: text, json or markdown.")
def diff(reference: str, root: Path | None, form: str) -> None:
    """Show what changed since REF, record by record. Also shows the version bump that the changes require."""
    from ..compile.compilation import compile_package
    from ..core.definitions import read_tables
    from ..curation.reading import read_curation
    from ..ledger.ledger import stamp
    from ..ledger.reading import read_ledger
    from ..ledger.release_status import release_status
    from ..releases.comparison import compare
    from ..releases.renderings import FORMATS
    from ..releases.snapshots import read_snapshot

    if form not in FORMATS:
        raise PackageError(f"unknown format '{form}' (choose from: {', '.join(FORMATS)})")
    layout = Layout.of(root)
    tables, ledger = read_tables(layout), read_ledger(layout)
    base = read_snapshot(reference, layout, tables, ledger)
    curation = read_curation(layout)
    rows = compile_package(layout, curation, tables)
    stamp(rows.tables, tables, ledger)
    comparison = compare(base, rows, tables, ledger)
    sys.stdout.write(FORMATS[form](comparison, release_status(rows.tables, tables, ledger)))


@click.command()
@click.argument("version", metavar="VERSION", help="Version to release, such as 1.1.0.")
@root_option
@click.option("--date", "day", help="Release date, YYYY-MM-DD. [default: today]")
def release(version: str, root: Path | None, day: str | None) -> None:
    """Release the data as VERSION. Updates ledger, changelog, descriptor, citation and dataset card together. Exit status 1 if the release is refused."""
    import datetime

    from ..core.switching import exclusive
    from ..curation.reading import read_curation
    from ..ledger.reading import read_ledger
    from ..publication.build import write_derived
    from ..releases.release import ReleaseRefused, release_contents, require_checked
    from ..terminal import report
    from ..validation.validate import validate_curation

    layout = Layout.here(root)
    with exclusive(layout):
        outcome = validate_curation(layout, read_curation(layout))
        if outcome.failed:
            sys.stdout.write(report.as_text(outcome.findings, outcome.summary))
        try:
            require_checked(outcome.failed, outcome.not_checked)
            contents = release_contents(
                layout,
                outcome.tables,
                outcome.rows,
                read_ledger(layout),
                version,
                day or datetime.date.today().isoformat(),
            )
        except ReleaseRefused as error:
            sys.stdout.write(f"refused: {report.plain(str(error))}\n")
            raise Exit(1) from error
        changed = write_derived(layout, contents)
    if outcome.drafts:
        sys.stdout.write(f"{outcome.left_out}\n")
    sys.stdout.write(
        f"released {version}: {len(changed)} file(s) written. Now commit and tag it:\n"
        f"  git add -A -- {' '.join(changed)}\n"
        f'  git commit -m "Release {version}"\n'
        f'  git tag -a v{version} -m "Readouts {version}"\n'
    )


@click.command()
@click.argument(
    "identifiers",
    nargs=-1,
    required=True,
    metavar="ID...",
    help="Ids of released sources, statements, events, claims, agents or offices.",
)
@root_option
@click.option(
    "--reason", required=True, help="Reason, in plain words; it is published in the ledger."
)
@click.option(
    "--as",
    "excluded_as",
    default="narration",
    help="Exclusion reason to record for a withdrawn statement's text.",
)
def withdraw(
    identifiers: tuple[str, ...], root: Path | None, reason: str, excluded_as: str
) -> None:
    """Permanently withdraw released records. Removes them from the curated files and marks them in the ledger. Exit status 1 if the withdrawal is refused."""
    from ..compile.compilation import compile_package
    from ..core.definitions import read_schema, read_tables
    from ..core.switching import exclusive
    from ..curation.reading import read_curation
    from ..ledger.reading import read_ledger
    from ..publication.build import write_derived
    from ..releases.withdrawal import WithdrawalRefused, exclusion_reasons, plan_withdrawal
    from ..terminal import report
    from ..validation.validate import validate_curation

    layout = Layout.here(root)
    terms = exclusion_reasons(read_schema(layout, "curation/source"))
    if excluded_as not in terms:
        raise PackageError(
            f"unknown reason '{excluded_as}' for --as (choose from: {', '.join(terms)})"
        )
    with exclusive(layout):
        curation, tables = read_curation(layout), read_tables(layout)
        rows = compile_package(layout, curation, tables)
        try:
            plan = plan_withdrawal(
                layout,
                curation,
                rows,
                tables,
                read_ledger(layout),
                list(identifiers),
                reason,
                excluded_as,
            )
        except WithdrawalRefused as error:
            sys.stdout.write(f"refused: {report.plain(str(error))}\n")
            raise Exit(1) from error
        changed = write_derived(layout, plan.contents)
        outcome = validate_curation(layout, read_curation(layout))
    for table, record in plan.named:
        sys.stdout.write(f"withdrawn: {record} ({table})\n")
    for table, record in plan.dependents:
        sys.stdout.write(f"  with it: {record} ({table})\n")
    sys.stdout.write(f"changed: {', '.join(changed)}\n")
    if outcome.findings:
        sys.stdout.write(report.as_text(outcome.findings, outcome.summary))
    else:
        sys.stdout.write("next: run `readouts build`; the next release must be a major version\n")
