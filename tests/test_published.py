"""`readouts validate PATH`: published tables in any folder, in shards, with captures beside them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import duckdb
import pytest

from bench.published.corpus import make_corpus
from readouts.findings import PackageError
from readouts.layout import Layout
from readouts.published.checks import validate_folder
from tests.running import run_here

ROOT = Path(__file__).resolve().parents[1]
LAYOUT = Layout(ROOT)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> Path:
    """A folder `jsonl` of tables: ten events, one of them with a wrong cross-reference."""
    folder = tmp_path_factory.mktemp("corpus")
    make_corpus(LAYOUT, folder, 240, forms=["jsonl", "parquet"], templates=10)
    lines = (folder / "jsonl/statements.jsonl").read_text(encoding="utf-8").splitlines()
    lines[100] = lines[100].replace('"mode":"', '"mode":"un')
    (folder / "jsonl/statements.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def run(*arguments: str | Path) -> subprocess.CompletedProcess:
    return run_here("validate", *arguments, "--root", ROOT, cwd=ROOT)


def split(path: Path, folder: Path, parts: int) -> None:
    """The lines of a file in so many shards in a folder named after it."""
    lines = path.read_bytes().splitlines(keepends=True)
    target = folder / path.stem
    target.mkdir()
    size = -(-len(lines) // parts)
    for number in range(parts):
        (target / f"part-{number:05}.jsonl").write_bytes(b"".join(lines[number * size : (number + 1) * size]))


def findings_of(folder: Path, **how) -> list[tuple]:
    with validate_folder(LAYOUT, folder, **how) as result:
        return sorted((f.code, f.field, f.record, f.message, f.path, f.line) for f in result.first(10_000))


def test_wrong_row_is_reported_at_file_and_line(corpus):
    """The finding names the file, relative to the folder, and the line; exit 1."""
    done = run(corpus / "jsonl")
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("statements.jsonl:101: ")
    assert "term_known" in done.stdout
    assert "240 statements against 20 captures" in done.stdout


def test_shards_are_one_table(corpus, tmp_path):
    """A table in a folder of shards gets the same findings, at the shard and its own line."""
    for path in (corpus / "jsonl").glob("*.jsonl"):
        split(path, tmp_path, 3)
    whole, parts = findings_of(corpus / "jsonl"), findings_of(tmp_path)
    assert [found[:4] for found in whole] == [found[:4] for found in parts] != []
    assert [found[4:] for found in parts] == [("statements/part-00001.jsonl", 21)]


def test_captures_may_lie_anywhere(corpus, tmp_path):
    """Captures from a table elsewhere or a folder of texts are as good as the table beside; without them their guards do not validator."""
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
        text = row["text"].replace("said", "sang", 1) if row["source_id"] == changed else row["text"]
        own = texts / row["source_id"]
        if own.name.startswith("a"):
            own.mkdir()
        path = own / "source.txt" if own.is_dir() else texts / f"{own.name}.txt"
        path.write_bytes(text.encode())
    with duckdb.connect() as database:
        database.execute(f"COPY (SELECT * FROM read_json('{corpus}/jsonl/captures.jsonl')) TO '{tmp_path}/c.parquet'")
    unknown_term = "term_known"
    for captures, codes, number in (
        (None, {unknown_term}, 0),
        (tmp_path / "c.parquet", {unknown_term}, 20),
        (texts, {unknown_term, "capture_matches_hash"}, 20),
    ):
        with validate_folder(LAYOUT, tables, captures) as result:
            assert {code for code, _ in result.counts} == codes, captures
            assert result.captures == number
            assert result.not_checked == (1 if number else 240)  # the row that is wrong was held against nothing


def test_all_findings_are_counted_and_written(tmp_path):
    """The first so many of each rule are shown, the others counted; --output holds all of them, as JSONL or Parquet."""
    rows = [{"event_id": f"e{n}", "agent_id": "a", "role": "visitor", "added_in": None} for n in range(40)]
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "participants.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    written = {}
    for form, reader in (("jsonl", "read_json"), ("parquet", "read_parquet")):
        target = tmp_path / f"findings.{form}"
        done = run(folder, "--limit", "3", "--output", target)
        assert done.returncode == 1
        assert done.stdout.count("participants.jsonl:") == 3
        assert "term_known: 40\n" in done.stdout
        with duckdb.connect() as database:
            written[form] = database.execute(f"SELECT code, path, line, record FROM {reader}('{target}')").fetchall()
    assert written["jsonl"] == written["parquet"]
    assert written["jsonl"] == [("term_known", "participants.jsonl", n + 1, f"e{n}/a/visitor") for n in range(40)]
    assert run(folder, "--output", tmp_path / "findings.xml").returncode == 2


def test_memory_is_bounded_as_asked(corpus):
    """The limit is DuckDB's; an amount that is none is told in one line, exit 2."""
    with validate_folder(LAYOUT, corpus / "jsonl", memory="700MiB") as result:
        (limit,) = result.database.execute("SELECT current_setting('memory_limit')").fetchone()
        assert limit == "700.0 MiB"
        (spill,) = result.database.execute("SELECT current_setting('temp_directory')").fetchone()
        assert Path(spill).parent.is_dir()
    done = run(corpus / "jsonl", "--memory-limit", "much")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1 and "much" in done.stderr
    assert not Path(spill).parent.exists()


def test_progress_tells_speed_and_time_left(corpus):
    """Every file read and every guard run is told, with rows per second and the seconds left, which end near zero."""
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


def test_wrong_folder_is_reported_on_one_line(tmp_path):
    """An empty folder, and a form that there is none of, are told as such."""
    with pytest.raises(PackageError, match="no published table in"), validate_folder(LAYOUT, tmp_path):
        pass
    with pytest.raises(PackageError, match="unknown table format 'xml'"), validate_folder(LAYOUT, tmp_path, form="xml"):
        pass
