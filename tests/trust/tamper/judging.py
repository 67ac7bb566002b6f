"""Whether Readouts notices a corruption, and by which rule."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

from readouts.curation.files import read_curation
from readouts.findings import in_reading_order
from readouts.published.judging import judge_folder
from readouts.tables.files import jsonl_from_rows
from readouts.tables.ledger import read_ledger
from readouts.tables.standing import standing
from readouts.validation import judge

from .base import Base
from .operators import Curated, Published

HASH, LEDGER = "descriptor_matches_files", "differs_from_released_ledger"


class _Plain(yaml.SafeDumper):
    """Writes the same value twice rather than an alias to it."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def text_from_value(value: object) -> str:
    """The YAML of a curated file; line breaks do not matter here."""
    return yaml.dump(value, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=10_000)


def judge_curated(base: Base, corruption: Curated) -> str | None:
    """The code of an error that `readouts validate` reports for the corrupted working copy, which is put back; None: unnoticed."""
    with corrupted(base, corruption):
        curation = read_curation(base.layout)
    rows = base.compiled(curation)
    found = in_reading_order(curation.findings + rows.findings)
    told = next((finding.code for finding in found if finding.severity == "error"), None)
    captures = [{"source_id": key, "text": text} for key, text in curation.captures.items()]
    return told or base.engine(curated=True).judge({**rows.tables, "captures": captures, "exclusions": rows.exclusions})


def judge_in_full(base: Base, corruption: Curated) -> bool:
    """Whether `readouts validate` itself reports an error: what `judge_curated` must agree with."""
    with corrupted(base, corruption):
        return judge(base.layout, read_curation(base.layout)).failed


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


def judge_published(base: Base, corruption: Published, aided: bool) -> str | None:
    """What notices the corruption: the hashes of the descriptor if the attacker left them, the schemas and guards beside the captures
    (their code), or at last the released ledger (LEDGER); None: nothing."""
    if not aided:
        return HASH if any(rows != base.rows[name] for name, rows in corruption.tables.items()) else None
    code = base.engine(curated=False).judge(corruption.tables)
    if code is None:
        now = standing({**base.rows, **corruption.tables}, base.outcome.tables, read_ledger(base.layout))
        code = None if now.is_released and not _restamped(base, corruption) else LEDGER
    return code


def _restamped(base: Base, corruption: Published) -> bool:
    """Whether the stamps, which the hash of a record leaves out, are not those of the ledger."""
    return any(
        row.get(column) != old.get(column)
        for name, rows in corruption.tables.items()
        for row, old in zip(rows, base.rows[name], strict=False)
        for column in ("added_in", "revised_in")
    )


def judge_published_in_full(base: Base, corruption: Published) -> bool:
    """Whether `readouts validate PATH --captures DIR` itself reports an error: what the engine must agree with."""
    try:
        for name, rows in corruption.tables.items():
            put(base.desk / f"{name}.jsonl", jsonl_from_rows(rows) if rows else None)
        with judge_folder(base.layout, base.desk, base.layout.sources, "jsonl") as verdict:
            return verdict.failed
    finally:
        for name in corruption.tables:
            put(base.desk / f"{name}.jsonl", jsonl_from_rows(base.rows[name]) if base.rows[name] else None)


def put(path: Path, data: bytes | None) -> None:
    """Write the bytes, or remove the file."""
    if data is None:
        path.unlink(missing_ok=True)
    else:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
