"""Advice about dates that a source does not print."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from ..compile.rows import Origin, Rows
from ..core.findings import Finding
from ..core.printed_days import iter_printed_days


def day_of_content(finding: Finding, rows: Rows) -> str:
    """Return all lines to write at once if the day of the statement is left in its content as a weekday and nothing else dates it; otherwise ""."""
    words = re.match("the content “([^”]+)”", finding.message)
    row = next(
        (row for row in rows.tables["statements"] if row["statement_id"] == finding.record), None
    )
    if words is None or row is None or row["date_expression"] is not None or not row["date"]:
        return ""
    if date.fromisoformat(row["date"]).strftime("%A") != words[1]:
        return ""
    return f"If this is the date of the statement, add these three lines to it: `date: {row['date']}`, `date_basis: resolved`, `date_expression: {words[1]}`."


def day_printed(finding: Finding, text: str, origin: Origin) -> Finding:
    """Report a day of publication that the text does not print, or not in the place for it, with the days that it prints."""
    written = str(origin.file.facts.get("published_on"))
    days = list(iter_printed_days(text))
    here = [(words, line) for day, words, line in days if day.isoformat() == written]
    if "does not print" not in finding.message:
        where = f" (“{here[0][0]}”, source.txt, line {here[0][1]})" if here else ""
        return replace(finding, message=finding.message + where)
    if not days:
        hint = "Write published_on_basis: inferred, or null for both if the date is unknown."
        return replace(finding, message=f"{finding.message}, or any other date", hint=hint)
    day, words, line = next(
        (entry for entry in days if entry[0].isoformat()[5:] == written[5:]), days[0]
    )
    hint = f"If that is the publication date, write published_on: {day}; otherwise write published_on_basis: inferred."
    return replace(
        finding,
        message=f"{finding.message}; it prints “{words}” (source.txt, line {line})",
        hint=hint,
    )
