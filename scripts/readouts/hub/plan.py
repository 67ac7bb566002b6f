"""The release to publish, and the changes that a commit of it would make on the Hub."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..compile.rows import Rows
from ..core.definitions import Table
from ..core.layout import Layout
from ..ledger.ledger import Ledger
from ..publication.bundle import Files, bundle_files
from ..publication.parquet import holds_same
from .session import Session, Tree

_KEPT = (".gitattributes",)
"""Files that the Hub itself writes."""


@dataclass(frozen=True, slots=True)
class Release:
    """The package to publish: valid, up to date and released."""

    layout: Layout
    tables: dict[str, Table]
    rows: Rows
    ledger: Ledger

    @property
    def tag(self) -> str:
        return f"v{self.ledger.version}"

    def files(self, parquet: dict[str, bytes] | None = None) -> Files:
        return bundle_files(self.layout, self.tables, self.rows, self.ledger, parquet)

    def files_like(self, session: Session, commit: str, tree: Tree) -> Files:
        """Return the release's files; a Parquet file at the commit with the same rows, written by another pyarrow, is used as it is."""
        files = self.files()
        kept: dict[str, bytes] = {}
        for name, table in self.tables.items():
            path = self.layout.relative(self.layout.table(name, "parquet"))
            if path in files and path in tree and not tree[path].holds(files[path]):
                found = session.read(path, commit)
                if holds_same(table, found, self.rows.tables[name]):
                    kept[name] = found
        return self.files(kept) if kept else files


@dataclass(frozen=True, slots=True)
class Plan:
    """The changes of a commit on top of `commit`. Paths, sorted."""

    files: Files
    commit: str | None
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)

    @property
    def equal(self) -> bool:
        return not (self.added or self.changed or self.deleted)

    def as_text(self) -> str:
        """List one line per file, `+` new, `~` changed, `=` the same, `-` deleted, with its size in bytes; then the totals."""
        marks = (
            dict.fromkeys(self.files, "=")
            | dict.fromkeys(self.added, "+")
            | dict.fromkeys(self.changed, "~")
        )
        lines = [f"{mark} {len(self.files[path]):>12,}  {path}" for path, mark in marks.items()]
        lines += [f"- {'':>12}  {path}" for path in self.deleted]
        sent = sum(len(self.files[path]) for path in (*self.added, *self.changed))
        same = len(self.files) - len(self.added) - len(self.changed)
        lines.append(
            f"{len(self.added)} new, {len(self.changed)} changed, {len(self.deleted)} deleted, {same} the same; {sent:,} bytes to send"
        )
        return "\n".join(lines) + "\n"


def plan(files: Files, tree: Tree, commit: str | None) -> Plan:
    """Compare the release's files with those at a commit, by hash."""
    return Plan(
        files,
        commit,
        added=[path for path in files if path not in tree],
        changed=[
            path for path, data in files.items() if path in tree and not tree[path].holds(data)
        ],
        deleted=sorted(path for path in tree if path not in files and path not in _KEPT),
    )
