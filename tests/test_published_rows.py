"""Rows of published tables: the fast path accepts the same rows as the reference, in every format."""

from __future__ import annotations

import csv
import json
import random
import re
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from bench.published.events import make_events
from bench.published.mutation import VALUES, differences, iter_lines, main
from bench.published.rows import copied
from readouts.core.definitions import read_tables
from readouts.core.layout import Layout
from readouts.published.checks import validate_folder
from readouts.published.lines import Lines
from readouts.published.predicates import row_predicate

LAYOUT = Layout(Path(__file__).resolve().parents[1])
TABLES = read_tables(LAYOUT)


def rows_of(name: str) -> list[dict]:
    events = [copied(event, number) for number, event in enumerate(make_events(range(6)))]
    return [
        dict.fromkeys(TABLES[name].column_names) | row for event in events for row in event[name]
    ]


def test_fast_path_agrees_with_the_reference(tmp_path):
    """Of 36,000 valid and invalid rows of every table, the fast path accepts exactly those that `jsonschema` accepts."""
    rng, accepted, total = random.Random(11), 0, 0
    for name, table in TABLES.items():
        lines = list(iter_lines(table, rows_of(name), 3_000, rng))
        right, wrong = differences(table, lines, tmp_path)
        assert wrong == [], name
        accepted, total = accepted + right, total + len(lines)
    assert total >= 36_000
    assert total * 0.25 < accepted < total * 0.75


def test_comparison_run_writes_its_results(tmp_path):
    """The output has each table's number of rows, accepted rows and differences; the exit status is 0 without differences."""
    with pytest.raises(SystemExit) as ended:
        main(["--rows", "650", "--output", str(tmp_path / "B.md")])
    assert ended.value.code == 0
    counts = dict(
        re.findall(
            r"^\| (\w+) \| (\d.*) \|$",
            (tmp_path / "B.md").read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    )
    assert set(counts) == {*TABLES, "all"}
    assert counts["all"].startswith("650 | ") and counts["all"].endswith(" | 0")


@pytest.mark.parametrize(
    ("table", "old", "new", "accepted"),
    [
        ("segments", '"start":', '"start":"', False),
        ("attributions", '"ordinal":1', '"ordinal":1.0', True),
        ("attributions", '"ordinal":1', '"ordinal":true', False),
        ("attributions", '"ordinal":1', '"ordinal":1e400', False),
        ("attributions", '"ordinal":1', '"ordinal":NaN', False),
        ("attributions", '"ordinal":1', '"ordinal":-Infinity', False),
        ("attributions", '"ordinal":1', '"ordinal":"1"', False),
        ("attributions", '"ordinal":1', '"ordinal":123456789012345678901234567890', False),
        ("attributions", '"office_id":null,', "", False),
        ("attributions", '"office_id":null', '"office_id":null,"office_id":null', False),
        ("attributions", '"office_id":null', '"office_id":null,"note":null', False),
        ("attributions", '"role":"speaker"', '"role":"\\ud83d"', False),
        ("attributions", '"role":"speaker"', '"role":"\\u0073peaker"', True),
        ("attributions", "{", " { ", True),
        ("attributions", "}", " } ", True),
        ("attributions", "}", ",}", False),
        ("attributions", "}", " , \t} ", False),
        ("sources", '"published_on":"2021', '"published_on":"2019-02-29', False),
        ("sources", '"published_on":"2021', '"published_on":"20210', False),
        ("sources", '"accessed_on":"2026-11-21"', '"accessed_on":"2019-02-29"', False),
        ("sources", '"accessed_on":"2026-11-21"', '"accessed_on":"2020-02-29"', True),
        ("sources", '"accessed_on":"2026-11-21"', '"accessed_on":"0000-01-01"', False),
        ("sources", '"accessed_on":"2026-11-21"', '"accessed_on":"2026-11-21\\n"', False),
    ],
)
def test_fast_path_checks_each_kind_of_invalid_value(tmp_path, table, old, new, accepted):
    """Wrong types, missing and duplicate keys, numbers and dates out of range, and unpaired surrogates are checked."""
    line = json.dumps(rows_of(table)[0], ensure_ascii=False, separators=(",", ":"))
    assert old in line
    number, wrong = differences(TABLES[table], [line.replace(old, new, 1).encode()], tmp_path)
    assert (number, wrong) == (int(accepted), [])


def test_every_schema_has_a_fast_path():
    """No keyword of a schema sends every row to the slow path."""
    for table in TABLES.values():
        values = {column.name: column.name for column in table.columns}
        assert "false" not in row_predicate(table, values).split(" AND "), table.name


def cells(rows: list[dict]) -> list[dict]:
    """Return rows with only text values, which every format can represent; empty ones, which are null in CSV, become null."""
    return [
        {key: value if isinstance(value, str) and value else None for key, value in row.items()}
        for row in rows
    ]


def test_findings_are_the_same_in_every_format(tmp_path):
    """A table with invalid values has the same findings in JSONL, CSV and Parquet, except for line numbers."""
    rng, rows = random.Random(3), []
    texts = [
        value
        for value in VALUES
        if isinstance(value, str) and value and "\ud800" not in value and "\x00" not in value
    ]
    for row in cells(rows_of("agents")) * 40:
        row[rng.choice(list(row))] = rng.choice([*texts, None])
        rows.append(row)
    names = TABLES["agents"].column_names
    for form in ("jsonl", "csv", "parquet"):
        (tmp_path / form).mkdir()
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (tmp_path / "jsonl/agents.jsonl").write_text(lines, encoding="utf-8")
    with (tmp_path / "csv/agents.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
    columns = {name: pyarrow.array([row[name] for row in rows], pyarrow.string()) for name in names}
    pyarrow.parquet.write_table(
        pyarrow.table(columns), tmp_path / "parquet/agents.parquet", row_group_size=100
    )
    found = {}
    for form in ("jsonl", "csv", "parquet"):
        with validate_folder(LAYOUT, tmp_path / form) as result:
            findings = result.first(1_000_000)
            assert all(f.path == f"agents.{form}" for f in findings)
            found[form] = sorted((f.code, f.field, f.record, f.message, f.hint) for f in findings)
            assert all(
                rows[f.line - 1]["agent_id"] == f.record
                for f in findings
                if form == "parquet" and f.record
            )
    assert len(found["jsonl"]) > 300
    assert found["jsonl"] == found["csv"] == found["parquet"]


def test_lines_are_read_across_blocks(tmp_path):
    """Lines may be longer or shorter than a block, blank, or without a line end."""
    rng = random.Random(5)
    lines = [
        b"x" * rng.choice([1, 900, 70_000, 1 << 20, (1 << 20) - 1, 3 << 20]) + b"%d" % n
        for n in range(60)
    ]
    lines[7] = lines[30] = b" \t"
    path = tmp_path / "statements.jsonl"
    path.write_bytes(b"\n".join(lines))
    found = Lines(path)
    assert found.blank == [8, 31]
    assert [found.read(number) for number in range(1, 61)] == lines
    assert [found.number(index) for index in range(58)] == [
        n for n in range(1, 61) if n not in (8, 31)
    ]
