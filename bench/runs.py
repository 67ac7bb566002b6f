"""Runs a command as a child process and measures its time, peak memory and output."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """`seconds` of wall time, `peak` in MiB of resident memory, processor seconds, exit code, stdout and stderr."""

    seconds: float
    peak: float
    processor: float
    code: int
    out: str
    err: str


def run(command: list[str], folder: Path | None = None, **environment: str) -> Run:
    """Run to the end. The peak is `ru_maxrss` of the child and its own children as the kernel counted it (the larger of them, not their sum).

    Earlier commands' data is first written to the disk, so that this one does not wait for it. The
    kernel counts the parent's memory in the child's peak, so the caller should be small: it only
    runs other commands.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        os.sync()
        started = time.perf_counter()
        child = subprocess.Popen(
            command, cwd=folder, env=os.environ | environment, stdout=out, stderr=err
        )
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        return Run(
            seconds,
            usage.ru_maxrss / 1024,
            usage.ru_utime + usage.ru_stime,
            child.returncode,
            out.read().decode("utf-8", "replace"),
            err.read().decode("utf-8", "replace"),
        )
