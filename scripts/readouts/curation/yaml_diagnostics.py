"""YAML syntax errors explained to a curator: which line is wrong, why, and what to write there."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import yaml

from .scalars import inline_text
from .yaml_fixes import Diagnostic, find_fix

RESERVED = {"%": "%", "@": "@", "`": "`", "*": "*", "&": "&", "!": "!", "|": "|", ">": ">"}
"""Characters at the start of a value that YAML reserves."""

_WIDE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_VALUE = re.compile(r"^(?P<head>\s*(?:- +)?(?:[\w-]+: +)?(?:- +)?)(?P<value>\S.*)$")
_NO_SPACE = re.compile(
    rf"^\s*(?:- +)?(?P<key>[a-z_]+):(?P<gap>[{_WIDE}]?)(?P<value>[^\s/{_WIDE}].*)$"
)
_BLOCK = re.compile(r"[|>][-+0-9]*(?:\s+#.*)?\Z")
"""The marker of a block scalar, which is not a value itself."""
_CONFLICT = re.compile(r"<<<<<<<|=======\s*$|>>>>>>>|\|\|\|\|\|\|\|")
_AFTER_MARKS = re.compile(r"""^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*[^\s#,:}\]]""")


class YamlProblem(Exception):
    """The text is not valid YAML for curated files; `line` is 1-based, `code` the violated rule."""

    def __init__(self, code: str, line: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.line, self.message, self.hint = code, line, message, hint


def line_of_error(error: yaml.YAMLError, text: str) -> int:
    """Return the line (1-based) at which the parser stopped; for an unclosed quotation mark, the line of the mark."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if _is_unclosed(error):
        mark = error.context_mark  # type: ignore[attr-defined]
    position = getattr(error, "position", None)
    return (
        mark.line + 1
        if mark
        else text.count("\n", 0, position) + 1
        if isinstance(position, int)
        else 1
    )


def _text_of(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or getattr(error, "reason", None) or "")


def _is_unclosed(error: yaml.YAMLError) -> bool:
    return "quoted scalar" in str(getattr(error, "context", "")) and "end of stream" in _text_of(
        error
    )


def problem_of_error(
    error: yaml.YAMLError, text: str, keys: Sequence[str], stopped: Callable[[str], int | None]
) -> YamlProblem:
    """Translate a parser error, reported at the line that causes it, which may be before the line at which the parser stopped.

    For `keys` and `stopped` see find_fix.
    """
    text_of_error, unclosed, at = _text_of(error), _is_unclosed(error), line_of_error(error, text)
    lines = text.split("\n")
    diagnostic = (
        _conflict(lines)
        or _diagnostic_near(lines, at, _spaces_in)
        or find_fix(lines, at, keys, stopped)
    )
    diagnostic = (
        diagnostic or _diagnostic_near(lines, at, _value_in) or _reserved_character(lines, at)
    )
    if diagnostic is None and unclosed:
        diagnostic = Diagnostic(
            at, "a quotation mark is not closed", "Close the quotation mark that this line opens."
        )
    elif diagnostic is None and "another document" in text_of_error:
        diagnostic = Diagnostic(
            at,
            "the line `---` begins a second document",
            "Delete the line `---`: a file has only one document.",
        )
    elif diagnostic is None and "special characters are not allowed" in text_of_error:
        diagnostic = Diagnostic(
            at,
            "the file contains an invisible character",
            "Delete the character, or copy the words of this line again.",
        )
    if diagnostic is None:
        hint = (
            "Compare the indentation and the quotation marks of this line with the lines around it."
        )
        diagnostic = Diagnostic(at, "the file is not valid YAML from this line on", hint)
    return YamlProblem("yaml_syntax", *diagnostic)


def _conflict(lines: list[str]) -> Diagnostic | None:
    """Report the first git conflict marker."""
    found = next((number for number, line in enumerate(lines, 1) if _CONFLICT.match(line)), None)
    hint = "Keep one of the two versions and delete the lines with <<<<<<<, =======, >>>>>>>"
    return (
        None if found is None else Diagnostic(found, "the file contains git conflict markers", hint)
    )


def _diagnostic_near(
    lines: list[str], at: int, find: Callable[[str, int], Diagnostic | None]
) -> Diagnostic | None:
    """Return the diagnostic for the line at which the parser stopped (1-based), or for the last non-empty line before it."""
    before = next((n for n in range(at - 1, 0, -1) if n <= len(lines) and lines[n - 1].strip()), at)
    for number in dict.fromkeys((at, before)):
        if number <= len(lines):
            diagnostic = find(lines[number - 1], number)
            if diagnostic is not None:
                return diagnostic
    return None


def _spaces_in(line: str, number: int) -> Diagnostic | None:
    """Report spaces that are not plain spaces or are missing."""
    indent = line[: len(line) - len(line.lstrip())]
    if re.search(f"[{_WIDE}]", indent):
        return Diagnostic(
            number,
            "the line is indented with wide or non-breaking spaces",
            "Replace them with plain spaces.",
        )
    if "\t" in indent:
        return Diagnostic(number, "the line is indented with a tab", "Indent with spaces.")
    if line.strip().startswith("```"):
        return Diagnostic(number, "a line of ``` does not belong in the file", "Delete this line.")
    joined = _NO_SPACE.match(line)
    if joined:
        key = joined["key"]
        return Diagnostic(
            number,
            f"a plain space is missing after “{key}:”",
            f"Write {key}: {joined['value'].strip()}",
        )
    return None


def _value_in(line: str, number: int) -> Diagnostic | None:
    """Report a value that needs quotation marks, or has marks that YAML does not know."""
    found = _VALUE.match(line)
    value, head = (found["value"].rstrip(), found["head"].strip()) if found else ("", "")
    if _AFTER_MARKS.match(value):
        mark = value[0]
        hint = f"Copy the marks of the text (“ ”), or put the whole value in quotation marks: {head} {inline_text(value)}"
        return Diagnostic(
            number,
            f"the value begins with {mark}, which is special in YAML, and continues after the next {mark}",
            hint,
        )
    if (
        (": " in value or value.endswith(":"))
        and value[0] not in "\"'[{#"
        and (": " in head + " " or head == "-")
    ):
        words = (
            value[:-1] if value[-1] == '"' and value.count('"') == 1 else value
        )  # the opening mark is missing
        return Diagnostic(number, "a value with a colon in it needs straight double quotation marks around it", f"Write {head} {inline_text(words)}")  # fmt: skip
    return None


def _reserved_character(lines: list[str], at: int) -> Diagnostic | None:
    """Report a value that begins with a character that YAML reserves."""
    found = _VALUE.match(lines[at - 1]) if at <= len(lines) else None
    value = found["value"].rstrip() if found else ""
    if found is None or value[0] not in RESERVED or _BLOCK.match(value):
        return None
    hint = f"Write {found['head'].strip()} {inline_text(value)}".replace("  ", " ")
    return Diagnostic(
        at, f"a value that begins with {value[0]} needs double quotation marks around it", hint
    )


def alias_problem(node: yaml.Node, text: str, number: int) -> YamlProblem:
    """Return the problem for the `number`th use (from 0) of an alias."""
    lines = text.split("\n")
    marked = node.start_mark.line + 1
    # The parser knows more line ends than these files may have.
    anchor = re.search(r"&([^\s,\[\]{}]+)", lines[marked - 1] if marked <= len(lines) else "")
    name = anchor[1] if anchor else "name"
    uses = [
        n
        for n, line in enumerate(lines, 1)
        if re.search(rf"(?:^|[\s,\[{{])\*{re.escape(name)}(?=$|[\s,\]}}])", line)
    ]
    at = uses[number] if number < len(uses) else marked
    value = node.value if isinstance(node, yaml.ScalarNode) else "the lines themselves"
    message = f"“*{name}” is a YAML alias of “&{name}” in line {marked}, which is not allowed"
    return YamlProblem(
        "yaml_plain", at, message, f"Write {value} for “*{name}”, and delete “&{name}”."
    )


def tag_problem(node: yaml.Node) -> YamlProblem:
    """Return the problem for a value with a tag."""
    tag = node.tag.replace("tag:yaml.org,2002:", "!!")
    return YamlProblem("yaml_plain", node.start_mark.line + 1, f"“{tag}” is a YAML tag, which is not allowed", f"Delete “{tag}” and keep the value.")  # fmt: skip


def duplicate_key_problems(duplicates: list[tuple[yaml.Node, yaml.Node]], first: dict[str, tuple[yaml.Node, yaml.Node]]) -> list[tuple[str, YamlProblem]]:  # fmt: skip
    """Return (key, problem) for the duplicate keys of one mapping; a single one if they begin a new entry.

    `duplicates` are (key, value), in order; `first` are the earlier occurrences by key.
    """
    if len(duplicates) >= 3 and first and duplicates[0][0].value == next(iter(first)):
        key, value = duplicates[0]
        line = key.start_mark.line + 1
        message = f"a new entry begins here without its “- ”: `{key.value}` and what follows appear twice in one entry"
        hint = (
            f"Write - {key.value}: {_shown(value)}, with the dash aligned with the other entries."
        )
        return [(key.value, YamlProblem("yaml_key_unique", line, message, hint))]
    problems = []
    for key, value in duplicates:
        earlier, other = first[key.value]
        message = f"duplicate key `{key.value}`: here ({_shown(value)}) and in line {earlier.start_mark.line + 1} ({_shown(other)})"
        problem = YamlProblem(
            "yaml_key_unique", key.start_mark.line + 1, message, "Delete the wrong one."
        )
        problems.append((key.value, problem))
    return problems


def _shown(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        return "…"
    words = " ".join(node.value.split())
    return words if len(words) <= 40 else f"{words[:37]}…"
