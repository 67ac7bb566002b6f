"""`readouts verify --independently`: jsonschema and frictionless say the same, and where they do not, it is a finding."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from readouts import independent
from readouts.independent import iter_differences
from readouts.layout import Layout
from readouts.tables.definitions import read_tables
from readouts.verification import verify_folder
from tests.publishing import copied


@pytest.fixture(scope="module")
def bundle(released_bundle: Path) -> Path:
    """The bundle of the released package."""
    return released_bundle


def rows_of(layout: Layout) -> dict[str, list[dict]]:
    found = {}
    for name in read_tables(layout):
        path = layout.table(name, "jsonl")
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        found[name] = [json.loads(line) for line in lines]
    return found


def test_the_published_version_gets_one_verdict(bundle: Path):
    """A version that nobody changed: no result differs, and the summary names both tools."""
    outcome = verify_folder(bundle, independently=True)
    assert not outcome.findings and any("frictionless" in line for line in outcome.checked)


def test_tables_that_readouts_rejects_are_not_given_to_frictionless(bundle: Path, tmp_path: Path):
    """The summary says that frictionless was not run, and gives no number of verdicts for it."""
    folder = copied(bundle, tmp_path / "bundle")
    path = Layout(folder).table("statements", "jsonl")
    path.write_text(
        path.read_text(encoding="utf-8").replace('"mode":"indirect"', '"mode":"shouted"', 1), encoding="utf-8"
    )
    outcome = verify_folder(folder, independently=True)
    assert not any("frictionless" in line for line in outcome.checked)
    assert any("frictionless" in line for line in outcome.not_checked)


def test_a_reader_that_accepts_everything_is_found_out(bundle: Path, monkeypatch: pytest.MonkeyPatch):
    """Were Readouts to accept a row that breaks its schema, jsonschema's other result is a finding at that row."""
    layout = Layout(bundle)
    rows = rows_of(layout)
    rows["statements"][2]["mode"] = "shouted"
    assert list(iter_differences(layout, read_tables(layout), rows, False)) == []
    monkeypatch.setattr(independent.SchemaValidator, "accepts", lambda self, row: True)
    found = list(iter_differences(layout, read_tables(layout), rows, False))
    assert [(f.code, f.path, f.line) for f in found] == [("validators_agree", "data/tables/statements.jsonl", 3)]


def test_rejection_by_frictionless_alone_is_reported(bundle: Path, tmp_path: Path):
    """A reference that leads nowhere, taken as accepted by Readouts, is found by frictionless."""
    folder = copied(bundle, tmp_path / "bundle")
    layout = Layout(folder)
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
    assert {f.path for f in found} == {"data/tables/claims.jsonl"} and "frictionless" in found[0].message
