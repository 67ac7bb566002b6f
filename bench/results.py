"""BENCHMARKS.md: results, written by the run that measured them. Each kind of run has its own block."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from datetime import date
from pathlib import Path

from readouts.core.findings import PackageError
from readouts.published.database import machine_memory

TITLE = "# Benchmarks\n\nThe benchmark runs write this page; each section gives its command.\n"


def write_block(path: Path, name: str, text: str) -> None:
    """Put a block in place of the one of that name, or at the end."""
    begin, end = f"<!-- begin: {name} -->\n", f"<!-- end: {name} -->\n"
    known = path.read_text(encoding="utf-8") if path.is_file() else TITLE
    head, found, rest = known.partition(begin)
    if not found:
        head = head.rstrip("\n") + "\n\n"
    path.write_text(
        head + begin + text.rstrip("\n") + "\n" + end + rest.partition(end)[2], encoding="utf-8"
    )


def machine(*packages: str) -> str:
    """The day, what else the machine was doing, the machine, and the versions of the packages, in one line. Raises PackageError for a missing one."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        lines = cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines()
        model = next(
            (line.partition(":")[2].strip() for line in lines if line.startswith("model name")),
            model,
        )
    memory = machine_memory() / 2**30
    try:
        versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in packages)
    except importlib.metadata.PackageNotFoundError as error:
        raise PackageError(f"{error.name} is not installed: pip install '.[bench]'") from error
    return (
        f"{date.today()}, load average {os.getloadavg()[0]:.0f} at the start, {model}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, "
        f"Python {platform.python_version()}{', ' if versions else ''}{versions}"
    )


def table(header: list[str], rows: list[list[str]]) -> str:
    """A Markdown table, the first column to the left, the others to the right."""
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"
