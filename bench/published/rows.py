"""Rows of a corpus, written as JSONL, Parquet and CSV."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import duckdb

from readouts.published.predicates import literal
from readouts.rules.views import quoted

from .accounts import NUMBER, Event
from .mistakes import InjectedEvent
from .names import PUBLISHERS, Row

ORDER = {
    "agents": ["agent_id"],
    "offices": ["agent_id", "start_date", "office_id"],
    "events": ["event_id"],
    "participants": ["event_id", "agent_id", "role"],
    "sources": ["source_id"],
    "statements": ["source_id", "start"],
    "attributions": ["statement_id", "ordinal"],
    "segments": ["statement_id", "ordinal"],
    "claims": ["claim_id"],
    "attestations": ["claim_id", "statement_id"],
    "omissions": ["claim_id", "source_id"],
    "pairs": ["event_id", "statement_a", "statement_b"],
    "reviews": ["table_name", "record_id", "rule"],
    "captures": ["source_id"],
    "exclusions": ["source_id", "start"],
}
"""The order of a table's rows."""


def copied(event: Event, copy: int) -> Event:
    """The event's rows for one copy."""

    def made(value: object) -> object:
        return value.replace(NUMBER, f"{copy:08}") if isinstance(value, str) else value

    rows = {
        name: [{key: made(value) for key, value in row.items()} for row in rows]
        for name, rows in event.items()
    }
    texts = {row["source_id"]: row["text"] for row in rows["captures"]}
    for row in rows["sources"]:
        row["text_sha256"] = hashlib.sha256(texts[row["source_id"]].encode()).hexdigest()
    return rows


def template_query(folder: Path, name: str, types: dict[str, str], events: list[Event]) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"templates-{name}.jsonl"
    with path.open("w", encoding="utf-8") as lines:
        for number, event in enumerate(events):
            lines.writelines(
                json.dumps({"template": number, **row}, ensure_ascii=False) + "\n"
                for row in event[name]
            )
    columns = ", ".join(f"{quoted(c)}: '{t}'" for c, t in {"template": "BIGINT", **types}.items())
    return f"SELECT * FROM read_json({literal(str(path))}, format = 'newline_delimited', columns = {{{columns}}})"


def write_table(
    database: duckdb.DuckDBPyConnection,
    folder: Path,
    name: str,
    types: dict[str, str],
    form: str,
    number: int,
    templates: int,
    injected: dict[int, InjectedEvent],
) -> int:
    """One table: every copy but those with an error in one query, in the order in which `readouts build` writes rows, then those."""
    query = _copies_query(database, name, types, number, templates)
    path = folder / f"{name}.{form}"
    how = {
        "jsonl": "FORMAT JSON",
        "parquet": "FORMAT PARQUET, COMPRESSION ZSTD",
        "csv": "FORMAT CSV, HEADER",
    }[form]
    database.execute(f"COPY ({query}) TO {literal(str(path))} ({how})")
    extra: list[Row | bytes] = [row for event in injected.values() for row in event.rows[name]]
    if name == "agents":
        extra = [*PUBLISHERS, *extra]
    if extra:
        write_rows(
            database,
            path if form != "parquet" else folder / f"{name}-injected.parquet",
            types,
            form,
            extra,
            append=form != "parquet",
        )
    (total,) = database.execute(f"SELECT count(*) FROM ({query})").fetchone() or (0,)
    return total + len(extra)


def _copies_query(
    database: duckdb.DuckDBPyConnection,
    name: str,
    types: dict[str, str],
    number: int,
    templates: int,
) -> str:
    """Return the query of a table's rows for every copy of an event without an error, in order."""
    numbered = f"replace({{}}, '{NUMBER}', lpad(CAST(c.copy AS VARCHAR), 8, '0'))"
    values = []
    for column, kind in types.items():
        value = f"t.{quoted(column)}"
        if name == "sources" and column == "text_sha256":
            value = "h.sha"
        elif kind == "VARCHAR" and database.execute(
            f"SELECT count(*) FROM t_{name} WHERE contains({quoted(column)}, '{NUMBER}')"
        ).fetchone() != (0,):
            value = numbered.format(value)
        values.append(f"{value} AS {quoted(column)}")
    shared = name in ("agents", "offices")
    copies = f"(SELECT range AS copy, range % {templates} AS template FROM range({number}) WHERE range NOT IN (SELECT copy FROM sites))"
    query = f"SELECT {', '.join(values)} FROM {copies} AS c JOIN t_{name} AS t ON t.template = c.template"
    if shared:
        query = f"SELECT {', '.join(values)} FROM t_{name} AS t WHERE t.template IN (SELECT template FROM {copies})"
    elif name == "sources":
        query = (
            f"SELECT {', '.join(values)} FROM {copies} AS c JOIN t_sources AS t ON t.template = c.template JOIN (SELECT c.copy, t.source_id, sha256({numbered.format('t.text')}) AS sha "
            f"FROM {copies} AS c JOIN t_captures AS t ON t.template = c.template) AS h ON h.copy = c.copy AND h.source_id = t.source_id"
        )
    return f"{query} ORDER BY {', '.join(map(quoted, ORDER[name]))}"


def write_rows(
    database: duckdb.DuckDBPyConnection,
    path: Path,
    types: dict[str, str],
    form: str,
    rows: list[Row | bytes],
    append: bool,
) -> None:
    """Rows by hand: objects, and in JSONL lines as they are."""
    if form == "csv":
        with path.open("a" if append else "w", encoding="utf-8", newline="") as cells:
            writer = csv.writer(cells, lineterminator="\n")
            if not append:
                writer.writerow(types)
            writer.writerows(
                ["" if row[c] is None else row[c] for c in types]
                for row in rows
                if isinstance(row, dict)
            )
        return
    lines = path if form == "jsonl" else path.with_suffix(".lines")
    with lines.open("ab" if append else "wb") as out:
        out.writelines(
            row
            if isinstance(row, bytes)
            else json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            for row in rows
        )
    if form == "parquet":
        columns = ", ".join(
            f"{quoted(c)}: '{'VARCHAR' if t == 'DATE' else t}'" for c, t in types.items()
        )
        query = f"SELECT * FROM read_json({literal(str(lines))}, format = 'newline_delimited', columns = {{{columns}}})"
        database.execute(f"COPY ({query}) TO {literal(str(path))} (FORMAT PARQUET)")
        lines.unlink()
