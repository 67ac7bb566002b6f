"""`readouts validate PATH`: published tables in any folder, in shards, with captures from elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from bench.published.corpus import make_corpus
from readouts.core.findings import PackageError
from readouts.core.layout import Layout
from readouts.published.checks import validate_folder
from tests.checking import findings_in

ROOT = Path(__file__).resolve().parents[1]
LAYOUT = Layout(ROOT)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> Path:
    """A folder with tables of ten events, one of them with a wrong value."""
    folder = tmp_path_factory.mktemp("corpus")
    make_corpus(LAYOUT, folder, 240, forms=["jsonl", "parquet"], templates=10)
    lines = (folder / "jsonl/statements.jsonl").read_text(encoding="utf-8").splitlines()
    lines[100] = lines[100].replace('"mode":"', '"mode":"un')
    (folder / "jsonl/statements.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def split(path: Path, folder: Path, parts: int) -> None:
    """Split a file into shards in a folder named after it."""
    lines = path.read_bytes().splitlines(keepends=True)
    target = folder / path.stem
    target.mkdir()
    size = -(-len(lines) // parts)
    for number in range(parts):
        (target / f"part-{number:05}.jsonl").write_bytes(
            b"".join(lines[number * size : (number + 1) * size])
        )


def test_wrong_row_is_reported_at_file_and_line(corpus, run):
    """The path is relative to the folder; the exit status is 1."""
    done = run("validate", corpus / "jsonl")
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("statements.jsonl:101: ")
    assert "term_known" in done.stdout
    assert "240 statements against 20 captures" in done.stdout


def test_shards_are_one_table(corpus, tmp_path):
    """A table in a folder of shards has the same findings, at the line of the shard."""
    for path in (corpus / "jsonl").glob("*.jsonl"):
        split(path, tmp_path, 3)
    whole, parts = findings_in(corpus / "jsonl"), findings_in(tmp_path)
    assert (
        [(f.code, f.record, f.message) for f in whole]
        == [(f.code, f.record, f.message) for f in parts]
        != []
    )
    assert [(f.path, f.line) for f in parts] == [("statements/part-00001.jsonl", 21)]


def test_captures_may_be_anywhere(corpus, tmp_path):
    """Captures may be a table elsewhere or a folder of texts; without them, statements are not checked against them."""
    tables = tmp_path / "tables"
    tables.mkdir()
    for path in (corpus / "jsonl").glob("*.jsonl"):
        if path.stem not in ("captures", "exclusions"):
            (tables / path.name).write_bytes(path.read_bytes())
    texts = tmp_path / "texts"
    texts.mkdir()
    changed = ""
    for line in (corpus / "jsonl/captures.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        changed = changed or row["source_id"]
        text = (
            row["text"].replace("said", "sang", 1) if row["source_id"] == changed else row["text"]
        )
        own = texts / row["source_id"]
        if own.name.startswith("a"):
            own.mkdir()
        path = own / "source.txt" if own.is_dir() else texts / f"{own.name}.txt"
        path.write_bytes(text.encode())
    with duckdb.connect() as database:
        database.execute(
            f"COPY (SELECT * FROM read_json('{corpus}/jsonl/captures.jsonl')) TO '{tmp_path}/c.parquet'"
        )
    for captures, codes, number in (
        (None, {"term_known"}, 0),
        (tmp_path / "c.parquet", {"term_known"}, 20),
        (texts, {"term_known", "capture_matches_hash"}, 20),
    ):
        with validate_folder(LAYOUT, tables, captures) as result:
            assert {code for code, _ in result.counts} == codes, captures
            assert result.captures == number
            assert result.not_checked == (1 if number else 240)  # the invalid row was not checked


def test_all_findings_are_counted_and_written(run, tmp_path):
    """`--limit` findings of each rule are shown, the others counted; --output has all of them, as JSONL or Parquet."""
    rows = [
        {"event_id": f"e{n}", "agent_id": "a", "role": "visitor", "added_in": None}
        for n in range(40)
    ]
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "participants.jsonl").write_text(
        "".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8"
    )
    written = {}
    for form, reader in (("jsonl", "read_json"), ("parquet", "read_parquet")):
        target = tmp_path / f"findings.{form}"
        done = run("validate", folder, "--limit", "3", "--output", target)
        assert done.returncode == 1
        assert done.stdout.count("participants.jsonl:") == 3
        assert "term_known: 40\n" in done.stdout
        with duckdb.connect() as database:
            written[form] = database.execute(
                f"SELECT code, path, line, record FROM {reader}('{target}')"
            ).fetchall()
    assert written["jsonl"] == written["parquet"]
    assert written["jsonl"] == [
        ("term_known", "participants.jsonl", n + 1, f"e{n}/a/visitor") for n in range(40)
    ]
    assert run("validate", folder, "--output", tmp_path / "findings.xml").returncode == 2


def test_memory_limit_is_set(corpus):
    """DuckDB gets the limit and a folder for temporary files, which is removed afterwards."""
    with validate_folder(LAYOUT, corpus / "jsonl", memory="700MiB") as result:
        (limit,) = result.database.execute("SELECT current_setting('memory_limit')").fetchone()
        assert limit == "700.0 MiB"
        (spill,) = result.database.execute("SELECT current_setting('temp_directory')").fetchone()
        assert Path(spill).parent.is_dir()
    assert not Path(spill).parent.exists()


def test_progress_shows_speed_and_time_left(corpus):
    """Every file and every guard is shown, with rows per second and the seconds left."""
    lines: list[str] = []
    with validate_folder(LAYOUT, corpus / "parquet", progress=lines.append) as result:
        guards = result.guards
    read = [line for line in lines if "rows/s" in line]
    assert len(read) == 14  # thirteen tables, the agents in two files
    assert any(line.startswith("statements: 240 rows, ") for line in read)
    assert all(line.endswith(" s left") for line in lines)
    assert [line.split(":")[0] for line in lines[len(read) :]] == [
        f"guard {n} of {guards}" for n in range(1, guards + 1)
    ]


def test_folder_without_tables_is_refused(tmp_path):
    """An empty folder and an unknown format are refused."""
    with (
        pytest.raises(PackageError, match="no published table in"),
        validate_folder(LAYOUT, tmp_path),
    ):
        pass
    with (
        pytest.raises(PackageError, match="unknown table format 'xml'"),
        validate_folder(LAYOUT, tmp_path, form="xml"),
    ):
        pass
