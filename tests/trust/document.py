"""TRUST.md and its data: each run writes its long table as docs/trust/NAME.csv, and the page is written from these tables."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from .page import page

Record = dict[str, str]
COLUMNS = {
    "tamper": (
        "operator", "files", "helped", "change", "corruptions", "detected", "by_reviews", "by_ledger", "codes", "frictionless", "jsonschema",
        "given_as_jsonl", "only_in_jsonl", "undetected_but_listed", "would_catch",
    ),
    "fuzz": ("reader", "input", "generated", "fuzzed", "peak_mb", "faults"),
    "faults": ("command", "fault", "runs", "left_old", "left_new", "mixed", "problems"),
}  # fmt: skip
"""The columns of each table."""


def read(root: Path, name: str) -> list[Record]:
    """Return the table that the last run wrote, or an empty one."""
    path = root / "docs" / "trust" / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(root: Path, name: str, records: Iterable[dict[str, object]]) -> None:
    """Replace the table `name` under `root`, and TRUST.md with it."""
    path = root / "docs" / "trust" / f"{name}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS[name], lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)
    write_page(root)


def write_page(root: Path) -> None:
    """Write TRUST.md from the existing tables."""
    (root / "TRUST.md").write_text(
        page({name: read(root, name) for name in COLUMNS}), encoding="utf-8"
    )
