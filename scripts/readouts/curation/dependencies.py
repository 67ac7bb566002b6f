"""The files needed to validate one source as in the whole package.

These are the events that it reports, with all their other accounts; the records that those refer to
in turn; all agents; for a name that none of these sources attests, a source that does; and a source
whose sentences may be among a curator's own words. To find them, the curated files are searched for
ids as bytes: reading all of them as YAML would take most of the time of a whole run.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..core.findings import PackageError
from ..core.layout import Layout
from ..core.spelling import nearest, nearest_id
from .references import iter_mentions
from .yaml_nodes import YamlProblem, read_yaml

Key = tuple[str, str]
"""(kind, id) of a curated file."""

LONGEST_BLOCK = 40
"""A sentence of 80 code points or more (see own_words_not_copied) contains a whole block of this length if a text is cut into such blocks."""
MAX_ATTESTING_SOURCES = 2
"""Sources added for a name that is attested nowhere else."""


@dataclass(frozen=True, slots=True)
class Dependencies:
    """The files to read for one source, and the files whose findings are reported: its own, its events' and their agents'."""

    files: frozenset[Key]
    reported: frozenset[Key]


class _Files:
    """Curated files as text, what they mention, and captures; each read once."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.paths = {(kind, identifier): path for kind, identifier, path in layout.iter_curated()}
        self._texts: dict[Key, str] = {}
        self._mentioned: dict[Key, frozenset[Key]] = {}

    def text(self, key: Key) -> str:
        """Return the text of a file, "" if it cannot be read: the problem is reported when the file is read for validation."""
        if key not in self._texts:
            self._texts[key] = _read(self.paths[key]) if key in self.paths else ""
        return self._texts[key]

    def capture(self, source_id: str) -> str:
        inside, outside = self.layout.capture(source_id), self.layout.outside_capture(source_id)
        text = _read(inside) or (_read(outside) if outside is not None else "")
        return text.replace("\u00a0", " ").replace("\u202f", " ")

    def mentioned(self, key: Key) -> frozenset[Key]:
        """Return the records that a file mentions, by the kind of their own file; a statement as ("statement", its source)."""
        if key not in self._mentioned:
            found = set()
            try:
                for mention in iter_mentions(*key, self.text(key)):
                    if not mention.declares and not mention.local:
                        found.add((mention.kind, mention.identifier.partition(".")[0]))
            except YamlProblem:
                found = set()
            self._mentioned[key] = frozenset(found)
        return self._mentioned[key]

    def value(self, key: Key) -> dict[str, Any]:
        try:
            value = read_yaml(self.text(key)).value
        except YamlProblem:
            return {}
        return value if isinstance(value, dict) else {}

    @cached_property
    def sources(self) -> list[str]:
        return [identifier for kind, identifier in self.paths if kind == "source"]

    def naming(self, identifier: str) -> list[str]:
        """Return the sources whose curation contains the id."""
        return [
            source_id
            for source_id in self.sources
            if identifier in self.text(("source", source_id))
        ]


def _read(path: Any) -> str:
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


def sources_naming(layout: Layout, kind: str, identifier: str) -> list[str]:
    """Return the sources that refer to the record of that kind and id, sorted."""
    files = _Files(layout)
    return [
        s for s in files.naming(identifier) if (kind, identifier) in files.mentioned(("source", s))
    ]


def dependencies_of(layout: Layout, source_id: str) -> Dependencies:
    """Return what must be read to check the source. Raises PackageError if there is no such source."""
    files = _Files(layout)
    focus = ("source", source_id)
    if focus not in files.paths:
        raise PackageError(f"unknown source `{source_id}`{nearest_id(source_id, files.sources)}")
    events = {key for key in files.mentioned(focus) if key[0] == "event"}
    reported = {focus, *events}
    reported |= {
        key for owner in tuple(reported) for key in files.mentioned(owner) if key[0] == "agent"
    }
    reported |= {
        key for owner in tuple(reported) if owner[0] == "agent" for key in files.mentioned(owner)
    }
    found = _with_all_referred({focus, *events}, events, files)
    found |= {
        ("source", s) for s in _attesting_sources(found, files) | _quoted(reported, found, files)
    }
    found = _with_all_referred(found, events, files)
    for kind, identifier in {
        key for owner in (focus, *events) for key in files.mentioned(owner)
    } - files.paths.keys():
        known = [i for k, i in files.paths if k == kind]
        named = nearest(identifier, known)
        found |= {(kind, i) for i in known if f"`{i}`" in named}
    found |= {key for key in files.paths if key[0] == "agent"}
    return Dependencies(
        frozenset(found & files.paths.keys()), frozenset(reported & files.paths.keys())
    )


