"""The published files: the descriptor for other tools, the dataset card, the tables with their types."""

from __future__ import annotations

import csv
import datetime
import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import jsonschema_rs
import pytest
import yaml

from readouts.core.definitions import ORDER, read_tables
from readouts.core.layout import Layout
from readouts.publication.features import features
from readouts.publication.markdown import as_text
from tests.reading import ROOT, table_rows

TABLES = read_tables(Layout(ROOT))
PUBLISHED = [name for name in ORDER if Layout(ROOT).table(name, "jsonl").exists()]
"""The tables with rows: an empty table has no file."""


def offline(tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "HF_HOME": str(tmp_path / "hf"),
        "HF_HUB_OFFLINE": "1",
        "HF_DATASETS_OFFLINE": "1",
    }


def test_jsonschema_accepts_every_line():
    """The reference library accepts every line of every JSONL file, and its keys are the columns in order."""
    for name in PUBLISHED:
        validator = jsonschema.Draft202012Validator(
            TABLES[name].schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
        )
        rows = table_rows(name)
        assert rows
        for row in rows:
            validator.validate(row)
            assert tuple(row) == TABLES[name].column_names


def test_descriptor_has_the_hash_and_size_of_every_file():
    """Each resource has the size and hash of its file, and every published file is a resource."""
    package = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    paths = set()
    for resource in package["resources"]:
        data = (ROOT / resource["path"]).read_bytes()
        paths.add(resource["path"])
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    assert paths == {
        path.relative_to(ROOT).as_posix() for path in (ROOT / "data" / "tables").iterdir()
    }


def frictionless_validate(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"],
        cwd=folder,
        capture_output=True,
        text=True,
    )


def test_frictionless_accepts_the_package():
    """`frictionless validate` accepts the descriptor and every resource."""
    outcome = frictionless_validate(ROOT)
    report = json.loads(outcome.stdout)
    assert outcome.returncode == 0 and report["valid"]
    assert report["stats"]["tasks"] == 2 * len(PUBLISHED)


FOREIGN_KEYS = [(table.name, key) for table in TABLES.values() for key in table.foreign_keys]


