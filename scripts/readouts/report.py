"""Findings as people and programs read them. Renderers render; they decide nothing."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable

from .findings import Finding


def plain(text: str) -> str:
    """Text safe for a terminal: control and bidirectional characters shown as escapes, never sent; spaces of any width are safe."""
    return "".join(
        character
        if character == "\n"
        or (character.isprintable() and character not in "\u061c\u200e\u200f")
        or unicodedata.category(character) == "Zs"
        else f"\\u{ord(character):04x}"
        for character in text
    )


def as_text(findings: list[Finding], summary: str) -> str:
    """For the terminal: one block per finding, `file:line: code: message`, what to do below it; the summary last."""
    lines = []
    for finding in findings:
        where = f"{finding.path}:{finding.line}" if finding.line else finding.path
        record = f" [{finding.record}]" if finding.record else ""
        mark = "" if finding.severity == "error" else f"{finding.severity}: "
        lines.append(plain(f"{where}: {mark}{finding.code}{record}: {finding.message}"))
        if finding.hint:
            lines.append(plain("    → " + finding.hint.replace("\n", "\n      ")))
    return "\n".join([*lines, summary]) + "\n"


def as_json(findings: list[Finding], summary: str) -> str:
    """One object: `summary` and `findings`, each with the fields of `Finding`."""
    return (
        json.dumps({"summary": summary, "findings": [f.as_dict() for f in findings]}, ensure_ascii=False, indent=1)
        + "\n"
    )


def as_github(findings: list[Finding], summary: str) -> str:
    """Workflow commands, which a pull request shows at the changed lines; the summary last.

    Escaped as the runner unescapes: `%`, line ends, and in properties `:` and `,` too.
    """
    lines = []
    for finding in findings:
        kind = "error" if finding.severity == "error" else "warning"
        place = {"file": finding.path, "line": str(max(1, finding.line)), "title": finding.code}
        properties = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in place.items())
        record = f"{finding.record}: " if finding.record else ""
        lines.append(f"::{kind} {properties}::{_escaped(f'{record}{finding.message} → {finding.hint}')}")
    return "\n".join([*lines, plain(summary)]) + "\n"


def _escaped(text: str, also: str = "") -> str:
    text = plain(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    for character in also:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


FORMATS: dict[str, Callable[[list[Finding], str], str]] = {"text": as_text, "json": as_json, "github": as_github}
"""Renderers by the name that `--format` takes."""
