"""Reading of all curated files, with a finding for every file or entry that cannot be used."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from ..core.definitions import read_schema
from ..core.findings import Finding
from ..core.ids import id_problem
from ..core.layout import KINDS, Layout
from ..core.progress import Progress, silent
from ..core.switching import require_own_folders
from ..core.values import SchemaValidator
from .captured_texts import check_hash, read_capture
from .corpus import check_corpus
from .files import CuratedFile, Curation
from .repairs import Repair, value_at
from .strays import iter_strays
from .texts import is_curation, of_file, read_text, stray_finding
from .yaml_document import YamlDocument
from .yaml_nodes import MAX_BYTES, YamlProblem, parse_yaml

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
    path: Path,
) -> bool:
    """Read one curated file (and a source's capture) into `curation`; return False if it cannot be used."""
    relative = layout.relative(path)
    if reason := id_problem(identifier):
        curation.findings.append(_wrong_name(layout, kind, identifier, relative, reason))
        return False
    document = _parsed(curation, layout, validator, kind, identifier, path)
    if document is None:
        return False
    file = CuratedFile(kind, identifier, relative, document, {})
    for place, problem in document.problems:
        curation.findings.append(_yaml_finding(relative, identifier, problem))
        file.broken.append(place)
    keyed = isinstance(document.value, dict)
    capture_read = kind != "source" or read_capture(
        curation, layout, identifier, file if keyed else None
    )
    if not keyed:
        if not document.problems:
            curation.findings.append(_without_keys(file))
        return False
    misplaced = _file_of_other_kind(file)
    if misplaced is not None:
        curation.findings.append(misplaced)
        return False
    usable = _check_schema(curation, validator, file)
    if kind == "corpus" and usable:
        usable = check_corpus(layout, curation, file)
    if kind == "source" and not check_hash(curation, file):
        return False
    if not usable or not capture_read:
        curation.unusable.append(file)
        return False
    file.facts = document.value[kind]
    curation.files[(kind, identifier)] = file
    return True


def _wrong_name(layout: Layout, kind: str, identifier: str, relative: str, reason: str) -> Finding:
    """Return the finding about a file whose name cannot be an id."""
    hint = "Rename it: lowercase letters a–z, digits and hyphens, beginning with a letter or digit."
    lower = identifier.lower()
    if lower != identifier and any(
        known == lower for k, known, _ in layout.iter_curated() if k == kind
    ):
        hint = f"Move its content to `{lower}` and delete it: on Windows and macOS both names are one file."
    message = f"the name “{identifier}” cannot be an id: {reason}"
    return of_file(relative, "id_form", message, hint)


def _parsed(
    curation: Curation,
    layout: Layout,
    validator: SchemaValidator,
    kind: str,
    identifier: str,
    path: Path,
) -> YamlDocument | None:
    """Return the file as parsed, or None after a finding; then a source's capture is read all the same."""
    text = read_text(layout, path, MAX_BYTES, curation.findings.append)
    stopped: YamlProblem | None = None
    if text is not None:
        try:
            return parse_yaml(text, validator.keys)
        except YamlProblem as problem:
            stopped = problem
    if kind == "source":
        read_capture(curation, layout, identifier, None)
    if stopped is not None:
        curation.findings.append(_yaml_finding(layout.relative(path), identifier, stopped))
    return None


def _yaml_finding(relative: str, identifier: str, problem: YamlProblem) -> Finding:
    return of_file(relative, problem.code, problem.message, problem.hint, problem.line, identifier)


def _without_keys(file: CuratedFile) -> Finding:
    """Return the finding about a file whose top is not a mapping."""
    what = "the file is empty" if file.document.value is None else "the file has no keys"
    hint = f"Begin with a line `{file.kind}:` and indent the facts below it."
    return of_file(file.path, "value_type", what, hint, 1, file.identifier)


def _file_of_other_kind(file: CuratedFile) -> Finding | None:
    """Return the finding about a file that has the first key of another kind instead of its own, or None."""
    other = next((kind for kind in KINDS if kind in file.document.value), None)
    if other is None or file.kind in file.document.value:
        return None
    where = {
        "source": f"data/sources/{file.identifier}/curation.yaml",
        "corpus": "data/corpus.yaml",
    }.get(other, f"data/{other}s/{file.identifier}.yaml")
    message = f"expected {_A[file.kind]}, found {_A[other]}"
    return of_file(file.path, "file_expected", message, f"Move it to {where}", 1, file.identifier)


def _check_schema(curation: Curation, validator: SchemaValidator, file: CuratedFile) -> bool:
    """Add a finding for each value that violates the schema and leave out its entry; return False if the facts cannot be used."""
    kind, identifier, document = file.kind, file.identifier, file.document
    usable = not document.problems
    for problem in validator.iter_problems(document.value):
        place = problem.path
        if any(place[: len(tricky)] == tricky for tricky, _ in document.problems):
            continue
        record = _record_of(kind, identifier, document.value, place)
        curation.findings.append(
            file.finding(problem.code, place, record, problem.message, problem.hint)
        )
        if problem.code == "term_known" and (
            term := validator.term_meant(place, value_at(document.value, place))
        ):
            curation.repairs.append(Repair(file.path, place, term))
        file.broken.append(place)
        if len(place) >= 2 and isinstance(place[1], int):
            file.dropped.add((str(place[0]), place[1]))
            curation.quarantined.add(_entry_record(kind, identifier, document.value, place))
        else:
            usable = False
    return usable


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
