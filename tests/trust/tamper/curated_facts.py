"""Operators on the facts about sources, events and agents: dates, publishers, rights, offices, names, captures."""

from __future__ import annotations

import copy
import hashlib
import random
from collections.abc import Iterator
from typing import Any

from .base import Base
from .operators import Curated, Key, changed, operator
from .wording import NEGATED, REPLACED, iter_days, iter_lookalikes, iter_pairs, iter_swaps

OUTSIDE = "a fact about the world outside the captures; the secondary source, a second curator"
HISTORY = "both places that say it were changed alike; git history, a signature on the release"


def _fact(base: Base, key: Key, **facts: Any) -> dict[Key, Any]:
    return changed(base.documents, key, lambda v: v[key[0]].update(facts))


def _keys(base: Base, kind: str) -> list[Key]:
    return [key for key in base.documents if key[0] == kind]


@operator(
    "curated",
    "the captured text edited (a word replaced or negated, letters swapped, a line dropped or added); with help, sealed again",
)
def capture_edited(base: Base, chance: random.Random, aided: bool) -> Iterator[Curated]:
    for key in _keys(base, "source"):
        text = base.captures[key[1]]
        lines = [line for line in text.split("\n") if line.strip()]
        variants = [*iter_pairs(text, (*NEGATED, *REPLACED)), *iter_swaps(text, chance, 8), *iter_lookalikes(text, chance, 4),
                    text.replace(lines[-1], ""), text + "\nHe said no more.", text + "\n", text.replace("Thursday", "Friday"), text.replace("2019-09-27", "2019-09-28")]  # fmt: skip
        for new in variants:
            if new != text:
                seal = {"text_sha256": hashlib.sha256(new.encode()).hexdigest()} if aided else {}
                yield Curated(f"{key[1]}", _fact(base, key, **seal) if aided else {}, {key[1]: new})


@operator(
    "curated",
    "a date of the source shifted (published, accessed); with help, `obtained_from` and the basis follow",
    beyond=HISTORY,
)
def source_date_shifted(base: Base, chance: random.Random, aided: bool) -> Iterator[Curated]:
    for key in _keys(base, "source"):
        facts = base.documents[key]["source"]
        for column in ("published_on", "accessed_on"):
            for what, day in iter_days(facts[column]) if facts.get(column) else ():
                new: dict[str, Any] = {column: day}
                if aided and column == "accessed_on":
                    new["obtained_from"] = facts["obtained_from"].replace(facts[column], day)
                if aided and column == "published_on":
                    new["published_on_basis"] = "inferred"
                yield Curated(f"{key[1]} {column} {what}", _fact(base, key, **new))


@operator(
    "curated",
    "a date of publication invented where the text prints none, as stated or inferred",
    aided=False,
    beyond="an inferred date of publication has no evidence field of its own; the page it came from, a second curator",
)
def publication_invented(base: Base, chance: random.Random) -> Iterator[Curated]:
    for key in _keys(base, "source"):
        for day in ("2019-09-26", "2019-09-27", "2019-09-28", "2019-10-01"):
            for basis in ("stated", "resolved", "inferred"):
                if (day, basis) != (
                    base.documents[key]["source"].get("published_on"),
                    base.documents[key]["source"].get("published_on_basis"),
                ):
                    yield Curated(
                        f"{key[1]} {day} {basis}", _fact(base, key, published_on=day, published_on_basis=basis)
                    )


@operator(
    "curated",
    "a publisher upgraded from inferred to stated; with help, with a quotation of the capture as evidence and, if needed, a name of the publisher made of it",
    beyond=OUTSIDE,
)
def publisher_upgraded(base: Base, chance: random.Random, aided: bool) -> Iterator[Curated]:
    for key in _keys(base, "source"):
        facts, text = base.documents[key]["source"], base.captures[key[1]]
        if not aided:
            yield Curated(key[1], _fact(base, key, publisher_basis="stated"))
            yield Curated(key[1], _fact(base, key, publisher_basis="resolved"))
            continue
        quotes = ["(Xinhua/Liu Jie)", "Xinhua", "Xinhua/Liu Jie", "Home > Chinese Diplomatic News", "Chinese Diplomatic News", "State Councilor and Foreign Minister Wang Yi",
                  "Foreign Minister", "<Suggest To A Friend>", "Community of Latin American and Caribbean States", "UN headquarters"]  # fmt: skip
        for words in quotes:
            if words in text:
                files = _fact(base, key, publisher_basis="stated", publisher_evidence=words)
                yield Curated(f"{key[1]} {words}", files)
                named = copy.deepcopy(base.documents[("agent", facts["publisher"])])
                named["agent"]["other_names"] = [*(named["agent"].get("other_names") or []), words.strip("<>()")]
                yield Curated(f"{key[1]} {words} as a name", files | {("agent", facts["publisher"]): named})


