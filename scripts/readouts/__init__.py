"""Readouts: diplomatic statements that a machine can check.

readouts.load("statements")   a table as a `datasets.Dataset` with its declared types (needs the
extra `hub`) readouts.validate(root)       every finding in a package, as a list; empty means valid
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .core.findings import Finding, PackageError

if TYPE_CHECKING:
    from .publication.features import load
    from .validation.validate import validate

__all__ = ["Finding", "PackageError", "load", "validate"]
_HOMES = {"load": "publication.features", "validate": "validation.validate"}


def __getattr__(name: str) -> Any:
    """Import `load` and `validate` on first use: their dependencies take longer to import than everything else."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
