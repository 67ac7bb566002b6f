"""A comparison for programs: JSON, CSV, and Markdown for a page."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import asdict
from typing import Any

from ..alignment.rows import Change, Quotation, Row
from ..publication.markdown import as_text as escaped
from .marking import pieces
from .result import ABSENT, CAREFUL, AccountComparison, counts, order_note, relation_of

COLUMNS = (
    "row",
    "relation",
    "band",
    "confidence",
    "account",
    "start",
    "end",
    "text",
    "differences",
)
MARKS = {"left": ("~~", "~~"), "right": ("**", "**")}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make a spreadsheet run a cell as a formula."""


def as_json(result: AccountComparison) -> str:
    """Return one object: `accounts`, `rows`, `set_aside`, `only`, `counts`. Offsets are code points of the texts that `--texts` writes."""
    accounts = [
        {
            **account.facts(),
            "text_sha256": hashlib.sha256(account.text.encode("utf-8")).hexdigest(),
            "text_length": len(account.text),
        }
        for account in result.accounts
    ]
    found = {
        "accounts": accounts,
        "rows": [_row(row) for row in result.rows],
        "set_aside": [
            {**asdict(words), "reason": reason} for words, reason in result.comparison.set_aside
        ],
        "only": result.comparison.only,
        "counts": dict(counts(result)),
        "notes": [result.method, CAREFUL],
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _row(row: Row) -> dict[str, Any]:
    return {
        "relation": row.relation,
        "band": row.band,
        "words": [_quotation(words) for words in row.words],
        "differences": [_difference(change) for change in row.differences],
        "confidence": row.confidence,
        "nearest": [asdict(words) for words in row.nearest],
    }


def _quotation(words: Quotation | None) -> dict[str, Any] | None:
    return asdict(words) if words else None


def _difference(change: Change) -> dict[str, Any]:
    return {"kind": change.kind, "words": [_quotation(change.left), _quotation(change.right)]}


def as_csv(result: AccountComparison) -> str:
    """Return one line for each account of each row; an account without words for it has empty cells. Line ends are CRLF (RFC 4180)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for number, row in enumerate(result.rows, 1):
        for n, account in enumerate(result.accounts):
            words = row.words[n]
            differing = "; ".join(
                f"{change.kind}: {part.text}"
                for change in row.differences
                for part in (change.left, change.right)
                if part and part.account == n
            )
            place = (words.start, words.end, cell(words.text)) if words else ("", "", "")
            writer.writerow(
                [
                    number,
                    row.relation,
                    row.band,
                    row.confidence,
                    cell(account.label),
                    *place,
                    cell(differing),
                ]
            )
    return out.getvalue()


def cell(text: str) -> str:
    """Return the text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_markdown(result: AccountComparison) -> str:
    """Return a table of the rows, with differences marked as ~~left~~ and **right**, and the counts."""
    lines = [
        "| "
        + " | ".join([*(_escaped(account.label) for account in result.accounts), "relation"])
        + " |"
    ]
    lines.append("|" + "---|" * (len(result.accounts) + 1))
    for row in result.rows:
        cells = [
            _marked(row, n) if row.words[n] else f"*{ABSENT}*" for n in range(len(result.accounts))
        ]
        lines.append("| " + " | ".join([*cells, relation_of(row)]) + " |")
    lines += ["", *(f"- {_escaped(what)}: {number}" for what, number in counts(result))]
    order = order_note(result)
    return (
        "\n".join([*lines, *(["", order] if order else []), "", f"{result.method} {CAREFUL}"])
        + "\n"
    )


def _escaped(text: str) -> str:
    return escaped(" ".join(text.split()))


def _marked(row: Row, account: int) -> str:
    parts = []
    for text, mark in pieces(row, account):
        inner = _escaped(text)
        if mark and inner:
            before, after = MARKS[mark]
            inner = f"{before}{inner}{after}"
        parts.append(
            (" " if text[:1].isspace() else "")
            + inner
            + (" " if text[-1:].isspace() and text.strip() else "")
        )
    return "".join(parts)


FORMATS = {"json": as_json, "csv": as_csv, "markdown": as_markdown}
