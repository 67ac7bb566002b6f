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
    p.rows["omissions"] += [
        {"claim_id": claim["claim_id"], "source_id": s["source_id"]} for s in p.rows["sources"] if s["relays"] is None
    ]
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
    other = p.rows["sources"][0] | {
        "source_id": p.rows["sources"][0]["source_id"].replace("account-a", "account-c"),
        "relays": None,
    }
    p.rows["sources"].append(other)
    return _set(p, "events", 0, date_source_id=other["source_id"])


def event_period_in_order(p: Planted) -> Found:
    return _set(p, "events", 0, end_date=_moved(p.rows["events"][0]["start_date"], -7))


def headline_is_title(p: Planted) -> Found:
    return _set(p, "statements", 3, section="headline")


def id_of_owner(p: Planted) -> Found:
    event_id = p.rows["events"][0]["event_id"]
    p.rows["claims"].append(
        {"claim_id": f"z{event_id}.c98", "event_id": event_id, "proposition": "Nobody said this.", "added_in": None}
    )
    return [("claims", f"z{event_id}.c98")]


def ids_unique(p: Planted) -> Found:
    p.rows["attributions"].append(dict(p.rows["attributions"][_target(p)]))
    return [("attributions", record_id("attributions", p.rows["attributions"][-1]))]


def mode_fits_form(p: Planted) -> Found:
    return _set(p, "statements", 3, speech_act=None)


def name_is_attested(p: Planted) -> Found:
    return _set(p, "agents", 2, other_names="Zzyzxwv")


def nothing_forgotten(p: Planted) -> Found:
    row = p.rows["exclusions"].pop()
    return [("exclusions", f"{row['source_id']}/{row['start']}")]


def office_period_in_evidence(p: Planted) -> Found:
    return _set(p, "offices", 1, evidence="Everybody knows it.")


def _office(p: Planted, suffix: str, **values: Any) -> Row:
    office = p.rows["offices"][1]
    p.rows["offices"].append(office | {"office_id": f"{office['office_id']}-{suffix}"} | values)
    return p.rows["offices"][-1]


def office_periods_apart(p: Planted) -> Found:
    return [
        ("offices", _office(p, "again", start_date="2020-02-01", evidence="In office since 2020-02-01.")["office_id"])
    ]


def office_title_is_printed(p: Planted) -> Found:
    return [("offices", _office(p, "vizier", title="Grand Vizier of Nowhere")["office_id"])]


def omissions_are_right(p: Planted) -> Found:
    return [("claims", p.rows["omissions"].pop(0)["claim_id"])]


def pairs_are_right(p: Planted) -> Found:
    return _set(p, "pairs", 5, label="conflicting")


def participant_is_named(p: Planted) -> Found:
    event_id = p.rows["events"][0]["event_id"]
    name = f"Academy of {p.rows['agents'][1]['other_names']}"
    agent = p.rows["agents"][0] | {"agent_id": f"unheard-{event_id}", "type": "organisation", "name": name}
    p.rows["agents"].append(agent)
    _office(p, "former", organization_id=agent["agent_id"], start_date="2010-01-01", end_date="2011-01-01",
            evidence=f"From 2010-01-01 to 2011-01-01 at the {name}.")  # fmt: skip
    p.rows["participants"].append(
        {"event_id": event_id, "agent_id": agent["agent_id"], "role": "participant", "added_in": None}
    )
    return [("participants", record_id("participants", p.rows["participants"][-1]))]


def parts_are_segments(p: Planted) -> Found:
    return _set(p, "statements", 2, cue="stated")


def published_date_in_capture(p: Planted) -> Found:
    return _set(p, "sources", 1, published_on=_moved(p.rows["sources"][1]["published_on"], 1))


def published_text_is_capture(p: Planted) -> Found:
    return _set(p, "sources", 1, redistribution="full-text", text="Another text.", rights="public domain")


def publisher_is_evidenced(p: Planted) -> Found:
    return _set(p, "sources", 0, publisher_evidence="Department of")


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
    p.ledger += [_released("claims", lost), _released("claims", used, withdrawn_in="1.0.1", reason="It was wrong.")]
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
    p.rows["exclusions"].append(
        {"source_id": statement["source_id"], "start": start, "end": start + 5, "reason": "narration"}
    )
    return [("exclusions", f"{statement['source_id']}/{start}")]


