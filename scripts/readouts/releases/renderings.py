"""Renderings of a comparison for people and programs: text for the terminal, Markdown for a job summary, JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from ..alignment.wording import Piece, as_plain, shortened, word_changes
from ..ledger.ledger import NEVER
from ..ledger.release_status import ReleaseStatus, next_version
from ..publication.markdown import as_text as escaped
from ..terminal.report import plain
from .comparison import Change, Comparison, FieldChange

SUMMARY_BYTES = 1_048_576
"""Largest job summary that GitHub accepts: 1 MiB per step (its documentation of GITHUB_STEP_SUMMARY)."""
_RESERVE = 1_000
"""Bytes reserved for the line that says what was cut."""
NAME_LENGTH, VALUE_LENGTH, CHANGED_LENGTH, AROUND = 160, 400, 2_000, 60
"""Most code points shown of a record's name, of a value, of a text with its changes marked, and next to each changed word."""
MARKS = {"added": "+", "changed": "~", "withdrawn": "-"}


def as_text(comparison: Comparison, status: ReleaseStatus) -> str:
    """For the terminal: changed words as [old → new]."""
    lines = [f"changes since {comparison.base}"]
    lines += [f"note: {note}" for note in comparison.notes]
    if comparison.columns:
        lines += ["", "columns"]
        lines += [f"  {change.table}{'.' if change.column else ''}{change.column or ''}: {change.what}" for change in comparison.columns]  # fmt: skip
    table = None
    for change in _iter_shown(comparison):
        if change.table != table:
            table = change.table
            lines += ["", f"{table}: {_counted(comparison.counts(False)[table])}"]
        name = f"  “{_cut(change.name, NAME_LENGTH)}”" if change.name else ""
        reason = f"  ({change.reason})" if change.reason else ""
        lines.append(f"  {MARKS[change.kind]} {change.record}{name}{reason}")
        lines += [f"      {field.column}: {_field(field, as_plain)}" for field in change.fields]
    if comparison.counts(True):
        lines += ["", f"as a consequence: {_following(comparison)}"]
    if not comparison.changes and not comparison.columns:
        lines.append("nothing differs")
    lines += ["", *_version_lines(comparison, status)]
    return "\n".join(plain(" ".join(line.split("\n"))) for line in lines) + "\n"


