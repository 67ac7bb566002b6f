"""Mistakes about statements and their parts, each named after the guard that finds it."""

from __future__ import annotations

from ..names import PUBLISHERS
from .injected import (
    Found,
    InjectedEvent,
    change,
    fourth,
    is_english,
    moved,
    overwrite,
    record_id,
    reviewed,
    segments_of_fourth,
    target_place,
)


def antecedent_is_earlier(p: InjectedEvent) -> Found:
    return change(p, "statements", 3, antecedent="somebody else")


def attributions_name_speaker(p: InjectedEvent) -> Found:
    return change(p, "attributions", target_place(p), label="nobody of that name")


def basis_given(p: InjectedEvent) -> Found:
    return change(p, "statements", 3, date_expression="Thursday")


def content_without_reporting_clause(p: InjectedEvent) -> Found:
    if not is_english(p):
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


def context_in_capture(p: InjectedEvent) -> Found:
    return change(p, "statements", 3, prefix="q" * len(fourth(p)["prefix"]))


def continues_nearest(p: InjectedEvent) -> Found:
    return change(p, "statements", 3, continues=p.rows["statements"][1]["statement_id"])


def copied_columns_agree(p: InjectedEvent) -> Found:
    return change(p, "statements", 3, event_name="Another meeting")


def date_expression_resolves(p: InjectedEvent) -> Found:
    return change(p, "statements", 1, date_expression="Friday last")


def date_in_event(p: InjectedEvent) -> Found:
    return change(p, "statements", 3, date=moved(fourth(p)["date"], 1))


def headline_is_title(p: InjectedEvent) -> Found:
    return change(p, "statements", 3, section="headline")


def ids_unique(p: InjectedEvent) -> Found:
    p.rows["attributions"].append(dict(p.rows["attributions"][target_place(p)]))
    return [("attributions", record_id("attributions", p.rows["attributions"][-1]))]


def label_by_cue(p: InjectedEvent) -> Found:
    if not is_english(p):
        return []
    statement = p.rows["statements"][5]
    segments = [
        row for row in p.rows["segments"] if row["statement_id"] == statement["statement_id"]
    ]
    segments[2]["role"] = "context"
    statement["text"] = f"{segments[0]['text']} {segments[4]['text']}"
    return [("statements", statement["statement_id"])]


def mode_fits_form(p: InjectedEvent) -> Found:
    return change(p, "statements", 3, speech_act=None)


def mode_fits_marks(p: InjectedEvent) -> Found:
    return change(p, "statements", 2, mode="reported", speech_act=None) if is_english(p) else []


def attributed_agent_named(p: InjectedEvent) -> Found:
    return change(p, "attributions", target_place(p), agent_id=PUBLISHERS[1]["agent_id"])


def parts_are_segments(p: InjectedEvent) -> Found:
    return change(p, "statements", 2, cue="stated")


def quote_in_capture(p: InjectedEvent) -> Found:
    statement, segment = fourth(p), segments_of_fourth(p)[0]
    segment["text"] = "~" + segment["text"][1:]
    return change(
        p, "statements", 3, exact="~" + statement["exact"][1:], text="~" + statement["text"][1:]
    )


def reference_resolves(p: InjectedEvent) -> Found:
    return change(p, "attributions", target_place(p), agent_id="nobody-of-that-id")


def review_still_needed(p: InjectedEvent) -> Found:
    return reviewed(p, "speaker_is_given")


def reviewed_rule_is_review(p: InjectedEvent) -> Found:
    return reviewed(p, "segments_tile")


def statement_was_made(p: InjectedEvent) -> Found:
    if not is_english(p):
        return []
    statement = p.rows["statements"][7]
    first = next(
        row for row in p.rows["segments"] if row["statement_id"] == statement["statement_id"]
    )
    # Also over the comma, because the words after a comma belong to the content.
    overwrite(p, statement, len(first["text"]) - 4, " will ")
    return [("statements", statement["statement_id"])]


def segment_in_quote(p: InjectedEvent) -> Found:
    segment = segments_of_fourth(p)[1]
    segment["text"] = ", "
    return [("segments", record_id("segments", segment))]


def segments_tile(p: InjectedEvent) -> Found:
    segments_of_fourth(p)[-1]["ordinal"] = 9
    return [("statements", fourth(p)["statement_id"])]


def sentence_is_whole(p: InjectedEvent) -> Found:
    statement = next(
        (
            s
            for n, s in enumerate(p.rows["statements"][:12])
            if n > 2 and n % 3 != 0 and s["exact"][-1].isalnum()
        ),
        None,
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


def speaker_is_given(p: InjectedEvent) -> Found:
    statement = fourth(p)
    next(row for row in p.rows["attributions"] if row["statement_id"] == statement["statement_id"])[
        "agent_id"
    ] = None
    return change(p, "statements", 3, speaker_id=None, speaker_name=None)


def speaker_is_labelled(p: InjectedEvent) -> Found:
    if not is_english(p):
        return []
    statement = p.rows["statements"][7]
    parts = [row for row in p.rows["segments"] if row["statement_id"] == statement["statement_id"]]
    next(part for part in parts if part["role"] == "speaker")["role"] = "content"
    for row in p.rows["statements"]:
        if row["continues"] == statement["statement_id"]:
            row["continues"] = p.rows["statements"][2]["statement_id"]
    attribution = next(
        row for row in p.rows["attributions"] if row["statement_id"] == statement["statement_id"]
    )
    attribution.update(agent_id=None, office_id=None, label=None)
    text = " ".join(part["text"] for part in parts if part["role"] == "content")
    return change(
        p, "statements", 7, speaker_id=None, speaker_name=None, speaker_label=None, text=text
    )


def speaker_is_named(p: InjectedEvent) -> Found:
    return change(p, "statements", 3, continues=None)


def offsets_fit_text(p: InjectedEvent) -> Found:
    segment = segments_of_fourth(p)[1]
    segment["text"] = ";  "
    return [("segments", record_id("segments", segment))]


def passages_disjoint(p: InjectedEvent) -> Found:
    statement = fourth(p)
    start = statement["start"]
    p.rows["exclusions"].append(
        {
            "source_id": statement["source_id"],
            "start": start,
            "end": start + 5,
            "reason": "narration",
        }
    )
    return [("exclusions", f"{statement['source_id']}/{start}")]


def text_is_content(p: InjectedEvent) -> Found:
    return change(p, "statements", 3, text=fourth(p)["text"] + "x")


def title_is_held(p: InjectedEvent) -> Found:
    p.rows["attributions"][
        next(n for n, row in enumerate(p.rows["attributions"]) if row["office_id"])
    ]["office_id"] = None
    return [("statements", p.rows["statements"][1]["statement_id"])]


def title_includes_offices(p: InjectedEvent) -> Found:
    statement = p.rows["statements"][1]
    before, speaker = [
        row for row in p.rows["segments"] if row["statement_id"] == statement["statement_id"]
    ][1:3]
    before["text"], speaker["text"] = ", ", before["text"][2:] + speaker["text"]
    before["end"] = speaker["start"] = before["start"] + 2
    next(row for row in p.rows["attributions"] if row["office_id"]).update(
        label=speaker["text"], office_id=None
    )
    return change(p, "statements", 1, speaker_label=speaker["text"], speaker_title=None)


def nested_inside_parent(p: InjectedEvent) -> Found:
    return change(p, "statements", 3, within=p.rows["statements"][4]["statement_id"])
