"""Helpers of the operators on published tables: editing a row, and the attacker's recomputation."""

from __future__ import annotations

import copy
from functools import partial
from typing import Any

from .base import Base
from .operators import Published

Row = dict[str, Any]
UNPROVEN = "a curator's judgement or a fact about the world, which tables and captures do not refute: the hash in the ledger and the signed checksums"
COPIES = {"speaker_name": ("agents", "agent_id", "speaker_id", "name"), "event_name": ("events", "event_id", "event_id", "name"),
          "published_on": ("sources", "source_id", "source_id", "published_on"), "url": ("sources", "source_id", "source_id", "url")}  # fmt: skip


def edited(base: Base, table: str, place: int, /, **values: Any) -> dict[str, list[Row]]:
    """The table with some values of one row changed."""
    rows = copy.deepcopy(base.rows[table])
    rows[place].update(values)
    return {table: rows}


def recomputed(base: Base, tables: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """Recompute the columns that an attacker can: copied columns, texts of pairs, prefix and suffix, offsets that follow from the words."""
    new = {name: copy.deepcopy(tables.get(name, base.rows[name])) for name in base.rows}
    by = {
        name: {row[key]: row for row in new[name]}
        for name, key in (
            ("agents", "agent_id"),
            ("events", "event_id"),
            ("sources", "source_id"),
            ("statements", "statement_id"),
        )
    }
    for row in new["statements"]:
        for column, (table, _, link, value) in COPIES.items():
            row[column] = by[table].get(row[link], {}).get(value, row[column])
        source = by["sources"].get(row["source_id"], {})
        row["publisher_name"] = by["agents"].get(source.get("publisher_id"), {}).get("name")
        capture = base.captures.get(row["source_id"], "")
        if not (
            isinstance(row["exact"], str)
            and isinstance(row["start"], int)
            and isinstance(row["end"], int)
        ):
            continue
        if row["exact"] in capture and capture[row["start"] : row["end"]] != row["exact"]:
            row["start"] = capture.index(row["exact"])
            row["end"] = row["start"] + len(row["exact"])
        elif row["end"] - row["start"] != len(row["exact"]):
            row["end"] = row["start"] + len(row["exact"])
        row["prefix"] = capture[max(0, row["start"] - 32) : row["start"]] or None
        row["suffix"] = capture[row["end"] : row["end"] + 32] or None
    for row in new["pairs"]:
        for side in "ab":
            statement = by["statements"].get(row[f"statement_{side}"])
            if statement:
                row[f"text_{side}"] = statement["text"]
    for row in new["attributions"]:
        statement = by["statements"].get(row["statement_id"])
        if statement and row["role"] == "speaker":
            row["agent_id"], row["label"] = statement["speaker_id"], statement["speaker_label"]
    return {name: rows for name, rows in new.items() if rows != base.rows[name]}


def given(base: Base, tables: dict[str, list[Row]], aided: bool, note: str) -> Published:
    return Published(note, tables, partial(recomputed, base) if aided else None)
