"""A command run as a child process: how long it took, how much memory it had at its peak, what it printed."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """`seconds` of wall time, `peak` in MiB of resident memory, processor seconds, exit code, and what stood on stdout and stderr."""

    seconds: float
    peak: float
    processor: float
    code: int
    out: str
    err: str


def run(command: list[str], folder: Path | None = None, **environment: str) -> Run:
    """Run to the end. The peak is `ru_maxrss` of the child and its own children as the kernel counted it (the larger of them, not their sum).

    What earlier commands wrote is first put on the disk, lest this one wait for it. The kernel
    starts a child's peak at what its parent holds, so the caller should itself be small: it makes nothing, it only runs others.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        os.sync()
        started = time.perf_counter()
        child = subprocess.Popen(command, cwd=folder, env=os.environ | environment, stdout=out, stderr=err)
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
