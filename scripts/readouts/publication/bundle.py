"""`readouts bundle`: a release as one folder, byte for byte the same for the same library versions.

It contains everything a reader needs (tables in three forms, card, descriptors, schemas, guards,
ledger, licences) but no captured text.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from ..compile.rows import Row, Rows
from ..core.definitions import Table
from ..core.findings import PackageError, reason_of
from ..core.layout import Layout
from ..core.version import tool_version
from ..curation.corpus import read_corpus
from ..ledger.ledger import Ledger
from ..rules.views import shell_views, with_derived
from .blocks import CardInputs
from .build import derived_files
from .card import card
from .croissant import croissant
from .deposit import deposit
from .parquet import parquet_from_rows
from .readback import require_same_rows

CHECKSUMS, SIGNATURE, CROISSANT, DEPOSIT = (
    "checksums.sha256",
    "checksums.sha256.sig",
    "croissant.json",
    ".zenodo.json",
)
CARD, PICTURE = "README.md", "accounts.png"
"""Paths in a bundle of the dataset card, which the Hub shows, and of the picture in it."""

Files = dict[str, bytes]
"""Contents by path relative to the bundle, "/" as separator, sorted."""


def bundle_files(
    layout: Layout,
    tables: dict[str, Table],
    rows: Rows,
    ledger: Ledger,
    parquet: dict[str, bytes] | None = None,
    tool: str | None = None,
) -> Files:
    """Every file of the bundle. `rows` are stamped and valid.

    `parquet` gives tables whose Parquet file exists already (written by another version of pyarrow,
    with the same values): it is used as it is, and values that depend on its bytes are derived from
    it. `tool` is the version of readouts that it is made with (default: this one). Raises
    PackageError if a file that a bundle needs is missing.
    """
    corpus = read_corpus(layout)
    derived = derived_files(layout, tables, rows, ledger)
    present = [name for name in tables if rows.tables[name]]
    files: Files = {}
    for path in (layout.table(name, form) for name in present for form in ("csv", "jsonl")):
        files[layout.relative(path)] = derived[path] or b""
    paths = {name: layout.relative(layout.table(name, "parquet")) for name in present}
    for name, place in paths.items():
        files[place] = _parquet_file(tables[name], rows.tables[name], (parquet or {}).get(name))
    files[layout.relative(layout.descriptor)] = derived[layout.descriptor] or b""
    files[layout.relative(layout.citation)] = derived[layout.citation] or b""
    files |= _copied_files(layout)
    views = shell_views(
        tables, present, ledger_present=layout.ledger.exists(), archive_present=False
    )
    files[layout.relative(layout.guard_views)] = with_derived(
        files[layout.relative(layout.guard_views)].decode(), views
    ).encode()
    inputs = CardInputs(
        corpus,
        tables,
        rows.tables,
        ledger,
        layout.vocabulary,
        paths.__getitem__,
        lambda name: len(derived[layout.table(name, "jsonl")] or b""),
    )
    files[CARD] = card((derived[layout.card] or b"").decode(), CARD, inputs).encode()
    files[DEPOSIT] = deposit(corpus, rows.tables["statements"], ledger)
    files[CROISSANT] = croissant(
        corpus, tables, rows.tables, ledger, paths, files, tool or tool_version()
    )
    files[CHECKSUMS] = checksums(files)
    return dict(sorted(files.items()))


def _parquet_file(table: Table, rows: list[Row], existing: bytes | None) -> bytes:
    """Return the table in Parquet: the existing file if there is one. Raises PackageError if it has other rows."""
    data = existing or parquet_from_rows(table, rows)
    require_same_rows(table, "parquet", data, rows)
    return data


def _copied_files(layout: Layout) -> Files:
    """Return the files that go into a bundle unchanged: rules, ledger, documents."""
    wanted = [
        layout.corpus,
        layout.changelog,
        layout.root / "LICENSE",
        layout.root / "LICENSE-DATA",
    ]
    wanted += [layout.vocabulary, layout.codebook]
    wanted += [*layout.schemas.glob("*.schema.json"), *layout.guards.glob("*.sql")]
    wanted += [layout.ledger] if layout.ledger.exists() else []
    missing = [layout.relative(path) for path in wanted if not path.is_file()]
    if missing:
        raise PackageError(
            f"a bundle needs {', '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} missing"
        )
    files = {layout.relative(path): path.read_bytes() for path in wanted}
    if layout.picture.is_file():
        files[PICTURE] = layout.picture.read_bytes()
    return files


def checksums(files: Files) -> bytes:
    """Return the checksums of every file except the checksums and their signature, in the format of `sha256sum`."""
    return "".join(
        f"{hashlib.sha256(data).hexdigest()}  {path}\n"
        for path, data in sorted(files.items())
        if path not in (CHECKSUMS, SIGNATURE)
    ).encode()


def write_bundle(files: Files, folder: Path) -> None:
    """Put the files into `folder` and nothing else, replacing an older bundle there at once.

    Raises PackageError if the folder contains anything except a bundle, or cannot be written.
    """
    if (
        folder.exists()
        and not (folder / CHECKSUMS).is_file()
        and (not folder.is_dir() or any(folder.iterdir()))
    ):
        raise PackageError(f"{folder} is not empty and not a bundle: pass a new or an empty folder")
    folder = folder.resolve()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as scratch:
            fresh = Path(scratch) / "new"
            for path, data in files.items():
                target = fresh / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
            if folder.exists():
                os.replace(folder, Path(scratch) / "old")
            os.replace(fresh, folder)
            shutil.rmtree(Path(scratch) / "old", ignore_errors=True)
    except OSError as error:
        raise PackageError(f"the bundle was not written: {reason_of(error)}") from error
