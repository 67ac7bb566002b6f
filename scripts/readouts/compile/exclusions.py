"""The exclusions of a source, which consist only of quotations, and quotations in entries that broke another rule."""

from __future__ import annotations

from typing import Any

from ..curation.files import CuratedFile
from ..curation.quotations import Quotable, Stretch
from .problems import QuotationProblem, short
from .rows import Origin, Rows
from .stretches import locate, place


def check_broken_entries(rows: Rows, file: CuratedFile, source: Quotable) -> None:
    """Report problems of the quotations in entries that also broke a rule of one value: two mistakes are two findings."""
    for index, entry in file.iter_broken("statements"):
        if entry.get("quote") is not None:
            record = f"{file.identifier}.{entry['id']}" if entry.get("id") else file.identifier
            rows.misquote(
                file, ("statements", index), record, place(source, entry)[2], statement=entry
            )
    for index, entry in file.iter_broken("exclusions"):
        rows.misquote(file, ("exclusions", index), file.identifier, excluded(source, entry)[1])


def compile_exclusions(rows: Rows, file: CuratedFile, source: Quotable) -> None:
    """Add the positions of the exclusions of the source `file`; one that cannot be located is a finding and quarantined."""
    placed: list[tuple[int, int, int]] = []
    for index, entry in file.iter_entries("exclusions"):
        stretch, problems = excluded(source, entry)
        rows.misquote(file, ("exclusions", index), file.identifier, problems)
        if stretch is None:
            rows.quarantined.add(("exclusions", f"{file.identifier}.#{index}"))
            continue
        start, end = stretch
        placed.append((start, end, index))
        rows.exclusions.append(
            {"source_id": file.identifier, "start": start, "end": end, "reason": entry["reason"]}
        )
        rows.origins[("exclusions", f"{file.identifier}/{start}")] = Origin(
            file, ("exclusions", index)
        )
    _report_shared(rows, file, source, sorted(placed))


def _report_shared(
    rows: Rows, file: CuratedFile, source: Quotable, placed: list[tuple[int, int, int]]
) -> None:
    """Add a finding for each exclusion of words that another one excludes; `placed` are (start, end, index) in the order of the text."""
    if not placed:
        return
    before = placed[0]
    for stretch in placed[1:]:
        if stretch[0] < before[1]:
            first, second = sorted((before, stretch), key=lambda placed: placed[2])
            shared = short(source.text[stretch[0] : min(stretch[1], before[1])])
            line = file.document.line(("exclusions", first[2]))
            hint = (
                "Delete this one."
                if first[:2] == second[:2]
                else "Shorten one of the two, or delete the shorter one."
            )
            rows.findings.append(
                file.finding(
                    "passages_disjoint", ("exclusions", second[2], "quote"), f"{file.identifier}/{second[0]}",
                    f"“{shared}” is already excluded on line {line}", hint,
                )
            )  # fmt: skip
        before = max(before, stretch, key=lambda placed: placed[1])


def excluded(
    source: Quotable, entry: dict[str, Any]
) -> tuple[Stretch | None, list[QuotationProblem]]:
    """Return the position of the exclusion, or the problems of its quotations."""
    found: dict[str, Stretch] = {}
    problems = []
    for key in ("quote", "from", "to"):
        try:
            if entry.get(key) is not None:
                found[key] = locate(source, entry[key], (key,))
        except QuotationProblem as problem:
            problems.append(problem)
    if problems or not found:
        return None, problems
    if "quote" in found:
        return found["quote"], []
    if "from" not in found or "to" not in found:
        return None, []
    if found["to"][1] < found["from"][1]:
        return None, [QuotationProblem(
            "quote_in_source", ("to",), "`to` comes before `from` in the text", "Swap `from` and `to`."
        )]  # fmt: skip
    return (found["from"][0], found["to"][1]), []
