"""Errors of every kind, planted in an event that is right, and what a validator should find.

One function a guard, named after it: it changes the rows and returns the (table, record) that the guard should name. `VALUE_ERRORS`
are the mistakes of one value.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from .templates import Event, Row

Found = list[tuple[str, str]]


@dataclass
class Planted:
    """An event with one mistake. `truth` is (code, table, record) of each finding that should come of it."""

    rows: dict[str, list[Any]]
    truth: list[tuple[str, str, str]] = field(default_factory=list)
    ledger: list[Row] = field(default_factory=list)


def plant(event: Event, kind: str, form: str) -> Planted:
    """The event with a mistake of a kind of KINDS, if it can be written in the form; else as it is."""
    planted = Planted(copy.deepcopy(event))
    make, forms = KINDS[kind]
    if form in forms:
        planted.truth = [(code, table, record) for code, table, record in make(planted)]
    return planted


def _fourth(p: Planted) -> Row:
    """A statement that nothing continues and whose words no label quotes."""
    return p.rows["statements"][3]


def _set(p: Planted, table: str, number: int, **values: Any) -> Found:
    row = p.rows[table][number]
    row.update(values)
    return [(table, record_id(table, row))]


KEYS = {
    "statements": ("statement_id",), "sources": ("source_id",), "agents": ("agent_id",), "offices": ("office_id",), "events": ("event_id",),
    "participants": ("event_id", "agent_id", "role"), "attributions": ("statement_id", "ordinal"), "segments": ("statement_id", "ordinal"),
    "claims": ("claim_id",), "attestations": ("claim_id", "statement_id"), "omissions": ("claim_id", "source_id"), "pairs": ("pair_id",),
}  # fmt: skip


def record_id(table: str, row: Row) -> str:
    return "/".join(str(row[key]) for key in KEYS[table])


def _target(p: Planted) -> int:
    """An attribution that no other rule asks for."""
    return next(n for n, row in enumerate(p.rows["attributions"]) if row["role"] == "target")


def _segments(p: Planted) -> list[Row]:
    return [row for row in p.rows["segments"] if row["statement_id"] == _fourth(p)["statement_id"]]


def _moved(day: str, days: int) -> str:
    return str(date.fromisoformat(day) + timedelta(days=days))


def access_day_in_origin(p: Planted) -> Found:
    return _set(p, "sources", 1, obtained_from="somewhere, some day")


def antecedent_is_earlier(p: Planted) -> Found:
    return _set(p, "statements", 3, antecedent="somebody else")


def attestation_quotes_statement(p: Planted) -> Found:
    return _set(p, "attestations", 5, quote="words that nobody said")


def attributions_name_speaker(p: Planted) -> Found:
    return _set(p, "attributions", _target(p), label="nobody of that name")


def basis_given(p: Planted) -> Found:
    return _set(p, "statements", 3, date_expression="Thursday")


def capture_matches_hash(p: Planted) -> Found:
    return _set(p, "sources", 1, text_sha256="0" * 64)


def claim_is_attested(p: Planted) -> Found:
    event_id = p.rows["events"][0]["event_id"]
    claim = {"claim_id": f"{event_id}.c99", "event_id": event_id, "proposition": "Nobody said this.", "added_in": None}
    p.rows["claims"].append(claim)
    p.rows["omissions"] += [{"claim_id": claim["claim_id"], "source_id": s["source_id"]} for s in p.rows["sources"] if s["relays"] is None]
    return [("claims", claim["claim_id"])]


def context_in_capture(p: Planted) -> Found:
    return _set(p, "statements", 3, prefix="q" * len(_fourth(p)["prefix"]))


def continues_nearest(p: Planted) -> Found:
    return _set(p, "statements", 3, continues=p.rows["statements"][1]["statement_id"])


def copied_columns_agree(p: Planted) -> Found:
    return _set(p, "statements", 3, event_name="Another meeting")


def date_expression_resolves(p: Planted) -> Found:
    return _set(p, "statements", 1, date_expression="Friday last")


def date_in_event(p: Planted) -> Found:
    return _set(p, "statements", 3, date=_moved(_fourth(p)["date"], 1))


def dates_in_order(p: Planted) -> Found:
    return _set(p, "sources", 1, accessed_on="2020-01-01", obtained_from="made on 2020-01-01")


def event_date_resolves(p: Planted) -> Found:
    return _set(p, "events", 0, date_expression="Friday last")


def event_dated_by_account(p: Planted) -> Found:
    other = p.rows["sources"][0] | {"source_id": p.rows["sources"][0]["source_id"].replace("account-a", "account-c"), "relays": None}
    p.rows["sources"].append(other)
    return _set(p, "events", 0, date_source_id=other["source_id"])


def event_period_in_order(p: Planted) -> Found:
    return _set(p, "events", 0, end_date=_moved(p.rows["events"][0]["start_date"], -7))


def headline_is_title(p: Planted) -> Found:
    return _set(p, "statements", 3, section="headline")


def id_of_owner(p: Planted) -> Found:
    event_id = p.rows["events"][0]["event_id"]
    p.rows["claims"].append({"claim_id": f"z{event_id}.c98", "event_id": event_id, "proposition": "Nobody said this.", "added_in": None})
    return [("claims", f"z{event_id}.c98")]


def ids_unique(p: Planted) -> Found:
    p.rows["attributions"].append(dict(p.rows["attributions"][_target(p)]))
    return [("attributions", record_id("attributions", p.rows["attributions"][-1]))]


def mode_fits_form(p: Planted) -> Found:
    return _set(p, "statements", 3, speech_act=None)


def name_is_attested(p: Planted) -> Found:
    return _set(p, "agents", 2, other_names="Zzyzxwv")


def nothing_forgotten(p: Planted) -> Found:
    source_id = p.rows["exclusions"][-1]["source_id"]
    p.rows["exclusions"].pop()
    return [("sources", source_id)]


def office_period_in_evidence(p: Planted) -> Found:
    return _set(p, "offices", 1, evidence="Everybody knows it.")


def _office(p: Planted, suffix: str, **values: Any) -> Row:
    office = p.rows["offices"][1]
    p.rows["offices"].append(office | {"office_id": f"{office['office_id']}-{suffix}"} | values)
    return p.rows["offices"][-1]


def office_periods_apart(p: Planted) -> Found:
    return [("offices", _office(p, "again", start_date="2020-02-01", evidence="In office since 2020-02-01.")["office_id"])]


def office_title_is_printed(p: Planted) -> Found:
    return [("offices", _office(p, "vizier", title="Grand Vizier of Nowhere")["office_id"])]


def omissions_are_right(p: Planted) -> Found:
    return [("claims", p.rows["omissions"].pop(0)["claim_id"])]


def pairs_are_right(p: Planted) -> Found:
    return _set(p, "pairs", 5, label="conflicting")


def participant_is_named(p: Planted) -> Found:
    event_id = p.rows["events"][0]["event_id"]
    agent = p.rows["agents"][0] | {"agent_id": f"unheard-{event_id}", "type": "organisation", "name": "Academy of the Unheard"}
    p.rows["agents"].append(agent)
    _office(p, "former", organization_id=agent["agent_id"], start_date="2010-01-01", end_date="2011-01-01",
            evidence="From 2010-01-01 to 2011-01-01 at the Academy of the Unheard.")  # fmt: skip
    p.rows["participants"].append({"event_id": event_id, "agent_id": agent["agent_id"], "role": "participant", "added_in": None})
    return [("participants", record_id("participants", p.rows["participants"][-1]))]


def parts_are_segments(p: Planted) -> Found:
    return _set(p, "statements", 2, cue="stated")


def published_date_in_capture(p: Planted) -> Found:
    return _set(p, "sources", 1, published_on=_moved(p.rows["sources"][1]["published_on"], 1))


def published_text_is_capture(p: Planted) -> Found:
    return _set(p, "sources", 1, redistribution="full-text", text="Another text.")


def publisher_is_evidenced(p: Planted) -> Found:
    return _set(p, "sources", 0, publisher_evidence="“Department of” in the head of the text")


def quote_in_capture(p: Planted) -> Found:
    statement, segment = _fourth(p), _segments(p)[0]
    segment["text"] = "~" + segment["text"][1:]
    return _set(p, "statements", 3, exact="~" + statement["exact"][1:], text="~" + statement["text"][1:])


def reference_resolves(p: Planted) -> Found:
    return _set(p, "attributions", _target(p), agent_id="nobody-of-that-id")


def relay_is_other(p: Planted) -> Found:
    return _set(p, "sources", 1, relays=p.rows["sources"][1]["source_id"])


def released_ids_kept(p: Planted) -> Found:
    lost, used = f"{p.rows['events'][0]['event_id']}.c97", p.rows["claims"][0]["claim_id"]
    line = {"table": "claims", "record_id": lost, "sha256": "0" * 64, "added_in": "1.0.0", "revised_in": None, "withdrawn_in": None, "released_on": None, "reason": None}
    p.ledger += [line, line | {"record_id": used, "withdrawn_in": "1.0.1", "reason": "It was wrong."}]
    return [("claims", lost), ("claims", used)]


def repeat_shares_claim(p: Planted) -> Found:
    return _set(p, "statements", 3, repeats=p.rows["statements"][1]["statement_id"])


def reproduced_share_is_right(p: Planted) -> Found:
    return _set(p, "sources", 1, reproduced_share=round(p.rows["sources"][1]["reproduced_share"] - 0.01, 4))


def segment_in_quote(p: Planted) -> Found:
    segment = _segments(p)[1]
    segment["text"] = ", "
    return [("segments", record_id("segments", segment))]


def segments_tile(p: Planted) -> Found:
    _segments(p)[-1]["ordinal"] = 9
    return [("statements", _fourth(p)["statement_id"])]


def speaker_is_named(p: Planted) -> Found:
    return _set(p, "statements", 3, continues=None)


def stretch_fits_quote(p: Planted) -> Found:
    segment = _segments(p)[1]
    segment["text"] = ";  "
    return [("segments", record_id("segments", segment))]


def stretches_apart(p: Planted) -> Found:
    statement = _fourth(p)
    start = statement["start"]
    p.rows["exclusions"].append({"source_id": statement["source_id"], "start": start, "end": start + 5, "reason": "narration"})
    return [("exclusions", f"{statement['source_id']}/{start}")]


def text_as_redistributed(p: Planted) -> Found:
    return _set(p, "sources", 1, redistribution="full-text")


def text_is_content(p: Planted) -> Found:
    return _set(p, "statements", 3, text=_fourth(p)["text"] + "x")


def title_in_capture(p: Planted) -> Found:
    return _set(p, "sources", 1, title="No such title")


def title_is_held(p: Planted) -> Found:
    p.rows["attributions"][next(n for n, row in enumerate(p.rows["attributions"]) if row["office_id"])]["office_id"] = None
    return [("statements", p.rows["statements"][1]["statement_id"])]


def within_holds(p: Planted) -> Found:
    return _set(p, "statements", 3, within=p.rows["statements"][4]["statement_id"])


GUARDS = (
    access_day_in_origin, antecedent_is_earlier, attestation_quotes_statement, attributions_name_speaker, basis_given, capture_matches_hash, claim_is_attested,
    context_in_capture, continues_nearest, copied_columns_agree, date_expression_resolves, date_in_event, dates_in_order, event_date_resolves,
    event_dated_by_account, event_period_in_order, headline_is_title, id_of_owner, ids_unique, mode_fits_form, name_is_attested,
    nothing_forgotten, office_period_in_evidence, office_periods_apart, office_title_is_printed, omissions_are_right, pairs_are_right,
    participant_is_named, parts_are_segments, published_date_in_capture, published_text_is_capture, publisher_is_evidenced, quote_in_capture,
    reference_resolves, relay_is_other, released_ids_kept, repeat_shares_claim, reproduced_share_is_right, segment_in_quote, segments_tile,
    speaker_is_named, stretch_fits_quote, stretches_apart, text_as_redistributed, text_is_content, title_in_capture, title_is_held, within_holds,
)  # fmt: skip



def _line(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _value(table: str, code: str, change: Callable[[Row], Row], forms: tuple[str, ...]) -> tuple[Callable[[Planted], list], tuple[str, ...]]:
    """A record with one wrong value."""

    def make(p: Planted) -> list[tuple[str, str, str]]:
        number = {"statements": 3, "attestations": 5, "attributions": _target(p), "segments": p.rows["segments"].index(_segments(p)[0]), "pairs": 5}[table]
        p.rows[table][number] = change(p.rows[table][number])
        return [(code, table, record_id(table, p.rows[table][number]))]

    return make, forms


def _junk(table: str, change: Callable[[str], str | bytes]) -> tuple[Callable[[Planted], list], tuple[str, ...]]:
    """A line more that is no record; only JSONL can hold it."""

    def make(p: Planted) -> list[tuple[str, str, str]]:
        line = change(_line(p.rows[table][-1]))
        p.rows[table].append((line if isinstance(line, bytes) else line.encode()) + b"\n")
        return [("row_readable", table, "")]

    return make, ("jsonl",)


def _guard(make: Callable[[Planted], Found]) -> tuple[Callable[[Planted], list], tuple[str, ...]]:
    return (lambda p: [(make.__name__, table, record) for table, record in make(p)]), ANY


ANY = ("jsonl", "parquet", "csv")
TYPED = ("jsonl",)
KINDS: dict[str, tuple[Callable[[Planted], list], tuple[str, ...]]] = {
    **{make.__name__: _guard(make) for make in GUARDS},
    "text for a number": _value("segments", "value_type", lambda row: row | {"start": str(row["start"])}, TYPED),
    "number for a text": _value("attributions", "value_type", lambda row: row | {"label": 5}, TYPED),
    "list for a text": _value("statements", "value_type", lambda row: row | {"cue": ["said"]}, TYPED),
    "truth for a number": _value("segments", "value_type", lambda row: row | {"start": True}, TYPED),
    "null where none may be": _value("statements", "value_type", lambda row: row | {"language": None}, ANY),
    "no whole number": _value("segments", "value_type", lambda row: row | {"end": row["end"] + 0.5}, ("jsonl", "csv")),
    "missing key": _value("statements", "key_present", lambda row: {k: v for k, v in row.items() if k != "within"}, TYPED),
    "unknown key": _value("attestations", "key_known", lambda row: row | {"note": None}, TYPED),
    "unknown term": _value("statements", "term_known", lambda row: row | {"mode": "shouted"}, ANY),
    "other letters in an id": _value("pairs", "value_form", lambda row: row | {"claim_ids": "Not An Id"}, ANY),
    "no such day": _value("statements", "value_form", lambda row: row | {"published_on": "2019-02-29"}, ANY),
    "day written loosely": _value("statements", "value_form", lambda row: row | {"published_on": "2021-1-8"}, ANY),
    "line end after a term": _value("statements", "value_form", lambda row: row | {"language": row["language"] + "\n"}, ANY),
    "empty text": _value("statements", "value_form", lambda row: row | {"cue": ""}, ("jsonl", "parquet")),
    "too long": _value("statements", "value_form", lambda row: row | {"prefix": "é" * 33}, ANY),
    "below zero": _value("segments", "value_range", lambda row: row | {"start": -1}, ANY),
    "beyond all numbers": _value("segments", "value_range", lambda row: row | {"start": 12345678901234567890}, ("jsonl", "csv")),
    "repeated key": _junk("attestations", lambda line: line[:-1] + ',"added_in":null}'),
    "not a number": _junk("segments", lambda line: line[:-1] + ',"note":NaN}'),
    "too large": _junk("segments", lambda line: line[:-1] + ',"note":1e999}'),
    "half a surrogate pair": _junk("statements", lambda line: line[:-1] + ',"note":"\\ud83d"}'),
    "no UTF-8": _junk("statements", lambda line: line.encode()[:-1] + b',"note":"\xff"}'),
    "cut off": _junk("statements", lambda line: line[: len(line) // 2]),
    "two on a line": _junk("statements", lambda line: line + line),
    "blank line": _junk("attributions", lambda line: "  "),
}
"""Every kind of mistake: what plants it, and the forms that can hold it."""
