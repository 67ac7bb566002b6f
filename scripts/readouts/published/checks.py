"""Validation of published tables: rows by their schemas, relations by the guards, with DuckDB, out of core.

    with validate_folder(layout, folder, captures=…) as result:
        result.failed, result.summary, result.counts  # counts: (code, severity) → number
        result.first(10)  # a list[Finding], the first ten of each code
        result.write(path)  # all of them, .jsonl or .parquet

The rules are those of the package of `layout`; the tables may be anywhere. Files are written only
in a temporary folder.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import duckdb

from ..core.definitions import Table, read_tables
from ..core.findings import PackageError
from ..core.layout import Layout
from ..rules.guards import prepare, read_guards, split_message
from ..rules.small import AT_ONCE, FEW, SmallEngine
from ..rules.stages import DuckEngine, Stages, reader_of
from ..rules.views import record_id_sql
from .batches import BatchEngine
from .confinement import confine, open_database
from .exclusions import queries
from .extras import EXTRAS, load_extras, read_extras
from .gaps import DERIVED, Gaps, Rejected, record_of
from .lines import line_of
from .loading import Loaded, RowProblem, create, finish, load_shard
from .pace import Pace, Report
from .predicates import literal
from .reading import BLANK
from .result import CHECKED, FIELDS, ValidationResult, insert_findings, open_result
from .shards import Shard, find_shards

ROW_GROUP = 16_384
"""Rows per DuckDB row group, the least that one thread takes. With the default, 122,880, captured texts would fill a single group, queried on one
core, and rows as wide as those of `statements` would outgrow the processor's caches."""


def machine_memory() -> int:
    """Return the bytes of memory that the machine has."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def default_memory() -> str:
    """Return two fifths of the machine's memory, 2,432 MiB at most, as DuckDB's limit before it spills; the process needs some 0.3 GiB more."""
    return f"{min(2432, machine_memory() * 2 // 5 // 2**20)}MiB"


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
        _memory_errors(memory or default_memory()),
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
        if sum(result.rows.values()) < FEW:
            engine: DuckEngine = SmallEngine(database, layout, tables, pool)
        else:
            engine = BatchEngine(
                database, prepare(database, layout, tables), result.rows.get("statements", 0)
            )
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


@contextmanager
def _memory_errors(memory: str) -> Iterator[None]:
    """Raise PackageError if memory does not suffice."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise PackageError(
            f"{memory} of memory is not enough for these tables: increase --memory-limit"
        ) from error


def size_of(tables: Iterable[str], shards: dict[str, list[Shard]]) -> int:
    """Return the bytes of all files of the tables."""
    return sum(shard.path.stat().st_size for name in tables for shard in shards.get(name, []))


def settle_database(database: duckdb.DuckDBPyConnection, scratch: Path, memory: str) -> None:
    try:
        # DuckDB takes a negative number for no limit.
        database.execute(f"SET memory_limit = {literal(memory.replace('-', '?'))}")
    except duckdb.Error as error:
        raise PackageError(
            f"--memory-limit: “{memory}” is not an amount of memory such as 2GiB"
        ) from error
    database.execute(
        f"SET temp_directory = {literal(str(scratch / 'spill'))}; SET enable_progress_bar = false"
    )
    # The file is for this run only: checkpoints during the run and at the end would waste time.
    database.execute("SET wal_autocheckpoint = '1TiB'; PRAGMA disable_checkpoint_on_shutdown")
    database.execute(
        f"ATTACH {literal(str(scratch / 'checked.duckdb'))} AS checked (ROW_GROUP_SIZE {ROW_GROUP}); USE checked"
    )
    columns = ", ".join(f"{name} {'BIGINT' if name == 'line' else 'VARCHAR'}" for name in FIELDS)
    database.execute(f"CREATE TABLE findings ({columns})")
    database.execute(
        "CREATE TABLE shards (table_name VARCHAR, path VARCHAR, form VARCHAR, first BIGINT, last BIGINT)"
    )


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
                    _report_problems(database, table, problems, folder, rejected)
                    problems = []
            _report_problems(database, table, problems, folder, rejected)
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
        _report_problems(database, extras[problem.table], [problem], folder, Rejected())
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
                [(code, "error", _relative(Path(path), folder), line, name, record, message, hint)],
            )


def leave_out(
    database: duckdb.DuckDBPyConnection, stages: Stages, gaps: Gaps, rejected: Rejected
) -> None:
    """Report missing tables, and leave out rejected records with all records that refer to them, or to records that may be missing."""
    insert_findings(database, [tuple(finding.as_dict().values()) for finding in gaps.findings()])
    stages.mark_incomplete(gaps.incomplete())
    stages.quarantine([*rejected.named, *gaps.missing_records()])


