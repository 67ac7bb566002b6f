"""A guard says what is wrong whatever is null: in SQL, text joined with a null is null."""

from __future__ import annotations

import itertools
import re

import pytest

from readouts.compile.compilation import compile_package
from readouts.compile.files import jsonl_from_rows
from readouts.core.definitions import read_tables
from readouts.core.layout import Layout
from readouts.curation.reading import read_curation
from readouts.ledger.ledger import stamp
from readouts.ledger.reading import read_ledger
from readouts.rules.guards import read_guards
from readouts.rules.small import run_guards
from readouts.validation.relations import relations_of_package
from tests.conftest import ROOT

LAYOUT = Layout(ROOT)
TABLES = read_tables(LAYOUT)
GUARDS = [(guard, set(re.findall(r"\w+", guard.sql))) for guard in read_guards(LAYOUT)]
"""Every guard, with the words of its SQL."""


def cases() -> list[tuple[str, tuple[str, ...]]]:
    """Return (table, columns that may be null) for one and for two columns that a guard names."""
    found = []
    for name, table in TABLES.items():
        nullable = [column.name for column in table.columns if column.nullable]
        sets = [*((column,) for column in nullable), *itertools.combinations(nullable, 2)]
        found += [(name, columns) for columns in sets if naming(columns)]
    return found


def naming(columns: tuple[str, ...]) -> list:
    """Return the guards whose SQL has all these columns."""
    return [guard for guard, words in GUARDS if words.issuperset(columns)]


@pytest.fixture(scope="module")
def compiled():
    """The curated files of the checkout, their rows, and the ledger."""
    curation, ledger = read_curation(LAYOUT), read_ledger(LAYOUT)
    rows = compile_package(LAYOUT, curation, TABLES)
    stamp(rows.tables, TABLES, ledger)
    return curation, rows, ledger


@pytest.mark.slow(
    "other columns null",
    seconds=25,
    covers=("schema/guards", "scripts/readouts/rules"),
    sample=12,
)
@pytest.mark.parametrize(("name", "columns"), cases())
def test_finding_is_complete_if_values_are_null(compiled, name, columns):
    """With these columns null in every row, no finding lacks its record, field, message or hint."""
    curation, rows, ledger = compiled
    jsonl = {table: jsonl_from_rows(rows.tables[table]) for table in TABLES}
    jsonl[name] = jsonl_from_rows([row | dict.fromkeys(columns) for row in rows.tables[name]])
    relations = relations_of_package(curation, rows, TABLES, ledger, jsonl)
    violations, _ = run_guards(
        LAYOUT, TABLES, naming(columns), relations, few=True, progress=lambda _: None
    )
    for found in violations:
        assert None not in (found.table, found.record, found.field, found.message, found.hint)
