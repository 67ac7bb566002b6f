"""`readouts show`: a source, statement, event or claim in the terminal, quotations marked in their context."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table as Grid
from rich.text import Text

from ..compile.rows import Row, Rows
from ..core.spelling import nearest
from ..curation.capture_record import page_at
from .report import plain

if TYPE_CHECKING:
    import datasets

STYLES = {"content": "bold green", "cue": "yellow", "speaker": "bold cyan", "context": "dim"}
SURROUND = 120
"""Code points of the source shown around a statement."""


class UnknownId(Exception):
    """No record has the id; the message includes the nearest ones."""


def show(
    identifier: str, rows: Rows, captures: dict[str, str], pages: dict[str, list[int]] | None = None
) -> RenderableType:
    """Draw a record; `pages` are the offsets by source at which each page begins. Raises UnknownId."""
    kinds = {"statements": _statement, "sources": _source, "events": _event, "claims": _claim}
    for name, draw in kinds.items():
        key = f"{name[:-1]}_id"
        for row in rows.tables[name]:
            if row[key] == identifier:
                shown = draw(row, rows, captures)
                page = (
                    page_at((pages or {}).get(row["source_id"], []), row["start"])
                    if name == "statements"
                    else None
                )
                return Group(shown, Text(f"on page {page} of the original")) if page else shown
    known = [row[f"{name[:-1]}_id"] for name in kinds for row in rows.tables[name]]
    if any(row["agent_id"] == identifier for row in rows.tables["agents"]):
        raise UnknownId(
            f"`{identifier}` is an agent, and agents are not shown: see data/agents/{identifier}.yaml"
        )
    raise UnknownId(
        f"unknown source, statement, event or claim `{identifier}`{nearest(identifier, known)}"
    )


def _legend() -> Text:
    return Text.assemble(
        *(part for role, style in STYLES.items() for part in ((role, style), "  "))
    )


def _facts(row: Row, *columns: str) -> Grid:
    grid = Grid.grid(padding=(0, 2))
    for column in columns:
        if row[column] is not None:
            grid.add_row(Text(column, "dim"), Text(plain(str(row[column]))))
    return grid


def _marked(
    text: str, start: int, end: int, segments: list[Row], excluded: list[Row] | None = None
) -> Text:
    """Return the passage of a capture with its segments (and exclusions, struck through) styled by role. Offsets are code points."""
    result, at = Text(), start
    pieces = [(s["start"], s["end"], STYLES[s["role"]]) for s in segments] + [
        (e["start"], e["end"], "strike dim") for e in excluded or []
    ]
    for begin, stop, style in sorted(pieces):
        if begin > at:
            result.append(plain(text[at:begin]))
        result.append(plain(text[max(begin, at) : stop]), style)
        at = max(at, stop)
    result.append(plain(text[at:end]))
    return result


def _segments_of(rows: Rows) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for segment in rows.tables["segments"]:
        found[segment["statement_id"]].append(segment)
    return found


def _statement(row: Row, rows: Rows, captures: dict[str, str]) -> RenderableType:
    segments = _segments_of(rows)[row["statement_id"]]
    text = captures.get(row["source_id"])
    if text is None:
        shown = _marked(
            row["exact"],
            0,
            len(row["exact"]),
            [
                {**s, "start": s["start"] - row["start"], "end": s["end"] - row["start"]}
                for s in segments
            ],
        )
    else:
        start, end = max(0, row["start"] - SURROUND), min(len(text), row["end"] + SURROUND)
        shown = Text.assemble("…", _marked(text, start, end, segments), "…")
    parts = [
        _facts({**a, "as": a["office_id"]}, "role", "agent_id", "as", "label")
        for a in rows.tables["attributions"]
        if a["statement_id"] == row["statement_id"]
    ]
    facts = _facts(
        row, "speaker_name", "speaker_title", "date", "date_basis", "date_expression", "mode", "speech_act", "cue", "continues", "antecedent", "repeats",
        "within", "source_id", "event_name",
    )  # fmt: skip
    return Group(
        Panel(shown, title=row["statement_id"], subtitle=_legend()),
        facts,
        Text("attributions", "bold"),
        *parts,
    )


def _source(row: Row, rows: Rows, captures: dict[str, str]) -> RenderableType:
    source_id = row["source_id"]
    segments = _segments_of(rows)
    mine = [
        s
        for statement in rows.tables["statements"]
        if statement["source_id"] == source_id
        for s in segments[statement["statement_id"]]
    ]
    excluded = [e for e in rows.exclusions if e["source_id"] == source_id]
    text = captures.get(source_id)
    body: RenderableType = (
        Text("(the captured text is not available)")
        if text is None
        else _marked(text, 0, len(text), mine, excluded)
    )
    facts = _facts(
        row,
        "title",
        "publisher_id",
        "publisher_basis",
        "published_on",
        "account_type",
        "rights",
        "redistribution",
        "reproduced_share",
    )
    return Group(
        Panel(body, title=source_id, subtitle=Text.assemble(_legend(), ("excluded", "strike dim"))),
        facts,
    )


def _event(row: Row, rows: Rows, captures: dict[str, str]) -> RenderableType:
    """Return the facts of the event and its claims by account."""
    statements = {
        s["statement_id"]: s for s in rows.tables["statements"] if s["event_id"] == row["event_id"]
    }
    accounts = sorted({s["source_id"] for s in statements.values()})
    grid = Grid(title=Text(plain(row["name"])), show_lines=True)
    grid.add_column("claim")
    for account in accounts:
        publisher = next(
            (s["publisher_name"] for s in statements.values() if s["source_id"] == account), None
        )
        grid.add_column(Text(plain(f"{publisher or 'publisher unknown'}\n{account}")))
    for claim in rows.tables["claims"]:
        if claim["event_id"] != row["event_id"]:
            continue
        cells = []
        for account in accounts:
            said = [
                Text.assemble((plain(f"“{a['quote']}”"), "green"), (f" {a['relation']}", "" if a["relation"] == "equivalent" else "yellow"),
                              f" {a['statement_id'].partition('.')[2]}")
                for a in rows.tables["attestations"]
                if a["claim_id"] == claim["claim_id"] and a["statement_id"].partition(".")[0] == account
            ]  # fmt: skip
            cells.append(Text("\n").join(said) if said else Text("left out", "bold red"))
        grid.add_row(
            Text(plain(f"{claim['claim_id'].partition('.')[2]} {claim['proposition']}")), *cells
        )
    return Group(
        _facts(row, "event_id", "type", "start_date", "end_date", "place", "country"), grid
    )


def _claim(row: Row, rows: Rows, captures: dict[str, str]) -> RenderableType:
    parts: list[RenderableType] = [Panel(Text(plain(row["proposition"])), title=row["claim_id"])]
    statements = {s["statement_id"]: s for s in rows.tables["statements"]}
    for attestation in rows.tables["attestations"]:
        if attestation["claim_id"] == row["claim_id"]:
            text = Text(plain(statements[attestation["statement_id"]]["exact"]))
            text.highlight_words([plain(attestation["quote"])], "bold green")
            parts.append(
                Panel(text, title=attestation["statement_id"], subtitle=attestation["relation"])
            )
    for omission in rows.tables["omissions"]:
        if omission["claim_id"] == row["claim_id"]:
            parts.append(Panel(Text("left out", "bold red"), title=omission["source_id"]))
    for pair in rows.tables["pairs"]:
        if pair["divergence"] and row["claim_id"] in (pair["claim_ids"] or "").split():
            parts.append(
                Panel(Text(plain(pair["divergence"])), title="divergence", subtitle=pair["pair_id"])
            )
    return Group(*parts)


COLUMNS_SHOWN = 6
ROWS_SHOWN = 25
SUMMARY = {"statements": ("statement_id", "speaker_name", "date", "mode", "text")}
"""Columns shown of a loaded table, if not the first COLUMNS_SHOWN."""


def rows_of(table: str, dataset: datasets.Dataset) -> RenderableType:
    """Return a loaded table: its size and types, and its first rows."""
    columns = SUMMARY.get(table, tuple(dataset.column_names[:COLUMNS_SHOWN]))
    grid = Grid(title=f"{table}: {dataset.num_rows:,} rows, {len(dataset.column_names)} columns")
    for column in columns:
        grid.add_column(
            f"{column}\n{getattr(dataset.features[column], 'dtype', '')}", overflow="fold"
        )
    for row in dataset.select(range(min(ROWS_SHOWN, dataset.num_rows))):
        cells = []
        for column in columns:
            value = row[column]
            names = getattr(dataset.features[column], "names", None)
            shown = names[value] if names and value is not None else value
            cells.append(Text("null", "dim") if shown is None else Text(plain(str(shown))))
        grid.add_row(*cells)
    return grid
