"""A changed character in a curated file is exactly one finding, at its line, with the rule's code and a hint.

`make test` tries one change of every kind, `make test-all` two, chosen by their hash, so that the
choice is reproducible and depends on the data; READOUTS_SWEEP=40 tries forty of each kind,
READOUTS_SWEEP=all every one (forty thousand, some hours).
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from readouts.core.layout import Layout
from tests.example_packages import ROOT, validate_files
from tests.sweep.changes import FIELDS, KEYS, Change, iter_changes

FEW = 2 if os.environ.get("READOUTS_TEST_ALL") else 1
"""Number of changes of each kind of field."""


def chosen() -> dict[str, list[Change]]:
    """Return the changes to try, by kind of field."""
    found: dict[str, list[Change]] = defaultdict(list)
    for path in sorted((ROOT / "data").glob("*/**/*.yaml")):
        for change in iter_changes(
            path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
        ):
            found[change.what].append(change)
    wanted = os.environ.get("READOUTS_SWEEP", str(FEW))
    for changes in found.values():
        changes.sort(key=lambda change: hashlib.sha256(str(change).encode()).hexdigest())
        if wanted != "all":
            del changes[int(wanted) :]
    return found


CHANGES = chosen()


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> dict[Change, list]:
    """The findings of every change, each made in a copy of the data and reverted."""
    folder = tmp_path_factory.mktemp("sweep")

    def validated(numbered: tuple[int, list[Change]]) -> list[tuple[Change, list]]:
        number, changes = numbered
        root = folder / str(number)
        shutil.copytree(ROOT / "data", root / "data")
        (root / "schema").symlink_to(ROOT / "schema")
        found = []
        for change in changes:
            path: Path = root / change.path
            before = path.read_text(encoding="utf-8")
            path.write_text(change.apply(before), encoding="utf-8")
            found.append((change, validate_files(Layout(root)).findings))
            path.write_text(before, encoding="utf-8")
        return found

    with ThreadPoolExecutor(2) as pool:
        return {
            change: found
            for part in pool.map(validated, enumerate(CHANGES.values()))
            for change, found in part
        }


@pytest.mark.parametrize(
    "change", [change for changes in CHANGES.values() for change in changes], ids=str
)
def test_changed_character_is_one_finding(change, findings):
    """There is exactly one finding, of a rule for that field, at that line, with a hint."""
    found = findings[change]
    assert [(f.code in change.codes, f.path, f.line) for f in found] == [
        (True, change.path, change.line)
    ], found
    assert found[0].hint


def test_every_kind_of_field_is_tried():
    """The committed data has values of every kind, so that none is skipped."""
    assert set(CHANGES) == {what for what, _, _ in (*FIELDS, *KEYS)}
    assert all(changes for changes in CHANGES.values())
