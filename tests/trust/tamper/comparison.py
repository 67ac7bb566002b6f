"""Results of general tools for the same corruptions: `frictionless validate` on the data package, `jsonschema` on every record.

General tools know nothing of captures and cannot read curated files. To give frictionless something
to validate, a corruption of the curated files is first built into tables without checking any rule
(words that are in no capture are published as typed), with correct hashes in the descriptor, as a
project without these rules would publish them. `jsonschema` validates the curated file against its
schema. For published tables, both validate the corrupted files.

`frictionless validate datapackage.json` takes two seconds, so of one corruption only those
resources are validated (by frictionless itself) whose result can have changed: those whose bytes
changed, and those with a foreign key to a column whose values changed. A test holds this to the
whole command.
"""

from __future__ import annotations

import json
from typing import Any

import frictionless
import jsonschema

from readouts.compile.files import csv_from_rows, jsonl_from_rows
from readouts.compile.rows import Rows as Compiled
from readouts.core.definitions import read_schema
from readouts.core.layout import Layout
from readouts.curation.corpus import read_corpus
from readouts.curation.quotations import fold_space
from readouts.publication.descriptor import bytes_from_descriptor, descriptor, resource_name

from .base import Base
from .operators import Curated, Published
from .wording import text_of

Rows = dict[str, list[dict[str, Any]]]
CHECKER = jsonschema.FormatChecker()


def check_with_jsonschema(base: Base, corruption: Curated | Published) -> bool:
    """Return True if jsonschema, with its format checks, rejects a curated file or a published record."""
    if isinstance(corruption, Curated):
        return any(
            not jsonschema.Draft202012Validator(read_schema(base.layout, f"curation/{key[0]}"), format_checker=CHECKER).is_valid(value)
            for key, value in corruption.files.items() if value is not None
        )  # fmt: skip
    for name, rows in corruption.tables.items():
        validator = jsonschema.Draft202012Validator(
            base.outcome.tables[name].schema, format_checker=CHECKER
        )
        if any(not validator.is_valid(row) for row in rows if row not in base.rows[name]):
            return True
    return False


