"""One account of a made-up event: its text, and the curated file that quotes it."""

from __future__ import annotations

import datetime
import hashlib
import random
import re
from calendar import day_name, month_name
from dataclasses import dataclass, field
from typing import Any

from .world import Person

ACTS = ("assertive", "directive", "commissive", "expressive", "assertive", "commissive")
_LOWERED = frozenset(
    (
        "The",
        "We",
        "This",
        "These",
        "Our",
        "It",
        "In",
        "On",
        "As",
        "There",
        "And",
        "But",
        "For",
        "They",
        "Those",
        "Such",
        "To",
        "With",
        "At",
        "A",
        "An",
        "Its",
        "Their",
        "If",
        "All",
        "Both",
    )
)


@dataclass(frozen=True)
class Point:
    """One thing said at the event, in the words of one account: a sentence without its full stop."""

    number: int
    speaker: Person
    before: str
    after: str
    """The words before and after a comma that a reporting clause may replace; `after` is "" if there is no such comma."""
    phrase: str
    """Words that identify the point in every form: not the first one, at most 75 characters."""
    act: str

    @classmethod
    def of(cls, number: int, speaker: Person, sentence: str, act: str) -> Point:
        before, after = sentence, ""
        for match in re.finditer(r", (?!that\b|while\b|when\b|during\b)", sentence):
            if len(sentence) * 0.2 <= match.start() <= len(sentence) * 0.8:
                before, after = sentence[: match.start()], sentence[match.end() :]
                break
        phrase = after if len(after) > len(before) else before.partition(" ")[2]
        while len(phrase) > 75:
            phrase = phrase[:75].rpartition(" ")[0].rstrip(",–- ")
        return cls(number, speaker, before, after, phrase, act)

    @property
    def words(self) -> str:
        return f"{self.before}, {self.after}" if self.after else self.before

    def reworded(self, word: str, other: str) -> Point:
        """Return the point with one word replaced everywhere."""
        parts = (
            re.sub(rf"\b{word}\b", other, part) for part in (self.before, self.after, self.phrase)
        )
        return Point(self.number, self.speaker, *parts, self.act)


def printed(day: datetime.date) -> str:
    return f"{month_name[day.month]} {day.day}, {day.year}"


