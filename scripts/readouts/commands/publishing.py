"""bundle, push, verify: a release as a folder, on the Hub, and checked again from there."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .. import report
from ..layout import Layout
from . import Root

if TYPE_CHECKING:
    from ..validation import Validation


def bundle(
    root: Root = None,
    out: Annotated[Path, typer.Option("--out", help="The folder to write.")] = Path("bundle"),
) -> None:
    """Write the release as one folder: tables as Parquet, CSV and JSONL, card, descriptors, rules, checksums. Exit 1 if not valid."""
    from ..bundle import bundle_files, write_bundle
    from ..tables.ledger import read_ledger

    layout = Layout.of(root)
    outcome = _fresh(layout)
    files = bundle_files(layout, outcome.tables, outcome.rows, read_ledger(layout))
    write_bundle(files, out)
    size = sum(map(len, files.values()))
    sys.stdout.write(f"bundled: {len(files)} files, {size:,} bytes, in {out}; {outcome.summary}\n")


def _fresh(layout: Layout) -> Validation:
    """The validation of a package that is valid and whose derived files are fresh; else say what is wrong and end with exit 1."""
    from ..build import derived_files, differing
    from ..validation import validate_package

    outcome = validate_package(layout)
    if outcome.failed:
        sys.stdout.write(report.as_text(outcome.findings, outcome.summary))
        sys.stdout.write("nothing was done: mend the findings above first\n")
        raise typer.Exit(1)
    stale = differing(layout, derived_files(layout, outcome.tables, outcome.rows))
    if stale:
        sys.stdout.write(f"nothing was done: {', '.join(stale)} differ from a rebuild; run `readouts build`\n")
        raise typer.Exit(1)
    return outcome
