"""Slips in YAML, in the words of a curator: where a line goes wrong, why, and what to write there."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

from .scalars import inline_text

KEPT = {"%": "%", "@": "@", "`": "`", "*": "*", "&": "&", "!": "!", "|": "|", ">": ">"}
"""Characters at the start of a value which YAML keeps for itself."""

_WIDE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_VALUE = re.compile(r"^(?P<head>\s*(?:- +)?(?:[\w-]+: +)?(?:- +)?)(?P<value>\S.*)$")
_NO_SPACE = re.compile(rf"^\s*(?:- +)?(?P<key>[a-z_]+):(?P<gap>[{_WIDE}]?)(?P<value>[^\s/{_WIDE}].*)$")
_AFTER_MARKS = re.compile(r"""^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*[^\s#,:}\]]""")


class YamlProblem(Exception):
    """The text is no YAML that curated files may use; `line` is 1-based, `code` the rule broken."""

    def __init__(self, code: str, line: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.line, self.message, self.hint = code, line, message, hint


class _Slip(NamedTuple):
    line: int
    message: str
    hint: str


def problem_of_error(error: yaml.YAMLError, text: str) -> YamlProblem:
    """What the parser's error comes to: told at the line that causes it, which may be the one before that at which it stopped."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    told = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "")
    unclosed = "quoted scalar" in str(getattr(error, "context", "")) and "end of stream" in told
    if unclosed:
        mark = error.context_mark  # type: ignore[attr-defined]
    position = getattr(error, "position", None)
    at = mark.line + 1 if mark else text.count("\n", 0, position) + 1 if isinstance(position, int) else 1
    lines = text.split("\n")
    slip = _slip_around(lines, at)
    if slip is None and unclosed:
        slip = _Slip(
            at, "a quotation mark is not closed", "The quotation mark that opens in this line needs its partner."
        )
    elif slip is None and "another document" in told:
        slip = _Slip(at, "the line `---` begins a second document", "Delete the line `---`: a file holds one document.")
    elif slip is None and "undefined alias" in told:
        slip = _kept(lines, at)
    elif slip is None and "special characters are not allowed" in told:
        slip = _Slip(
            at, "a character that no editor shows stands in the file", "Delete it: copy the words of this line again."
        )
    if slip is None:
        hint = "Compare the indentation and the quotation marks of this line with the lines around it."
        slip = _Slip(at, "from this line on the file cannot be read as YAML", hint)
    return YamlProblem("yaml_syntax", *slip)


def _slip_around(lines: list[str], at: int) -> _Slip | None:
    """The slip in the line at which the parser stopped (1-based), or in the last one before it that is not empty."""
    before = next((n for n in range(at - 1, 0, -1) if n <= len(lines) and lines[n - 1].strip()), at)
    for number in dict.fromkeys((at, before)):
        if number <= len(lines):
            slip = _slip_in(lines[number - 1], number)
            if slip is not None:
                return slip
    return _kept(lines, at)


def _slip_in(line: str, number: int) -> _Slip | None:
    indent = line[: len(line) - len(line.lstrip())]
    if re.search(f"[{_WIDE}]", indent):
        return _Slip(
            number, "the line is indented with wide or non-breaking spaces", "Put plain spaces in their place."
        )
    if "\t" in indent:
        return _Slip(number, "the line is indented with a tab", "Indent with spaces.")
    if line.strip().startswith("```"):
        return _Slip(number, "a line of ``` is no part of the file", "Delete this line.")
    joined = _NO_SPACE.match(line)
    if joined:
        key = joined["key"]
        return _Slip(number, f"a plain space is missing after “{key}:”", f"Write {key}: {joined['value'].strip()}")
    found = _VALUE.match(line)
    value, head = (found["value"].rstrip(), found["head"].strip()) if found else ("", "")
    if _AFTER_MARKS.match(value):
        mark = value[0]
        hint = (
            f"Copy the marks of the text (“ ”), or put the whole value in quotation marks: {head} {inline_text(value)}"
        )
        return _Slip(
            number,
            f"the value begins with {mark}, which YAML keeps for itself, and goes on after the next {mark}",
            hint,
        )
    if ": " in value and value[0] not in "\"'[{#" and (": " in head + " " or head == "-"):
        return _Slip(number, "a value with a colon in it needs straight double quotation marks around it", f"Write {head} {inline_text(value)}")  # fmt: skip
    return None


def _kept(lines: list[str], at: int) -> _Slip | None:
    """The slip of a value that begins with a character which YAML keeps for itself."""
    found = _VALUE.match(lines[at - 1]) if at <= len(lines) else None
    if found is None or found["value"][0] not in KEPT:
        return None
    value = found["value"].rstrip()
    hint = f"Write {found['head'].strip()} {inline_text(value)}".replace("  ", " ")
    return _Slip(at, f"a value that begins with {value[0]} needs double quotation marks around it", hint)


def alias_problem(node: yaml.Node, text: str, number: int) -> YamlProblem:
    """The problem of the `number`th use (from 0) of a value that is written out elsewhere."""
    lines = text.split("\n")
    marked = node.start_mark.line + 1
    # The parser knows more line ends than these files may have.
    anchor = re.search(r"&([^\s,\[\]{}]+)", lines[marked - 1] if marked <= len(lines) else "")
    name = anchor[1] if anchor else "name"
    uses = [
        n for n, line in enumerate(lines, 1) if re.search(rf"(?:^|[\s,\[{{])\*{re.escape(name)}(?=$|[\s,\]}}])", line)
    ]
    at = uses[number] if number < len(uses) else marked
    value = node.value if isinstance(node, yaml.ScalarNode) else "the lines themselves"
    message = f"“*{name}” is shorthand of YAML for what stands at “&{name}” in line {marked}"
    return YamlProblem("yaml_plain", at, message, f"Write {value} for “*{name}”, and delete “&{name}”.")


def tag_problem(node: yaml.Node) -> YamlProblem:
    """The problem of a value that carries a tag."""
    tag = node.tag.replace("tag:yaml.org,2002:", "!!")
    return YamlProblem("yaml_plain", node.start_mark.line + 1, f"“{tag}” is shorthand of YAML for a kind of value", f"Delete “{tag}”; write the value alone.")  # fmt: skip


def twice_problems(twice: list[tuple[yaml.Node, yaml.Node]], first: dict[str, tuple[yaml.Node, yaml.Node]]) -> list[tuple[str, YamlProblem]]:  # fmt: skip
    """(key, problem) of the keys of one mapping that stand there a second time; one for several that begin a new entry.

    `twice` are (key, value), in order; `first` those that stood there before.
    """
    if len(twice) >= 3 and first and twice[0][0].value == next(iter(first)):
        key, value = twice[0]
        line = key.start_mark.line + 1
        message = f"a new entry begins here without its “- ”: `{key.value}` and what follows stand twice in one entry"
        hint = f"Write - {key.value}: {_shown(value)}, the dash below those of the other entries."
        return [(key.value, YamlProblem("yaml_key_unique", line, message, hint))]
    problems = []
    for key, value in twice:
        earlier, other = first[key.value]
        message = (
            f"`{key.value}` stands here ({_shown(value)}) and in line {earlier.start_mark.line + 1} ({_shown(other)})"
        )
        problem = YamlProblem("yaml_key_unique", key.start_mark.line + 1, message, "Delete the wrong one.")
        problems.append((key.value, problem))
    return problems


def _shown(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        return "…"
    words = " ".join(node.value.split())
    return words if len(words) <= 40 else f"{words[:37]}…"
