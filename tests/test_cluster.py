"""`--engine spark`: guards and row rules on Spark give the same findings as on DuckDB."""

from __future__ import annotations

import csv
import importlib.util
import json
import shutil
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from bench.published.corpus import make_corpus
from bench.published.mistakes import KINDS
from readouts.core.findings import PackageError
from readouts.core.layout import Layout
from readouts.rules.guards import read_guards
from readouts.rules.views import common_macros, common_view_queries

ROOT = Path(__file__).resolve().parents[1]
LAYOUT = Layout(ROOT)
SMALL = """\
spark.sql.codegen.wholeStage false
spark.sql.codegen.factoryMode NO_CODEGEN
spark.sql.adaptive.enabled false
spark.ui.showConsoleProgress false
"""
"""Settings of Spark for little data, where compiling a query takes longer than running it."""
needs_sqlglot = pytest.mark.skipif(
    importlib.util.find_spec("sqlglot") is None, reason="the extra `spark` is needed"
)
needs_spark = pytest.mark.skipif(
    shutil.which("java") is None or importlib.util.find_spec("pyspark") is None,
    reason="Java and the extra `spark` are needed",
)


SPARK = ("--engine", "spark", "--master", "local[2]")


@pytest.fixture
def validate(run, tmp_path: Path):
    """Validate a folder and return its findings as sorted lines of JSON."""
    (tmp_path / "spark-defaults.conf").write_text(SMALL, encoding="utf-8")

    def command(folder: Path, *options: object, **environment: str) -> list[str]:
        output = tmp_path / "findings.jsonl"
        if "spark" in options:
            environment["SPARK_CONF_DIR"] = str(tmp_path)
        done = run("validate", folder, "--output", output, *options, **environment)
        assert done.returncode == 1, done.stderr[-2000:]
        return sorted(output.read_text(encoding="utf-8").splitlines())

    return command


@pytest.mark.slow(
    "starts Spark twice",
    seconds=40,
    covers=("scripts/readouts/published", "tests/test_cluster.py", "pyproject.toml"),
)
@needs_spark
@pytest.mark.parametrize(
    ("master", "settings", "message"),
    [
        ("nowhere", "", "readouts: Spark cannot start with --master “nowhere” (expected a value such as local[2] or "),
        ("local[1]", "spark.driver.maxResultSize 1b\n", "readouts: Spark failed: org.apache.spark.SparkException: Job aborted"),
    ],
    ids=["no-master", "too-little"],
)  # fmt: skip
def test_spark_failure_is_reported_on_one_line(run, tmp_path, master, settings, message):
    """An invalid master or a cluster that cannot run the job gives one error line after Spark's own log and exit status 2."""
    (tmp_path / "spark-defaults.conf").write_text(SMALL + settings, encoding="utf-8")
    options = ("--engine", "spark", "--master", master)
    done = run("validate", "data/tables", *options, SPARK_CONF_DIR=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1].startswith(message)
    assert "Traceback" not in done.stderr


