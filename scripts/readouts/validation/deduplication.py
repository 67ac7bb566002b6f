"""One finding per mistake, even if guards find it in many records: findings with a common cause are joined or left out."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from pathlib import PurePosixPath

from ..advice.leftovers import BREAKS_OFF
from ..advice.speakers import LACKS_NAME
from ..core.findings import Finding
from ..core.forms import form_of
from ..curation.files import Curation

SHOWN = 3
"""Most other places listed for a missing record."""

_ABSENT = re.compile(r"there is no `([^`]+)` in (agent|event)s")


def deduplicate_findings(findings: list[Finding], curation: Curation) -> list[Finding]:
    """Return the findings without those that another one explains, and with one for each file or name that many places need."""
    return _joined_by_label(_joined_by_file(_without_consequences(findings, curation)))


def _without_consequences(findings: list[Finding], curation: Curation) -> list[Finding]:
    """Leave out findings that disappear once the mistake reported by another finding is fixed."""
    reported = {(finding.code, finding.record) for finding in findings}
    broken_off = {
        finding.message.split("`")[1]
        for finding in findings
        if finding.code == "capture_fully_covered" and BREAKS_OFF in finding.message
    }

    def follows(finding: Finding) -> bool:
        other = re.findall("`([^`]+)`", finding.message)
        if finding.code == "attestation_quotes_statement":
            return any(statement in broken_off for statement in other)
        if finding.code == "office_periods_disjoint":
            return any(("office_period_in_evidence", office) in reported for office in other)
        event = curation.files.get(("event", finding.record))
        if (
            finding.code == "event_date_resolves"
            and finding.field != "date_expression"
            and event is not None
        ):
            return ("published_date_in_capture", event.facts["date_source"]) in reported
        return False

    return [finding for finding in findings if not follows(finding)]


def _joined_by_file(findings: list[Finding]) -> list[Finding]:
    """Report only the first place that names an agent or event without a file, with the number of places.

    If a file that nothing reads looks like the missing one, the finding says so, and neither the
    file nor the lost record is reported again.
    """
    places: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        absent = _ABSENT.match(finding.message) if finding.code == "reference_resolves" else None
        if absent is not None:
            places[absent[2], absent[1]].append(finding)
    explained: set[Finding] = set()
    joined = []
    for (kind, identifier), of_file in places.items():
        of_file.sort(key=lambda finding: (finding.path, finding.line))
        unread = [finding for finding in findings if _looks_like(finding, kind, identifier)]
        lost = [
            finding
            for finding in findings
            if (finding.code, finding.record) == ("released_ids_kept", identifier)
        ]
        first = of_file[0]
        if len(of_file) > 1:
            further = [f"{finding.path}:{finding.line}" for finding in of_file[1:]]
            rest = len(further) - SHOWN
            others = ", ".join(further[:SHOWN]) + (f" and {rest} more" if rest > 0 else "")
            hint = f"Use an existing id in each place, or add data/{kind}s/{identifier}.yaml."
            message = f"{first.message}{'' if first.message[-1] == '?' else '.'} It is used in {len(of_file)} places: here, {others}"
            first = replace(first, message=message, hint=hint)
        if len(unread) == 1:
            hint = f"Rename {unread[0].path}, which is probably this file, to {identifier}.yaml."
            first = replace(first, hint=hint)
        elif lost:
            path = lost[0].path
            hint = f"It was released: restore the file {path} (`git checkout HEAD -- {path}`, or undo the renaming)."
            first = replace(first, hint=hint)
        explained |= {*of_file, *lost, *(unread if len(unread) == 1 else ())}
        joined.append(first)
    return [finding for finding in findings if finding not in explained] + joined


def _looks_like(finding: Finding, kind: str, identifier: str) -> bool:
    """Return True if the finding is about a file that nothing reads and whose name may be the id of the missing record of this kind."""
    path = PurePosixPath(finding.path)
    if finding.code not in ("file_expected", "id_form") or path.parent.name != f"{kind}s":
        return False
    form = form_of(kind, path.name.partition(".")[0])
    return form is not None and form[1] == identifier


def _joined_by_label(findings: list[Finding]) -> list[Finding]:
    """Report only the first statement of a file whose label may be a name missing from the agent's file, with the lines of the others."""
    places: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.code == "speaker_is_named" and LACKS_NAME in finding.hint:
            places[finding.path, finding.message].append(finding)
    explained: set[Finding] = set()
    joined = []
    for of_label in places.values():
        first, *others = sorted(of_label, key=lambda finding: finding.line)
        if others:
            explained |= set(of_label)
            lines = ", ".join(str(finding.line) for finding in others)
            joined.append(
                replace(
                    first,
                    message=f"{first.message}; the same in line{'s' * (len(others) > 1)} {lines}",
                )
            )
    return [finding for finding in findings if finding not in explained] + joined
