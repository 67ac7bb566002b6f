"""A missing or unreadable part of published tables is one finding with its cause; consequences are not reported."""

from __future__ import annotations

import datetime
import gzip
import json
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from readouts.core.definitions import read_tables
from readouts.core.findings import PackageError
from readouts.published.content import problem_of_file
from readouts.published.gaps import record_of
from readouts.published.shards import Shard, find_shards
from tests.checking import CAPTURES, LAYOUT, findings_in
from tests.reading import ROOT


def changed(folder: Path, table: str, number: int, change) -> None:
    """Change one line (counted from 0) of a table in JSONL."""
    path = folder / f"{table}.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    lines[number] = change(lines[number])
    path.write_bytes(b"".join(lines))


UNREADABLE = {
    "a key twice": ("agents", lambda line: b'{"country":null,' + line[1:]),
    "NaN": ("statements", lambda line: line.replace(b'"start":', b'"start":NaN,"x":')),
    "a NUL": ("events", lambda line: line.replace(b'"name":"', b'"name":"\0')),
    "latin-1": ("agents", lambda line: line.replace(b'"name":"', b'"name":"\xe9')),
    "cut off": ("segments", lambda line: line[:-9] + b"\n"),
    "an unknown key": ("sources", lambda line: b'{"colour":null,' + line[1:]),
    "an id in capitals": ("agents", lambda line: line.replace(b'"agent_id":"c', b'"agent_id":"C')),
    "nothing to read of sources": ("sources", lambda line: b"{x\n"),
    "nothing to read of claims": ("claims", lambda line: b"{x\n"),
    "nothing to read of attributions": ("attributions", lambda line: b"{x\n"),
}


rest = pytest.mark.slow(
    "more gaps in tables",
    seconds=15,
    covers=(
        "scripts/readouts/published",
        "scripts/readouts/rules",
        "schema",
        "tests/test_published_gaps.py",
    ),
)


@rest(sample=3)
@pytest.mark.parametrize("how", UNREADABLE)
def test_unreadable_row_is_one_finding(folder, how):
    """Records that refer to the unreadable one, or are derived from it, are not reported."""
    table, change = UNREADABLE[how]
    changed(folder, table, 0, change)
    assert [(finding.path, finding.line) for finding in findings_in(folder, CAPTURES)] == [
        (f"{table}.jsonl", 1)
    ]


def test_csv_row_with_missing_fields_is_one_finding(folder):
    """The id of such a row is not guessed from its position."""
    lines = (ROOT / "data/tables/agents.csv").read_bytes().splitlines(keepends=True)
    (folder / "agents.jsonl").unlink()
    (folder / "agents.csv").write_bytes(b"".join([*lines[:2], b"x,y\n", *lines[3:]]))
    assert [(finding.code, finding.line) for finding in findings_in(folder, CAPTURES)] == [
        ("row_readable", 3)
    ]


@rest(sample=2)
@pytest.mark.parametrize(
    "table",
    ["agents", "sources", "statements", "segments", "attributions", "pairs", "participants"],
)
def test_missing_table_is_one_finding(folder, table):
    """The finding names the table, and the hint names a similar file that is not read."""
    (folder / f"{table}.jsonl").rename(folder / f"{table}.ndjson")
    (finding,) = findings_in(folder, CAPTURES)
    assert finding.code == "file_readable" and f"the table {table} is missing" in finding.message
    assert f"{table}.ndjson" in finding.hint


def test_empty_table_is_one_finding(folder):
    (folder / "claims.jsonl").write_bytes(b"")
    (finding,) = findings_in(folder, CAPTURES)
    assert "the table claims has no rows" in finding.message and "attestations" in finding.message


