"""`readouts bundle`: its contents, that it is reproducible, and how much of the sources it gives away."""

from __future__ import annotations

import csv
import datetime
import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

import duckdb
import pyarrow
import pyarrow.parquet
import pytest
import yaml
from huggingface_hub import DatasetCard

from readouts.core.definitions import read_tables
from readouts.core.layout import Layout
from readouts.publication.features import features
from readouts.publication.parquet import arrow_from_rows, holds_same, parquet_from_rows
from tests.publishing import copied, readouts, release
from tests.reading import read_folder, read_jsonl

OCCURRENCE = 20
"""Length from which a value of a table counts as found in a capture; shorter ones occur by chance."""


def table_rows(folder: Path) -> dict[str, list[dict]]:
    """Return the rows by table, from JSONL."""
    return {
        path.stem: read_jsonl(path) for path in sorted((folder / "data" / "tables").glob("*.jsonl"))
    }


def test_files_of_a_bundle(released_bundle: Path, released_repository: Path):
    """A bundle has every table in three formats, card, descriptors, rules, ledger, licences and checksums, and no other files."""
    files = set(read_folder(released_bundle))
    tables = table_rows(released_repository)
    expected = {
        f"data/tables/{name}.{form}" for name in tables for form in ("csv", "jsonl", "parquet")
    }
    expected |= {
        "README.md",
        "accounts.png",
        "LICENSE",
        "LICENSE-DATA",
        "CHANGELOG.md",
        "CITATION.cff",
        ".zenodo.json",
    }
    expected |= {
        "datapackage.json",
        "croissant.json",
        "checksums.sha256",
        "data/released.jsonl",
        "data/corpus.yaml",
    }
    expected |= {"schema/vocabulary.yaml", "schema/CODEBOOK.md"}
    for folder, pattern in (("schema/tables", "*.json"), ("schema/guards", "*.sql")):
        expected |= {
            f"{folder}/{path.name}" for path in (released_repository / folder).glob(pattern)
        }
    assert files == expected
    for path in (
        *(f"data/tables/{name}.csv" for name in tables),
        "datapackage.json",
        "data/released.jsonl",
    ):
        assert (released_bundle / path).read_bytes() == (released_repository / path).read_bytes()


