"""`readouts validate PATH` reads every row of every file, whatever the names of folders and the layout of bytes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pyarrow
import pyarrow.parquet
import pytest

from readouts.core.findings import PackageError
from readouts.published.checks import validate_folder
from tests.checking import CAPTURES, LAYOUT, places_in
from tests.reading import ROOT, table_rows

TABLES = ROOT / "data/tables"


def written(folder: Path, name: str, form: str, change=lambda row: None) -> None:
    """Write the package's `statements` to `name` instead of its JSONL, with each row changed."""
    rows = table_rows("statements")
    for row in rows:
        change(row)
    (folder / "statements.jsonl").unlink()
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    if form == "jsonl":
        target.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    elif form == "parquet":
        pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), target)
    else:
        with duckdb.connect() as database:
            database.register("rows", pyarrow.Table.from_pylist(rows))
            database.execute(f"COPY rows TO '{target}' (FORMAT CSV, HEADER)")


rest = pytest.mark.slow(
    "more layouts of tables",
    seconds=30,
    covers=(
        "scripts/readouts/published",
        "scripts/readouts/rules",
        "schema",
        "tests/test_published_layouts.py",
    ),
)


@rest(sample=3)
@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
@pytest.mark.parametrize(
    "place",
    ["statements.{}/part-0.{}", "statements-00000.{}/a.{}", "statements/mode=direct/part-0.{}"],
)
def test_folder_of_one_table_is_read(folder, form, place):
    """The folder may be named like a file, as Spark does, or after a value, which is read from the rows and not from the name."""
    name = place.replace("{}", form)
    written(folder, name, form)
    assert places_in(folder, CAPTURES) == []
    shutil.rmtree(folder / name.partition("/")[0])
    shutil.copy2(TABLES / "statements.jsonl", folder)
    written(folder, name, form, lambda row: row.update(mode="nonsense"))
    found = places_in(folder, CAPTURES)
    assert {(code, path) for code, path, _ in found} == {("term_known", name)} and len(found) == 18


@rest(sample=1)
@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_paths_are_not_patterns(tmp_path, folder, form):
    """Brackets and stars in folder names are literal: no other matching file is read."""
    shutil.copytree(folder, tmp_path / "abc")
    odd = folder.rename(tmp_path / "a[b]*c")
    written(odd, f"statements.{form}", form, lambda row: row.update(mode="nonsense"))
    assert len(places_in(odd, CAPTURES)) == 18
    texts = tmp_path / "q[x]"
    shutil.copytree(CAPTURES, texts)
    assert places_in(tmp_path / "abc", texts) == []
    (tmp_path / "qx").mkdir()
    for name, text in (("qx", "right"), ("q[x]", "nonsense")):
        (tmp_path / name / "texts.jsonl").write_text(
            json.dumps({"source_id": "x", "text": text}), encoding="utf-8"
        )
    (texts / "texts.jsonl").write_text("nonsense", encoding="utf-8")
    with pytest.raises(PackageError, match=r"texts\.jsonl is not a table"):
        places_in(tmp_path / "abc", texts / "texts.jsonl")


def places_in_csv(folder: Path, change) -> list[tuple[str, str, int]]:
    """Return the places of findings in the package's claims as CSV, with its lines changed."""
    (folder / "claims.jsonl").unlink()
    text = change((TABLES / "claims.csv").read_text(encoding="utf-8").splitlines())
    (folder / "claims.csv").write_text(text, encoding="utf-8", newline="")
    return [finding for finding in places_in(folder, CAPTURES) if finding[1] == "claims.csv"]


@rest(sample=2)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("extra", [",", ",,,", ',""', ' , "" '])
def test_extra_empty_fields_are_reported(folder, extra, end):
    """A row that ends in additional commas has too many fields."""
    found = places_in_csv(
        folder,
        lambda lines: "".join(f"{x}{extra if n == 4 else ''}{end}" for n, x in enumerate(lines)),
    )
    assert ("row_readable", "claims.csv", 5) in found


@rest(sample=1)
@pytest.mark.parametrize("spaced", [' "{}",', '"{}" ,', '"{}", '])
def test_spaces_around_quotation_marks_are_invalid_csv(folder, spaced):
    """They are reported, or kept in the value and reported there."""
    claim = "2019-09-26-china-celac-quartet.c05"
    found = places_in_csv(
        folder,
        lambda lines: "\n".join(x.replace(claim + ",", spaced.format(claim)) for x in lines) + "\n",
    )
    assert {code for code, *_ in found} & {
        "row_readable",
        "value_form",
        "id_form",
        "reference_resolves",
    }


def test_csv_lines_may_end_in_a_carriage_return(folder):
    """Rows are read as with other line ends, and a blank line is reported."""
    assert places_in_csv(folder, lambda lines: "\r".join(lines) + "\r") == []
    shutil.copy2(TABLES / "claims.jsonl", folder)
    found = places_in_csv(folder, lambda lines: "\r".join([*lines[:3], "", *lines[3:]]) + "\r")
    assert found == [("row_readable", "claims.csv", 4)]