def text_as_redistributed(p: Planted) -> Found:
    return _set(p, "sources", 1, redistribution="full-text", rights="public domain")


def text_is_content(p: Planted) -> Found:
    return _set(p, "statements", 3, text=_fourth(p)["text"] + "x")


def title_in_capture(p: Planted) -> Found:
    return _set(p, "sources", 1, title="No such title")


def title_is_held(p: Planted) -> Found:
    p.rows["attributions"][next(n for n, row in enumerate(p.rows["attributions"]) if row["office_id"])]["office_id"] = (
        None
    )
    return [("statements", p.rows["statements"][1]["statement_id"])]


def within_holds(p: Planted) -> Found:
    return _set(p, "statements", 3, within=p.rows["statements"][4]["statement_id"])


def _english(p: Planted) -> bool:
    return p.rows["sources"][0]["language"] == "en"


def _claim(p: Planted, local: str) -> Row:
    return next(row for row in p.rows["claims"] if row["claim_id"].endswith(f".{local}"))


def _carriers(p: Planted, claim: Row) -> list[Row]:
    return [row for row in p.rows["attestations"] if row["claim_id"] == claim["claim_id"]]


def _named(table: str, rows: list[Row]) -> Found:
    return [(table, record_id(table, row)) for row in rows]


def _pair(p: Planted, nth: int) -> Row:
    """The pair of the statements number `nth` (0-based) of the two accounts."""
    a, b = p.rows["statements"][nth], p.rows["statements"][nth + 12]
    return next(
        row
        for row in p.rows["pairs"]
        if (row["statement_a"], row["statement_b"]) == (a["statement_id"], b["statement_id"])
    )


def agents_apart(p: Planted) -> Found:
    return _named("offices", [_office(p, "state", agent_id=p.rows["agents"][0]["agent_id"])])


def attestation_fits_claim(p: Planted) -> Found:
    if not _english(p):
        return []
    claim = _claim(p, "c09")
    claim["proposition"] = "zebras graze beneath ancient baobab trees"
    return _named("attestations", _carriers(p, claim))


def claims_cover_statements(p: Planted) -> Found:
    claim = _claim(p, "c12")
    (carrier,) = _carriers(p, claim)
    p.rows["claims"].remove(claim)
    p.rows["attestations"].remove(carrier)
    p.rows["omissions"] = [row for row in p.rows["omissions"] if row["claim_id"] != claim["claim_id"]]
    return [("statements", carrier["statement_id"])]


def content_is_what_was_said(p: Planted) -> Found:
    if not _english(p):
        return []
    statement = p.rows["statements"][2]
    words = [
        row["text"]
        for row in p.rows["segments"]
        if row["statement_id"] == statement["statement_id"] and row["role"] == "content"
    ][1]
    next(
        row
        for row in p.rows["attributions"]
        if row["statement_id"] == statement["statement_id"] and row["role"] == "target"
    )["label"] = words[:12].strip()
    return [("statements", statement["statement_id"])]


def divergence_quotes_pair(p: Planted) -> Found:
    pair = _pair(p, 3)
    pair["divergence"] = "It makes a difference."
    return _named("pairs", [pair])


def event_facts_are_told(p: Planted) -> Found:
    return _set(p, "events", 0, place="Timbuktu")


def full_text_has_rights(p: Planted) -> Found:
    return _set(p, "sources", 1, redistribution="full-text", text=p.rows["captures"][1]["text"], reproduced_share=1.0)


def label_by_cue(p: Planted) -> Found:
    if not _english(p):
        return []
    statement = p.rows["statements"][5]
    segments = [row for row in p.rows["segments"] if row["statement_id"] == statement["statement_id"]]
    segments[2]["role"] = "context"
    statement["text"] = f"{segments[0]['text']} {segments[4]['text']}"
    return [("statements", statement["statement_id"])]


def language_fits_words(p: Planted) -> Found:
    return (
        _set(p, "sources", 1, rendering="translation")
        if _english(p) and "translat" not in p.rows["captures"][1]["text"].lower()
        else []
    )


def mode_fits_marks(p: Planted) -> Found:
    return _set(p, "statements", 2, mode="reported", speech_act=None) if _english(p) else []


def names_apart(p: Planted) -> Found:
    return _set(p, "agents", 2, other_names=p.rows["agents"][1]["name"])


