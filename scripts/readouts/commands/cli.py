"""The command line: collects the commands, and prints PackageError as one line."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
from contextlib import suppress
from types import FrameType

import click

from ..core.findings import PackageError, reason_of
from ..core.version import tool_version
from ..terminal.report import plain
from . import (
    checking,
    comparing,
    curating,
    drafting,
    exploring,
    publishing,
    reviewing,
    starting,
    validating,
    versions,
)

COMMANDS = (
    starting.init,
    validating.validate,
    checking.build,
    checking.load,
    checking.show,
    checking.agreement,
    comparing.compare,
    exploring.site,
    exploring.preview,
    checking.explain,
    versions.diff,
    versions.release,
    versions.withdraw,
    publishing.bundle,
    publishing.push,
    publishing.verify,
    curating.add,
    curating.recapture,
    drafting.draft,
    reviewing.review,
    drafting.accept,
    drafting.reject,
    curating.uncovered,
    curating.fmt,
    curating.rename,
)
EXTRAS = {
    **dict.fromkeys(("datasets", "huggingface_hub", "pyarrow"), "hub"),
    **dict.fromkeys(("frictionless", "jsonschema"), "independent"),
    **dict.fromkeys(
        ("jinja2", "markupsafe", "markdown_it", "pagefind_bin", "leather", "watchfiles"), "site"
    ),
    **dict.fromkeys(("pyspark", "sqlglot", "pandas", "py4j"), "spark"),
}
"""Module → the extra that installs it; documents and drafting report their own."""
_ENDING = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]
_signals: list[int] = []
"""Signals that terminate the tool."""


def _show_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"readouts {tool_version()}\n")
        context.exit()


class _InOrder(click.Group):
    """A group that lists its commands in the order of a typical workflow."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=_InOrder, commands=COMMANDS, context_settings={"show_default": True})
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_show_version,
    help="Show the version of the tool.",
)
def app() -> None:
    """Diplomatic statements that a machine can check: who said what, when, and according to whom."""


def main() -> None:
    """Entry point. An unusable package or a refused file (full disk, read-only) gives a one-line error and exit status 2."""
    _use_utf8()
    # A command creates millions of objects and keeps them: searching them repeatedly for garbage
    # takes longer than the work.
    gc.set_threshold(200_000, 50, 1_000)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a character gets its escape, not a traceback.
            stream.reconfigure(errors="backslashreplace")
    for number in _ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:  # as after `nohup`
            signal.signal(number, _end)
    try:
        status = _status()
        sys.stdout.flush()
    except (PackageError, OSError) as error:
        status = 2
        _print_error(error)
    raise SystemExit(status)


def _use_utf8() -> None:
    """Restart in Python's UTF-8 mode if the locale uses another encoding (`LC_ALL=C` with `PYTHONUTF8=0`)."""
    if sys.getfilesystemencoding().lower() != "utf-8" and os.environ.get("PYTHONUTF8") != "1":
        os.execve(sys.executable, sys.orig_argv, os.environ | {"PYTHONUTF8": "1"})


def _print_error(error: Exception) -> None:
    """Print the error on one line; ignore it if stderr is closed."""
    if not isinstance(error, BrokenPipeError):
        with suppress(OSError):
            reason = reason_of(error) if isinstance(error, OSError) else str(error)
            sys.stderr.write(f"readouts: {plain(reason)}\n")
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _end(number: int, _: FrameType | None) -> None:
    """Exit on a signal without leaving scratch files or a half-written package."""
    _signals.append(number)
    for ending in _ENDING:
        signal.signal(ending, signal.SIG_IGN)  # a second one would interrupt the cleanup
    raise KeyboardInterrupt


def _status() -> int:
    """Run the command. Click's own `main` would exit with 1, which here means findings, on an interrupt or a closed pipe."""
    try:
        with app.make_context("readouts", sys.argv[1:]) as context:
            app.invoke(context)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except ModuleNotFoundError as error:
        extra = EXTRAS.get((error.name or "").partition(".")[0])
        if extra is None:
            raise
        raise PackageError(
            f"this command needs {error.name}, which is not installed: pip install 'readouts[{extra}]'"
        ) from error
    except (KeyboardInterrupt, RuntimeError):
        # A DuckDB query ended by a signal is a RuntimeError.
        if not _signals:
            raise
        return 128 + _signals[0]
    return 0
