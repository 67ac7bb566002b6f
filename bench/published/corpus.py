"""Corpora of any size in JSONL, Parquet and CSV, with injected errors and the truth about them.

    make_corpus(layout, folder, statements=100_000, rate=0.01, corpus=Path("../shared/corpus"))

writes `<form>/<table>.<form>` and `<form>.truth.jsonl` (code, table, record of every injected
error; some errors cannot be written in every form). `rate` is the share of events that have an
error each, every kind in turn. The same arguments give the same rows.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

import duckdb

from readouts.core.definitions import read_tables
from readouts.core.layout import Layout
from readouts.rules.views import column_types

from .events import TABLES, make_events
from .mistakes import KINDS, InjectedEvent, inject
from .rows import copied, template_query, write_rows, write_table

PER_EVENT = 24
"""Statements of one event."""
SPANS = {
    "captures": {"source_id": "VARCHAR", "text": "VARCHAR"},
    "exclusions": {"source_id": "VARCHAR", "start": "BIGINT", "end": "BIGINT", "reason": "VARCHAR"},
}
FORMS = ("jsonl", "parquet", "csv")


def make_corpus(
    layout: Layout,
    folder: Path,
    statements: int,
    rate: float = 0.0,
    corpus: Path | None = None,
    forms: Iterable[str] = FORMS,
    templates: int = 200,
    seed: int = 1,
) -> dict[str, int]:
    """Write the corpus; the number of rows by table."""
    number = max(1, statements // PER_EVENT)
    count = min(templates, number)
    sites = _sites(number, rate)
    types = {name: column_types(table) for name, table in read_tables(layout).items()} | SPANS
    # An event with an error has a template of its own, so that no other shares its agents. A column
    # that the templates do not know is null.
    made = make_events([*range(count), *(count + site for site in sites)], corpus, seed)
    made = [
        {name: [dict.fromkeys(types[name]) | row for row in rows] for name, rows in event.items()}
        for event in made
    ]
    events, own = made[:count], dict(zip(sites, made[count:], strict=True))
    rows = {}
    with duckdb.connect() as database:
        database.execute("SET enable_progress_bar = false")
        for name in TABLES:
            database.execute(
                f"CREATE TABLE t_{name} AS {template_query(folder, name, types[name], events)}"
            )
        database.execute("CREATE TABLE sites AS SELECT unnest(?::BIGINT[]) AS copy", [list(sites)])
        for form in forms:
            (folder / form).mkdir(parents=True, exist_ok=True)
            injected = {
                copy: inject(copied(own[copy], copy), kind, form) for copy, kind in sites.items()
            }
            for name in TABLES:
                rows[name] = write_table(
                    database, folder / form, name, types[name], form, number, len(events), injected
                )
            _write_truth(folder / f"{form}.truth.jsonl", injected)
            _write_ledger(database, folder / form / f"released.{form}", form, injected)
    return rows


def _sites(number: int, rate: float) -> dict[int, str]:
    """Return the copies of events that get an error, with its kind."""
    kinds, every = list(KINDS), int(1 / rate) if rate else 0
    copies = range(every - 1, number, every) if every else ()
    return {copy: kinds[(copy // every) % len(kinds)] for copy in copies}


def _write_truth(path: Path, injected: dict[int, InjectedEvent]) -> None:
    with path.open("w", encoding="utf-8") as truth:
        for found in injected.values():
            truth.writelines(
                json.dumps(dict(zip(("code", "table", "record"), mistake, strict=True))) + "\n"
                for mistake in found.truth
            )


def _write_ledger(
    database: duckdb.DuckDBPyConnection, path: Path, form: str, injected: dict[int, InjectedEvent]
) -> None:
    """Write the rows released earlier, if an error needs them."""
    ledger = [line for found in injected.values() for line in found.ledger]
    if ledger:
        types = dict.fromkeys(ledger[0], "VARCHAR")
        write_rows(database, path, types, form, ledger, append=False)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m bench corpus", description=__doc__.splitlines()[0]
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--statements", type=int, default=24_000)
    parser.add_argument(
        "--rate", type=float, default=0.0, help="share of events with an error each"
    )
    parser.add_argument(
        "--corpus", type=Path, help="folder of real documents to take sentences from"
    )
    parser.add_argument(
        "--form", action="append", choices=FORMS, help="may be repeated; default: all"
    )
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    rows = make_corpus(
        Layout.of(None),
        given.folder,
        given.statements,
        given.rate,
        given.corpus,
        given.form or FORMS,
        seed=given.seed,
    )
    print(", ".join(f"{number:,} {name}" for name, number in rows.items()))
