"""`readouts verify --independently`: a different verdict of jsonschema or frictionless is a finding."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from readouts.core.definitions import read_tables
from readouts.core.layout import Layout
from readouts.verification import independent
from readouts.verification.independent import iter_differences
from readouts.verification.verify import verify_folder
from tests.reading import table_rows


def rows_of(layout: Layout) -> dict[str, list[dict]]:
    return {name: table_rows(name, layout.root) for name in read_tables(layout)}


def test_verdicts_agree_on_an_unchanged_version(released_bundle: Path):
    """No verdict differs, and the summary names frictionless."""
    outcome = verify_folder(released_bundle, independently=True)
    assert not outcome.findings and any("frictionless" in line for line in outcome.checked)


def test_frictionless_does_not_run_on_invalid_tables(bundle: Path):
    """If Readouts rejects a table, the summary lists frictionless as not run."""
    path = Layout(bundle).table("statements", "jsonl")
    path.write_text(
        path.read_text(encoding="utf-8").replace('"mode":"indirect"', '"mode":"shouted"', 1),
        encoding="utf-8",
    )
    outcome = verify_folder(bundle, independently=True)
    assert not any("frictionless" in line for line in outcome.checked)
    assert any("frictionless" in line for line in outcome.not_checked)


def test_different_verdict_of_jsonschema_is_found(bundle: Path, monkeypatch: pytest.MonkeyPatch):
    """If Readouts accepted a row that breaks its schema, jsonschema's verdict is a finding at that row."""
    layout = Layout(bundle)
    rows = rows_of(layout)
    rows["statements"][2]["mode"] = "shouted"
    assert list(iter_differences(layout, read_tables(layout), rows, False)) == []
    monkeypatch.setattr(independent.SchemaValidator, "accepts", lambda self, row: True)
    found = list(iter_differences(layout, read_tables(layout), rows, False))
    assert [(f.code, f.path, f.line) for f in found] == [
        ("validators_agree", "data/tables/statements.jsonl", 3)
    ]


def test_different_verdict_of_frictionless_is_found(bundle: Path):
    """An unresolved reference that Readouts is said to accept is found by frictionless."""
    layout = Layout(bundle)
    package = json.loads(layout.descriptor.read_text(encoding="utf-8"))
    for resource in package["resources"]:
        del resource["bytes"], resource["hash"]
    layout.descriptor.write_text(json.dumps(package), encoding="utf-8")
    path = layout.table("claims", "jsonl")
    text = path.read_text(encoding="utf-8")
    changed = re.sub(r'("event_id": ?"20)19', r"\g<1>18", text, count=1)
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    found = list(iter_differences(layout, read_tables(layout), rows_of(layout), True))
    assert {f.path for f in found} == {"data/tables/claims.jsonl"} and "frictionless" in found[
        0
    ].message
