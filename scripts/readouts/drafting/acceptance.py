"""Accepting and rejecting drafted entries. An entry is accepted only if the check has no findings for it."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from ..compile.drafts import CODE
from ..core.findings import Finding, PackageError
from ..core.layout import Layout
from ..curation.dependencies import dependencies_of, sources_naming
from ..curation.yaml_document import YamlDocument
from ..curation.yaml_nodes import read_yaml
from ..validation.validate import validate_source
from .drafted import Place, Target, chosen, read_target, with_accepted, without


@dataclass(slots=True)
class Outcome:
    """The accepted or rejected entries, the refused ones with the reason, and the file to write (None: nothing changes)."""

    done: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    path: Path | None = None
    data: bytes | None = None
    other_findings: list[Finding] = field(default_factory=list)
    """Findings in other files that the accepted entries depend on, such as agents: until they are fixed, the check is incomplete."""


def accept(layout: Layout, identifier: str, ids: tuple[str, ...] = ()) -> Outcome:
    """Accept drafted entries of a source or an event (all, or those with these ids) that pass the check.

    Statements get `curation_method: machine-drafted`. Raises PackageError if there is no such file
    or draft.
    """
    target = read_target(layout, identifier)
    names = {draft.place: draft.name for draft in chosen(target, ids)}
    outcome = Outcome(path=target.path)
    while names:
        candidate = with_accepted(layout, target, names)
        every = check(layout, target, candidate)
        found, faults = sorted_out(layout, target, candidate, every, list(names))
        if found:  # without the facts of the file no entry is checked
            return Outcome(refused=list(names.values()), findings=found)
        for at, inside in faults.items():
            outcome.refused.append(names.pop(at))
            outcome.findings += inside
        if not faults:
            outcome.data = candidate.encode("utf-8")
            outcome.other_findings = [
                finding for finding in every if finding.path != layout.relative(target.path)
            ]
            break
    outcome.done = list(names.values())
    return outcome


def reject(layout: Layout, identifier: str, ids: tuple[str, ...]) -> Outcome:
    """Remove drafted entries from a source or an event. Raises PackageError if there is no such file or draft."""
    target = read_target(layout, identifier)
    names = {draft.place: draft.name for draft in chosen(target, ids)}
    return Outcome(
        list(names.values()),
        path=target.path,
        data=without(layout, target, names.keys()).encode("utf-8"),
    )


def sorted_out(
    layout: Layout, target: Target, candidate: str, found: list[Finding], places: list[Place]
) -> tuple[list[Finding], dict[Place, list[Finding]]]:
    """Return (findings in the facts, findings by place for the entries that have some) of the file with another text."""
    document = read_yaml(candidate)
    relative = layout.relative(target.path)
    facts = _in_lines(found, relative, _lines(document, (target.kind,)))
    inside = {at: _in_lines(found, relative, _lines(document, at)) for at in places}
    return facts, {at: findings for at, findings in inside.items() if findings}


def check(layout: Layout, target: Target, candidate: str) -> list[Finding]:
    """Return the findings of the file with another text, in a copy of the files that it is checked with."""
    source_id = (
        target.identifier if target.kind == "source" else _account_of(layout, target.identifier)
    )
    layout.state_dir.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="accept-", dir=layout.state_dir) as folder:
        copy = Layout(Path(folder), layout.rules)
        for kind, identifier in dependencies_of(layout, source_id).files:
            paths = [layout.curated(kind, identifier)]
            if kind == "source":
                paths += sorted(p for p in (layout.sources / identifier).iterdir() if p.is_file())
            for path in paths:
                _copy(path, Path(folder) / path.relative_to(layout.root))
        for path in (layout.ledger, layout.corpus, layout.descriptor):
            _copy(path, Path(folder) / path.relative_to(layout.root))
        changed = copy.curated(target.kind, target.identifier)
        changed.unlink(missing_ok=True)
        changed.write_bytes(candidate.encode("utf-8"))
        return [
            f
            for f in validate_source(copy, source_id).findings
            if f.code != CODE and f.severity == "error"
        ]


def _account_of(layout: Layout, event_id: str) -> str:
    """Return a source that reports the event: the event is checked with it. Raises PackageError if there is none."""
    for source_id in sources_naming(layout, "event", event_id):
        return source_id
    raise PackageError(f"no source reports the event {event_id}; add one with `readouts add`")


def _copy(path: Path, target: Path) -> None:
    if not path.is_file() or target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(path, target)
    except OSError:
        shutil.copyfile(path, target)


def _lines(document: YamlDocument, path: tuple[str | int, ...]) -> range:
    """Return the lines of the value at a path, from its key or dash on."""
    node = document.node
    for step in path:
        if isinstance(node, yaml.MappingNode):
            node = next((child for key, child in node.value if key.value == step), None)
        elif (
            isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value)
        ):
            node = node.value[step]
    first = document.line(path)
    return range(first, max(first, node.end_mark.line if node is not None else first) + 1)


def _in_lines(found: list[Finding], path: str, lines: range) -> list[Finding]:
    return [finding for finding in found if finding.path == path and finding.line in lines]
