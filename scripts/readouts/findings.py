"""How bad data is told (`Finding`), how an unusable package is told (`PackageError`), how things are counted."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


class PackageError(Exception):
    """The package or a tool it needs cannot be used at all: one line, exit status 2."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake in the data.

    `code` is the name of the rule that is broken, stable across versions; `severity` is "error" or "warning".
    `path` is relative to the package root, with "/" as separator; `line` is physical and 1-based in that file
    (0 when the mistake is the file's absence). `field` and `record` name the value as the published tables do.
    """

    code: str
    severity: str
    path: str
    line: int
    field: str
    record: str
    message: str
    hint: str

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def reason_of(error: OSError) -> str:
    """Why the system refused, with the file if it named one."""
    reason = error.strerror or str(error)
    return f"{reason} ({error.filename})" if error.filename is not None else reason


def counted(number: int, noun: str) -> str:
    """A number with its noun, given in the singular: “1,200 statements”, “1 statement”."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def in_reading_order(findings: list[Finding]) -> list[Finding]:
    """Sorted by file and line, each mistake once."""
    return sorted(set(findings), key=lambda f: (f.path, f.line, f.code, f.record, f.field, f.message))
