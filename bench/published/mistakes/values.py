"""Mistakes of one value, and lines that are not records."""

from __future__ import annotations

import json
from collections.abc import Callable

from ..names import Row
from .injected import InjectedEvent, Kind, record_id, segments_of_fourth, target_place

ANY = ("jsonl", "parquet", "csv")
TYPED = ("jsonl",)


def _line(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _value(table: str, code: str, change: Callable[[Row], Row], forms: tuple[str, ...]) -> Kind:
    """A record with one wrong value."""

    def make(p: InjectedEvent) -> list[tuple[str, str, str]]:
        number = {
            "statements": 3,
            "attestations": 5,
            "attributions": target_place(p),
            "segments": p.rows["segments"].index(segments_of_fourth(p)[0]),
            "pairs": 5,
        }[table]
        p.rows[table][number] = change(p.rows[table][number])
        return [(code, table, record_id(table, p.rows[table][number]))]

    return make, forms


def _junk(table: str, change: Callable[[str], str | bytes]) -> Kind:
    """A line more that is not a record, found at the id that it begins with; only JSONL can hold it."""

    def make(p: InjectedEvent) -> list[tuple[str, str, str]]:
        row = p.rows[table][-1]
        line = change(_line(row))
        p.rows[table].append((line if isinstance(line, bytes) else line.encode()) + b"\n")
        named = bytes(p.rows[table][-1]).strip()
        return [("row_readable", table, record_id(table, row) if named else "")]

    return make, ("jsonl",)


VALUE_MISTAKES: dict[str, Kind] = {
    "text for a number": _value(
        "segments", "value_type", lambda row: row | {"start": str(row["start"])}, TYPED
    ),
    "number for a text": _value(
        "attributions", "value_type", lambda row: row | {"label": 5}, TYPED
    ),
    "list for a text": _value(
        "statements", "value_type", lambda row: row | {"cue": ["said"]}, TYPED
    ),
    "truth for a number": _value(
        "segments", "value_type", lambda row: row | {"start": True}, TYPED
    ),
    "null where none may be": _value(
        "statements", "value_type", lambda row: row | {"language": None}, ANY
    ),
    "no whole number": _value(
        "segments", "value_type", lambda row: row | {"end": row["end"] + 0.5}, ("jsonl", "csv")
    ),
    "missing key": _value(
        "statements",
        "key_present",
        lambda row: {k: v for k, v in row.items() if k != "within"},
        TYPED,
    ),
    "unknown key": _value("attestations", "key_known", lambda row: row | {"note": None}, TYPED),
    "unknown term": _value("statements", "term_known", lambda row: row | {"mode": "shouted"}, ANY),
    "other letters in an id": _value(
        "pairs", "value_form", lambda row: row | {"claim_ids": "Not An Id"}, ANY
    ),
    "no such day": _value(
        "statements", "value_form", lambda row: row | {"published_on": "2019-02-29"}, ANY
    ),
    "day written loosely": _value(
        "statements", "value_form", lambda row: row | {"published_on": "2021-1-8"}, ANY
    ),
    "line end after a term": _value(
        "statements", "value_form", lambda row: row | {"language": row["language"] + "\n"}, ANY
    ),
    "empty text": _value(
        "statements", "value_form", lambda row: row | {"cue": ""}, ("jsonl", "parquet")
    ),
    "too long": _value("statements", "value_form", lambda row: row | {"prefix": "é" * 33}, ANY),
    "below zero": _value("segments", "value_range", lambda row: row | {"start": -1}, ANY),
    "beyond all numbers": _value(
        "segments",
        "value_range",
        lambda row: row | {"start": 12345678901234567890},
        ("jsonl", "csv"),
    ),
    "repeated key": _junk("attestations", lambda line: line[:-1] + ',"added_in":null}'),
    "not a number": _junk("segments", lambda line: line[:-1] + ',"note":NaN}'),
    "too large": _junk("segments", lambda line: line[:-1] + ',"note":1e999}'),
    "an unpaired surrogate": _junk("statements", lambda line: line[:-1] + ',"note":"\\ud83d"}'),
    "no UTF-8": _junk("statements", lambda line: line.encode()[:-1] + b',"note":"\xff"}'),
    "cut off": _junk("statements", lambda line: line[: len(line) // 2]),
    "two on a line": _junk("statements", lambda line: line + line),
    "blank line": _junk("attributions", lambda line: "  "),
}
