"""The command line: gathers the commands and turns an unusable package into one line."""

from __future__ import annotations

import gc
import io
import os
import sys
from typing import Annotated

import typer

from .commands import checking, curating, publishing, versions
from .findings import PackageError
from .report import plain

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
COMMANDS = (
    checking.validate,
    checking.build,
    checking.load,
    checking.show,
    checking.agreement,
    checking.explain,
    versions.diff,
    versions.release,
    versions.withdraw,
    publishing.bundle,
    publishing.push,
    publishing.verify,
    curating.add,
    curating.uncovered,
    curating.fmt,
    curating.rename,
)
for command in COMMANDS:
    app.command()(command)


def _tell_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            sys.stdout.write(f"readouts {version('readouts')}\n")
        except PackageNotFoundError:
            sys.stdout.write("readouts, not installed\n")
        raise typer.Exit


@app.callback()
def readouts(
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Show the version of the tool.")
    ] = False,
) -> None:
    """Diplomatic statements that a machine can check: who said what, when, and according to whom."""


def main() -> None:
    """Entry point: an unusable package, or a machine that refuses a file (full disk, read-only), is one line and exit status 2."""
    # A command reads and makes objects by the million and keeps them: to search them again and again for garbage takes longer than the work.
    gc.set_threshold(200_000, 50, 1_000)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a character gets its escape, not a traceback.
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(2) from None
    except (PackageError, OSError) as error:
        sys.stderr.write(f"readouts: {plain(str(error))}\n")
        raise SystemExit(2) from None
