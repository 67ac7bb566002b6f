"""`readouts validate PATH` with damaged, incomplete and misnamed files, and with options that have no effect."""

from __future__ import annotations

import csv
import json
import shutil

import duckdb
import pyarrow
import pyarrow.parquet
import pytest
import yaml

from readouts.core.definitions import read_schema
from readouts.core.ids import ID_FORM
from readouts.published.checks import validate_folder
from tests.checking import CAPTURES, LAYOUT, findings_in, places_in
from tests.reading import ROOT, read_jsonl

TABLES = ROOT / "data/tables"


rest = pytest.mark.slow(
    "more faults in tables",
    seconds=30,
    covers=(
        "scripts/readouts/published",
        "scripts/readouts/rules",
        "schema",
        "tests/test_published_faults.py",
    ),
)


@rest(sample=2)
@pytest.mark.parametrize(
    "table", ["claims", "omissions", "agents", "participants", "pairs", "statements"]
)
@pytest.mark.parametrize("place", ["first", "last"])
def test_csv_row_with_extra_fields_hides_no_other_row(tmp_path, table, place):
    """The row is reported at its line, and all others are read, in files of any size."""
    lines = (TABLES / f"{table}.csv").read_bytes().splitlines(keepends=True)
    end = lines[0][len(lines[0].rstrip(b"\r\n")) :]
    wrong = b",".join([b"x"] * (lines[0].count(b",") + 2)) + end
    text = b"".join([lines[0], wrong, *lines[1:]] if place == "first" else [*lines, wrong])
    (tmp_path / f"{table}.csv").write_bytes(text)
    rows = len((TABLES / f"{table}.jsonl").read_bytes().splitlines())
    with validate_folder(LAYOUT, tmp_path) as result:
        assert result.rows[table] == rows + 1
        found = [f for f in result.first(1_000) if f.code == "row_readable"]
    assert [f.line for f in found] == [2 if place == "first" else text.count(b"\n")]
    assert "fields as in the header" in found[0].message and "commas" in found[0].hint


def test_blank_csv_lines_reported_except_inside_fields(tmp_path):
    """A blank line is reported, but a value in quotation marks may contain one."""
    lines = (TABLES / "claims.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "claims.csv").write_text(
        "".join([*lines[:3], "\n", *lines[3:], "\r\n"]), encoding="utf-8"
    )
    found = [finding for finding in places_in(tmp_path) if finding[0] == "row_readable"]
    assert found == [
        ("row_readable", "claims.csv", 4),
        ("row_readable", "claims.csv", len(lines) + 2),
    ]
    row = lines[1].split(",", 2)
    (tmp_path / "claims.csv").write_text(
        "".join([lines[0], f'{row[0]},{row[1]},"One.\n\nTwo.",\n', *lines[2:]]), encoding="utf-8"
    )
    assert [finding for finding in places_in(tmp_path) if finding[0] == "row_readable"] == []


@rest(sample=1)
@pytest.mark.parametrize(
    "text, reason",
    [
        ("", "no header"),
        ("claim_id;event_id;proposition;added_in\n" + "a;b;c;d\n" * 9, "not separated by commas"),
        (
            "claim_id\tevent_id\tproposition\tadded_in\n" + "a\tb\tc\td\n" * 9,
            "not separated by commas",
        ),
        ("claim_id,event_id,event_id,added_in\n" + "a,b,c,d\n" * 9, "duplicate name"),
    ],
)
def test_unusable_csv_header_is_reported(tmp_path, text, reason):
    """An unusable header is one finding, whatever the number of rows."""
    (tmp_path / "claims.csv").write_text(text, encoding="utf-8")
    (found,) = findings_in(tmp_path)
    assert (found.code, found.path, found.line) == ("row_readable", "claims.csv", 1)
    assert reason in found.message


