"""diff, release, withdraw: what changed, a version of it, and what is taken out for good."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from ..findings import PackageError
from ..layout import Layout
from . import Root


def diff(
    reference: Annotated[
        str, typer.Argument(metavar="REF", help="A git revision, a folder, or a released version like 1.0.0.")
    ],
    root: Root = None,
    form: Annotated[str, typer.Option("--format", help="text, json or markdown")] = "text",
) -> None:
    """Show what changed since REF, record by record, and which version that demands."""
    from ..curation.files import read_curation
    from ..releases.comparison import compare
    from ..releases.renderings import FORMATS
    from ..releases.snapshots import read_snapshot
    from ..tables.compilation import compile_rows
    from ..tables.definitions import read_tables
    from ..tables.ledger import read_ledger, stamp
    from ..tables.standing import standing

    if form not in FORMATS:
        raise PackageError(f"there is no format {form}; there are {', '.join(FORMATS)}")
    layout = Layout.of(root)
    tables, ledger = read_tables(layout), read_ledger(layout)
    base = read_snapshot(reference, layout, tables, ledger)
    rows = compile_rows(read_curation(layout), tables)
    stamp(rows.tables, tables, ledger)
    comparison = compare(base, rows, tables, ledger)
    sys.stdout.write(FORMATS[form](comparison, standing(rows.tables, tables, ledger)))


def release(
    version: Annotated[str, typer.Argument(metavar="VERSION", help="The version to make, like 1.1.0.")],
    root: Root = None,
    day: Annotated[str | None, typer.Option("--date", help="Its day, YYYY-MM-DD; default: today.")] = None,
) -> None:
    """Make a release: ledger, change log, descriptor, citation and card together. Exit 1 if it may not be made."""
    import datetime

    from .. import report
    from ..build import write_derived
    from ..curation.files import read_curation
    from ..releases.release import ReleaseRefused, release_contents, require_checked
    from ..switching import exclusive
    from ..tables.ledger import read_ledger
    from ..validation import judge

    layout = Layout.of(root)
    with exclusive(layout):
        outcome = judge(layout, read_curation(layout))
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
            raise typer.Exit(1) from error
        changed = write_derived(layout, contents)
    sys.stdout.write(
        f"released {version}: {len(changed)} file(s) written. What is left to git:\n"
        f"  git add -A -- {' '.join(changed)}\n"
        f'  git commit -m "Release {version}"\n'
        f'  git tag -a v{version} -m "Readouts {version}"\n'
    )
