"""fmt, add, rename: what helps a curator write."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from .. import report
from ..layout import Layout
from . import Root


def fmt(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Curated files or folders; default: all of the package.")
    ] = None,
    root: Root = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; show what would change and exit 1 if anything would.")
    ] = False,
) -> None:
    """Bring curated files into their canonical form; write missing local ids and seal new captures."""
    from ..formatting import files_at, format_files
    from ..switching import exclusive, switch
    from ..tables.ledger import read_ledger

    layout = Layout.of(root)
    with exclusive(layout):
        outcome = format_files(layout, files_at(layout, paths or []), read_ledger(layout))
        if not check:
            switch(layout, {path: new.encode("utf-8") for path, (_, new) in outcome.changed.items()})
    if check:
        sys.stdout.write(report.plain(outcome.diff(layout)))
    names = "".join(f"{layout.relative(path)}: {'not in canonical form' if check else 'formatted'}\n" for path in outcome.changed)  # fmt: skip
    summary = f"{len(outcome.changed)} of {outcome.files} file(s) {'differ' if check else 'changed'}"
    if outcome.findings:
        summary += f"; {len(outcome.findings)} finding(s), their files left alone"
    sys.stdout.write(report.plain(names) + report.as_text(outcome.findings, summary))
    raise typer.Exit(1 if outcome.findings or (check and outcome.changed) else 0)
