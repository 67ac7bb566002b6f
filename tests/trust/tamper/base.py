"""The valid package that is corrupted: a working copy, released, with everything read that the operators need."""

from __future__ import annotations

import copy
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from readouts.compile.compilation import compile_package
from readouts.compile.rows import Rows
from readouts.core.findings import PackageError
from readouts.core.layout import Layout
from readouts.core.switching import exclusive, switch
from readouts.curation.files import Curation
from readouts.curation.reading import read_curation
from readouts.ledger.ledger import Ledger, stamp
from readouts.ledger.reading import read_ledger
from readouts.ledger.release_status import release_status
from readouts.publication.bundle import bundle_files, write_bundle
from readouts.releases.release import release_contents
from readouts.validation.outcome import Validation
from readouts.validation.validate import validate_curation

from .engine import Engine
from .operators import Documents

RELEASED_ON = "2026-11-22"
"""The date of the working copy's release, if the package has none."""


@dataclass(slots=True)
class Base:
    """`documents` are the parsed curated files, `captures` the captured texts, `outcome` the
    validation result, `rows` the tables, `bundle` the folder of the release, `ledger` what was
    released.
    """

    layout: Layout
    documents: Documents
    captures: dict[str, str]
    outcome: Validation
    rows: dict[str, list[dict[str, Any]]]
    bundle: Path
    ledger: Ledger
    _engines: dict[bool, Engine] = field(default_factory=dict)

    def compiled(self, curation: Curation) -> Rows:
        """The rows of a curation, stamped, whatever is wrong with them."""
        rows = compile_package(self.layout, curation, self.outcome.tables)
        stamp(rows.tables, self.outcome.tables, self.ledger)
        return rows

    def engine(self, curated: bool) -> Engine:
        """The guards over the valid tables: with the exclusions, as in the repository, or without, as published."""
        if curated not in self._engines:
            captures = [{"source_id": key, "text": text} for key, text in self.captures.items()]
            relations = {**{name: self.rows.get(name, []) for name in self.outcome.tables}, "captures": captures,
                         "exclusions": self.outcome.rows.exclusions if curated else []}  # fmt: skip
            self._engines[curated] = Engine(
                self.layout, self.outcome.tables, relations, self.ledger, curated
            )
        return self._engines[curated]

    @classmethod
    def prepare(cls, root: Path, folder: Path) -> Base:
        """A working copy of the package at `root` in `folder`, released if it was not. Raises PackageError if it is not valid."""
        package = folder / "package"
        for name in ("data", "schema"):
            shutil.copytree(root / name, package / name)
        for path in root.glob("*"):
            if path.is_file():
                shutil.copy(path, package / path.name)
        layout = Layout.of(package)
        outcome = validate_curation(layout, read_curation(layout))
        if outcome.failed:
            raise PackageError("only a valid package can be tampered with: run `readouts validate`")
        ledger = read_ledger(layout)
        if not release_status(outcome.rows.tables, outcome.tables, ledger).is_released:
            version = (
                "1.0.0"
                if not ledger.releases
                else f"{int(ledger.version.partition('.')[0]) + 1}.0.0"
            )
            with exclusive(layout):
                switch(
                    layout,
                    release_contents(
                        layout, outcome.tables, outcome.rows, ledger, version, RELEASED_ON
                    ),
                )
        curation = read_curation(layout)
        outcome = validate_curation(layout, curation)
        rows = copy.deepcopy(dict(outcome.rows.tables))
        ledger = read_ledger(layout)
        write_bundle(bundle_files(layout, outcome.tables, outcome.rows, ledger), folder / "bundle")
        documents = {key: file.document.value for key, file in curation.files.items()}
        return cls(
            layout, documents, dict(curation.captures), outcome, rows, folder / "bundle", ledger
        )
