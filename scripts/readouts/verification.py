"""`readouts verify`: a published version checked whole, from its own files: nothing in it is believed, and what cannot be checked is said."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .bundle import CHECKSUMS, CROISSANT
from .findings import Finding, PackageError, in_reading_order
from .layout import Layout
from .manifest import Manifest, iter_file_findings, read_manifest
from .origin import Origin, origin_of
from .publication.parquet import holds_same
from .published.judging import judge_folder
from .published.reading import UnreadableRow, iter_rows
from .published.recorded import iter_departures
from .published.shards import Shard
from .rules.guards import read_guards
from .tables.definitions import Table, read_tables
from .tables.ledger import Ledger, read_ledger

SHOWN = 20
"""How many findings of each rule are shown; all are counted."""
AGAIN = "Fetch it again; if it stays, what is published is not what was released."


@dataclass(slots=True)
class Verification:
    """What was found wrong (`findings`, the first SHOWN of each code), what was checked and what could not be, a line each."""

    findings: list[Finding] = field(default_factory=list)
    checked: list[str] = field(default_factory=list)
    not_checked: list[str] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        return any(finding.severity == "error" for finding in self.findings)

    @property
    def summary(self) -> str:
        lines = [f"checked: {line}" for line in self.checked] + [f"not checked: {line}" for line in self.not_checked]
        return "\n".join([*lines, "failed" if self.failed else "verified"])


def finding(code: str, path: str, message: str, line: int = 0, severity: str = "error") -> Finding:
    return Finding(
        code,
        severity,
        path,
        line,
        "",
        "",
        message,
        AGAIN,
    )


def verify_folder(
    folder: Path, here: Layout | None = None, captures: Path | None = None, tag: str | None = None
) -> Verification:
    """Check a bundle: files, descriptors, the tables' three forms, rows and guards, and `here` the same version in git.

    `captures` is a folder of `<source_id>/source.txt`, `tag` what the version was fetched as. Raises PackageError for a folder that is
    no bundle at all.
    """
    outcome = Verification()
    manifest = read_manifest(folder)
    outcome.findings += iter_file_findings(folder, manifest)
    outcome.checked.append(f"{len(manifest.files)} files against their checksums")
    layout = Layout(folder, folder / "schema")
    try:
        tables, ledger = read_tables(layout), read_ledger(layout)
        version = ledger.version
        outcome.findings += _described(layout, manifest, version, tag)
        outcome.checked.append("sizes and hashes in datapackage.json and croissant.json")
        outcome.findings += _forms(layout, tables)
        outcome.checked.append("every table the same in JSONL, CSV and Parquet, types included")
        if _judge(layout, tables, captures, outcome):
            _recorded(layout, tables, ledger, outcome)
        _compare(layout, here, version, outcome)
    except PackageError as error:
        outcome.findings.append(finding("published_readable", "", str(error)))
    outcome.findings = in_reading_order(outcome.findings)
    return outcome


def _described(layout: Layout, manifest: Manifest, version: str, tag: str | None) -> Iterator[Finding]:
    """The descriptors list the tables' files with their true sizes and hashes, and say the version that the ledger says."""
    package = _read_json(layout.descriptor, "datapackage.json")
    named = {package.get("version"), version} | ({tag[1:]} if tag else set())
    if len(named) > 1:
        yield finding(
            "version_agrees",
            "datapackage.json",
            f"it says version {package.get('version')}, the ledger {version}" + (f", its tag {tag}" if tag else ""),
        )
    resources = {str(entry.get("path")): entry for entry in _objects(package.get("resources"))}
    expected = {path for path in manifest.files if path.startswith("data/tables/") and not path.endswith(".parquet")}
    yield from _listed("datapackage.json", set(resources), expected)
    for path in sorted(set(resources) & expected):
        digest, size = (
            manifest.files[path],
            (layout.root / path).stat().st_size if (layout.root / path).is_file() else -1,
        )
        if (resources[path].get("hash"), resources[path].get("bytes")) != (f"sha256:{digest}", size):
            yield finding(
                "descriptor_matches_files", "datapackage.json", f"size or hash of {path} are not those of the file"
            )
    described = {
        str(e.get("contentUrl")): e
        for e in _objects(_read_json(layout.root / CROISSANT, CROISSANT).get("distribution"))
    }
    yield from _listed(CROISSANT, set(described), set(manifest.files) - {CROISSANT, CHECKSUMS})
    for path in sorted(set(described) & set(manifest.files)):
        if described[path].get("sha256") != manifest.files[path]:
            yield finding("descriptor_matches_files", CROISSANT, f"the hash of {path} is not that of the file")


