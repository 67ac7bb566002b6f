"""Runs a command in a child process that is killed, or whose file system calls fail, at a chosen moment."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from readouts.commands import cli

NOBODY = 65534
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_EVENTS = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.symlink")


@dataclass(frozen=True, slots=True)
class FaultPlan:
    """The fault of a run: `kill_at` or `refuse_at` the n-th change to the package's files (from 1),
    `kill_after` seconds, `largest` bytes of any file (a full disk in the middle of a write),
    `unprivileged` (read-only folders bind).
    """

    kill_at: int | None = None
    refuse_at: int | None = None
    kill_after: float | None = None
    largest: int | None = None
    unprivileged: bool = False


@dataclass(frozen=True, slots=True)
class End:
    """The end of a run: exit status (negative: the signal), standard error, number of changes begun."""

    status: int
    stderr: str
    changes: int


def run(root: Path, command: tuple[str, ...], plan: FaultPlan) -> End:
    """Run `readouts <command>` on the package in a forked child. Changes are counted by Python's audit events under `root`."""
    report = root.parent / "report"
    report.unlink(missing_ok=True)
    child = os.fork()
    if child == 0:
        _run_in_child(root, command, plan, report)
    if plan.kill_after is not None:
        time.sleep(plan.kill_after)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    number, _, text = (
        report.read_text(encoding="utf-8").partition("\n") if report.exists() else ("0", "", "")
    )
    return End(os.waitstatus_to_exitcode(status), text, int(number or 0))


def _run_in_child(root: Path, command: tuple[str, ...], plan: FaultPlan, report: Path) -> None:
    """The child: never returns."""
    seen = 0
    log = report.open("w", encoding="utf-8")
    inside = f"{root}/"

    def watch(event: str, arguments: tuple) -> None:
        nonlocal seen
        writes = event in _EVENTS or (
            event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING
        )
        if not writes or not str(arguments[0]).startswith(inside):
            return
        seen += 1
        if seen == plan.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        if plan.refuse_at is not None and seen >= plan.refuse_at:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(arguments[0]))

    errors = io.StringIO()
    status = 70
    try:
        sys.stdout, sys.stderr = io.StringIO(), errors
        if plan.unprivileged:
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        if plan.largest is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (plan.largest, plan.largest))
        sys.addaudithook(watch)
        sys.argv = ["readouts", *command, "--root", str(root)]
        status = _exit_status(cli.main)
    except BaseException as error:  # the child must not return into the parent's code
        errors.write(f"Traceback: {error!r}")
    with contextlib.suppress(OSError):
        log.write(f"{seen}\n{errors.getvalue()[:2000]}")
        log.flush()
    os._exit(status)


def _exit_status(main: Callable[[], None]) -> int:
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    return 0
