"""The command line: gathers the commands and turns an unusable package into one line."""

from __future__ import annotations

import gc
import io
import sys

import click

from .commands import checking, curating, publishing, versions
from .findings import PackageError
from .report import plain

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


def _tell_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            sys.stdout.write(f"readouts {version('readouts')}\n")
        except PackageNotFoundError:
            sys.stdout.write("readouts, not installed\n")
        context.exit()


class _InOrder(click.Group):
    """A group that lists its commands in the order in which they are meant to be met."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=_InOrder, commands=COMMANDS)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_tell_version,
    help="Show the version of the tool.",
)
def app() -> None:
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
    except (PackageError, OSError) as error:
        sys.stderr.write(f"readouts: {plain(str(error))}\n")
        raise SystemExit(2) from None
