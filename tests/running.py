"""Runs commands in this process, because importing the tool takes longer than most commands."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from readouts.commands import cli
from readouts.core.findings import PackageError

SETTINGS = {"COLUMNS", "READOUTS_CAPTURES"}
"""Variables that a command reads when it runs. Python, its libraries and the Hub's clients read theirs at start or import."""


def run_here(
    *arguments: object, cwd: Path, keys: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Do what `python -m readouts …` does, except for signals and the encoding of streams; `keys` is its standard input."""
    streams = {
        name: io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for name in ("stdout", "stderr")
    }
    command = ["readouts", *map(str, arguments)]
    with (
        _settings(cwd, command, environment),
        mock.patch.multiple(sys, stdin=io.StringIO(keys), **streams),
    ):
        try:
            status = cli._status()
        except (PackageError, OSError) as error:
            status = 2
            cli._print_error(error)
        except SystemExit as error:
            status = int(error.code or 0)
    for stream in streams.values():
        stream.flush()
    written = [
        stream.buffer.getvalue().decode().replace(os.linesep, "\n") for stream in streams.values()
    ]
    return subprocess.CompletedProcess(command, status, *written)


@contextlib.contextmanager
def _settings(cwd: Path, command: list[str], environment: dict[str, str]) -> Iterator[None]:
    with (
        contextlib.chdir(cwd),
        mock.patch.dict(os.environ, {"COLUMNS": "200", **environment}),
        mock.patch.object(sys, "argv", command),
    ):
        yield


def fits_here(environment: dict[str, str]) -> bool:
    """Return True if a command with these variables behaves here as in a subprocess."""
    return (
        SETTINGS.issuperset(environment) and threading.current_thread() is threading.main_thread()
    )
