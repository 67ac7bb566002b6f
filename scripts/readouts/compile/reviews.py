"""The findings that curators accepted (`reviewed: {rule: reason}` in curated files) as rows of the table `reviews`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..core.definitions import Table
from ..core.findings import present_code
from ..core.layout import Layout
from ..curation.files import CuratedFile
from ..curation.reading import read_curation
from .rows import Origin, Place, Rows

Reviewed = tuple[str, str, Place, dict[str, Any]]
"""(table, record id, place in the file, entry) of an entry that may have the key `reviewed`."""


def compile_reviews(rows: Rows, table: Table, file: CuratedFile) -> None:
    """Add the `reviewed` entries of the file."""
    for name, record, place, entry in _iter_entries(file):
        for rule, reason in (entry.get("reviewed") or {}).items():
            row = {
                "table_name": name,
                "record_id": record,
                "rule": present_code(rule),
                "reason": reason,
            }
            rows.add(table, row, Origin(file, (*place, "reviewed", rule)))


def read_accepted(layout: Layout, rule: str) -> list[tuple[str, int, str, str]]:
    """Return (path, line, record id, reason) of every review of a rule in the curated files, by path and line. Raises PackageError."""
    found = []
    for file in read_curation(layout).files.values():
        for _, record, place, entry in _iter_entries(file):
            for code, reason in (entry.get("reviewed") or {}).items():
                if present_code(code) == rule:
                    found.append(
                        (file.path, file.document.line((*place, "reviewed", code)), record, reason)
                    )
    return sorted(found)


def _iter_entries(file: CuratedFile) -> Iterator[Reviewed]:
    """Yield every entry of the file that has an id of its own and matches its schema."""
    identifier = file.identifier
    yield f"{file.kind}s", identifier, (file.kind,), file.facts
    for index, entry in file.iter_entries("statements"):
        yield "statements", f"{identifier}.{entry.get('id')}", ("statements", index), entry
    for index, entry in file.iter_entries("offices"):
        yield "offices", f"{identifier}-{entry['id']}", ("offices", index), entry
    for index, entry in file.iter_entries("participants"):
        yield (
            "participants",
            f"{identifier}/{entry['agent']}/{entry['role']}",
            ("participants", index),
            entry,
        )
    for index, entry in file.iter_entries("claims"):
        claim_id = f"{identifier}.{entry.get('id')}"
        yield "claims", claim_id, ("claims", index), entry
        for number, attestation in enumerate(entry["attestations"]):
            record = f"{claim_id}/{attestation['statement']}"
            yield "attestations", record, ("claims", index, "attestations", number), attestation
