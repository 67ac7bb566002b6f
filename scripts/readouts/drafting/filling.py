"""Proposals written into the curation of a source, only where nothing is curated or drafted yet; every other line stays."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ..alignment.languages import DEFAULT_LANGUAGE, language_of
from ..compile.problems import QuotationProblem
from ..compile.stretches import locate_entry
from ..core.findings import PackageError
from ..core.layout import Layout
from ..core.lexicon import read_lexicon
from ..core.progress import Progress, silent
from ..core.spelling import nearest_id
from ..curation.canonical import curated_text
from ..curation.files import Curation
from ..curation.outline import (
    Entry,
    Group,
    outline_from_text,
    outline_from_value,
    outline_to_change,
)
from ..curation.quotations import Quotable, Stretch
from ..curation.reading import read_curation
from ..curation.texts import entries_in
from ..curation.yaml_nodes import read_yaml
from ..ledger.identity import numbers_taken
from ..ledger.reading import read_ledger
from .dating import day_of
from .engines import DEFAULT, draft_text
from .entries import exclusion_entries, statement_entries
from .proposals import Draft
from .uncovered import iter_uncovered


@dataclass(frozen=True, slots=True)
class Filled:
    """Result of drafting a source: the file to write, the number of proposals, and the agents that do not exist yet (id → name)."""

    path: Path
    data: bytes
    statements: int
    exclusions: int
    agents: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def fill_source(
    layout: Layout,
    source_id: str,
    engine: str,
    language: str | None = None,
    progress: Progress = silent,
) -> Filled:
    """Return the curation of a source with the engine's proposals for uncovered text.

    Raises PackageError if there is no such source, if its file cannot be read, or if the engine is
    missing.
    """
    path = layout.curated("source", source_id)
    text, capture = read_source(layout, source_id)
    value = _value_of(layout, source_id, text)
    facts = value.get("source") if isinstance(value.get("source"), dict) else {}
    wanted = language or language_of(capture, facts.get("language")) or DEFAULT_LANGUAGE
    agents = list(read_curation(layout, _agents_of(layout)).of_kind("agent"))
    draft = draft_text(engine, capture, agents, wanted, progress)
    return fill_text(layout, source_id, path, text, capture, draft, engine, wanted, agents)


def fill_text(
    layout: Layout,
    source_id: str,
    path: Path,
    text: str,
    capture: str,
    draft: Draft,
    engine: str,
    language: str,
    agents: Sequence[Any] = (),
) -> Filled:
    """Return the curation `text` of a source, which can be parsed, with the entries of a draft of its capture."""
    value = read_yaml(text).value
    source = Quotable.of(capture)
    held = {name: entries_in(value, name) for name in ("statements", "exclusions")}
    covered = [stretch for entries in held.values() for stretch in _stretches(source, entries)]
    first = (
        max(
            numbers_taken(read_ledger(layout), "statements", source_id, "s", held["statements"]),
            default=0,
        )
        + 1
    )
    titles = (read_lexicon().get(language.split("-")[0]) or read_lexicon()["en"]).words("titles")
    published = _published_on(value)
    statements, new = statement_entries(
        draft,
        source,
        engine,
        first,
        covered,
        titles,
        agents,
        lambda words: day_of(words, published, language),
    )
    own = _stretches(source, statements)
    exclusions = exclusion_entries(draft, source, engine, [*covered, *own])
    outline = outline_from_text(text)
    for name, entries in (("statements", statements), ("exclusions", exclusions)):
        append_entries(outline, name, entries)
    stretches = [*covered, *own, *_stretches(source, exclusions)]
    _list_uncovered(outline, [*iter_uncovered(source, stretches, first + len(statements))])
    data = curated_text(layout, "source", source_id, outline)
    return Filled(path, data.encode("utf-8"), len(statements), len(exclusions), new, draft.notes)


def _list_uncovered(outline: Group, uncovered: list[str]) -> None:
    """Write the sentences to be filled in below the statements, in place of those listed so far."""
    listed = outline.get("statements")
    if listed is not None and isinstance(listed.value, Group):
        kept = [line for line in listed.value.below if not _is_skeleton(line)]
        listed.value.below = kept + uncovered
    elif listed is not None:
        listed.under = [line for line in listed.under if not _is_skeleton(line)] + uncovered


def fill_new(
    layout: Layout,
    curation: Curation,
    source_id: str,
    text: str,
    capture: str,
    language: str | None,
) -> Filled:
    """Return the curation `text` of a source that does not exist yet, with the rules' proposals for its capture. Raises PackageError."""
    wanted = language_of(capture, language) or DEFAULT_LANGUAGE
    agents = list(curation.of_kind("agent"))
    draft = draft_text(DEFAULT, capture, agents, wanted)
    return fill_text(
        layout,
        source_id,
        layout.curated("source", source_id),
        text,
        capture,
        draft,
        DEFAULT,
        wanted,
        agents,
    )


def read_source(layout: Layout, source_id: str) -> tuple[str, str]:
    """Return (curation, captured text) of a source. Raises PackageError."""
    outside = layout.outside_capture(source_id)
    capture = layout.capture(source_id)
    if outside is not None and not capture.exists():
        capture = outside
    try:
        return layout.curated("source", source_id).read_bytes().decode(
            "utf-8"
        ), capture.read_bytes().decode("utf-8")
    except FileNotFoundError as error:
        known = [path.name for path in layout.sources.glob("*/")]
        raise PackageError(f"unknown source {source_id}{nearest_id(source_id, known)}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise PackageError(
            f"the source {source_id} cannot be read; `readouts validate` reports why"
        ) from error


def _value_of(layout: Layout, source_id: str, text: str) -> dict[str, Any]:
    outline_to_change(layout.relative(layout.curated("source", source_id)), text)
    return read_yaml(text).value


def _published_on(value: dict[str, Any]) -> date | None:
    """Return the day of publication as curated, None if it is open or not a date."""
    facts = value.get("source")
    try:
        return (
            date.fromisoformat(str(facts.get("published_on"))) if isinstance(facts, dict) else None
        )
    except ValueError:
        return None


def _agents_of(layout: Layout) -> frozenset[tuple[str, str]]:
    return frozenset(
        (kind, identifier) for kind, identifier, _ in layout.iter_curated() if kind == "agent"
    )


def _stretches(source: Quotable, entries: list[dict[str, Any]]) -> list[Stretch]:
    found = []
    for entry in entries:
        with suppress(QuotationProblem, KeyError, TypeError, AttributeError):
            found.append(locate_entry(source, entry))
    return found


def _is_skeleton(line: str) -> bool:
    """Return True if a comment line belongs to a sentence listed to be filled in, or is the space between two."""
    return not line or line.startswith(("# - id: ", "#   "))


def append_entries(outline: Group, name: str, entries: list[dict[str, Any]]) -> None:
    """Add entries at the end of a list of the file; the lines that a new file has below an empty list are removed."""
    if not entries:
        return
    made = outline_from_value({name: entries}).entries[0]
    listed = outline.get(name)
    if listed is None:
        outline.entries.append(made)
    elif isinstance(listed.value, Group) and listed.value.entries:
        assert isinstance(made.value, Group)
        listed.value.entries += made.value.entries
    else:
        _replace(listed, made)


def _replace(listed: Entry, made: Entry) -> None:
    listed.value, listed.under = made.value, []
