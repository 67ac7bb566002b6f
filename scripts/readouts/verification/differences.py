"""Differences between the files of a bundle and those derived again."""

from __future__ import annotations

from collections.abc import Iterator

from ..core.findings import Finding
from ..core.version import tool_version
from ..publication.bundle import (
    CHECKSUMS,
    CROISSANT,
    Files,
)
from .origin import Origin

_DESCRIBING = ("datapackage.json", CROISSANT)
HINT = "Download it again; if the finding remains, the published files do not match their tables and publisher."


def iter_derived_differences(
    actual: Files,
    derived: Files,
    given: dict[str, bytes],
    made_with: str,
    trusted: bool,
    origin: Origin | None,
) -> Iterator[Finding]:
    """Yield the differences. Rules that git or a trusted signature explains are a warning: the publisher used different ones."""
    other_tool = made_with != tool_version()
    hint = f"Install readouts {made_with} and verify again." if other_tool else HINT
    if other_tool:
        yield finding_at(
            "made_by_installed_version", "warning", CROISSANT, 0,
            f"it was made with readouts {made_with}, but checked with the rules of readouts {tool_version()}", hint,
        )  # fmt: skip
    for path in sorted(actual.keys() | (derived.keys() - {CHECKSUMS})):
        if path not in derived:
            yield finding_at(
                "file_accounted_for",
                "error",
                path,
                0,
                "this file is not part of a version",
                "Delete it, and download the version again.",
            )
        elif path not in actual:
            yield finding_at(
                "file_present", "error", path, 0, "this file of the version is missing", HINT
            )
        elif actual[path] != derived[path]:
            yield _difference(path, actual[path], derived[path], given, trusted, origin, hint)


def _difference(
    path: str,
    actual: bytes,
    derived: bytes,
    given: dict[str, bytes],
    trusted: bool,
    origin: Origin | None,
    hint: str,
) -> Finding:
    """Return the finding about a file that differs."""
    line, words = _first_difference(actual, derived)
    if path.startswith("schema/"):
        severity = "warning" if trusted or given.get(path) == actual else "error"
        message = (
            f"it differs from the rule of readouts {tool_version()}, which was used here{words}"
        )
        return finding_at("rules_as_installed", severity, path, line, message, hint)
    if path in given and path not in ("CHANGELOG.md", "CITATION.cff") and origin:
        message = f"it differs from {origin.name}{words}"
        return finding_at("equals_git", "error", path, line, message, hint)
    code = "descriptor_matches_files" if path in _DESCRIBING else "file_as_derived"
    source = f" and {origin.name}" if origin else ""
    message = f"it differs from what is derived from the tables, the ledger{source}{words}"
    return finding_at(code, "error", path, line, message, hint)


def _first_difference(actual: bytes, derived: bytes) -> tuple[int, str]:
    """Return (line, words) of the first line that differs; (0, "") if it is not text."""
    try:
        here, there = actual.decode("utf-8").split("\n"), derived.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        return 0, ""
    number = next(
        (n for n, (a, b) in enumerate(zip(here, there, strict=False)) if a != b),
        min(len(here), len(there)),
    )
    shown = [_around(lines, other, number) for lines, other in ((here, there), (there, here))]
    return number + 1, f": {shown[0]}, expected {shown[1]}"


def _around(lines: list[str], other: list[str], number: int) -> str:
    """Return some words of a line from shortly before the difference."""
    if number >= len(lines):
        return "the end of the file"
    line, opposite = lines[number], other[number] if number < len(other) else ""
    at = next(
        (n for n, (a, b) in enumerate(zip(line, opposite, strict=False)) if a != b),
        min(len(line), len(opposite)),
    )
    start = max(0, at - 20)
    return (
        f"“{'…' if start else ''}{line[start : start + 60]}{'…' if len(line) > start + 60 else ''}”"
    )


def finding_at(code: str, severity: str, path: str, line: int, message: str, hint: str) -> Finding:
    return Finding(
        code,
        severity,
        path.encode("utf-8", "backslashreplace").decode(),
        line,
        "",
        "",
        message,
        hint,
    )
