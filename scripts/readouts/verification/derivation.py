"""A published version derived again from its tables, its ledger and its publisher's documents, and compared byte for byte.

Every file of a bundle is either derived (then a difference is a finding), or a document that only
the publisher can know: such a document is compared with the version in git if there is one, and
otherwise listed as not checked. Any other file is a finding.
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from ..compile.rows import Row, Rows
from ..core.definitions import Table
from ..core.findings import Finding, PackageError
from ..core.layout import Layout
from ..core.version import tool_version
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
from .differences import HINT, finding_at, iter_derived_differences
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
    documents = _documents(files, origin)
    if not documents[_CORPUS]:
        message = "this file of the version is missing"
        found.findings.append(finding_at("file_present", "error", _CORPUS, 0, message, HINT))
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
    found.findings += iter_derived_differences(actual, derived, given, made_with, trusted, origin)
    found.compared = len(derived)
    if origin is None and not trusted:
        names = {_IN_BUNDLE.get(path, path) for path in DOCUMENTS}
        own = ", ".join(sorted(names & {*actual} - {"CITATION.cff"}))
        found.not_checked.append(
            f"facts that only the publisher knows, because the version is neither in the local git repository nor signed by a trusted key: {own}, "
            "except what is derived from the tables; whether both tables and ledger were changed (data/tables)"
        )
    return found


def _documents(files: dict[str, Path], origin: Origin | None) -> dict[str, bytes]:
    """Return what people wrote, by path in a package: as in git if known, otherwise as in the bundle; empty if it is missing."""
    given = origin.files if origin else {}
    documents = {path: given[path] for path in DOCUMENTS if path in given}
    for path in _NEEDED:
        if path not in documents:
            place = files.get(_IN_BUNDLE.get(path, path))
            documents[path] = _document(place) if place else b""
    if origin is None and PICTURE in files:
        documents[_PICTURE] = _document(files[PICTURE])
    return documents


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
