"""Making a release: its preconditions, the resulting ledger, and every file that it writes."""

from __future__ import annotations

import datetime

from ..compile.rows import Row, Rows
from ..core.definitions import Table
from ..core.layout import Layout
from ..ledger.hashes import state_hash, state_of
from ..ledger.ledger import (
    IDENTIFIED,
    KEYS,
    NEVER,
    RELEASES,
    Entry,
    Ledger,
    bytes_from_ledger,
    parse_version,
    stamp,
)
from ..ledger.release_status import ReleaseStatus, next_version, release_status
from ..publication.build import Contents, derived_files
from ..publication.changelog import SKELETON as NEW_CHANGELOG
from ..publication.changelog import changelog, with_release


class ReleaseRefused(Exception):
    """The release is refused; the message gives the reason and what to do."""


def require_checked(failed: bool, not_checked: int) -> None:
    """Require that all data was checked and found valid. Raises ReleaseRefused."""
    if failed:
        raise ReleaseRefused("the data is invalid: fix the findings above first")
    if not_checked:
        raise ReleaseRefused(
            f"{not_checked} statement(s) could not be checked: their captured texts are missing"
        )


def require_releasable(now: ReleaseStatus, ledger: Ledger, version: str, day: str) -> None:
    """Require that the state may be released as `version` on `day` (YYYY-MM-DD). Raises ReleaseRefused."""
    try:
        wanted = parse_version(version)
    except ValueError as error:
        raise ReleaseRefused(str(error)) from error
    try:
        written = datetime.date.fromisoformat(day).isoformat()
    except ValueError:
        written = ""
    if written != day:
        raise ReleaseRefused(f"“{day}” is not a date such as 2026-11-22")
    if version != NEVER and any(entry["record_id"] == version for entry in ledger.releases):
        raise ReleaseRefused(
            f"{version} was already released; the newest version is {ledger.version}"
        )
    if wanted <= parse_version(ledger.version):
        raise ReleaseRefused(f"{version} is not greater than the newest version, {ledger.version}")
    if now.level == "none":
        raise ReleaseRefused(
            f"nothing has changed since {ledger.version}: there is nothing to release"
        )
    least = next_version(ledger.version, now.level)
    if wanted < parse_version(least):
        raise ReleaseRefused(
            f"{version} is too small: the changes since {ledger.version} require a {now.level} version, {least} or greater "
            f"({_reason_for_bump(now)}); `readouts diff {ledger.version}` shows it"
        )
    if ledger.released_on is not None and day < ledger.released_on:
        raise ReleaseRefused(
            f"{day} is before the newest release, {ledger.version} of {ledger.released_on}"
        )
    lost = [
        record
        for table, record in now.withdrawn
        if table in IDENTIFIED and not ledger.is_pending((table, record))
    ]
    if lost:
        raise ReleaseRefused(
            f"`{lost[0]}` is missing, with no reason in the ledger: use `readouts withdraw`"
        )


def _reason_for_bump(now: ReleaseStatus) -> str:
    reasons = {
        "major": [
            *(f"`{record}` is withdrawn" for table, record in now.withdrawn if table in IDENTIFIED),
            *(
                f"column `{record}` differs"
                for table, record in (*now.added, *now.revised, *now.withdrawn)
                if table == "columns"
            ),
        ],
        "minor": [f"`{record}` is added" for _, record in (*now.added, *now.extended)],
        "patch": [f"`{record}` differs" for _, record in now.revised],
    }[now.level]
    return reasons[0] + (f", and {len(reasons) - 1} more" if len(reasons) > 1 else "")


def released_ledger(
    rows: dict[str, list[Row]], tables: dict[str, Table], ledger: Ledger, version: str, day: str
) -> Ledger:
    """Return the ledger after the release: new records added, changed ones revised, missing ones withdrawn, and the release itself.

    A withdrawn record of a table without ids that reappears keeps the version in which it was first
    added.
    """
    now = state_of(rows, tables)
    entries: dict[tuple[str, str], Entry] = dict(ledger.entries)
    for key, digest in now.items():
        old = entries.get(key)
        if old is None:
            entries[key] = _line(*key, digest, version)
        elif old["withdrawn_in"] is not None or old["sha256"] != digest:
            entries[key] = {
                **old,
                "sha256": digest,
                "revised_in": version,
                "withdrawn_in": None,
                "reason": None,
            }
    for key in ledger.live().keys() - now.keys():
        entries[key] = {**entries[key], "withdrawn_in": version}
    entries[RELEASES, version] = {
        **_line(RELEASES, version, state_hash(now), version),
        "released_on": day,
    }
    return Ledger(entries)


def _line(table: str, record: str, digest: str, version: str) -> Entry:
    return dict.fromkeys(KEYS) | {
        "table": table,
        "record_id": record,
        "sha256": digest,
        "added_in": version,
    }


def release_contents(
    layout: Layout, tables: dict[str, Table], rows: Rows, ledger: Ledger, version: str, day: str
) -> Contents:
    """Return every file that the release writes, with its bytes; stamps `rows`. Raises ReleaseRefused and PackageError."""
    before = release_status(rows.tables, tables, ledger)
    require_releasable(before, ledger, version, day)
    after = released_ledger(rows.tables, tables, ledger, version, day)
    stamp(rows.tables, tables, after)
    contents = derived_files(layout, tables, rows, after)
    text = (
        layout.changelog.read_text(encoding="utf-8") if layout.changelog.exists() else NEW_CHANGELOG
    )
    text = with_release(changelog(text, before, ledger), before, after, rows.tables)
    contents[layout.changelog] = changelog(
        text, release_status(rows.tables, tables, after), after
    ).encode()
    contents[layout.ledger] = bytes_from_ledger(after)
    return contents