@rest(sample=1)
@pytest.mark.parametrize("damage", ["empty", "cut", "other"])
def test_damaged_parquet_is_reported_with_other_findings(run, folder, damage):
    """A damaged file is one finding, and findings in other files are reported in the same run."""
    claims = folder / "claims.jsonl"
    claims.write_text(
        claims.read_text(encoding="utf-8").replace('"event_id":"', '"event_id":"Ä', 1),
        encoding="utf-8",
    )
    path = folder / "omissions.parquet"
    rows = read_jsonl(folder / "omissions.jsonl")
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), path)
    (folder / "omissions.jsonl").unlink()
    whole = path.read_bytes()
    path.write_bytes({"empty": b"", "cut": whole[: len(whole) // 2], "other": b"{}\n"}[damage])
    done = run("validate", folder)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert (
        "omissions.parquet:1: row_readable: the file is not valid Parquet from here on"
        in done.stdout
    )
    assert "claims.jsonl:1" in done.stdout


def test_binary_columns_of_parquet_are_read_as_text(tmp_path):
    rows = read_jsonl(TABLES / "agents.jsonl")
    columns = {
        name: pyarrow.array(
            [None if r[name] is None else r[name].encode() for r in rows], pyarrow.binary()
        )
        for name in rows[0]
    }
    pyarrow.parquet.write_table(pyarrow.table(columns), tmp_path / "agents.parquet")
    assert [
        finding for finding in places_in(tmp_path) if finding[0].startswith(("value", "row"))
    ] == []


def test_line_that_is_not_an_object_is_reported(tmp_path):
    (tmp_path / "agents.jsonl").write_text('[1]\n3\nnull\n"x"\n', encoding="utf-8")
    assert places_in(tmp_path) == [("row_readable", "agents.jsonl", n) for n in (1, 2, 3, 4)]


def test_missing_and_unread_files_are_listed(run, folder):
    """The summary lists tables without a file and files with unknown names; a missing shard is an error."""
    (folder / "claims.jsonl").rename(folder / "claims.json")
    (folder / "statement.jsonl").write_text("{}\n", encoding="utf-8")
    done = run("validate", folder)
    assert (
        "no file of: claims, reviews, exclusions; not read: claims.json, statement.jsonl"
        in done.stdout
    )
    (folder / "claims.json").rename(folder / "claims-00000-of-00002.jsonl")
    done = run("validate", folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1 and "claims-00001-of-00002.jsonl is missing" in done.stderr


def test_output_does_not_overwrite_tables(run, folder, tmp_path):
    """An output path that is a table or cannot be written is refused before validation."""
    before = (folder / "claims.jsonl").read_bytes()
    for output in (
        folder / "claims.jsonl",
        tmp_path / "nowhere/findings.jsonl",
        tmp_path / "findings.txt",
    ):
        done = run("validate", folder, "--output", output)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), output
    assert (folder / "claims.jsonl").read_bytes() == before
    assert run("validate", folder, "--output", folder / "findings.jsonl").returncode == 0
    (folder / "claims").mkdir()
    shard = (folder / "claims.jsonl").rename(folder / "claims/part-0.jsonl")
    assert run("validate", folder, "--output", shard).returncode == 2
    assert shard.read_bytes() == before


def test_output_does_not_become_a_table(run, folder, tmp_path):
    """An output path that links to a table, or is named like one, is refused."""
    linked = tmp_path / "linked"
    linked.mkdir()
    for path in folder.iterdir():
        (linked / path.name).symlink_to(path)
    (folder / "odd.txt").write_text("", encoding="utf-8")
    before = (folder / "claims.jsonl").read_bytes()
    refused = (
        folder / "claims.jsonl",
        linked / "claims.jsonl",
        linked / "claims-new.parquet",
        linked / "claims/x.jsonl",
    )
    (linked / "claims").mkdir()
    for output in (*refused, linked / "claims"):
        done = run("validate", linked, "--output", output)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), output
    assert (folder / "claims.jsonl").read_bytes() == before and (
        linked / "claims.jsonl"
    ).is_symlink()
    for output in (
        tmp_path / "claims-findings.jsonl",
        linked / "claims.findings.jsonl",
        linked / "found.parquet",
    ):
        assert run("validate", linked, "--output", output).returncode == 0, output
        assert output.stat().st_size or output.suffix == ".jsonl"


def test_invalid_captures_are_reported(run, folder, tmp_path):
    """A folder without texts, a table with other columns and a missing path are refused."""
    (tmp_path / "empty").mkdir()
    for captures, reason in (
        (tmp_path / "empty", "no captured texts found"),
        (folder, "no captured texts found"),
        (
            folder / "claims.jsonl",
            "claims.jsonl is not a table with the columns source_id, text: line 1: the key `source_id` is missing",
        ),
        (tmp_path / "nowhere", "does not exist"),
    ):
        done = run("validate", folder, "--captures", captures)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), captures
        assert reason in done.stderr
    database = tmp_path / "texts.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT 'x' AS name) TO '{database}' (FORMAT PARQUET)")
    assert "source_id, text" in run("validate", folder, "--captures", database).stderr


