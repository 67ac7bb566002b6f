"""One validator on one file of one table, in a process of its own.

    python -m bench.published.peers NAME TABLE FILE

prints a line of JSON: rows, how many were rejected, and the seconds and processor seconds of the work itself, imports not counted. All
judge rows by the package's schema of the table; `duckdb scan` and `duckdb load` judge nothing and are what reading alone costs. In place of
a validator, `head NUMBER FILE TARGET` and `share SHARE FILE … FOLDER` write the first rows of files into others.
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import duckdb

from readouts.layout import Layout
from readouts.published.checks import default_memory, settle_database
from readouts.published.extras import EXTRAS
from readouts.published.loading import Loaded, create, load_shard
from readouts.published.predicates import literal
from readouts.published.reading import value_from_parquet
from readouts.published.shards import Shard
from readouts.rules.views import column_types, quoted
from readouts.tables.definitions import Table, read_tables

Outcome = tuple[int, int]
"""Rows, and how many were rejected."""
_END = "$(?!\\n)"


def readouts(table: Table, path: Path) -> Outcome:
    """The row rules as `validate PATH` checks them, loading into the database that it makes."""
    with tempfile.TemporaryDirectory() as scratch, duckdb.connect() as database:
        settle_database(database, Path(scratch), default_memory())
        create(database, table)
        loaded = Loaded()
        for _ in load_shard(database, table, Shard(table.name, path, path.suffix[1:]), loaded):
            pass
        return loaded.rows, loaded.rejected


def frictionless(table: Table, path: Path) -> Outcome:
    """Its `validate` with the published descriptor's schema, without foreign keys: the other tables are not there."""
    import frictionless as peer

    package = json.loads((Layout.of(None).root / "datapackage.json").read_text(encoding="utf-8"))
    described = next(r for r in package["resources"] if r["name"] == table.name)
    schema = {key: value for key, value in described["schema"].items() if key != "foreignKeys"}
    wanted = {
        "name": table.name,
        "path": path.name,
        "format": "jsonl",
        "schema": schema,
        "dialect": {"json": {"keyed": True}},
    }
    report = peer.Resource.from_descriptor(wanted, basepath=str(path.parent)).validate()
    return report.tasks[0].stats["rows"], len(report.flatten(["rowNumber"]))


def _rows(path: Path) -> Iterator[dict]:
    if path.suffix == ".jsonl":
        with path.open("rb") as lines:
            yield from map(json.loads, lines)
        return
    import pyarrow.parquet

    with pyarrow.parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(10_000):
            for row in batch.to_pylist():
                yield {name: value_from_parquet(value) for name, value in row.items()}


def _outcome(path: Path, accepts: Callable[[dict], bool]) -> Outcome:
    number = rejected = 0
    for row in _rows(path):
        number += 1
        rejected += not accepts(row)
    return number, rejected


def jsonschema(table: Table, path: Path) -> Outcome:
    """A loop over `jsonschema` with format checks, as its documentation has it."""
    import jsonschema as peer

    validator = peer.Draft202012Validator(table.schema, format_checker=peer.FormatChecker())
    return _outcome(path, validator.is_valid)


def jsonschema_rs(table: Table, path: Path) -> Outcome:
    """The same loop over `jsonschema-rs`."""
    import jsonschema_rs as peer

    return _outcome(path, peer.Draft202012Validator(table.schema, validate_formats=True).is_valid)


def pandera(table: Table, path: Path) -> Outcome:
    """A frame schema over polars: the quickest validator of frames that users would pick; keys and JSON types are the reader's matter."""
    import pandera.polars as peer
    import polars

    kinds = {"string": polars.String, "date": polars.Date, "integer": polars.Int64, "number": polars.Float64}
    columns = {}
    for column in table.columns:
        rules, checks = table.schema["properties"][column.name], []
        if column.terms:
            checks.append(peer.Check.isin(list(column.terms)))
        if "pattern" in rules and column.type == "string":
            checks.append(peer.Check.str_matches(rules["pattern"].removesuffix(_END) + "$"))
        if "minLength" in rules or "maxLength" in rules:
            checks.append(peer.Check.str_length(rules.get("minLength"), rules.get("maxLength")))
        if "minimum" in rules:
            checks.append(peer.Check.ge(rules["minimum"]))
        columns[column.name] = peer.Column(kinds[column.type], checks, nullable=column.nullable)
    schema = peer.DataFrameSchema(columns, strict=True)
    types = {column.name: kinds[column.type] for column in table.columns}
    if path.suffix == ".jsonl":
        frame = polars.read_ndjson(path, schema={n: polars.String if t == polars.Date else t for n, t in types.items()})
    else:
        frame = polars.read_parquet(path)
    texts = [name for name, kind in types.items() if kind == polars.Date and frame.schema[name] == polars.String]
    frame = frame.with_columns(polars.col(name).str.to_date("%Y-%m-%d") for name in texts)
    try:
        schema.validate(frame, lazy=True)
    except peer.errors.SchemaErrors as errors:
        return len(frame), len(errors.failure_cases)
    return len(frame), 0


