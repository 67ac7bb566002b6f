"""The mode of a statement by its form: direct, mixed, reported or indirect."""

from __future__ import annotations

from .found import Stretch
from .phrases import Cue
from .quoting import without_marks


def mode_of(
    text: str, cue: Cue, content: list[Stretch], quotes: list[Stretch]
) -> tuple[str, list[Stretch]]:
    """Return the mode by form, and the content without the marks around all of it."""
    if content and all(any(a <= s and e <= b for a, b in quotes) for s, e in content):
        bare = [without_marks(text, s, e) for s, e in content]
        return "direct", [piece for piece in bare if piece[0] < piece[1]]
    if any(a < e and s < b for a, b in quotes for s, e in content):
        return "mixed", content
    return ("reported" if cue.kind == "talk" else "indirect"), content
