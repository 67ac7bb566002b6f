"""A comparison in the terminal: differences first, then the table, then the counts."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from ..alignment.rows import Row
from ..terminal.report import plain
from .marking import pieces
from .result import (
    ABSENT,
    CAREFUL,
    AccountComparison,
    counts,
    iter_facts,
    iter_only,
    order_note,
    relation_of,
)

STYLES = {"left": "red strike", "right": "green underline"}
LONGEST_NEAREST = 100
"""Code points of the nearest words shown."""
MOST_LISTED = 12
"""Most names, dates or numbers listed per account."""


def rendered(result: AccountComparison, styled: bool) -> RenderableType:
    """Render the whole comparison; without styles, differing words are between asterisks."""
    return Group(*_head(result, styled), _table(result, styled), *_foot(result))


def _head(result: AccountComparison, styled: bool) -> list[Text]:
    lines = [Text("What differs in negations, numbers, names and dates", "bold")]
    for _, kind, change in iter_facts(result):
        left = _words(change.left.text if change.left else None, "left", styled)
        lines.append(
            Text.assemble(
                f"  {kind}: ",
                left,
                " / ",
                _words(change.right.text if change.right else None, "right", styled),
            )
        )
    for kind, label, found in iter_only(result):
        more = f" and {len(found) - MOST_LISTED} more" if len(found) > MOST_LISTED else ""
        lines.append(
            Text(
                plain(
                    f"  {kind}s only in {label}: {', '.join(found[:MOST_LISTED])}{more}",
                    lines=False,
                )
            )
        )
    return lines if len(lines) > 1 else [Text("No negation, number, name or date differs.")]


def _words(text: str | None, mark: str, styled: bool) -> Text:
    if text is None:
        return Text("nothing", "dim")
    text = plain(" ".join(text.split()), lines=False)
    return Text(text, STYLES[mark]) if styled else Text(text)


def _table(result: AccountComparison, styled: bool) -> Table:
    grid = Table(show_lines=True, expand=True)
    for account in result.accounts:
        grid.add_column(Text(plain(account.label, lines=False)), ratio=3, overflow="fold")
    grid.add_column("", ratio=1, overflow="fold")
    for row in result.rows:
        grid.add_row(
            *(_cell(row, n, styled) for n in range(len(result.accounts))),
            Text(relation_of(row), "dim"),
        )
    return grid


def _cell(row: Row, account: int, styled: bool) -> Text:
    if row.words[account] is None:
        near = next((words for words in row.nearest if words.account == account), None)
        nearest = f"\nnearest: “{plain(_shortened(near.text), lines=False)}”" if near else ""
        return Text.assemble((ABSENT, "italic"), (nearest, "dim"))
    cell = Text()
    for text, mark in pieces(row, account):
        text = plain(text).replace("\n", " ")
        if mark is None:
            cell.append(text)
        elif styled:
            cell.append(text, STYLES[mark])
        else:
            cell.append(f"*{text}*")
    return cell


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_NEAREST else text[: LONGEST_NEAREST - 1].rstrip() + "…"


def _foot(result: AccountComparison) -> list[Text]:
    lines = [Text(f"{number:>5}  {plain(what, lines=False)}") for what, number in counts(result)]
    order = order_note(result)
    aside = len(result.comparison.set_aside)
    if aside:
        lines.append(Text(f"{aside:>5}  headings, greetings and narration, set aside"))
    return [*lines, *([Text(order)] if order else []), Text(result.method), Text(CAREFUL)]