def test_frictionless_checks_each_foreign_key(package):
    """frictionless reports each foreign key that is broken in CSV or JSONL."""
    from frictionless import Package, system

    expected = set()
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    for name in PUBLISHED:
        keys = [key.fields[0] for table, key in FOREIGN_KEYS if table == name]
        rows = table_rows(name)
        for position, column in enumerate(keys):
            row = dict(rows[position % len(rows)])
            rows[position % len(rows)] = row
            row[column] = (
                "nowhere.x"
                if "." in str(next((r[column] for r in rows if r[column]), ""))
                else "nowhere"
            )
            expected |= {(name, column), (f"{name}-jsonl", column)}
        layout = Layout(package)
        layout.table(name, "jsonl").write_text(
            "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8"
        )
        with layout.table(name, "csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(TABLES[name].column_names)
            writer.writerows(
                ["" if value is None else value for value in row.values()] for row in rows
            )
    for resource in descriptor["resources"]:
        del resource["bytes"], resource["hash"]
    with system.use_context(trusted=True):
        report = Package.from_descriptor(descriptor, basepath=str(package)).validate()
    found = {
        (task.name, error.field_names[0])
        for task in report.tasks
        for error in task.errors
        if error.type == "foreign-key"
    }
    assert found == expected


@pytest.mark.parametrize("name", PUBLISHED)
def test_three_validators_agree(name):
    """jsonschema, jsonschema-rs and frictionless give the same verdict on a valid row and on rows with one invalid value each."""
    from frictionless import Resource, Schema

    from readouts.publication.descriptor import table_schema

    table = TABLES[name]
    reference = jsonschema.Draft202012Validator(
        table.schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    fast = jsonschema_rs.Draft202012Validator(table.schema, validate_formats=True)
    descriptor = table_schema(table, "csv", ())
    good = table_rows(name)[0]
    bad = {"string": ["", "line\n", "É x", "a\n"], "date": ["2019-02-29", "0000-01-01", "2019-09-26T00:00:00Z", "26.9.2019"],
           "integer": [-1, 1.5, 2**60], "number": [-0.1, 1.1]}  # fmt: skip
    # frictionless reads "2019-9-26" as a date, which cannot be configured; the schemas refuse it,
    # as tested below.
    tried = [good]
    for column in table.columns:
        tried += [{**good, column.name: value} for value in bad[column.type]]
        tried.append({**good, column.name: None})
        if column.type == "date":
            assert not reference.is_valid({**good, column.name: "2019-9-26"})
        if column.terms:
            tried.append({**good, column.name: column.terms[0].upper()})
    for row in tried:
        valid = reference.is_valid(row)
        assert fast.is_valid(row) == valid, row
        cells = ["" if value is None else value for value in row.values()]
        report = Resource(
            data=[list(row), [str(cell) for cell in cells]],
            schema=Schema.from_descriptor(descriptor),
        ).validate()
        empty_for_null = any(
            value == "" and column.nullable
            for value, column in zip(row.values(), table.columns, strict=True)
        )
        whole = any(
            isinstance(value, float) and column.type == "integer"
            for value, column in zip(row.values(), table.columns, strict=True)
        )
        if not empty_for_null and not whole:
            assert report.valid == valid, (row, report.flatten(["note"]))


LOAD_ALL = """
import datetime, json, sys
from datasets import load_dataset
found = {}
for name in json.loads(sys.argv[2]):
    data = load_dataset(sys.argv[1], name, split="train")
    rows = []
    for row in data:
        for column, feature in data.features.items():
            value = row[column]
            if value is not None and hasattr(feature, "names"):
                assert isinstance(value, int)
                value = {"term": feature.int2str(value)}
            elif isinstance(value, datetime.date):
                value = {"date": value.isoformat()}
            row[column] = value
        rows.append(row)
    found[name] = {"features": {c: str(f) for c, f in data.features.items()}, "rows": rows}
default = load_dataset(sys.argv[1], split="train")
found["default"] = default.config_name
print(json.dumps(found))
"""


def test_load_dataset_has_the_declared_types(tmp_path):
    """Offline every configuration of the checkout loads with its types and the values of the JSONL file."""
    outcome = subprocess.run(
        [sys.executable, "-c", LOAD_ALL, str(ROOT / "data"), json.dumps(PUBLISHED)],
        env=offline(tmp_path),
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert outcome.returncode == 0, outcome.stderr[-2000:]
    found = json.loads(outcome.stdout)
    assert found.pop("default") == "statements"
    for name, loaded in found.items():
        assert loaded["features"] == {
            column: str(feature) for column, feature in features(TABLES[name]).items()
        }
        expected = []
        for row in table_rows(name):
            for column in TABLES[name].columns:
                if row[column.name] is not None and column.terms:
                    row[column.name] = {"term": row[column.name]}
                elif row[column.name] is not None and column.type == "date":
                    row[column.name] = {"date": row[column.name]}
            expected.append(row)
        assert loaded["rows"] == expected


def test_python_api_loads_a_table(tmp_path):
    """readouts.load returns the table with its features; an unknown table is an error."""
    code = (
        "import readouts, sys\n"
        "d = readouts.load('statements', sys.argv[1])\n"
        "assert type(d).__name__ == 'Dataset' and d[0]['date'].isoformat() == '2019-09-26', d[0]\n"
        "assert readouts.validate(sys.argv[1]) == []\n"
        "try:\n    readouts.load('nonsense', sys.argv[1])\nexcept readouts.PackageError as e:\n    print(e)\n"
    )
    outcome = subprocess.run(
        [sys.executable, "-c", code, str(ROOT)],
        env=offline(tmp_path),
        capture_output=True,
        text=True,
    )
    assert outcome.returncode == 0, outcome.stderr
    assert "unknown table 'nonsense' (choose from: statements, sources" in outcome.stdout


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda data: b"", "the table statements has no rows, or was not built"),
        (lambda data: data[:-40], "data/tables/statements.jsonl cannot be loaded: JSON parse error"),
        (lambda data: data.replace(b'"2019-09-26"', b'"26 September"', 1), "Failed to parse string: '26 September'"),
        (lambda data: data.replace(b'"indirect"', b'"nonsense"'), "Invalid string class label nonsense"),
        (lambda data: data.replace(b"a", b"\xe9", 1), "codec can't decode byte"),
    ],
    ids=["empty", "cut", "no-date", "no-term", "latin-1"],
)  # fmt: skip
def test_table_that_cannot_be_loaded_is_reported(package, run, tmp_path, change, reason):
    """The message names the file and says what to do."""
    path = package / "data/tables/statements.jsonl"
    path.write_bytes(change(path.read_bytes()))
    done = run("load", "statements", "--root", package, HF_DATASETS_CACHE=str(tmp_path / "cache"))
    last = done.stderr.splitlines()[-1]
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert reason in last and "un `readouts build`" in last


