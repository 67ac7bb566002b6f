"""A version of the package as git has it here: what a published version is compared with."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass

from .layout import Layout
from .tables.ledger import read_ledger


@dataclass(frozen=True, slots=True)
class Origin:
    """The tables, schemas and guards of one version, by path from the package's root; `name` says where they were found."""

    name: str
    files: dict[str, bytes]


def origin_of(layout: Layout, version: str) -> Origin | None:
    """The version at its tag in git, else of the commit checked out where its ledger says that version; None if neither has it."""
    for revision in (f"refs/tags/v{version}", "HEAD"):
        commit = _git(layout, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        if commit is None or (revision == "HEAD" and not _is_here(layout, version)):
            continue
        name = commit.decode().strip()
        listed = _git(
            layout, "ls-tree", "-r", "-z", "--name-only", name, "--", "data/tables", "schema/tables", "schema/guards"
        )
        files: dict[str, bytes] = {}
        for path in (listed or b"").decode().split("\0")[:-1]:
            data = _git(layout, "cat-file", "blob", f"{name}:./{path}")
            if data is not None and path.endswith((".csv", ".jsonl", ".json", ".sql")):
                files[path] = data
        if files:
            return Origin(
                f"v{version} in git" if revision != "HEAD" else f"the commit checked out here ({name[:12]})", files
            )
    return None


def _is_here(layout: Layout, version: str) -> bool:
    return layout.ledger.is_file() and read_ledger(layout).version == version


def _git(layout: Layout, *arguments: str) -> bytes | None:
    """What git prints, None if it fails or is not there."""
    try:
        done = subprocess.run(["git", "-C", str(layout.root), *arguments], capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
