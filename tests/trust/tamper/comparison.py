"""What stock tools make of the same corruptions: `frictionless validate` on the data package, `jsonschema` on every record.

Stock tools know nothing of captures and cannot read what curators wrote. So that frictionless has something to judge, a corruption of
the curated files is first built into tables without asking any rule (words that stand in no capture are published as typed), with
true hashes in the descriptor: what a project without these rules would publish. `jsonschema` judges the curated file itself against
its schema. Of the published tables, both judge the corrupted files as they lie.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import frictionless
import jsonschema

from readouts.curation.files import read_curation
from readouts.curation.quotations import fold_space
from readouts.layout import Layout
from readouts.publication.descriptor import bytes_from_descriptor, descriptor
from readouts.tables.definitions import read_schema
from readouts.tables.files import csv_from_rows, jsonl_from_rows
from readouts.tables.ledger import read_ledger
from readouts.validation import judge

from .base import Base
from .judging import corrupted, put
from .operators import Curated, Published
from .wording import text_of

Rows = dict[str, list[dict[str, Any]]]


def judge_with_jsonschema(base: Base, corruption: Curated | Published) -> bool:
    """Whether jsonschema, with its format checks, rejects a curated file or a published record."""
    checker = jsonschema.FormatChecker()
    if isinstance(corruption, Curated):
        return any(
            not jsonschema.Draft202012Validator(read_schema(base.layout, f"curation/{key[0]}"), format_checker=checker).is_valid(value)
            for key, value in corruption.files.items() if value is not None
        )  # fmt: skip
    for name, rows in corruption.tables.items():
        validator = jsonschema.Draft202012Validator(base.outcome.tables[name].schema, format_checker=checker)
        if any(not validator.is_valid(row) for row in rows if row not in base.rows[name]):
            return True
    return False


def judge_with_frictionless(base: Base, corruption: Curated | Published, aided: bool) -> bool:
    """Whether `frictionless validate datapackage.json` reports anything. `aided`: with hashes made to fit."""
    rows = rows_as_typed(base, corruption) if isinstance(corruption, Curated) else {**base.rows, **corruption.tables}
    with tempfile.TemporaryDirectory(prefix="tamper-") as folder:
        layout = Layout(Path(folder))
        forms: dict[str, dict[str, tuple[str, bytes]]] = {}
        for name, table in base.outcome.tables.items():
            if rows.get(name):
                forms[name] = {"csv": (f"data/tables/{name}.csv", csv_from_rows(table, rows[name])),
                               "jsonl": (f"data/tables/{name}.jsonl", jsonl_from_rows(rows[name]))}  # fmt: skip
                for path, data in forms[name].values():
                    (layout.root / path).parent.mkdir(parents=True, exist_ok=True)
                    put(layout.root / path, data)
        if aided or isinstance(corruption, Curated):
            package = descriptor(base.outcome.tables, forms, rows["sources"], read_ledger(base.layout))
            put(layout.descriptor, bytes_from_descriptor(package))
        else:
            shutil.copy(base.layout.descriptor, layout.descriptor)
        return not frictionless.validate(str(layout.descriptor)).valid


def rows_as_typed(base: Base, corruption: Curated) -> Rows:
    """The tables that the corrupted files would give if nothing were checked; a quotation found nowhere is taken as typed."""
    with corrupted(base, corruption):
        rows = judge(base.layout, read_curation(base.layout)).rows
    tables: Rows = {name: [dict(row) for row in found] for name, found in rows.tables.items()}
    compiled = {row["statement_id"] for row in tables["statements"]}
    for key, value in corruption.files.items():
        if key[0] != "source" or not isinstance(value, dict):
            continue
        for entry in value.get("statements") or ():
            identifier = f"{key[1]}.{entry.get('id')}"
            known = next((row for row in base.rows["statements"] if row["statement_id"] == identifier), None)
            if identifier not in compiled and known and entry.get("quote"):
                words = fold_space(text_of(entry["quote"]))
                tables["statements"].append(
                    {**known, "exact": words, "text": words, "speaker_id": entry.get("speaker")}
                )
                for name in ("segments", "attributions", "attestations"):
                    present = {base.outcome.tables[name].record_id(row) for row in tables[name]}
                    tables[name] += [dict(row) for row in base.rows[name] if row["statement_id"] == identifier and base.outcome.tables[name].record_id(row) not in present]  # fmt: skip
    return tables
