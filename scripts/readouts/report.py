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


FORMATS: dict[str, Callable[[list[Finding], str], str]] = {"text": as_text, "json": as_json}
"""Renderers by the name that `--format` takes."""