def test_date_columns_have_dates_as_examples():
    dates = [
        column for table in TABLES.values() for column in table.columns if column.type == "date"
    ]
    assert len(dates) == 8
    for column in dates:
        datetime.date.fromisoformat(column.example)


def front_matter() -> dict:
    text = Layout(ROOT).card.read_text(encoding="utf-8")
    return yaml.safe_load(text.split("---\n")[1])


def test_card_declares_every_table():
    """The front matter has a configuration and the number of rows of every table; statements is the default."""
    card = front_matter()
    assert [config["config_name"] for config in card["configs"]] == PUBLISHED
    assert [config["config_name"] for config in card["configs"] if config.get("default")] == [
        "statements"
    ]
    for info in card["dataset_info"]:
        assert info["splits"][0]["num_examples"] == len(table_rows(info["config_name"]))
    assert card["license"] == "other" and card["size_categories"] == ["n<1K"]


def test_markup_in_data_is_escaped_on_the_card():
    assert as_text("<script>alert(1)</script> | [x](y) *b* `c` _d_\n# e") == (
        "&lt;script&gt;alert(1)&lt;/script&gt; \\| \\[x\\](y) \\*b\\* \\`c\\` \\_d\\_ \\# e"
    )


README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "TRUST.md")]
DOCUMENTS += [*sorted((ROOT / "docs").glob("*.md")), ROOT / "data" / "README.md"]
EXAMPLES = re.findall(
    r"```python\n(.*?)```",
    README + (ROOT / "docs" / "using.md").read_text(encoding="utf-8"),
    re.DOTALL,
)


def test_readme_is_short():
    """The README has at most 8 KB and no front matter."""
    assert len(README.encode()) <= 8_192 and README.startswith("# ")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_resolve_to_files_and_headings(path):
    """Every relative link of a document resolves to a file, and to a heading in it."""
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        if "://" not in target:
            name, _, heading = target.partition("#")
            found = (path.parent / name).resolve() if name else path
            assert found.exists(), target
            if heading:
                lines = re.findall(r"(?m)^#+ (.*)$", found.read_text(encoding="utf-8"))
                assert heading in [
                    re.sub(r"[^\w -]", "", line).lower().replace(" ", "-") for line in lines
                ], target


def test_readme_begins_with_make():
    """The first block is `make` and `make test`, and the Makefile has these targets."""
    first = re.search(r"```sh\n(.*?)```", README, re.DOTALL)
    assert [line.split("#")[0].strip() for line in first[1].splitlines()] == ["make", "make test"]
    for target in ([], ["test"], ["lint"], ["check"]):
        assert (
            subprocess.run(["make", "-n", *target], cwd=ROOT, capture_output=True).returncode == 0
        )


@pytest.mark.parametrize("code", EXAMPLES, ids=range(len(EXAMPLES)))
def test_python_examples_run(code, tmp_path):
    """Each Python example of README.md and docs/using.md runs unchanged next to a clone named readouts."""
    (tmp_path / "readouts").symlink_to(ROOT)
    (tmp_path / "work").mkdir()
    outcome = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=tmp_path / "work",
        env=offline(tmp_path),
        capture_output=True,
        text=True,
    )
    assert outcome.returncode == 0, outcome.stderr[-2000:]
    assert outcome.stdout.strip()


def test_shell_blocks_of_the_readme_run(run):
    """Each command after the first block succeeds in the checkout."""
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)[1:]
    commands = [
        line.split("#")[0].split()
        for block in blocks
        for line in block.splitlines()
        if line.strip()
    ]
    assert commands
    for command in commands:
        if command[0] == "readouts":
            assert run(*command[1:]).returncode == 0, command
        else:
            assert command[:2] == ["frictionless", "validate"]
            assert frictionless_validate(ROOT).returncode == 0


def test_every_command_is_documented():
    """docs/commands.md has every command of the tool."""
    from readouts.commands.cli import COMMANDS

    document = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert [
        command.name for command in COMMANDS if f"readouts {command.name}" not in document
    ] == []


def test_codebook_has_the_figures_of_agreement(run):
    """The figures in the codebook are the output of the command that it names."""
    text = (ROOT / "schema" / "CODEBOOK.md").read_text(encoding="utf-8")
    printed = re.search(r"<!-- agreement -->\n```text\n(.*?)```", text, re.DOTALL)[1]
    assert run("agreement", "tests/agreement/first", "tests/agreement").stdout == printed