@rest(sample=3)
@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"source_id":"a","text":"x",}', "not valid JSON"),
        ('{"source_id":"a","text":"x"', "not valid JSON"),
        ('{"source_id":"a","text":5}', "text: 5 is not text"),
        ('{"source_id":"a","text":{"x":1}}', "text: "),
        ('{"source_id":"a","text":null}', "text: expected a value"),
        ('{"text":"x"}', "the key `source_id` is missing"),
        ('{"source_id":"A b","text":"x"}', "source_id: "),
        ('{"source_id":"a","text":"x","text":"y"}', "duplicate key `text`"),
        ('{"source_id":"a","text":"\\ud800"}', "an unpaired surrogate"),
        ("[1]", "not a JSON object"),
        ('{"source_id":"b", "text":"\\u0078","note":{"y":[1]}}', ""),
        ('{"text":"x","source_id":"b"}', ""),
        ("  ", ""),
    ],
)
def test_rows_of_captures_are_checked(folder, tmp_path, line, reason):
    """A line without a source and a text is a finding; spaces, escapes, other keys and blank lines are allowed."""
    first = json.dumps(
        {"source_id": "a", "text": "y\u00e9"}, ensure_ascii=False, separators=(",", ":")
    )
    captures = tmp_path / "texts.jsonl"
    captures.write_text(f"{first}\n{line}\n", encoding="utf-8")
    with validate_folder(LAYOUT, folder, captures) as result:
        texts = result.database.execute("SELECT * FROM captures ORDER BY source_id").fetchall()
        found = [
            (f.path, f.line, f.message) for f in result.first(10) if f.path == captures.as_posix()
        ]
    assert texts == [("a", "y\u00e9"), ("b", "x")][: 1 if reason or not line.strip() else 2]
    if reason:
        assert len(found) == 1 and found[0][1] == 2 and reason in found[0][2]
    else:
        assert found == []


@rest(sample=1)
@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_long_captures_are_read(folder, tmp_path, form):
    """A captured text may be longer than the longest line that DuckDB's reader accepts by default."""
    texts = {"a": 'Words, and "others".\n' * 120_000, "b": "x" * 20_000_000}
    captures = tmp_path / f"texts.{form}"
    with captures.open("w", encoding="utf-8", newline="") as file:
        if form == "csv":
            csv.writer(file).writerows([("source_id", "text"), *texts.items()])
        else:
            file.writelines(
                json.dumps({"source_id": k, "text": v}) + "\n" for k, v in texts.items()
            )
    with validate_folder(LAYOUT, folder, captures) as result:
        found = dict(result.database.execute("SELECT source_id, text FROM captures").fetchall())
    assert found == texts


