"""A published version, from the Hub into a temporary folder."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ..core.findings import PackageError
from ..ledger.ledger import parse_version
from .session import NotFound, Session


@contextmanager
def fetched_version(
    repo_id: str, revision: str | None, report: Callable[[str], None]
) -> Iterator[tuple[Path, str | None]]:
    """Yield (folder, tag or None) of a revision, by default the newest version; the folder is deleted with the context.

    Raises PackageError if there is no such dataset or revision, or nothing was published in it.
    """
    session = Session(repo_id)

    def resolve() -> tuple[str, str]:
        try:
            tags = session.refs()[1]
        except NotFound:
            raise PackageError(
                f"the dataset {session.address} does not exist, or the token has no access to it"
            ) from None
        name = revision or max((tag for tag in tags if _version(tag)), key=_version, default=None)
        if name is None:
            raise PackageError(f"{session.address} has no version yet: pass --revision")
        try:
            return name, session.commit_of(name)
        except NotFound:
            raise PackageError(f"{session.address}: unknown revision {name}") from None

    name, commit = session.with_retries(resolve, report)
    report(f"fetching {name} ({commit[:12]}) of {session.address}")
    with tempfile.TemporaryDirectory(prefix="readouts-") as scratch:
        folder = Path(scratch) / "published"
        session.with_retries(lambda: session.download(commit, folder), report)
        yield folder, name if _version(name) else None


def _version(tag: str) -> tuple[int, int, int] | tuple[()]:
    """Return the version that a tag names; empty if it names none."""
    try:
        return parse_version(tag.removeprefix("v")) if tag.startswith("v") else ()
    except ValueError:
        return ()
