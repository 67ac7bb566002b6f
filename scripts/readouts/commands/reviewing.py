"""review: drafted entries one by one, in a terminal."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..core.findings import PackageError
from ..core.layout import Layout
from ..terminal import report
from . import root_option


@click.command()
@click.argument("what", metavar="SOURCE|EVENT", help="Id of a source or an event with drafts.")
@root_option
def review(what: str, root: Path | None) -> None:
    """Review drafts one by one in a terminal. One key accepts, edits, rejects or skips a draft; each decision is saved at once."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise PackageError(
            "review needs a terminal; elsewhere use `readouts accept` and `readouts reject`"
        )
    from rich.console import Console

    from ..drafting.drafted import chosen, read_target
    from ..review.session import Session

    layout = Layout.here(root)
    chosen(read_target(layout, what), ())
    session = Session(
        layout,
        what,
        Console(highlight=False),
        click.getchar,
        lambda text: click.edit(text, extension=".yaml"),
    )
    sys.stdout.write(report.plain(session.run()) + "\n")
