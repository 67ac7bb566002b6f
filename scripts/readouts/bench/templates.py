"""Events made up out of real sentences: two accounts of twelve statements each, with all that the tables say of them.

A template is one event's rows in every table, valid as they stand. Where an id varies from copy to copy it has "@", and the captured
text has the number of the copy, so that any number of events can be made of a few hundred templates. The agents are the template's own.
"""

from __future__ import annotations

import hashlib
import html
import json
import random
import re
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ..tables.reproduction import derive_reproduced_shares

Row = dict[str, Any]
Event = dict[str, list[Row]]

NUMBER = "@@@@@@@@"
"""Stands in the captured text for the number of the copy, eight digits."""
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
_WORDS = [
    "the",
    "two",
    "sides",
    "their",
    "governments",
    "partners",
    "cooperation",
    "in",
    "support",
    "of",
    "regional",
    "security",
    "trade",
    "and",
    "investment",
    "a",
    "lasting",
    "peace",
    "climate",
    "humanitarian",
    "access",
    "energy",
    "the",
    "rule",
    "of",
    "law",
    "democratic",
    "institutions",
    "continue",
    "to",
    "strengthen",
    "welcome",
    "uphold",
    "advance",
    "together",
    "with",
    "allies",
    "across",
    "the",
    "region",
    "under",
    "international",
    "law",
    "and",
    "the",
    "Charter",
    "of",
    "the",
    "United",
    "Nations",
    "despite",
    "“considerable”",
    "difficulties",
    "on",
    "São",
    "Tomé",
]
_HAN = "双方同意继续加强合作维护地区和平与稳定推动经济发展尊重国际法支持联合国发挥作用欢迎取得的进展愿共同努力"
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


_REPORTING = re.compile(
    r"\b(said|says|added|stressed|noted|stated|told|reiterated|continued|pointed out|not?|never|nor|neither|none|nothing|without|cannot|Washington)\b|n’t|n't|^(That|While|When|During|\w+day)\b",
    re.IGNORECASE,
)
"""Sentences that hold a reporting clause or a negation of their own, which rules about claims and content look for."""


def _agent(agent_id: str, kind: str, name: str, other: str | None = None) -> Row:
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
    _agent("state-department", "ministry", "Department of State"),
    _agent("foreign-office", "ministry", "Federal Foreign Office"),
]
"""The agents that have to do with every event."""


def _opening(text: str, length: int) -> str:
    """The first words, about so long; of a text without spaces the first characters."""
    if len(text) <= length:
        return text
    return text[:length].rpartition(" ")[0].strip() or text[: length // 3]


def read_sentences(corpus: Path | None) -> list[str]:
    """Sentences of the real documents in `corpus` (a folder with `state-department/releases.jsonl`); made-up ones without it."""
    path = corpus / "state-department" / "releases.jsonl" if corpus else None
    found: dict[str, None] = {}
    if path is not None and path.is_file():
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                text = html.unescape(re.sub(r"<[^>]+>", " ", json.loads(line)["html"]))
                for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z“])", re.sub(r"[\t\r\n ]+", " ", text)):
                    plain = sentence.strip().rstrip(".!?")
                    if (
                        85 <= len(plain) <= 260
                        and plain[:1].isupper()
                        and "@" not in plain
                        and not _REPORTING.search(plain)
                    ):
                        found[plain] = None
        return sorted(found)
    dice = random.Random(1)
    return [" ".join(dice.choices(_WORDS, k=dice.randint(16, 40))).capitalize() for _ in range(20_000)]


def make_events(indices: Iterable[int], corpus: Path | None = None, seed: int = 1) -> list[Event]:
    """A template for each index, the same for the same index. Every twentieth is in Chinese, every tenth has a relaying account."""
    sentences = read_sentences(corpus)
    return [_Maker(random.Random(f"{seed}/{index}"), sentences, index).event() for index in indices]


