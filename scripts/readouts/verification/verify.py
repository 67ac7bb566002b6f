"""`readouts verify`: checks a published version completely from its own files; nothing in it is trusted, and unchecked parts are listed."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..compile.rows import Row
from ..core.definitions import Table, read_tables
from ..core.findings import Finding, PackageError, in_reading_order
from ..core.layout import Layout
from ..ledger.ledger import Ledger, read_ledger
from ..ledger.recorded import iter_ledger_mismatches
from ..publication.bundle import SIGNATURE
from ..publication.parquet import holds_same
from ..published.checks import validate_folder
from ..published.reading import UnreadableRow, iter_rows
from ..published.shards import Shard
from ..rules.guards import read_guards
from .derivation import compare_with_derived
from .manifest import Inventory, iter_file_findings, read_manifest, take_inventory
from .origin import Origin, origin_of
from .signature import Signed, signed_by

SHOWN = 20
"""Most findings shown per rule; all are counted."""
AGAIN = "Download it again; if the finding remains, the published files are not those that were released."


@dataclass(slots=True)
class Verification:
    """Result of a verification: findings (the first SHOWN of each code), the checks done and those not possible, one line each."""

    findings: list[Finding] = field(default_factory=list)
    checked: list[str] = field(default_factory=list)
    not_checked: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    """Files that the Hub, its client or git put next to the version's files: not read."""
    tables_right: bool = False
    """True if every row matches its schema and no guard found an error."""
    signature: Signed = field(default_factory=lambda: Signed("none", "this version is not signed"))

    @property
    def failed(self) -> bool:
        return any(finding.severity == "error" for finding in self.findings)

    @property
    def summary(self) -> str:
        lines = [f"checked: {line}" for line in self.checked] + [
            f"not checked: {line}" for line in self.not_checked
        ]
        lines += [f"ignored: {', '.join(self.ignored)}"] if self.ignored else []
        lines.append(f"signature: {self.signature.line}")
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
    folder: Path,
    here: Layout | None = None,
    captures: Path | None = None,
    tag: str | None = None,
    signers: Path | None = None,
    independently: bool = False,
) -> Verification:
    """Check a bundle by the installed tool's rules: files, signature, the tables' three forms,
    rows, guards, ledger, and every other file derived again; compare with the same version in git
    `here`.

    `captures` is a folder of `<source_id>/source.txt`, `tag` the name that the version was fetched
    by, `signers` a file of the keys that are trusted; `independently` has jsonschema and
    frictionless check the tables too. Raises PackageError for a folder that is not a bundle at all.
    """
    outcome = Verification()
    manifest, inventory = read_manifest(folder), take_inventory(folder)
    outcome.ignored = inventory.ignored
    outcome.findings += iter_file_findings(folder, manifest, inventory)
    outcome.checked.append(f"{len(manifest.files)} files against their checksums")
    if inventory.special:
        outcome.not_checked.append(
            "everything else: a folder with links or special files cannot be checked"
        )
        outcome.findings = in_reading_order(outcome.findings)
        return outcome
    outcome.signature = signed_by(folder, signers)
    if outcome.signature.state == "bad":
        outcome.findings.append(finding("signature_valid", SIGNATURE, outcome.signature.line))
    layout = Layout(folder)
    try:
        tables, ledger = read_tables(layout), read_ledger(layout)
        if tag and tag != f"v{ledger.version}":
            message = f"the ledger has version {ledger.version}, but the tag is {tag}"
            outcome.findings.append(finding("version_agrees", "data/released.jsonl", message))
        outcome.findings += _forms(layout, tables)
        outcome.checked.append("every table is the same in JSONL, CSV and Parquet, including types")
        fit = _validate_tables(layout, tables, captures, outcome)
        origin = (
            origin_of(here, ledger.version)
            if here is not None and here.root != layout.root
            else None
        )
        rows = (
            {name: _rows_of(layout, table) for name, table in tables.items()}
            if fit or independently
            else {}
        )
        if fit:
            _recorded(layout, tables, rows, ledger, outcome)
        _derive(inventory, tables, rows, ledger, origin, outcome)
        if independently:
            _check_independently(layout, tables, rows, outcome)
        _compare(layout, origin, ledger.version, outcome)
    except PackageError as error:
        outcome.findings.append(finding("published_readable", "", str(error)))
    outcome.findings = in_reading_order(outcome.findings)
    return outcome


def _derive(
    inventory: Inventory,
    tables: dict[str, Table],
    rows: dict[str, list[Row]],
    ledger: Ledger,
    origin: Origin | None,
    outcome: Verification,
) -> None:
    """Derive every file again from the tables and compare; only if the tables are valid, since invalid ones prove nothing."""
    if (
        any(
            found.severity == "error" and found.code in ("file_present", "file_matches_checksum")
            for found in outcome.findings
        )
        or not outcome.tables_right
    ):
        outcome.not_checked.append(
            "whether the other files match the tables: fix the findings about files and tables first"
        )
        return
    found = compare_with_derived(
        inventory.files, tables, rows, ledger, origin, outcome.signature.state == "good"
    )
    known = {finding.path for finding in outcome.findings}
    outcome.findings += [finding for finding in found.findings if finding.path not in known]
    outcome.not_checked += found.not_checked
    outcome.checked.append(
        f"{found.compared} files derived again from the tables and the installed rules, identical byte for byte"
    )


def _check_independently(
    layout: Layout, tables: dict[str, Table], rows: dict[str, list[Row]], outcome: Verification
) -> None:
    """Check the tables and the descriptor with other tools; differing results are findings."""
    from .independent import iter_differences, versions

    if any(found.path == layout.relative(layout.descriptor) for found in outcome.findings):
        outcome.not_checked.append(
            "the tables with other tools: datapackage.json, which lists the files, is wrong"
        )
        return
    differences = list(iter_differences(layout, tables, rows, outcome.tables_right))
    outcome.findings += differences
    tools = versions()
    if not outcome.tables_right:
        outcome.not_checked.append(
            f"the tables with {tools['frictionless']}: readouts rejects them already"
        )
        tools = {"jsonschema": tools["jsonschema"]}
    outcome.checked.append(
        f"the tables by {' and '.join(tools.values())}: {len(differences)} verdicts differ"
    )


def _rows_of(layout: Layout, table: Table) -> list[Row]:
    path = layout.table(table.name, "jsonl")
    return (
        [row for _, row, _ in iter_rows(Shard(table.name, path, "jsonl"), table)]
        if path.is_file()
        else []
    )


def _forms(layout: Layout, tables: dict[str, Table]) -> Iterator[Finding]:
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


def _recorded(
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


def _validate_tables(
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


def _compare(layout: Layout, origin: Origin | None, version: str, outcome: Verification) -> None:
    """Check that the same version in the local git repository, if any, has the same tables."""
    if origin is None:
        outcome.not_checked.append(
            f"whether it equals the package in git: v{version} is not in the local repository"
        )
        return
    known = {finding.path for finding in outcome.findings}
    committed = {
        path: data for path, data in origin.files.items() if path.startswith("data/tables/")
    }
    published = {
        layout.relative(path)
        for path in layout.tables.glob("*")
        if path.suffix in (".csv", ".jsonl")
    }
    for path in sorted(published | set(committed)):
        data = (layout.root / path).read_bytes() if path in published else None
        if committed.get(path) != data and path not in known:
            outcome.findings.append(finding("equals_git", path, f"it differs from {origin.name}"))
    outcome.checked.append(
        f"{len(committed)} tables and the publisher's documents against {origin.name}"
    )