def negation_is_kept(p: Planted) -> Found:
    if not _english(p):
        return []
    claim = _claim(p, "c04")
    claim["proposition"] = "it is not so that " + claim["proposition"]
    return _named("attestations", _carriers(p, claim))


def _added_claim(p: Planted, local: str, carrier: Row, proposition: str) -> Row:
    claim = _claim(p, "c04") | {"claim_id": f"{p.rows['events'][0]['event_id']}.{local}", "proposition": proposition}
    p.rows["claims"].append(claim)
    p.rows["attestations"].append(carrier | {"claim_id": claim["claim_id"], "relation": "equivalent"})
    return claim


def omission_is_real(p: Planted) -> Found:
    if not _english(p):
        return []
    carrier = _carriers(p, _claim(p, "c04"))[1]
    claim = _added_claim(p, "c96", carrier, carrier["quote"] + ", as said")
    p.rows["omissions"].append({"claim_id": claim["claim_id"], "source_id": p.rows["sources"][0]["source_id"]})
    _pair(p, 4)["label"] = "a_broader"
    return _named("claims", [claim])


def own_words_hold_no_text(p: Planted) -> Found:
    text = p.rows["captures"][0]["text"]
    told = (
        text[row["start"] : row["end"]].replace("\u00a0", " ").replace("\u202f", " ").replace("? ", ". ")
        for row in p.rows["exclusions"][:4]
    )
    long = [
        part.strip()
        for words in told
        for part in words.split(". ")
        if len(part.strip()) >= 80 and "announced" not in part
    ]
    return _set(p, "sources", 1, rights=f"Undetermined: {long[0]}") if long else []


def part_is_named(p: Planted) -> Found:
    return _set(p, "attributions", _target(p), agent_id="foreign-office")


def proposition_names_attested(p: Planted) -> Found:
    if not _english(p):
        return []
    _claim(p, "c04")["proposition"] += " Zanzibar"
    return _named("claims", [_claim(p, "c04")])


def propositions_apart(p: Planted) -> Found:
    (carrier,) = _carriers(p, _claim(p, "c11"))
    claim = _added_claim(p, "c95", carrier, _claim(p, "c11")["proposition"])
    p.rows["omissions"] += [
        row | {"claim_id": claim["claim_id"]} for row in p.rows["omissions"] if row["claim_id"].endswith(".c11")
    ]
    return _named("claims", [claim])


def relay_is_evidenced(p: Planted) -> Found:
    if p.rows["sources"][1]["relays"] is not None:
        return []
    return _set(p, "sources", 0, relays=p.rows["sources"][1]["source_id"])


def released_capture_kept(p: Planted) -> Found:
    source_id = p.rows["sources"][1]["source_id"]
    p.ledger.append(_released("captures", source_id))
    return [("sources", source_id)]


def same_words_same_relation(p: Planted) -> Found:
    carrier = _carriers(p, _claim(p, "c04"))[1]
    carrier["relation"] = "narrower"
    _pair(p, 4)["label"] = "a_broader"
    return _named("attestations", [carrier])


def sentence_is_whole(p: Planted) -> Found:
    statement = next(
        (s for n, s in enumerate(p.rows["statements"][:12]) if n > 2 and n % 3 != 0 and s["exact"][-1].isalnum()), None
    )
    if statement is None or statement is p.rows["statements"][11]:
        return []
    p.rows["exclusions"].append(
        {
            "source_id": statement["source_id"],
            "start": statement["end"],
            "end": statement["end"] + 1,
            "reason": "narration",
        }
    )
    return [("statements", statement["statement_id"])]


def speaker_is_given(p: Planted) -> Found:
    statement = _fourth(p)
    next(row for row in p.rows["attributions"] if row["statement_id"] == statement["statement_id"])["agent_id"] = None
    return _set(p, "statements", 3, speaker_id=None, speaker_name=None)


def speaker_takes_part(p: Planted) -> Found:
    del p.rows["participants"][1]
    return [("statements", p.rows["statements"][0]["statement_id"])]


def title_is_headline(p: Planted) -> Found:
    p.rows["statements"][12].update(section="body", repeats=None)
    return [("sources", p.rows["statements"][12]["source_id"])]


