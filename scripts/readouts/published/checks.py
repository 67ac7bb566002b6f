"""Validation of published tables: rows by their schemas, relations by the guards, with DuckDB, out of core.

    with validate_folder(layout, folder, captures=…) as result:
        result.failed, result.summary, result.counts  # counts: (code, severity) → number
        result.first(10)  # a list[Finding], the first ten of each code
        result.write(path)  # all of them, .jsonl or .parquet

The rules are those of the package of `layout`; the tables may be anywhere. Files are written only
in a temporary folder.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import duckdb

from ..core.definitions import Table, read_tables
from ..core.layout import Layout
from ..rules.engine import DuckEngine
from ..rules.guards import prepare, read_guards
from ..rules.small import AT_ONCE, FEW, SmallEngine
from ..rules.stages import Stages
from .batches import BatchEngine
from .confinement import confine, open_database
from .database import default_memory, memory_errors, settle_database
from .exclusions import queries
from .extras import EXTRAS, load_extras, read_extras
from .gaps import Gaps, Rejected
from .lines import line_of
from .loading import Loaded, RowProblem, create, finish, load_shard
from .pace import Pace, Report
from .reporting import (
    drop_repeated_column_findings,
    relative,
    report_missing_tables_once,
    report_problems,
    report_violations,
)
from .result import CHECKED, ValidationResult, insert_findings, open_result
from .shards import Shard, find_shards


@contextmanager
def validate_folder(
    layout: Layout,
    folder: Path,
    captures: Path | None = None,
    form: str | None = None,
    memory: str | None = None,
    progress: Report = lambda _: None,
) -> Iterator[ValidationResult]:
    """Validate every published table in `folder`. `captures` is a table (source_id, text) or a
    folder of `<source_id>.txt` or `<source_id>/source.txt`; default: the table `captures` of the
    folder, if any. The database can read only these files. Raises PackageError.
    """
    tables, guards = read_tables(layout), read_guards(layout)
    shards = find_shards(folder, [*tables, *EXTRAS], form)
    started = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="readouts-") as scratch,
        open_database() as database,
        ThreadPoolExecutor(AT_ONCE) as pool,
        memory_errors(memory or default_memory()),
    ):
        settle_database(database, Path(scratch), memory or default_memory())
        given = [] if captures is None else [captures]
        files = [shard.path for found in shards.values() for shard in found]
        confine(
            database,
            [*files, *(path for path in given if not path.is_dir())],
            [Path(scratch), *(path for path in given if path.is_dir())],
        )
        result = open_result(database, guards, tables, shards, folder)
        pace = Pace(progress, size_of(tables, shards), len(guards))
        rejected = load_tables(database, tables, shards, folder, result, pace)
        load_and_check_extras(database, read_extras(layout), shards, captures, folder, rejected)
        drop_repeated_column_findings(database)
        engine = _engine(database, layout, tables, result, pool)
        stages = Stages(database, engine, tables, engine.views)
        gaps = Gaps(engine, tables, result.rows, rejected, result.unread)
        leave_out(database, stages, gaps, rejected)
        for number, guard in enumerate(stages.run(guards), 1):
            pace.checking(number, guard.code)
        result.accepted = stages.accepted
        report_violations(database, guards, tables, shards, folder)
        report_missing_tables_once(database, gaps)
        (result.captures,) = database.execute("SELECT count(*) FROM captures").fetchone() or (0,)
        (checked,) = database.execute(CHECKED).fetchone() or (0,)
        result.not_checked = result.rows.get("statements", 0) - checked
        result.seconds = time.monotonic() - started
        result.scratch = Path(scratch)
        yield result


def _engine(
    database: duckdb.DuckDBPyConnection,
    layout: Layout,
    tables: dict[str, Table],
    result: ValidationResult,
    pool: ThreadPoolExecutor,
) -> DuckEngine:
    """Return the engine for few rows, or the one that checks many in batches."""
    if sum(result.rows.values()) < FEW:
        return SmallEngine(database, layout, tables, pool)
    views = prepare(database, layout, tables)
    return BatchEngine(database, views, result.rows.get("statements", 0))


def size_of(tables: Iterable[str], shards: dict[str, list[Shard]]) -> int:
    """Return the bytes of all files of the tables."""
    return sum(shard.path.stat().st_size for name in tables for shard in shards.get(name, []))


def load_tables(
    database: duckdb.DuckDBPyConnection,
    tables: dict[str, Table],
    shards: dict[str, list[Shard]],
    folder: Path,
    result: ValidationResult,
    pace: Pace,
) -> Rejected:
    """Load every table and report problems with its rows; return the rows left out."""
    rejected = Rejected()
    for name, table in tables.items():
        loaded, started = Loaded(), time.monotonic()
        create(database, table)
        for shard in shards.get(name, []):
            problems: list[RowProblem] = []
            for problem in load_shard(database, table, shard, loaded):
                problems.append(problem)
                if len(problems) == 10_000:
                    report_problems(database, table, problems, folder, rejected)
                    problems = []
            report_problems(database, table, problems, folder, rejected)
            pace.read(name, shard.path.stat().st_size, loaded.rows, time.monotonic() - started)
        finish(database, table)
        if name in shards:
            result.rows[name] = loaded.rows
        result.rejected += loaded.rejected
    return rejected


def load_and_check_extras(
    database: duckdb.DuckDBPyConnection,
    extras: dict[str, Table],
    shards: dict[str, list[Shard]],
    captures: Path | None,
    folder: Path,
    rejected: Rejected,
) -> None:
    """Load captures, exclusions and ledger, and report problems with their rows. `rejected` are rows of the tables left out."""
    for problem in load_extras(database, extras, shards, captures):
        report_problems(database, extras[problem.table], [problem], folder, Rejected())
    database.execute(
        'CREATE VIEW placed_exclusions AS SELECT source_id, start, "end", rowid AS place FROM loaded_exclusions WHERE suspect IS NULL '
        'UNION ALL SELECT source_id, start, "end", row_place FROM rechecked_exclusions'
    )
    all_named = "sources" in shards and "sources" not in rejected.unnamed
    for query in queries(rejected.named, all_named):
        found = database.execute(
            f"SELECT q.*, s.path, s.form, q.place - s.first FROM ({query}) AS q JOIN shards AS s "
            "ON s.table_name = 'exclusions' AND q.place >= s.first AND q.place < s.last ORDER BY q.place"
        ).fetchall()
        for code, record, name, message, hint, _, path, form, index in found:
            line = line_of(Path(path), form, index, extras["exclusions"])
            insert_findings(
                database,
                [(code, "error", relative(Path(path), folder), line, name, record, message, hint)],
            )


def leave_out(
    database: duckdb.DuckDBPyConnection, stages: Stages, gaps: Gaps, rejected: Rejected
) -> None:
    """Report missing tables, and leave out rejected records with all records that refer to them, or to records that may be missing."""
    insert_findings(database, [tuple(finding.as_dict().values()) for finding in gaps.findings()])
    stages.mark_incomplete(gaps.incomplete())
    stages.quarantine([*rejected.named, *gaps.missing_records()])
