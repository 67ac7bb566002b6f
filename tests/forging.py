"""Changes a bundle as an attacker would, who recomputes the three formats of a table, sizes, hashes and checksums."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from readouts.compile.files import csv_from_rows, jsonl_from_rows
from readouts.core.definitions import read_tables
from readouts.core.layout import Layout
from readouts.publication.bundle import checksums
from readouts.publication.descriptor import bytes_from_descriptor
from readouts.publication.parquet import parquet_from_rows
from tests.reading import read_folder, table_rows

Rows = dict[str, list[dict]]


def rehash(folder: Path) -> None:
    """Recompute every hash."""

    def of(path: str) -> tuple[str, int]:
        data = (folder / path).read_bytes()
        return hashlib.sha256(data).hexdigest(), len(data)

    descriptor = folder / "datapackage.json"
    package = json.loads(descriptor.read_text(encoding="utf-8"))
    for resource in package["resources"]:
        digest, resource["bytes"] = of(resource["path"])
        resource["hash"] = f"sha256:{digest}"
    descriptor.write_bytes(bytes_from_descriptor(package))
    metadata = folder / "croissant.json"
    described = json.loads(metadata.read_text(encoding="utf-8"))
    for entry in described["distribution"]:
        entry["sha256"], size = of(entry["contentUrl"])
        entry["contentSize"] = f"{size} B"
    metadata.write_text(
        json.dumps(described, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    (folder / "checksums.sha256").write_bytes(checksums(read_folder(folder)))


def change(
    folder: Path,
    alter: Callable[[Rows], None],
    forms: tuple[str, ...] = ("jsonl", "csv", "parquet"),
) -> None:
    """Change rows in these formats, and recompute every hash."""
    layout = Layout(folder)
    tables = {
        name: table
        for name, table in read_tables(layout).items()
        if layout.table(name, "jsonl").is_file()
    }
    rows = {name: table_rows(name, folder) for name in tables}
    alter(rows)
    for name, table in tables.items():
        made = {
            "jsonl": lambda name=name: jsonl_from_rows(rows[name]),
            "csv": lambda name=name, table=table: csv_from_rows(table, rows[name]),
            "parquet": lambda name=name, table=table: parquet_from_rows(table, rows[name]),
        }
        for form in forms:
            layout.table(name, form).write_bytes(made[form]())
    rehash(folder)
