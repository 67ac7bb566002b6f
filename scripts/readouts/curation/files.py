"""Reading of all curated files, with a finding for every file or entry that cannot be used.

An entry that violates its schema is left out and the rest of its file is used; a file that cannot
be used as a whole is left out. Both are `quarantined`: later stages leave out records that refer to
them without additional findings.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from ..core.definitions import read_schema
from ..core.findings import Finding
from ..core.ids import id_problem
from ..core.layout import KINDS, Layout
from ..core.progress import Progress, silent
from ..core.switching import require_own_folders
from ..core.values import SchemaValidator
from ..core.version import tool_version
from .capture_record import check_record
from .corpus import columns_since, iter_wrong_orcids
from .repairs import Repair, value_at, without
from .strays import iter_strays
from .texts import MAX_CAPTURE_BYTES, is_curation, is_draft, of_file, read_text, stray_finding
from .yaml_nodes import MAX_BYTES, Path, YamlDocument, YamlProblem, parse_yaml


@dataclass(slots=True)
class CuratedFile:
    """One curated file that parsed: its entries that fit the schema, each with its place in the document."""

    kind: str
    identifier: str
    path: str
    document: YamlDocument
    facts: dict[str, Any]
    dropped: set[tuple[str, int]] = field(default_factory=set)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    """Parts of a source's original that its capture leaves out, each with the reason; from capture.json."""
    broken: list[Path] = field(default_factory=list)
    """Places of the values that violated a rule."""

    def iter_entries(self, name: str, drafts: bool = False) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield (index, entry) of the list `name`, without those that violated the schema: those accepted, or the drafts alone."""
        for index, entry in enumerate(self.document.value.get(name) or ()):
            if (name, index) not in self.dropped and is_draft(entry) == drafts:
                yield index, entry

    def iter_broken(self, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield (index, entry) of the entries that were left out, without the values that violated a rule (in lists, as None)."""
        entries = self.document.value.get(name)
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(entry, dict) and ((name, index) in self.dropped or not self.facts):
                for place in self.broken:
                    if place[:2] == (name, index):
                        entry = without(entry, place[2:])
                yield index, entry

    def finding(
        self, code: str, place: tuple[str | int, ...], record: str, message: str, hint: str
    ) -> Finding:
        name = next((str(step) for step in reversed(place) if isinstance(step, str)), "")
        return Finding(
            code, "error", self.path, self.document.line(place), name, record, message, hint
        )


@dataclass(slots=True)
class Curation:
    """All curated files by (kind, id), all captures by source id, and the findings while reading them."""

    files: dict[tuple[str, str], CuratedFile] = field(default_factory=dict)
    captures: dict[str, str] = field(default_factory=dict)
    capture_hashes: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    pages: dict[str, list[int]] = field(default_factory=dict)
    """Offsets in the capture (code points) at which each page of the original begins, by source id; from capture.json."""
    absent: set[str] = field(default_factory=set)
    """Sources whose captured text is kept outside the repository and is missing."""
    unusable: list[CuratedFile] = field(default_factory=list)
    """Files that parsed but cannot be used, because their facts violated a rule or their capture is missing."""
    quarantined: set[tuple[str, str]] = field(default_factory=set)
    """(table, id) of records that exist in the files and violated a rule; for a whole file, its own record."""

    repairs: list[Repair] = field(default_factory=list)
    """Unambiguous corrections of a finding: terms in other letter case."""

    def of_kind(self, kind: str) -> Iterator[CuratedFile]:
        return (file for (k, _), file in self.files.items() if k == kind)


def read_curation(
    layout: Layout, only: frozenset[tuple[str, str]] | None = None, progress: Progress = silent
) -> Curation:
    """Read all curated files and captures, or those in `only` ((kind, id) pairs)."""
    require_own_folders(layout)
    curation = Curation()
    validators = {kind: SchemaValidator(f"schema/curation/{kind}.schema.json", read_schema(layout, f"curation/{kind}"))
              for kind in KINDS}  # fmt: skip
    for stray in iter_strays(layout):
        if only is None or ("source", stray.parent.name) in only:
            curation.findings.append(stray_finding(layout, stray))
    files = [entry for entry in layout.iter_curated() if only is None or entry[:2] in only]
    for number, (kind, identifier, path) in enumerate(files, 1):
        progress(f"reading file {number:,} of {len(files):,}")
        if (
            kind == "source"
            and not path.exists()
            and any(is_curation(p) for p in path.parent.iterdir())
        ):
            curation.quarantined.add(
                (f"{kind}s", identifier)
            )  # reported as a file that is not read
            continue
        reader = partial(_read_one, curation, layout, validators[kind], kind, identifier)
        if not reader(path) and kind != "corpus":
            curation.quarantined.add((f"{kind}s", identifier))
    return curation


