"""Reading everything that curators wrote, with a finding for every file or entry that cannot be used.

An entry that breaks its schema is left out and the rest of its file is used; a file that breaks as a whole is left out. Both
are `withheld`: later stages leave out what refers to them without a finding of its own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from ..findings import Finding
from ..layout import ID_FORM, Layout
from ..rules.values import Judge
from ..tables.definitions import read_schema
from .yaml_nodes import MAX_BYTES, YamlDocument, YamlProblem, read_yaml

MAX_CAPTURE_BYTES = 20_000_000
"""Largest capture read: the longest transcript of the trial corpus has 0.06 MB."""


@dataclass(slots=True)
class CuratedFile:
    """One curated file that parsed: its entries that fit the schema, each with its place in the document."""

    kind: str
    identifier: str
    path: str
    document: YamlDocument
    facts: dict[str, Any]
    dropped: set[tuple[str, int]] = field(default_factory=set)

    def iter_entries(self, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """(index, entry) of the list `name`, without the entries that broke the schema."""
        for index, entry in enumerate(self.document.value.get(name) or ()):
            if (name, index) not in self.dropped:
                yield index, entry

    def finding(self, code: str, place: tuple[str | int, ...], record: str, message: str, hint: str) -> Finding:
        name = next((str(step) for step in reversed(place) if isinstance(step, str)), "")
        return Finding(code, "error", self.path, self.document.line(place), name, record, message, hint)


@dataclass(slots=True)
class Curation:
    """All curated files by (kind, id), all captures by source id, and what was found wrong while reading them."""

    files: dict[tuple[str, str], CuratedFile] = field(default_factory=dict)
    captures: dict[str, str] = field(default_factory=dict)
    capture_hashes: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    absent: set[str] = field(default_factory=set)
    """Sources whose capture lies outside the repository and is not here."""
    withheld: set[tuple[str, str]] = field(default_factory=set)
    """(table, id) of records that exist in the files and broke a rule; for a whole file, its own record."""

    def of_kind(self, kind: str) -> Iterator[CuratedFile]:
        return (file for (k, _), file in self.files.items() if k == kind)


def read_curation(layout: Layout, only: frozenset[tuple[str, str]] | None = None) -> Curation:
    """Read all curated files and captures, or those in `only` ((kind, id) pairs)."""
    curation = Curation()
    judges = {kind: Judge(f"schema/curation/{kind}.schema.json", read_schema(layout, f"curation/{kind}"))
              for kind in ("source", "event", "agent")}  # fmt: skip
    if only is None:
        for stray in layout.iter_strays():
            curation.findings.append(
                _of_file(
                    layout.relative(stray),
                    "file_expected",
                    "nothing reads this file or folder",
                    "Remove it, or give it the name that its content calls for.",
                )
            )
    for kind, identifier, path in layout.iter_curated():
        if only is not None and (kind, identifier) not in only:
            continue
        reader = partial(_read_one, curation, layout, judges[kind], kind, identifier)
        if not reader(path):
            curation.withheld.add((f"{kind}s", identifier))
    return curation


def _of_file(path: str, code: str, message: str, hint: str, line: int = 1, record: str = "") -> Finding:
    return Finding(code, "error", path, line, "", record, message, hint)


def _read_one(curation: Curation, layout: Layout, judge: Judge, kind: str, identifier: str, path: Any) -> bool:
    """Read one curated file (and a source's capture) into `curation`; False if it cannot be used."""
    relative, report = layout.relative(path), curation.findings.append
    if not re.match(ID_FORM, identifier):
        report(_of_file(relative, "id_form", f"the name “{identifier}” is no identifier",
                        "Rename it: small letters a–z, digits and hyphens, beginning with a letter or digit."))  # fmt: skip
        return False
    text = _read_text(curation, layout, path, MAX_BYTES)
    if text is None:
        if kind == "source":
            _read_capture(curation, layout, identifier, None)
        return False
    try:
        document = read_yaml(text)
    except YamlProblem as problem:
        if kind == "source":
            _read_capture(curation, layout, identifier, None)
        report(_of_file(relative, problem.code, problem.message, problem.hint, problem.line, identifier))
        return False
    if not isinstance(document.value, dict):
        what = "the file is empty" if document.value is None else "the file holds no keys"
        report(
            _of_file(
                relative,
                "value_type",
                what,
                f"Begin with a line `{kind}:` and the facts indented below it.",
                1,
                identifier,
            )
        )
        return False
    file = CuratedFile(kind, identifier, relative, document, {})
    capture_read = kind != "source" or _read_capture(curation, layout, identifier, file)
    usable = True
    for problem in judge.iter_problems(document.value):
        place = problem.path
        report(
            file.finding(
                problem.code, place, _record_of(kind, identifier, document.value, place), problem.message, problem.hint
            )
        )
        if len(place) >= 2 and isinstance(place[1], int):
            file.dropped.add((str(place[0]), place[1]))
            curation.withheld.add(_entry_record(kind, identifier, document.value, place))
        else:
            usable = False
    if usable and capture_read:
        file.facts = document.value[kind]
        curation.files[(kind, identifier)] = file
    return usable and capture_read


_ENTRY_TABLES = {
    "statements": "statements",
    "claims": "claims",
    "offices": "offices",
    "participants": "participants",
    "exclusions": "exclusions",
}


def _entry_record(kind: str, identifier: str, value: Any, place: tuple[str | int, ...]) -> tuple[str, str]:
    entry = value[place[0]][place[1]]
    local = entry.get("id") if isinstance(entry, dict) else None
    joiner = "-" if kind == "agent" else "."
    return _ENTRY_TABLES[str(place[0])], f"{identifier}{joiner}{local if local else f'#{place[1]}'}"


def _record_of(kind: str, identifier: str, value: Any, place: tuple[str | int, ...]) -> str:
    if len(place) >= 2 and isinstance(place[1], int):
        record = _entry_record(kind, identifier, value, place)[1]
        return identifier if "#" in record else record
    return identifier


def _read_text(curation: Curation, layout: Layout, path: Any, limit: int) -> str | None:
    """The text of a file of the package, or None after a finding."""
    relative, report = layout.relative(path), curation.findings.append
    if path.is_symlink() or path.parent.is_symlink():
        report(_of_file(relative, "file_readable", "this is a link to another place", "Put the file itself here."))
        return None
    if not path.exists():
        report(
            _of_file(
                relative,
                "file_readable",
                "the file is missing",
                "Add it; `readouts add` writes both files of a source.",
            )
        )
        return None
    try:
        if path.stat().st_size > limit:
            report(
                _of_file(
                    relative,
                    "file_readable",
                    f"the file has more than {limit:,} bytes",
                    "Split the document, or check what was pasted.",
                )
            )
            return None
        data = path.read_bytes()
    except OSError as error:
        report(
            _of_file(
                relative,
                "file_readable",
                f"the file cannot be read: {error.strerror}",
                "Check that it is a file you may read.",
            )
        )
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        report(
            _of_file(
                relative,
                "text_utf8",
                f"byte {error.start} ({data[error.start]:#04x}) is no UTF-8",
                "Save the file as UTF-8.",
                line,
            )
        )
        return None
    if text.startswith("\ufeff") and path.suffix == ".yaml":
        report(
            _of_file(
                relative, "text_utf8", "the file begins with a byte order mark", "Save the file as UTF-8 without BOM."
            )
        )
        return None
    return text


def _read_capture(curation: Curation, layout: Layout, source_id: str, file: CuratedFile | None) -> bool:
    """Read a source's capture; False if it cannot be used.

    A capture that is curated as lying outside the repository may be absent: then its source is in `curation.absent`.
    """
    path = layout.capture(source_id)
    facts = file.document.value.get("source") if file is not None else None
    if file is not None and isinstance(facts, dict) and facts.get("capture") == "outside":
        if path.exists():
            message = "the capture lies in the repository, though its source says that it may not"
            hint = "Move source.txt to the folder that READOUTS_CAPTURES names, or set capture to repository."
            curation.findings.append(file.finding("capture_outside", ("source", "capture"), source_id, message, hint))
            return False
        outside = layout.outside_capture(source_id)
        if outside is None or not outside.exists():
            curation.absent.add(source_id)
            return True
        path = outside
    text = _read_text(curation, layout, path, MAX_CAPTURE_BYTES)
    if text is None:
        return False
    if not text.strip():
        curation.findings.append(
            _of_file(
                layout.relative(path),
                "capture_text",
                "the capture is empty",
                "Paste the text of the document.",
                1,
                source_id,
            )
        )
        return False
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        curation.findings.append(
            _of_file(
                layout.relative(path),
                "capture_text",
                "the capture holds a NUL character",
                "Capture the text again.",
                line,
                source_id,
            )
        )
        return False
    curation.captures[source_id] = text
    curation.capture_hashes[source_id] = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return True
