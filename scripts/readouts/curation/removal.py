"""Taking entries out of the lists of a curated file and adding exclusions to it; every other character stays as it is.

The comments inside and next to an entry are removed with it; comments above and below stay.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import yaml

from .canonical import item_lines
from .yaml_document import Path, YamlDocument


class NotInBlocks(Exception):
    """A list is written in one line (`[…]`), so that entries cannot be removed from it by line."""


@dataclass(frozen=True, slots=True)
class NewExclusion:
    """An exclusion to add. `occurrence` is None if the words occur once in the source."""

    quote: str
    occurrence: int | None
    reason: str


def without_entries(text: str, document: YamlDocument, places: Iterable[Path]) -> str:
    """Return the text of the file without the list entries at `places`; a list that becomes empty is removed with its key.

    Raises NotInBlocks.
    """
    wanted = set(places)
    outer = {
        place for place in wanted if not any(place[:n] in wanted for n in range(1, len(place)))
    }
    cuts: list[tuple[int, int]] = []
    for path in sorted({place[:-1] for place in outer}, key=str):
        holder, key, items = _list_at(document.node, path)
        if holder.flow_style or items.flow_style:
            raise NotInBlocks
        gone = [int(place[-1]) for place in outer if place[:-1] == path]
        cuts += [_extent(text, items, index) for index in gone]
        if len(gone) == len(items.value):
            cuts.append(
                (_line_start(text, key.start_mark.index), _line_end(text, key.end_mark.index))
            )
    for start, end in sorted(cuts, reverse=True):
        text = text[:start] + text[end:]
    return text


def with_exclusions(text: str, document: YamlDocument, exclusions: list[NewExclusion]) -> str:
    """Return the text of a source's file with additional entries at the end of its `exclusions`. Raises NotInBlocks."""
    if not exclusions:
        return text
    root = document.node
    assert isinstance(root, yaml.MappingNode)
    if root.flow_style:
        raise NotInBlocks
    key, found = next(
        ((key, value) for key, value in root.value if key.value == "exclusions"), (None, None)
    )
    if isinstance(found, yaml.SequenceNode) and found.value:
        if found.flow_style:
            raise NotInBlocks
        dash = _dash(text, found.value[0])
        indent = dash - _line_start(text, dash)
        at = _line_end(text, _last_index(text, found.value[-1]) - 1)
        head = "" if text[:at].endswith("\n") else "\n"
        return text[:at] + head + "".join(_entry(entry, indent) for entry in exclusions) + text[at:]
    if key is not None and found is not None:  # `exclusions: []`
        text = (
            text[: _line_start(text, key.start_mark.index)]
            + text[_line_end(text, found.end_mark.index) :]
        )
    return text.rstrip("\n") + "\nexclusions:\n" + "".join(_entry(entry, 2) for entry in exclusions)


def _list_at(
    node: yaml.Node | None, path: Path
) -> tuple[yaml.MappingNode, yaml.Node, yaml.SequenceNode]:
    """Return (mapping, its key, the list) at a path that is known to lead to a list."""
    for step in path[:-1]:
        if isinstance(node, yaml.MappingNode):
            node = next(value for key, value in node.value if key.value == step)
        else:
            assert isinstance(node, yaml.SequenceNode) and isinstance(step, int)
            node = node.value[step]
    assert isinstance(node, yaml.MappingNode)
    key, items = next(pair for pair in node.value if pair[0].value == path[-1])
    assert isinstance(items, yaml.SequenceNode)
    return node, key, items


def _extent(text: str, items: yaml.SequenceNode, index: int) -> tuple[int, int]:
    """Return the offsets of the lines of one entry of a list in block form."""
    item = items.value[index]
    return _line_start(text, _dash(text, item)), _line_end(text, _last_index(text, item) - 1)


def _dash(text: str, item: yaml.Node) -> int:
    """Return the offset of the dash before an entry."""
    at = item.start_mark.index
    before = text[:at].rstrip()
    if not before.endswith("-"):
        raise NotInBlocks
    return len(before) - 1


def _last_index(text: str, node: yaml.Node) -> int:
    """Return the offset after the last character of a value, without the line ends and comments that the parser includes."""
    while (
        isinstance(node, yaml.MappingNode | yaml.SequenceNode)
        and not node.flow_style
        and node.value
    ):
        last = node.value[-1]
        node = last[1] if isinstance(node, yaml.MappingNode) else last
    return len(text[: node.end_mark.index].rstrip())


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    """Return the offset after the end of the line that contains offset `at`."""
    end = text.find("\n", at)
    return len(text) if end == -1 else end + 1


def _entry(exclusion: NewExclusion, indent: int) -> str:
    words = exclusion.quote
    quote = (
        words
        if exclusion.occurrence is None
        else {"quote": words, "occurrence": exclusion.occurrence}
    )
    return "\n".join(item_lines({"quote": quote, "reason": exclusion.reason}, indent)) + "\n"
