"""The address of every page and of every record on it, relative to the site's first page.

Ids of the data become file names only here, after a check: an invalid id raises PackageError.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ..core.findings import PackageError
from ..core.ids import id_problem

_PART = re.compile(r"[a-z0-9][a-z0-9-]{0,119}\Z")
HOME, EVENTS, SOURCES, SPEAKERS, SEARCH, DATA = (
    "index.html", "events.html", "sources.html", "speakers.html", "search.html", "data.html",
)  # fmt: skip
COLUMNS, TERMS, CODEBOOK, RULES = (
    "data/columns.html",
    "data/terms.html",
    "data/codebook.html",
    "data/rules.html",
)
FORMS = ("csv", "jsonl")
"""The forms in which the statements of a page can be downloaded."""


def source_page(source_id: str, form: str = "html") -> str:
    return f"sources/{_name(source_id)}.{form}"


def event_page(event_id: str, form: str = "html") -> str:
    return f"events/{_name(event_id)}.{form}"


def agent_page(agent_id: str, form: str = "html") -> str:
    return f"agents/{_name(agent_id)}.{form}"


def claim_page(claim_id: str, form: str = "html") -> str:
    event_id, local = parts_of(claim_id)
    return f"claims/{_name(event_id)}.{local}.{form}"


def statement_place(statement_id: str) -> str:
    """Return the place of the statement on the page of its source."""
    source_id, local = parts_of(statement_id)
    return f"{source_page(source_id)}#{local}"


def parts_of(record_id: str) -> tuple[str, str]:
    """Return (id of the owner, local id) of a statement or claim."""
    owner, _, local = record_id.partition(".")
    if not _PART.match(local):
        raise PackageError(
            f"{record_id[:80]!r} is not the id of a statement or claim: run `readouts validate`"
        )
    return owner, local


def local_of(record_id: str) -> str:
    """Return the part of the id of a statement or claim after the full stop, which is its anchor on the page of its owner."""
    return parts_of(record_id)[1]


def up_from(path: str) -> str:
    """Return the relative path from a page back to the first: "" or "../"."""
    return "../" * path.count("/")


@lru_cache(maxsize=4096)
def _name(identifier: str) -> str:
    if id_problem(identifier):
        raise PackageError(
            f"{identifier[:80]!r} cannot be the name of a page ({id_problem(identifier)}): run `readouts validate`"
        )
    return identifier