def test_bundle_is_reproducible(released_bundle: Path, released_repository: Path, tmp_path: Path):
    """The bytes do not depend on folder, time zone, locale and hash seed."""
    elsewhere = copied(released_repository, tmp_path / "elsewhere")
    env = {
        "PATH": "/usr/bin:/bin",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "LANG": "C",
        "PYTHONHASHSEED": "7",
    }
    done = readouts(
        "bundle", "--root", elsewhere, "--out", tmp_path / "again", cwd=tmp_path, env=env
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert read_folder(tmp_path / "again") == read_folder(released_bundle)


def test_only_an_older_bundle_is_replaced(released_repository: Path, tmp_path: Path):
    """An older bundle is replaced completely; a folder with anything else is refused."""
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine")
    refused = readouts("bundle", "--out", folder, cwd=released_repository)
    assert refused.returncode == 2 and "not empty and not a bundle" in refused.stderr
    assert read_folder(folder) == {"thesis.txt": b"mine"}
    (folder / "thesis.txt").rename(folder / "checksums.sha256")
    (folder / "extra").write_text("old")
    assert readouts("bundle", "--out", folder, cwd=released_repository).returncode == 0
    assert "extra" not in read_folder(folder) and "README.md" in read_folder(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_stale_or_invalid_package_is_not_bundled(released_repository: Path, tmp_path: Path):
    """A stale table and a wrong quotation exit with 1, a missing document with 2; no bundle is written."""
    package = copied(released_repository, tmp_path / "package")
    table = package / "data" / "tables" / "claims.csv"
    whole = table.read_bytes()
    table.write_bytes(whole + b"\n")
    stale = readouts("bundle", cwd=package)
    assert stale.returncode == 1 and "data/tables/claims.csv" in stale.stdout
    table.write_bytes(whole)
    (package / "LICENSE").unlink()
    missing = readouts("bundle", cwd=package)
    assert missing.returncode == 2 and "LICENSE" in missing.stderr
    capture = next((package / "data" / "sources").glob("*/source.txt"))
    capture.write_text(capture.read_text(encoding="utf-8").replace("a", "e"), encoding="utf-8")
    broken = readouts("bundle", cwd=package)
    assert broken.returncode == 1 and "source_text_unchanged" in broken.stdout
    assert not (package / "bundle").exists()


def test_checksums_cover_every_file(released_bundle: Path, tmp_path: Path):
    """`sha256sum -c` confirms every file and fails after a change."""
    copy = copied(released_bundle, tmp_path / "copy")
    listed = {
        line.split("  ", 1)[1] for line in (copy / "checksums.sha256").read_text().splitlines()
    }
    assert listed == set(read_folder(copy)) - {"checksums.sha256"}
    command = ["sha256sum", "--quiet", "--strict", "-c", "checksums.sha256"]
    if shutil.which("sha256sum") is None:
        pytest.skip("sha256sum is not installed")
    assert subprocess.run(command, cwd=copy, check=False).returncode == 0
    with (copy / "data/tables/claims.parquet").open("r+b") as stream:
        stream.seek(40)
        stream.write(b"\0\1\2")
    assert subprocess.run(command, cwd=copy, check=False, capture_output=True).returncode == 1


def test_three_formats_have_equal_rows(released_bundle: Path):
    """Parquet, CSV and JSONL of a table have the same values in the declared types, nulls included."""
    tables = read_tables(Layout(released_bundle))
    for name, rows in table_rows(released_bundle).items():
        data = (released_bundle / f"data/tables/{name}.parquet").read_bytes()
        found = pyarrow.parquet.ParquetFile(pyarrow.BufferReader(data)).read()
        assert [str(kind) for kind in found.schema.types] == [
            {"string": "string", "date": "date32[day]", "integer": "int64", "number": "double"}[
                column.type
            ]
            for column in tables[name].columns
        ]
        plain = [
            {
                key: value.isoformat() if isinstance(value, datetime.date) else value
                for key, value in row.items()
            }
            for row in found.to_pylist()
        ]
        assert plain == rows
        with (released_bundle / f"data/tables/{name}.csv").open(
            encoding="utf-8", newline=""
        ) as stream:
            assert list(csv.DictReader(stream)) == [
                {key: "" if value is None else str(value) for key, value in row.items()}
                for row in rows
            ]


def test_parquet_files_are_compared_by_rows(released_bundle: Path):
    """Files of a table with equal rows are equal, whatever wrote them; a different value, order, column or metadata is not."""
    table = read_tables(Layout(released_bundle))["claims"]
    rows = table_rows(released_bundle)["claims"]
    other = pyarrow.BufferOutputStream()
    pyarrow.parquet.write_table(arrow_from_rows(table, rows), other, compression="gzip")
    data = other.getvalue().to_pybytes()
    assert data != parquet_from_rows(table, rows) and holds_same(table, data, rows)
    assert not holds_same(table, data, rows[::-1])
    assert not holds_same(table, data, [rows[0] | {"proposition": "Other."}, *rows[1:]])
    assert not holds_same(table, data[:-9], rows)
    renamed = pyarrow.BufferOutputStream()
    pyarrow.parquet.write_table(
        arrow_from_rows(table, rows).rename_columns(
            [f"{column.name}_" for column in table.columns]
        ),
        renamed,
    )
    assert not holds_same(table, renamed.getvalue().to_pybytes(), rows)
    noted = pyarrow.BufferOutputStream()
    pyarrow.parquet.write_table(
        arrow_from_rows(table, rows).replace_schema_metadata({"huggingface": "{}"}), noted
    )
    assert not holds_same(table, noted.getvalue().to_pybytes(), rows)


def test_card_points_to_parquet(released_bundle: Path, released_repository: Path):
    """The card's configurations have the Parquet files, all features and the row counts; its body is the checkout's."""
    card = DatasetCard.load(released_bundle / "README.md")
    tables, rows = read_tables(Layout(released_bundle)), table_rows(released_bundle)
    configs = {
        config["config_name"]: config["data_files"] for config in card.data.to_dict()["configs"]
    }
    assert configs == {
        name: [{"split": "train", "path": f"data/tables/{name}.parquet"}]
        for name in sorted(rows, key=list(tables).index)
    }
    for info in yaml.safe_load(
        (released_bundle / "README.md").read_text(encoding="utf-8").split("---\n")[1]
    )["dataset_info"]:
        assert [entry["name"] for entry in info["features"]] == list(
            features(tables[info["config_name"]])
        )
        assert info["splits"][0]["num_examples"] == len(rows[info["config_name"]])
    assert card.text == DatasetCard.load(released_repository / "data" / "README.md").text


def test_guards_run_in_a_duckdb_shell(released_bundle: Path, monkeypatch: pytest.MonkeyPatch):
    """In the bundle's folder every guard runs after tables.sql, without captures, and finds nothing."""
    monkeypatch.chdir(released_bundle)
    with duckdb.connect() as database:
        database.execute((released_bundle / "schema/guards/tables.sql").read_text(encoding="utf-8"))
        for path in sorted((released_bundle / "schema" / "guards").glob("*.sql")):
            if path.name != "tables.sql":
                assert database.execute(path.read_text(encoding="utf-8")).fetchall() == [], (
                    path.name
                )


def test_zenodo_metadata(released_bundle: Path):
    """`.zenodo.json` has the required properties, with the version and date of the release."""
    facts = json.loads((released_bundle / ".zenodo.json").read_text(encoding="utf-8"))
    assert {"title", "upload_type", "description", "creators", "license", "access_right"} <= set(
        facts
    )
    assert (facts["version"], facts["publication_date"], facts["language"]) == (
        "1.0.0",
        "2026-11-22",
        "eng",
    )
    assert facts["upload_type"] == "dataset" and all(
        set(creator) == {"name"} for creator in facts["creators"]
    )


def reproduced(folder: Path, capture: str) -> float:
    """Return the share of a text's non-space characters that appear in text values of the tables, by brute force."""
    covered = bytearray(len(capture))
    values = {
        value for rows in table_rows(folder).values() for row in rows for value in row.values()
    }
    for value in values:
        if isinstance(value, str) and len(value) >= OCCURRENCE:
            at = capture.find(value)
            while at >= 0:
                covered[at : at + len(value)] = b"\1" * len(value)
                at = capture.find(value, at + 1)
    shown = [
        bool(seen)
        for seen, character in zip(covered, capture, strict=True)
        if not character.isspace()
    ]
    return round(sum(shown) / len(shown), 4)


@pytest.mark.parametrize("full_text", [False, True])
def test_reproduced_share(
    released_bundle: Path, released_repository: Path, tmp_path: Path, full_text: bool
):
    """The published share, also on the card, is the share that all tables reproduce; no quoted capture is in the bundle."""
    package, folder = released_repository, released_bundle
    if full_text:
        package, folder = copied(released_repository, tmp_path / "package"), tmp_path / "bundle"
        curation = package / "data/sources/mfa-2019-09-26-celac-quartet/curation.yaml"
        text = curation.read_text(encoding="utf-8")
        for old, new in (
            ("redistribution: quotation", "redistribution: full-text"),
            ("rights: undetermined", "rights: public domain"),
        ):
            assert old in text
            text = text.replace(old, new)
        curation.write_text(text, encoding="utf-8")
        release(package, "1.0.1", "2026-11-23")
        assert readouts("bundle", "--out", folder, cwd=package).returncode == 0
    sources = table_rows(folder)["sources"]
    assert {row["redistribution"] for row in sources} == (
        {"full-text", "quotation"} if full_text else {"quotation"}
    )
    card = (folder / "README.md").read_text(encoding="utf-8")
    whole = b"".join(read_folder(folder).values())
    for row in sources:
        path = package / "data" / "sources" / row["source_id"] / "source.txt"
        capture = path.read_bytes().decode()
        assert hashlib.sha256(path.read_bytes()).hexdigest() == row["text_sha256"]
        assert row["text"] is not None or path.read_bytes() not in whole
        assert row["reproduced_share"] == reproduced(folder, capture)
        assert re.search(
            rf"^\| `{row['source_id']}` .* {row['reproduced_share']:.2%} \|$", card, re.MULTILINE
        )
        assert (
            (row["text"] == capture)
            == (row["redistribution"] == "full-text")
            == (row["reproduced_share"] == 1)
        )