@operator("curated", "another publisher; with help, named in the evidence", beyond=OUTSIDE)
def publisher_changed(base: Base, chance: random.Random, aided: bool) -> Iterator[Curated]:
    for key in _keys(base, "source"):
        for _, agent in _keys(base, "agent"):
            if agent != base.documents[key]["source"].get("publisher"):
                name = base.documents[("agent", agent)]["agent"]["name"]
                extra = {"publisher_evidence": f"The style is that of {name}."} if aided else {}
                yield Curated(f"{key[1]} {agent}", _fact(base, key, publisher=agent, **extra))


@operator("curated", "the evidence of a publisher altered", aided=False, beyond=OUTSIDE)
def publisher_evidence_altered(base: Base, chance: random.Random) -> Iterator[Curated]:
    for key in _keys(base, "source"):
        text = " ".join(base.documents[key]["source"]["publisher_evidence"].split())
        for new in (
            *iter_swaps(text, chance, 12),
            text.replace("names no", "names the"),
            text.replace("“", "“The "),
            text.replace("“", '"').replace("”", '"'),
            text[:25],
        ):
            yield Curated(new[:60], _fact(base, key, publisher_evidence=new))


@operator(
    "curated",
    "the full text slipped into a source of which only quotations may be published; with help, the rights reworded",
    beyond="rights are a fact about the world; the notice on the publisher's site, a second curator",
)
def full_text_allowed(base: Base, chance: random.Random, aided: bool) -> Iterator[Curated]:
    for key in _keys(base, "source"):
        for rights in (
            ("undetermined", "unknown", "all rights reserved", "© the publisher")
            if not aided
            else ("public domain", "CC BY 4.0")
        ):
            yield Curated(f"{key[1]} {rights}", _fact(base, key, redistribution="full-text", rights=rights))


@operator("curated", "stretches of the text that are not quoted slipped into the curators' own words", aided=False)
def text_slipped(base: Base, chance: random.Random) -> Iterator[Curated]:
    for key in _keys(base, "source"):
        text = " ".join(base.captures[key[1]].split())
        unquoted = [" ".join((e.get("quote") or e.get("from")).split()) for e in base.documents[key]["exclusions"]]
        for words in (text, text[:600], *(u for u in unquoted if len(u) > 100)):
            for column in ("obtained_from", "rights", "publisher_evidence"):
                yield Curated(
                    f"{key[1]} {column}",
                    _fact(base, key, **{column: f"{base.documents[key]['source'][column]} {words}"}),
                )
            for event in _keys(base, "event"):
                for column in ("name", "place", "series"):
                    yield Curated(f"{event[1]} {column}", _fact(base, event, **{column: words}))
                yield Curated(
                    "proposition",
                    changed(base.documents, event, lambda v, w=words: v["claims"][0].update(proposition=w)),
                )
            for agent in _keys(base, "agent"):
                if base.documents[agent].get("offices"):
                    yield Curated(
                        "evidence",
                        changed(
                            base.documents,
                            agent,
                            lambda v, w=words: v["offices"][0].update(evidence=v["offices"][0]["evidence"] + " " + w),
                        ),
                    )


@operator("curated", "an account marked as relaying another, which hides its omissions", aided=False)
def relay_invented(base: Base, chance: random.Random) -> Iterator[Curated]:
    for key in _keys(base, "source"):
        for other in (*_keys(base, "source"), ("source", "nowhere")):
            yield Curated(f"{key[1]} {other[1]}", _fact(base, key, relays=other[1]))


@operator("curated", "the title dropped, altered or put on other words of the text", aided=False)
def source_title_changed(base: Base, chance: random.Random) -> Iterator[Curated]:
    for key in _keys(base, "source"):
        title, words = base.documents[key]["source"].get("title"), base.captures[key[1]].split()
        variants = [
            *(iter_swaps(title, chance, 6) if title else ()),
            *([None] if title else ()),
            *[" ".join(words[i : i + 5]) for i in range(30, len(words) - 5, 25)],
        ]
        for new in variants:
            yield Curated(f"{key[1]} {new}", _fact(base, key, title=new))


