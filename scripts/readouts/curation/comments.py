"""The comments of a curated file, each with its place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HEADER_COMMENT = re.compile(r"[|>][-+0-9]*[ \t]+(#.*)")


@dataclass(slots=True)
class Comment:
    """A comment from `#` to the end of its line; `alone` if only spaces precede it."""

    start: int
    column: int
    text: str
    alone: bool
    after_blank: bool
    before_blank: bool


def iter_comments(text: str, spans: list[tuple[int, int]]) -> Iterator[Comment]:
    """Yield the comments: between the scalars, and after the marker of a block scalar."""
    at = 0
    for start, end in [*spans, (len(text), len(text))]:
        while (mark := text.find("#", at, start)) != -1:
            at = text.find("\n", mark) % (len(text) + 1)
            yield _comment(text, mark, at)
        header = _HEADER_COMMENT.match(text, start, end)
        if header:
            yield _comment(text, header.start(1), header.end(1))
        at = max(at, end)


def _comment(text: str, start: int, end: int) -> Comment:
    line = text.rfind("\n", 0, start) + 1
    alone = not text[line:start].strip()
    above = text[text.rfind("\n", 0, line - 1) + 1 : line] if line else "."
    below = (
        text[end + 1 : (text.find("\n", end + 1) % (len(text) + 1))] if end + 1 < len(text) else "."
    )
    words = text[start:end].rstrip()
    return Comment(
        start, start - line, words, alone, alone and not above.strip(), alone and not below.strip()
    )
