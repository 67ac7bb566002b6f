"""The words of a row's cell with the differences marked."""

from __future__ import annotations

from collections.abc import Iterator

from ..alignment.rows import Row


def pieces(row: Row, account: int) -> Iterator[tuple[str, str | None]]:
    """Return (text, mark) of an account's words in a row; the mark is `left` for words that others
    lack or word differently, `right` for the others' own, None for common words.
    """
    words = row.words[account]
    if words is None:
        return
    stretches = []
    for change in row.differences:
        for mark, part in (("left", change.left), ("right", change.right)):
            if part is not None and part.account == account:
                stretches.append((part.start, part.end, mark))
    at = words.start
    for start, end, mark in sorted(stretches):
        start, end = max(start, at), min(end, words.end)
        if start >= end:
            continue
        if start > at:
            yield words.text[at - words.start : start - words.start], None
        yield words.text[start - words.start : end - words.start], mark
        at = end
    if at < words.end:
        yield words.text[at - words.start :], None