def _read_one(
    curation: Curation,
    layout: Layout,
    validator: SchemaValidator,
    kind: str,
    identifier: str,
    path: Any,
) -> bool:
    """Read one curated file (and a source's capture) into `curation`; return False if it cannot be used."""
    relative, report = layout.relative(path), curation.findings.append
    if reason := id_problem(identifier):
        hint, lower = (
            "Rename it: lowercase letters a–z, digits and hyphens, beginning with a letter or digit.",
            identifier.lower(),
        )
        if lower != identifier and any(
            known == lower for k, known, _ in layout.iter_curated() if k == kind
        ):
            hint = f"Move its content to `{lower}` and delete it: on Windows and macOS both names are one file."
        report(
            of_file(relative, "id_form", f"the name “{identifier}” cannot be an id: {reason}", hint)
        )
        return False
    text = read_text(layout, path, MAX_BYTES, curation.findings.append)
    if text is None:
        if kind == "source":
            _read_capture(curation, layout, identifier, None)
        return False
    try:
        document = parse_yaml(text, validator.keys)
    except YamlProblem as problem:
        if kind == "source":
            _read_capture(curation, layout, identifier, None)
        report(
            of_file(relative, problem.code, problem.message, problem.hint, problem.line, identifier)
        )
        return False
    file = CuratedFile(kind, identifier, relative, document, {})
    for place, problem in document.problems:
        report(
            of_file(relative, problem.code, problem.message, problem.hint, problem.line, identifier)
        )
        file.broken.append(place)
    keyed = isinstance(document.value, dict)
    capture_read = kind != "source" or _read_capture(
        curation, layout, identifier, file if keyed else None
    )
    if not keyed:
        if not document.problems:
            what = "the file is empty" if document.value is None else "the file has no keys"
            hint = f"Begin with a line `{kind}:` and indent the facts below it."
            report(of_file(relative, "value_type", what, hint, 1, identifier))
        return False
    other = next((k for k in KINDS if k in document.value), None)
    if other is not None and kind not in document.value:
        where = {
            "source": f"data/sources/{identifier}/curation.yaml",
            "corpus": "data/corpus.yaml",
        }.get(other, f"data/{other}s/{identifier}.yaml")
        message = f"expected {_A[kind]}, found {_A[other]}"
        report(of_file(relative, "file_expected", message, f"Move it to {where}", 1, identifier))
        return False
    usable = not document.problems
    for problem in validator.iter_problems(document.value):
        place = problem.path
        if any(place[: len(tricky)] == tricky for tricky, _ in document.problems):
            continue
        record = _record_of(kind, identifier, document.value, place)
        report(file.finding(problem.code, place, record, problem.message, problem.hint))
        if problem.code == "term_known" and (
            term := validator.term_meant(place, value_at(document.value, place))
        ):
            curation.repairs.append(Repair(relative, place, term))
        file.broken.append(place)
        if len(place) >= 2 and isinstance(place[1], int):
            file.dropped.add((str(place[0]), place[1]))
            curation.quarantined.add(_entry_record(kind, identifier, document.value, place))
        else:
            usable = False
    if kind == "corpus" and usable:
        usable = _check_corpus(layout, curation, file)
    if kind == "source" and not _check_hash(curation, file):
        return False
    if not usable or not capture_read:
        curation.unusable.append(file)
        return False
    file.facts = document.value[kind]
    curation.files[(kind, identifier)] = file
    return True


