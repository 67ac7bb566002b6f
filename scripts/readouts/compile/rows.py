"""Rows compiled from the curated files for the published tables, each with the place that it came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ..core.definitions import Table
from ..core.findings import Finding
from ..core.spelling import nearest_id
from ..curation.files import CuratedFile
from .problems import Misquotation, QuotationProblem

Row = dict[str, Any]
Place = tuple[str | int, ...]

_KEYS = {
    "publisher_id": "publisher", "event_id": "event", "speaker_id": "speaker", "speaker_label": "label", "speaker_title": "title",
    "exact": "quote", "text": "quote", "start": "quote", "end": "quote", "date_source_id": "date_source",
    "organization_id": "organization", "agent_id": "agent", "statement_id": "statement", "office_id": "title",
}  # fmt: skip
"""Column → key of the curated file, where they differ."""
_DUPLICATE_HINTS = {
    "attestations": "A statement attests a claim only once: delete one of the two, or quote the words of both as one passage.",
    "participants": "Delete one of the two.",
    "offices": "Give this one a different id, such as foreign-minister-2022, or delete one of the two.",
}
OWNERS = {"statements": "sources", "claims": "events"}
"""Table → table of the record in whose file its records are written; the owner's id is the part of the id before the full stop."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The place of a record in a curated file."""

    file: CuratedFile
    place: Place

    def line(self, column: str) -> int:
        """Return the 1-based line of the key that `column` comes from, or of the record."""
        return self.file.document.line((*self.place, _KEYS.get(column, column)))


@dataclass(slots=True)
class Rows:
    """Compiled rows by table, the offsets of the exclusions, origins by (table, record id), and the findings.

    `quarantined` are the (table, id) of records that exist in the curated files and violated a
    rule; `incomplete` the (table, id) of sources and events that lack a record for that reason, and
    of duplicate offices and others; `unplaced` the known facts of quarantined records, so that
    their references can still be checked; `misquotations` the problems of quotations, which
    `advice` turns into findings.
    """

    tables: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    exclusions: list[Row] = field(default_factory=list)
    origins: dict[tuple[str, str], Origin] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    quarantined: set[tuple[str, str]] = field(default_factory=set)
    unplaced: list[tuple[Table, Row, Origin]] = field(default_factory=list)
    misquotations: list[Misquotation] = field(default_factory=list)
    incomplete: set[tuple[str, str]] = field(default_factory=set)
    drafted: set[str] = field(default_factory=set)
    """Ids of drafted statements: they are left out, with the claims and attestations that need them."""
    drafted_agents: set[str] = field(default_factory=set)
    """Agents whom drafts name."""

    def add(self, table: Table, row: Row, origin: Origin) -> None:
        """Append the row, with its columns in the table's order. A second record with the same id is a finding and left out."""
        record = table.record_id(row)
        if (table.name, record) in self.origins:
            first = self.origins[(table.name, record)]
            self.findings.append(
                origin.file.finding(
                    "ids_unique", (*origin.place, "id"), record,
                    f"`{record}` already exists ({first.file.path}, line {first.line('id')})",
                    _DUPLICATE_HINTS.get(table.name, "Give this one the next free id, or delete one of the two."),
                )
            )  # fmt: skip
            self.incomplete.add((table.name, record))
            if table.name in (
                "attestations",
                "participants",
            ):  # the other one may have been meant for another
                self.incomplete.add(("events", record.partition("/")[0].partition(".")[0]))
            self.mark_unnamed(table.name, record)
            return
        self.origins[(table.name, record)] = origin
        self.tables[table.name].append({name: row.get(name) for name in table.column_names})

    def misquote(
        self,
        file: CuratedFile,
        place: Place,
        record: str,
        problems: list[QuotationProblem],
        statement: Row | None = None,
    ) -> None:
        """Note the problems of the quotations in the entry at the place, if there are any."""
        if problems:
            self.misquotations.append(Misquotation(file, place, record, problems, statement))

    def add_parts(self, table: Table, parts: list[Row]) -> None:
        """Append rows that are all parts of one statement, their origin."""
        self.tables[table.name] += [
            {name: part.get(name) for name in table.column_names} for part in parts
        ]

    def origin_of(self, table: str, record: str) -> Origin | None:
        """Return where the record was written; None if it does not exist."""
        if table == "segments":
            return self.origins.get(("statements", record.rpartition("/")[0]))
        return self.origins.get((table, record)) or self.origins.get(
            (table, record.rpartition("/")[0])
        )

    def mark_unnamed(self, table: str, record: str) -> None:
        """Note that a statement or claim of the same owner has no id of its own: references to it may lead nowhere for that reason."""
        if table in OWNERS:
            owner = record.partition(".")[0]
            self.incomplete |= {("unnamed", owner), (OWNERS[table], owner)}

    def owner_of(self, table: str, record: str) -> tuple[str, str] | None:
        """Return (table, id) of the source, event or agent in whose file the statement, claim or office is written, known or not.

        An office's id begins with that of its agent and a hyphen: of the agents known, the one with
        the longest id that fits.
        """
        if table in OWNERS:
            return OWNERS[table], record.partition(".")[0]
        if table == "exclusions":
            return "sources", record.partition("/")[0]
        if table == "offices":
            agents = [a for t, a in self.origins if t == "agents" and record.startswith(f"{a}-")]
            return ("agents", max(agents, key=len)) if agents else None
        return None