def _with_all_referred(start: set[Key], focus: set[Key], files: _Files) -> set[Key]:
    """Return the files and all sources and events without which one of them would be left out; for the events in `focus`, all accounts."""
    found: set[Key] = set()
    waiting = set(start)
    while waiting:
        key = waiting.pop()
        found.add(key)
        for kind, identifier in files.mentioned(key):
            if kind in ("source", "event"):
                waiting.add((kind, identifier))
            elif kind == "statement" and (key[0] == "source" or key in focus):
                waiting.add(("source", identifier))
        if key in focus:
            waiting |= {("source", source_id) for source_id in files.naming(key[1])}
        waiting -= found
    return found


def _attesting_sources(found: set[Key], files: _Files) -> set[str]:
    """Return additional sources that attest names and titles of offices not attested by the sources found."""
    linked: dict[str, set[str]] = {}
    events = [key for key in files.paths if key[0] == "event"]
    for key in found:
        for kind, identifier in files.mentioned(key):
            if kind == "agent":
                accounts = {key[1]} if key[0] == "source" else {
                    s for k, s in found if k == "source" and key in files.mentioned((k, s))
                }  # fmt: skip
                linked.setdefault(identifier, set()).update(accounts)
    captures: dict[str, str] = {}
    added: set[str] = set()
    for agent_id, sources in linked.items():
        texts = [captures.setdefault(s, files.capture(s)) for s in sorted(sources)]
        for name in _names(files.value(("agent", agent_id))):
            if any(name in text for text in texts):
                continue
            others = set(files.naming(agent_id))
            others |= {
                s
                for event in events
                if agent_id in files.text(event)
                for s in files.naming(event[1])
            }
            attesting = [
                s
                for s in sorted(others - sources - added)
                if name in captures.setdefault(s, files.capture(s))
            ]
            added |= set(attesting[:MAX_ATTESTING_SOURCES])
    return added


def _names(value: dict[str, Any]) -> list[str]:
    facts = value.get("agent")
    names = ("name", "native_name", "other_names")
    named = [facts.get(key) for key in names] if isinstance(facts, dict) else []
    return _strings([*named, *_of_each(value.get("offices"), "title")])


def _of_each(entries: Any, key: str) -> list[Any]:
    """Return the values of a key of the entries of a list, which may have any shape: it is not validated yet."""
    found = entries if isinstance(entries, list) else ()
    return [entry.get(key) for entry in found if isinstance(entry, dict)]


def _quoted(reported: set[Key], found: set[Key], files: _Files) -> set[str]:
    """Return additional sources that may contain a sentence that curators copied into a reported file as their own words."""
    blocks = set()
    for key in reported:
        value = files.value(key)
        propositions = _of_each(value.get("claims"), "proposition")
        for text in _strings([value.get(key[0]), propositions, value.get("offices")]):
            if len(text) >= 2 * LONGEST_BLOCK:
                blocks |= {
                    text[at : at + LONGEST_BLOCK]
                    for at in range(0, len(text) - LONGEST_BLOCK + 1, LONGEST_BLOCK)
                }
    if not blocks:
        return set()
    known = {identifier for kind, identifier in found if kind == "source"}
    return {
        s
        for s in files.sources
        if s not in known and any(block in files.capture(s) for block in blocks)
    }


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    children = (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    )
    return [text for child in children for text in _strings(child)]
