"""Advice that a guard cannot give: the text that was probably meant, and the line of the curated file to write."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from rapidfuzz.distance import Levenshtein

from ..compile.problems import MissingWords, words_of
from ..compile.rows import Origin, Rows
from ..core.findings import Finding
from ..core.printed_days import iter_printed_days
from ..core.spelling import nearest_id
from ..curation.files import Curation
from ..curation.quotations import Quotable, fold_space
from ..curation.repairs import Repair
from ..curation.sentences import iter_sentences
from .differences import difference
from .explanations import explain
from .nearest import Nearest, nearest_text
from .speakers import speaker_advice
from .writing import how_to_write

BREAKS_OFF = "breaks off; the rest of the sentence is not covered by a statement or an exclusion"
"""Text that marks a finding about leftover words that belong to the statement before them."""
CAPTURES_SEARCHED = 20
"""Most captures searched for a name."""

_NOTHING = re.compile("there is no `(?:none|null|nil|nobody|unknown|n-?a)` in ")
_OPTIONAL = ("organization_id", "publisher_id", "speaker_id", "relays", "part_of")
"""References that are optional."""


def add_advice(
    finding: Finding, table: str, rows: Rows, curation: Curation, repairs: list[Repair]
) -> Finding:
    """Return a guard's finding about a record of the table, with the nearest text if it is about words that appear nowhere.

    An unambiguous repair is added to `repairs`.
    """
    if finding.code == "capture_fully_covered":
        return _stop_left_over(_rest_of_sentence(finding, rows, curation), rows)
    origin = rows.origins.get((table, finding.record))
    if origin is None:
        return finding
    if (
        finding.code == "reference_resolves"
        and finding.field in _OPTIONAL
        and _NOTHING.search(finding.message)
    ):
        return replace(
            finding, hint=f"If there is none, write {finding.field.removesuffix('_id')}: null"
        )
    if finding.code == "reference_resolves" and "did you mean" not in finding.message:
        return replace(finding, message=finding.message + _alike(finding.message, curation))
    if finding.code == "content_without_reporting_clause":
        return replace(finding, hint=_day_of_content(finding, rows) or finding.hint)
    if finding.code == "title_is_held" and table == "statements":
        return replace(finding, message=finding.message + _on_file(origin, curation))
    if finding.code == "title_in_capture":
        return _quotation(finding, repairs, curation, origin, "title", finding.record)
    if finding.code == "event_date_resolves" and finding.field == "date_expression":
        return _quotation(
            finding, repairs, curation, origin, "date_expression", origin.file.facts["date_source"]
        )
    if finding.code == "published_date_in_capture" and finding.record in curation.captures:
        return _day_printed(finding, curation.captures[finding.record], origin)
    if finding.code == "speaker_is_named" and re.search("names? `", finding.message):
        advice = (
            speaker_advice(origin, curation)
            if table == "statements" and origin.place[0] == "statements"
            else ""
        )
        return replace(finding, hint=advice or finding.hint)
    if finding.code == "agent_names_unique" and finding.field == "other_names":
        items, words = (
            origin.file.facts.get("other_names") or [],
            re.findall("“([^”]+)”", finding.message),
        )
        if words and words[0] in items:
            place = (*origin.place, "other_names", items.index(words[0]))
            return replace(finding, line=origin.file.document.line(place))
        return finding
    if finding.code in ("name_is_attested", "office_title_is_printed"):
        return _name(finding, rows, curation, origin)
    if finding.code == "publisher_is_evidenced" and finding.record in curation.captures:
        words = re.findall("“([^”]+)” were not found", finding.message)
        near = (
            nearest_text(Quotable.of(curation.captures[finding.record]), words[0])
            if words
            else None
        )
        return (
            replace(finding, message=finding.message + _shown(words[0], near)) if near else finding
        )
    return finding


def _day_of_content(finding: Finding, rows: Rows) -> str:
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


def _rest_of_sentence(finding: Finding, rows: Rows, curation: Curation) -> Finding:
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


def _stop_left_over(finding: Finding, rows: Rows) -> Finding:
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


def _day_printed(finding: Finding, text: str, origin: Origin) -> Finding:
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


def _shown(words: str, near: Nearest) -> str:
    return f"; closest text: {difference(words, near.words)}"


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


def _name(finding: Finding, rows: Rows, curation: Curation, origin: Origin) -> Finding:
    """Report a name or office title that appears in none of the agent's sources."""
    names = re.findall("“([^”]+)”", finding.message)
    agent_id = origin.file.identifier
    if len(names) != 1:
        return finding
    near: list[tuple[float, Nearest]] = []
    for source_id in _sources_of(rows, agent_id)[:CAPTURES_SEARCHED]:
        found = (
            nearest_text(Quotable.of(curation.captures[source_id]), names[0])
            if source_id in curation.captures
            else None
        )
        if found is not None and _keeps_words(names[0], found.words):
            near.append((Levenshtein.normalized_similarity(names[0], found.words), found))
    items = origin.file.facts.get("other_names") or []
    place: tuple[str | int, ...] = (finding.field,)
    if finding.field == "other_names" and names[0] in items:
        place = ("other_names", items.index(names[0]))
        finding = replace(finding, line=origin.file.document.line((*origin.place, *place)))
    if not near:
        longer = [
            match[0]
            for source_id in _sources_of(rows, agent_id)[:CAPTURES_SEARCHED]
            if (
                match := re.search(
                    rf"(?<!\w){re.escape(names[0])}\w+", curation.captures.get(source_id, "")
                )
            )
        ]
        return (
            replace(finding, message=f"{finding.message}, but “{longer[0]}” is there")
            if longer
            else finding
        )
    best = max(
        near, key=lambda entry: (entry[0], entry[1].words[0] == names[0][0], entry[1].words)
    )[1]
    line = how_to_write(origin.file.document, (*origin.place, *place), best.words)
    hint = f"{finding.hint} If you mean that, {line}"
    return replace(finding, message=finding.message + _shown(names[0], best), hint=hint)


def _keeps_words(name: str, proposed: str) -> bool:
    """Return True if the proposed name has as many words as the name, or only words of it: otherwise a word would be lost."""
    ours, theirs = re.findall(r"\w+", name), re.findall(r"\w+", proposed)
    return len(theirs) >= len(ours) or bool(theirs and set(theirs) <= set(ours))


def _sources_of(rows: Rows, agent_id: str) -> list[str]:
    """Return sources that have the agent as speaker or publisher, or report an event with it as participant."""
    found = {row["source_id"] for row in rows.tables["sources"] if row["publisher_id"] == agent_id}
    events = {row["event_id"] for row in rows.tables["participants"] if row["agent_id"] == agent_id}
    found |= {
        row["source_id"]
        for row in rows.tables["statements"]
        if row["speaker_id"] == agent_id or row["event_id"] in events
    }
    return sorted(found)
