"""A parsed YAML file: its value, its problems, and the line of every value."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from .yaml_diagnostics import YamlProblem

_BREAKS = re.compile("[\x85\u2028\u2029]")
"""Characters that YAML 1.1 takes for a line break and no editor shows as one (YAML 1.2, 5.4): a space here, as in the quotations they are pasted
with."""
Path = tuple[str | int, ...]

_TAGS = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}
PLAIN_TAGS = frozenset(_TAGS.values())


class _Loader(yaml.CBaseLoader):
    """PyYAML's composer without its tables of tags for values and places, which are empty here: every value is text, list or mapping."""

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:
        return _TAGS[kind]


def with_plain_breaks(text: str) -> str:
    """Return the text, of the same length, with a space for each character of _BREAKS."""
    return _BREAKS.sub(" ", text)


def composed(text: str) -> yaml.Node | None:
    loader = _Loader(with_plain_breaks(text))
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


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
            self._nodes.append(composed(self.text))
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
