"""Events made up from real sentences: two accounts of twelve statements each, with their rows in every table.

A template is one event's valid rows in every table. Ids that vary from copy to copy, and the
captured text, have the number of the copy, so that any number of events can be made of a few
hundred templates. The agents are the template's own.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from readouts.compile.reproduction import derive_reproduced_shares

from .accounts import NUMBER, Event, Setting, write_account
from .names import PUBLISHERS, Row, agent_row, forename, surname
from .sentences import first_words, read_sentences, with_own_words

TABLES = (
    "statements", "sources", "agents", "offices", "events", "participants", "attributions", "segments", "claims", "attestations",
    "omissions", "pairs", "reviews", "captures", "exclusions",
)  # fmt: skip


def make_events(indices: Iterable[int], corpus: Path | None = None, seed: int = 1) -> list[Event]:
    """A template for each index, the same for the same index. Every twentieth is in Chinese, every tenth has a relaying account."""
    sentences = read_sentences(corpus)
    return [
        _event(_setting(random.Random(f"{seed}/{index}"), sentences, index)) for index in indices
    ]


def _setting(rng: random.Random, sentences: list[str], index: int) -> Setting:
    day = date(2021, 1, 7) + timedelta(days=28 * (index % 50))  # a Thursday
    own = iter(
        with_own_words(rng.sample(sentences, 400))
    )  # of real ones more than 110 are left; an event takes 83
    return Setting(
        rng,
        index,
        own,
        day,
        f"{day}-meeting-{NUMBER}",
        index % 20 == 19,
        {name: [] for name in TABLES},
    )


def _event(s: Setting) -> Event:
    index, out = s.index, s.out
    s.country = agent_row(f"state-{index:03}", "state", f"Republic of {surname(index, 2)}ia")
    out["agents"].append(s.country)
    for nth in range(2):
        first, last = forename(index, nth), surname(index, nth)
        agent = agent_row(f"{first}-{last}-{index:03}".lower(), "person", f"{first} {last}", last)
        s.people.append(agent)
        out["agents"].append(agent)
        out["offices"].append({
            "office_id": f"{agent['agent_id']}-minister", "agent_id": agent["agent_id"], "title": "Foreign Minister",
            "organization_id": PUBLISHERS[nth]["agent_id"], "start_date": "2019-03-01", "end_date": None,
            "evidence": f"In office since 2019-03-01 at the {PUBLISHERS[nth]['name']}.", "added_in": None,
        })  # fmt: skip
    # Named like the package's own sources (publisher, date, topic), so that rows of one time are
    # adjacent, publisher by publisher.
    sources = [f"{publisher}-{s.published}-talks-{NUMBER}" for publisher in ("mfa", "state")]
    out["events"].append({
        "event_id": s.event_id, "type": "meeting", "name": f"Meeting {index} of Foreign Ministers", "start_date": str(s.day),
        "end_date": str(s.day), "date_basis": "stated" if s.han else "resolved", "date_source_id": sources[0],
        "date_expression": str(s.day) if s.han else "Thursday", "time_zone": "America/New_York", "place": "Washington",
        "country": "US", "series": None, "ordinal": None, "part_of": None, "added_in": None,
    })  # fmt: skip
    for agent in [s.country, *s.people]:
        out["participants"].append(
            {
                "event_id": s.event_id,
                "agent_id": agent["agent_id"],
                "role": "participant",
                "added_in": None,
            }
        )
    contents = [[s.content() for _ in range(3)] for _ in range(13)]
    other = [
        c if n % 2 == 0 and n < 8 else [c[0], s.content(), s.content()]
        for n, c in enumerate(contents)
    ]
    for n in range(9, 13):
        other[n] = [s.content() for _ in range(3)]
    for side in range(2):
        write_account(s, sources, side, contents if side == 0 else other)
    _collate(s, sources)
    derive_reproduced_shares(
        out | {"agents": out["agents"] + PUBLISHERS},
        {row["source_id"]: row["text"] for row in out["captures"]},
    )
    return out


def _collate(s: Setting, sources: list[str]) -> None:
    """Claims that both accounts carry (statements 1 to 9, the headline with the second), and three of each alone."""
    out, relaying = s.out, s.index % 10 == 0
    carriers: dict[str, dict[int, list[int]]] = {}
    for n in range(1, 9):
        carriers[f"c{n:02}"] = {side: [0, 1] if n == 1 else [n] for side in (0, 1)}
    for n in range(9, 12):
        carriers[f"c{n:02}"], carriers[f"c{n + 3:02}"] = {0: [n]}, {1: [n]}
    by_id = {s["statement_id"]: s for s in out["statements"]}
    for local, sides in carriers.items():
        claim_id = f"{s.event_id}.{local}"
        first = by_id[f"{sources[min(sides)]}.s{max(sides[min(sides)]) + 1:02}"]
        words = " ".join(re.sub(r"[^\w ,’'-]|_", " ", first_words(first["text"], 75)).split())
        out["claims"].append(
            {"claim_id": claim_id, "event_id": s.event_id, "proposition": words, "added_in": None}
        )
        for side, numbers in sides.items():
            for n in numbers:
                statement = by_id[f"{sources[side]}.s{n + 1:02}"]
                narrower = side == 1 and int(local[1:]) % 4 == 3
                out["attestations"].append({
                    "claim_id": claim_id, "statement_id": statement["statement_id"],
                    "relation": "narrower" if narrower else "equivalent", "quote": first_words(statement["text"], 75 if narrower else 45), "added_in": None,
                })  # fmt: skip
        absent = next((side for side in (0, 1) if side not in sides), None)
        if absent is not None and not (relaying and absent == 1):
            out["omissions"].append({"claim_id": claim_id, "source_id": sources[absent]})
        if absent is None:
            for n in sides[0]:
                for m in sides[1]:
                    _pair(
                        s,
                        by_id[f"{sources[0]}.s{n + 1:02}"],
                        by_id[f"{sources[1]}.s{m + 1:02}"],
                        claim_id,
                        "a_broader" if int(local[1:]) % 4 == 3 else "equivalent",
                    )
    for n in (9, 10, 11):
        _pair(
            s,
            by_id[f"{sources[0]}.s{n + 1:02}"],
            by_id[f"{sources[1]}.s{n + 1:02}"],
            None,
            "unrelated",
        )


def _pair(s: Setting, a: Row, b: Row, claim_id: str | None, label: str) -> None:
    same = a["text"].lower() == b["text"].lower()
    s.out["pairs"].append({
        "pair_id": f"{a['statement_id']}/{b['statement_id']}", "event_id": s.event_id, "statement_a": a["statement_id"],
        "statement_b": b["statement_id"], "text_a": a["text"], "text_b": b["text"], "label": label,
        "wording": None if claim_id is None else "verbatim" if same else "reworded", "divergence": None, "claim_ids": claim_id,
    })  # fmt: skip
