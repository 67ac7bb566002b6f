"""The DuckDB database that reads foreign files: it can access only the files that it was given."""

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
"""Open the database that will read foreign files."""


def open_database() -> duckdb.DuckDBPyConnection:
    """Open a database in memory that installs and loads no extensions."""
    return duckdb.connect(config=SETTINGS)


def confine(
    database: duckdb.DuckDBPyConnection, files: Iterable[Path], folders: Iterable[Path]
) -> None:
    """Restrict the database to these files and folders, without network, and lock its settings.

    Attached databases and its folder for temporary files stay accessible.
    """
    database.execute(
        f"SET allowed_paths = {_listed(files)}; SET allowed_directories = {_listed(folders)}; "
        "SET enable_external_access = false; SET lock_configuration = true"
    )


def _listed(paths: Iterable[Path]) -> str:
    """Return the paths as a list in SQL, each as a name and as the pattern that readers take it for, in which [, * and ? are escaped."""
    names = [str(path.absolute()) for path in paths]
    names += [re.sub(r"([\[*?])", r"[\1]", name) for name in names]
    return f"[{', '.join(map(literal, dict.fromkeys(names)))}]"
