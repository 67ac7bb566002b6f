"""Advice that a guard cannot give: the text that was probably meant, and the line of the curated file to write."""

from __future__ import annotations

import re
from dataclasses import replace

from ..compile.problems import MissingWords, words_of
from ..compile.rows import Origin, Rows
from ..core.findings import Finding
from ..core.printed_days import iter_printed_days
from ..core.spelling import nearest_id
from ..curation.files import Curation
from ..curation.quotations import Quotable, fold_space
from ..curation.repairs import Repair
from .days import day_of_content, day_printed
from .differences import closest_text
from .explanations import explain
from .leftovers import rest_of_sentence, stop_left_over
from .names import name_advice
from .nearest import nearest_text
from .speakers import speaker_advice
from .writing import how_to_write

_NOTHING = re.compile("there is no `(?:none|null|nil|nobody|unknown|n-?a)` in ")
_OPTIONAL = ("organization_id", "publisher_id", "speaker_id", "relays", "part_of")
"""References that are optional."""


def add_advice(
    finding: Finding, table: str, rows: Rows, curation: Curation, repairs: list[Repair]
) -> Finding:
    """Return a guard's finding about a record of the table, with the nearest text if it is about words that appear nowhere.

    An unambiguous repair is added to `repairs`.
    """
    code, record = finding.code, finding.record
    if code == "capture_fully_covered":
        return stop_left_over(rest_of_sentence(finding, rows, curation), rows)
    origin = rows.origins.get((table, record))
    if origin is None:
        return finding
    if code == "reference_resolves":
        return _reference_advice(finding, curation)
    if code == "content_without_reporting_clause":
        return replace(finding, hint=day_of_content(finding, rows) or finding.hint)
    if code == "title_is_held" and table == "statements":
        return replace(finding, message=finding.message + _on_file(origin, curation))
    if code == "title_in_capture":
        return _quotation(finding, repairs, curation, origin, "title", record)
    if code == "event_date_resolves" and finding.field == "date_expression":
        source_id = origin.file.facts["date_source"]
        return _quotation(finding, repairs, curation, origin, "date_expression", source_id)
    if code == "published_date_in_capture" and record in curation.captures:
        return day_printed(finding, curation.captures[record], origin)
    if code == "speaker_is_named" and re.search("names? `", finding.message):
        of_statement = table == "statements" and origin.place[0] == "statements"
        advice = speaker_advice(origin, curation) if of_statement else ""
        return replace(finding, hint=advice or finding.hint)
    if code == "agent_names_unique" and finding.field == "other_names":
        return _at_other_name(finding, origin)
    if code in ("name_is_attested", "office_title_is_printed"):
        return name_advice(finding, rows, curation, origin)
    if code == "publisher_is_evidenced" and record in curation.captures:
        return _evidence_advice(finding, curation.captures[record])
    return finding


def _reference_advice(finding: Finding, curation: Curation) -> Finding:
    """Return the finding about an unknown id with how to write that there is none, or with known ids alike."""
    if finding.field in _OPTIONAL and _NOTHING.search(finding.message):
        return replace(
            finding, hint=f"If there is none, write {finding.field.removesuffix('_id')}: null"
        )
    if "did you mean" not in finding.message:
        return replace(finding, message=finding.message + _alike(finding.message, curation))
    return finding


def _at_other_name(finding: Finding, origin: Origin) -> Finding:
    """Return the finding about one of the agent's other names at the line of that name."""
    names = origin.file.facts.get("other_names") or []
    words = re.findall("“([^”]+)”", finding.message)
    if not words or words[0] not in names:
        return finding
    place = (*origin.place, "other_names", names.index(words[0]))
    return replace(finding, line=origin.file.document.line(place))


def _evidence_advice(finding: Finding, capture: str) -> Finding:
    """Return the finding about evidence of the publisher with the nearest text of the capture."""
    words = re.findall("“([^”]+)” were not found", finding.message)
    near = nearest_text(Quotable.of(capture), words[0]) if words else None
    if not near:
        return finding
    return replace(finding, message=finding.message + closest_text(words[0], near))


def _alike(message: str, curation: Curation) -> str:
    """Return known ids that contain the unknown one, if none is near by its letters."""
    found = re.match(r"there is no `([^`]+)` in (source|event|agent)s", message)
    if found is None:
        return ""
    return nearest_id(found[1], [i for kind, i in curation.files if kind == found[2]])


def _on_file(origin: Origin, curation: Curation) -> str:
    """Return the offices of the speaker on file, with their dates and lines."""
    speaker = origin.file.document.value[origin.place[0]][origin.place[1]].get("speaker")
    file = curation.files.get(("agent", speaker))
    offices = [
        f"{entry['title']} from {entry['start_date']}{' to ' + entry['end_date'] if entry.get('end_date') else ''} ({file.path}, line {file.document.line(('offices', index))})"
        for index, entry in (file.iter_entries("offices") if file else ())
    ]
    return f"; on file: {'; '.join(offices)}" if offices else "; the agent has no offices on file"


def _quotation(
    finding: Finding, repairs: list[Repair], curation: Curation, origin: Origin, key: str, source_id: str
) -> Finding:  # fmt: skip
    """Report a fact that quotes a source like other quotations."""
    if source_id not in curation.captures or origin.file.facts.get(key) is None:
        return finding
    quote = origin.file.facts[key]
    place = (key,) if isinstance(quote, str) else (key, "quote")
    words = fold_space(words_of(quote)[0])
    source = Quotable.of(curation.captures[source_id])
    problem = explain(
        MissingWords(
            finding.code, place, words, f"the captured text of `{source_id}`", finding.hint, source
        )
    )
    if (
        key == "date_expression"
        and problem.words is not None
        and not (problem.nearest and problem.nearest.certain)
    ):
        days = [
            shown
            for day, shown, _ in iter_printed_days(source.text)
            if str(day) == str(origin.file.facts["start_date"])
        ]
        if days and len(source.find(days[0])) == 1:
            message = f"“{words}” was not found in the captured text of `{source_id}`, which prints the date as “{days[0]}”"
            hint = how_to_write(origin.file.document, (*origin.place, *place), days[0])
            return replace(finding, message=message, hint=hint[0].upper() + hint[1:])
    repair = problem.repair(finding.path, (*origin.place, *place))
    if repair is not None:
        repairs.append(repair)
    return replace(
        finding,
        message=problem.message,
        hint=problem.hint(origin.file.document, (*origin.place, *place)),
    )
