"""A published version derived again from its tables, its ledger and its publisher's documents, and compared byte for byte.

Every file of a bundle is either derived (then a difference is a finding), or a document that only
the publisher can know: such a document is compared with the version in git if there is one, and
otherwise listed as not checked. Any other file is a finding.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..compile.rows import Row, Rows
from ..core.definitions import Table
from ..core.findings import Finding, PackageError
from ..core.layout import Layout, tool_version
from ..curation.corpus import corpus_from_document
from ..ledger.ledger import Ledger, bytes_from_ledger
from ..publication.bundle import (
    CARD,
    CHECKSUMS,
    CROISSANT,
    PICTURE,
    SIGNATURE,
    Files,
    bundle_files,
)
from ..publication.croissant import MADE_BY, croissant
from ..publication.parquet import holds_same
from .origin import DOCUMENTS, Origin

_MADE = re.compile(rb'"prov:label": "' + MADE_BY.encode() + rb'([0-9A-Za-z.+!-]{1,40})"')
_MARK = "<!-- "
_MOST_MARKS, _LARGEST = 200, 16 << 20
"""A document with more marks of derived blocks, or more bytes, is not read."""
_CORPUS = "data/corpus.yaml"
_NEEDED = ("data/README.md", "CHANGELOG.md", "LICENSE", "LICENSE-DATA", _CORPUS)
_PICTURE = "data/accounts.png"
"""A document that a version may lack."""
_IN_BUNDLE = {"data/README.md": CARD, _PICTURE: PICTURE}
"""Path of a document in the package → its path in a bundle, if they differ."""
_DESCRIBING = ("datapackage.json", CROISSANT)
HINT = "Download it again; if the finding remains, the published files do not match their tables and publisher."


@dataclass(slots=True)
class Derivation:
    """Differences, and the files that could not be compared, one line each."""

    findings: list[Finding] = field(default_factory=list)
    not_checked: list[str] = field(default_factory=list)
    compared: int = 0


def compare_with_derived(
    files: dict[str, Path],
    tables: dict[str, Table],
    rows: dict[str, list[Row]],
    ledger: Ledger,
    origin: Origin | None,
    trusted: bool,
) -> Derivation:
    """Derive every file of a bundle again and compare. `rows` are valid, `files` the bundle's by path.

    `origin` is the same version in git; `trusted` says that a trusted key signed it. Raises
    PackageError for a document that cannot be read.
    """
    found = Derivation()
    given = origin.files if origin else {}
    documents = {path: given[path] for path in DOCUMENTS if path in given}
    for path in _NEEDED:
        if path not in documents:
            place = files.get(_IN_BUNDLE.get(path, path))
            documents[path] = _document(place) if place else b""
    if origin is None and PICTURE in files:
        documents[_PICTURE] = _document(files[PICTURE])
    if not documents[_CORPUS]:
        message = "this file of the version is missing"
        found.findings.append(_finding("file_present", "error", _CORPUS, 0, message, HINT))
        found.not_checked.append(
            f"whether the other files match the tables: {_CORPUS}, which describes the corpus, is missing"
        )
        return found
    documents.setdefault("data/released.jsonl", bytes_from_ledger(ledger))
    actual = {
        path: place.read_bytes()
        for path, place in files.items()
        if path not in (CHECKSUMS, SIGNATURE)
    }
    made_with = _tool_of(actual.get(CROISSANT, b""))
    parquet = _same_parquet(tables, rows, actual, found)
    derived = _derive(documents, tables, rows, ledger, parquet, made_with)
    if CROISSANT in derived:
        listed = {
            path: data for path, data in actual.items() if path in derived and path != CROISSANT
        }
        paths = {name: f"data/tables/{name}.parquet" for name in tables if rows[name]}
        corpus = corpus_from_document(_CORPUS, documents[_CORPUS])
        derived[CROISSANT] = croissant(corpus, tables, rows, ledger, paths, listed, made_with)
    found.findings += _differences(actual, derived, given, made_with, trusted, origin)
    found.compared = len(derived)
    if origin is None and not trusted:
        own = ", ".join(
            sorted(
                {_IN_BUNDLE.get(path, path) for path in DOCUMENTS} & {*actual} - {"CITATION.cff"}
            )
        )
        found.not_checked.append(
            f"facts that only the publisher knows, because the version is neither in the local git repository nor signed by a trusted key: {own}, "
            "except what is derived from the tables; whether both tables and ledger were changed (data/tables)"
        )
    return found


def _document(path: Path) -> bytes:
    """Raise PackageError for a document that is too large or made to be slow."""
    if path.stat().st_size > _LARGEST or path.read_bytes().count(_MARK.encode()) > _MOST_MARKS:
        raise PackageError(
            f"{path.name} is larger than {_LARGEST >> 20} MiB, or has more than {_MOST_MARKS} marks of derived blocks"
        )
    return path.read_bytes()


def _tool_of(metadata: bytes) -> str:
    """Return the version of readouts that a bundle says it was made with; the installed one if it says none."""
    made = _MADE.search(metadata)
    return made[1].decode() if made else tool_version()


def _same_parquet(
    tables: dict[str, Table], rows: dict[str, list[Row]], actual: Files, found: Derivation
) -> dict[str, bytes]:
    """Return the bundle's Parquet files that hold the same as the rows. Bytes written by another pyarrow are listed as not compared."""
    from ..publication.parquet import parquet_from_rows

    kept, other = {}, []
    for name, table in tables.items():
        data = actual.get(f"data/tables/{name}.parquet")
        if data is not None and rows[name] and holds_same(table, data, rows[name]):
            kept[name] = data
            if data != parquet_from_rows(table, rows[name]):
                other.append(f"data/tables/{name}.parquet")
    if other:
        found.not_checked.append(
            f"bytes of {', '.join(other)}, which another version of pyarrow wrote (values and types were compared)"
        )
    return kept


