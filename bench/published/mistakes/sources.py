"""Mistakes about sources, agents and offices, each named after the guard that finds it."""

from __future__ import annotations

from .injected import Found, InjectedEvent, added_office, change, is_english, moved, named, released


def access_date_in_origin(p: InjectedEvent) -> Found:
    return change(p, "sources", 1, obtained_from="somewhere, some day")


def capture_matches_hash(p: InjectedEvent) -> Found:
    return change(p, "sources", 1, text_sha256="0" * 64)


def dates_in_order(p: InjectedEvent) -> Found:
    return change(p, "sources", 1, accessed_on="2020-01-01", obtained_from="made on 2020-01-01")


def full_text_has_rights(p: InjectedEvent) -> Found:
    return change(
        p,
        "sources",
        1,
        redistribution="full-text",
        text=p.rows["captures"][1]["text"],
        reproduced_share=1.0,
    )


def language_fits_words(p: InjectedEvent) -> Found:
    return (
        change(p, "sources", 1, rendering="translation")
        if is_english(p) and "translat" not in p.rows["captures"][1]["text"].lower()
        else []
    )


def capture_fully_covered(p: InjectedEvent) -> Found:
    row = p.rows["exclusions"].pop()
    return [("exclusions", f"{row['source_id']}/{row['start']}")]


def own_words_not_copied(p: InjectedEvent) -> Found:
    text = p.rows["captures"][0]["text"]
    sentences = (
        text[row["start"] : row["end"]]
        .replace("\u00a0", " ")
        .replace("\u202f", " ")
        .replace("? ", ". ")
        for row in p.rows["exclusions"][:4]
    )
    long = [
        part.strip()
        for words in sentences
        for part in words.split(". ")
        if len(part.strip()) >= 80 and "announced" not in part
    ]
    return change(p, "sources", 1, rights=f"Undetermined: {long[0]}") if long else []


def published_date_in_capture(p: InjectedEvent) -> Found:
    return change(p, "sources", 1, published_on=moved(p.rows["sources"][1]["published_on"], 1))


def published_text_is_capture(p: InjectedEvent) -> Found:
    return change(
        p, "sources", 1, redistribution="full-text", text="Another text.", rights="public domain"
    )


def publisher_is_evidenced(p: InjectedEvent) -> Found:
    return change(p, "sources", 0, publisher_evidence="Department of")


def relay_is_evidenced(p: InjectedEvent) -> Found:
    if p.rows["sources"][1]["relays"] is not None:
        return []
    return change(p, "sources", 0, relays=p.rows["sources"][1]["source_id"])


def relay_names_other_account(p: InjectedEvent) -> Found:
    return change(p, "sources", 1, relays=p.rows["sources"][1]["source_id"])


def released_capture_unchanged(p: InjectedEvent) -> Found:
    source_id = p.rows["sources"][1]["source_id"]
    p.ledger.append(released("captures", source_id))
    return [("sources", source_id)]


def reproduced_share_matches_tables(p: InjectedEvent) -> Found:
    return change(
        p, "sources", 1, reproduced_share=round(p.rows["sources"][1]["reproduced_share"] - 0.01, 4)
    )


def text_as_redistributed(p: InjectedEvent) -> Found:
    return change(p, "sources", 1, redistribution="full-text", rights="public domain")


def title_in_capture(p: InjectedEvent) -> Found:
    return change(p, "sources", 1, title="No such title")


def title_is_headline(p: InjectedEvent) -> Found:
    p.rows["statements"][12].update(section="body", repeats=None)
    return [("sources", p.rows["statements"][12]["source_id"])]


def agents_unique(p: InjectedEvent) -> Found:
    return named("offices", [added_office(p, "state", agent_id=p.rows["agents"][0]["agent_id"])])


def name_is_attested(p: InjectedEvent) -> Found:
    return change(p, "agents", 2, other_names="Zzyzxwv")


def agent_names_unique(p: InjectedEvent) -> Found:
    return change(p, "agents", 2, other_names=p.rows["agents"][1]["name"])


def office_period_in_evidence(p: InjectedEvent) -> Found:
    return change(p, "offices", 1, evidence="Everybody knows it.")


def office_periods_disjoint(p: InjectedEvent) -> Found:
    return [
        (
            "offices",
            added_office(
                p, "again", start_date="2020-02-01", evidence="In office since 2020-02-01."
            )["office_id"],
        )
    ]


def office_title_is_printed(p: InjectedEvent) -> Found:
    return [("offices", added_office(p, "vizier", title="Grand Vizier of Nowhere")["office_id"])]