class Stock:
    """A folder with the valid data package, in which one corruption at a time is written, validated and reverted."""

    def __init__(self, base: Base) -> None:
        self._base, self._layout = base, Layout(base.bundle.parent / "stock")
        self._forms = {name: self._files(name, rows) for name, rows in base.rows.items() if rows}
        for forms in self._forms.values():
            self._put(forms)
        self._descriptor = self._descriptor_of(base.rows, self._forms)
        self._layout.descriptor.write_bytes(self._descriptor)

    def check(
        self, changed: Rows, rehashed: bool, forms: tuple[str, ...] = ("csv", "jsonl")
    ) -> bool:
        """Return True if `frictionless validate datapackage.json` reports anything, with recomputed hashes (`rehashed`) or the old ones.

        `forms` are the validated formats of a table; the CSV has the same values as the JSONL.
        """
        base = self._base
        changed = {name: rows for name, rows in changed.items() if rows != base.rows.get(name, [])}
        if any(bool(rows) != bool(base.rows.get(name)) for name, rows in changed.items()):
            return self.check_whole(changed, rehashed)
        names = list(changed) + [
            name for name in base.rows if name not in changed and self._refers(name, changed)
        ]
        try:
            self._corrupt(changed, rehashed)
            for form in forms:
                package = self._package(names, form)
                if not all(
                    package.get_resource(resource_name(name, form)).validate().valid
                    for name in names
                ):
                    return True
            return False
        finally:
            self._restore(changed)

    def _package(self, names: list[str], form: str) -> frictionless.Package:
        """Return the descriptor without resources that are neither validated nor referred to by a validated one."""
        tables = self._base.outcome.tables
        wanted = {*names, *(key.table for name in names for key in tables[name].foreign_keys)}
        described = json.loads(self._layout.descriptor.read_bytes())
        kept = {resource_name(name, form) for name in wanted}
        described["resources"] = [
            entry for entry in described["resources"] if entry["name"] in kept
        ]
        return frictionless.Package.from_descriptor(described, basepath=str(self._layout.root))

    def check_whole(self, changed: Rows, rehashed: bool) -> bool:
        """Return the same with the whole command."""
        try:
            self._corrupt(changed, rehashed)
            return not frictionless.validate(str(self._layout.descriptor)).valid
        finally:
            self._restore(changed)

    def _refers(self, name: str, changed: Rows) -> bool:
        """Return True if a foreign key of the table refers to a column whose values changed."""
        if not self._base.rows[name]:
            return False
        return any(
            {row.get(column) for row in changed[key.table]}
            != {row[column] for row in self._base.rows[key.table]}
            for key in self._base.outcome.tables[name].foreign_keys
            if key.table in changed
            for column in key.references
        )

    def _files(self, name: str, rows: list[dict[str, Any]]) -> dict[str, tuple[str, bytes]]:
        return {"csv": (f"data/tables/{name}.csv", csv_from_rows(self._base.outcome.tables[name], rows)),
                "jsonl": (f"data/tables/{name}.jsonl", jsonl_from_rows(rows))}  # fmt: skip

    def _descriptor_of(self, rows: Rows, forms: dict[str, dict[str, tuple[str, bytes]]]) -> bytes:
        return bytes_from_descriptor(
            descriptor(
                read_corpus(self._base.layout),
                self._base.outcome.tables,
                forms,
                rows["sources"],
                self._base.ledger,
            )
        )

    def _put(self, forms: dict[str, tuple[str, bytes]]) -> None:
        for path, data in forms.values():
            (self._layout.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self._layout.root / path).write_bytes(data)

    def _corrupt(self, changed: Rows, rehashed: bool) -> None:
        forms = dict(self._forms)
        for name, rows in changed.items():
            forms.pop(name, None)
            if rows:
                forms[name] = self._files(name, rows)
                self._put(forms[name])
            else:
                for form in ("csv", "jsonl"):
                    self._layout.table(name, form).unlink(missing_ok=True)
        if rehashed:
            rows = {**self._base.rows, **changed}
            ordered = {name: forms[name] for name in self._base.outcome.tables if name in forms}
            self._layout.descriptor.write_bytes(self._descriptor_of(rows, ordered))

    def _restore(self, changed: Rows) -> None:
        for name in changed:
            if name in self._forms:
                self._put(self._forms[name])
            else:
                for form in ("csv", "jsonl"):
                    self._layout.table(name, form).unlink(missing_ok=True)
        self._layout.descriptor.write_bytes(self._descriptor)


def rows_as_typed(base: Base, corruption: Curated, rows: Compiled) -> Rows:
    """The tables that the corrupted files would give if nothing were checked; a quotation found nowhere is taken as typed."""
    tables: Rows = {name: [dict(row) for row in found] for name, found in rows.tables.items()}
    compiled = {row["statement_id"] for row in tables["statements"]}
    for key, value in corruption.files.items():
        if key[0] != "source" or not isinstance(value, dict):
            continue
        for entry in value.get("statements") or ():
            identifier = f"{key[1]}.{entry.get('id')}"
            known = next(
                (row for row in base.rows["statements"] if row["statement_id"] == identifier), None
            )
            if identifier not in compiled and known and entry.get("quote"):
                words = fold_space(text_of(entry["quote"]))
                tables["statements"].append(
                    {**known, "exact": words, "text": words, "speaker_id": entry.get("speaker")}
                )
                for name in ("segments", "attributions", "attestations"):
                    present = {base.outcome.tables[name].record_id(row) for row in tables[name]}
                    tables[name] += [dict(row) for row in base.rows[name] if row["statement_id"] == identifier and base.outcome.tables[name].record_id(row) not in present]  # fmt: skip
    return tables
