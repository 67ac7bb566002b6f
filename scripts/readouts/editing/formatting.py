"""`readouts fmt`: the canonical form of the curated files, and what the tool writes once: local ids and the hash of a capture."""

from __future__ import annotations

import difflib
import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..core.definitions import read_schema
from ..core.findings import Finding, PackageError
from ..core.layout import KINDS, Layout
from ..curation.canonical import FormProblem, canonical_text, require_same
from ..curation.outline import Entry, Group, Scalar, outline_from_text
from ..curation.reading import read_curation
from ..curation.yaml_nodes import MAX_BYTES, YamlProblem, read_yaml
from ..ledger.identity import numbers_taken
from ..ledger.ledger import Ledger
from ..ledger.missing_records import LISTS, UnnamedProblem, unnamed_problems

LETTERS = {"source": "s", "event": "c"}
"""By kind of file: the letter with which the local ids of its entries begin."""


@dataclass(slots=True)
class Formatted:
    """Result of formatting: the new text of each file that changes, and the files that were skipped, with the reason."""

    changed: dict[Path, tuple[str, str]] = field(default_factory=dict)
    """(text as it is, canonical text) by path."""
    findings: list[Finding] = field(default_factory=list)
    files: int = 0

    def diff(self, layout: Layout) -> str:
        """Return a unified diff of all changes."""
        lines: list[str] = []
        for path, (old, new) in self.changed.items():
            name = layout.relative(path)
            lines += difflib.unified_diff(
                old.splitlines(keepends=True),
                new.splitlines(keepends=True),
                name,
                f"{name} (canonical form)",
            )
        return "".join(
            line if line.endswith("\n") else line + "\n\\ no line end\n" for line in lines
        )


def format_files(layout: Layout, files: list[tuple[str, str, Path]], ledger: Ledger) -> Formatted:
    """Return the canonical form of the curated `files` ((kind, id, path) each); nothing is written.

    A file that cannot be read as YAML is left alone, with the finding that `validate` has for it.
    """
    schemas = {kind: read_schema(layout, f"curation/{kind}") for kind in KINDS}
    outcome = Formatted(files=len(files))
    for kind, identifier, path in files:
        try:
            old = _read(path)
            outline = outline_from_text(old)
            added = _write_once(outline, read_yaml(old).value, layout, kind, identifier, ledger)
            new = canonical_text(outline, schemas[kind], layout.editor_schema(kind, path))
            require_same(old, new, added)
        except (OSError, UnicodeDecodeError) as error:
            outcome.findings += _findings_of(layout, kind, identifier, str(error))
        except YamlProblem as problem:
            place = layout.relative(path)
            outcome.findings += (
                _findings_of(layout, kind, identifier, "")
                if problem.code == "yaml_syntax"
                else [_finding(problem.code, place, problem.line, identifier, problem)]
            )
        except UnnamedProblem as problem:
            line = read_yaml(old).line((LISTS[kind], problem.index))
            outcome.findings.append(
                _finding("id_written", layout.relative(path), line, identifier, problem)
            )
        except FormProblem as problem:
            outcome.findings += _findings_of(
                layout, kind, identifier, f"it cannot be formatted: {problem}"
            )
        else:
            if new != old:
                outcome.changed[path] = (old, new)
    return outcome


def _finding(
    code: str, path: str, line: int, identifier: str, problem: YamlProblem | UnnamedProblem
) -> Finding:
    return Finding(code, "error", path, line, "", identifier, problem.message, problem.hint)


def _read(path: Path) -> str:
    """Return the text of a curated file. Raises OSError or UnicodeDecodeError for one that `validate` refuses to read."""
    if path.is_symlink() or path.parent.is_symlink() or path.stat().st_size > MAX_BYTES:
        raise OSError(f"{path.name} is not read")
    text = path.read_bytes().decode("utf-8")
    if text.startswith("\ufeff"):
        raise OSError(f"{path.name} begins with a byte order mark")
    return text


