"""The canonical form of a curated file: one order of keys, one way to quote, wrap and indent, every comment kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..core.definitions import read_schema
from ..core.layout import Layout
from .outline import Entry, Group, Scalar, outline_from_text, outline_from_value
from .scalars import WIDTH, folded_lines, inline_text
from .yaml_nodes import plain_value, read_yaml

MODELINE = "# yaml-language-server: $schema="
"""Beginning of the comment by which editors find the schema of a file."""

_BLANK_OF_TEXT = " "
_NULLS = ("", "~", "null", "Null", "NULL")


class FormProblem(Exception):
    """The canonical form would not preserve the typed text: a fault of this module, not of the file."""


def canonical_text(root: Group, schema: dict[str, Any], schema_path: str | None) -> str:
    """Return the outline as canonical YAML. Keys follow the order of the schema's properties, unknown keys come last.

    `schema_path` is the path of the schema, relative to the file: the first line names it for
    editors unless one is there already. If None, there is no such line.
    """
    order_keys(root, schema)
    head = _take_modeline(root) or (MODELINE + schema_path if schema_path else None)
    lines = [*([head] if head else []), *_group_lines(root, 0)]
    return "\n".join(_single_blanks(lines)) + "\n"


def curated_text(layout: Layout, kind: str, identifier: str, outline: Group) -> str:
    """Return the outline as the canonical text of the curated file of that kind and id.

    Its first line names the schema for editors, if the package has a copy of it. Raises
    PackageError if the installed schema cannot be read.
    """
    path = layout.curated(kind, identifier)
    return canonical_text(
        outline, read_schema(layout, f"curation/{kind}"), layout.editor_schema(kind, path)
    )


def item_lines(value: dict[str, Any], indent: int = 0) -> list[str]:
    """Return the lines of a list item with this indentation."""
    return list(_group_lines(outline_from_value([value]), indent))


def commented_item(value: dict[str, Any]) -> list[str]:
    """Return the lines of a list item as comments: each becomes part of the file when its `# ` is deleted. Null is left open."""
    lines = item_lines(value)
    return ["# " + re.sub(r"^([- ]*[a-z_]+:) null\Z", r"\1", line) for line in lines]


def require_same(before: str, after: str, added: dict[str, Any] | None = None) -> None:
    """Require that the canonical form has the same comments as the typed text, and the same value except for `added`.

    Raises FormProblem.
    """
    if read_yaml(after).value != (read_yaml(before).value if added is None else added):
        raise FormProblem("its value would change")
    old, new = _comments(outline_from_text(before)), _comments(outline_from_text(after))
    if old != [text for text in new if text in old or not text.startswith(MODELINE)]:
        raise FormProblem("a comment would be lost")


def order_keys(root: Group, schema: dict[str, Any]) -> None:
    """Sort every mapping by the schema's properties, in place; comments move with their keys."""
    if root.is_list:
        for entry in root.entries:
            _order_value(entry, schema.get("items", {}))
        return
    properties = list(schema.get("properties", {}))
    rank = {name: number for number, name in enumerate(properties)}
    root.entries.sort(key=lambda entry: rank.get(entry.key.text, len(rank)) if entry.key else 0)
    for entry in root.entries:
        _order_value(
            entry, schema.get("properties", {}).get(entry.key.text if entry.key else "", {})
        )


def _order_value(entry: Entry, schema: dict[str, Any]) -> None:
    if isinstance(entry.value, Group):
        order_keys(entry.value, schema)


def _take_modeline(root: Group) -> str | None:
    for entry in _iter_entries(root):
        for comment in entry.above:
            if comment.startswith(MODELINE):
                entry.above.remove(comment)
                return comment
    return None


def _iter_entries(group: Group) -> Iterator[Entry]:
    for entry in group.entries:
        yield entry
        if isinstance(entry.value, Group):
            yield from _iter_entries(entry.value)


def _comments(group: Group) -> list[str]:
    """Return all comments, sorted: their order follows the order of the keys."""
    found = list(group.below)
    for entry in group.entries:
        found += [*entry.above, *entry.under, *([entry.trailing] if entry.trailing else [])]
        if isinstance(entry.value, Group):
            found += _comments(entry.value)
    return sorted(text for text in found if text)


def _single_blanks(lines: list[str]) -> list[str]:
    """Reduce empty lines between comments to one in a row, none at the end; those in a folded text are part of it."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    while kept and not kept[-1]:
        kept.pop()
    return ["" if line == _BLANK_OF_TEXT else line for line in kept]


def _group_lines(group: Group, indent: int) -> Iterator[str]:
    for entry in group.entries:
        yield from _entry_lines(entry, indent)
    yield from _comment_lines(group.below, indent)


def _comment_lines(comments: list[str], indent: int) -> Iterator[str]:
    for comment in comments:
        yield " " * indent + comment if comment else ""


def _entry_lines(entry: Entry, indent: int) -> Iterator[str]:
    """Return the lines of a key or an item with its value; the first key of an item is on the line of the dash."""
    yield from _comment_lines(_comments_above(entry), indent)
    if entry.key is None:
        opening = " " * indent + "-"
        if isinstance(entry.value, Group) and entry.value.entries and not entry.value.is_list:
            inner = _group_lines(entry.value, indent + 2)
            yield f"{opening} {next(inner).lstrip(' ')}"
            yield from inner
            return
    else:
        opening = f"{' ' * indent}{_key_text(entry.key)}:"
    yield from _value_lines(entry, opening, indent)
    yield from _comment_lines(entry.under, indent + 2)


def _comments_above(entry: Entry) -> list[str]:
    """Return the comments above an entry; those of an item's first key go above its dash."""
    above = entry.above
    if (
        entry.key is None
        and isinstance(entry.value, Group)
        and entry.value.entries
        and not entry.value.is_list
    ):
        first = entry.value.entries[0]
        above, first.above = above + _comments_above(first), []
    return above


def _key_text(key: Scalar) -> str:
    return key.text if key.plain else inline_text(key.text)


def _value_lines(entry: Entry, opening: str, indent: int) -> Iterator[str]:
    value, trailing = entry.value, f"  {entry.trailing}" if entry.trailing else ""
    if isinstance(value, Group):
        if value.entries:
            yield opening + trailing
            yield from _group_lines(value, indent + 2)
        else:
            yield f"{opening} {'[]' if value.is_list else '{}'}{trailing}"
            yield from _comment_lines(value.below, indent + 2)
        return
    if value.plain and value.text in _NULLS:
        # Left empty above the lines of a draft, so that one of them can become the value.
        yield (opening if entry.under else f"{opening} null") + trailing
        return
    typed = value.plain and not isinstance(plain_value(value.text), str)
    inline = value.text if typed else inline_text(value.text)
    lines = None
    if len(opening) + 1 + len(inline) > WIDTH or "\n" in value.text:
        lines = folded_lines(value.text, WIDTH - indent - 2)
    if lines is not None and (len(lines) > 1 or "\n" in value.text or " " in value.text):
        yield f"{opening} {'>' if value.text.endswith(chr(10)) else '>-'}{trailing}"
        yield from (" " * (indent + 2) + line if line else _BLANK_OF_TEXT for line in lines)
    else:
        yield f"{opening} {inline}{trailing}"
