"""Checks whether Readouts detects a corruption, and by which rule."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

from readouts.advice.quotations import quotation_findings
from readouts.compile.rows import Rows
from readouts.core.findings import PackageError, in_reading_order
from readouts.curation.files import Curation
from readouts.curation.reading import read_curation
from readouts.ledger.identity import iter_exchanged
from readouts.ledger.recorded import iter_ledger_mismatches
from readouts.ledger.release_status import release_status
from readouts.validation.validate import validate_curation
from readouts.verification.verify import verify_folder

from ...forging import change
from .base import Base
from .operators import Curated, Published

HASH, LEDGER, DAMAGED = "descriptor_matches_files", "record_as_released", "ledger damaged"


class _Plain(yaml.SafeDumper):
    """Writes the same value twice rather than an alias to it."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def text_from_value(value: object) -> str:
    """The YAML of a curated file; line breaks do not matter here."""
    return yaml.dump(value, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=10_000)


def check_curated(base: Base, corruption: Curated) -> str | None:
    """Return the code of an error that `readouts validate` reports for the corrupted working copy, or None. The copy is restored."""
    if corruption.ledger is not None:
        return check_ledger(base, corruption)
    return check_compiled(base, *compiled(base, corruption))


def check_ledger(base: Base, corruption: Curated) -> str | None:
    """The same for a corrupted ledger, which the whole command reads; DAMAGED if the ledger itself is refused."""
    with corrupted(base, corruption):
        try:
            found = validate_curation(base.layout, read_curation(base.layout)).findings
        except PackageError:
            return DAMAGED
    return next((finding.code for finding in found if finding.severity == "error"), None)


def compiled(base: Base, corruption: Curated) -> tuple[Curation, Rows]:
    """Return the curation of the corrupted working copy and its rows. The copy is restored."""
    with corrupted(base, corruption):
        curation = read_curation(base.layout)
    return curation, base.compiled(curation)


def check_compiled(base: Base, curation: Curation, rows: Rows) -> str | None:
    """Return the same for a curation that is already read and compiled."""
    found = in_reading_order(
        curation.findings + rows.findings + quotation_findings(rows.misquotations)[0]
    )
    code = next((finding.code for finding in found if finding.severity == "error"), None)
    if (
        code is None
        and next(iter_exchanged(rows.tables, base.outcome.tables, base.ledger), None) is not None
    ):
        code = "released_ids_mean_the_same"
    captures = [{"source_id": key, "text": text} for key, text in curation.captures.items()]
    return code or base.engine(curated=True).check(
        {**rows.tables, "captures": captures, "exclusions": rows.exclusions}
    )


def check_in_full(base: Base, corruption: Curated) -> bool:
    """Return True if `readouts validate` itself reports an error; `check_curated` must agree with it."""
    with corrupted(base, corruption):
        try:
            return validate_curation(base.layout, read_curation(base.layout)).failed
        except PackageError:
            return True


def is_revision(base: Base, rows: Rows) -> bool:
    """Return True if the rows differ from the release, as `readouts validate` reports and `readouts diff` lists."""
    return not release_status(rows.tables, base.outcome.tables, base.ledger).is_released


@contextmanager
def corrupted(base: Base, corruption: Curated) -> Iterator[None]:
    """The working copy with the corruption in its files, put back afterwards."""
    layout = base.layout
    kept: dict[Path, bytes | None] = {}
    new: dict[Path, bytes | None] = {
        layout.curated(*key): None if value is None else text_from_value(value).encode()
        for key, value in corruption.files.items()
    }
    new |= {layout.capture(source): text.encode() for source, text in corruption.captures.items()}
    new |= {layout.ledger: corruption.ledger} if corruption.ledger is not None else {}
    gone = [
        key[1] for key, value in corruption.files.items() if key[0] == "source" and value is None
    ]
    new |= {layout.capture(source): None for source in gone}
    try:
        for path, data in new.items():
            kept[path] = path.read_bytes() if path.exists() else None
            put(path, data)
        for source in gone:
            layout.curated("source", source).parent.rmdir()
        yield
    finally:
        for path, data in kept.items():
            put(path, data)


def check_published(base: Base, corruption: Published, aided: bool) -> str | None:
    """Return what detects the corruption: the descriptor's hashes if the attacker left them, the
    schemas and guards with the captures (their code), or the released ledger (LEDGER); None if
    nothing does.
    """
    if not aided:
        return (
            HASH
            if any(rows != base.rows[name] for name, rows in corruption.tables.items())
            else None
        )
    code = base.engine(curated=False).check(corruption.tables)
    return code or (LEDGER if differs(base, corruption) else None)


def differs(base: Base, corruption: Published) -> bool:
    """Return True if a record differs from the ledger."""
    return any(
        next(iter_ledger_mismatches(base.outcome.tables[name], rows, base.ledger), None) is not None
        for name, rows in corruption.tables.items()
    )


def check_published_in_full(base: Base, corruption: Published) -> bool:
    """Return True if `readouts verify BUNDLE --captures DIR` itself reports a bundle of these tables with recomputed checksums."""
    folder = base.bundle.parent / "forged"
    shutil.copytree(base.bundle, folder, dirs_exist_ok=True)
    change(folder, lambda rows: rows.update(corruption.tables))
    return verify_folder(folder, captures=base.layout.sources).failed


def put(path: Path, data: bytes | None) -> None:
    """Write the bytes, or remove the file."""
    if data is None:
        path.unlink(missing_ok=True)
    else:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