SOURCE = "xinhua-2019-09-27-celac-quartet"
WRONG_EXCLUSIONS = {
    "a fraction": ({"start": 6.4}, "value_type"),
    "an underscore": ({"start": "1_0"}, "value_type"),
    "a blank": ({"start": " 5"}, "value_type"),
    "an exponent": ({"start": "1e1"}, "value_type"),
    "hexadecimal": ({"start": "0x5"}, "value_type"),
    "nothing": ({"start": None}, "value_type"),
    "negative": ({"start": -3}, "value_range"),
    "an unknown reason": ({"reason": "because"}, "term_known"),
    "an unknown source": ({"source_id": "nowhere"}, "reference_resolves"),
    "a start twice": ({"start": 0}, "ids_unique"),
    "an end before its start": ({"end": 9}, "quote_in_capture"),
    "an end after the text": ({"end": 99_999}, "quote_in_capture"),
}


@rest(sample=1)
@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_mistakes_in_exclusions_are_reported_in_each_format(tmp_path, form):
    """Each mistake is one finding with the same code at its row, whatever the format."""
    shutil.copy(TABLES / "sources.jsonl", tmp_path)
    right = {"source_id": SOURCE, "start": 0, "end": 5, "reason": "headline"}
    # A column of Parquet has one type, so text instead of a number is only tried in the other
    # formats.
    wrong = [
        case
        for case in WRONG_EXCLUSIONS.values()
        if form != "parquet" or not isinstance(case[0].get("start"), str)
    ]
    rows = [
        right,
        *(right | {"start": 10 + n, "end": 90} | change for n, (change, _) in enumerate(wrong)),
    ]
    path = tmp_path / f"exclusions.{form}"
    if form == "csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([right, *(row.values() for row in rows)])
    elif form == "jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    else:
        pyarrow.parquet.write_table(
            pyarrow.table({name: [row[name] for row in rows] for name in right}), path
        )
    found = [
        finding
        for finding in places_in(tmp_path, CAPTURES)
        if finding[1] == path.name and finding[2]
    ]
    first = 3 if form == "csv" else 2
    assert sorted(found, key=lambda finding: finding[2]) == [
        (code, path.name, first + n) for n, (_, code) in enumerate(wrong)
    ]


def test_schemas_of_extras_match_the_curation_schemas():
    """The schemas of captures and exclusions have the same terms and patterns as those of curated files."""
    exclusions = read_schema(LAYOUT, "extras/exclusions")["properties"]
    vocabulary = yaml.safe_load((ROOT / "schema/vocabulary.yaml").read_text(encoding="utf-8"))
    assert exclusions["reason"]["enum"] == list(vocabulary["exclusion_reason"])
    assert (
        exclusions["source_id"]["pattern"]
        == ID_FORM
        == read_schema(LAYOUT, "extras/captures")["properties"]["source_id"]["pattern"]
    )


def test_duplicate_parquet_column_is_one_finding(folder):
    agents = pyarrow.table({name: ["x"] for name in ("agent_id", "type")})
    (folder / "agents.jsonl").unlink()
    pyarrow.parquet.write_table(
        agents.append_column("type", [["person"]]), folder / "agents.parquet"
    )
    found = [finding for finding in places_in(folder) if finding[1] == "agents.parquet"]
    assert found == [("row_readable", "agents.parquet", 1)]


def test_unusable_memory_limit_is_reported_on_one_line(run, folder):
    """Too little memory, a negative amount and other text are refused with exit status 2."""
    for limit, reason in (
        ("1KB", "not enough"),
        ("-5GB", "is not an amount of memory"),
        ("much", "much"),
    ):
        done = run("validate", folder, "--memory-limit", limit)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), limit
        assert reason in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["--output", "x.jsonl"],
        ["--engine", "spark"],
        ["--captures", "x"],
        ["FOLDER", "--only", "x"],
        ["FOLDER", "--fix"],
    ],
)
def test_option_without_effect_is_refused(run, folder, arguments):
    done = run(
        "validate", *(folder if argument == "FOLDER" else argument for argument in arguments)
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
