"""TRUST.md matches the tables in docs/trust."""

from __future__ import annotations

from tests.conftest import ROOT
from tests.trust.document import COLUMNS, read
from tests.trust.page import page


def test_page_is_generated_from_its_tables():
    """TRUST.md equals the page written from docs/trust, and every table has its rows and columns."""
    tables = {name: read(ROOT, name) for name in COLUMNS}
    assert all(rows and tuple(rows[0]) == COLUMNS[name] for name, rows in tables.items())
    assert (ROOT / "TRUST.md").read_text(encoding="utf-8") == page(tables)
