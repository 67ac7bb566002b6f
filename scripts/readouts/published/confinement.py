"""The DuckDB database that reads foreign files: it reaches the files that it was given, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import duckdb

from .predicates import literal

SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_persistent_secrets": False,
}
"""What a database is opened with that will read foreign files."""


def open_database() -> duckdb.DuckDBPyConnection:
    """A database in memory that installs and loads no extensions."""
    return duckdb.connect(config=SETTINGS)


def confine(database: duckdb.DuckDBPyConnection, files: Iterable[Path], folders: Iterable[Path]) -> None:
    """From here on the database reaches these files and folders alone, no network, and its settings cannot be changed.

    What it attached and its folder for temporary files stay in its reach.
    """
    database.execute(
        f"SET allowed_paths = {_listed(files)}; SET allowed_directories = {_listed(folders)}; "
        "SET enable_external_access = false; SET lock_configuration = true"
    )


def _listed(paths: Iterable[Path]) -> str:
    """The paths as a list in SQL, each as a name and as the pattern that readers take it for, in which [, * and ? are escaped."""
    names = [str(path.absolute()) for path in paths]
    names += [re.sub(r"([\[*?])", r"[\1]", name) for name in names]
    return f"[{', '.join(map(literal, dict.fromkeys(names)))}]"
