"""A curated file as an outline: its keys, items and values, each with the comments that belong to it.

PyYAML's nodes carry no comments, and the round-trip libraries lose those within `[…]` and misplace
the others when keys change their order; so comments are found in the text between the values, and
belong to the entry above, next to or below them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from ..core.findings import PackageError
from .comments import Comment, iter_comments
from .yaml_nodes import YamlProblem, read_yaml

_MARKER = re.compile(r"^(?:---|\.\.\.)(?=\s|\Z)", re.M)
_STRUCTURE = frozenset(" \t\n-:,[]{}?")


@dataclass(slots=True)
class Scalar:
    """A value. `plain` says that it was typed without quotation marks, so that it may be a number or null."""

    text: str
    plain: bool = False


@dataclass(slots=True, eq=False)
class Group:
    """A mapping (entries with keys) or a list; `below` are the comments after its last entry."""

    is_list: bool
    entries: list[Entry] = field(default_factory=list)
    below: list[str] = field(default_factory=list)

    def get(self, key: str) -> Entry | None:
        return next(
            (entry for entry in self.entries if entry.key is not None and entry.key.text == key),
            None,
        )


@dataclass(slots=True, eq=False)
class Entry:
    """A key with its value, or an item of a list. Comments are kept from `#` on; "" among them is an empty line.

    `start` and `column` are the place of the key or the dash in the text read.
    """

    key: Scalar | None
    value: Scalar | Group
    start: int = -1
    column: int = 0
    above: list[str] = field(default_factory=list)
    trailing: str | None = None
    under: list[str] = field(default_factory=list)
    """Comments indented below an entry without a value: the lines of a draft."""


def outline_from_text(text: str) -> Group:
    """Return the outline of one document whose top is a mapping. Raises YamlProblem for text that read_yaml refuses, and for anchors and tags."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    node = read_yaml(text).node
    if not isinstance(node, yaml.MappingNode):
        raise YamlProblem("value_type", 1, "the file has no keys", "Begin with a key and a colon.")
    spans = sorted(_iter_scalar_spans(node))
    comments = list(iter_comments(text, spans))
    between = _blanked(text, [*spans, *((c.start, c.start + len(c.text)) for c in comments)])
    at_fault = [start for start, end in spans if start < end and text[start] in "&!"]
    at_fault += [
        found.start() for found in re.finditer(r"\S", between) if found[0] not in _STRUCTURE
    ]
    if at_fault:
        line = text.count("\n", 0, min(at_fault)) + 1
        raise YamlProblem(
            "yaml_plain", line, "a tag, an anchor or a directive is used", "Delete it."
        )
    dashes = iter([m.start() for m in re.finditer(r"-(?=\s|\Z)", between)])
    root = _group(node, text, dashes)
    _attach(root, _places(root), comments)
    return root


def outline_to_change(name: str, text: str) -> Group:
    """Return the outline of a file that a command changes. Raises PackageError, which begins with `name`, if it cannot be read."""
    try:
        return outline_from_text(text)
    except YamlProblem as problem:
        raise PackageError(
            f"{name}, line {problem.line}: {problem.message}; fix it first"
        ) from problem


def outline_from_value(value: dict[str, Any] | list[Any]) -> Group:
    """Return the outline of a mapping or list of texts, numbers and nulls, without comments."""
    group = Group(is_list=isinstance(value, list))
    for key, child in (
        value.items() if isinstance(value, dict) else ((None, item) for item in value)
    ):
        if isinstance(child, dict | list):
            written: Scalar | Group = outline_from_value(child)
        else:
            written = Scalar("" if child is None else str(child), plain=not isinstance(child, str))
        group.entries.append(Entry(None if key is None else Scalar(key, plain=True), written))
    return group


def _iter_scalar_spans(node: yaml.Node) -> Iterator[tuple[int, int]]:
    if isinstance(node, yaml.MappingNode):
        for pair in node.value:
            for child in pair:
                yield from _iter_scalar_spans(child)
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _iter_scalar_spans(child)
    else:
        yield node.start_mark.index, node.end_mark.index


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """Return the text with the spans and the document markers replaced by spaces."""
    pieces, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            pieces += [text[at:start], " " * (end - start)]
            at = end
    return _MARKER.sub("   ", "".join([*pieces, text[at:]]))


def _group(node: yaml.Node, text: str, dashes: Iterator[int]) -> Group:
    if isinstance(node, yaml.MappingNode):
        group = Group(is_list=False)
        for key, child in node.value:
            mark = key.start_mark
            entry = Entry(Scalar(key.value, not key.style), Scalar(""), mark.index, mark.column)
            entry.value = _value(child, text, dashes)
            group.entries.append(entry)
        return group
    group = Group(is_list=True)
    for child in node.value:
        start = child.start_mark.index if node.flow_style else next(dashes)
        entry = Entry(None, Scalar(""), start, start - text.rfind("\n", 0, start) - 1)
        entry.value = _value(child, text, dashes)
        group.entries.append(entry)
    return group


def _value(node: yaml.Node, text: str, dashes: Iterator[int]) -> Scalar | Group:
    if isinstance(node, yaml.ScalarNode):
        return Scalar(node.value, not node.style)
    return _group(node, text, dashes)


@dataclass(slots=True)
class _Place:
    """An entry with the groups that contain it, from the root inwards."""

    entry: Entry
    groups: list[Group]


def _places(root: Group) -> list[_Place]:
    """Return all entries in the order of the text."""
    found: list[_Place] = []

    def walk(group: Group, above: list[Group]) -> None:
        for entry in group.entries:
            found.append(_Place(entry, [*above, group]))
            if isinstance(entry.value, Group):
                walk(entry.value, [*above, group])

    walk(root, [])
    return found


def _attach(root: Group, places: list[_Place], comments: list[Comment]) -> None:
    at = 0
    for comment in comments:
        while at < len(places) and places[at].entry.start < comment.start:
            at += 1
        before = places[at - 1] if at else None
        after = places[at] if at < len(places) else None
        if not comment.alone and before is not None and before.entry.trailing is None:
            if before.entry.key is None and isinstance(before.entry.value, Group):
                before.entry.above.append(comment.text)
            else:
                before.entry.trailing = comment.text
            continue
        target = _target(root, before, after, comment)
        if comment.after_blank:
            target.append("")
        target.append(comment.text)
        if comment.before_blank:
            target.append("")


def _target(
    root: Group, before: _Place | None, after: _Place | None, comment: Comment
) -> list[str]:
    """Return the list that a comment on a separate line belongs to, by its indentation."""
    if before is None:
        return after.entry.above if after else root.below
    if not comment.alone:
        return before.entry.above
    limit = after.entry.column if after else -1
    inside = isinstance(before.entry.value, Group) and before.entry.value.entries
    if (
        not inside
        and _is_empty(before.entry.value)
        and comment.column > max(before.entry.column, limit)
    ):
        return before.entry.under
    ended = [
        group
        for group in before.groups
        if after is None or all(group is not other for other in after.groups)
    ]
    if after is not None and (comment.column <= limit or not ended):
        return after.entry.above
    for group in reversed(ended):
        if group.entries[0].column <= comment.column:
            return group.below
    return ended[0].below if ended else root.below


def _is_empty(value: Scalar | Group) -> bool:
    return not value.entries if isinstance(value, Group) else value.plain and not value.text