def report_unresolved(rows: Rows) -> None:
    """Report every reference of an unplaced record to a missing one; those of placed records are left to the guards."""
    for table, row, origin in rows.unplaced:
        for key in table.foreign_keys:
            value = row.get(key.fields[0])
            if value is not None and not is_known(rows, key.table, value):
                known = [name for t, name in rows.origins if t == key.table]
                rows.findings.append(
                    unresolved(origin, key.fields[0], table.record_id(row), value, key.table, known)
                )


def is_known(rows: Rows, table: str, value: str) -> bool:
    """Return True if the record exists, even if it is left out because of a finding."""
    return (table, value) in rows.origins or is_quarantined(rows, table, value)


def unresolved(
    origin: Origin, column: str, record: str, value: str, table: str, known: Iterable[str]
) -> Finding:
    """Return the finding about a reference to an unknown record; `reference_resolves.sql` has the same message."""
    return Finding(
        "reference_resolves", "error", origin.file.path, origin.line(column), column, record,
        f"there is no `{value}` in {table}{nearest_id(value, known)}", "Use an existing id, or add the missing record.",
    )  # fmt: skip


def drop_quarantined_rows(rows: Rows, tables: dict[str, Table]) -> None:
    """Leave out every row that refers to a quarantined record, and the rows that refer to those, until none does.

    Thus one mistake makes one finding. The sources and events that lost a row are marked
    incomplete.
    """
    while rows.quarantined or rows.incomplete:
        lost = 0
        for name, table in tables.items():
            kept = []
            for row in rows.tables[name]:
                if (name, table.record_id(row)) in rows.quarantined or any(
                    is_quarantined(rows, key.table, row[key.fields[0]])
                    for key in table.foreign_keys
                ):
                    rows.quarantined.add((name, table.record_id(row)))
                    if name == "statements":
                        rows.incomplete.add(("events", row["event_id"]))
                    lost += 1
                else:
                    kept.append(row)
            rows.tables[name] = kept
        if not lost:
            break
    for name, record in rows.quarantined:
        owner = record.partition("/")[0].partition(".")[0]
        if name in ("statements", "segments", "attributions", "exclusions"):
            rows.incomplete.add(("sources", owner))
        if name in ("claims", "attestations", "participants"):
            rows.incomplete.add(("events", owner))
        rows.incomplete.add((name, record))


def is_quarantined(rows: Rows, table: str, value: str | None) -> bool:
    """Return True if the record is left out because of a finding, alone or with its file, or may be an entry without an id."""
    if value is None:
        return False
    if (table, value) in rows.quarantined:
        return True
    owner = (OWNERS.get(table, ""), value.partition(".")[0])
    return owner in rows.quarantined or (
        ("unnamed", owner[1]) in rows.incomplete and (table, value) not in rows.origins
    )