@operator(
    "curated",
    "account type, rendering, time zone, language, rights or address of a source changed",
    aided=False,
    beyond=OUTSIDE,
)
def source_fact_changed(base: Base, chance: random.Random) -> Iterator[Curated]:
    values = {"account_type": ("readout", "news-report", "transcript", "joint-statement", "statement"), "rendering": ("original", "translation"), "language": ("fr", "zh"),
              "time_zone": ("America/New_York", "Atlantis/Poseidonis"), "url": ("https://example.org/", "javascript:alert(1)", "file:///etc/passwd"), "rights": ("public domain",)}  # fmt: skip
    for key in _keys(base, "source"):
        for column, options in values.items():
            for value in options:
                if value != base.documents[key]["source"].get(column):
                    yield Curated(f"{key[1]} {column} {value}", _fact(base, key, **{column: value}))


@operator("curated", "the event's days shifted; with help, its id, its words and all that refers to it follow")
def event_date_shifted(base: Base, chance: random.Random, aided: bool) -> Iterator[Curated]:
    for key in _keys(base, "event"):
        facts = base.documents[key]["event"]
        for what, day in iter_days(facts["start_date"]):
            for column in ("start_date", "end_date", "both"):
                new = {c: day for c in (("start_date", "end_date") if column == "both" else (column,))}
                if not aided:
                    yield Curated(f"{column} {what}", _fact(base, key, **new))
                    continue
                for extra in (
                    {},
                    {"date_basis": "inferred", "date_expression": None},
                    {
                        "date_basis": "inferred",
                        "date_expression": None,
                        "date_source": "xinhua-2019-09-27-celac-quartet",
                    },
                ):
                    yield Curated(
                        f"{column} {what}",
                        _renamed_event(base, key, day + key[1][10:] if column != "end_date" else key[1], new | extra),
                    )


def _renamed_event(base: Base, key: Key, name: str, facts: dict[str, Any]) -> dict[Key, Any]:
    files: dict[Key, Any] = {key: None} if name != key[1] else {}
    new = copy.deepcopy(base.documents[key])
    new["event"].update(facts)
    files[("event", name)] = new
    for source in _keys(base, "source") if name != key[1] else ():
        if base.documents[source]["source"].get("event") == key[1]:
            files[source] = changed(base.documents, source, lambda v: v["source"].update(event=name))[source]
    return files


@operator("curated", "the words that date the event, their source or the basis changed", aided=False)
def event_dating_changed(base: Base, chance: random.Random) -> Iterator[Curated]:
    for key in _keys(base, "event"):
        for facts in ({"date_expression": "September 27, 2019"}, {"date_expression": "September"}, {"date_expression": "Thursday"}, {"date_expression": None}, {"date_basis": "inferred"},
                      {"date_basis": "resolved"}, {"date_source": "xinhua-2019-09-27-celac-quartet"}, {"date_source": "nowhere"}, {"date_expression": "2019"},
                      {"date_source": "xinhua-2019-09-27-celac-quartet", "date_expression": "Friday"}):  # fmt: skip
            yield Curated(str(facts), _fact(base, key, **facts))


@operator(
    "curated", "name, type, place, country, series, number or zone of the event changed", aided=False, beyond=OUTSIDE
)
def event_fact_changed(base: Base, chance: random.Random) -> Iterator[Curated]:
    values = {"name": ("Trade Talks", "Sixth Dialogue of Foreign Ministers"), "type": ("call", "speech", "visit", "summit"), "place": ("the White House", "Geneva", "New York"), "country": ("FR", "XX", "us"),
              "series": ("Another series", None), "ordinal": (6, 8, 17, 0), "time_zone": ("Europe/Paris", "New York"), "part_of": ("2019-09-24-un-general-assembly-74",)}  # fmt: skip
    for key in _keys(base, "event"):
        for column, options in values.items():
            for value in options:
                yield Curated(f"{column} {value}", _fact(base, key, **{column: value}))


@operator(
    "curated",
    "a participant left out, added, or given another role",
    aided=False,
    beyond="who took part without being named is not in the text, and what part they took is judged; a second curator",
)
def participant_changed(base: Base, chance: random.Random) -> Iterator[Curated]:
    for key in _keys(base, "event"):
        for number, part in enumerate(base.documents[key].get("participants") or ()):
            yield Curated("dropped", changed(base.documents, key, lambda v, n=number: v["participants"].pop(n)))
            for role in ("chair", "host", "participant", "signatory", "witness"):
                if role != part["role"]:
                    yield Curated(
                        role,
                        changed(base.documents, key, lambda v, n=number, r=role: v["participants"][n].update(role=r)),
                    )
        for agent in ("xinhua", "mfa-prc", "nobody"):
            yield Curated(
                agent,
                changed(
                    base.documents,
                    key,
                    lambda v, a=agent: v["participants"].append({"agent": a, "role": "participant"}),
                ),
            )


