"""Findings of a run over published tables, kept in DuckDB so that a million need no more memory than ten."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from ..core.definitions import Table
from ..core.findings import Finding, PackageError, counted
from ..rules.guards import Guard
from .extras import EXTRAS
from .predicates import literal
from .shards import Shard, unread

FIELDS = ("code", "severity", "path", "line", "field", "record", "message", "hint")
CHECKED = "SELECT count(*) FROM all_statements WHERE source_id IN (SELECT source_id FROM captures)"
"""Statements that were checked against their captured text."""


@dataclass
class ValidationResult:
    """The outcome of a run; usable while the context that returned it is open."""

    database: duckdb.DuckDBPyConnection
    rows: dict[str, int] = field(default_factory=dict)
    rejected: int = 0
    guards: int = 0
    captures: int = 0
    not_checked: int = 0
    """Statements that were not checked against a captured text: it is missing, or their row is invalid."""
    accepted: int = 0
    """Reviews that silenced a finding."""
    absent: list[str] = field(default_factory=list)
    """Tables without a file, and exclusions, without which omitted text is unknown."""
    unread: list[str] = field(default_factory=list)
    """Files next to the tables that look like tables but were not read."""
    seconds: float = 0.0
    scratch: Path = Path()
    """The folder into which the database may write."""

    @property
    def counts(self) -> dict[tuple[str, str], int]:
        found = self.database.execute(
            "SELECT code, severity, count(*) FROM findings GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        return {(code, severity): number for code, severity, number in found}

    @property
    def failed(self) -> bool:
        return any(severity == "error" for _, severity in self.counts)

    def first(self, number: int) -> list[Finding]:
        """Return the first findings of each code, up to this number, by file and line."""
        found = self.database.execute(
            f"SELECT {', '.join(FIELDS)} FROM findings QUALIFY row_number() OVER (PARTITION BY code ORDER BY path, line, record, field) <= ? "
            "ORDER BY path, line, code, record, field",
            [number],
        )
        return [Finding(*row) for row in found.fetchall()]

    def write(self, path: Path) -> None:
        """Write every finding, one per line or row, by file and line. Raises PackageError if they cannot be written."""
        query = f"SELECT {', '.join(FIELDS)} FROM findings ORDER BY path, line, code, record, field"
        # The database can write only to its scratch folder; the file is copied to its place from
        # there.
        draft = self.scratch / f"findings{path.suffix}"
        try:
            self.database.execute(
                f"COPY ({query}) TO {literal(str(draft))} (FORMAT {written_as(path)})"
            )
            shutil.copyfile(draft, path)
        except duckdb.IOException as error:
            raise PackageError(f"{path} cannot be written: {str(error).splitlines()[0]}") from error
        except OSError as error:
            raise PackageError(f"{path} cannot be written: {error.strerror}") from error

    @property
    def summary(self) -> str:
        errors = sum(number for (_, severity), number in self.counts.items() if severity == "error")
        rows = sum(self.rows.values())
        accepted = (
            f"{counted(self.accepted, 'finding')} accepted by review, " if self.accepted else ""
        )
        return (
            f"{'failed' if self.failed else 'valid'}: {rows:,} rows of {len(self.rows)} tables, {self.rows.get('statements', 0):,} statements "
            f"against {self.captures:,} captures, {self.guards} guards, {self.not_checked:,} not checked, "
            f"{accepted}{errors:,} errors; "
            f"{self.seconds:.1f} s, {rows / max(self.seconds, 0.001):,.0f} rows/s{self._coverage_note}"
        )

    @property
    def _coverage_note(self) -> str:
        """Describe the missing tables and unread files."""
        parts = [f"; no file of: {', '.join(self.absent)}"] if self.absent else []
        if self.unread:
            more = f" and {len(self.unread) - 5} more" if len(self.unread) > 5 else ""
            parts.append(f"; not read: {', '.join(self.unread[:5])}{more}")
        return "".join(parts)


def written_as(path: Path) -> str:
    """Return DuckDB's name for the format of a findings file of that name. Raises PackageError for any other extension."""
    forms = {".jsonl": "JSON", ".parquet": "PARQUET"}
    if path.suffix not in forms:
        raise PackageError(f"--output must end in .jsonl or .parquet, not {path.name}")
    return forms[path.suffix]


def open_result(
    database: duckdb.DuckDBPyConnection,
    guards: list[Guard],
    tables: dict[str, Table],
    shards: dict[str, list[Shard]],
    folder: Path,
) -> ValidationResult:
    """Return the result of a run over those files before anything is validated."""
    absent = [name for name in (*tables, "exclusions") if name not in shards]
    return ValidationResult(
        database,
        guards=len(guards),
        absent=absent,
        unread=unread(folder, shards, [*tables, *EXTRAS]),
    )


def insert_findings(database: duckdb.DuckDBPyConnection, findings: Iterable[tuple]) -> None:
    rows = [dict(zip(FIELDS, finding, strict=True)) for finding in findings]
    if rows:
        types = ", ".join(
            f'"{name}": "{"BIGINT" if name == "line" else "VARCHAR"}"' for name in FIELDS
        )
        # Unpaired surrogates are not valid text: they are written as question marks.
        text = json.dumps(rows, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")
        database.execute(
            f"INSERT INTO findings SELECT unnest(r) FROM (SELECT unnest(from_json(?, {literal('[{' + types + '}]')})) AS r)",
            [text],
        )
