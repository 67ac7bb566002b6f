"""The pages of a package as curated now: recompiled and then validated when a file is saved, with each page rendered on request."""

from __future__ import annotations

import tempfile
import threading
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..advice.quotations import quotation_findings
from ..compile.compilation import compile_package
from ..compile.rows import Row, Rows
from ..core.definitions import read_tables
from ..core.findings import PackageError, in_reading_order
from ..core.layout import Layout
from ..curation.corpus import read_corpus
from ..curation.files import Curation
from ..curation.reading import read_curation
from ..ledger.ledger import NEVER, stamp
from ..ledger.reading import read_ledger
from ..validation.validate import validate_curation
from .notes import notes_of
from .pages import Maker, pages_of
from .records import Records
from .rendering import page_maker
from .search import FOLDER, write_indexes


@dataclass(frozen=True, slots=True)
class State:
    """One state of the package: its pages, its records, and whether it has been validated. `problem` gives the reason if there are none."""

    number: int = 0
    checked: bool = False
    problem: str = ""
    records: Records | None = None
    pages: dict[str, Maker] = field(default_factory=dict)


class Workbench:
    """Holds the newest state; `changed` is notified with each new one."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.state = State()
        self.changed = threading.Condition()
        self._index: tuple[int, dict[str, bytes]] = (0, {})
        self._indexing = threading.Lock()

    def refresh(self) -> None:
        """Read the curated files: first the pages, then the findings."""
        try:
            curation = read_curation(self.layout)
            records, rows = records_of(self.layout, curation)
            self._publish(records, checked=False)
            findings = validate_curation(self.layout, curation, compiled=rows).findings
            self._publish(
                replace(records, notes=replace(records.notes, findings=findings)), checked=True
            )
        except PackageError as error:
            self._set(State(self.state.number + 1, True, str(error)))

    def _publish(self, records: Records, checked: bool) -> None:
        self._set(State(self.state.number + 1, checked, "", records, pages_of(records)))

    def _set(self, state: State) -> None:
        with self.changed:
            self.state = state
            self.changed.notify_all()

    def page(self, path: str) -> bytes | None:
        """Return the current file at this path; None if there is none."""
        state = self.state
        if path.startswith(f"{FOLDER}/"):
            return self._indexed(state).get(path)
        maker = state.pages.get(path)
        if maker is not None:
            return maker()
        return _problem_page(self.layout, state, path) if path.endswith(".html") else None

    def _indexed(self, state: State) -> dict[str, bytes]:
        """Return the files of the search index, built when the search is first used in a state."""
        with self._indexing:
            if state.records is not None and self._index[0] != state.number:
                with tempfile.TemporaryDirectory(prefix="readouts-") as scratch:
                    folder = Path(scratch) / FOLDER
                    write_indexes(state.records, folder)
                    files = {
                        p.relative_to(scratch).as_posix(): p.read_bytes()
                        for p in folder.rglob("*")
                        if p.is_file()
                    }
                self._index = state.number, files
            return self._index[1]


def records_of(layout: Layout, curation: Curation) -> tuple[Records, Rows]:
    """Return the records as the curator sees them (with every available captured text, and with notes), and the rows that they are from."""
    tables, ledger = read_tables(layout), read_ledger(layout)
    rows = compile_package(layout, curation, tables)
    stamp(rows.tables, tables, ledger)
    exclusions: dict[str, list[Row]] = defaultdict(list)
    for row in rows.exclusions:
        exclusions[row["source_id"]].append(row)
    quoted, _ = quotation_findings(rows.misquotations)
    records = Records(
        layout,
        read_corpus(layout),
        tables,
        {name: rows.tables[name] for name in tables},
        dict(curation.captures),
        dict(exclusions),
        None if ledger.version == NEVER else ledger.version,
        ledger.released_on,
        notes=notes_of(
            curation, rows, in_reading_order(curation.findings + rows.findings + quoted)
        ),
    )
    return records, rows


def _problem_page(layout: Layout, state: State, path: str) -> bytes | None:
    """Return a page for one that cannot be made now: of a source, event or agent whose file is wrong, or of a package that is unusable."""
    folder, _, name = path.removesuffix(".html").partition("/")
    places = {
        "sources": f"data/sources/{name}/",
        "events": f"data/events/{name}.yaml",
        "agents": f"data/agents/{name}.yaml",
    }
    records = state.records
    if records is None:
        return (
            state.problem and page_maker({}, True)(path, "problem.html", problem=state.problem)
        ) or None
    findings = records.notes.about(places[folder]) if folder in places and records.notes else []
    if not findings:
        return None
    shared = {"corpus": records.corpus, "records": records, "preview": True, "linked": None}
    return page_maker(shared, True)(path, "quarantined.html", name=name, findings=findings)
