"""compare: two or more accounts side by side."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..core.findings import PackageError
from ..core.layout import Layout
from ..core.progress import StatusLine
from ..terminal import report
from . import PATH, root_option
from .drafting import draft_event

if TYPE_CHECKING:
    from rich.console import RenderableType

    from ..compare.accounts import Account
    from ..compare.result import AccountComparison

    Shown = str | Callable[..., RenderableType]
    """Text to print, or a function that renders it for a terminal with or without styles."""

FORMATS = ("text", "json", "csv", "markdown")
ENGINES = ("rules", "model")
WIDTH = 120
"""Columns of the table if the output is not a terminal."""


@click.command()
@click.argument("names", nargs=-1, metavar="A B [C…]")
@root_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="Output format.")
@click.option("--html", type=PATH, help="Also write one self-contained HTML page to this file.")
@click.option(
    "--texts",
    type=PATH,
    help="Also write the compared texts to this folder, which the offsets refer to.",
)
@click.option(
    "--redline", is_flag=True, help="Show the changes between successive versions of one text."
)
@click.option(
    "--event",
    help="Compare the accounts of this event in the package, by its claims if it has any.",
)
@click.option(
    "--draft",
    is_flag=True,
    help="With --event: also write the matches as drafted claims of the event.",
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="rules",
    help="Engine that matches the points of the accounts.",
)
@click.option(
    "--semantic",
    metavar="MODEL",
    help="Folder or Hub id of a static embedding model, for accounts in different languages.",
)
@click.option(
    "--language", help="Language of the accounts (such as en). [default: as stated or detected]"
)
def compare(
    names: Sequence[str],
    root: Path | None,
    form: str,
    html: Path | None,
    texts: Path | None,
    redline: bool,
    event: str | None,
    draft: bool,
    engine: str,
    semantic: str | None,
    language: str | None,
) -> None:
    """Compare accounts of one event. Shows what they share, word differently or omit. Each account is a file, a web address or a source id."""
    from ..compare.accounts import read_accounts

    result = None
    if event is not None:
        if names or redline:
            raise PackageError(
                f"--event compares the accounts of an event: leave out {names[0] if names else '--redline'}"
            )
        from ..compare.curated import sources_of

        names, result = sources_of(event, root)
    elif draft:
        raise PackageError("--draft writes claims into an event: pass --event")
    if len(names) < 2:
        raise PackageError("compare needs at least two accounts: readouts compare A B")
    across = (semantic is not None or engine == "model") and not redline
    accounts = (
        result.accounts if result else read_accounts(names, root, date.today(), language, across)
    )
    shown, page = (
        _redline(accounts, form) if redline else _compared(accounts, form, result, engine, semantic)
    )
    if html is not None:
        _write(html, page())
    if texts is not None:
        for number, account in enumerate(accounts):
            _write(texts / f"{number}.txt", account.text)
    _print(shown)
    if draft and event is not None:
        draft_event(Layout.here(root), event, sys.stderr)


def _compared(
    accounts: Sequence[Account],
    form: str,
    result: AccountComparison | None,
    engine: str,
    semantic: str | None,
) -> tuple[Shown, Callable[[], str]]:
    """Return (output to print, function that makes the page) for a comparison."""
    from ..compare import data, page, terminal
    from ..compare.result import compare_accounts

    if result is None and engine == "model":
        from ..compare.by_model import compare_by_model

        with StatusLine(sys.stderr) as status:
            result, notes = compare_by_model(accounts, status)
        for note in notes:
            sys.stderr.write(report.plain(f"{note}\n"))
    if result is None:
        from ..compare.embedding import similar_by

        several = len({account.language for account in accounts}) > 1
        result = compare_accounts(accounts, similar_by(semantic) if semantic and several else None)
    shown = partial(terminal.rendered, result) if form == "text" else data.FORMATS[form](result)
    return shown, partial(page.as_html, result)


def _redline(accounts: Sequence[Account], form: str) -> tuple[Shown, Callable[[], str]]:
    """Return (output to print, function that makes the page) for successive versions."""
    from ..compare import redlining

    steps = redlining.steps_of(accounts)
    shown = partial(redlining.rendered, steps) if form == "text" else redlining.FORMATS[form](steps)
    return shown, partial(redlining.as_html, steps)


def _print(shown: Shown) -> None:
    if isinstance(shown, str):
        sys.stdout.write(shown)
        return
    import shutil

    from rich.console import Console

    terminal = sys.stdout.isatty()
    console = Console(width=shutil.get_terminal_size().columns if terminal else WIDTH)
    console.print(shown(styled=console.is_terminal))


def _write(path: Path, text: str) -> None:
    """Write a file that the user named, creating its folder if necessary. Raises PackageError if it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
    except OSError as error:
        raise PackageError(
            f"{path} cannot be written: {error.strerror}; pass another file or folder"
        ) from error
    sys.stderr.write(report.plain(f"wrote {path}\n"))
