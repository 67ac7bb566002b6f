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
