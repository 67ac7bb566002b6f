"""YAML syntax errors found by trying fixes: the one change near the place where parsing stopped that lets it continue."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

REACH = 60
"""Lines examined before the one at which parsing stopped."""
LARGEST = 1_000_000
"""Longest text, in code points, that is parsed repeatedly."""

_ENTRY = re.compile(
    r"^(?P<indent> *)(?P<dash>- +)?(?P<key>[A-Za-z_]+)(?P<gap> *: +| *:$)(?P<value>.*)$"
)
_BARE = re.compile(r"^(?P<head> *(?:- +)?)(?P<key>[a-z_0-9]+)(?: *[：﹕︰] *| +|$)(?P<value>.*)$")
_OPEN = re.compile(
    r"""^(?P<head> *(?:- +)?(?:[A-Za-z_]+: +)?(?:- +)?)(?P<mark>["'])(?P<words>.*)$"""
)
_NUMBERS = {1: "one space", 2: "two spaces", 3: "three spaces"}


class Diagnostic(NamedTuple):
    """A mistake in a line (1-based) and what to write there."""

    line: int
    message: str
    hint: str


class _Attempt(NamedTuple):
    """A possible diagnostic, with the replacement for lines `first` to `last` (1-based, inclusive; last = first - 1 for an insertion)."""

    diagnostic: Diagnostic
    first: int
    last: int
    lines: Sequence[str]


def find_fix(
    lines: list[str], at: int, keys: Sequence[str], stopped: Callable[[str], int | None]
) -> Diagnostic | None:
    """Return the diagnostic whose fix lets the text be parsed to the end, or otherwise the furthest; None if no attempted change helps.

    `at` is the line at which parsing stopped, `keys` are the keys of the kind of file, starting
    with its first key; `stopped` returns the line at which parsing a text stops, the last line if
    only a duplicate key is wrong, None if nothing is wrong.
    """
    if sum(map(len, lines)) > LARGEST:
        return None
    best, least = None, len(lines) - at
    for tried in _iter_attempts(lines, min(at, len(lines)), keys):
        changed = [*lines[: tried.first - 1], *tried.lines, *lines[tried.last :]]
        stop = stopped("\n".join(changed))
        if stop is None:
            return tried.diagnostic
        if len(changed) - stop < least:
            best, least = tried.diagnostic, len(changed) - stop
    return best


def _iter_attempts(lines: list[str], at: int, keys: Sequence[str]) -> Iterator[_Attempt]:
    """Yield all changes worth trying, the most likely first."""
    back = [number for number in range(at, max(0, at - REACH), -1) if lines[number - 1].strip()]
    yield from _colons(lines, back, keys)
    yield from _first_keys(lines, at, keys)
    yield from _indents(lines, back)
    yield from _marks(lines, back)
    yield from _dashes(lines, back)
    yield from _words(lines, back, keys)


def _colons(lines: list[str], back: list[int], keys: Sequence[str]) -> Iterator[_Attempt]:
    """A key without its colon, or with a colon of another script; a dash without its space."""
    for number in back:
        joined = re.match(r"^( *)-([a-z_]+)(:.*)$", lines[number - 1].rstrip())
        if joined is not None and joined[2] in keys:
            written = f"- {joined[2]}{joined[3]}"
            diagnostic = Diagnostic(number, "a space is missing after the dash", f"Write {written}")
            yield _Attempt(diagnostic, number, number, [joined[1] + written])
        found = _BARE.match(lines[number - 1].rstrip())
        if found is None or found["key"] not in keys or found["value"].startswith(":"):
            continue
        key, written = found["key"], f"{found['key']}: {found['value']}".rstrip()
        other = re.search(
            "[：﹕︰]", lines[number - 1][: len(lines[number - 1]) - len(found["value"])]
        )
        message = (
            f"`{key}` is followed by “{other[0]}”, which is not a plain colon"
            if other
            else f"`{key}` has no colon"
        )
        dash = "- " if "-" in found["head"] else ""
        yield _Attempt(
            Diagnostic(number, message, f"Write {dash}{written}"),
            number,
            number,
            [found["head"] + written],
        )


def _indents(lines: list[str], back: list[int]) -> Iterator[_Attempt]:
    """A line, or an entry of several, that begins up to three spaces too deep or too far left."""
    for number in back[:2]:
        indent = _indent(lines[number - 1])
        last = number
        while last < len(lines) and (not lines[last].strip() or _indent(lines[last]) >= indent):
            last += 1
        while not lines[last - 1].strip():
            last -= 1
        wanted = {_column(lines[n - 1]) for n in back} | {_indent(lines[n - 1]) for n in back} - {
            indent
        }
        for column in sorted(wanted, key=lambda column: (abs(column - indent), column)):
            by = column - indent
            if abs(by) not in _NUMBERS:
                continue
            far = f"{_NUMBERS[abs(by)]} too {'deep' if by < 0 else 'far left'}"
            do = f"{'Delete' if by < 0 else 'Add'} {_NUMBERS[abs(by)]} at the beginning of"
            for end in dict.fromkeys((number, last)):
                moved = [_moved(line, by) for line in lines[number - 1 : end]]
                subject = "this line begins" if end == number else f"lines {number} to {end} begin"
                which = "the line" if end == number else "each of them"
                yield _Attempt(
                    Diagnostic(number, f"{subject} {far}", f"{do} {which}."), number, end, moved
                )


def _marks(lines: list[str], back: list[int]) -> Iterator[_Attempt]:
    """A value in quotation marks, or a list in brackets, that is not closed."""
    for number in back:
        line = lines[number - 1].rstrip()
        found = _OPEN.match(line)
        key_marked = (
            found is not None and ":" not in found["head"] and re.match("[a-z_]+: ", found["words"])
        )
        if found is not None and found["mark"] not in found["words"] and not key_marked:
            mark, last = found["mark"], number
            while (
                last < len(lines) and lines[last].strip() and _indent(lines[last]) > _column(line)
            ):
                last += 1
            closed = lines[last - 1].rstrip() + mark
            hint = (
                f"Write {closed.strip()}"
                if last == number
                else f"Write {mark} at the end of line {last}."
            )
            message = f"the quotation mark {mark} opened in this line is not closed"
            yield _Attempt(Diagnostic(number, message, hint), last, last, [closed])
        for opening, closing in ("[]", "{}"):
            if re.search(rf": +\{opening}", line) and line.count(opening) > line.count(closing):
                message = f"the bracket {opening} opened in this line is not closed"
                yield _Attempt(
                    Diagnostic(number, message, f"Write {line.strip()}{closing}"),
                    number,
                    number,
                    [line + closing],
                )


def _first_keys(lines: list[str], at: int, keys: Sequence[str]) -> Iterator[_Attempt]:
    """The missing first key of a file that begins with the facts that belong below it."""
    first = next(
        (
            n
            for n, line in enumerate(lines, 1)
            if line.strip() and not line.lstrip().startswith("#")
        ),
        0,
    )
    if keys and 0 < first <= at and _indent(lines[first - 1]):
        message = f"the line `{keys[0]}:` is missing above this one"
        hint = f"Write {keys[0]}: on a separate line above this one, without indentation."
        yield _Attempt(Diagnostic(first, message, hint), first, first - 1, [f"{keys[0]}:"])


def _dashes(lines: list[str], back: list[int]) -> Iterator[_Attempt]:
    """The first line of an entry without its dash."""
    for number in back:
        found = _ENTRY.match(lines[number - 1].rstrip())
        if found is None or found["dash"]:
            continue
        written = "- " + lines[number - 1].strip()
        diagnostic = Diagnostic(
            number,
            "the entry that begins in this line lacks its “- ”",
            f"Write {written}, with the dash aligned with the other entries.",
        )
        for column in (len(found["indent"]) - 2, len(found["indent"])):
            if column >= 0:
                yield _Attempt(diagnostic, number, number, [" " * column + written])


def _words(lines: list[str], back: list[int], keys: Sequence[str]) -> Iterator[_Attempt]:
    """Text of several lines without the block marker `>-`."""
    for number in back:
        line = lines[number - 1].rstrip()
        found = _ENTRY.match(line)
        below = lines[number] if number < len(lines) else ""
        if (
            found is None
            or found["key"] not in keys
            or not below.strip()
            or _indent(below) <= _column(line)
        ):
            continue
        begun = re.match(r" *(?:- |(\w+)(?=[\s:]|$))", below)
        if begun is not None and (begun[1] is None or begun[1] in keys):
            continue
        head = f"{found['dash'] or ''}{found['key']}: >-"
        if not found["value"]:
            message = f"the text below `{found['key']}:` contains a colon, so YAML does not read it as text"
            yield _Attempt(
                Diagnostic(number, message, f"Write {head}"),
                number,
                number,
                [found["indent"] + head],
            )
        elif found["value"][0] not in "\"'|>[{&*!":
            message = "text of several lines that contains a colon must begin with >-"
            hint = f"Write {head} in this line, and move its words to a new line below, indented like the next one."
            new = [found["indent"] + head, " " * _indent(below) + found["value"]]
            yield _Attempt(Diagnostic(number, message, hint), number, number, new)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _column(line: str) -> int:
    """Return the column of the first key or value of the line, after the dash if there is one."""
    return len(line) - len(re.sub(r"^ *(?:- +)*", "", line))


def _moved(line: str, by: int) -> str:
    return " " * by + line if by > 0 else line[-by:] if line.strip() else line
