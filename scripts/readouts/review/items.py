"""The drafts to decide on, of a source or an event, each with its place in the captured text."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from ..compile.problems import QuotationProblem
from ..compile.stretches import Segment, locate_entry, place
from ..core.findings import PackageError
from ..core.layout import Layout
from ..curation.quotations import Quotable, Stretch
from ..curation.texts import entries_in
from ..curation.yaml_nodes import YamlProblem, read_yaml
from ..drafting.drafted import Drafted, Target, drafts_of, read_target
from ..drafting.filling import read_source

Mark = tuple[str, int, int]
"""(role, start, end) of words to mark, in code points of a captured text."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a captured text with the marked parts: `heading` names their source."""

    heading: str
    text: str
    stretch: Stretch
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A draft to decide on; `key` stays the same while other drafts are decided."""

    key: str
    draft: Drafted
    passages: tuple[Passage, ...] = ()

    @property
    def kind(self) -> str:
        return self.draft.place[0].removesuffix("s")


@dataclass(slots=True)
class Captures:
    """The captured texts of the passages, each read once."""

    layout: Layout
    _sources: dict[str, tuple[Quotable, dict[str, Any]]] = field(default_factory=dict)

    def source(self, source_id: str) -> Quotable:
        """Return the captured text of a source. Raises PackageError."""
        return self._read(source_id)[0]

    def statement(self, source_id: str, local_id: str) -> dict[str, Any]:
        """Return a statement as curated, {} if there is none with that id. Raises PackageError."""
        return self._read(source_id)[1].get(local_id, {})

    def _read(self, source_id: str) -> tuple[Quotable, dict[str, Any]]:
        if source_id not in self._sources:
            curation, text = read_source(self.layout, source_id)
            try:
                value = read_yaml(curation).value
            except YamlProblem:
                value = None
            entries = entries_in(value, "statements")
            self._sources[source_id] = (
                Quotable.of(text),
                {str(entry.get("id")): entry for entry in entries},
            )
        return self._sources[source_id]


def items_of(target: Target, captures: Captures) -> list[Item]:
    """Return the drafts in the order in which they are decided: text order for a source, file order for an event."""
    drafts = drafts_of(target)
    if target.kind == "event":
        return [Item(draft.name, draft, _attestations(draft, captures)) for draft in drafts]
    source = captures.source(target.identifier)
    items = [_of_source(draft, source) for draft in drafts]
    return sorted(
        items, key=lambda item: item.passages[0].stretch if item.passages else (len(source.text), 0)
    )


def read_items(layout: Layout, identifier: str, captures: Captures) -> tuple[Target, list[Item]]:
    """Return the current file with that id, and its items. Raises PackageError."""
    target = read_target(layout, identifier)
    return target, items_of(target, captures)


def _of_source(draft: Drafted, source: Quotable) -> Item:
    key = (
        draft.name
        if draft.place[0] == "statements"
        else json.dumps(draft.entry, sort_keys=True, default=str)
    )
    stretch: Stretch | None = None
    segments: list[Segment] = []
    with suppress(
        QuotationProblem, KeyError, TypeError, AttributeError
    ):  # the check reports problems with it
        if draft.place[0] == "statements":
            stretch, segments, _ = place(source, draft.entry)
        else:
            stretch = locate_entry(source, draft.entry)
            segments = [Segment("excluded", *stretch)]
    if stretch is None:
        return Item(key, draft)
    marks = tuple((segment.role, segment.start, segment.end) for segment in segments)
    return Item(key, draft, (Passage("", source.text, stretch, marks),))


def _attestations(draft: Drafted, captures: Captures) -> tuple[Passage, ...]:
    """Return the statements that attest a claim, with the attesting words marked as content."""
    found = []
    for entry in entries_in(draft.entry, "attestations"):
        with suppress(QuotationProblem, KeyError, TypeError, AttributeError, PackageError):
            source_id, _, local = entry["statement"].partition(".")
            source = captures.source(source_id)
            stretch = locate_entry(source, captures.statement(source_id, local))
            words = source.find(entry["quote"], stretch)
            marks = tuple(("content", *at) for at in words[:1])
            found.append(
                Passage(f"{entry['statement']}: {entry['relation']}", source.text, stretch, marks)
            )
    return tuple(found)
