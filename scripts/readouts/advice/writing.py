"""How to put words into a curated file by hand: the line to write, and the lines that it replaces."""

from __future__ import annotations

import json

from ..curation.scalars import inline_text
from ..curation.yaml_document import Path, YamlDocument


def line_to_write(place: Path, words: str) -> str:
    """Return the line of the curated file, without its indentation, that has the words at `place`."""
    key = place[-1]
    return f"- {inline_text(words)}" if isinstance(key, int) else f"{key}: {inline_text(words)}"


def how_to_write(
    document: YamlDocument, place: Path, words: str, occurrence: int | None = None
) -> str:
    """Return how to put the words at `place`: the line to write, and which lines it replaces if the value has several.

    With an `occurrence`, the line says which occurrence of the words in the text is meant.
    """
    key = place[-1]
    within = (
        inline_text(words) if _is_plain_in_flow(words) else json.dumps(words, ensure_ascii=False)
    )
    if occurrence is not None:
        within = f"{{quote: {within}, occurrence: {occurrence}}}"
    if document.in_flow(place):
        return (
            f"within the brackets write: {within if isinstance(key, int) else f'{key}: {within}'}"
        )
    first, last = document.lines(place)
    line = line_to_write(place, words)
    if occurrence is not None:
        line = f"- {within}" if isinstance(key, int) else f"{key}: {within}"
    if isinstance(key, str) and document.text.split("\n")[first - 1].lstrip().startswith("- "):
        line = f"- {line}"  # the first line of its entry
    return (
        f"write this line: {line}"
        if first == last
        else f"replace lines {first} to {last} by this one: {line}"
    )


def _is_plain_in_flow(words: str) -> bool:
    return not any(mark in words for mark in ",[]{}")
