"""A version of the package in the local git repository, to compare a published version with."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass

from ..core.layout import Layout

FOLDERS = ("data/tables", "schema")
"""Folders compared as they are."""
DOCUMENTS = (
    "data/README.md", "CHANGELOG.md", "CITATION.cff", "LICENSE", "LICENSE-DATA", "data/corpus.yaml",
    "data/released.jsonl", "data/accounts.png",
)  # fmt: skip
"""Documents that only the publisher can know: the files of a version are derived again from them."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The tables, rules and documents of one version, by path from the package's root; `name` says where they were found."""

    name: str
    files: dict[str, bytes]


def origin_of(layout: Layout, version: str) -> Origin | None:
    """Return the version at its tag in git, or of the commit checked out if its descriptor has that version; None if neither has it."""
    for revision in (f"refs/tags/v{version}", "HEAD"):
        commit = _git(layout, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        name = (commit or b"").decode().strip()
        if not name or (revision == "HEAD" and _version_at(layout, name) != version):
            continue
        listed = _git(
            layout, "ls-tree", "-r", "-z", "--name-only", name, "--", *FOLDERS, *DOCUMENTS
        )
        files: dict[str, bytes] = {}
        for path in (listed or b"").decode("utf-8", "surrogateescape").split("\0")[:-1]:
            data = _git(layout, "cat-file", "blob", f"{name}:./{path}")
            if data is not None:
                files[path] = data
        if any(path.startswith("data/tables/") for path in files):
            return Origin(
                f"v{version} in git" if revision != "HEAD" else f"the local checkout ({name[:12]})",
                files,
            )
    return None


def _version_at(layout: Layout, commit: str) -> str | None:
    """Return the version in the descriptor of a commit."""
    try:
        package = json.loads(
            _git(layout, "cat-file", "blob", f"{commit}:./{layout.relative(layout.descriptor)}")
            or b""
        )
    except ValueError:
        return None
    return package.get("version") if isinstance(package, dict) else None


def _git(layout: Layout, *arguments: str) -> bytes | None:
    """Return the output of git; None if it fails or is not installed."""
    try:
        done = subprocess.run(
            ["git", "-C", str(layout.root), *arguments], capture_output=True, check=False
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
