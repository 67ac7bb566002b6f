"""Checks of the published tables: their three formats, rows, guards and hashes in the ledger."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ..compile.rows import Row
from ..core.definitions import Table
from ..core.findings import Finding, PackageError
from ..core.layout import Layout
from ..ledger.ledger import Ledger
from ..ledger.recorded import iter_ledger_mismatches
from ..publication.parquet import holds_same
from ..published.checks import validate_folder
from ..published.json_rows import UnreadableRow
from ..published.reading import iter_rows
from ..published.shards import Shard
from ..rules.guards import read_guards
from .outcome import AGAIN, SHOWN, Verification, finding


def rows_of(layout: Layout, table: Table) -> list[Row]:
    path = layout.table(table.name, "jsonl")
    return (
        [row for _, row, _ in iter_rows(Shard(table.name, path, "jsonl"), table)]
        if path.is_file()
        else []
    )


def iter_format_findings(layout: Layout, tables: dict[str, Table]) -> Iterator[Finding]:
    """Check that a table's CSV and Parquet contain the same as its JSONL."""
    for name, table in tables.items():
        paths = {form: layout.table(name, form) for form in ("jsonl", "csv", "parquet")}
        present = [form for form, path in paths.items() if path.is_file()]
        if 0 < len(present) < 3:
            yield finding(
                "formats_agree",
                layout.relative(paths[present[0]]),
                f"the table {name} exists only as {', '.join(present)}",
            )
        if len(present) < 3:
            continue
        try:
            rows = [row for _, row, _ in iter_rows(Shard(name, paths["jsonl"], "jsonl"), table)]
            cells = list(iter_rows(Shard(name, paths["csv"], "csv"), table))
        except (UnreadableRow, ValueError) as error:
            yield finding(
                "formats_agree", layout.relative(paths["csv"]), f"it cannot be compared: {error}"
            )
            continue
        differing = next(
            (number for (number, cell, _), row in zip(cells, rows, strict=False) if cell != row),
            None,
        )
        if differing is not None or len(cells) != len(rows):
            yield finding(
                "formats_agree",
                layout.relative(paths["csv"]),
                "its values differ from the JSONL",
                differing or 0,
            )
        try:
            same = holds_same(table, paths["parquet"].read_bytes(), rows)
        except (ValueError, TypeError, KeyError):
            same = False
        if not same:
            yield finding(
                "formats_agree",
                layout.relative(paths["parquet"]),
                "its values, types or columns differ from the JSONL",
            )


def compare_with_ledger(
    layout: Layout,
    tables: dict[str, Table],
    rows: dict[str, list[Row]],
    ledger: Ledger,
    outcome: Verification,
) -> None:
    """Compare every record with its hash in the ledger; the rows match their schemas."""
    if not ledger.releases:
        outcome.not_checked.append(
            "whether the records are those that were released: the ledger has no release"
        )
        return
    for name, table in tables.items():
        path = layout.table(name, "jsonl")
        mismatches = list(iter_ledger_mismatches(table, rows[name], ledger))
        outcome.findings += [
            Finding(
                "record_as_released",
                "error",
                layout.relative(path),
                0,
                "",
                f"{kind} {record}",
                message,
                AGAIN,
            )
            for kind, record, message in mismatches[:SHOWN]
        ]
    number = sum(map(len, rows.values()))
    outcome.checked.append(
        f"{number:,} records against their hashes in the ledger of {ledger.version}"
    )


def validate_tables(
    layout: Layout, tables: dict[str, Table], captures: Path | None, outcome: Verification
) -> bool:
    """Check rows by the installed schemas and guards, with whatever captures there are. Return True if all rows fit their schemas."""
    guards = read_guards(layout)
    with tempfile.TemporaryDirectory(prefix="readouts-") as scratch:
        workspace = Path(scratch) / "package"
        shutil.copytree(layout.root / "data", workspace / "data")
        texts, exclusions = (
            _texts(layout, tables, captures),
            captures.parent / "exclusions.jsonl" if captures else None,
        )
        (workspace / "captures.jsonl").write_text(
            "".join(
                json.dumps({"source_id": key, "text": text}) + "\n"
                for key, text in sorted(texts.items())
            ),
            encoding="utf-8",
        )
        complete = exclusions is not None and exclusions.is_file()
        if complete and exclusions is not None:
            shutil.copy2(exclusions, workspace / "data" / "exclusions.jsonl")
        with validate_folder(layout, workspace, workspace / "captures.jsonl", "jsonl") as result:
            outcome.findings += result.first(SHOWN)
            rows = sum(result.rows.values())
            outcome.checked.append(
                f"{rows:,} rows of {len(result.rows)} tables against their schemas and {len(guards)} guards, with {len(texts)} captured texts"
            )
            if result.not_checked:
                needing = sum(guard.needs_captures for guard in guards)
                outcome.not_checked.append(
                    f"{result.not_checked:,} of {result.rows.get('statements', 0):,} statements by the {needing} guards that need the captured "
                    "text (pass --captures DIR)"
                )
            fit = not result.rejected
            outcome.tables_right = not result.failed
    if not complete:
        outcome.not_checked.append(
            "that every captured text is fully covered: exclusions are not published"
        )
    return fit


def _texts(layout: Layout, tables: dict[str, Table], captures: Path | None) -> dict[str, str]:
    """Return the captured texts by source: those published in full, and those in the folder. Raises PackageError for one that is not UTF-8."""
    found: dict[str, str] = {}
    shard = Shard("sources", layout.table("sources", "jsonl"), "jsonl")
    for _, row, _ in iter_rows(shard, tables["sources"]) if shard.path.is_file() else ():
        if isinstance(row, dict) and isinstance(row.get("source_id"), str):
            if isinstance(row.get("text"), str) and row.get("redistribution") == "full-text":
                found[row["source_id"]] = row["text"]
            path = captures / row["source_id"] / "source.txt" if captures else None
            if path is not None and path.is_file():
                try:
                    found[row["source_id"]] = path.read_bytes().decode("utf-8")
                except UnicodeDecodeError as error:
                    raise PackageError(f"{path} is not valid UTF-8") from error
    return found
