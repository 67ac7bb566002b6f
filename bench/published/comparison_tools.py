"""Comparison tools: one validator on one file of one table, in a separate process.

    python -m bench.published.comparison_tools NAME TABLE FILE

prints a line of JSON: the numbers of rows and of rejected rows, and the seconds and processor
seconds of the work, without imports. All validate rows with the package's schema of the table;
`duckdb scan` and `duckdb load` check nothing and give the cost of reading alone. Instead of a
validator, `head NUMBER FILE TARGET` and `share SHARE FILE … FOLDER` write the first rows of files
to other files.
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

from readouts.core.definitions import Table, read_tables
from readouts.core.layout import Layout
from readouts.published.database import default_memory, settle_database
from readouts.published.extras import EXTRAS
from readouts.published.loading import Loaded, create, load_shard
from readouts.published.predicates import literal
from readouts.published.reading import value_from_parquet
from readouts.published.shards import Shard
from readouts.rules.views import column_types, quoted

Outcome = tuple[int, int]
"""The numbers of rows and of rejected rows."""
_END = "$(?!\\n)"


def readouts(table: Table, path: Path) -> Outcome:
    """Check the row rules as `validate PATH` does, including the load into its database."""
    with tempfile.TemporaryDirectory() as scratch, duckdb.connect() as database:
        settle_database(database, Path(scratch), default_memory())
        create(database, table)
        loaded = Loaded()
        for _ in load_shard(database, table, Shard(table.name, path, path.suffix[1:]), loaded):
            pass
        return loaded.rows, loaded.rejected


def frictionless(table: Table, path: Path) -> Outcome:
    """Run its `validate` with the schema of the published descriptor, without foreign keys because the other tables are missing."""
    import frictionless as tool

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
    report = tool.Resource.from_descriptor(wanted, basepath=str(path.parent)).validate()
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
    """Loop over the rows with `jsonschema` and format checks, as in its documentation."""
    import jsonschema as tool

    validator = tool.Draft202012Validator(table.schema, format_checker=tool.FormatChecker())
    return _outcome(path, validator.is_valid)


def jsonschema_rs(table: Table, path: Path) -> Outcome:
    """Run the same loop with `jsonschema-rs`."""
    import jsonschema_rs as tool

    return _outcome(path, tool.Draft202012Validator(table.schema, validate_formats=True).is_valid)


def pandera(table: Table, path: Path) -> Outcome:
    """Validate a polars frame with a pandera schema, the fastest common frame validator; keys and JSON types are left to the reader."""
    import pandera.polars as tool
    import polars

    kinds = {
        "string": polars.String,
        "date": polars.Date,
        "integer": polars.Int64,
        "number": polars.Float64,
    }
    columns = {}
    for column in table.columns:
        rules, checks = table.schema["properties"][column.name], []
        if column.terms:
            checks.append(tool.Check.isin(list(column.terms)))
        if "pattern" in rules and column.type == "string":
            checks.append(tool.Check.str_matches(rules["pattern"].removesuffix(_END) + "$"))
        if "minLength" in rules or "maxLength" in rules:
            checks.append(tool.Check.str_length(rules.get("minLength"), rules.get("maxLength")))
        if "minimum" in rules:
            checks.append(tool.Check.ge(rules["minimum"]))
        columns[column.name] = tool.Column(kinds[column.type], checks, nullable=column.nullable)
    schema = tool.DataFrameSchema(columns, strict=True)
    types = {column.name: kinds[column.type] for column in table.columns}
    if path.suffix == ".jsonl":
        frame = polars.read_ndjson(
            path, schema={n: polars.String if t == polars.Date else t for n, t in types.items()}
        )
    else:
        frame = polars.read_parquet(path)
    texts = [
        name
        for name, kind in types.items()
        if kind == polars.Date and frame.schema[name] == polars.String
    ]
    frame = frame.with_columns(polars.col(name).str.to_date("%Y-%m-%d") for name in texts)
    try:
        schema.validate(frame, lazy=True)
    except tool.errors.SchemaErrors as errors:
        return len(frame), len(errors.failure_cases)
    return len(frame), 0


def write_share(whole: Path, target: Path, share: float) -> None:
    """Write the first rows of a file, that share of them and at least one, to another file of the same format."""
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
    """Read and count every typed value of the file with DuckDB."""
    with duckdb.connect() as database:
        counted = database.execute(
            f"SELECT count(*), count(COLUMNS(*)) FROM {_reader(path, types)}"
        ).fetchone()
        return (counted or (0,))[0], 0


def duckdb_load(types: dict[str, str], path: Path) -> Outcome:
    """Load the file into a table of a DuckDB database file."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        duckdb.connect(f"{scratch}/x.duckdb") as database,
    ):
        names = ", ".join(map(quoted, types))
        database.execute(f"CREATE TABLE x AS SELECT {names} FROM {_reader(path, types)}")
        (number,) = database.execute("SELECT count(*) FROM x").fetchone() or (0,)
        return number, 0


def write_head(whole: Path, target: Path, number: int) -> None:
    """Write the first rows of a file to another file of the same format."""
    if whole.suffix == ".jsonl":
        with whole.open("rb") as lines, target.open("wb") as head:
            head.writelines(islice(lines, number))
        return
    with duckdb.connect() as database:
        query = f"SELECT * FROM read_parquet({literal(str(whole))}) LIMIT {number}"
        database.execute(f"COPY ({query}) TO {literal(str(target))} (FORMAT PARQUET)")


TOOLS: dict[str, Callable[[Table, Path], Outcome]] = {
    "readouts": readouts,
    "frictionless": frictionless,
    "jsonschema": jsonschema,
    "jsonschema-rs": jsonschema_rs,
    "pandera": pandera,
}
READERS: dict[str, Callable[[dict[str, str], Path], Outcome]] = {
    "duckdb scan": duckdb_scan,
    "duckdb load": duckdb_load,
}


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
    if name in TOOLS:
        __import__(
            {
                "readouts": "duckdb",
                "jsonschema-rs": "jsonschema_rs",
                "pandera": "pandera.polars",
            }.get(name, name)
        )
    started, busy, rows, rejected = time.perf_counter(), time.process_time(), 0, 0
    for path in map(Path, paths):
        key = table if table != "-" else path.stem.removesuffix("-injected")
        if name in TOOLS:
            found = TOOLS[name](tables[key], path)
        else:
            found = READERS[name](column_types(tables[key]) if key in tables else EXTRAS[key], path)
        rows, rejected = rows + found[0], rejected + found[1]
    spent = {"seconds": time.perf_counter() - started, "processor": time.process_time() - busy}
    print(json.dumps({"rows": rows, "rejected": rejected, **spent}))


if __name__ == "__main__":
    main()
