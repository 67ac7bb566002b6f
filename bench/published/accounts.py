"""One account of a made-up event: its text and its rows."""

from __future__ import annotations

import hashlib
import random
from calendar import month_name
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from .names import PUBLISHERS, Row

Event = dict[str, list[Row]]
"""The rows of an event by table."""
NUMBER = "@@@@@@@@"
"""Placeholder in ids and captured text for the number of the copy (eight digits)."""
_HAN = "双方同意继续加强合作维护地区和平与稳定推动经济发展尊重国际法支持联合国发挥作用欢迎取得的进展愿共同努力"


@dataclass
class Setting:
    """An event in the making: when and who, and the rows made so far."""

    rng: random.Random
    index: int
    sentences: Iterator[str]
    day: date
    event_id: str
    han: bool
    """True if the accounts are in Chinese."""
    out: Event
    country: Row = field(default_factory=dict)
    people: list[Row] = field(default_factory=list)

    @property
    def published(self) -> date:
        """The day of its accounts."""
        return self.day + timedelta(days=1)

    def content(self) -> str:
        """The words of one stretch, without a full stop."""
        if self.han:
            return "".join(self.rng.choices(_HAN, k=self.rng.randint(12, 40)))
        return next(self.sentences)


def write_account(s: Setting, sources: list[str], side: int, contents: list[list[str]]) -> None:
    """The account `side` (0 or 1): its capture, source, exclusions, statements with their parts; `contents` are the words said, by statement."""
    speaker, publisher, source_id = s.people[0], PUBLISHERS[side], sources[side]
    name, surname = speaker["name"], speaker["other_names"]
    weekday = str(s.day) if s.han else "Thursday"
    title = f"{surname}: {contents[1][0]}"
    text, statements = "", []
    for kind, what in _pieces(s, publisher):
        if kind == "statement":
            start = len(text)
            parts = _parts(s, what, contents, name, surname, weekday)
            text += "".join(words for _, words in parts)
            statements.append((what, start, parts))
        else:
            if kind != "text":
                s.out["exclusions"].append(
                    {
                        "source_id": source_id,
                        "start": len(text),
                        "end": len(text) + len(what),
                        "reason": kind,
                    }
                )
            text += what
    s.out["captures"].append({"source_id": source_id, "text": text})
    for n, start, parts in statements:
        _enter(s, n, start, parts, text, source_id, publisher, weekday)
    s.out["sources"].append({
        "source_id": source_id, "title": title, "publisher_id": publisher["agent_id"], "publisher_basis": "stated",
        "publisher_evidence": publisher["name"], "account_type": "readout", "language": "zh" if s.han else "en", "rendering": "original",
        "published_on": str(s.published), "published_on_basis": "stated", "time_zone": "America/New_York",
        "url": f"https://example.org/readouts/{source_id}", "archived_url": None, "obtained_from": "made for measuring on 2026-11-21", "accessed_on": "2026-11-21",
        "original_sha256": None, "media_type": None,
        "rights": "undetermined", "redistribution": "quotation", "reproduced_share": None,
        "relays": sources[0] if side == 1 and s.index % 10 == 0 else None,
        "text_sha256": hashlib.sha256(text.encode()).hexdigest(), "text_length": len(text), "text": None, "added_in": None,
    })  # fmt: skip


def _pieces(s: Setting, publisher: Row) -> list[tuple[str, Any]]:
    """Return the account in pieces: the number of a statement, text, or text to exclude with the reason."""
    printed = (
        str(s.published)
        if s.han
        else f"{month_name[s.published.month]} {s.published.day}, {s.published.year}"
    )
    pieces: list[tuple[str, Any]] = [
        ("statement", 0),
        ("text", "\n\n"),
        ("metadata", f"{publisher['name']}, {printed}"),
        ("text", "\n\n"),
    ]
    pieces += [
        (
            "narration",
            f"{s.people[0]['name']} and {s.people[1]['name']} met in Washington with the {s.country['name']}, as the {PUBLISHERS[0]['name']} announced. {s.content()}.",
        ),
        ("text", "\n\n"),
    ]
    for n in range(1, 12):
        pieces += [("statement", n), ("text", "\n\n" if n % 3 == 0 or n == 11 else " ")]
        if n % 3 == 0:
            pieces += [("narration", f"{s.content()}. {s.content()}."), ("text", "\n\n")]
    pieces += [
        ("narration", "This text was published by the press service of the office."),
        ("text", "\n"),
        ("metadata", f"Release No. {NUMBER}"),
    ]
    return pieces


def _parts(
    s: Setting, n: int, contents: list[list[str]], name: str, surname: str, weekday: str
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


def _enter(
    s: Setting,
    n: int,
    start: int,
    parts: list[tuple[str, str]],
    text: str,
    source_id: str,
    publisher: Row,
    weekday: str,
) -> None:
    speaker = s.people[0]
    exact = "".join(words for _, words in parts)
    end, statement_id = start + len(exact), f"{source_id}.s{n + 1:02}"
    labels = [words for role, words in parts if role == "speaker"]
    cues = [words for role, words in parts if role == "cue"]
    content = [words for role, words in parts if role == "content"]
    named = n in (0, 1, 2, 7)
    event = s.out["events"][0]
    s.out["statements"].append({
        "statement_id": statement_id, "source_id": source_id, "event_id": s.event_id, "speaker_id": speaker["agent_id"],
        "speaker_label": labels[0] if labels else None, "speaker_title": "Foreign Minister" if n == 1 else None,
        "continues": None if named else f"{source_id}.s{8 if n > 7 else 3:02}", "antecedent": None, "date": str(s.day), "date_precision": "day",
        "date_basis": ("stated" if s.han else "resolved") if n == 1 else "inferred", "date_expression": weekday if n == 1 else None,
        "text": ("" if s.han else " ").join(content), "exact": exact, "start": start, "end": end,
        "prefix": text[max(0, start - 32) : start] or None, "suffix": text[end : end + 32] or None,
        "mode": "indirect" if named else "free-indirect", "cue": cues[0] if cues else None,
        "speech_act": ("assertive", "directive", "commissive", "expressive")[n % 4], "section": "headline" if n == 0 else "body",
        "language": "zh" if s.han else "en", "within": None, "repeats": f"{source_id}.s02" if n == 0 else None, "curation_method": "manual",
        "added_in": None, "revised_in": None, "speaker_name": speaker["name"], "publisher_name": publisher["name"],
        "published_on": str(s.published), "url": f"https://example.org/readouts/{source_id}", "event_name": event["name"],
    })  # fmt: skip
    _enter_parts(s, n, start, parts, statement_id)


def _enter_parts(
    s: Setting, n: int, start: int, parts: list[tuple[str, str]], statement_id: str
) -> None:
    """Add the attributions and segments of a statement."""
    speaker = s.people[0]
    labels = [words for role, words in parts if role == "speaker"]
    content = [words for role, words in parts if role == "content"]
    s.out["attributions"].append({
        "statement_id": statement_id, "ordinal": 1, "role": "speaker", "agent_id": speaker["agent_id"],
        "office_id": f"{speaker['agent_id']}-minister" if n == 1 else None, "label": labels[0] if labels else None,
    })  # fmt: skip
    if n % 2 == 0:
        s.out["attributions"].append(
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
        s.out["segments"].append(
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
