"""Reads the ledger and rejects a damaged one."""

from __future__ import annotations

import datetime
import itertools
import json
import re
from collections.abc import Collection

from ..core.definitions import ORDER
from ..core.findings import PackageError
from ..core.layout import Layout
from .hashes import state_hash
from .ledger import (
    IDENTIFIED,
    KEYS,
    RELEASES,
    TABLES,
    Entry,
    Key,
    Ledger,
    parse_version,
)

_OWNED = re.compile(
    r'\{"table":"(?!releases|columns|agents|offices)[a-z]+","record_id":"([^"./\\]+)'
)
"""The beginning of a line about a record of a source or event, and the id of that."""
_PLAIN = re.compile(
    r'\{"table":"([a-z]+)","record_id":"([^"\\\x00-\x1f]+)","sha256":"([0-9a-f]{64})","added_in":"([^"\\\x00-\x1f]*)",'
    r'"revised_in":(?:null|"([^"\\\x00-\x1f]*)"),"withdrawn_in":null,"released_on":null,"reason":null\}\Z'
)
"""A valid line of a record that is not withdrawn, as it is written: it need not be parsed as JSON."""
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


def read_ledger(layout: Layout, owners: Collection[str] | None = None) -> Ledger:
    """Read the ledger, empty if there is none yet; with `owners` only the lines about agents, columns, and those sources and events.

    Raises PackageError, with the line number, if it is damaged: not JSON, other keys, an unknown
    table, a malformed hash, version or day, a duplicate line, versions that no release has or that
    are out of order, or contents that differ from the newest release.
    """
    ledger = Ledger()
    if not layout.ledger.exists():
        return ledger
    try:
        lines = layout.ledger.read_bytes().decode("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise PackageError(f"data/released.jsonl cannot be read: {error}") from error
    if lines[-1] == "":
        lines.pop()
    numbers: dict[Key, int] = {}
    for number, line in enumerate(lines, 1):
        if owners is not None and (about := _OWNED.match(line)) and about[1] not in owners:
            continue
        plain = _PLAIN.match(line)
        if plain is not None and plain[1] in ORDER:
            table, record, digest, added, revised = plain.groups()
            entry: Entry = {
                "table": table, "record_id": record, "sha256": digest, "added_in": added, "revised_in": revised,
                "withdrawn_in": None, "released_on": None, "reason": None,
            }  # fmt: skip
        else:
            entry = _entry_from_line(line, number)
        key = (entry["table"], entry["record_id"])
        if key in numbers:
            raise _damaged(number, f"it repeats {key[0]} {key[1]} of line {numbers[key]}")
        numbers[key] = number
        ledger.entries[key] = entry
    _check_versions(ledger, numbers)
    if (
        owners is None
        and ledger.releases
        and ledger.releases[-1]["sha256"] != state_hash(ledger.live())
    ):
        raise PackageError(
            f"data/released.jsonl is damaged: its lines do not match release {ledger.version}; restore the file from git"
        )
    return ledger


def _entry_from_line(line: str, number: int) -> Entry:
    """Return the line's object. Raises PackageError."""
    try:
        entry = json.loads(line)
        if not isinstance(entry, dict) or tuple(entry) != KEYS:
            raise ValueError("its keys are not the keys of a ledger line")
        _check_line(entry)
    except (ValueError, RecursionError) as error:
        raise _damaged(number, str(error)) from error
    return entry


def _damaged(number: int, what: str) -> PackageError:
    return PackageError(
        f"data/released.jsonl, line {number} is damaged ({what}); restore the file from git"
    )


def _check_line(entry: Entry) -> None:
    """Check a single line. Raises ValueError."""
    if not all(value is None or isinstance(value, str) for value in entry.values()):
        raise ValueError("a value is neither text nor null")
    table = entry["table"]
    if table not in TABLES:
        raise ValueError(f"unknown table {table}")
    if not entry["record_id"]:
        raise ValueError("record_id is missing")
    if entry["sha256"] is None or not _SHA256.match(entry["sha256"]):
        raise ValueError("sha256 is not a hash")
    if entry["added_in"] is None:
        raise ValueError("added_in is missing")
    if entry["reason"] is not None and not entry["reason"].strip():
        raise ValueError("reason is empty")
    if table != RELEASES:
        if entry["released_on"] is not None:
            raise ValueError("only a release has a date")
        if entry["reason"] is not None and table not in IDENTIFIED:
            raise ValueError(f"a line of {table} cannot have a reason")
        if entry["withdrawn_in"] is not None and entry["reason"] is None and table in IDENTIFIED:
            raise ValueError("the record is withdrawn without a reason")
        return
    parse_version(entry["record_id"])
    if entry["added_in"] != entry["record_id"] or any(
        entry[key] is not None for key in ("revised_in", "withdrawn_in", "reason")
    ):
        raise ValueError("a release must be added in its own version and have no other version")
    try:
        day = datetime.date.fromisoformat(entry["released_on"] or "").isoformat()
    except ValueError as error:
        raise ValueError("the release has no date") from error
    if day != entry["released_on"]:
        raise ValueError("the date of the release is not YYYY-MM-DD")


def _check_versions(ledger: Ledger, numbers: dict[Key, int]) -> None:
    """Check the lines against each other. Raises PackageError."""
    releases = ledger.releases
    for before, after in itertools.pairwise(releases):
        if after["released_on"] < before["released_on"]:
            key = (RELEASES, after["record_id"])
            raise _damaged(
                numbers[key], f"{after['record_id']} is released before {before['record_id']}"
            )
    rank = {entry["record_id"]: number for number, entry in enumerate(releases)}
    columns = ("added_in", "revised_in", "withdrawn_in")
    first: dict[tuple[str | None, ...], Key] = {}
    for key, entry in ledger.entries.items():
        first.setdefault((entry["added_in"], entry["revised_in"], entry["withdrawn_in"]), key)
    for versions, key in first.items():
        at = -1
        for column, version in zip(columns, versions, strict=True):
            if version is None:
                continue
            if version not in rank:
                raise _damaged(numbers[key], f"{column} is {version}, which was never released")
            if rank[version] < at:
                raise _damaged(
                    numbers[key], f"{column} is {version}, which is earlier than the version before"
                )
            at = rank[version]
