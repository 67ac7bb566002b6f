"""Tables read back as they were written, and Python and SQL normalize case and spacing alike."""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
import unicodedata

import duckdb
import pytest

from readouts.compile.files import csv_from_rows, jsonl_from_rows
from readouts.core.definitions import read_tables
from readouts.core.findings import PackageError
from readouts.core.layout import Layout
from readouts.core.switching import exclusive
from readouts.curation.quotations import folded
from readouts.publication.build import derived_from, write_derived
from readouts.publication.readback import require_same_rows
from readouts.published.reading import iter_rows
from readouts.published.shards import Shard
from readouts.rules.views import common_macros
from readouts.validation.validate import validate_package
from tests.example_packages import make_base

ODD = ["a\rb", "\r", "a\r\nb", "\na", 'say "ah"', '"', '""', "a,b", " a ", "\ta", "'", "\u2028", "\x85", "\x1c", "NULL", "0", "-1", "1e5", "ß", "🛶", "#x", "\\", "a\\", "=1+1"]  # fmt: skip
"""Text values that writers or readers of some format are known to get wrong."""


def claims(root):
    table = read_tables(Layout(root))["claims"]
    blank = dict.fromkeys(table.column_names)
    return table, [
        {**blank, "claim_id": f"e.c{n}", "event_id": "e", "proposition": text}
        for n, text in enumerate(ODD)
    ]


def test_unusual_values_read_back_in_each_format(root, tmp_path):
    """Line ends, quotation marks, spaces and words that look like numbers are unchanged after writing and reading."""
    table, rows = claims(root)
    for form, data in (("csv", csv_from_rows(table, rows)), ("jsonl", jsonl_from_rows(rows))):
        require_same_rows(table, form, data, rows)
        path = tmp_path / f"claims.{form}"
        path.write_bytes(data)
        assert [row for _, row, _ in iter_rows(Shard("claims", path, form), table)] == rows
    found = duckdb.sql(
        f"SELECT proposition FROM read_csv('{tmp_path}/claims.csv', all_varchar = true, quote = '\"', escape = '\"', delim = ',', header = true, "
        "new_line = '\\n', strict_mode = true, auto_detect = false, columns = {"
        + ", ".join(f"'{name}': 'VARCHAR'" for name in table.column_names)
        + "})"
    )
    assert [text for (text,) in found.fetchall()] == ODD


def test_bytes_that_read_differently_are_refused(root):
    """An additional or missing row, a different value and an unquoted carriage return are errors that name the record."""
    table, rows = claims(root)
    for form, written in (("csv", csv_from_rows(table, rows)), ("jsonl", jsonl_from_rows(rows))):
        for data in (written[: written.rindex(b"\n", 0, -1) + 1], written + written.splitlines(True)[-1], written.replace(b"say", b"sah"), b""):  # fmt: skip
            with pytest.raises(PackageError, match="did not read back"):
                require_same_rows(table, form, data, rows)
    bare = csv_from_rows(table, rows).replace(b'"a\rb"', b"a\rb")
    with pytest.raises(PackageError, match=r"claims.csv: `e.c0` did not read back"):
        require_same_rows(table, "csv", bare, rows)


@pytest.mark.parametrize(
    "space", ["\r\n", "  ", "\n    ", "\u2028\u00a0", "\t \r", "\u3000"], ids=repr
)
def test_package_with_any_white_space_is_built(root, tmp_path, space):
    """A package whose captures have other white space between words is valid, and its tables read back."""
    shutil.copytree(root / "schema", tmp_path / "package/schema")
    layout = make_base(tmp_path / "package")
    shutil.copy(root / "data" / "README.md", layout.card)
    (layout.root / "datapackage.json").write_text("{}", encoding="utf-8")
    for capture in layout.sources.glob("*/source.txt"):
        old = capture.read_bytes()
        new = re.sub(r"(?<=\S) (?=\S)", space, old.decode()).encode()
        capture.write_bytes(new)
        curation = capture.with_name("curation.yaml")
        text = curation.read_text(encoding="utf-8")
        curation.write_text(
            text.replace(hashlib.sha256(old).hexdigest(), hashlib.sha256(new).hexdigest()), "utf-8"
        )
    outcome = validate_package(layout)
    assert [str(finding) for finding in outcome.findings if finding.severity == "error"] == []
    with exclusive(layout):
        write_derived(layout, derived_from(layout, outcome))


def test_python_and_sql_normalize_alike(root):
    """The macro of the guards folds every character, alone and within a word, as Python does."""
    macros = common_macros((root / "schema/guards/tables.sql").read_text(encoding="utf-8"))
    parameter, expression = macros["folded"]
    known = [c for c in map(chr, (*range(1, 0xD800), *range(0xE000, sys.maxunicode + 1))) if unicodedata.category(c) != "Cn"]  # fmt: skip
    texts = (
        known
        + [f"A{c}" for c in known]
        + [f" {c}\u00a0\r\n{c}x " for c in known]
        + ["", " ", "ΑΣ ΣΑΣ", "STRASSE"]
    )
    found = duckdb.execute(
        f"SELECT {parameter}, {expression} FROM (SELECT unnest(?) AS {parameter})", [texts]
    ).fetchall()
    assert [(text, sql, folded(text)) for text, sql in found if sql != folded(text)] == []


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Straße", "STRASSE"),
        ("ΛΟΓΟΣ", "λογος"),
        ("a\r\n  b", "A b"),
        ("İzmir", "i̇zmir"),
        ("GROẞ", "groß"),
    ],
)
def test_case_and_spacing_are_ignored(left, right):
    """Line breaks, indentation and letters with special case rules are normalized."""
    assert folded(left) == folded(right)
