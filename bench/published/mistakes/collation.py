"""Mistakes about events, claims and pairs, each named after the guard that finds it."""

from __future__ import annotations

from .injected import (
    Found,
    InjectedEvent,
    added_claim,
    added_office,
    carriers_of,
    change,
    claim_of,
    is_english,
    moved,
    named,
    overwrite,
    pair_of,
    record_id,
    released,
)


def attestation_fits_claim(p: InjectedEvent) -> Found:
    if not is_english(p):
        return []
    claim = claim_of(p, "c09")
    claim["proposition"] = "zebras graze beneath ancient baobab trees"
    return named("attestations", carriers_of(p, claim))


def attestation_quotes_statement(p: InjectedEvent) -> Found:
    return change(p, "attestations", 5, quote="words that nobody said")


def claim_is_attested(p: InjectedEvent) -> Found:
    event_id = p.rows["events"][0]["event_id"]
    claim = {
        "claim_id": f"{event_id}.c99",
        "event_id": event_id,
        "proposition": "Nobody said this.",
        "added_in": None,
    }
    p.rows["claims"].append(claim)
    p.rows["omissions"] += [
        {"claim_id": claim["claim_id"], "source_id": s["source_id"]}
        for s in p.rows["sources"]
        if s["relays"] is None
    ]
    return [("claims", claim["claim_id"])]


def claims_cover_statements(p: InjectedEvent) -> Found:
    claim = claim_of(p, "c12")
    (carrier,) = carriers_of(p, claim)
    p.rows["claims"].remove(claim)
    p.rows["attestations"].remove(carrier)
    p.rows["omissions"] = [
        row for row in p.rows["omissions"] if row["claim_id"] != claim["claim_id"]
    ]
    return [("statements", carrier["statement_id"])]


def divergence_quotes_pair(p: InjectedEvent) -> Found:
    pair = pair_of(p, 3)
    pair["divergence"] = "It makes a difference."
    return named("pairs", [pair])


def event_date_resolves(p: InjectedEvent) -> Found:
    return change(p, "events", 0, date_expression="Friday last")


def event_dated_by_account(p: InjectedEvent) -> Found:
    other = p.rows["sources"][0] | {
        "source_id": "c" + p.rows["sources"][0]["source_id"][1:],
        "relays": None,
    }
    p.rows["sources"].append(other)
    return change(p, "events", 0, date_source_id=other["source_id"])


def event_facts_in_accounts(p: InjectedEvent) -> Found:
    return change(p, "events", 0, place="Timbuktu")


def event_period_in_order(p: InjectedEvent) -> Found:
    return change(p, "events", 0, end_date=moved(p.rows["events"][0]["start_date"], -7))


def id_begins_with_owner(p: InjectedEvent) -> Found:
    event_id = p.rows["events"][0]["event_id"]
    p.rows["claims"].append(
        {
            "claim_id": f"z{event_id}.c98",
            "event_id": event_id,
            "proposition": "Nobody said this.",
            "added_in": None,
        }
    )
    return [("claims", f"z{event_id}.c98")]


def claim_keeps_negation(p: InjectedEvent) -> Found:
    if not is_english(p):
        return []
    claim = claim_of(p, "c04")
    claim["proposition"] = "it is not so that " + claim["proposition"]
    return named("attestations", carriers_of(p, claim))


def omitted_words_absent(p: InjectedEvent) -> Found:
    if not is_english(p):
        return []
    carrier = carriers_of(p, claim_of(p, "c04"))[1]
    claim = added_claim(p, "c96", carrier, carrier["quote"] + ", as said")
    p.rows["omissions"].append(
        {"claim_id": claim["claim_id"], "source_id": p.rows["sources"][0]["source_id"]}
    )
    pair_of(p, 4)["label"] = "a_broader"
    return named("claims", [claim])


def omissions_match_claims(p: InjectedEvent) -> Found:
    return [("claims", p.rows["omissions"].pop(0)["claim_id"])]


def pairs_match_claims(p: InjectedEvent) -> Found:
    return change(p, "pairs", 5, label="conflicting")


def participant_is_named(p: InjectedEvent) -> Found:
    event_id = p.rows["events"][0]["event_id"]
    name = f"Academy of {p.rows['agents'][1]['other_names']}"
    agent = p.rows["agents"][0] | {
        "agent_id": f"unheard-{event_id}",
        "type": "organisation",
        "name": name,
    }
    p.rows["agents"].append(agent)
    added_office(p, "former", organization_id=agent["agent_id"], start_date="2010-01-01", end_date="2011-01-01",
            evidence=f"From 2010-01-01 to 2011-01-01 at the {name}.")  # fmt: skip
    p.rows["participants"].append(
        {
            "event_id": event_id,
            "agent_id": agent["agent_id"],
            "role": "participant",
            "added_in": None,
        }
    )
    return [("participants", record_id("participants", p.rows["participants"][-1]))]


def proposition_names_attested(p: InjectedEvent) -> Found:
    if not is_english(p):
        return []
    claim_of(p, "c04")["proposition"] += " Zanzibar"
    return named("claims", [claim_of(p, "c04")])


def propositions_unique(p: InjectedEvent) -> Found:
    (carrier,) = carriers_of(p, claim_of(p, "c11"))
    claim = added_claim(p, "c95", carrier, claim_of(p, "c11")["proposition"])
    p.rows["omissions"] += [
        row | {"claim_id": claim["claim_id"]}
        for row in p.rows["omissions"]
        if row["claim_id"].endswith(".c11")
    ]
    return named("claims", [claim])


def released_ids_kept(p: InjectedEvent) -> Found:
    lost, used = f"{p.rows['events'][0]['event_id']}.c97", p.rows["claims"][0]["claim_id"]
    p.ledger += [
        released("claims", lost),
        released("claims", used, withdrawn_in="1.0.1", reason="It was wrong."),
    ]
    return [("claims", lost), ("claims", used)]


def repeat_shares_claim(p: InjectedEvent) -> Found:
    return change(p, "statements", 3, repeats=p.rows["statements"][1]["statement_id"])


def claim_keeps_meaning(p: InjectedEvent) -> Found:
    if not is_english(p):
        return []
    carriers = carriers_of(p, claim_of(p, "c04"))
    for carrier in carriers:
        statement = next(
            row for row in p.rows["statements"] if row["statement_id"] == carrier["statement_id"]
        )
        overwrite(
            p, statement, statement["exact"].index(carrier["quote"]) + len(carrier["quote"]), " if "
        )
    return named("attestations", carriers)


def same_words_same_relation(p: InjectedEvent) -> Found:
    carrier = carriers_of(p, claim_of(p, "c04"))[1]
    carrier["relation"] = "narrower"
    pair_of(p, 4)["label"] = "a_broader"
    return named("attestations", [carrier])


def speaker_takes_part(p: InjectedEvent) -> Found:
    del p.rows["participants"][1]
    return [("statements", p.rows["statements"][0]["statement_id"])]