def as_json(comparison: Comparison, status: ReleaseStatus) -> str:
    """Return one object: base, demands, next_version (null before the first release), columns, changes (all), notes."""
    found = {
        "base": comparison.base,
        "demands": comparison.level,
        "released": None if status.version == NEVER else status.version,
        "next_version": _next(status),
        "columns": [asdict(change) for change in comparison.columns],
        "changes": [asdict(change) for change in comparison.changes],
        "notes": list(comparison.notes),
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def as_markdown(comparison: Comparison, status: ReleaseStatus, limit: int = SUMMARY_BYTES) -> str:
    """Render for a job summary: at most `limit` bytes, every word of the data escaped; the last lines say what was cut, if anything."""
    head = [f"### What changes since {_code(comparison.base)}\n\n"]
    head += [f"**{_safe(line)}**  \n" for line in _version_lines(comparison, status)]
    head += [f"\n_{_safe(_cut(note, VALUE_LENGTH))}_\n" for note in comparison.notes]
    counts = comparison.counts()
    if counts:
        head.append("\n| table | added | changed | withdrawn |\n|---|--:|--:|--:|\n")
        head += [f"| {_safe(table)} | {n['added']} | {n['changed']} | {n['withdrawn']} |\n" for table, n in counts.items()]  # fmt: skip
    if not comparison.changes and not comparison.columns:
        head.append("\nNothing differs.\n")
    text = "".join(head)
    used, left = len(text.encode()), 0
    parts = []
    for block, number in _iter_blocks(comparison):
        used += len(block.encode())
        if left or used > limit - _RESERVE:
            left += number
        else:
            parts.append(block)
    end = f"\n**{left:,} more change(s) do not fit into a summary of 1 MiB.** Run `readouts diff` in a checkout to see all.\n"
    return text + "".join(parts) + (end if left else "")


def _iter_blocks(comparison: Comparison) -> Iterator[tuple[str, int]]:
    """Return (Markdown, number of changes listed in it)."""
    if comparison.columns:
        yield "\n#### columns\n\n", 0
        for column in comparison.columns:
            where = f"{column.table}.{column.column}" if column.column else column.table
            yield f"- {_code(where)}: {_safe(_cut(column.what, VALUE_LENGTH))}\n", 1
    table = None
    for change in _iter_shown(comparison):
        if change.table != table:
            table = change.table
            yield f"\n#### {_safe(table)}\n\n", 0
        name = f" “{_safe(_cut(change.name, NAME_LENGTH))}”" if change.name else ""
        reason = f" ({_safe(_cut(change.reason, VALUE_LENGTH))})" if change.reason else ""
        fields = "".join(
            f"  - {_code(field.column)}: {_field(field, _marked_up)}\n" for field in change.fields
        )
        yield f"- {change.kind} {_code(change.record)}{name}{reason}\n{fields}", 1
    if comparison.counts(True):
        yield f"\nAs a consequence: {_safe(_following(comparison))}.\n", 0


FORMATS: dict[str, Callable[[Comparison, ReleaseStatus], str]] = {
    "text": as_text,
    "json": as_json,
    "markdown": as_markdown,
}
"""Renderers by the name that `--format` takes."""


def _iter_shown(comparison: Comparison) -> Iterator[Change]:
    return (change for change in comparison.changes if not change.follows)


def _version_lines(comparison: Comparison, status: ReleaseStatus) -> list[str]:
    lines = [f"demands: {comparison.level}"]
    if status.version == NEVER:
        lines.append("not yet released")
    elif status.level == "none":
        lines.append(f"released {status.version}: nothing to release")
    else:
        lines.append(
            f"changed since {status.version} ({status.level}): the next version is {_next(status)} or greater"
        )
    return lines


def _next(status: ReleaseStatus) -> str | None:
    if status.version == NEVER or status.level == "none":
        return None
    return next_version(status.version, status.level)


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{number:,} {kind}" for kind, number in counts.items() if number)


def _following(comparison: Comparison) -> str:
    return "; ".join(
        f"{table}: {_counted(counts)}" for table, counts in comparison.counts(True).items()
    )


def _cut(text: str, length: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1] + "…"


def _field(field: FieldChange, marked: Callable[[list[Piece]], str]) -> str:
    """Show old → new; for texts of several words, the words that differ."""
    old, new = field.old, field.new
    if field.column == "claim_ids":
        before, after = (old or "").split(), (new or "").split()
        gone, come = [i for i in before if i not in after], [i for i in after if i not in before]
        return marked([(mark, " ".join(ids)) for mark, ids in (("-", gone), ("+", come)) if ids])
    if isinstance(old, str) and isinstance(new, str) and " " in old.strip() and " " in new.strip():
        pieces = word_changes(old, new)
        if any(mark == " " and words.strip() for mark, words in pieces):
            return marked(list(_iter_within(shortened(pieces, AROUND), CHANGED_LENGTH)))
    return f"{_shown(old)} → {_shown(new)}" if marked is as_plain else f"{_safe(_shown(old))} → {_safe(_shown(new))}"  # fmt: skip


def _iter_within(pieces: list[Piece], length: int) -> Iterator[Piece]:
    """Yield the first pieces, `length` code points in all; "…" if the rest is cut."""
    for mark, words in pieces:
        if len(words) > length:
            yield mark, words[:length]
            yield " ", "…"
            return
        length -= len(words)
        yield mark, words


def _shown(value: Any) -> str:
    if value is None:
        return "null"
    return (
        _cut(value, VALUE_LENGTH)
        if isinstance(value, str)
        else _cut(json.dumps(value, ensure_ascii=False), VALUE_LENGTH)
    )


def _marked_up(pieces: list[Piece]) -> str:
    forms = {" ": "{}", "-": "<del>{}</del>", "+": "<ins>{}</ins>"}
    return "".join(forms[mark].format(_safe_piece(words)) for mark, words in pieces)


def _safe(text: str) -> str:
    """Escape words of the data so that Markdown shows them literally: no markup, no HTML, no links or mentions."""
    return (
        escaped(plain(text))
        .replace("@", "&#64;")
        .replace("://", "&#58;//")
        .replace("www.", "www&#46;")
        .replace("mailto:", "mailto&#58;")
    )


def _safe_piece(words: str) -> str:
    """Do the same, keeping the spaces at the ends."""
    middle = _safe(words)
    lead = " " if words[:1].isspace() else ""
    return f"{lead}{middle}{' ' if middle and words[-1:].isspace() else ''}"


def _code(text: str) -> str:
    return f"<code>{_safe(_cut(text, NAME_LENGTH))}</code>"
