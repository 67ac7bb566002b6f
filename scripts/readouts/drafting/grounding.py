"""A model's answers, looked up in the text: strings that do not appear word for word are dropped and counted, never repaired."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ..core.layout import RULES
from ..curation.quotations import Quotable, Stretch
from .draft_building import agent_of
from .proposals import Draft, Proposal, Span

CONFIDENCE = 0.6


@cache
def _terms(key: str) -> tuple[Any, ...]:
    schema = json.loads((RULES / "curation" / "source.schema.json").read_text(encoding="utf-8"))
    return tuple(schema["properties"]["statements"]["items"]["properties"][key]["enum"])


@dataclass(slots=True)
class Grounding:
    """Statements found in the text so far, and the number of strings that were not found."""

    statements: list[dict[str, Any]] = field(default_factory=list)
    dropped: int = 0

    def add(self, source: Quotable, piece: Stretch, entries: list[Any]) -> None:
        """Look up the entries of an answer within the part of the text that was sent."""
        at = piece[0]
        for entry in entries:
            made = self._one(source, (piece[0], piece[1]), at, entry)
            if made is not None:
                at = made["stretch"][0]
                if not any(other["content"] == made["content"] for other in self.statements):
                    self.statements.append(made)

    def _one(self, source: Quotable, piece: Stretch, at: int, entry: Any) -> dict[str, Any] | None:
        if not isinstance(entry, dict) or not isinstance(entry.get("quote"), str):
            self.dropped += 1
            return None
        places = source.find(entry["quote"], piece)
        stretch = next((place for place in places if place[0] >= at), places[0] if places else None)
        if stretch is None:
            self.dropped += 1
            return None
        content, low = [], stretch[0]
        listed = entry.get("content")
        for words in listed if isinstance(listed, list) else ():
            place = self._part(source, words, (low, stretch[1]))
            if place is not None:
                content.append(place)
                low = place[1]
        if not content or entry.get("mode") not in _terms("mode"):
            self.dropped += not content
            return None
        act = entry.get("speech_act") if entry.get("speech_act") in _terms("speech_act") else None
        return {
            "stretch": stretch, "content": content, "label": self._part(source, entry.get("label"), stretch),
            "cue": self._part(source, entry.get("cue"), stretch), "mode": entry["mode"],
            "act": None if entry["mode"] == "reported" else act, "name": self._name(source, entry.get("speaker_name")),
        }  # fmt: skip

    def _part(self, source: Quotable, words: Any, within: Stretch) -> Stretch | None:
        if words is None:
            return None
        found = source.find(words, within) if isinstance(words, str) and words.strip() else []
        self.dropped += not found
        return found[0] if found else None

    def _name(self, source: Quotable, name: Any) -> str | None:
        if name is None:
            return None
        found = isinstance(name, str) and bool(name.strip()) and bool(source.find(name))
        self.dropped += not found
        return " ".join(name.split()) if found else None


def grounded(text: str, found: Grounding, agents: Sequence[Any], notes: tuple[str, ...]) -> Draft:
    """Return the draft of the statements found."""
    out = []
    for made in sorted(
        found.statements, key=lambda made: (made["stretch"][0], -made["stretch"][1])
    ):
        names = (made["name"],) if made["name"] else ()
        matched = tuple(agent_of(name, agents) for name in names)
        label, cue = (Span.of(text, *made[key]) if made[key] else None for key in ("label", "cue"))
        out.append(Proposal(
            *made["stretch"], tuple(Span.of(text, *piece) for piece in made["content"]), made["mode"], made["act"],
            label=label, cue=cue, speaker_names=names, agent_ids=matched if any(matched) else (),
            confidence=CONFIDENCE if names else CONFIDENCE / 2,
        ))  # fmt: skip
    return Draft(tuple(out), (), notes)