@dataclass
class Account:
    """An account in progress: its printed text, its curation, and the statements of each point."""

    source_id: str
    facts: dict[str, Any]
    text: str = ""
    statements: list[dict[str, Any]] = field(default_factory=list)
    exclusions: list[dict[str, Any]] = field(default_factory=list)
    statement_ids: dict[int, list[str]] = field(default_factory=dict)
    """Local ids of statements by the number of the point."""
    _named: dict[Person, str] = field(default_factory=dict)
    """The newest statement that names a person."""
    _introduced: set[Person] = field(default_factory=set)

    def exclude(self, words: str, reason: str, **quote: Any) -> None:
        """Print a separate line that is not a statement."""
        self.text += words + "\n\n"
        self.exclusions.append({**(quote or {"quote": words}), "reason": reason})

    def headline(self, point: Point, repeats: str) -> None:
        """Print the point as headline; `repeats` is the local id of the statement that has it in the body."""
        person = point.speaker
        pieces = [("label", person.name), ("cue", ":"), (None, f" {point.words}")]
        self.facts["title"] = "".join(words for _, words in pieces)
        self._enter(
            point, pieces, {"mode": "indirect", "section": "headline", "repeats": repeats}, "\n\n"
        )
        self._named[person] = self.statements[-1]["id"]

    def report_point(
        self,
        point: Point,
        rng: random.Random,
        others: list[Person],
        day: datetime.date | None,
        after: str,
    ) -> None:
        """Print the point in one of the usual forms: the first of a person with the office, and with the weekday of `day` if given."""
        person, parts = point.speaker, {"mode": "indirect"}
        if person not in self._named or person not in self._introduced:
            self._introduce(point, day, after)
            return
        form, anaphoric = (
            rng.choice(("after", "that", "within", "within", "within", "direct", "told", "free")),
            rng.random() < 0.3,
        )
        if form == "free" or anaphoric:
            parts["continues"] = self._named[person]
        names = (person.pronoun, f"the {person.title.rpartition(' ')[2].lower()}")
        label = ("label", rng.choice(names) if anaphoric else person.surname)
        first = ("label", label[1][0].upper() + label[1][1:])
        clause = [label, (None, " "), ("cue", rng.choice(("said", "added", "noted", "stressed")))]
        if form == "free":
            parts["mode"] = "free-indirect"
            pieces = [(None, point.words)]
        elif form == "told" and others:
            other = rng.choice(others)
            parts["attributions"] = [
                {"role": "addressee", "agent": other.agent_id, "label": other.surname}
            ]
            pieces = _that_clause(first, ("cue", "told"), f"{other.surname} that", point.words)
        elif form == "that":
            pieces = _that_clause(first, clause[-1], "that", point.words)
        elif form == "within" and point.after:
            pieces = [(None, point.before + ", "), *clause, (None, ", " + point.after)]
        elif form == "direct":
            parts["mode"] = "direct"
            pieces = [(None, f"“{point.words},” "), *clause]
        else:
            pieces = [(None, f"{point.words}, "), *clause]
        self._enter(point, [*pieces, (None, ".")], parts, after)
        if "continues" not in parts:
            self._named[person] = self.statements[-1]["id"]

    def _introduce(self, point: Point, day: datetime.date | None, after: str) -> None:
        """Print the first point of a person, with the office and the weekday of `day` if given."""
        person, parts = point.speaker, {"mode": "indirect"}
        self._introduced.add(person)
        pieces = [
            (None, f"{point.words}, "),
            ("label", f"{person.title} {person.name}"),
            (None, " "),
            ("cue", "said"),
        ]
        if day is not None:
            parts |= {"date": day.isoformat(), "date_basis": "resolved"}
            pieces += [(None, " "), ("date_expression", day_name[day.weekday()])]
        whole = "".join(words for _, words in pieces)
        parts["title"] = _quotation(whole, person.title, len(point.words) + 2)
        self._enter(point, [*pieces, (None, ".")], parts, after)
        self._named[person] = self.statements[-1]["id"]

    def _enter(
        self, point: Point, pieces: list[tuple[str | None, str]], parts: dict[str, Any], after: str
    ) -> None:
        """Print a statement made of pieces (key of the curated entry or None, words), and add its entry."""
        local, whole, at = (
            f"s{len(self.statements) + 1:02}",
            "".join(words for _, words in pieces),
            0,
        )
        for key, words in pieces:
            if key is not None:
                quote = _quotation(whole, words, at)
                parts[key] = [quote] if key == "context" else quote
            at += len(words)
        entry = {
            "id": local,
            "quote": whole,
            "speaker": point.speaker.agent_id,
            **parts,
            "speech_act": point.act,
        }
        self.text += whole + after
        self.statements.append(entry)
        self.statement_ids.setdefault(point.number, []).append(local)

    def curation(self) -> dict[str, Any]:
        """The value of the curated file."""
        text_hash = hashlib.sha256(self.text.encode()).hexdigest()
        return {
            "source": {**self.facts, "text_sha256": text_hash},
            "statements": self.statements,
            "exclusions": self.exclusions,
        }


def _quotation(whole: str, words: str, at: int) -> str | dict[str, Any]:
    """Return a part of the text as a curator quotes it, with its occurrence if the words are repeated."""
    edges = (r"(?<!\w)" if words[0].isalnum() else "", r"(?!\w)" if words[-1].isalnum() else "")
    found = [match.start() for match in re.finditer(edges[0] + re.escape(words) + edges[1], whole)]
    return words if len(found) == 1 else {"quote": words, "occurrence": found.index(at) + 1}


def _that_clause(
    subject: tuple[str | None, str], cue: tuple[str | None, str], context: str, words: str
) -> list[tuple[str | None, str]]:
    """Return the pieces of `She said that A` or `She told Roe that A`."""
    return [
        subject,
        (None, " "),
        cue,
        (None, " "),
        ("context", context),
        (None, " " + _lowered(words)),
    ]


def _lowered(words: str) -> str:
    return words[0].lower() + words[1:] if words.partition(" ")[0] in _LOWERED else words
