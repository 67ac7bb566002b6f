"""The agents of made-up events: names that no other event has, and the publishers of all."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]

_FORENAMES = [
    "Ana",
    "Boris",
    "Carla",
    "Dmitri",
    "Elena",
    "Farid",
    "Grace",
    "Hassan",
    "Irene",
    "Jonas",
    "Kamal",
    "Lucia",
    "Marek",
    "Nadia",
    "Oskar",
    "Priya",
    "Rosa",
    "Stefan",
    "Tariq",
    "Vera",
]
_SURNAMES = [
    "Almeida",
    "Brandt",
    "Castellan",
    "Dragomir",
    "Eriksen",
    "Fontaine",
    "Galvani",
    "Hartmann",
    "Ivanenko",
    "Jarvinen",
    "Kowalczyk",
    "Lindqvist",
    "Moreau",
    "Novotny",
    "Okonkwo",
    "Petrossian",
    "Quintero",
    "Rasmussen",
    "Szabados",
    "Theodorou",
]
_SYLLABLES = ["ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu"]


def agent_row(agent_id: str, kind: str, name: str, other: str | None = None) -> Row:
    """A row of `agents`."""
    return {
        "agent_id": agent_id,
        "type": kind,
        "name": name,
        "native_name": None,
        "other_names": other,
        "wikidata_id": None,
        "country": None,
        "added_in": None,
    }


PUBLISHERS = [
    agent_row("foreign-office", "ministry", "Federal Foreign Office"),
    agent_row("almeria-chancery", "ministry", "Chancery of Almeria"),
]
"""The agents of every event. No real sentence names the second, and neither does the first account."""


def forename(index: int, nth: int) -> str:
    return _FORENAMES[(index + 7 * nth) % 20]


def surname(index: int, nth: int) -> str:
    """A name that no other template has."""
    number, rest = divmod(index, 10)
    ending = _SYLLABLES[rest]
    while number:
        number, rest = divmod(number, 10)
        ending += _SYLLABLES[rest]
    return _SURNAMES[(index + 7 * nth) % 20][:4] + ending + "xyz"[nth]
