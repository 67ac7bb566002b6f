"""Advice about text that is left over between two passages of a source."""

from __future__ import annotations

import re
from dataclasses import replace

from ..compile.rows import Origin, Rows
from ..core.findings import Finding
from ..curation.files import Curation
from ..curation.quotations import fold_space
from ..curation.sentences import iter_sentences
from .writing import how_to_write

BREAKS_OFF = "breaks off; the rest of the sentence is not covered by a statement or an exclusion"
"""Text that marks a finding about leftover words that belong to the statement before them."""


def rest_of_sentence(finding: Finding, rows: Rows, curation: Curation) -> Finding:
    """Report leftover words that end the sentence of the previous statement at that statement's quotation."""
    source_id, _, start = finding.record.partition("/")
    text = curation.captures.get(source_id)
    if text is None or not start.isdigit():
        return finding
    end = len(text[: int(start)].rstrip())
    before = next(
        (
            row
            for row in rows.tables["statements"]
            if row["source_id"] == source_id and row["end"] == end
        ),
        None,
    )
    sentence = before and next(iter_sentences(text, (before["start"], len(text))), None)
    if not before or not sentence or sentence[1] <= int(start):
        return finding
    origin = rows.origins[("statements", before["statement_id"])]
    quote = origin.file.document.value[origin.place[0]][origin.place[1]].get("quote")
    left = re.search("“.*$", finding.message)
    if (
        not isinstance(quote, str)
        or left is None
        or not re.search(r"\w", text[int(start) : sentence[1]])
    ):
        return finding
    place = (*origin.place, "quote")
    hint = how_to_write(origin.file.document, place, fold_space(text[slice(*sentence)]))
    return replace(
        finding,
        line=origin.file.document.line(place),
        field="quote",
        message=f"`{before['statement_id']}` {BREAKS_OFF}: {left[0]}",
        hint=f"If it is one sentence, {hint}",
    )


def stop_left_over(finding: Finding, rows: Rows) -> Finding:
    """Report punctuation left between two passages at the entry of the passage before it."""
    mark = re.search(r"“([^\w\s]{1,3})” \(source\.txt", finding.message)
    source_id, _, start = finding.record.partition("/")
    if mark is None or not start.isdigit():
        return finding
    before: Origin | None = None
    for row in rows.exclusions:
        if row["source_id"] == source_id and row["end"] == int(start):
            before = rows.origins[("exclusions", f"{source_id}/{row['start']}")]
    for row in rows.tables["statements"]:
        if row["source_id"] == source_id and row["end"] == int(start):
            before = rows.origins[("statements", row["statement_id"])]
    entry = before.file.document.value[before.place[0]][before.place[1]] if before else {}
    key = next((key for key in ("to", "quote") if isinstance(entry.get(key), str)), None)
    if before is None or key is None:
        return finding
    words, place = fold_space(entry[key]) + mark[1], (*before.place, key)
    hint = how_to_write(before.file.document, place, words)
    message = f"the “{mark[1]}” after “{words[-40 : -len(mark[1])].lstrip()}” is not covered by a statement or an exclusion"
    return replace(
        finding,
        line=before.file.document.line(place),
        field=key,
        message=message,
        hint=f"Include it in the quotation: {hint}",
    )
