"""Released records that are missing (an entry without an id may be one, and must not get a new id), and a missing ledger."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ..core.findings import Finding, PackageError
from ..core.layout import Layout
from ..curation.files import CuratedFile
from .hashes import record_hash
from .ledger import Ledger

LISTS = {"source": "statements", "event": "claims"}
"""By kind of file: the list whose entries have permanent local ids."""
_RELEASED = re.compile(rb"^## \[([0-9]+\.[0-9]+\.[0-9]+)\]", re.MULTILINE)
"""The heading of a release in the changelog."""


class UnnamedProblem(Exception):
    """An entry without an id, while a released one of the same file has no record; `index` is its place in the list.

    `local_id` is the id that it was released under if that is certain, otherwise None.
    """

    def __init__(self, index: int, message: str, hint: str, local_id: str | None) -> None:
        super().__init__(message)
        self.index, self.message, self.hint, self.local_id = index, message, hint, local_id


def require_ledger(layout: Layout) -> None:
    """Raise PackageError if the ledger is missing although the changelog lists a release: without it every record would count as new."""
    if layout.ledger.exists() or not layout.changelog.is_file():
        return
    released = _RELEASED.search(layout.changelog.read_bytes())
    if released is not None:
        raise PackageError(
            f"data/released.jsonl is missing, but CHANGELOG.md says that {released[1].decode()} was released; "
            "restore it from git (`git checkout HEAD -- data/released.jsonl`)"
        )


def must_still_exist(ledger: Ledger, table: str, record: str) -> bool:
    """Return True if the record was released and not withdrawn, so that it must exist under its id."""
    entry = ledger.entries.get((table, record))
    return entry is not None and entry.get("withdrawn_in") is None and entry.get("reason") is None


def unnamed_problems(
    ledger: Ledger, table: str, owner: str, entries: list[Any]
) -> list[UnnamedProblem]:
    """Return one problem for each entry of the list without an id, in order; none if every released id has its record.

    A claim is recognized by its proposition, whose hash is in the ledger; for other records the
    place in the list is a clue.
    """
    named = [
        str(entry["id"]) if isinstance(entry, dict) and entry.get("id") is not None else None
        for entry in entries
    ]
    released = [name.removeprefix(f"{owner}.") for held, name in ledger.entries
                if held == table and name.startswith(f"{owner}.") and must_still_exist(ledger, held, name)]  # fmt: skip
    lost = sorted(set(released) - set(named), key=_rank)
    problems = []
    for index, entry in enumerate(entries):
        if not lost or named[index] is not None or not isinstance(entry, dict):
            continue
        same = [
            name for name in lost if table == "claims" and _is_claim(ledger, owner, name, entry)
        ]
        what = table.removesuffix("s")
        if len(same) == 1:
            message = f"this {what} has no `id`, but was released as `{same[0]}`"
            problems.append(
                UnnamedProblem(
                    index,
                    message,
                    f"Add the line id: {same[0]} to this entry, or run `readouts fmt`.",
                    same[0],
                )
            )
            lost.remove(same[0])
            continue
        before = max((_rank(name) for name in named[:index] if name), default=(0, ""))
        after = min((_rank(name) for name in named[index + 1 :] if name), default=(10**9, ""))
        name = next((name for name in lost if before < _rank(name) < after), lost[0])
        others = f" (or one of {', '.join(lost)})" if len(lost) > 1 else ""
        message = f"this {what} has no `id`, and the released `{name}` is missing{others}"
        hint = (
            f"If this was released as {name}, add the line id: {name} to this entry. If it is new, first restore {owner}.{name} from git, "
            "then run `readouts fmt`."
        )
        problems.append(UnnamedProblem(index, message, hint, None))
    return problems


def suggest_released_ids(
    findings: list[Finding], files: Iterable[CuratedFile], ledger: Ledger
) -> list[Finding]:
    """Return the findings; those of entries without an id get the released id that may be their own."""
    unnamed = {finding.path for finding in findings if finding.code == "id_written"}
    problems = {
        (file.path, file.document.line((LISTS[file.kind], problem.index))): problem
        for file in files
        if file.path in unnamed
        for problem in unnamed_problems(
            ledger, LISTS[file.kind], file.identifier, file.document.value[LISTS[file.kind]]
        )
    }
    return [
        replace(finding, message=problem.message, hint=problem.hint)
        if finding.code == "id_written" and (problem := problems.get((finding.path, finding.line)))
        else finding
        for finding in findings
    ]


def explain_missing_file(finding: Finding, layout: Layout, ledger: Ledger) -> Finding:
    """Explain a reference to a missing record if that record was released and its file may have been renamed."""
    found = re.match(
        r"there is no `([^`.]+)[^`]*` in (source|event|agent|statement|claim)s", finding.message
    )
    if finding.code != "reference_resolves" or found is None or finding.hint.startswith("Rename "):
        return finding
    identifier, kind = found[1], {"statement": "source", "claim": "event"}.get(found[2], found[2])
    if (
        not must_still_exist(ledger, f"{kind}s", identifier)
        or layout.curated(kind, identifier).exists()
    ):
        return finding
    message = f"{finding.message.partition('; did you mean')[0]}; `{identifier}` was released, but its file is missing"
    hint = (
        f"If its {'folder' if kind == 'source' else 'file'} was renamed, run `readouts rename NEW {identifier}`, "
        "where NEW is its present name. Otherwise restore it from git."
    )
    return replace(finding, message=message, hint=hint)


def _rank(local_id: str) -> tuple[int, str]:
    number = re.search("[0-9]{1,9}$", local_id)
    return int(number[0]) if number else 0, local_id


def _is_claim(ledger: Ledger, owner: str, local_id: str, entry: dict[str, Any]) -> bool:
    row = {
        "claim_id": f"{owner}.{local_id}",
        "event_id": owner,
        "proposition": entry.get("proposition"),
    }
    return record_hash(row) == ledger.entries["claims", f"{owner}.{local_id}"]["sha256"]