def title_is_told(p: Planted) -> Found:
    statement = p.rows["statements"][1]
    before, speaker = [row for row in p.rows["segments"] if row["statement_id"] == statement["statement_id"]][1:3]
    before["text"], speaker["text"] = ", ", before["text"][2:] + speaker["text"]
    before["end"] = speaker["start"] = before["start"] + 2
    next(row for row in p.rows["attributions"] if row["office_id"]).update(label=speaker["text"], office_id=None)
    return _set(p, "statements", 1, speaker_label=speaker["text"], speaker_title=None)


def _released(table: str, record: str, **values: Any) -> Row:
    """A line of the ledger."""
    line = {
        "table": table,
        "record_id": record,
        "sha256": "0" * 64,
        "added_in": "1.0.0",
        "revised_in": None,
        "withdrawn_in": None,
        "released_on": None,
        "reason": None,
    }
    return line | values


GUARDS = (
    access_day_in_origin,
    agents_apart,
    antecedent_is_earlier,
    attestation_fits_claim,
    attestation_quotes_statement,
    attributions_name_speaker,
    basis_given,
    capture_matches_hash,
    claim_is_attested,
    claims_cover_statements,
    content_is_what_was_said,
    context_in_capture,
    continues_nearest,
    copied_columns_agree,
    date_expression_resolves,
    date_in_event,
    dates_in_order,
    divergence_quotes_pair,
    event_date_resolves,
    event_dated_by_account,
    event_facts_are_told,
    event_period_in_order,
    full_text_has_rights,
    headline_is_title,
    id_of_owner,
    ids_unique,
    label_by_cue,
    language_fits_words,
    mode_fits_form,
    mode_fits_marks,
    name_is_attested,
    names_apart,
    negation_is_kept,
    nothing_forgotten,
    office_period_in_evidence,
    office_periods_apart,
    office_title_is_printed,
    omission_is_real,
    omissions_are_right,
    own_words_hold_no_text,
    pairs_are_right,
    part_is_named,
    participant_is_named,
    parts_are_segments,
    proposition_names_attested,
    propositions_apart,
    published_date_in_capture,
    published_text_is_capture,
    publisher_is_evidenced,
    quote_in_capture,
    reference_resolves,
    relay_is_evidenced,
    relay_is_other,
    released_capture_kept,
    released_ids_kept,
    repeat_shares_claim,
    reproduced_share_is_right,
    same_words_same_relation,
    segment_in_quote,
    segments_tile,
    sentence_is_whole,
    speaker_is_given,
    speaker_is_named,
    speaker_takes_part,
    stretch_fits_quote,
    stretches_apart,
    text_as_redistributed,
    text_is_content,
    title_in_capture,
    title_is_headline,
    title_is_held,
    title_is_told,
    within_holds,
)


def _line(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _value(
    table: str, code: str, change: Callable[[Row], Row], forms: tuple[str, ...]
) -> tuple[Callable[[Planted], list], tuple[str, ...]]:
    """A record with one wrong value."""

    def make(p: Planted) -> list[tuple[str, str, str]]:
        number = {
            "statements": 3,
            "attestations": 5,
            "attributions": _target(p),
            "segments": p.rows["segments"].index(_segments(p)[0]),
            "pairs": 5,
        }[table]
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
    "missing key": _value(
        "statements", "key_present", lambda row: {k: v for k, v in row.items() if k != "within"}, TYPED
    ),
    "unknown key": _value("attestations", "key_known", lambda row: row | {"note": None}, TYPED),
    "unknown term": _value("statements", "term_known", lambda row: row | {"mode": "shouted"}, ANY),
    "other letters in an id": _value("pairs", "value_form", lambda row: row | {"claim_ids": "Not An Id"}, ANY),
    "no such day": _value("statements", "value_form", lambda row: row | {"published_on": "2019-02-29"}, ANY),
    "day written loosely": _value("statements", "value_form", lambda row: row | {"published_on": "2021-1-8"}, ANY),
    "line end after a term": _value(
        "statements", "value_form", lambda row: row | {"language": row["language"] + "\n"}, ANY
    ),
    "empty text": _value("statements", "value_form", lambda row: row | {"cue": ""}, ("jsonl", "parquet")),
    "too long": _value("statements", "value_form", lambda row: row | {"prefix": "é" * 33}, ANY),
    "below zero": _value("segments", "value_range", lambda row: row | {"start": -1}, ANY),
    "beyond all numbers": _value(
        "segments", "value_range", lambda row: row | {"start": 12345678901234567890}, ("jsonl", "csv")
    ),
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
