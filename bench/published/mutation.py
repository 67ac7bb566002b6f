"""Compare the fast validation of rows with the reference, on right and wrong rows.

    python -m bench rows --rows 1000000 --seed 7

takes rows of made-up events, changes most of them at random, and compares what `published.loading`
accepts with what the `jsonschema` library (format checks on) accepts of the same lines read as
JSON. Prints every difference, and writes to BENCHMARKS.md how many rows of each table were
validated and how many had different results.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import jsonschema

from bench.results import machine, write_block
from bench.results import table as results_table
from readouts.core.definitions import Table, read_tables
from readouts.core.layout import Layout
from readouts.core.time_zones import iter_unknown_zones
from readouts.published.json_rows import UnreadableRow, row_from_line
from readouts.published.loading import Loaded, create, finish, load_shard
from readouts.published.shards import Shard

from .events import make_events
from .names import Row
from .rows import copied

VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 5, 5.0, 0.5, -0.0, 1e-7, 1e16, 9007199254740991, 9007199254740992, 10**30, 2**63, -(2**63), 1.5e300, "", " ", "0",
    "1", "5", "null", "a", "A", "a.b", "a-b.c", "é", "ß", "x\n", "x\r", "\n", "a\n", "x\x00y", "\x7f", "\u2028", "\ufeff", "😀", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "x" * 32, "x" * 33,
    "é" * 32, "😀" * 33, "2019-02-28", "2019-02-29", "2020-02-29", "1900-02-29", "2000-02-29", "0000-01-01", "0999-01-01", "9999-12-31", "2019-13-01",
    "2019-00-10", "2019-1-1", "2019-01-01\n", "2019-01-01T00:00:00", "20190101", "+2019-01-01", "٢٠١٩-٠١-٠١", "10000-01-01", "stated", "Stated", "day",
    "en", "EN", "en-US", "zh-Hans", "e", "engl", "1.0.0", "01.0.0", "1.0", "http://x", "https://example.org/ä", "https://x y", "UTC", "Asia/Shanghai",
    "0" * 64, "g" * 64, [], ["a"], {}, {"a": 1}, "\ud800", "direct", "person", "Q1", "Q0", "CN", "cn",
)  # fmt: skip
"""Replacements of a value."""


def iter_lines(table: Table, rows: list[Row], number: int, rng: random.Random) -> Iterator[bytes]:
    """Yield this number of lines, each made from a valid row (or from the examples of an empty table); a third stay valid."""
    rows = rows or [{column.name: column.example for column in table.columns}]
    for _ in range(number):
        row = dict(rng.choice(rows))
        keys = list(row)
        for _ in range(rng.choice((0, 0, 0, 1, 1, 1, 1, 2, 3))):
            kind, key = rng.random(), rng.choice(keys)
            if kind < 0.75:
                row[key] = rng.choice(VALUES)
            elif kind < 0.85:
                row.pop(key, None)
            elif kind < 0.9:
                row[rng.choice(("note", "", key.upper(), key + " "))] = rng.choice(VALUES)
            elif isinstance(row.get(key), str):
                at = rng.randrange(len(row[key]) + 1)
                row[key] = (
                    row[key][:at]
                    + rng.choice(
                        ("\n", "x", "X", ".", "-", "é", '"', "\\", "\t", "\ud83d", " ", "\u00a0")
                    )
                    + row[key][at:]
                )
        yield _written(row, rng)


def _written(row: Row, rng: random.Random) -> bytes:
    """A line that says the row, in one of the ways that JSON has; at times one that JSON has not."""
    style = rng.random()
    spaced = (", ", ": ") if style < 0.15 else (",", ":")
    if 0.15 < style < 0.2:
        keys = list(row)
        rng.shuffle(keys)
        row = {key: row[key] for key in keys}
    text = json.dumps(row, ensure_ascii=style < 0.1, separators=spaced)
    if style > 0.9:
        change = rng.randrange(13)
        text = (
            text[:-1] + "," + json.dumps(rng.choice(list(row) or ["x"])) + ":null}",
            text[: rng.randrange(len(text))],
            text + rng.choice((",", "}", " ", "\t", "\r", "\f", "\v", text, "\x00")),
            rng.choice((" ", "\t", "\ufeff", "[", "\f", "\v")) + text,
            text.replace(":null", ":NaN", 1),
            text.replace(":null", ":Infinity", 1),
            text.replace(":1,", ":1e999,", 1),
            text.replace(":1,", ":01,", 1).replace(":0,", ":-0,", 1),
            text.replace("a", "\\u0061", 3),
            text.replace(",", " , ", 1).replace("/", "\\/"),
            text.replace(":1,", ":1.0,", 1).replace(":2,", ":2e0,", 1),
            text.rstrip("}") + rng.choice((",}", ", }", ",\t} ")),
            json.dumps(rng.choice(VALUES)),
        )[change]
    data = text.encode("utf-8", "surrogatepass" if style < 0.5 else "replace").replace(b"\n", b" ")
    if style > 0.995:
        at = rng.randrange(len(data) + 1)
        data = (
            data[:at]
            + rng.choice((b"\xff", b"\xc3", b"\xed\xa0\x80", b"\x00", b"\xf5\x80\x80\x80"))
            + data[at:]
        )
    return data


def reference(table: Table, line: bytes, validator: Any) -> bool:
    """Return True if the reference accepts the line."""
    try:
        row = row_from_line(line)
        return validator.is_valid(row) and not any(True for _ in iter_unknown_zones(row))
    except UnreadableRow:
        return False


def differences(
    table: Table, lines: list[bytes], folder: Path
) -> tuple[int, list[tuple[bool, bytes]]]:
    """Return how many lines the fast path accepts, and the lines with another result than the reference (whose result comes first)."""
    path = folder / f"{table.name}.jsonl"
    path.write_bytes(b"\n".join(lines) + b"\n")
    validator = jsonschema.Draft202012Validator(
        table.schema, format_checker=jsonschema.FormatChecker()
    )
    with duckdb.connect() as database:
        database.execute(
            "CREATE TABLE shards (table_name VARCHAR, path VARCHAR, form VARCHAR, first BIGINT, last BIGINT)"
        )
        create(database, table)
        rejected = {
            problem.line
            for problem in load_shard(database, table, Shard(table.name, path, "jsonl"), Loaded())
        }
        finish(database, table)
        (accepted,) = database.execute(f"SELECT count(*) FROM all_{table.name}").fetchone() or (0,)
    wrong = [
        (right, line)
        for number, line in enumerate(lines, 1)
        if (right := reference(table, line, validator)) == (number in rejected)
    ]
    if accepted != len(lines) - len(rejected):
        raise AssertionError(
            f"{table.name}: {accepted} rows loaded of {len(lines) - len(rejected)} accepted"
        )
    return accepted, wrong


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m bench rows", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--rows", type=int, default=24_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", type=Path, default=Path("BENCHMARKS.md"))
    given = parser.parse_args(arguments)
    platform = machine("duckdb", "jsonschema")
    tables, rng = read_tables(Layout.of(None)), random.Random(given.seed)
    events = [copied(event, number) for number, event in enumerate(make_events(range(40)))]
    checked: Counter[str] = Counter()
    accepted: Counter[str] = Counter()
    differing: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        while checked.total() < given.rows:
            for name, table in tables.items():
                rows = [
                    dict.fromkeys(table.column_names) | row
                    for event in events
                    for row in event[name]
                ]
                lines = list(
                    iter_lines(table, rows, min(50_000, max(1, given.rows // len(tables))), rng)
                )
                right, wrong = differences(table, lines, Path(folder))
                checked[name] += len(lines)
                accepted[name] += right
                differing[name] += len(wrong)
                for accepts, line in wrong[:10]:
                    print(
                        f"{name}: the reference {'accepts' if accepts else 'rejects'} {line[:300]!r}"
                    )
            print(f"{checked.total():,} rows, {accepted.total():,} accepted, {differing.total()} with different results", flush=True)  # fmt: skip
    counts = (checked, accepted, differing)
    cells = [[name, *(f"{count[name]:,}" for count in counts)] for name in tables]
    cells.append(["all", *(f"{count.total():,}" for count in counts)])
    write_block(
        given.output,
        "rows",
        f"## Fast row validation compared with the reference\n\n`python -m bench rows --rows {given.rows} --seed {given.seed}`, {platform}.\n\n"
        "Rows of made-up events, most of them changed at random (values, keys, characters, the JSON itself), validated as by `readouts validate FOLDER` "
        "and by the `jsonschema` library with format checks.\n\n"
        + results_table(["table", "rows", "accepted", "different result"], cells),
    )
    raise SystemExit(1 if differing.total() else 0)