@rest(sample=3)
@pytest.mark.parametrize(
    "padding",
    [b"\n%", b"\f\n%", b"\xef\xbb\xbf%", b"\xef\xbb\xbf\n%", b"\f%", b"%\v"],
    ids=[
        "blank",
        "form-feed-alone",
        "byte-order-mark",
        "byte-order-mark-alone",
        "form-feed",
        "vertical-tab",
    ],
)
@pytest.mark.parametrize("ended", [True, False])
def test_text_around_json_is_reported(folder, padding, ended):
    """Characters that JSON does not count as spaces are reported; the lines after them keep their numbers."""
    rows = (TABLES / "agents.jsonl").read_bytes().split(b"\n")[:-1]
    rows[-1] = rows[-1].replace(b'"type":"', b'"type":"x')
    text = b"\n".join([padding.replace(b"%", rows[0]), *rows[1:]]) + (b"\n" if ended else b"")
    (folder / "agents.jsonl").write_bytes(text)
    found = places_in(folder, CAPTURES)
    assert ("row_readable", "agents.jsonl", 1) in found
    assert ("term_known", "agents.jsonl", text.count(b"\n") + (not ended)) in found


def test_unread_files_in_table_folder_are_listed(folder):
    """Compressed files, other formats, other spellings and dangling links are listed."""
    (folder / "omissions").mkdir()
    (folder / "omissions.jsonl").rename(folder / "omissions/part-0.jsonl")
    (folder / "omissions/part-1.jsonl.gz").write_bytes(b"")
    (folder / "omissions/_temporary").mkdir()
    (folder / "omissions/_temporary/part-2.jsonl").write_text("{}", encoding="utf-8")
    (folder / "agents").mkdir()
    (folder / "agents/part-0.csv").write_bytes(b"")
    (folder / "claims.JSONL").write_bytes(b"")
    (folder / "gone.jsonl").symlink_to(folder / "nowhere.jsonl")
    with validate_folder(LAYOUT, folder, CAPTURES) as result:
        assert result.unread == [
            "agents/part-0.csv",
            "claims.JSONL",
            "gone.jsonl",
            "omissions/_temporary/part-2.jsonl",
            "omissions/part-1.jsonl.gz",
        ]
        assert result.counts == {}


def test_invalid_parquet_values_are_reported(folder):
    """Invalid UTF-8, a date after the year 9999 and bytes within a struct are findings at their row."""
    agents = pyarrow.Table.from_pylist(table_rows("agents"))
    (folder / "agents.jsonl").unlink()
    wrong = pyarrow.array([b"\xff", *[b"x"] * (len(agents) - 1)]).view(pyarrow.string())
    far = pyarrow.array([10**7] * len(agents), pyarrow.int32()).cast(pyarrow.date32())
    group = pyarrow.array([{"a": b"x"}] * len(agents))
    for name, column, number, code in (
        ("name", wrong, 1, "row_readable"),
        ("added_in", far, len(agents), "row_readable"),
        ("name", group, 1, "value_type"),
    ):
        pyarrow.parquet.write_table(
            agents.set_column(agents.column_names.index(name), name, column),
            folder / "agents.parquet",
        )
        found = [
            f for f in places_in(folder, CAPTURES) if f[1] == "agents.parquet" and f[0] == code
        ]
        assert [line for *_, line in found] == list(range(1, number + 1)), name


def test_columns_of_captures_are_found_by_name(tmp_path, folder):
    """The columns may have any order and others among them; two texts of one source are refused."""
    texts = [{"source_id": path.parent.name, "text": path.read_text(encoding="utf-8")} for path in CAPTURES.glob("*/source.txt")]  # fmt: skip
    table = pyarrow.Table.from_pylist(texts).append_column("note", [["x"] * len(texts)])
    with duckdb.connect() as database:
        database.register("texts", table)
        for name, columns, how in (
            ("turned.csv", "text, source_id", "FORMAT CSV, HEADER"),
            ("more.csv", "note, text, source_id", "FORMAT CSV, HEADER"),
            ("more.parquet", "text, note, source_id", "FORMAT PARQUET"),
            ("bytes.parquet", "source_id, encode(text) AS text", "FORMAT PARQUET"),
        ):
            database.execute(f"COPY (SELECT {columns} FROM texts) TO '{tmp_path / name}' ({how})")
            with validate_folder(LAYOUT, folder, tmp_path / name) as result:
                assert (result.counts, result.not_checked) == ({}, 0), name
        database.execute(f"COPY (SELECT * FROM texts UNION ALL SELECT * FROM texts) TO '{tmp_path / 'twice.jsonl'}' (FORMAT JSON)")  # fmt: skip
    with pytest.raises(PackageError, match="two texts of `mfa-2019-09-26-celac-quartet`"):
        places_in(folder, tmp_path / "twice.jsonl")


def test_json_with_spaces_and_escapes_takes_the_fast_path(folder):
    """JSON as Python writes it, with spaces and non-ASCII escapes, is not checked row by row."""
    rows = table_rows("statements")
    (folder / "statements.jsonl").write_text(
        "".join(json.dumps(row) + "\n" for row in rows), encoding="ascii"
    )
    with validate_folder(LAYOUT, folder, CAPTURES) as result:
        assert result.counts == {}
        suspect = result.database.execute(
            "SELECT count(*), count(suspect) FROM loaded_statements"
        ).fetchone()
    assert suspect == (len(rows), 0)
