"""Drafted entries of a curated file: the statements and exclusions of a source, the claims of an event."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..core.findings import PackageError
from ..core.layout import Layout
from ..core.spelling import nearest, nearest_id
from ..curation.canonical import curated_text, item_lines
from ..curation.outline import Entry, Group, Scalar, outline_from_text, outline_to_change
from ..curation.texts import is_draft
from ..curation.yaml_nodes import YamlProblem, read_yaml

LISTS = {"source": ("statements", "exclusions"), "event": ("claims",)}
"""By kind of file: the lists whose entries can be drafts."""

Place = tuple[str, int]
"""(list, index) of an entry in a curated file."""


@dataclass(frozen=True, slots=True)
class Target:
    """A curated file with drafts: `kind` is `source` or `event`."""

    kind: str
    identifier: str
    path: Path
    text: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """A drafted entry: a statement or claim is identified by its id, an exclusion by its number, as in `x1`."""

    place: Place
    name: str
    entry: dict[str, Any]


def read_target(layout: Layout, identifier: str, *only: str) -> Target:
    """Return the file of the source, or otherwise of the event, with that id, or of a kind in
    `only`. Raises PackageError if it is missing or cannot be read.
    """
    kinds = {kind: layout.curated(kind, identifier) for kind in only or LISTS}
    found = next((kind for kind, path in kinds.items() if path.is_file()), None)
    if found is None:
        known = [name for kind, name, _ in layout.iter_curated() if kind in LISTS]
        raise PackageError(f"unknown source or event {identifier}{nearest_id(identifier, known)}")
    try:
        return Target(found, identifier, kinds[found], kinds[found].read_bytes().decode("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        path = layout.relative(kinds[found])
        raise PackageError(f"{path} cannot be read; `readouts validate` reports why") from error


def drafts_of(target: Target) -> list[Drafted]:
    """Return the drafts of a file, in order. Raises PackageError if it cannot be parsed."""
    outline_to_change(f"the curation of {target.identifier}", target.text)
    value = read_yaml(target.text).value
    found = []
    for name in LISTS[target.kind]:
        listed = value.get(name)
        for at, entry in enumerate(listed if isinstance(listed, list) else ()):
            if is_draft(entry):
                local = f"x{at + 1}" if name == "exclusions" else entry.get("id")
                found.append(Drafted((name, at), str(local or f"#{at + 1}"), entry))
    return found


def chosen(target: Target, ids: tuple[str, ...]) -> list[Drafted]:
    """Return the drafts with these ids, or all. Raises PackageError if there are none, or if one is missing."""
    drafts = drafts_of(target)
    what = target.identifier
    if not drafts:
        raise PackageError(
            f"the {target.kind} {what} has no drafts; `readouts draft {what}` proposes some"
        )
    known = [draft.name for draft in drafts]
    for identifier in ids:
        if identifier not in known:
            close = nearest(identifier, known)
            raise PackageError(
                f"{what} has no draft {identifier}{close or f' (drafts: {known[0]} to {known[-1]})'}"
            )
    return [draft for draft in drafts if not ids or draft.name in ids]


def with_accepted(layout: Layout, target: Target, places: Collection[Place]) -> str:
    """Return the file without `draft:` in the entries at the places; statements record that they were machine-drafted."""
    outline = outline_from_text(target.text)
    for place in places:
        entry = _entry(outline, place)
        if entry is not None and isinstance(entry.value, Group):
            kept = [
                part
                for part in entry.value.entries
                if part.key is None or part.key.text not in _MARKS
            ]
            if place[0] == "statements":
                kept.append(Entry(Scalar("curation_method", plain=True), Scalar("machine-drafted")))
            entry.value.entries = kept
    return curated_text(layout, target.kind, target.identifier, outline)


_MARKS = ("draft", "curation_method")


def without(layout: Layout, target: Target, places: Collection[Place]) -> str:
    """Return the file without the entries at the places."""
    outline = outline_from_text(target.text)
    for name in LISTS[target.kind]:
        listed = outline.get(name)
        if (
            listed is not None
            and isinstance(listed.value, Group)
            and any(place[0] == name for place in places)
        ):
            entries = [
                entry for at, entry in enumerate(listed.value.entries) if (name, at) not in places
            ]
            listed.value.entries = entries
            if not entries:
                listed.under, listed.value = (
                    [*listed.under, *listed.value.below],
                    Scalar("", plain=True),
                )
    return curated_text(layout, target.kind, target.identifier, outline)


def entry_text(draft: Drafted) -> str:
    """Return a draft as YAML, to be edited."""
    return "\n".join(item_lines(draft.entry)) + "\n"


def with_edited(layout: Layout, target: Target, draft: Drafted, edited: str) -> str:
    """Return the file with a draft replaced by its edited YAML; it stays a draft with the same id.

    Raises YamlProblem if the text is not one entry of a list.
    """
    name, at = draft.place
    made = outline_from_text(f"{name}:\n{edited}").get(name)
    entries = (
        made.value.entries
        if made is not None and isinstance(made.value, Group) and made.value.is_list
        else []
    )
    if len(entries) != 1 or not isinstance(entries[0].value, Group) or entries[0].value.is_list:
        raise YamlProblem(
            "value_type", 1, "this is not one entry that begins with `- `", "Edit one entry."
        )
    (entry,) = entries
    for key in ("id", "draft"):
        entry.value.entries = [
            part for part in entry.value.entries if part.key is None or part.key.text != key
        ]
        if key in draft.entry:
            entry.value.entries.append(
                Entry(Scalar(key, plain=True), Scalar(str(draft.entry[key])))
            )
    outline = outline_from_text(target.text)
    listed = outline.get(name)
    assert listed is not None and isinstance(listed.value, Group)
    listed.value.entries[at] = entry
    return curated_text(layout, target.kind, target.identifier, outline)


def _entry(outline: Group, place: Place) -> Entry | None:
    listed = outline.get(place[0])
    return (
        listed.value.entries[place[1]]
        if listed is not None and isinstance(listed.value, Group)
        else None
    )