@needs_spark
def test_spark_validates_captures_and_exclusions_like_duckdb(validate, tmp_path):
    """Invalid rows, and exclusions of an unknown source, duplicate or beyond the text, have the same findings on the same lines."""
    folder = tmp_path / "tables"
    folder.mkdir()
    shutil.copy(ROOT / "data/tables/sources.jsonl", folder)
    source = "xinhua-2019-09-27-celac-quartet"
    spans = [(source, 0, 5, "byline"), (source, 0, 7, "byline"), (source, 6.4, 9, "byline"), ("nowhere", 6, 9, "byline"), (source, 8, 99999, "byline"), (source, 9, 9, "byline"), (source, 12, 15, "because")]  # fmt: skip
    names = ("source_id", "start", "end", "reason")
    lines = [json.dumps(dict(zip(names, span, strict=True))) for span in spans]
    (folder / "exclusions.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    text = (ROOT / "data/sources" / source / "source.txt").read_bytes().decode()
    texts = tmp_path / "texts.jsonl"
    captured = json.dumps({"source_id": source, "text": text})
    texts.write_text(f'{captured}\n{{"source_id":"b","text":5}}\n', encoding="utf-8")
    duck = validate(folder, "--captures", texts)
    few = copy_with_guards(tmp_path / "few", {json.loads(line)["code"] for line in duck})
    assert validate(folder, "--captures", texts, *SPARK, PYTHONPATH=str(few)) == duck
    assert len(duck) >= 7


def copy_with_guards(folder: Path, codes: set[str]) -> Path:
    """Copy the program with only these guards, because Spark plans each for more than a second. The slow tests run all of them."""
    shutil.copytree(ROOT / "scripts", folder / "scripts")
    shutil.copytree(ROOT / "schema", folder / "schema")
    guards = {path for path in (folder / "schema/guards").glob("*.sql") if path.stem != "tables"}
    kept = {path for path in guards if path.stem in codes}
    assert kept
    for path in guards - kept:
        path.unlink()
    return folder / "scripts"


@needs_spark
@pytest.mark.slow("every guard on Spark over a corpus with every mistake", seconds=230)
def test_spark_and_duckdb_have_the_same_findings(validate, tmp_path):
    """On a corpus with every kind of mistake the findings are equal, from a table of captures and from texts, and every guard is among them."""
    make_corpus(LAYOUT, tmp_path, 24 * len(KINDS) + 48, 1.0, forms=["jsonl"], templates=21)
    duck = validate(tmp_path / "jsonl")
    texts = tmp_path / "texts"
    texts.mkdir()
    for line in (tmp_path / "jsonl/captures.jsonl").read_text(encoding="utf-8").splitlines():
        capture = json.loads(line)
        (texts / f"{capture['source_id']}.txt").write_bytes(capture["text"].encode())
    assert validate(tmp_path / "jsonl", "--captures", texts, *SPARK) == duck
    assert {guard.code for guard in read_guards(LAYOUT)} <= {
        json.loads(line)["code"] for line in duck
    }


@needs_sqlglot
def test_every_guard_and_view_is_translated_for_spark():
    """sqlglot translates every guard and view, and no macro is left."""
    from readouts.published.translation import Translation

    text = LAYOUT.guard_views.read_text(encoding="utf-8")
    macros = common_macros(text)
    assert macros
    translation = Translation(macros)
    for sql in [*(guard.sql for guard in read_guards(LAYOUT)), *common_view_queries(text).values()]:
        translated = translation.query(sql).lower()
        assert not [name for name in macros if f"{name}(" in translated]
    with pytest.raises(PackageError, match="cannot be translated for Spark"):
        translation.query("SELECT FROM WHERE")


def test_unknown_engine_is_reported_on_one_line(run, tmp_path):
    done = run("validate", tmp_path, "--engine", "abacus")
    assert done.returncode == 2
    assert done.stderr == "readouts: unknown engine 'abacus' (choose from: duckdb, spark)\n"


@pytest.mark.slow(
    "every guard on Spark",
    seconds=140,
    covers=("scripts/readouts/published", "tests/test_cluster.py", "pyproject.toml"),
)
@needs_spark
def test_spark_reads_paths_and_columns_like_duckdb(validate, tmp_path):
    """Folder names may have stars and brackets or be named after a value; captures may have other columns in another order."""
    folder = tmp_path / "a[b]*c"
    shutil.copytree(ROOT / "data/tables", tmp_path / "abc", ignore=shutil.ignore_patterns("*.csv"))
    shutil.copytree(tmp_path / "abc", folder)
    rows = [
        json.loads(line)
        for line in (folder / "statements.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    ]
    rows[3]["mode"], rows[5]["text"] = "nonsense", "nonsense"
    part = folder / "statements/mode=direct/part-0.parquet"
    part.parent.mkdir(parents=True)
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), part)
    (folder / "statements.jsonl").unlink()
    with (tmp_path / "texts.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["text", "note", "source_id"])
        for path in sorted((ROOT / "data/sources").glob("*/source.txt")):
            out.writerow([path.read_bytes().decode(), "x", path.parent.name])
    captures = ("--captures", tmp_path / "texts.csv")
    duck = validate(folder, *captures)
    assert validate(folder, *captures, *SPARK) == duck
    assert {json.loads(line)["code"] for line in duck} == {"term_known", "text_is_content"}
