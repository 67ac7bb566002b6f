"""Changes since the last release: records added, revised and withdrawn, and the version bump they require."""

from __future__ import annotations

from dataclasses import dataclass

from ..compile.rows import Row
from ..core.definitions import Table
from .hashes import column_hash, state_of
from .ledger import COLUMNS, IDENTIFIED, NEVER, STAMPS, Key, Ledger, parse_version

LEVELS = ("none", "patch", "minor", "major")
"""The version bumps that a change can require, in order."""


@dataclass(frozen=True, slots=True)
class ReleaseStatus:
    """Differences between the tables and the newest release, by (table, record id), sorted.

    The table "columns" represents the definitions of columns. `extended` are columns that only got
    additional terms at the end of their list.
    """

    version: str
    added: tuple[Key, ...]
    revised: tuple[Key, ...]
    withdrawn: tuple[Key, ...]
    extended: tuple[Key, ...]
    level: str

    @property
    def is_released(self) -> bool:
        return self.version != NEVER and self.level == "none"

    @property
    def in_words(self) -> str:
        """Return "not yet released", "released 1.0.0" or "changed since 1.0.0"."""
        if self.version == NEVER:
            return "not yet released"
        return f"{'released' if self.is_released else 'changed since'} {self.version}"


def release_status(
    rows: dict[str, list[Row]], tables: dict[str, Table], ledger: Ledger
) -> ReleaseStatus:
    """Compare the rows and their columns with the live entries of the ledger."""
    now, held = state_of(rows, tables), ledger.live()
    if now == held:
        return ReleaseStatus(ledger.version, (), (), (), (), "none")
    added = tuple(sorted(now.keys() - held.keys()))
    withdrawn = tuple(sorted(held.keys() - now.keys()))
    revised = tuple(sorted(key for key in now.keys() & held.keys() if now[key] != held[key]))
    extended = tuple(
        key for key in revised if key[0] == COLUMNS and is_extended(key, held[key], tables)
    )
    level = required_bump(
        added, tuple(key for key in revised if key not in extended), withdrawn, extended, tables
    )
    if ledger.version == NEVER and level == "major":
        level = "minor"
    return ReleaseStatus(ledger.version, added, revised, withdrawn, extended, level)


def status_since_release(
    rows: dict[str, list[Row]], tables: dict[str, Table], ledger: Ledger
) -> ReleaseStatus:
    """Like `release_status`, but before the first release nothing is compared and nothing differs."""
    return (
        release_status(rows, tables, ledger)
        if ledger.releases
        else ReleaseStatus(NEVER, (), (), (), (), "none")
    )


def is_extended(key: Key, released: str, tables: dict[str, Table]) -> bool:
    """Return True if a column, whose released hash is given, only got additional terms at the end."""
    name, _, column_name = key[1].partition(".")
    columns = tables[name].columns if name in tables else ()
    column = next((column for column in columns if column.name == column_name), None)
    if column is None or column.terms is None:
        return False
    return any(
        column_hash(column.type, column.nullable, column.terms[:number]) == released
        for number in range(1, len(column.terms))
    )


def required_bump(
    added: tuple[Key, ...],
    revised: tuple[Key, ...],
    withdrawn: tuple[Key, ...],
    extended: tuple[Key, ...],
    tables: dict[str, Table],
) -> str:
    """Return the required bump: ids withdrawn or columns changed: major; records or terms added: minor; corrections: patch.

    Records without an id and without `added_in` (segments, attributions, omissions, pairs) follow
    from others: adding or removing them is a correction. So is removing a participant or an
    attestation, whose keys are ids of other records.
    """
    if any(table in (*IDENTIFIED, COLUMNS) for table, _ in withdrawn):
        return "major"
    if any(table == COLUMNS for table, _ in (*added, *revised)):
        return "major"
    if extended or any(
        table in tables and STAMPS[0] in tables[table].column_names for table, _ in added
    ):
        return "minor"
    return "patch" if added or revised or withdrawn else "none"


def next_version(version: str, level: str) -> str:
    """Return the smallest version after `version` for a change of that level."""
    major, minor, patch = parse_version(version)
    return {
        "none": version,
        "patch": f"{major}.{minor}.{patch + 1}",
        "minor": f"{major}.{minor + 1}.0",
        "major": f"{major + 1}.0.0",
    }[level]
