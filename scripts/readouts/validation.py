"""`readouts validate`: everything that curators wrote, re-derived from the captures and held against every rule."""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from .curation.files import Curation, read_curation
from .curation.surroundings import surroundings
from .findings import Finding, PackageError, counted, in_reading_order
from .layout import Layout
from .rules.advice import advised
from .rules.guards import Guard, empty_relation, prepare, read_guards
from .rules.stages import DuckEngine, Stages
from .rules.values import Judge
from .rules.views import column_types, quoted
from .tables.carried import read_carried
from .tables.compilation import compile_rows
from .tables.definitions import Table, read_tables
from .tables.files import jsonl_from_rows
from .tables.identity import iter_exchanged
from .tables.ledger import CAPTURES, IDENTIFIED, KEYS, Ledger, read_ledger, stamp
from .tables.rows import Rows
from .tables.standing import standing_in_words

AT_ONCE = 2
"""Guards that run side by side."""
FEW = 20_000
"""Rows below which a guard alone is not worth more than one thread."""


@dataclass(frozen=True, slots=True)
class Validation:
    """The outcome: findings in reading order, the rows compiled on the way, and how much was verified."""

    findings: list[Finding]
    tables: dict[str, Table]
    rows: Rows
    guards: list[Guard]
    captures: int
    not_checked: int
    """Statements of sources whose capture is not here."""
    jsonl: dict[str, bytes] = field(default_factory=dict)
    """The rows by table as they are published in JSONL, and as DuckDB read them."""
    standing: str = ""
    """How the tables stand to the last release; "" where that was not asked or, the data being wrong, cannot be said."""

    @property
    def failed(self) -> bool:
        return any(finding.severity == "error" for finding in self.findings)

    @property
    def summary(self) -> str:
        counts = self.rows.tables
        errors = sum(finding.severity == "error" for finding in self.findings)
        judged = (
            f"{counted(len(counts['statements']), 'statement')} and "
            f"{counted(len(counts['segments']), 'segment')} against {counted(self.captures, 'capture')}, "
            f"{counted(len(self.guards), 'guard')}, {self.not_checked} not checked"
        )
        if self.failed:
            files = len({finding.path for finding in self.findings if finding.severity == "error"})
            return f"failed: {counted(errors, 'error')} in {counted(files, 'file')}; judged without what is wrong: {judged}"
        return f"valid: {judged}, {counted(errors, 'error')}" + (f"; {self.standing}" if self.standing else "")


def validate(root: str | Path | None = None) -> list[Finding]:
    """Every finding in the package at `root` (default: the one around the working directory), in reading order.

    An empty list means that every statement was re-derived from its capture and every rule holds. Raises PackageError.
    """
    return validate_package(Layout.of(root)).findings


def validate_package(layout: Layout) -> Validation:
    """Read, compile and judge a whole package. Raises PackageError for what makes it unusable as such."""
    if not layout.descriptor.is_file():
        raise PackageError(f"there is no datapackage.json in {layout.root.name}: write it with `readouts build`")
    return judge(layout, read_curation(layout))


def validate_source(layout: Layout, source_id: str) -> Validation:
    """Judge one source with what it refers to: the findings in its files, its events' and their agents', as in the whole package.

    Raises PackageError for what makes the package unusable, and if there is no such source.
    """
    around = surroundings(layout, source_id)
    outcome = judge(layout, read_curation(layout, around.files), around.files)
    paths = {layout.relative(layout.curated(*key)) for key in around.told}
    folder = layout.relative(layout.sources / source_id) + "/"
    told = [f for f in outcome.findings if f.path in paths or f.path.startswith(folder)]
    return replace(outcome, findings=told, standing="")


def judge(layout: Layout, curation: Curation, files: frozenset[tuple[str, str]] | None = None) -> Validation:
    """Compile what was curated and hold it against the schemas and guards.

    `files` are the (kind, id) of the curated files read where these are not all: then the ledger's other records count for nothing.
    """
    tables = read_tables(layout)
    guards = read_guards(layout)
    rows = compile_rows(curation, tables, read_carried(layout, curation.absent))
    ledger = _ledger_of(read_ledger(layout), files)
    stamp(rows.tables, tables, ledger)
    findings = curation.findings + rows.findings
    findings += _judge_values(layout, rows, tables)
    findings += [
        _finding(layout, rows, "released_ids_mean_the_same", "error", table, record, field, message,
                 "Give each record its own id back; what is told of a record may be revised, what an id stands for may not.")
        for table, record, field, message in iter_exchanged(rows.tables, tables, ledger)
    ]  # fmt: skip
    jsonl = {name: jsonl_from_rows(rows.tables[name]) for name in tables}
    findings += _judge_relations(layout, curation, rows, tables, guards, ledger, jsonl)
    missing = sum(row["source_id"] not in curation.captures for row in rows.tables["statements"])
    found = Validation(in_reading_order(findings), tables, rows, guards, len(curation.captures), missing, jsonl)
    return found if found.failed else replace(found, standing=standing_in_words(rows.tables, tables, ledger))


def _ledger_of(ledger: Ledger, files: frozenset[tuple[str, str]] | None) -> Ledger:
    """The lines of the ledger about records of the files; agents and offices are all kept."""
    kinds = {"sources": "source", "statements": "source", "captures": "source", "events": "event", "claims": "event"}
    if files is None:
        return ledger
    return Ledger({
        (table, record): entry for (table, record), entry in ledger.entries.items()
        if table not in kinds or (kinds[table], record.partition(".")[0]) in files
    })  # fmt: skip


