"""The columns as `datasets` types: the features declared on the card, and loading a table with them.

Dates are `date32`, closed vocabularies ClassLabels in the order of their terms, everything else its
plain type. Nulls stay null.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.definitions import Column, Table, read_tables
from ..core.findings import PackageError
from ..core.layout import Layout

if TYPE_CHECKING:
    import datasets

_DTYPES = {"string": "string", "date": "date32", "integer": "int64", "number": "float64"}


def features_on_card(table: Table) -> list[dict[str, Any]]:
    """Return the features as declared in the card's front matter (`dataset_info.features`)."""
    return [{"name": column.name, "dtype": _dtype_on_card(column)} for column in table.columns]


def _dtype_on_card(column: Column) -> Any:
    if column.terms is None:
        return _DTYPES[column.type]
    return {
        "class_label": {"names": {str(number): term for number, term in enumerate(column.terms)}}
    }


def features(table: Table) -> datasets.Features:
    """Return the features as `datasets` types."""
    import datasets

    return datasets.Features(
        {
            column.name: datasets.ClassLabel(names=list(column.terms))
            if column.terms
            else datasets.Value(_DTYPES[column.type])
            for column in table.columns
        }
    )


def load(table: str = "statements", root: str | Path | None = None) -> datasets.Dataset:
    """Load one published table of the package at `root` (default: the one around the working directory) as a `datasets.Dataset`.

    Raises PackageError for an unknown table, and one that is not built or cannot be read.
    """
    import datasets

    layout = Layout.of(root)
    tables = read_tables(layout)
    if table not in tables:
        raise PackageError(f"unknown table '{table}' (choose from: {', '.join(tables)})")
    path = layout.table(table, "jsonl")
    if not path.is_file() or not path.stat().st_size:
        raise PackageError(f"the table {table} has no rows, or was not built: run `readouts build`")
    try:
        return datasets.load_dataset(
            "json", data_files=str(path), split="train", features=features(tables[table])
        )
    except datasets.exceptions.DatasetsError as error:
        reason = str(error.__cause__ or error).partition("\n")[0].rstrip(".")
        raise PackageError(
            f"{layout.relative(path)} cannot be loaded: {reason}. "
            "Run `readouts build`, or restore the file from git."
        ) from error
