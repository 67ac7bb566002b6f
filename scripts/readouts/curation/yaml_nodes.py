"""YAML as curators write it: YAML 1.2 core rules, no tricks, and the line of every value.

PyYAML's C parser composes the nodes; the rules of YAML 1.1 that surprise (`NO` is false, dates are objects) are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

MAX_BYTES = 8_000_000
"""Largest curated file read. The longest transcript of the trial corpus, curated in full, takes 0.3 MB."""
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


class YamlProblem(Exception):
    """The text is no YAML that curated files may use; `line` is 1-based, `code` the rule broken."""

    def __init__(self, code: str, line: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.line, self.message, self.hint = code, line, message, hint


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """A parsed file: its value (dicts, lists, strings, numbers, None) and what is wrong in it, with its place.

    Of a key that stands twice the value is the first; a value that is an alias is None.
    """

    value: Any
    text: str
    problems: tuple[tuple[Path, YamlProblem], ...] = ()
    _nodes: list[yaml.Node | None] = field(default_factory=list, compare=False, repr=False)

    @property
    def node(self) -> yaml.Node | None:
        """The tree of nodes: composed anew when first asked for, since few files are asked and the trees of all are large."""
        if not self._nodes:
            self._nodes.append(_composed(self.text))
        return self._nodes[0]

    def line(self, path: Path = ()) -> int:
        """1-based line of the key (in a mapping) or of the item (in a list) at `path`, or of the nearest that exists."""
        node, line = self.node, 1
        for step in path:
            if isinstance(node, yaml.MappingNode):
                for key, child in node.value:
                    if key.value == step:
                        node, line = child, key.start_mark.line + 1
                        break
                else:
                    return line
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line + 1
            else:
                return line
        return line

    def lines(self, path: Path) -> tuple[int, int]:
        """1-based first and last line of the value at `path` with its key, comments and empty lines after it left out."""
        first, node = self.line(path), self.node
        for step in path:
            if isinstance(node, yaml.MappingNode):
                node = next((child for key, child in node.value if key.value == step), None)
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
            else:
                node = None
        if not isinstance(node, yaml.ScalarNode):
            return first, first
        written = self.text[: node.end_mark.index].rstrip()
        return first, max(first, written.count("\n") + 1)

    def in_flow(self, path: Path) -> bool:
        """Whether the value at `path` stands within `{…}` or `[…]`."""
        node = self.node
        for step in path:
            if isinstance(node, yaml.CollectionNode) and node.flow_style:
                return True
            if isinstance(node, yaml.MappingNode):
                node = next((child for key, child in node.value if key.value == step), None)
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
        return False


def read_yaml(text: str) -> YamlDocument:
    """Parse one document that has nothing wrong.

    Raises YamlProblem for a syntax error, a duplicate key, an alias, a tag, nesting beyond MAX_DEPTH, or several documents.
    """
    document = parse_yaml(text)
    for _, problem in document.problems:
        raise problem
    return document


def parse_yaml(text: str) -> YamlDocument:
    """Parse one document with all its duplicate keys, aliases and tags told in `problems`.

    Raises YamlProblem for what keeps it from being read to the end: a syntax error, several documents, too deep nesting.
    """
    _check_depth(text)
    try:
        node = _composed(text)
    except yaml.YAMLError as error:
        raise _from_yaml_error(error, text) from error
    problems: list[tuple[Path, YamlProblem]] = []
    value = None if node is None else _value(node, set(), (), problems)
    return YamlDocument(value, text, tuple(problems))


def _composed(text: str) -> yaml.Node | None:
    loader = _Loader(text)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def _check_depth(text: str) -> None:
    """Refuse deep nesting before the C parser recurses into it: flow brackets on a line, and indentation."""
    depth = 0
    for number, line in enumerate(text.split("\n"), 1):
        if "[" in line or "{" in line or "]" in line or "}" in line:
            depth = max(0, depth + line.count("[") + line.count("{") - line.count("]") - line.count("}"))
            if depth > 1000 or line.count("[") + line.count("{") > 5000:
                raise _too_deep(number)
        stripped = line.lstrip(" -?:")
        if len(line) - len(stripped) > 1000 and stripped:
            raise _too_deep(number)


def _too_deep(line: int) -> YamlProblem:
    return YamlProblem("yaml_plain", line, "the nesting is too deep", "Keep to the keys that the schema knows.")


def _value(node: yaml.Node, seen: set[int], place: Path, problems: list[tuple[Path, YamlProblem]]) -> Any:
    line = node.start_mark.line + 1
    if len(place) > MAX_DEPTH:
        raise _too_deep(line)
    if id(node) in seen:
        message = "an alias (*name) stands for something written elsewhere"
        problems.append((place, YamlProblem("yaml_plain", line, message, "Write the value out in full.")))
        return None
    seen.add(id(node))
    if node.tag not in _PLAIN_TAGS:
        message = f"the tag {node.tag} is used"
        problems.append((place, YamlProblem("yaml_plain", line, message, "Delete the tag; write the value alone.")))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, seen, place, problems)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, seen, (*place, index), problems) for index, child in enumerate(node.value)]
    return node.value if node.style else plain_value(node.value)


def _mapping(
    node: yaml.MappingNode, seen: set[int], place: Path, problems: list[tuple[Path, YamlProblem]]
) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, child in node.value:
        at, problem = key.start_mark.line + 1, None
        if not isinstance(key, yaml.ScalarNode):
            hint = "Write keys as words followed by a colon."
            problems.append((place, YamlProblem("yaml_plain", at, "a key is not a plain word", hint)))
            continue
        name = key.value
        if name == "<<":
            problem = YamlProblem("yaml_plain", at, "a merge key (<<) is used", "Write the keys out in full.")
        elif name in result:
            message = f"the key `{name}` stands twice in one place"
            problem = YamlProblem("yaml_key_unique", at, message, "Delete one of the two.")
        if problem is not None:
            problems.append(((*place, name), problem))
            continue
        result[name] = _value(child, seen, (*place, name), problems)
    return result


def plain_value(text: str) -> Any:
    """What a value typed without quotation marks stands for: null, a truth value, a number, or text."""
    if _NULL.match(text):
        return None
    if text in _BOOL:
        return _BOOL[text]
    if _INT.match(text):
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    return text


def _from_yaml_error(error: yaml.YAMLError, text: str) -> YamlProblem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    unclosed = "quoted scalar" in str(getattr(error, "context", "")) and "end of stream" in str(
        getattr(error, "problem", "")
    )
    if unclosed:
        mark = error.context_mark  # type: ignore[attr-defined]
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
    position = getattr(error, "position", None)
    line = mark.line + 1 if mark else text.count("\n", 0, position) + 1 if isinstance(position, int) else 1
    lines = text.split("\n")
    shown = lines[line - 1] if line <= len(lines) else ""
    hint = "Compare the indentation and the quotation marks of this line with the lines around it."
    if "\t" in shown[: len(shown) - len(shown.lstrip())] or "\\t" in str(problem) or "tab" in str(problem):
        hint = "Indent with spaces: this line has a tab."
    elif ": " in shown.partition(": ")[2] or "mapping values are not allowed" in str(problem):
        hint = "A value with a colon in it needs double quotation marks around it."
    elif unclosed:
        hint = "The quotation mark that opens here is not closed."
    elif "another document" in str(problem):
        hint = "Delete the line `---` in the middle: a file holds one document."
    return YamlProblem("yaml_syntax", line, f"this is no YAML: {problem}", hint)
