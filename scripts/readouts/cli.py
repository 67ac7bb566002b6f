"""The command line: gathers the commands and turns an unusable package into one line."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
from types import FrameType

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
_signals: list[int] = []
"""Those that told the tool to end."""


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


@click.group(cls=_InOrder, commands=COMMANDS, context_settings={"show_default": True})
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
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a character gets its escape, not a traceback.
            stream.reconfigure(errors="backslashreplace")
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _end)
    try:
        status = _status()
        sys.stdout.flush()
    except BrokenPipeError:
        # Nobody reads on: what is still to be written goes nowhere.
        for stream in (sys.stdout, sys.stderr):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        status = 2
    raise SystemExit(status)


def _end(number: int, _: FrameType | None) -> None:
    """Told to end by a signal, whichever: nothing is left behind, no scratch files and no half-written package."""
    _signals.append(number)
    raise KeyboardInterrupt


def _status() -> int:
    """Run the command that was asked for. Click's own `main` would end with 1, which here means findings, where it is interrupted or nobody reads on."""
    try:
        with app.make_context("readouts", sys.argv[1:]) as context:
            app.invoke(context)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, RuntimeError):
        # A query of DuckDB that a signal ends is a RuntimeError.
        if not _signals:
            raise
        return 128 + _signals[0]
    except BrokenPipeError:
        raise
    except (PackageError, OSError) as error:
        sys.stderr.write(f"readouts: {plain(str(error))}\n")
        return 2
    return 0
