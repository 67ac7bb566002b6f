"""Replacing the words of a quotation in a curated file and nothing else: comments and layout stay."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import yaml

from .scalars import WIDTH, folded_lines, inline_text
from .yaml_document import Path
from .yaml_nodes import YamlProblem, read_yaml


@dataclass(frozen=True, slots=True)
class Repair:
    """In the curated file `path` (relative to the root) the text at `place` becomes `words`, taken from the source."""

    path: str
    place: Path
    words: str


def repaired(text: str, repairs: Iterable[Repair]) -> tuple[str, list[Repair]]:
    """Return the text of one curated file with the repairs made, and the list of those made.

    A repair that would change anything except the one value is not made.
    """
    done = []
    for repair in repairs:
        changed = _with_words(text, repair.place, repair.words)
        if changed is not None and changed != text:
            text = changed
            done.append(repair)
    return text, done


def _with_words(text: str, place: Path, words: str) -> str | None:
    try:
        document = read_yaml(text)
    except YamlProblem:
        return None
    node = _node(document.node, place)
    if not isinstance(node, yaml.ScalarNode):
        return None
    start, end = node.start_mark.index, node.end_mark.index
    if node.style in ("|", ">"):
        written = _folded(text, start, end, words)
    elif node.style == "'":
        written = "'" + words.replace("'", "''") + "'"
    elif node.style == '"':
        written = json.dumps(words, ensure_ascii=False)
    else:
        written = inline_text(words)
    changed = text[:start] + written + text[end:]
    wanted = _with_value(document.value, place, words)
    try:
        return changed if read_yaml(changed).value == wanted else None
    except YamlProblem:
        return None


def _folded(text: str, start: int, end: int, words: str) -> str:
    """Return a folded block with the words, indented like the one at text[start:end]; in quotation marks if it cannot be folded."""
    kept = text[start:end]
    body = kept.split("\n")[1:]
    indent = min((len(line) - len(line.lstrip(" ")) for line in body if line.strip()), default=2)
    lines = folded_lines(words, WIDTH - indent)
    tail = kept[len(kept.rstrip("\n ")) :]
    if lines is None:
        return inline_text(words) + tail
    return ">-\n" + "\n".join(" " * indent + line for line in lines) + tail


def _node(node: yaml.Node | None, place: Path) -> yaml.Node | None:
    for step in place:
        if isinstance(node, yaml.MappingNode):
            node = next((child for key, child in node.value if key.value == step), None)
        elif (
            isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value)
        ):
            node = node.value[step]
        else:
            return None
    return node


def value_at(value: Any, place: Path) -> Any:
    """Return the value at the place in a document's value."""
    for step in place:
        value = value[step]
    return value


def _with_value(value: Any, place: Path, words: str) -> Any:
    """Return a copy of the value with the words at `place`."""
    if not place:
        return words
    copy: Any = dict(value) if isinstance(value, dict) else list(value)
    copy[place[0]] = _with_value(value[place[0]], place[1:], words)
    return copy


def without(value: Any, place: Path) -> Any:
    """Return a copy of the value without the value at `place`; an item of a list becomes None, so that the others keep their place."""
    if not place or not isinstance(value, dict | list):
        return value
    step, rest = place[0], place[1:]
    copy: Any = dict(value) if isinstance(value, dict) else list(value)
    if rest and (
        step in copy if isinstance(copy, dict) else isinstance(step, int) and step < len(copy)
    ):
        copy[step] = without(copy[step], rest)
    elif isinstance(copy, dict):
        copy.pop(step, None)
    elif isinstance(step, int) and step < len(copy):
        copy[step] = None
    return copy