@operator("curated", "a name of an agent altered, dropped or added", aided=False, beyond=OUTSIDE)
def agent_name_changed(base: Base, chance: random.Random) -> Iterator[Curated]:
    for key in _keys(base, "agent"):
        facts = base.documents[key]["agent"]
        for new in (*iter_swaps(facts["name"], chance, 4), *iter_lookalikes(facts["name"], chance, 2), "Li Wei"):
            yield Curated(f"{key[1]} {new}", _fact(base, key, name=new))
        for names in ([], ["Li"], ["the"], ["Wang", "he"], ["Wang Li"], ["China"]):
            if names != facts.get("other_names"):
                yield Curated(f"{key[1]} {names}", _fact(base, key, other_names=names))


@operator("curated", "type, country or Wikidata item of an agent changed", aided=False, beyond=OUTSIDE)
def agent_fact_changed(base: Base, chance: random.Random) -> Iterator[Curated]:
    items = [v["agent"].get("wikidata_id") for k, v in base.documents.items() if k[0] == "agent"]
    for key in _keys(base, "agent"):
        facts = base.documents[key]["agent"]
        for column, options in {
            "type": ("person", "state", "organisation", "robot"),
            "country": ("US", "ZZZ"),
            "wikidata_id": ("Q1", "701801", *items),
        }.items():
            for value in dict.fromkeys(options):
                if value != facts.get(column) and value is not None:
                    yield Curated(f"{key[1]} {column} {value}", _fact(base, key, **{column: value}))


@operator("curated", "a period in office stretched or shifted; with help, its evidence follows", beyond=OUTSIDE)
def office_stretched(base: Base, chance: random.Random, aided: bool) -> Iterator[Curated]:
    for key in _keys(base, "agent"):
        for number, office in enumerate(base.documents[key].get("offices") or ()):
            for column in ("start_date", "end_date"):
                days = [day for _, day in iter_days(office[column])] if office.get(column) else ["2030-01-01"]
                for day in [*days, *([None] if column == "end_date" and office.get(column) else [])]:

                    def change(
                        v: Any,
                        n: int = number,
                        c: str = column,
                        d: str | None = day,
                        old: str | None = office.get(column),
                    ) -> None:
                        v["offices"][n][c] = d
                        if aided and old:
                            v["offices"][n]["evidence"] = v["offices"][n]["evidence"].replace(old, d or "now")
                        elif aided:
                            v["offices"][n]["evidence"] += f" Until {d}."

                    yield Curated(f"{office['id']} {column} {day}", changed(base.documents, key, change))


@operator(
    "curated", "an office left out, given another title or organisation, or invented", aided=False, beyond=OUTSIDE
)
def office_changed(base: Base, chance: random.Random) -> Iterator[Curated]:
    for key in _keys(base, "agent"):
        offices = base.documents[key].get("offices") or ()
        for number, _ in enumerate(offices):
            yield Curated("dropped", changed(base.documents, key, lambda v, n=number: v["offices"].pop(n)))
            for title in ("Premier", "Minister", "State Councilor", "Foreign", "Ministers"):
                yield Curated(
                    title, changed(base.documents, key, lambda v, n=number, t=title: v["offices"][n].update(title=t))
                )
            for organisation in ("xinhua", "nowhere", None):
                yield Curated(
                    str(organisation),
                    changed(
                        base.documents, key, lambda v, n=number, o=organisation: v["offices"][n].update(organization=o)
                    ),
                )
        entry = {
            "id": "premier",
            "title": "Premier",
            "start_date": "2019-01-01",
            "end_date": None,
            "evidence": "Since 2019-01-01.",
        }
        yield Curated(
            "invented", changed(base.documents, key, lambda v, e=entry: v.setdefault("offices", []).append(e))
        )


@operator("curated", "a whole file left out: an agent, an event, a source", aided=False)
def file_dropped(base: Base, chance: random.Random) -> Iterator[Curated]:
    for key in base.documents:
        yield Curated(f"{key[0]} {key[1]}", {key: None})


@operator(
    "curated",
    "the reason of an exclusion changed",
    aided=False,
    beyond="why words are no statement is judged; nothing of an exclusion is published",
)
def exclusion_reason_changed(base: Base, chance: random.Random) -> Iterator[Curated]:
    for key in _keys(base, "source"):
        for number, entry in enumerate(base.documents[key]["exclusions"]):
            for reason in ("navigation", "dateline", "caption", "narration", "boilerplate", "headline"):
                if reason != entry["reason"]:
                    yield Curated(
                        f"{key[1]} {reason}",
                        changed(base.documents, key, lambda v, n=number, r=reason: v["exclusions"][n].update(reason=r)),
                    )
