"""The examples in tests/examples: a small made-up package, and changes to it that follow or break one rule.

`examples/{valid,invalid}/<CODE>/<name>/change.yaml` has a `title` and `changes`, made in order:

- `file` with `replace` and `with` (the text must occur once), or with `write`, `bytes` (hexadecimal), `delete`, `folder`,
  `link` (its target) or `rename` (the new path)
- `table` with `where` and `set` (columns) or `drop`, or with `add` (a row): changes a published table after compilation; such
  an example is only checked by the guard of its code, in a bare DuckDB session

`findings.json` of an invalid example lists exactly its findings: code, path, line, record, field. A
new folder is a new test.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import yaml

from readouts.compile.files import jsonl_from_rows
from readouts.core.definitions import read_tables
from readouts.core.findings import Finding
from readouts.core.layout import Layout
from readouts.curation.reading import read_curation
from readouts.rules.guards import read_guards
from readouts.rules.views import shell_views, with_derived
from readouts.validation.outcome import Validation
from readouts.validation.validate import validate_curation

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "tests" / "examples"


@dataclass(frozen=True, eq=False)
class Example:
    """An example; a valid one has no `findings`."""

    folder: Path
    valid: bool
    code: str
    title: str
    changes: list[dict[str, Any]]
    findings: list[dict[str, Any]]

    @property
    def of_tables(self) -> bool:
        return any("table" in change for change in self.changes)

    def __str__(self) -> str:
        return self.folder.relative_to(EXAMPLES).as_posix()


def read_examples() -> list[Example]:
    """Return all examples, sorted."""
    found = []
    for folder in sorted(EXAMPLES.glob("*valid/*/*/")):
        change = yaml.safe_load((folder / "change.yaml").read_text(encoding="utf-8"))
        expected = folder / "findings.json"
        valid = folder.parts[-3] == "valid"
        findings = json.loads(expected.read_text(encoding="utf-8")) if not valid else []
        found.append(
            Example(folder, valid, folder.parts[-2], change["title"], change["changes"], findings)
        )
    return found


def make_base(target: Path) -> Layout:
    """Copy the small package to `target`, with the checkout's schemas."""
    shutil.copytree(EXAMPLES / "base", target, dirs_exist_ok=True)
    if not (target / "schema").exists():
        (target / "schema").symlink_to(ROOT / "schema")
    return Layout(target)


def change_files(root: Path, changes: list[dict[str, Any]]) -> None:
    """Make the changes of files. A text to replace must occur exactly once."""
    for change in changes:
        if "file" not in change:
            continue
        path = root / change["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        if "replace" in change:
            text = path.read_bytes().decode()
            assert text.count(change["replace"]) == 1, (
                f"{change['replace']!r} occurs {text.count(change['replace'])} times"
            )
            path.write_bytes(text.replace(change["replace"], change["with"]).encode())
        elif "write" in change:
            path.write_bytes(change["write"].encode())
        elif "bytes" in change:
            path.write_bytes(bytes.fromhex(change["bytes"]))
        elif "folder" in change:
            path.mkdir()
        elif "rename" in change:
            path.rename(root / change["rename"])
        else:
            path.unlink()
            if "link" in change:
                path.symlink_to(change["link"])


def validate_files(layout: Layout) -> Validation:
    return validate_curation(layout, read_curation(layout))


def write_tables(layout: Layout) -> dict[str, list[dict[str, Any]]]:
    """Write the published tables and tables.sql for a bare session; return the rows."""
    outcome = validate_files(layout)
    assert not outcome.findings
    layout.published_views.parents[1].unlink()
    shutil.copytree(ROOT / "schema", layout.published_views.parents[1])
    text = layout.guard_views.read_text(encoding="utf-8")
    views = shell_views(outcome.tables, outcome.tables, layout.ledger.exists())
    layout.published_views.write_text(with_derived(text, views), encoding="utf-8")
    layout.tables.mkdir(exist_ok=True)
    for name in outcome.tables:
        layout.table(name, "jsonl").write_bytes(jsonl_from_rows(outcome.rows.tables[name]))
    layout.exclusions.write_bytes(jsonl_from_rows(outcome.rows.exclusions))
    return {name: outcome.rows.tables[name] for name in outcome.tables}


def change_tables(layout: Layout, rows: dict[str, list[dict[str, Any]]], changes: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:  # fmt: skip
    """Make the changes of tables, write the changed tables, and return all rows."""
    rows = {name: [dict(row) for row in found] for name, found in rows.items()}
    for change in changes:
        name = change["table"]
        if "add" in change:
            assert set(change["add"]) == set(rows[name][0])
            rows[name].append(change["add"])
        else:
            hit = [row for row in rows[name] if change["where"].items() <= row.items()]
            assert hit, f"no row of {name} has {change['where']}"
            for row in hit:
                assert set(change.get("set", {})) <= set(row)
                row.update(change.get("set", {}))
            if change.get("drop"):
                rows[name] = [row for row in rows[name] if row not in hit]
        layout.table(name, "jsonl").write_bytes(jsonl_from_rows(rows[name]))
    return rows


@contextmanager
def bare_session(layout: Layout) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB session that has only run tables.sql; queries must run in the package's folder."""
    with duckdb.connect() as session:
        with contextlib.chdir(layout.root):
            session.execute(layout.published_views.read_text(encoding="utf-8"))
        yield session


def findings_of_guard(
    session: duckdb.DuckDBPyConnection,
    layout: Layout,
    rows: dict[str, list[dict[str, Any]]],
    code: str,
) -> list[dict[str, Any]]:
    """Return the findings of a guard in a bare session, at the line of the record in its table (0 if it is missing)."""
    definitions = read_tables(layout)
    found = []
    with contextlib.chdir(layout.root):
        returned = session.execute(
            (layout.guards / f"{code}.sql").read_text(encoding="utf-8")
        ).fetchall()
    for table, record, field, _ in sorted(returned):
        lines = [
            n for n, row in enumerate(rows[table], 1) if definitions[table].record_id(row) == record
        ]
        path = f"data/tables/{table}.jsonl"
        found.append(
            {
                "code": code,
                "path": path,
                "line": (lines or [0])[0],
                "record": record,
                "field": field,
            }
        )
    return found


def listed(findings: list[Finding]) -> list[dict[str, Any]]:
    """Return findings in the form of findings.json."""
    return [
        {"code": f.code, "path": f.path, "line": f.line, "record": f.record, "field": f.field}
        for f in findings
    ]


def guard_codes() -> set[str]:
    return {guard.code for guard in read_guards(Layout(ROOT))}