@pytest.mark.parametrize(
    ("begin", "word"),
    [
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n", "LFS"),
        (b"<!DOCTYPE html>\n<html>\n", "web page"),
        (b"\n <html>", "web page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "web page"),
        (gzip.compress(b"{}\n", mtime=0), "gzip"),
        (b"PK\x03\x04x", "ZIP"),
        (b"PAR1x", "Parquet"),
        (b'[\n{"a":1}\n]\n', "array"),
        (b'[{"a":1},{"a":2}]', "array"),
        ("{}".encode("utf-16"), "UTF-16"),
        (b'{"a":1}\n', ""),
        (b"[1]\n3\n", ""),
        (b"", ""),
    ],
)
def test_files_of_other_types_are_recognized(tmp_path, begin, word):
    """The first bytes show the type of the file; a file that may have rows is read."""
    path = tmp_path / "claims.jsonl"
    path.write_bytes(begin)
    problem = problem_of_file(Shard("claims", path, "jsonl"))
    assert (word in problem.message and problem.hint) if word else problem is None


def test_web_page_instead_of_a_table_is_one_finding(folder):
    """Neither its lines nor records that refer to the table are reported."""
    (folder / "claims.jsonl").write_text(
        "<!DOCTYPE html>\n<html>\n<body>Not found</body>\n</html>\n", encoding="utf-8"
    )
    (finding,) = findings_in(folder, CAPTURES)
    assert "web page" in finding.message and "download it again" in finding.hint


def test_folder_with_only_compressed_tables_is_refused(tmp_path):
    """The message names the files and says to decompress them."""
    (tmp_path / "statements.jsonl.gz").write_bytes(gzip.compress(b"{}\n", mtime=0))
    with pytest.raises(PackageError, match=r"statements\.jsonl\.gz: decompress"):
        find_shards(tmp_path, ["statements"])


@rest(sample=1)
@pytest.mark.parametrize(
    ("table", "column", "value", "words"),
    [
        ("events", "start_date", datetime.datetime(2019, 9, 26), "timestamps, expected dates"),
        ("agents", "type", 0, "whole numbers, expected text"),
        ("agents", "name", ["x"], "lists or structures, expected text"),
    ],
)
def test_column_of_the_wrong_type_is_one_finding(folder, table, column, value, words):
    """In Parquet a whole column has one type, so it is reported once, with a hint."""
    path = folder / f"{table}.jsonl"
    rows = [
        json.loads(line) | {column: value} for line in path.read_text(encoding="utf-8").splitlines()
    ]
    path.unlink()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), folder / f"{table}.parquet")
    (finding,) = findings_in(folder, CAPTURES)
    assert (finding.line, finding.field) == (1, column)
    assert words in finding.message and finding.hint


def test_id_is_read_from_an_unreadable_line():
    """The id is only read if each of its parts occurs once and complete."""
    tables = read_tables(LAYOUT)
    for line, record in (
        ('{"agent_id":"a-b","x":NaN}', "a-b"),
        ('{"x":1, "agent_id" : "a-b" , "x":2}', "a-b"),
        ('{"agent_id":"a-b', ""),
        ('{"agent_id":"a","agent_id":"b"}', ""),
        ('{"agent_id":"a b"}', ""),
    ):
        assert record_of(tables["agents"], line) == record
    assert (
        record_of(tables["segments"], '{"statement_id":"a.s01","ordinal":2,"x":NaN}') == "a.s01/2"
    )


def test_duplicate_id_is_reported_with_all_lines(folder):
    """The finding is at the last line, and its message names the others."""
    path = folder / "agents.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines, lines[0], lines[0]]))
    (finding,) = findings_in(folder, CAPTURES)
    assert (finding.code, finding.line) == ("ids_unique", len(lines) + 2)
    assert f"also agents.jsonl:1, agents.jsonl:{len(lines) + 1}" in finding.message


def test_too_long_proposition_is_reported_with_its_length(folder):
    """A proposition of 17 MB is one finding."""
    changed(
        folder,
        "claims",
        0,
        lambda line: line.replace(b'"proposition":"', b'"proposition":"' + b"a " * 8_500_000),
    )
    (finding,) = findings_in(folder, CAPTURES)
    assert (finding.path, finding.line) == ("claims.jsonl", 1)
    assert "17,000,062 characters; at most 1,000" in finding.message
