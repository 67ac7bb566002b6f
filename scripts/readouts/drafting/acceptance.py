"""Accepting and rejecting drafted entries. An entry is accepted only if the check finds nothing wrong with it."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from ..curation.canonical import curated_text
from ..curation.outline import Entry, Group, Scalar, outline_from_text
from ..curation.surroundings import surroundings
from ..curation.texts import is_draft
from ..curation.yaml_nodes import YamlDocument, YamlProblem, read_yaml
from ..findings import Finding, PackageError
from ..layout import Layout
from ..rules.spelling import nearest
from ..tables.drafts import CODE
from ..validation import validate_source
from .filling import read_source

Place = tuple[str, int]
"""(list, index) of an entry in a source's curation."""


@dataclass(slots=True)
class Outcome:
    """What was accepted or rejected, what was refused and why, and the file to write (None: nothing changes)."""

    done: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    path: Path | None = None
    data: bytes | None = None


def accept(layout: Layout, source_id: str, ids: tuple[str, ...] = ()) -> Outcome:
    """Take over drafted entries (all, or those with these ids) that pass the check.

    Statements get `curation_method: machine-drafted`. Raises PackageError if there is no such source or draft.
    """
    text, _ = read_source(layout, source_id)
    wanted = _wanted(text, source_id, ids)
    names = dict(wanted)
    path = layout.curated("source", source_id)
    outcome = Outcome(path=path)
    while names:
        candidate = _with_accepted(layout, source_id, text, set(names))
        found, document = _check(layout, source_id, candidate), read_yaml(candidate)
        relative = layout.relative(path)
        facts = _in_lines(found, relative, _lines(document, ("source",)))
        if facts:  # without them no entry is checked
            return Outcome(refused=list(names.values()), findings=facts)
        faults = {at: inside for at in names if (inside := _in_lines(found, relative, _lines(document, at)))}
        for at, inside in faults.items():
            outcome.refused.append(names.pop(at))
            outcome.findings += inside
        if not faults:
            outcome.data = candidate.encode("utf-8")
            break
    outcome.done = list(names.values())
    return outcome


def reject(layout: Layout, source_id: str, ids: tuple[str, ...]) -> Outcome:
    """Take drafted entries out of a source's curation. Raises PackageError if there is no such source or draft."""
    text, _ = read_source(layout, source_id)
    names = dict(_wanted(text, source_id, ids))
    outline = outline_from_text(text)
    for name in ("statements", "exclusions"):
        listed = outline.get(name)
        if listed is not None and isinstance(listed.value, Group):
            listed.value.entries = [entry for at, entry in enumerate(listed.value.entries) if (name, at) not in names]
            if not listed.value.entries:
                listed.under, listed.value = [*listed.under, *listed.value.below], Scalar("", plain=True)
    path = layout.curated("source", source_id)
    return Outcome(
        list(names.values()), path=path, data=curated_text(layout, "source", source_id, outline).encode("utf-8")
    )


def drafts_of(text: str) -> list[tuple[Place, str, dict[str, Any]]]:
    """(place, name, entry) of the drafts in a source's curation. A statement is named by its id, an exclusion `x1` by its number."""
    value = read_yaml(text).value
    found = []
    for name in ("statements", "exclusions"):
        listed = value.get(name) if isinstance(value, dict) else None
        for at, entry in enumerate(listed if isinstance(listed, list) else ()):
            if is_draft(entry):
                local = entry.get("id") if name == "statements" else f"x{at + 1}"
                found.append(((name, at), str(local or f"#{at + 1}"), entry))
    return found


def _wanted(text: str, source_id: str, ids: tuple[str, ...]) -> list[tuple[Place, str]]:
    try:
        drafts = [(at, name) for at, name, _ in drafts_of(text)]
    except YamlProblem as problem:
        raise PackageError(
            f"the curation of {source_id} cannot be read (line {problem.line}: {problem.message}); fix it first"
        ) from problem
    if not drafts:
        raise PackageError(f"the source {source_id} has no drafts; `readouts draft {source_id}` proposes some")
    known = [name for _, name in drafts]
    for identifier in ids:
        if identifier not in known:
            close = nearest(identifier, known)
            raise PackageError(
                f"{source_id} has no draft {identifier}{close or f' (drafts: {known[0]} to {known[-1]})'}"
            )
    return [(at, name) for at, name in drafts if not ids or name in ids]


def _with_accepted(layout: Layout, source_id: str, text: str, places: set[Place]) -> str:
    """The curation without `draft:` in the entries at the places."""
    outline = outline_from_text(text)
    for name in ("statements", "exclusions"):
        listed = outline.get(name)
        if listed is None or not isinstance(listed.value, Group):
            continue
        for at, entry in enumerate(listed.value.entries):
            if (name, at) in places and isinstance(entry.value, Group):
                _take_over(entry.value, name == "statements")
    return curated_text(layout, "source", source_id, outline)


def _take_over(entry: Group, is_statement: bool) -> None:
    entry.entries = [
        part for part in entry.entries if part.key is None or part.key.text not in ("draft", "curation_method")
    ]
    if is_statement:
        entry.entries.append(Entry(Scalar("curation_method", plain=True), Scalar("machine-drafted")))


def _check(layout: Layout, source_id: str, candidate: str) -> list[Finding]:
    """The findings of the source with another curation, in a copy of the files that it is judged with."""
    layout.workshop.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="accept-", dir=layout.workshop) as folder:
        copy = Layout(Path(folder), layout.rules)
        for kind, identifier in surroundings(layout, source_id).files:
            paths = [layout.curated(kind, identifier)]
            if kind == "source":
                paths += sorted(p for p in (layout.sources / identifier).iterdir() if p.is_file())
            for path in paths:
                _copy(path, Path(folder) / path.relative_to(layout.root))
        for path in (layout.ledger, layout.root / "data" / "corpus.yaml", layout.descriptor):
            _copy(path, Path(folder) / path.relative_to(layout.root))
        target = copy.curated("source", source_id)
        target.unlink()
        target.write_bytes(candidate.encode("utf-8"))
        return [f for f in validate_source(copy, source_id).findings if f.code != CODE and f.severity == "error"]


def _copy(path: Path, target: Path) -> None:
    if not path.is_file() or target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(path, target)
    except OSError:
        shutil.copyfile(path, target)


def _lines(document: YamlDocument, path: tuple[str | int, ...]) -> range:
    """The lines of the value at a path, from its key or dash on."""
    node = document.node
    for step in path:
        if isinstance(node, yaml.MappingNode):
            node = next((child for key, child in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
    first = document.line(path)
    return range(first, max(first, node.end_mark.line if node is not None else first) + 1)


def _in_lines(found: list[Finding], path: str, lines: range) -> list[Finding]:
    return [finding for finding in found if finding.path == path and finding.line in lines]