def write_share(whole: Path, target: Path, share: float) -> None:
    """The first rows of a file in another of the same form, as many as are that share of it, one at least."""
    if whole.suffix == ".jsonl":
        with whole.open("rb") as lines:
            number = sum(1 for _ in lines)
    else:
        import pyarrow.parquet

        number = pyarrow.parquet.read_metadata(whole).num_rows
    write_head(whole, target, math.ceil(number * share))


def _reader(path: Path, types: dict[str, str]) -> str:
    if path.suffix == ".parquet":
        return f"read_parquet({literal(str(path))})"
    columns = ", ".join(f"\"{name}\": '{kind}'" for name, kind in types.items())
    return f"read_json({literal(str(path))}, format = 'newline_delimited', columns = {{{columns}}})"


def duckdb_scan(types: dict[str, str], path: Path) -> Outcome:
    """DuckDB reads every value of the file, typed, and counts them."""
    with duckdb.connect() as database:
        counted = database.execute(f"SELECT count(*), count(COLUMNS(*)) FROM {_reader(path, types)}").fetchone()
        return (counted or (0,))[0], 0


def duckdb_load(types: dict[str, str], path: Path) -> Outcome:
    """DuckDB reads the file into a table of a database file."""
    with tempfile.TemporaryDirectory() as scratch, duckdb.connect(f"{scratch}/x.duckdb") as database:
        names = ", ".join(map(quoted, types))
        database.execute(f"CREATE TABLE x AS SELECT {names} FROM {_reader(path, types)}")
        (number,) = database.execute("SELECT count(*) FROM x").fetchone() or (0,)
        return number, 0


def write_head(whole: Path, target: Path, number: int) -> None:
    """The first rows of a file in another of the same form."""
    if whole.suffix == ".jsonl":
        with whole.open("rb") as lines, target.open("wb") as head:
            head.writelines(islice(lines, number))
        return
    with duckdb.connect() as database:
        query = f"SELECT * FROM read_parquet({literal(str(whole))}) LIMIT {number}"
        database.execute(f"COPY ({query}) TO {literal(str(target))} (FORMAT PARQUET)")


PEERS: dict[str, Callable[[Table, Path], Outcome]] = {
    "readouts": readouts,
    "frictionless": frictionless,
    "jsonschema": jsonschema,
    "jsonschema-rs": jsonschema_rs,
    "pandera": pandera,
}
READERS: dict[str, Callable[[dict[str, str], Path], Outcome]] = {"duckdb scan": duckdb_scan, "duckdb load": duckdb_load}


def main() -> None:
    name, table, *paths = sys.argv[1:]
    if name == "head":
        write_head(Path(paths[0]), Path(paths[1]), int(table))
        return
    if name == "share":
        *wholes, target = map(Path, paths)
        for whole in wholes:
            write_share(whole, target / whole.name, float(table))
        return
    tables = read_tables(Layout.of(None))
    if name in PEERS:
        __import__(
            {"readouts": "duckdb", "jsonschema-rs": "jsonschema_rs", "pandera": "pandera.polars"}.get(name, name)
        )
    started, busy, rows, rejected = time.perf_counter(), time.process_time(), 0, 0
    for path in map(Path, paths):
        key = table if table != "-" else path.stem.removesuffix("-planted")
        if name in PEERS:
            found = PEERS[name](tables[key], path)
        else:
            found = READERS[name](column_types(tables[key]) if key in tables else EXTRAS[key], path)
        rows, rejected = rows + found[0], rejected + found[1]
    spent = {"seconds": time.perf_counter() - started, "processor": time.process_time() - busy}
    print(json.dumps({"rows": rows, "rejected": rejected, **spent}))


if __name__ == "__main__":
    main()
