"""References in curated files, and how to change one without touching anything else in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from .scalars import inline_text
from .yaml_nodes import plain_value, read_yaml

ITEM, ANY_KEY = "[]", "{}"
"""Represent any index of a list and any key of a mapping in the places below."""
PARTS = {"statement": "source", "claim": "event"}
"""Records written in the file of another record, with a local id there: `source.s01`, `event.c01`."""

REFERENCES: dict[str, dict[tuple[str, ...], str]] = {
    "agent": {("offices", ITEM, "organization"): "agent"},
    "event": {
        ("event", "date_source"): "source",
        ("event", "part_of"): "event",
        ("participants", ITEM, "agent"): "agent",
        ("claims", ITEM, "id"): "claim",
        ("claims", ITEM, "attestations", ITEM, "statement"): "statement",
    },
    "source": {
        ("source", "publisher"): "agent",
        ("source", "relays"): "source",
        ("source", "event"): "event",
        ("source", "attributions", ITEM, "agent"): "agent",
        ("statements", ITEM, "id"): "statement",
        ("statements", ITEM, "speaker"): "agent",
        ("statements", ITEM, "event"): "event",
        ("statements", ITEM, "continues"): "statement",
        ("statements", ITEM, "within"): "statement",
        ("statements", ITEM, "repeats"): "statement",
        ("statements", ITEM, "attributions", ITEM, "agent"): "agent",
    },
}
"""By kind of file: the places whose value is an id, and the kind of record."""
REFERRING_KEYS = {"event": {("claims", ITEM, "divergences", ITEM, "words", ANY_KEY): "statement"}}
"""The same for mappings whose keys are ids."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of an id: the kind of record, its id, and the place in the file, in code points.

    `local` means that only the part after the full stop is written; `declares` that the record
    itself is written here.
    """

    kind: str
    identifier: str
    start: int
    end: int
    local: bool
    declares: bool


def iter_mentions(kind: str, owner: str, text: str) -> Iterator[Mention]:
    """Every id in the curated file of the kind whose own id is `owner`. Raises YamlProblem."""
    node = read_yaml(text).node
    for place, found in _walk(node, ()) if node is not None else ():
        named = REFERENCES[kind].get(place) or REFERRING_KEYS.get(kind, {}).get(place)
        if named is not None and (found.style or plain_value(found.value) is not None):
            local = named in PARTS and "." not in found.value
            identifier = f"{owner}.{found.value}" if local else found.value
            declares = place[-1] == "id"
            yield Mention(
                named, identifier, found.start_mark.index, found.end_mark.index, local, declares
            )


def _walk(
    node: yaml.Node, place: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], yaml.ScalarNode]]:
    """Yield every value with its place; a key with the place of any key of its mapping."""
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _walk(child, (*place, ITEM))
    elif isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            yield (*place, ANY_KEY), key
            yield from _walk(child, (*place, key.value))
    else:
        yield place, node


def with_ids_replaced(text: str, replaced: list[tuple[Mention, str]]) -> str:
    """Return the text with the new id in place of each mention; every other character stays."""
    for mention, new in sorted(replaced, key=lambda pair: pair[0].start, reverse=True):
        written = new.partition(".")[2] if mention.local else new
        text = text[: mention.start] + inline_text(written) + text[mention.end :]
    return text
