"""A headline with a colon that names its speaker: `Roe: The port stays open`."""

from __future__ import annotations

import re

from ..curation.sentences import CAPITALS

Stretch = tuple[int, int]
_NAMED = re.compile(
    r"(?P<name>[A-Z][\w.’'\-]*(?:[ \u00a0][A-Z][\w.’'\-]*){0,4})\s?(?P<colon>:)\s+(?P<said>\S.*\w.*)$".replace(
        "A-Z", CAPITALS
    )
)


def headline_statement(text: str, start: int, end: int) -> tuple[Stretch, Stretch, Stretch] | None:
    """Return (label, cue, content) of a headline that names its speaker before a colon, None if it does not."""
    match = _NAMED.match(text[start:end])
    if match is None or len(match["said"].split()) < 3:
        return None

    def at(name: str) -> Stretch:
        return start + match.start(name), start + match.end(name)

    return at("name"), at("colon"), at("said")
