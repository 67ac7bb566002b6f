"""What is missing from published tables is one finding with its cause, and nothing is reported that follows from it."""

from __future__ import annotations

import datetime
import gzip
import json
import subprocess
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from readouts.findings import Finding, PackageError
from readouts.layout import Layout
from readouts.published.checks import validate_folder
from readouts.published.content import problem_of_file
from readouts.published.gaps import record_of
from readouts.published.shards import Shard, find_shards
from readouts.tables.definitions import read_tables

ROOT = Path(__file__).resolve().parents[1]
LAYOUT = Layout(ROOT)


def found_in(folder: Path) -> list[Finding]:
    with validate_folder(LAYOUT, folder, ROOT / "data/sources") as result:
        return result.first(1_000)


def changed(folder: Path, table: str, number: int, change) -> None:
    """Change one line (0-based) of a table in JSONL."""
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


@pytest.mark.parametrize("how", UNREADABLE)
def test_one_row_that_is_wrong_is_one_finding(folder, how):
    """What refers to a record that could not be read, and what is derived from it, is left out."""
    table, change = UNREADABLE[how]
    changed(folder, table, 0, change)
    assert [(finding.path, finding.line) for finding in found_in(folder)] == [(f"{table}.jsonl", 1)]


def test_a_short_row_of_csv_is_one_finding(folder):
    """The id of such a row is not guessed from its place."""
    lines = (ROOT / "data/tables/agents.csv").read_bytes().splitlines(keepends=True)
    (folder / "agents.jsonl").unlink()
    (folder / "agents.csv").write_bytes(b"".join([*lines[:2], b"x,y\n", *lines[3:]]))
    assert [(finding.code, finding.line) for finding in found_in(folder)] == [("row_readable", 3)]


@pytest.mark.parametrize(
    "table", ["agents", "sources", "statements", "segments", "attributions", "pairs", "participants"]
)
def test_a_missing_table_is_one_finding(folder, table):
    """It names the table, what needs it, and what to do; a file nearby that is not read is named."""
    (folder / f"{table}.jsonl").rename(folder / f"{table}.ndjson")
    (finding,) = found_in(folder)
    assert finding.code == "file_readable" and f"the table {table} is missing" in finding.message
    assert f"{table}.ndjson" in finding.hint


def test_an_empty_table_is_one_finding(folder):
    """A file without rows is as good as none."""
    (folder / "claims.jsonl").write_bytes(b"")
    (finding,) = found_in(folder)
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
def test_files_that_hold_something_else_are_recognised(tmp_path, begin, word):
    """By how they begin; what may be rows is left to be read."""
    path = tmp_path / "claims.jsonl"
    path.write_bytes(begin)
    problem = problem_of_file(Shard("claims", path, "jsonl"))
    assert (word in problem.message and problem.hint) if word else problem is None


def test_a_web_page_in_place_of_a_table_is_one_finding(folder):
    """With the cause, not one for each of its lines or of the records that refer to the table."""
    (folder / "claims.jsonl").write_text("<!DOCTYPE html>\n<html>\n<body>Not found</body>\n</html>\n", encoding="utf-8")
    (finding,) = found_in(folder)
    assert "web page" in finding.message and "download it again" in finding.hint


def test_compressed_tables_alone_are_named(tmp_path):
    """The message says which files were found and what to do with them."""
    (tmp_path / "statements.jsonl.gz").write_bytes(gzip.compress(b"{}\n", mtime=0))
    with pytest.raises(PackageError, match=r"statements\.jsonl\.gz: decompress"):
        find_shards(tmp_path, ["statements"])


@pytest.mark.parametrize(
    ("table", "column", "value", "words"),
    [
        ("events", "start_date", datetime.datetime(2019, 9, 26), "timestamps, expected dates"),
        ("agents", "type", 0, "whole numbers, expected text"),
        ("agents", "name", ["x"], "lists or structures, expected text"),
    ],
)
def test_a_column_of_the_wrong_type_is_one_finding(folder, table, column, value, words):
    """Parquet gives a whole column its type: it is reported once, with how to write it."""
    path = folder / f"{table}.jsonl"
    rows = [json.loads(line) | {column: value} for line in path.read_text(encoding="utf-8").splitlines()]
    path.unlink()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), folder / f"{table}.parquet")
    (finding,) = found_in(folder)
    assert (finding.line, finding.field) == (1, column)
    assert words in finding.message and finding.hint


def test_ids_are_read_from_lines_that_are_not_rows():
    """Only if each part of the id is there once and whole."""
    tables = read_tables(LAYOUT)
    for line, record in (
        ('{"agent_id":"a-b","x":NaN}', "a-b"),
        ('{"x":1, "agent_id" : "a-b" , "x":2}', "a-b"),
        ('{"agent_id":"a-b', ""),
        ('{"agent_id":"a","agent_id":"b"}', ""),
        ('{"agent_id":"a b"}', ""),
    ):
        assert record_of(tables["agents"], line) == record
    assert record_of(tables["segments"], '{"statement_id":"a.s01","ordinal":2,"x":NaN}') == "a.s01/2"


def test_the_command_names_the_missing_table(folder, run):
    """On the command line: one finding, exit status 1."""
    (folder / "agents.jsonl").unlink()
    done: subprocess.CompletedProcess = run("validate", folder, "--captures", ROOT / "data/sources")
    assert done.returncode == 1 and "the table agents is missing" in done.stdout and "1 errors" in done.stdout


def test_an_id_that_appears_again_names_all_its_places(folder):
    """The finding is at the last, and its message names the others."""
    path = folder / "agents.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines, lines[0], lines[0]]))
    (finding,) = found_in(folder)
    assert (finding.code, finding.line) == ("ids_unique", len(lines) + 2)
    assert f"also agents.jsonl:1, agents.jsonl:{len(lines) + 1}" in finding.message


def test_a_proposition_that_is_too_long_is_reported_by_its_length(folder):
    """17 MB in a field of the curators' own words: one finding, in the time of reading it."""
    changed(folder, "claims", 0, lambda line: line.replace(b'"proposition":"', b'"proposition":"' + b"a " * 8_500_000))
    (finding,) = found_in(folder)
    assert (finding.path, finding.line) == ("claims.jsonl", 1)
    assert "17,000,062 characters; at most 1,000" in finding.message
