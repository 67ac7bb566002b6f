"""YAML as curators write it: YAML 1.2 core rules, no tricks, and the line of every value.

PyYAML's C parser composes the nodes; the rules of YAML 1.1 that surprise (`NO` is false, dates are
objects) are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import yaml

from .yaml_diagnostics import (
    YamlProblem,
    alias_problem,
    duplicate_key_problems,
    line_of_error,
    problem_of_error,
    tag_problem,
)
from .yaml_document import PLAIN_TAGS, Path, YamlDocument, composed, with_plain_breaks

MAX_BYTES = 8_000_000
"""Largest curated file read. The longest transcript of the trial corpus, curated in full, takes 0.3 MB."""
MAX_DEPTH = 20
"""Deepest nesting read; the schemas need 6."""

_NULL = re.compile(r"(?:~|null|Null|NULL|)\Z")
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_WORDS = frozenset(("null", "Null", "NULL", *_BOOL))
"""Plain values that begin with a letter and mean something other than text."""
_INT = re.compile(r"[-+]?[0-9]{1,18}\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,3})?\Z")


def read_yaml(text: str) -> YamlDocument:
    """Parse one document without problems.

    Raises YamlProblem for a syntax error, a duplicate key, an alias, a tag, nesting beyond
    MAX_DEPTH, or several documents.
    """
    document = parse_yaml(text)
    for _, problem in document.problems:
        raise problem
    return document


def parse_yaml(text: str, keys: Sequence[str] = ()) -> YamlDocument:
    """Parse one document; its duplicate keys, aliases and tags are listed in `problems`.

    With the keys of the kind of file, starting with its first key, a typo in a key is reported as
    such. Raises YamlProblem for problems that prevent reading to the end: a syntax error, several
    documents, too deep nesting.
    """
    written, text = text, with_plain_breaks(text)
    _check_depth(text)
    try:
        node = composed(text)
    except yaml.YAMLError as error:
        raise problem_of_error(error, text, keys, _stopped) from error
    reader = _Reader(text)
    value = None if node is None else reader.value(node, ())
    return YamlDocument(value, written, tuple(reader.problems))


def _stopped(text: str) -> int | None:
    """Return the line at which parsing stops, the last line if only a key is duplicated; None if nothing is wrong."""
    try:
        node = composed(text)
    except yaml.YAMLError as error:
        return line_of_error(error, text)
    reader = _Reader(text)
    try:
        if node is not None:
            reader.value(node, ())
    except YamlProblem as problem:
        return problem.line
    return text.count("\n") + 1 if reader.problems else None


def _check_depth(text: str) -> None:
    """Refuse deep nesting before the C parser recurses into it: flow brackets on a line, and indentation."""
    depth = 0
    for number, line in enumerate(text.split("\n"), 1):
        if "[" in line or "{" in line or "]" in line or "}" in line:
            depth = max(
                0, depth + line.count("[") + line.count("{") - line.count("]") - line.count("}")
            )
            if depth > 1000 or line.count("[") + line.count("{") > 5000:
                raise _too_deep(number)
        stripped = line.lstrip(" -?:")
        if len(line) - len(stripped) > 1000 and stripped:
            raise _too_deep(number)


def _too_deep(line: int) -> YamlProblem:
    return YamlProblem(
        "yaml_plain", line, "the nesting is too deep", "Use only the keys that the schema defines."
    )


class _Reader:
    """Turns the nodes of one document into its value, and collects the problems."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.problems: list[tuple[Path, YamlProblem]] = []
        self._seen: dict[int, int] = {}

    def value(self, node: yaml.Node, place: Path) -> Any:
        if len(place) > MAX_DEPTH:
            raise _too_deep(node.start_mark.line + 1)
        if id(node) in self._seen:
            self.problems.append((place, alias_problem(node, self.text, self._seen[id(node)])))
            self._seen[id(node)] += 1
            return None
        self._seen[id(node)] = 0
        if node.tag not in PLAIN_TAGS:
            self.problems.append((place, tag_problem(node)))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self._child(child, place, index) for index, child in enumerate(node.value)]
        return node.value if node.style else plain_value(node.value)

    def _child(self, node: yaml.Node, place: Path, step: str | int) -> Any:
        """Return the value at one step further; for a text without a problem, the usual case, no place is computed."""
        if (
            node.__class__ is yaml.ScalarNode
            and node.tag in PLAIN_TAGS
            and id(node) not in self._seen
            and len(place) < MAX_DEPTH
        ):
            self._seen[id(node)] = 0
            return node.value if node.style else plain_value(node.value)
        return self.value(node, (*place, step))

    def _mapping(self, node: yaml.MappingNode, place: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        duplicates = []
        for key, child in node.value:
            if not isinstance(key, yaml.ScalarNode):
                hint = "Write keys as words followed by a colon."
                problem = YamlProblem(
                    "yaml_plain", key.start_mark.line + 1, "a key is not plain text", hint
                )
                self.problems.append((place, problem))
            elif key.value == "<<":
                hint = "Write the keys out in full."
                problem = YamlProblem(
                    "yaml_plain", key.start_mark.line + 1, "a merge key (<<) is used", hint
                )
                self.problems.append(((*place, "<<"), problem))
            elif key.value in result:
                duplicates.append((key, child))
            elif not (
                duplicates and duplicates[0][0].value == next(iter(result))
            ):  # otherwise it belongs to an entry that lacks its dash
                result[key.value] = self._child(child, place, key.value)
        if duplicates:
            first: dict[str, Any] = {}
            for key, child in node.value:
                if isinstance(key, yaml.ScalarNode):
                    first.setdefault(key.value, (key, child))
            self.problems += [
                ((*place, name), problem)
                for name, problem in duplicate_key_problems(duplicates, first)
            ]
        return result


def plain_value(text: str) -> Any:
    """Return the meaning of a value without quotation marks: null, a truth value, a number, or text."""
    if text[:1].isalpha() and text not in _WORDS:
        return text
    if _NULL.match(text):
        return None
    if text in _BOOL:
        return _BOOL[text]
    if _INT.match(text):
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    return text
