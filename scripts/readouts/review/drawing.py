"""Rendering of a draft: its words in their context, each role marked by more than a colour, and the proposed facts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from rich.table import Table
from rich.text import Text

from ..curation.canonical import item_lines
from ..curation.texts import entries_in
from ..terminal.report import plain
from .items import Item, Passage

STYLES = {
    "content": "underline green",
    "cue": "bold yellow",
    "speaker": "reverse cyan",
    "context": "",
    "excluded": "strike red",
}
NAMES = {"speaker": "label"}
SURROUND = 240
"""Code points shown before and after the words."""
LISTED = ("quote", "from", "to", "content", "context", "attestations", "divergences", "id", "draft")
"""Keys that are not listed among the facts because the passage or the heading shows them."""


def iter_rendered(
    item: Item, left: int, styled: bool, agents: Collection[str] = ()
) -> Iterator[Text | Table]:
    """Yield the lines of one draft; `styled` is False for a terminal without colours and lines. `agents` are those that have a file."""
    draft = item.draft
    yield Text(
        plain(
            f"{item.kind} {draft.name} · {draft.entry.get('draft')} · {left} to decide", lines=False
        ),
        "bold",
    )
    if item.kind == "claim":
        yield Text(plain(str(draft.entry.get("proposition")), lines=False))
    if not item.passages:
        yield Text("its words were not found where they should be; this is the entry:")
        yield Text(plain("\n".join(item_lines(draft.entry, 2))))
        return
    for passage in item.passages:
        if passage.heading:
            yield Text(plain(passage.heading, lines=False), "bold")
        yield _in_context(passage, styled)
    yield _facts(draft.entry)
    for agent in agents_of(draft.entry):
        if agent not in agents:
            yield Text(
                plain(
                    f"{agent} is not in data/agents yet: `readouts add --agent {agent}`",
                    lines=False,
                ),
                "bold",
            )


def agents_of(entry: dict[str, Any]) -> list[str]:
    """Return the ids of the agents that a drafted statement names, each once."""
    named = [
        entry.get("speaker"),
        *(part.get("agent") for part in entries_in(entry, "attributions")),
    ]
    return list(dict.fromkeys(agent for agent in named if isinstance(agent, str)))


def legend(styled: bool) -> Text:
    """Return the legend of the role markings."""
    words = [
        _marked(NAMES.get(role, role), role, styled)
        for role in ("speaker", "cue", "content", "context", "excluded")
    ]
    return Text("  ").join(words)


def _in_context(passage: Passage, styled: bool) -> Text:
    text, (start, end) = passage.text, passage.stretch
    before, after = text[max(0, start - SURROUND) : start], text[end : end + SURROUND]
    if start > SURROUND:
        before = "…" + before.partition(" ")[2]
    if end + SURROUND < len(text):
        after = after.rpartition(" ")[0] + "…"
    shown, at = Text.assemble((plain(before), "dim")), start
    for role, first, last in sorted(passage.marks, key=lambda mark: mark[1:]):
        if first < at:
            continue
        shown.append(plain(text[at:first]))
        shown.append(_marked(text[first:last], role, styled))
        at = last
    shown.append(plain(text[at:end]))
    shown.append(plain(after), "dim")
    return shown


def _marked(words: str, role: str, styled: bool) -> Text:
    """Return words in the style of their role; without styles between brackets with the name of the role."""
    if styled or role == "context":
        return Text(plain(words), STYLES[role])
    return Text(f"[{NAMES.get(role, role)}: {plain(words)}]")


def _facts(entry: dict[str, Any]) -> Table:
    grid = Table.grid(padding=(0, 2))
    for key, value in entry.items():
        if key not in LISTED and value not in (None, "", []):
            grid.add_row(
                Text(plain(key, lines=False), "dim"), Text(plain(_in_words(value), lines=False))
            )
    for divergence in entry.get("divergences") or ():
        if isinstance(divergence, dict):
            grid.add_row(Text("divergence", "dim"), Text(plain(_in_words(divergence), lines=False)))
    return grid


def _in_words(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_in_words(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return "; ".join(map(_in_words, value))
    return "open" if value is None else str(value)
