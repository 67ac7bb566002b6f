"""Findings (mistakes in the data), PackageError (an unusable package or tool), and how things are counted."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

RENAMED_CODES = {
    "access_day_in_origin": "access_date_in_origin",
    "agents_apart": "agents_unique",
    "capture_sealed": "source_text_unchanged",
    "content_is_what_was_said": "content_without_reporting_clause",
    "event_facts_are_told": "event_facts_in_accounts",
    "forms_agree": "formats_agree",
    "id_of_owner": "id_begins_with_owner",
    "keys_fit": "keys_compatible",
    "names_apart": "agent_names_unique",
    "negation_is_kept": "claim_keeps_negation",
    "nothing_forgotten": "capture_fully_covered",
    "office_periods_apart": "office_periods_disjoint",
    "omission_is_real": "omitted_words_absent",
    "omissions_are_right": "omissions_match_claims",
    "own_words_hold_no_text": "own_words_not_copied",
    "pairs_are_right": "pairs_match_claims",
    "part_is_named": "attributed_agent_named",
    "parts_apart": "parts_disjoint",
    "propositions_apart": "propositions_unique",
    "relay_is_other": "relay_names_other_account",
    "released_capture_kept": "released_capture_unchanged",
    "reproduced_share_is_right": "reproduced_share_matches_tables",
    "reviewed_rule_fires": "review_still_needed",
    "saying_took_place": "statement_was_made",
    "sense_is_kept": "claim_keeps_meaning",
    "stretch_fits_quote": "offsets_fit_text",
    "stretches_apart": "passages_disjoint",
    "title_is_told": "title_includes_offices",
    "verdicts_agree": "validators_agree",
    "within_holds": "nested_inside_parent",
}
"""Former code of a finding → its present code. `explain` and `reviewed:` accept both until the next version of the tool."""


def present_code(code: str) -> str:
    return RENAMED_CODES.get(code, code)


class PackageError(Exception):
    """The package or a tool that it needs cannot be used at all: one line, exit status 2."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake in the data.

    `code` is the name of the violated rule, stable across versions; `severity` is "error" or
    "warning". `path` is relative to the package root, with "/" as separator; `line` is physical and
    1-based in that file (0 if the file is missing). `field` and `record` name the value as in the
    published tables.
    """

    code: str
    severity: str
    path: str
    line: int
    field: str
    record: str
    message: str
    hint: str

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def reason_of(error: OSError) -> str:
    """Return the reason given by the operating system, with the file if it named one."""
    reason = error.strerror or str(error)
    return f"{reason} ({error.filename})" if error.filename is not None else reason


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, given in the singular: “1,200 statements”, “1 statement”."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def in_reading_order(findings: list[Finding]) -> list[Finding]:
    """Sort by file and line, with each mistake once."""
    return sorted(
        set(findings), key=lambda f: (f.path, f.line, f.code, f.record, f.field, f.message)
    )