def _place_of_absent(layout: Layout, rows: Rows, table: str, record: str) -> tuple[str, int]:
    """(path, line) where a record that is not there belongs: its own file, or the list of its like in its owner's file."""
    if table in ("sources", "events", "agents"):
        return layout.relative(layout.curated(table.removesuffix("s"), record)), 0
    owner = rows.owner_of(table, record)
    origin = owner and rows.origins.get(owner)
    if origin is None:
        return f"data/tables/{table}.jsonl", 0
    return origin.file.path, origin.file.document.line((table,))


def _finding(
    layout: Layout, rows: Rows, code: str, severity: str, table: str, record: str, field: str, message: str, hint: str
) -> Finding:
    """A finding about a compiled record, told at the line of the curated file that it comes from."""
    origin = rows.origins.get((table, record)) or rows.origins.get((table, record.rpartition("/")[0]))
    if origin and origin.place[:2] == ("source", "attributions"):
        record = origin.file.identifier  # of the whole source: told once, not with each statement
    path, line = (origin.file.path, origin.line(field)) if origin else _place_of_absent(layout, rows, table, record)
    return Finding(code, severity, path, line, field, record, message, hint)


def _judge_values(layout: Layout, rows: Rows, tables: dict[str, Table]) -> list[Finding]:
    """Rules of one value on the compiled rows. Curated values were judged before; this judges what was derived."""
    findings = []
    for name, table in tables.items():
        judge = Judge(f"schema/tables/{name}.schema.json", table.schema)
        for row in rows.tables[name]:
            if not judge.accepts(row):
                for problem in judge.iter_problems(row):
                    findings.append(_finding(layout, rows, problem.code, "error", name, table.record_id(row),
                                             str(problem.path[0]) if problem.path else "", problem.message, problem.hint))  # fmt: skip
    return findings


def _judge_relations(
    layout: Layout,
    curation: Curation,
    rows: Rows,
    tables: dict[str, Table],
    guards: list[Guard],
    ledger: Ledger,
    jsonl: dict[str, bytes],
) -> list[Finding]:
    with (
        tempfile.TemporaryDirectory(prefix="readouts-") as folder,
        duckdb.connect() as database,
        ThreadPoolExecutor(AT_ONCE) as pool,
    ):
        database.execute("SET enable_progress_bar = false")
        if sum(map(len, rows.tables.values())) < FEW:
            database.execute("SET threads = 1")
        for name, table in tables.items():
            _load(database, Path(folder), f"all_{name}", column_types(table), jsonl[name], empty_relation(table))
        captures = [{"source_id": source_id, "text": text} for source_id, text in curation.captures.items()]
        strings = {"source_id": "VARCHAR", "text": "VARCHAR"}
        _load(database, Path(folder), "captures", strings, jsonl_from_rows(captures))
        spans = {"source_id": "VARCHAR", "start": "BIGINT", "end": "BIGINT", "reason": "VARCHAR"}
        _load(database, Path(folder), "exclusions", spans, jsonl_from_rows(rows.exclusions))
        incomplete = [{"table_name": t, "record_id": r} for t, r in sorted(rows.incomplete)]
        incomplete += [{"table_name": "files", "record_id": r} for t, r in sorted(curation.withheld) if t == "sources"]
        names = {"table_name": "VARCHAR", "record_id": "VARCHAR"}
        _load(database, Path(folder), "incomplete", names, jsonl_from_rows(incomplete))
        promised = [entry for (table, _), entry in ledger.entries.items() if table in (*IDENTIFIED, CAPTURES)]
        _load(database, Path(folder), "ledger", dict.fromkeys(KEYS, "VARCHAR"), jsonl_from_rows(promised))
        database.execute("CREATE VIEW curated_sources AS SELECT source_id FROM all_sources")
        views = prepare(database, layout, tables)
        stages = Stages(database, DuckEngine(database, views, pool), tables, views)
        stages.withhold([], "SELECT table_name, record_id FROM incomplete")
        for _ in stages.run(guards):
            pass
        return [
            advised(
                _finding(layout, rows, b.guard.code, b.guard.severity, b.table, b.record, b.field, b.message, b.hint),
                b.table,
                rows,
                curation,
            )
            for b in stages.iter_breaches(guards)
        ]


def _load(
    database: duckdb.DuckDBPyConnection,
    folder: Path,
    name: str,
    types: dict[str, str],
    jsonl: bytes,
    empty: str = "",
) -> None:
    """A DuckDB table of the rows in JSONL: its bulk reader is faster than row-wise inserts."""
    if not jsonl:
        query = (
            empty
            or "SELECT " + ", ".join(f"CAST(NULL AS {t}) AS {quoted(c)}" for c, t in types.items()) + " WHERE false"
        )
        database.execute(f"CREATE TABLE {name} AS {query}")
        return
    path = folder / f"{name}.jsonl"
    path.write_bytes(jsonl)
    columns = ", ".join(f"{quoted(c)}: '{t}'" for c, t in types.items())
    database.execute(
        f"CREATE TABLE {name} AS SELECT * FROM read_json('{path}', format = 'newline_delimited', columns = {{{columns}}}, "
        "maximum_object_size = 200000000)"
    )
    path.unlink()
