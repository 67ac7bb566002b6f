"""Whether Readouts notices a corruption, and by which rule."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

from readouts.curation.files import Curation, read_curation
from readouts.findings import PackageError, in_reading_order
from readouts.published.recorded import iter_ledger_mismatches
from readouts.tables.identity import iter_exchanged
from readouts.tables.release_status import release_status
from readouts.tables.rows import Rows
from readouts.validation import validate_curation
from readouts.verification import verify_folder

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
    """The code of an error that `readouts validate` reports for the corrupted working copy, which is put back; None: unnoticed."""
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
    """What is read of the corrupted working copy, which is put back, and the rows that it gives."""
    with corrupted(base, corruption):
        curation = read_curation(base.layout)
    return curation, base.compiled(curation)


def check_compiled(base: Base, curation: Curation, rows: Rows) -> str | None:
    """The same of what was read and compiled."""
    found = in_reading_order(curation.findings + rows.findings)
    code = next((finding.code for finding in found if finding.severity == "error"), None)
    if code is None and next(iter_exchanged(rows.tables, base.outcome.tables, base.ledger), None) is not None:
        code = "released_ids_mean_the_same"
    captures = [{"source_id": key, "text": text} for key, text in curation.captures.items()]
    return code or base.engine(curated=True).check({**rows.tables, "captures": captures, "exclusions": rows.exclusions})


def check_in_full(base: Base, corruption: Curated) -> bool:
    """Whether `readouts validate` itself reports an error: what `check_curated` must agree with."""
    with corrupted(base, corruption):
        try:
            return validate_curation(base.layout, read_curation(base.layout)).failed
        except PackageError:
            return True


def is_revision(base: Base, rows: Rows) -> bool:
    """Whether the rows differ from what was released, which `readouts validate` says and `readouts diff` lists record by record."""
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
    gone = [key[1] for key, value in corruption.files.items() if key[0] == "source" and value is None]
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
    """What notices the corruption: the hashes of the descriptor if the attacker left them, the schemas and guards beside the captures
    (their code), or at last the released ledger (LEDGER); None: nothing."""
    if not aided:
        return HASH if any(rows != base.rows[name] for name, rows in corruption.tables.items()) else None
    code = base.engine(curated=False).check(corruption.tables)
    return code or (LEDGER if differs(base, corruption) else None)


def differs(base: Base, corruption: Published) -> bool:
    """Whether a record is not what the ledger says was released."""
    return any(
        next(iter_ledger_mismatches(base.outcome.tables[name], rows, base.ledger), None) is not None
        for name, rows in corruption.tables.items()
    )


def check_published_in_full(base: Base, corruption: Published) -> bool:
    """Whether `readouts verify BUNDLE --captures DIR` itself finds fault with a bundle of these tables, all its checksums made to fit."""
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
