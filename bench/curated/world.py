"""Who speaks and who publishes in a made-up package: states, their ministries and news agencies, and persons in office."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass
from typing import Any

from bench.published.sentences import GOVERNING

_ONSETS = (
    "b",
    "br",
    "d",
    "dr",
    "f",
    "g",
    "gl",
    "h",
    "k",
    "kr",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "st",
    "t",
    "v",
    "z",
)
_VOWELS = ("a", "e", "i", "o", "u", "au", "ei")
_FORENAMES = ("Ada", "Bela", "Ciro", "Dana", "Edda", "Farid", "Gesa", "Hal", "Ines", "Joon", "Kaya", "Lior", "Mona", "Nuri", "Olga", "Pavo",
              "Quim", "Rosa", "Sven", "Tala")  # fmt: skip
_TITLES = (
    "Foreign Minister",
    "Trade Minister",
    "Defence Minister",
    "Special Envoy",
    "Finance Minister",
    "Permanent Representative",
)
_WOMEN = frozenset(("Ada", "Dana", "Edda", "Gesa", "Ines", "Kaya", "Mona", "Olga", "Rosa", "Tala"))


@dataclass(frozen=True)
class State:
    """A state with its ministry and news agency; the ids of the three follow from `slug`."""

    name: str
    slug: str
    city: str

    @property
    def ministry(self) -> str:
        return f"Ministry of Foreign Affairs of {self.name}"

    @property
    def agency(self) -> str:
        return f"{self.name} Press Agency"


@dataclass(frozen=True)
class Person:
    """One who speaks, in one office since before everything was said."""

    forename: str
    surname: str
    title: str
    state: State

    @property
    def name(self) -> str:
        return f"{self.forename} {self.surname}"

    @property
    def agent_id(self) -> str:
        return f"{self.forename}-{self.surname}".lower()

    @property
    def pronoun(self) -> str:
        return "she" if self.forename in _WOMEN else "he"


def make_people(number: int, rng: random.Random) -> list[Person]:
    """Return this number of persons (at least 4) from about a sixth as many states, with distinct surnames; neighbours are from different states."""
    parts = itertools.product(_ONSETS, _VOWELS, _ONSETS, ("", "n", "sk", "l"))
    made = dict.fromkeys("".join(part).capitalize() for part in parts)
    names = [name for name in made if not GOVERNING.search(name)]  # `Not told us` denies nothing
    rng.shuffle(names)
    states = []
    for _ in range(2 * max(1, min(number // 12, 95))):
        stem = names.pop()
        states.append(State(f"{stem}land", f"{stem}land".lower(), f"Port {names.pop()}"))
    return [
        Person(
            _FORENAMES[n % len(_FORENAMES)],
            names.pop(),
            _TITLES[n % len(_TITLES)],
            states[n % len(states)],
        )
        for n in range(max(4, number // 2 * 2))
    ]


def agent_files(
    people: set[Person], states: set[State], publishers: set[str]
) -> dict[str, dict[str, Any]]:
    """The curated file of every agent that has to do with an account, by id; `publishers` are ids of agencies and ministries."""
    files: dict[str, dict[str, Any]] = {}
    for state in states:
        files[state.slug] = {"agent": {"type": "state", "name": state.name}}
        files[f"mfa-{state.slug}"] = {"agent": {"type": "ministry", "name": state.ministry}}
        if f"{state.slug}-press" in publishers:
            files[f"{state.slug}-press"] = {"agent": {"type": "news-agency", "name": state.agency}}
    for person in people:
        office = {
            "id": person.title.lower().replace(" ", "-") + "-2012",
            "title": person.title,
            "organization": f"mfa-{person.state.slug}",
            "start_date": "2012-01-01",
            "end_date": None,
            "evidence": f"In office since 2012-01-01, according to the {person.state.ministry}.",
        }
        names = {"name": person.name, "native_name": None, "other_names": [person.surname]}
        files[person.agent_id] = {"agent": {"type": "person", **names}, "offices": [office]}
    return files
