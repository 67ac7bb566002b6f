"""Validates folders of published tables."""

from __future__ import annotations

from pathlib import Path

from readouts.core.findings import Finding
from readouts.core.layout import Layout
from readouts.published.checks import validate_folder
from tests.reading import ROOT

LAYOUT = Layout(ROOT)
CAPTURES = ROOT / "data/sources"


def findings_in(folder: Path, captures: Path | None = None) -> list[Finding]:
    with validate_folder(LAYOUT, folder, captures) as result:
        return result.first(10_000)


def places_in(folder: Path, captures: Path | None = None) -> list[tuple[str, str, int]]:
    """Return (code, path, line) of every finding."""
    return [(finding.code, finding.path, finding.line) for finding in findings_in(folder, captures)]