def _findings_of(layout: Layout, kind: str, identifier: str, message: str) -> list[Finding]:
    """Return why a file was skipped: the findings of reading it, or the message if there are none."""
    path = layout.relative(layout.curated(kind, identifier))
    found = read_curation(layout, frozenset({(kind, identifier)})).findings
    found = [
        finding
        for finding in found
        if finding.path == path and finding.code in ("file_readable", "text_utf8", "yaml_syntax")
    ]
    return found or [
        Finding("yaml_plain", "error", path, 1, "", identifier, message, "Simplify the YAML.")
    ]


def _write_once(
    outline: Group, value: Any, layout: Layout, kind: str, identifier: str, ledger: Ledger
) -> dict[str, Any] | None:
    """Add missing local ids and a missing text hash to the outline and to the value; return the value, or None if nothing was missing."""
    added = False
    if kind == "source":
        added = _write_text_hash(outline, value, layout, identifier)
    if kind in LISTS:
        added = _number(outline, value, LISTS[kind], LETTERS[kind], ledger, identifier) or added
    return value if added else None


def _write_text_hash(outline: Group, value: dict[str, Any], layout: Layout, source_id: str) -> bool:
    facts, capture = outline.get("source"), layout.capture(source_id)
    if (
        facts is None
        or not isinstance(facts.value, Group)
        or facts.value.is_list
        or not capture.is_file()
    ):
        return False
    if value["source"].get("text_sha256") is not None:
        return False
    digest = hashlib.sha256(capture.read_bytes()).hexdigest()
    value["source"]["text_sha256"] = digest
    _set(facts.value, "text_sha256", digest)
    return True


def _number(
    outline: Group, value: dict[str, Any], name: str, letter: str, ledger: Ledger, owner: str
) -> bool:
    """Give each entry of the list `name` without an id the id under which it was released, or the next unused number.

    Raises UnnamedProblem while it is unclear whether an entry is a released one.
    """
    listed = outline.get(name)
    if listed is None or not isinstance(listed.value, Group) or not listed.value.is_list:
        return False
    put_back = False
    entries = [
        (e.value, v)
        for e, v in zip(listed.value.entries, value[name], strict=True)
        if isinstance(v, dict)
    ]
    taken = numbers_taken(ledger, name, owner, letter, [entry for _, entry in entries])
    for problem in unnamed_problems(ledger, name, owner, value[name]):
        if problem.local_id is None:
            raise problem
        value[name][problem.index]["id"] = problem.local_id
        group = listed.value.entries[problem.index].value
        if isinstance(group, Group):
            _set(group, "id", problem.local_id)
        put_back = True
    missing = [
        (group, entry)
        for group, entry in entries
        if entry.get("id") is None and isinstance(group, Group)
    ]
    for number, (group, entry) in enumerate(missing, max(taken, default=0) + 1):
        entry["id"] = f"{letter}{number:02d}"
        _set(group, "id", entry["id"])
    return bool(missing) or put_back


def _set(group: Group, key: str, text: str) -> None:
    entry = group.get(key)
    if entry is None:
        group.entries.append(Entry(Scalar(key, plain=True), Scalar(text)))
    else:
        entry.value = Scalar(text)


def files_at(layout: Layout, paths: list[Path]) -> list[tuple[str, str, Path]]:
    """Return the curated files among the paths and in the folders given; all of the package if none is. Raises PackageError for a path without any."""
    curated = [entry for entry in layout.iter_curated() if entry[2].exists()]
    if not paths:
        return curated
    chosen: dict[Path, tuple[str, str, Path]] = {}
    for path in paths:
        place = path.absolute().parent.resolve() / path.name
        if not place.is_relative_to(layout.root):
            place = layout.root / path
        found = [entry for entry in curated if entry[2] == place or entry[2].is_relative_to(place)]
        if place.name == "source.txt":
            found = [entry for entry in curated if entry[2].parent == place.parent]
        if not found:
            raise PackageError(f"{path} is not a curated file of this package")
        chosen.update((entry[2], entry) for entry in found)
    return [entry for entry in curated if entry[2] in chosen]
