"""Canonical form of one value: plain if that is safe, folded if it is long, otherwise in quotation marks.

A reader of YAML 1.2 gets back the same value, and so does one of YAML 1.1, which takes `NO` for
false; dates alone stay plain.
"""

from __future__ import annotations

import re

WIDTH = 100
"""Columns of a line of a folded text."""
NARROWEST = 40
"""Fewest columns for a text, regardless of its depth."""

_UNSAFE_START = frozenset("-?:,[]{}#&*!|>'\"%@`=<~ ")
# Values that readers of YAML 1.1 or 1.2 take for null, a truth value, a number (also to base 60) or
# a time.
_OTHER_TYPE = re.compile(
    r"""(?:null|true|false|yes|no|on|off|y|n|[-+]?\.(?:inf|nan)|\.+
    |[-+]?0b[01_]+|[-+]?0o?[0-7_]+|[-+]?0x[0-9a-f_]+|[-+]?[0-9][0-9_,]*(?::[0-5]?[0-9])*(?:\.[0-9_]*)?
    |[-+]?[0-9_]*\.?[0-9_]*(?:e[-+]?[0-9]+)?|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?)\Z""",
    re.I | re.X,
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
# Line ends that not all readers know, marks that they drop, and controls: written as escapes.
_ESCAPED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_NAMES = {"\t": "\\t", "\n": "\\n", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def inline_text(text: str) -> str:
    """Return the text on one line: plain, otherwise in double quotation marks, or (if it contains such) in single ones."""
    if _is_plain(text):
        return text
    if _ESCAPED.search(text):
        return '"' + "".join(_escape(character) for character in text) + '"'
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _is_plain(text: str) -> bool:
    if not text or text[-1] in " :" or _ESCAPED.search(text) or ": " in text or " #" in text:
        return False
    # `<Suggest To A Friend>` is safe, the merge key is not; a mark of structure is safe before a
    # letter.
    if text[0] in _UNSAFE_START and not (text[0] == "<" and text != "<<"):
        return False
    return _DATE.match(text) is not None or _OTHER_TYPE.match(text) is None


def _escape(character: str) -> str:
    if character in _NAMES:
        return _NAMES[character]
    if _ESCAPED.match(character):
        return f"\\u{ord(character):04x}"
    return character


def folded_lines(text: str, room: int) -> list[str] | None:
    """Return the lines of a folded block (`>-`, `>`) of the text, each at most `room` columns if its words allow.

    None if folding would not give the text back: an escape is needed, or a line would begin or end
    with a space.
    """
    body = text.removesuffix("\n")
    paragraphs = body.split("\n")
    if _ESCAPED.search(body.replace("\n", "")) or not paragraphs[0] or not paragraphs[-1]:
        return None
    if any(part[:1] == " " or part[-1:] == " " for part in paragraphs):
        return None
    lines: list[str] = []
    for number, paragraph in enumerate(paragraphs):
        if number:
            lines.append("")
        if paragraph:
            lines += _wrapped(paragraph, max(room, NARROWEST))
    return lines


def _wrapped(paragraph: str, room: int) -> list[str]:
    """Break the text at single spaces between words: a run of several spaces stays within its line."""
    words = re.split(r"(?<=[^ ]) (?=[^ ])", paragraph)
    lines = [words[0]]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines
