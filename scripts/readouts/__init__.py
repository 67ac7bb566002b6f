"""Readouts: diplomatic statements that a machine can check.

readouts.load("statements")   a table as a `datasets.Dataset` with its declared types
readouts.validate(root)       every finding in a package, as a list; empty means valid
"""

from .findings import Finding, PackageError
from .publication.features import load
from .validation import validate

__all__ = ["Finding", "PackageError", "load", "validate"]