def _derive(
    documents: Files,
    tables: dict[str, Table],
    rows: dict[str, list[Row]],
    ledger: Ledger,
    parquet: dict[str, bytes],
    tool: str,
) -> Files:
    """Derive every file of the bundle, in a separate folder, from the documents and the installed tool's rules."""
    ordered = {
        name: [{key: row[key] for key in tables[name].column_names} for row in rows[name]]
        for name in tables
    }
    with tempfile.TemporaryDirectory(prefix="readouts-") as scratch:
        workspace = Path(scratch)
        for path, data in documents.items():
            (workspace / path).parent.mkdir(parents=True, exist_ok=True)
            (workspace / path).write_bytes(data)
        if not ledger.entries:
            (workspace / "data" / "released.jsonl").unlink()
        return bundle_files(Layout(workspace), tables, Rows(tables=ordered), ledger, parquet, tool)  # type: ignore[arg-type]


def _differences(
    actual: Files,
    derived: Files,
    given: dict[str, bytes],
    made_with: str,
    trusted: bool,
    origin: Origin | None,
) -> Iterator[Finding]:
    """Yield the differences. Rules that git or a trusted signature explains are a warning: the publisher used different ones."""
    other_tool = made_with != tool_version()
    hint = f"Install readouts {made_with} and verify again." if other_tool else HINT
    if other_tool:
        yield _finding(
            "made_by_installed_version", "warning", CROISSANT, 0,
            f"it was made with readouts {made_with}, but checked with the rules of readouts {tool_version()}", hint,
        )  # fmt: skip
    for path in sorted(actual.keys() | (derived.keys() - {CHECKSUMS})):
        if path not in derived:
            yield _finding(
                "file_accounted_for",
                "error",
                path,
                0,
                "this file is not part of a version",
                "Delete it, and download the version again.",
            )
        elif path not in actual:
            yield _finding(
                "file_present", "error", path, 0, "this file of the version is missing", HINT
            )
        elif actual[path] != derived[path]:
            line, words = _first_difference(actual[path], derived[path])
            if path.startswith("schema/"):
                explained = trusted or given.get(path) == actual[path]
                message = f"it differs from the rule of readouts {tool_version()}, which was used here{words}"
                yield _finding(
                    "rules_as_installed",
                    "warning" if explained else "error",
                    path,
                    line,
                    message,
                    hint,
                )
            elif path in given and path not in ("CHANGELOG.md", "CITATION.cff") and origin:
                yield _finding(
                    "equals_git", "error", path, line, f"it differs from {origin.name}{words}", hint
                )
            else:
                code = "descriptor_matches_files" if path in _DESCRIBING else "file_as_derived"
                source = f" and {origin.name}" if origin else ""
                message = (
                    f"it differs from what is derived from the tables, the ledger{source}{words}"
                )
                yield _finding(code, "error", path, line, message, hint)


def _first_difference(actual: bytes, derived: bytes) -> tuple[int, str]:
    """Return (line, words) of the first line that differs; (0, "") if it is not text."""
    try:
        here, there = actual.decode("utf-8").split("\n"), derived.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        return 0, ""
    number = next(
        (n for n, (a, b) in enumerate(zip(here, there, strict=False)) if a != b),
        min(len(here), len(there)),
    )
    shown = [_around(lines, other, number) for lines, other in ((here, there), (there, here))]
    return number + 1, f": {shown[0]}, expected {shown[1]}"


def _around(lines: list[str], other: list[str], number: int) -> str:
    """Return some words of a line from shortly before the difference."""
    if number >= len(lines):
        return "the end of the file"
    line, opposite = lines[number], other[number] if number < len(other) else ""
    at = next(
        (n for n, (a, b) in enumerate(zip(line, opposite, strict=False)) if a != b),
        min(len(line), len(opposite)),
    )
    start = max(0, at - 20)
    return (
        f"“{'…' if start else ''}{line[start : start + 60]}{'…' if len(line) > start + 60 else ''}”"
    )


def _finding(code: str, severity: str, path: str, line: int, message: str, hint: str) -> Finding:
    return Finding(
        code,
        severity,
        path.encode("utf-8", "backslashreplace").decode(),
        line,
        "",
        "",
        message,
        hint,
    )
