"""A headline with a colon that names its speaker: `Roe: The port stays open`."""

from __future__ import annotations

import re

from ..curation.sentences import CAPITALS
from .found import FoundStatement, Stretch
from .parsing import Sentence

_NAMED = re.compile(
    r"(?P<name>[A-Z][\w.’'\-]*(?:[ \u00a0][A-Z][\w.’'\-]*){0,4})\s?(?P<colon>:)\s+(?P<said>\S.*\w.*)$".replace(
        "A-Z", CAPITALS
    )
)


def headline_statement(
    text: str, start: int, end: int, sentences: list[Sentence]
) -> FoundStatement | None:
    """Return the statement of a headline that names its speaker before a colon, None if it does not."""
    match = _NAMED.match(text[start:end])
    if match is None or len(match["said"].split()) < 3:
        return None

    def at(name: str) -> Stretch:
        return start + match.start(name), start + match.end(name)

    label, cue, content = at("name"), at("colon"), at("said")
    return FoundStatement(
        sentences[0],
        label[0],
        content[1],
        [content],
        "indirect",
        cue,
        None,
        label,
        section="headline",
        confidence=0.6,
    )