def _listed(name: str, listed: set[str], expected: set[str]) -> Iterator[Finding]:
    for path in sorted(listed ^ expected):
        told = "is not listed" if path in expected else "is listed, but there is no such file"
        yield finding("descriptor_matches_files", name, f"{path} {told}")


def _read_json(path: Path, name: str) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise PackageError(f"{name} cannot be read: {error}") from error
    if not isinstance(found, dict):
        raise PackageError(f"{name} is no JSON object")
    return found


def _objects(value: Any) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _forms(layout: Layout, tables: dict[str, Table]) -> Iterator[Finding]:
    """A table's CSV and Parquet hold what its JSONL holds."""
    for name, table in tables.items():
        paths = {form: layout.table(name, form) for form in ("jsonl", "csv", "parquet")}
        present = [form for form, path in paths.items() if path.is_file()]
        if 0 < len(present) < 3:
            yield finding(
                "forms_agree",
                layout.relative(paths[present[0]]),
                f"the table {name} is there as {', '.join(present)} only",
            )
        if len(present) < 3:
            continue
        try:
            rows = [row for _, row, _ in iter_rows(Shard(name, paths["jsonl"], "jsonl"), table)]
            cells = list(iter_rows(Shard(name, paths["csv"], "csv"), table))
        except (UnreadableRow, ValueError) as error:
            yield finding("forms_agree", layout.relative(paths["csv"]), f"it cannot be compared: {error}")
            continue
        differing = next((number for (number, cell, _), row in zip(cells, rows, strict=False) if cell != row), None)
        if differing is not None or len(cells) != len(rows):
            yield finding(
                "forms_agree", layout.relative(paths["csv"]), "it holds other values than the JSONL", differing or 0
            )
        try:
            same = holds_same(table, paths["parquet"].read_bytes(), rows)
        except (ValueError, TypeError, KeyError):
            same = False
        if not same:
            yield finding(
                "forms_agree",
                layout.relative(paths["parquet"]),
                "it holds other values, types or columns than the JSONL",
            )


def _recorded(layout: Layout, tables: dict[str, Table], ledger: Ledger, outcome: Verification) -> None:
    """Every record against its hash in the ledger; the rows are fit for their schemas."""
    if not ledger.releases:
        outcome.not_checked.append("whether the records are those released: the ledger has no release yet")
        return
    number = 0
    for name, table in tables.items():
        path = layout.table(name, "jsonl")
        rows = [row for _, row, _ in iter_rows(Shard(name, path, "jsonl"), table)] if path.is_file() else []
        number += len(rows)
        told = list(iter_departures(table, rows, ledger))
        outcome.findings += [
            Finding("record_as_released", "error", layout.relative(path), 0, "", f"{kind} {record}", message, AGAIN)
            for kind, record, message in told[:SHOWN]
        ]
    outcome.checked.append(f"{number:,} records against their hashes in the ledger of {ledger.version}")


