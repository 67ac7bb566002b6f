"""Operators on the facts about events and agents: days, places, participants, names, offices; whole files left out."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any

from .base import Base
from .facts import OUTSIDE, keys_of, with_fact
from .operators import Curated, Key, changed, operator
from .wording import iter_days, iter_lookalikes, iter_swaps


@operator(
    "curated",
    "the event's days shifted; with help, its id, its words and all that refers to it follow",
)
def event_date_shifted(base: Base, rng: random.Random, aided: bool) -> Iterator[Curated]:
    for key in keys_of(base, "event"):
        facts = base.documents[key]["event"]
        for what, day in iter_days(facts["start_date"]):
            for column in ("start_date", "end_date", "both"):
                new = dict.fromkeys(
                    ("start_date", "end_date") if column == "both" else (column,), day
                )
                if not aided:
                    yield Curated(f"{column} {what}", with_fact(base, key, **new))
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
                        _renamed_event(
                            base,
                            key,
                            day + key[1][10:] if column != "end_date" else key[1],
                            new | extra,
                        ),
                    )


def _renamed_event(base: Base, key: Key, name: str, facts: dict[str, Any]) -> dict[Key, Any]:
    files: dict[Key, Any] = {key: None} if name != key[1] else {}
    new = copy.deepcopy(base.documents[key])
    new["event"].update(facts)
    files[("event", name)] = new
    for source in keys_of(base, "source") if name != key[1] else ():
        if base.documents[source]["source"].get("event") == key[1]:
            files[source] = changed(
                base.documents, source, lambda v: v["source"].update(event=name)
            )[source]
    return files


@operator(
    "curated", "the words that date the event, their source or the basis changed", aided=False
)
def event_dating_changed(base: Base, rng: random.Random) -> Iterator[Curated]:
    for key in keys_of(base, "event"):
        for facts in ({"date_expression": "September 27, 2019"}, {"date_expression": "September"}, {"date_expression": "Thursday"}, {"date_expression": None}, {"date_basis": "inferred"},
                      {"date_basis": "resolved"}, {"date_source": "xinhua-2019-09-27-celac-quartet"}, {"date_source": "nowhere"}, {"date_expression": "2019"},
                      {"date_source": "xinhua-2019-09-27-celac-quartet", "date_expression": "Friday"}):  # fmt: skip
            yield Curated(str(facts), with_fact(base, key, **facts))


@operator(
    "curated",
    "name, type, place, country, series, number or zone of the event changed",
    aided=False,
    beyond=OUTSIDE,
)
def event_fact_changed(base: Base, rng: random.Random) -> Iterator[Curated]:
    values = {"name": ("Trade Talks", "Sixth Dialogue of Foreign Ministers"), "type": ("call", "speech", "visit", "summit"), "place": ("the White House", "Geneva", "New York"), "country": ("FR", "XX", "us"),
              "series": ("Another series", None), "ordinal": (6, 8, 17, 0), "time_zone": ("Europe/Paris", "New York"), "part_of": ("2019-09-24-un-general-assembly-74",)}  # fmt: skip
    for key in keys_of(base, "event"):
        for column, options in values.items():
            for value in options:
                yield Curated(f"{column} {value}", with_fact(base, key, **{column: value}))


@operator(
    "curated",
    "a participant left out, added, or given another role",
    aided=False,
    beyond="participants who are not named are not in the text, and roles are a judgement: a second curator",
)
def participant_changed(base: Base, rng: random.Random) -> Iterator[Curated]:
    for key in keys_of(base, "event"):
        for number, part in enumerate(base.documents[key].get("participants") or ()):
            yield Curated(
                "dropped",
                changed(base.documents, key, lambda v, n=number: v["participants"].pop(n)),
            )
            for role in ("chair", "host", "participant", "signatory", "witness"):
                if role != part["role"]:
                    yield Curated(
                        role,
                        changed(
                            base.documents,
                            key,
                            lambda v, n=number, r=role: v["participants"][n].update(role=r),
                        ),
                    )
        for agent in ("xinhua", "mfa-prc", "nobody"):
            yield Curated(
                agent,
                changed(
                    base.documents,
                    key,
                    lambda v, a=agent: v["participants"].append(
                        {"agent": a, "role": "participant"}
                    ),
                ),
            )


@operator("curated", "a name of an agent altered, dropped or added", aided=False, beyond=OUTSIDE)
def agent_name_changed(base: Base, rng: random.Random) -> Iterator[Curated]:
    for key in keys_of(base, "agent"):
        facts = base.documents[key]["agent"]
        for new in (
            *iter_swaps(facts["name"], rng, 4),
            *iter_lookalikes(facts["name"], rng, 2),
            "Li Wei",
        ):
            yield Curated(f"{key[1]} {new}", with_fact(base, key, name=new))
        for names in ([], ["Li"], ["the"], ["Wang", "he"], ["Wang Li"], ["China"]):
            if names != facts.get("other_names"):
                yield Curated(f"{key[1]} {names}", with_fact(base, key, other_names=names))


@operator(
    "curated", "type, country or Wikidata item of an agent changed", aided=False, beyond=OUTSIDE
)
def agent_fact_changed(base: Base, rng: random.Random) -> Iterator[Curated]:
    items = [v["agent"].get("wikidata_id") for k, v in base.documents.items() if k[0] == "agent"]
    for key in keys_of(base, "agent"):
        facts = base.documents[key]["agent"]
        for column, options in {
            "type": ("person", "state", "organisation", "robot"),
            "country": ("US", "ZZZ"),
            "wikidata_id": ("Q1", "701801", *items),
        }.items():
            for value in dict.fromkeys(options):
                if value != facts.get(column) and value is not None:
                    yield Curated(
                        f"{key[1]} {column} {value}", with_fact(base, key, **{column: value})
                    )


@operator(
    "curated",
    "a period in office stretched or shifted; with help, its evidence follows",
    beyond=OUTSIDE,
)
def office_stretched(base: Base, rng: random.Random, aided: bool) -> Iterator[Curated]:
    for key in keys_of(base, "agent"):
        for number, office in enumerate(base.documents[key].get("offices") or ()):
            for column in ("start_date", "end_date"):
                days = (
                    [day for _, day in iter_days(office[column])]
                    if office.get(column)
                    else ["2030-01-01"]
                )
                for day in [
                    *days,
                    *([None] if column == "end_date" and office.get(column) else []),
                ]:

                    def change(
                        v: Any,
                        n: int = number,
                        c: str = column,
                        d: str | None = day,
                        old: str | None = office.get(column),
                    ) -> None:
                        v["offices"][n][c] = d
                        if aided and old:
                            v["offices"][n]["evidence"] = v["offices"][n]["evidence"].replace(
                                old, d or "now"
                            )
                        elif aided:
                            v["offices"][n]["evidence"] += f" Until {d}."

                    yield Curated(
                        f"{office['id']} {column} {day}", changed(base.documents, key, change)
                    )


@operator(
    "curated",
    "an office left out, given another title or organisation, or invented",
    aided=False,
    beyond=OUTSIDE,
)
def office_changed(base: Base, rng: random.Random) -> Iterator[Curated]:
    for key in keys_of(base, "agent"):
        offices = base.documents[key].get("offices") or ()
        for number, _ in enumerate(offices):
            yield Curated(
                "dropped", changed(base.documents, key, lambda v, n=number: v["offices"].pop(n))
            )
            for title in ("Premier", "Minister", "State Councilor", "Foreign", "Ministers"):
                yield Curated(
                    title,
                    changed(
                        base.documents,
                        key,
                        lambda v, n=number, t=title: v["offices"][n].update(title=t),
                    ),
                )
            for organisation in ("xinhua", "nowhere", None):
                yield Curated(
                    str(organisation),
                    changed(
                        base.documents,
                        key,
                        lambda v, n=number, o=organisation: v["offices"][n].update(organization=o),
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
            "invented",
            changed(base.documents, key, lambda v, e=entry: v.setdefault("offices", []).append(e)),
        )


@operator("curated", "a whole file left out: an agent, an event, a source", aided=False)
def file_dropped(base: Base, rng: random.Random) -> Iterator[Curated]:
    for key in base.documents:
        yield Curated(f"{key[0]} {key[1]}", {key: None})
