"""CHANGELOG.md (keepachangelog.com): a section for each release, and the changes since the last one.

The changes are derived; notes written by hand under "Unreleased" go into the section of the next
release.
"""

from __future__ import annotations

import re
from collections import Counter

from ..compile.rows import Row
from ..core.definitions import ORDER
from ..core.findings import counted
from ..ledger.ledger import COLUMNS, IDENTIFIED, NEVER, Key, Ledger
from ..ledger.release_status import ReleaseStatus
from .markdown import as_text

LISTED = 20
"""Most ids of one table listed; the rest is counted."""

_HEADING = "## [Unreleased]\n"
_BEGIN, _END = "<!-- derived: unreleased -->\n", "<!-- end of derived -->\n"
_BLOCK = re.compile(re.escape(_BEGIN) + r".*?" + re.escape(_END), re.DOTALL)

SKELETON = f"""# Changelog

All that changes in the published data, in the form of [Keep a Changelog](https://keepachangelog.com/en/1.1.0/). Versions are those of the
data and follow [Semantic Versioning](https://semver.org/spec/v2.0.0.html): major if an id is withdrawn or a column changes, minor if
records or terms are added, patch for corrections.
`readouts diff VERSION` shows each change with its old and new values.

{_HEADING}
{_BEGIN}{_END}"""
"""The file if there is none yet."""


def changelog(text: str, status: ReleaseStatus, ledger: Ledger) -> str:
    """Return the file with the unreleased changes regenerated; a file without that part gets it above the first release."""
    if status.version == NEVER:
        body = "Not yet released.\n"
    elif status.is_released:
        body = f"Nothing has changed since {status.version}.\n"
    else:
        body = f"Since {status.version}; requires a {status.level} version.\n\n{changes(status, ledger)}"
    block = f"{_BEGIN}{body}{_END}"
    if _BLOCK.search(text):
        return _BLOCK.sub(lambda _: block, text, count=1)
    head, heading, rest = text.partition(_HEADING)
    if heading:
        return f"{head}{heading}\n{block}{rest}"
    head, mark, rest = text.partition("\n## ")
    return f"{head.rstrip()}\n\n{_HEADING}\n{block}{mark and f'{mark}{rest}'}"


def with_release(
    text: str, status: ReleaseStatus, ledger: Ledger, rows: dict[str, list[Row]]
) -> str:
    """Return the file with a section for the newest release of `ledger`; `status` is the status of the rows before it."""
    head, _, rest = text.partition(_HEADING)
    unreleased, mark, older = rest.partition("\n## ")
    notes = _BLOCK.sub("", unreleased).strip()
    counts = ", ".join(
        counted(len(rows[name]), name.removesuffix("s")) for name in ORDER if rows[name]
    )
    section = f"## [{ledger.version}] - {ledger.released_on}\n\n"
    section += f"{notes}\n\n" if notes else ""
    section += f"{changes(status, ledger)}\nIn all: {counts}.\n"
    return f"{head}{_HEADING}\n{_BEGIN}{_END}\n{section}{mark and f'{mark}{older}'}"


def changes(status: ReleaseStatus, ledger: Ledger) -> str:
    """Return what was added, changed and removed, by table; records without an id of their own are counted."""
    parts = []
    columns_changed = tuple(key for key in status.revised if key not in status.extended)
    for heading, keys in (
        ("Added", status.added),
        ("Changed", columns_changed),
        ("Removed", status.withdrawn),
    ):
        lines = _lines(keys, ledger, status)
        if heading == "Changed" and status.extended:
            lines.insert(0, f"- Further terms: {_listed([key[1] for key in status.extended])}")
        if lines:
            parts.append(f"### {heading}\n\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


def _lines(keys: tuple[Key, ...], ledger: Ledger, status: ReleaseStatus) -> list[str]:
    lines = []
    columns = [record for table, record in keys if table == COLUMNS and "." in record]
    tables = [record for table, record in keys if table == COLUMNS and "." not in record]
    if status.version != NEVER and (columns or tables):
        lines.append(
            f"- Columns: {_listed(columns)}"
            if columns
            else f"- Key or order of columns: {_listed(tables)}"
        )
    for name in IDENTIFIED:
        records = [record for table, record in keys if table == name]
        reasons = {
            record: (ledger.entries.get((name, record)) or {}).get("reason") for record in records
        }
        if any(reasons.values()):
            lines += [
                f"- {name}: `{record}` ({as_text(reason or '')})"
                for record, reason in reasons.items()
            ]
        elif records:
            lines.append(f"- {name} ({len(records):,}): {_listed(records)}")
    others = Counter(table for table, _ in keys if table not in (*IDENTIFIED, COLUMNS))
    if others:
        lines.append(
            "- "
            + ", ".join(
                counted(number, table.removesuffix("s")) for table, number in others.items()
            )
        )
    return lines


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:LISTED])
    return shown + (f" and {len(names) - LISTED:,} more" if len(names) > LISTED else "")