class _Maker:
    def __init__(self, dice: random.Random, sentences: list[str], index: int) -> None:
        self.dice, self.index = dice, index
        self.sentences = iter(dice.sample(sentences, 120))
        self.han = index % 20 == 19
        self.day = date(2021, 1, 7) + timedelta(days=7 * (index % 200))  # a Thursday
        self.event_id = f"{self.day}-meeting-{index:03}-@"
        self.out: Event = {name: [] for name in TABLES}

    def surname(self, nth: int) -> str:
        """A name that no other template has."""
        number, rest = divmod(self.index, 10)
        ending = _SYLLABLES[rest]
        while number:
            number, rest = divmod(number, 10)
            ending += _SYLLABLES[rest]
        return _SURNAMES[(self.index + 7 * nth) % 20][:4] + ending + "xyz"[nth]

    def event(self) -> Event:
        index, out = self.index, self.out
        self.country = self.agent("state", f"state-{index:03}", f"Republic of {self.surname(2)}ia", None)
        self.publishers = PUBLISHERS
        people = []
        for nth in range(2):
            forename, surname = _FORENAMES[(index + 7 * nth) % 20], self.surname(nth)
            agent = self.agent("person", f"{forename}-{surname}-{index:03}".lower(), f"{forename} {surname}", surname)
            people.append(agent)
            out["offices"].append({
                "office_id": f"{agent['agent_id']}-minister", "agent_id": agent["agent_id"], "title": "Foreign Minister",
                "organization_id": self.publishers[nth]["agent_id"], "start_date": "2019-03-01", "end_date": None,
                "evidence": f"In office since 2019-03-01 at the {self.publishers[nth]['name']}.", "added_in": None,
            })  # fmt: skip
        self.people = people
        sources = [f"{self.day}-account-{side}-{index:03}-@" for side in "ab"]
        out["events"].append({
            "event_id": self.event_id, "type": "meeting", "name": f"Meeting {index} of Foreign Ministers", "start_date": str(self.day),
            "end_date": str(self.day), "date_basis": "stated" if self.han else "resolved", "date_source_id": sources[0],
            "date_expression": str(self.day) if self.han else "Thursday", "time_zone": "America/New_York", "place": "Washington",
            "country": "US", "series": None, "ordinal": None, "part_of": None, "added_in": None,
        })  # fmt: skip
        for agent in [self.country, *people]:
            out["participants"].append(
                {"event_id": self.event_id, "agent_id": agent["agent_id"], "role": "participant", "added_in": None}
            )
        contents = [[self.content() for _ in range(3)] for _ in range(13)]
        other = [c if n % 2 == 0 and n < 8 else [c[0], self.content(), self.content()] for n, c in enumerate(contents)]
        for n in range(9, 13):
            other[n] = [self.content() for _ in range(3)]
        for side in range(2):
            self.account(sources, side, contents if side == 0 else other)
        self.collate(sources)
        derive_reproduced_shares(
            out | {"agents": out["agents"] + PUBLISHERS}, {row["source_id"]: row["text"] for row in out["captures"]}
        )
        return out

    def agent(self, kind: str, agent_id: str, name: str, surname: str | None) -> Row:
        row = _agent(agent_id, kind, name, surname)
        self.out["agents"].append(row)
        return row

    def content(self) -> str:
        if self.han:
            return "".join(self.dice.choices(_HAN, k=self.dice.randint(12, 40)))
        return next(self.sentences)

    def account(self, sources: list[str], side: int, contents: list[list[str]]) -> None:
        speaker, publisher, source_id = self.people[0], self.publishers[side], sources[side]
        name, surname = speaker["name"], speaker["other_names"]
        published = self.day + timedelta(days=1)
        printed = str(published) if self.han else f"{_MONTHS[published.month - 1]} {published.day}, {published.year}"
        weekday = str(self.day) if self.han else "Thursday"
        title = f"{surname}: {contents[1][0]}"
        pieces: list[tuple[str, Any]] = [
            ("statement", 0),
            ("text", "\n\n"),
            ("metadata", f"{publisher['name']}, {printed}"),
            ("text", "\n\n"),
        ]
        pieces += [
            (
                "narration",
                f"{name} and {self.people[1]['name']} met in Washington with the {self.country['name']}, as the {self.publishers[0]['name']} announced. {self.content()}.",
            ),
            ("text", "\n\n"),
        ]
        for n in range(1, 12):
            pieces += [("statement", n), ("text", "\n\n" if n % 3 == 0 or n == 11 else " ")]
            if n % 3 == 0:
                pieces += [("narration", f"{self.content()}. {self.content()}."), ("text", "\n\n")]
        pieces += [
            ("narration", "This text was published by the press service of the office."),
            ("text", "\n"),
            ("metadata", f"Release No. {NUMBER}"),
        ]
        text, statements = "", []
        for kind, what in pieces:
            if kind == "statement":
                start = len(text)
                parts = self.statement(what, contents, name, surname, weekday)
                text += "".join(words for _, words in parts)
                statements.append((what, start, parts))
            else:
                if kind != "text":
                    self.out["exclusions"].append(
                        {"source_id": source_id, "start": len(text), "end": len(text) + len(what), "reason": kind}
                    )
                text += what
        self.out["captures"].append({"source_id": source_id, "text": text})
        for n, start, parts in statements:
            self.rows_of(n, start, parts, text, source_id, publisher, published, weekday)
        self.out["sources"].append({
            "source_id": source_id, "title": title, "publisher_id": publisher["agent_id"], "publisher_basis": "stated",
            "publisher_evidence": publisher["name"], "account_type": "readout", "language": "zh" if self.han else "en", "rendering": "original",
            "published_on": str(published), "published_on_basis": "stated", "time_zone": "America/New_York",
            "url": f"https://example.org/readouts/{source_id}", "obtained_from": "made for measuring on 2026-11-21", "accessed_on": "2026-11-21",
            "rights": "undetermined", "redistribution": "quotation", "reproduced_share": None,
            "relays": sources[0] if side == 1 and self.index % 10 == 0 else None,
            "text_sha256": hashlib.sha256(text.encode()).hexdigest(), "text_length": len(text), "text": None, "added_in": None,
        })  # fmt: skip

    def statement(
        self, n: int, contents: list[list[str]], name: str, surname: str, weekday: str
    ) -> list[tuple[str, str]]:
        """The stretch of statement n as (role, words)."""
        a, b, c = contents[n]
        if n == 0:
            return [("speaker", surname), ("cue", ":"), ("context", " "), ("content", contents[1][0])]
        if n == 1:
            return [
                ("content", a),
                ("context", ", Foreign Minister "),
                ("speaker", name),
                ("context", " "),
                ("cue", "said"),
                ("context", f" {weekday}."),
            ]
        if n in (2, 7):
            return [
                ("content", a),
                ("context", ", "),
                ("speaker", surname),
                ("context", " "),
                ("cue", "said"),
                ("context", ", "),
                ("content", b),
                ("context", "."),
            ]
        return [("content", a), ("context", "; "), ("content", b)] + (
            [("context", "; "), ("content", c)] if n == 5 else []
        )

    def rows_of(
        self,
        n: int,
        start: int,
        parts: list[tuple[str, str]],
        text: str,
        source_id: str,
        publisher: Row,
        published: date,
        weekday: str,
    ) -> None:
        speaker = self.people[0]
        exact = "".join(words for _, words in parts)
        end, statement_id = start + len(exact), f"{source_id}.s{n + 1:02}"
        labels = [words for role, words in parts if role == "speaker"]
        cues = [words for role, words in parts if role == "cue"]
        content = [words for role, words in parts if role == "content"]
        named = n in (0, 1, 2, 7)
        event = self.out["events"][0]
        self.out["statements"].append({
            "statement_id": statement_id, "source_id": source_id, "event_id": self.event_id, "speaker_id": speaker["agent_id"],
            "speaker_label": labels[0] if labels else None, "speaker_title": "Foreign Minister" if n == 1 else None,
            "continues": None if named else f"{source_id}.s{8 if n > 7 else 3:02}", "antecedent": None, "date": str(self.day), "date_precision": "day",
            "date_basis": ("stated" if self.han else "resolved") if n == 1 else "inferred", "date_expression": weekday if n == 1 else None,
            "text": ("" if self.han else " ").join(content), "exact": exact, "start": start, "end": end,
            "prefix": text[max(0, start - 32) : start] or None, "suffix": text[end : end + 32] or None,
            "mode": "indirect" if named else "free-indirect", "cue": cues[0] if cues else None,
            "speech_act": ("assertive", "directive", "commissive", "expressive")[n % 4], "section": "headline" if n == 0 else "body",
            "language": "zh" if self.han else "en", "within": None, "repeats": f"{source_id}.s02" if n == 0 else None, "curation_method": "manual",
            "added_in": None, "revised_in": None, "speaker_name": speaker["name"], "publisher_name": publisher["name"],
            "published_on": str(published), "url": f"https://example.org/readouts/{source_id}", "event_name": event["name"],
        })  # fmt: skip
        self.out["attributions"].append({
            "statement_id": statement_id, "ordinal": 1, "role": "speaker", "agent_id": speaker["agent_id"],
            "office_id": f"{speaker['agent_id']}-minister" if n == 1 else None, "label": labels[0] if labels else None,
        })  # fmt: skip
        if n % 2 == 0:
            self.out["attributions"].append(
                {
                    "statement_id": statement_id,
                    "ordinal": 2,
                    "role": "target",
                    "agent_id": None,
                    "office_id": None,
                    "label": content[-1][-9:].strip(),
                }
            )
        at = start
        for ordinal, (role, words) in enumerate(parts, 1):
            self.out["segments"].append(
                {
                    "statement_id": statement_id,
                    "ordinal": ordinal,
                    "role": role,
                    "start": at,
                    "end": at + len(words),
                    "text": words,
                }
            )
            at += len(words)

    def collate(self, sources: list[str]) -> None:
        """Claims that both accounts carry (statements 1 to 9, the headline with the second), and three of each alone."""
        out, relaying = self.out, self.index % 10 == 0
        carriers: dict[str, dict[int, list[int]]] = {}
        for n in range(1, 9):
            carriers[f"c{n:02}"] = {side: [0, 1] if n == 1 else [n] for side in (0, 1)}
        for n in range(9, 12):
            carriers[f"c{n:02}"], carriers[f"c{n + 3:02}"] = {0: [n]}, {1: [n]}
        by_id = {s["statement_id"]: s for s in out["statements"]}
        for local, sides in carriers.items():
            claim_id = f"{self.event_id}.{local}"
            first = by_id[f"{sources[min(sides)]}.s{max(sides[min(sides)]) + 1:02}"]
            words = " ".join(re.sub(r"[^\w ,’'-]|_", " ", _opening(first["text"], 75)).split())
            out["claims"].append(
                {"claim_id": claim_id, "event_id": self.event_id, "proposition": words, "added_in": None}
            )
            for side, numbers in sides.items():
                for n in numbers:
                    statement = by_id[f"{sources[side]}.s{n + 1:02}"]
                    narrower = side == 1 and int(local[1:]) % 4 == 3
                    out["attestations"].append({
                        "claim_id": claim_id, "statement_id": statement["statement_id"],
                        "relation": "narrower" if narrower else "equivalent", "quote": _opening(statement["text"], 60 if narrower else 45), "added_in": None,
                    })  # fmt: skip
            absent = next((side for side in (0, 1) if side not in sides), None)
            if absent is not None and not (relaying and absent == 1):
                out["omissions"].append({"claim_id": claim_id, "source_id": sources[absent]})
            if absent is None:
                for n in sides[0]:
                    for m in sides[1]:
                        self.pair(
                            by_id[f"{sources[0]}.s{n + 1:02}"],
                            by_id[f"{sources[1]}.s{m + 1:02}"],
                            claim_id,
                            "a_broader" if int(local[1:]) % 4 == 3 else "equivalent",
                        )
        for n in (9, 10, 11):
            self.pair(by_id[f"{sources[0]}.s{n + 1:02}"], by_id[f"{sources[1]}.s{n + 1:02}"], None, "unrelated")

    def pair(self, a: Row, b: Row, claim_id: str | None, label: str) -> None:
        same = a["text"].lower() == b["text"].lower()
        self.out["pairs"].append({
            "pair_id": f"{a['statement_id']}/{b['statement_id']}", "event_id": self.event_id, "statement_a": a["statement_id"],
            "statement_b": b["statement_id"], "text_a": a["text"], "text_b": b["text"], "label": label,
            "wording": None if claim_id is None else "verbatim" if same else "reworded", "divergence": None, "claim_ids": claim_id,
        })  # fmt: skip


TABLES = (
    "statements", "sources", "agents", "offices", "events", "participants", "attributions", "segments", "claims", "attestations",
    "omissions", "pairs", "captures", "exclusions",
)  # fmt: skip
