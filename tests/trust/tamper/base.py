"""The valid package that is corrupted: a working copy, released, with everything read that the operators need."""

from __future__ import annotations

import copy
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from readouts.build import derived_files
from readouts.curation.files import read_curation
from readouts.findings import PackageError
from readouts.layout import Layout
from readouts.switching import exclusive, switch
from readouts.tables.ledger import KEYS, record_hash
from readouts.validation import Validation, judge

from .operators import Documents


@dataclass(slots=True)
class Base:
    """`documents` are the parsed curated files, `captures` the captured texts, `outcome` the judgement, `rows` the tables."""

    layout: Layout
    documents: Documents
    captures: dict[str, str]
    outcome: Validation
    rows: dict[str, list[dict[str, Any]]]

    @classmethod
    def prepare(cls, root: Path, folder: Path) -> Base:
        """A working copy of the package at `root` in `folder`, released if it was not. Raises PackageError if it is not valid."""
        for name in ("data", "schema"):
            shutil.copytree(root / name, folder / name)
        for name in ("datapackage.json", "README.md", "CITATION.cff", "CHANGELOG.md"):
            if (root / name).exists():
                shutil.copy(root / name, folder / name)
        layout = Layout.of(folder)
        outcome = judge(layout, read_curation(layout))
        if outcome.failed:
            raise PackageError("only a valid package can be tampered with: run `readouts validate`")
        if not layout.ledger.exists():
            layout.ledger.write_text(_ledger_of_first_release(outcome), encoding="utf-8")
        curation = read_curation(layout)
        outcome = judge(layout, curation)
        with exclusive(layout):
            switch(layout, derived_files(layout, outcome.tables, outcome.rows))
        documents = {key: file.document.value for key, file in curation.files.items()}
        return cls(layout, documents, dict(curation.captures), outcome, copy.deepcopy(dict(outcome.rows.tables)))


def _ledger_of_first_release(outcome: Validation) -> str:
    """Every record and every capture as released in 1.0.0."""
    lines = [dict.fromkeys(KEYS) | {"table": "releases", "record_id": "1.0.0", "sha256": "0" * 64, "added_in": "1.0.0",
                                    "released_on": "2026-11-22", "reason": "first release"}]  # fmt: skip
    for name, rows in outcome.rows.tables.items():
        for row in rows:
            record = outcome.tables[name].record_id(row)
            lines.append(
                dict.fromkeys(KEYS)
                | {"table": name, "record_id": record, "sha256": record_hash(row), "added_in": "1.0.0"}
            )
    return "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)
