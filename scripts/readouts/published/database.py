"""The DuckDB database of one run: its memory limit, its files and its tables of findings and shards."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from ..core.findings import PackageError
from .predicates import literal
from .result import FIELDS

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
def memory_errors(memory: str) -> Iterator[None]:
    """Raise PackageError if memory does not suffice."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise PackageError(
            f"{memory} of memory is not enough for these tables: increase --memory-limit"
        ) from error


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