def _judge(layout: Layout, tables: dict[str, Table], captures: Path | None, outcome: Verification) -> bool:
    """Rows against the schemas and the guards that came with them, beside whatever captures there are. Whether all rows fit."""
    for table in tables.values():
        if '"$ref"' in json.dumps(table.schema) or '"$dynamicRef"' in json.dumps(table.schema):
            raise PackageError(
                f"schema/tables/{table.name}.schema.json refers to something outside itself; it is not followed"
            )
    guards = read_guards(layout)
    with tempfile.TemporaryDirectory(prefix="readouts-") as scratch:
        desk = Path(scratch) / "desk"
        shutil.copytree(layout.root / "data", desk / "data")
        texts, exclusions = _texts(layout, captures), captures.parent / "exclusions.jsonl" if captures else None
        (desk / "captures.jsonl").write_text(
            "".join(json.dumps({"source_id": key, "text": text}) + "\n" for key, text in sorted(texts.items())),
            encoding="utf-8",
        )
        complete = exclusions is not None and exclusions.is_file()
        if complete and exclusions is not None:
            shutil.copy2(exclusions, desk / "data" / "exclusions.jsonl")
        with judge_folder(layout, desk, desk / "captures.jsonl", "jsonl") as verdict:
            outcome.findings += verdict.first(SHOWN)
            rows = sum(verdict.rows.values())
            outcome.checked.append(
                f"{rows:,} rows of {len(verdict.rows)} tables against their schemas and {len(guards)} guards, with {len(texts)} captured texts"
            )
            if verdict.not_checked:
                needing = sum(guard.needs_captures for guard in guards)
                outcome.not_checked.append(
                    f"{verdict.not_checked:,} of {verdict.rows.get('statements', 0):,} statements by the {needing} guards that read the captured "
                    "text, which is not here (--captures DIR)"
                )
            fit = not verdict.rejected
    if not complete:
        outcome.not_checked.append("that nothing in a captured text was forgotten: the exclusions are not published")
    return fit


def _texts(layout: Layout, captures: Path | None) -> dict[str, str]:
    """The captured texts by source: those published in full, and those in the folder. Raises PackageError for one that is no UTF-8."""
    found: dict[str, str] = {}
    shard = Shard("sources", layout.table("sources", "jsonl"), "jsonl")
    for _, row, _ in iter_rows(shard, read_tables(layout)["sources"]) if shard.path.is_file() else ():
        if isinstance(row, dict) and isinstance(row.get("source_id"), str):
            if isinstance(row.get("text"), str) and row.get("redistribution") == "full-text":
                found[row["source_id"]] = row["text"]
            path = captures / row["source_id"] / "source.txt" if captures else None
            if path is not None and path.is_file():
                try:
                    found[row["source_id"]] = path.read_bytes().decode("utf-8")
                except UnicodeDecodeError as error:
                    raise PackageError(f"{path} is no UTF-8") from error
    return found


def _compare(layout: Layout, here: Layout | None, version: str, outcome: Verification) -> None:
    """The same version in git here, if it is there, has the same tables. Rules may have been mended since: that is a warning."""
    origin: Origin | None = origin_of(here, version) if here is not None and here.root != layout.root else None
    if origin is None:
        outcome.not_checked.append(f"whether it equals the package in git: v{version} is not in git here")
        return
    published = {
        path.relative_to(layout.root).as_posix()
        for folder in (layout.tables, layout.schemas, layout.guards)
        for path in folder.glob("*")
        if path.suffix in (".csv", ".jsonl", ".json", ".sql") and path != layout.guard_views
    }
    files = (
        {path: data for path, data in origin.files.items() if path != here.relative(here.guard_views)} if here else {}
    )
    rules = f"{layout.relative(layout.guards)}/"
    for path in sorted(published | set(files)):
        data = (layout.root / path).read_bytes() if path in published else None
        if files.get(path) != data:
            severity = "warning" if path.startswith(rules) else "error"
            outcome.findings.append(
                finding("equals_git", path, f"it is not what {origin.name} has here", severity=severity)
            )
    outcome.checked.append(f"{len(files)} tables and rules against {origin.name}")