def report_missing_tables_once(database: duckdb.DuckDBPyConnection, gaps: Gaps) -> None:
    """Report a derived table that is missing once, instead of each of its rows."""
    counts = dict(database.execute("SELECT code, count(*) FROM findings GROUP BY code").fetchall())
    for finding in gaps.derived_findings(counts):
        database.execute(
            "DELETE FROM findings WHERE code = ?", [DERIVED[finding.path.partition(".")[0]]]
        )
        insert_findings(database, [tuple(finding.as_dict().values())])


def drop_repeated_column_findings(database: duckdb.DuckDBPyConnection) -> None:
    """Keep only the first finding per file about the type of a column instead of one for each row."""
    database.execute(
        "DELETE FROM findings WHERE code = 'value_type' AND starts_with(message, 'the column ') AND rowid NOT IN "
        "(SELECT arg_min(rowid, line) FROM findings GROUP BY code, path, message)"
    )


def _relative(path: Path, folder: Path) -> str:
    """Return the name of a file within the folder of the tables, its whole name if it is elsewhere."""
    return (path.relative_to(folder) if path.is_relative_to(folder) else path).as_posix()


def _report_problems(
    database: duckdb.DuckDBPyConnection,
    table: Table,
    problems: list[RowProblem],
    folder: Path,
    rejected: Rejected,
) -> None:
    """Report problems of rows, and enter the rows in `rejected`."""
    findings = []
    for found in problems:
        record = record_of(table, found.row)
        name = str(found.problem.path[0]) if found.problem.path else ""
        if found.problem.message != BLANK:
            rejected.add(table, record, name)
        path = _relative(found.path, folder)
        findings.append(
            (
                found.problem.code,
                "error",
                path,
                found.line,
                name,
                record,
                found.problem.message,
                found.problem.hint,
            )
        )
    insert_findings(database, findings)


def report_violations(
    database: duckdb.DuckDBPyConnection,
    guards: list,
    tables: dict[str, Table],
    shards: dict[str, list[Shard]],
    folder: Path,
) -> None:
    """Report the findings of the guards at the file and line of the record; for a duplicate id, at the last record with the places of the others."""
    for (name,) in database.execute(
        "SELECT DISTINCT table_name FROM results.violations"
    ).fetchall():
        if name in tables:
            found = record_id_sql(tables[name])
            places = f"SELECT {found} AS id, rowid AS place FROM loaded_{name} WHERE suspect IS NULL UNION ALL SELECT {found}, row_place FROM rechecked_{name}"
        else:
            places = "SELECT '' AS id, 0 AS place WHERE false"
        database.execute(
            f"CREATE OR REPLACE TABLE placed AS SELECT b.*, p.place, s.path, s.form, s.first FROM results.violations AS b "
            f"LEFT JOIN (SELECT id, max(place) AS place FROM ({places}) WHERE id IN (SELECT record_id FROM results.violations) GROUP BY id) AS p "
            f"ON p.id = b.record_id LEFT JOIN shards AS s ON s.table_name = '{name}' AND p.place >= s.first AND p.place < s.last "
            f"WHERE b.table_name = '{name}'"
        )
        cursor = reader_of(database).execute(
            "SELECT guard, record_id, field, message, path, form, place - first FROM placed ORDER BY path, place"
        )
        repeated = (
            _repeated_places(database, places, tables[name], folder) if name in tables else {}
        )
        absent = next(
            (s.path.relative_to(folder).as_posix() for s in shards.get(name, [])), f"{name}.jsonl"
        )
        while rows := cursor.fetchmany(10_000):
            insert_findings(
                database,
                [
                    (guards[number].code, guards[number].severity, Path(path).relative_to(folder).as_posix() if path else absent,
                     line_of(Path(path), form, place, tables[name]) if path else 0, field_, record,
                     *split_message(guards[number], message + (also_at(repeated.get(record, [])) if guards[number].code == "ids_unique" else "")))
                    for number, record, field_, message, path, form, place in rows
                ],
            )  # fmt: skip


def _repeated_places(
    database: duckdb.DuckDBPyConnection, places: str, table: Table, folder: Path
) -> dict[str, list[tuple[str, int]]]:
    """Return id → (file, line) of its records, in order, for each duplicate id."""
    found = database.execute(
        f"SELECT id, s.path, s.form, place - s.first FROM ({places}) JOIN shards AS s "
        f"ON s.table_name = '{table.name}' AND place >= s.first AND place < s.last WHERE id IN "
        f"(SELECT record_id FROM results.violations WHERE code = 'ids_unique' AND table_name = '{table.name}') ORDER BY id, place"
    ).fetchall()
    repeated: dict[str, list[tuple[str, int]]] = {}
    for record, path, form, index in found:
        repeated.setdefault(record, []).append(
            (_relative(Path(path), folder), line_of(Path(path), form, index, table))
        )
    return repeated


def also_at(places: list[tuple[str, int]]) -> str:
    """Return the places of a duplicate id except the last, four at most, as a suffix of the message."""
    others = [f"{path}:{line}" for path, line in places[:-1]]
    more = f" and {len(others) - 4} more" if len(others) > 4 else ""
    return f"; also {', '.join(others[:4])}{more}" if others else ""
