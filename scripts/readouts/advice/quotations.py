"""Findings about quotations that cannot be located, and the repairs of those whose words are certain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from ..compile.problems import Misquotation, MissingWords, QuotationProblem
from ..compile.stretches import locate_parts
from ..core.findings import Finding
from ..curation.files import CuratedFile
from ..curation.quotations import fold_space
from ..curation.repairs import Repair
from ..curation.yaml_document import Path
from .explanations import Explanation, explain


def quotation_findings(
    misquotations: Iterable[Misquotation],
) -> tuple[list[Finding], list[Repair]]:
    """Return a finding for each problem, and the repairs of the curated files."""
    findings, repairs = [], []
    for misquotation in misquotations:
        file = misquotation.file
        for problem, explanation in _explained(misquotation):
            place = (*misquotation.place, *problem.key)
            hint = (
                _comment(file, place)
                or _left_out(file, place)
                or explanation.hint(file.document, place)
            )
            findings.append(
                file.finding(problem.code, place, misquotation.record, explanation.message, hint)
            )
            repair = explanation.repair(file.path, place)
            if repair is not None:
                repairs.append(repair)
    return findings, repairs


def _explained(
    misquotation: Misquotation,
) -> Iterator[tuple[QuotationProblem, Explanation]]:
    """Yield the problems to report, explained; if the quotation of a statement was not found, its parts are checked against the nearest text."""
    first, *others = misquotation.problems
    explanation = explain(first)
    yield first, explanation
    if (
        misquotation.statement is not None
        and isinstance(first, MissingWords)
        and first.code == "quote_in_source"
        and first.key[0] == "quote"
    ):
        if explanation.nearest is None:
            return  # words of something else: their parts cannot be determined
        keys = {other.key for other in others}
        stretch = explanation.nearest.stretch
        others = [
            problem
            for problem in locate_parts(first.source, stretch, misquotation.statement)[1]
            if problem.key in keys or problem.key[0] in ("date_expression", "antecedent")
        ]
    for problem in others:
        yield problem, explain(problem)


def _comment(file: CuratedFile, place: Path) -> str:
    """Return a hint if YAML reads part of the words as a comment."""
    lines, at = file.document.text.split("\n"), file.document.lines(place)[1]
    line = lines[at - 1] if at <= len(lines) else ""
    if place[-1] not in ("quote", "from", "to") or not re.search(r": [^\"'\s].* #\w", line):
        return ""
    return "YAML reads everything after “ #” as a comment: if the text contains “#”, put the whole value in straight double quotation marks."


def _left_out(file: CuratedFile, place: Path) -> str:
    """Return a hint if the quoted words are in a part of the original that was left out."""
    value: Any = file.document.value
    for step in place:
        value = value[step] if isinstance(value, list) or step in value else None
        if not isinstance(value, dict | list):
            break
    words = fold_space(value) if isinstance(value, str) else ""
    reason = next(
        (reason for text, reason in file.left_out if len(words) > 3 and words in fold_space(text)),
        None,
    )
    if reason is None:
        return ""
    return f"These words are in a part of the original that was left out ({reason}). See capture.json; if the part belongs to the text, capture it again."
