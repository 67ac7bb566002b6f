"""Rows that need a closer check, with their places, as the reference reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import duckdb

from ..core.definitions import Table
from ..rules.engine import reader_of
from .json_rows import UnreadableRow, row_from_line, text_of_line
from .lines import Lines
from .reading import iter_rows
from .shards import Shard


def iter_suspect(
    database: duckdb.DuckDBPyConnection, table: Table, first: int
) -> Iterator[tuple[int, str]]:
    """Yield the suspect rows from a place on, in order, as (place, text), in batches: a file may consist of them."""
    cursor = reader_of(database).execute(
        f"SELECT rowid, suspect FROM loaded_{table.name} WHERE suspect IS NOT NULL AND rowid >= {first} ORDER BY rowid"
    )
    while rows := cursor.fetchmany(10_000):
        yield from rows


def places_in_lines(
    lines: Lines, suspect: Iterable[tuple[int, str]], first: int
) -> Iterator[tuple[int, int, Any, str]]:
    for place, text in suspect:
        number = lines.number(place - first)
        try:
            yield place, number, row_from_line(text or lines.read(number)), ""
        except UnreadableRow as error:
            yield place, number, text_of_line(text or lines.read(number)), str(error)


def places_in_rows(
    shard: Shard, table: Table, suspect: Iterable[tuple[int, str]], first: int
) -> Iterator[tuple[int, int, Any, str]]:
    wanted = (place for place, _ in suspect)
    place = next(wanted, None)
    if place is None:
        return
    for index, (number, row, reason) in enumerate(iter_rows(shard, table)):
        if first + index == place:
            yield place, number, row, reason
            place = next(wanted, None)
            if place is None:
                return
    while place is not None:
        yield place, place - first + 1, None, "the row could not be read again"
        place = next(wanted, None)
