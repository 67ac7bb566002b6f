"""YAML as curators write it: YAML 1.2 core rules, no tricks, and the line of every value.

PyYAML's C parser composes the nodes; the rules of YAML 1.1 that surprise (`NO` is false, dates are
objects) are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
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

MAX_BYTES = 8_000_000
"""Largest curated file read. The longest transcript of the trial corpus, curated in full, takes 0.3 MB."""
_BREAKS = str.maketrans("\x85\u2028\u2029", "   ")
"""Characters that YAML 1.1 takes for a line break and no editor shows as one (YAML 1.2, 5.4): a space here, as in the quotations they are pasted
with."""
MAX_DEPTH = 20
"""Deepest nesting read; the schemas need 6."""

Path = tuple[str | int, ...]

_TAGS = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}
_PLAIN_TAGS = frozenset(_TAGS.values())
_NULL = re.compile(r"(?:~|null|Null|NULL|)\Z")
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_WORDS = frozenset(("null", "Null", "NULL", *_BOOL))
"""Plain values that begin with a letter and mean something other than text."""
_INT = re.compile(r"[-+]?[0-9]{1,18}\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,3})?\Z")


class _Loader(yaml.CBaseLoader):
    """PyYAML's composer without its tables of tags for values and places, which are empty here: every value is text, list or mapping."""

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:
        return _TAGS[kind]


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """A parsed file: its value (dicts, lists, strings, numbers, None) and its problems, each with its place.

    The value of a duplicate key is the first one; the value of an alias is None.
    """

    value: Any
    text: str
    problems: tuple[tuple[Path, YamlProblem], ...] = ()
    _nodes: list[yaml.Node | None] = field(default_factory=list, compare=False, repr=False)

    @property
    def node(self) -> yaml.Node | None:
        """The tree of nodes: composed again on first use, since few files need it and the trees of all files are large."""
        if not self._nodes:
            self._nodes.append(_composed(self.text))
        return self._nodes[0]

    def line(self, path: Path = ()) -> int:
        """Return the 1-based line of the key (in a mapping) or of the item (in a list) at `path`, or of the nearest existing one."""
        node, line = self.node, 1
        for step in path:
            if isinstance(node, yaml.MappingNode):
                for key, child in node.value:
                    if key.value == step:
                        node, line = child, key.start_mark.line + 1
                        break
                else:
                    return line
            elif (
                isinstance(node, yaml.SequenceNode)
                and isinstance(step, int)
                and step < len(node.value)
            ):
                node = node.value[step]
                line = node.start_mark.line + 1
            else:
                return line
        return line

    def lines(self, path: Path) -> tuple[int, int]:
        """Return the 1-based first and last line of the value at `path` with its key, without comments and empty lines after it."""
        first, node = self.line(path), self.node
        for step in path:
            if isinstance(node, yaml.MappingNode):
                node = next((child for key, child in node.value if key.value == step), None)
            elif (
                isinstance(node, yaml.SequenceNode)
                and isinstance(step, int)
                and step < len(node.value)
            ):
                node = node.value[step]
            else:
                node = None
        if not isinstance(node, yaml.ScalarNode):
            return first, first
        written = self.text[: node.end_mark.index].rstrip()
        return first, max(first, written.count("\n") + 1)

    def in_flow(self, path: Path) -> bool:
        """Return True if the value at `path` is inside `{…}` or `[…]`."""
        node = self.node
        for step in path:
            if isinstance(node, yaml.CollectionNode) and node.flow_style:
                return True
            if isinstance(node, yaml.MappingNode):
                node = next((child for key, child in node.value if key.value == step), None)
            elif (
                isinstance(node, yaml.SequenceNode)
                and isinstance(step, int)
                and step < len(node.value)
            ):
                node = node.value[step]
        return False


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
    written, text = text, text.translate(_BREAKS)
    _check_depth(text)
    try:
        node = _composed(text)
    except yaml.YAMLError as error:
        raise problem_of_error(error, text, keys, _stopped) from error
    reader = _Reader(text)
    value = None if node is None else reader.value(node, ())
    return YamlDocument(value, written, tuple(reader.problems))


def _composed(text: str) -> yaml.Node | None:
    loader = _Loader(text.translate(_BREAKS))
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def _stopped(text: str) -> int | None:
    """Return the line at which parsing stops, the last line if only a key is duplicated; None if nothing is wrong."""
    try:
        node = _composed(text)
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
        if node.tag not in _PLAIN_TAGS:
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
            and node.tag in _PLAIN_TAGS
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
