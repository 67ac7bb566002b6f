"""Findings for people and programs. Renderers render; they decide nothing."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ..core.findings import Finding

if TYPE_CHECKING:
    from ..rules.codes import Example, Explanation

SARIF_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

Titles = Mapping[str, str]
"""Code → title."""
NO_TITLES: Titles = MappingProxyType({})


def plain(text: str, lines: bool = True) -> str:
    """Return text that is safe for a terminal: control and bidirectional characters are shown as escapes; spaces of any width are safe.

    With `lines` a line end stays one; without, it is shown as an escape too, so that the message
    stays on one line.
    """
    return "".join(
        character if _is_safe(character, lines) else _escape(character) for character in text
    )


def _is_safe(character: str, lines: bool = False) -> bool:
    if character == "\n":
        return lines
    return (
        character.isprintable() and character not in "\u061c\u200e\u200f"
    ) or unicodedata.category(character) == "Zs"


def _escape(character: str) -> str:
    """Escape a character as JSON and Python do; beyond U+FFFF as a pair of surrogates."""
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def as_text(findings: list[Finding], summary: str, titles: Titles = NO_TITLES) -> str:
    """Render for the terminal: one block per finding, `file:line: code: message`, with the hint below it; the summary last."""
    lines = []
    for finding in findings:
        where = f"{finding.path}:{finding.line}" if finding.line else finding.path
        record = f" [{finding.record}]" if finding.record else ""
        mark = "" if finding.severity == "error" else f"{finding.severity}: "
        lines.append(
            plain(f"{where}: {mark}{finding.code}{record}: {finding.message}", lines=False)
        )
        if finding.hint:
            lines.append(plain("    → " + finding.hint.replace("\n", "\n      ")))
    return "\n".join([*lines, summary]) + "\n"


def as_json(findings: list[Finding], summary: str, titles: Titles = NO_TITLES) -> str:
    """Render one object: `summary` and `findings`, each with the fields of `Finding`."""
    return _json({"summary": summary, "findings": [f.as_dict() for f in findings]})


def _json(value: dict[str, Any]) -> str:
    """Return readable JSON without characters that act on a terminal: those are written as escapes, which read back the same."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return "".join(c if c == "\n" or _is_safe(c) else _escape(c) for c in text) + "\n"


def as_github(findings: list[Finding], summary: str, titles: Titles = NO_TITLES) -> str:
    """Render workflow commands, which a pull request shows at the changed lines; the summary last.

    Escaped as the runner unescapes: `%`, line ends, and in properties `:` and `,` too.
    """
    lines = []
    for finding in findings:
        kind = "error" if finding.severity == "error" else "warning"
        place = {"file": finding.path, "line": str(max(1, finding.line)), "title": finding.code}
        properties = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in place.items())
        record = f"{finding.record}: " if finding.record else ""
        lines.append(
            f"::{kind} {properties}::{_escaped(f'{record}{finding.message} → {finding.hint}')}"
        )
    return "\n".join([*lines, plain(summary)]) + "\n"


def _escaped(text: str, also: str = "") -> str:
    text = plain(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    for character in also:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def as_sarif(findings: list[Finding], summary: str, titles: Titles = NO_TITLES) -> str:
    """Render SARIF 2.1.0: one run, a rule for each reported code (with its title from `titles`), a result for each finding."""
    codes = sorted({finding.code for finding in findings})
    rules = [
        {
            "id": code,
            "shortDescription": {"text": titles.get(code, code.replace("_", " "))},
            "help": {"text": f"readouts explain {code}"},
        }
        for code in codes
    ]
    run = {
        "tool": {"driver": {"name": "readouts", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "Package folder."}}},
        "results": [_result(finding, codes.index(finding.code)) for finding in findings],
        "properties": {"summary": summary},
    }
    return _json({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _result(finding: Finding, rule: int) -> dict[str, Any]:
    from urllib.parse import quote

    place: dict[str, Any] = {
        "artifactLocation": {"uri": quote(os.fsencode(finding.path)), "uriBaseId": "%SRCROOT%"}
    }
    if finding.line:
        place["region"] = {"startLine": finding.line}
    location: dict[str, Any] = {"physicalLocation": place}
    if finding.record:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.record, "kind": "object"}]
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": finding.severity,
        "message": {
            "text": plain(f"{finding.message}\n{finding.hint}" if finding.hint else finding.message)
        },
        "locations": [location],
    }


_KINDS = {
    "proof": "This rule is a proof: its findings cannot be accepted.",
    "review": "This rule is a review: a heuristic about language or custom. If the record is correct, add to its entry in the "
    "curated file `reviewed: {%s: why it is correct, in a sentence}`.",
}


def as_explanation(
    explanation: Explanation,
    good: Example | None,
    bad: Example | None,
    accepted: Sequence[tuple[str, int, str, str]] = (),
) -> str:
    """Render a code with its title, meaning and remedy, an example that violates the rule and one
    that satisfies it, and the reviews (path, line, record, reason) that accept its findings.
    """
    rule = f"The rule: {explanation.rule}" if explanation.rule else ""
    kind = _KINDS[explanation.kind].replace("%s", explanation.code) if explanation.kind else ""
    parts = [
        explanation.code,
        f"{explanation.title}.",
        explanation.meaning,
        f"To fix: {explanation.remedy}",
        kind,
        rule,
    ]
    for name, example in (("Bad", bad), ("Good", good)):
        if example is not None:
            lines = [
                f"{name}: {example.title}",
                *(line for change in example.changes for line in change_lines(change)),
            ]
            parts.append("\n".join(lines))
    if accepted:
        lines = [f"  {path}:{line}: {record}: {reason}" for path, line, record, reason in accepted]
        parts.append("\n".join([f"Accepted by review ({len(accepted)}):", *lines]))
    return plain("\n\n".join(part for part in parts if part)) + "\n"


def change_lines(change: dict[str, Any]) -> list[str]:
    """Return a change of an example as deleted and inserted lines; a long text is cut short."""
    where = change.get("file") or f"data/tables/{change['table']}.jsonl"
    old, new = change.get("replace"), change.get("with")
    if "table" in change:
        old = json.dumps(change["where"], ensure_ascii=False) if "where" in change else None
        new = json.dumps(
            change.get("set") or change.get("add") or "(the row is missing)", ensure_ascii=False
        )
    elif old is None:
        what = next(
            key for key in ("write", "bytes", "delete", "folder", "link", "rename") if key in change
        )
        shown = {"delete": "(the file is missing)", "folder": "(a folder)", "link": "(a link)"}
        new = shown.get(what, str(change[what]))
    lines = [f"  {where}"]
    for mark, text in (("-", old), ("+", new)):
        if text:
            shown_lines = text.rstrip("\n").split("\n")
            lines += [f"  {mark} {line[:160]}" for line in shown_lines[:12]]
            lines += [f"  {mark} …"] if len(shown_lines) > 12 else []
    return lines


FORMATS: dict[str, Callable[[list[Finding], str, Titles], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}
"""Renderers by the name that `--format` takes: of findings, a summary line, and the titles of codes for those that print them."""