def _check_corpus(layout: Layout, curation: Curation, file: CuratedFile) -> bool:
    """Return True if the ORCIDs have correct check digits; add a warning if another version of the tool is named than the installed one."""
    facts = file.document.value["corpus"]
    wrong = list(iter_wrong_orcids(facts))
    for index, orcid in wrong:
        place = ("corpus", "contributors", index, "orcid")
        message = f"{orcid} is not an ORCID: its check digit (the last character) is wrong"
        curation.findings.append(
            file.finding(
                "value_form", place, file.identifier, message, "Copy it again from orcid.org."
            )
        )
    if facts["tool"] != tool_version():
        message = f"the corpus was validated with readouts {facts['tool']}; readouts {tool_version()} is installed, and its rules were used"
        differing = columns_since(layout)
        message += f" ({differing})" if differing else ""
        hint = f"Install readouts {facts['tool']}, or write the installed version here once the corpus is valid with it."
        found = file.finding("tool_version", ("corpus", "tool"), file.identifier, message, hint)
        curation.findings.append(replace(found, severity="warning"))
    return not wrong


def _check_hash(curation: Curation, file: CuratedFile) -> bool:
    """Return True if the captured text matches its recorded hash, if any; a changed text is not used."""
    facts, actual = file.document.value.get("source"), curation.capture_hashes.get(file.identifier)
    recorded = facts.get("text_sha256") if isinstance(facts, dict) else None
    if actual is None or not re.fullmatch("[0-9a-f]{64}", str(recorded)) or recorded == actual:
        return True
    message = "source.txt has changed since it was captured: its SHA-256 differs from the one recorded here"
    hint = "Restore source.txt, or this line if it was changed, for example from git; a captured text is never edited."
    place = ("source", "text_sha256")
    curation.findings.append(
        file.finding("source_text_unchanged", place, file.identifier, message, hint)
    )
    del curation.captures[file.identifier]
    return False


_A = {
    "corpus": "the description of the corpus",
    "source": "the file of a source",
    "event": "the file of an event",
    "agent": "the file of an agent",
}
_ENTRY_TABLES = {
    "statements": "statements",
    "claims": "claims",
    "offices": "offices",
    "participants": "participants",
    "exclusions": "exclusions",
}


def _entry_record(
    kind: str, identifier: str, value: Any, place: tuple[str | int, ...]
) -> tuple[str, str]:
    entry = value[place[0]][place[1]]
    local = entry.get("id") if isinstance(entry, dict) else None
    joiner = "-" if kind == "agent" else "."
    return _ENTRY_TABLES[str(place[0])], f"{identifier}{joiner}{local if local else f'#{place[1]}'}"


def _record_of(kind: str, identifier: str, value: Any, place: tuple[str | int, ...]) -> str:
    if len(place) >= 2 and isinstance(place[1], int):
        record = _entry_record(kind, identifier, value, place)[1]
        return identifier if "#" in record else record
    return identifier


def _read_capture(
    curation: Curation, layout: Layout, source_id: str, file: CuratedFile | None
) -> bool:
    """Read a source's capture; return False if it cannot be used.

    A capture curated as stored outside the repository may be absent: then its source is in
    `curation.absent`.
    """
    path = layout.capture(source_id)
    facts = file.document.value.get("source") if file is not None else None
    if file is not None and isinstance(facts, dict) and facts.get("capture") == "outside":
        if path.exists() or layout.capture_record(source_id).exists():
            message = "the captured text is in the repository, but `capture: outside` says that it may not be"
            hint = "Move source.txt and capture.json to the folder that READOUTS_CAPTURES names, or set capture to repository."
            curation.findings.append(
                file.finding("capture_outside", ("source", "capture"), source_id, message, hint)
            )
            return False
        outside = layout.outside_capture(source_id)
        if outside is None or not outside.exists():
            curation.absent.add(source_id)
            return True
        path = outside
    text = read_text(layout, path, MAX_CAPTURE_BYTES, curation.findings.append)
    if text is None:
        return False
    line, problem = 1, "the capture is empty" if not text.strip() else ""
    if "\x00" in text:
        line, problem = (
            text.count("\n", 0, text.index("\x00")) + 1,
            "the capture contains a NUL character",
        )
    if problem:
        hint = "Capture the text of the document again."
        curation.findings.append(
            of_file(layout.relative(path), "capture_text", problem, hint, line, source_id)
        )
        return False
    curation.captures[source_id] = text
    curation.capture_hashes[source_id] = hashlib.sha256(text.encode("utf-8")).hexdigest()
    check_record(curation, layout, source_id, file, facts if isinstance(facts, dict) else {})
    return True
