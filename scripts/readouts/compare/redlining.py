"""A redline for people and programs: the terminal, Markdown, JSON, CSV and one page of HTML."""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from rich.text import Text

from ..alignment.redline import Passage, Redline, redline
from ..alignment.wording import as_plain
from ..core.findings import counted
from ..publication.markdown import as_text as escaped
from ..terminal.report import plain
from .accounts import Account
from .page import document, safe

STYLES = {"deleted": "red strike", "inserted": "green underline", "kept": ""}
PIECES = {"deleted": "-", "inserted": "+", "kept": " "}
MARKS = {"deleted": ("~~", "~~"), "inserted": ("**", "**"), "kept": ("", "")}
TAGS = {
    "deleted": ('<del class="left">', "</del>"),
    "inserted": ('<ins class="right">', "</ins>"),
    "kept": ("", ""),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One version and the next."""

    old: Account
    new: Account
    found: Redline

    def summary(self) -> str:
        """Return a one-line summary of the changes."""
        found = self.found
        return (
            f"{self.old.label} → {self.new.label}: {found.share:.1%} of the words changed "
            f"({found.deleted} deleted, {found.inserted} inserted, {found.kept} kept; {counted(found.moved, 'sentence')} moved)"
        )


def steps_of(accounts: Sequence[Account]) -> list[Step]:
    """Pair each version with the next."""
    return [
        Step(old, new, redline(old.text, new.text)) for old, new in itertools.pairwise(accounts)
    ]


def rendered(steps: Sequence[Step], styled: bool) -> Text:
    """Render for the terminal; without styles as [old → new], [removed: old] and [added: new]."""
    out = Text()
    for step in steps:
        out.append(plain(step.summary(), lines=False) + "\n\n", "bold")
        for passage in step.found.passages:
            out.append("\n" if passage.paragraph and len(out) else "")
            out.append("(moved) " if passage.moved else "", "yellow")
            if styled:
                for kind, text in passage.pieces:
                    inner = plain(" ".join(text.split()), lines=False)
                    out.append(" " if text[:1].isspace() else "")
                    out.append(inner, STYLES[kind])
                    out.append(" " if inner and text[-1:].isspace() else "")
            else:
                out.append(plain(" ".join(_without_styles(passage).split()), lines=False))
            out.append("\n")
        out.append("\n")
    return out


def _without_styles(passage: Passage) -> str:
    return as_plain((PIECES[kind], text) for kind, text in passage.pieces)


def as_json(steps: Sequence[Step]) -> str:
    """Return one object: `accounts`, and `steps` with their passages and measures. Offsets are code points of the texts."""
    accounts = [steps[0].old, *(step.new for step in steps)]
    found = [
        {
            "old": number, "new": number + 1, "share_changed": round(step.found.share, 4), "words_kept": step.found.kept,
            "words_inserted": step.found.inserted, "words_deleted": step.found.deleted, "sentences_moved": step.found.moved,
            "passages": [_passage(passage) for passage in step.found.passages],
        }
        for number, step in enumerate(steps)
    ]  # fmt: skip
    return (
        json.dumps(
            {"accounts": [a.facts() for a in accounts], "steps": found},
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
    )


def _passage(passage: Passage) -> dict:
    found = asdict(passage)
    found["pieces"] = [{"kind": kind, "text": text} for kind, text in passage.pieces]
    return found


def as_csv(steps: Sequence[Step]) -> str:
    """Return one line per passage."""
    from .data import cell

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["old", "new", "kind", "moved", "old_start", "old_end", "new_start", "new_end", "text"]
    )
    for step in steps:
        for passage in step.found.passages:
            text = _without_styles(passage)
            places = [*(passage.old or ("", "")), *(passage.new or ("", ""))]
            writer.writerow(
                [
                    cell(step.old.label),
                    cell(step.new.label),
                    passage.kind,
                    str(passage.moved).lower(),
                    *places,
                    cell(text),
                ]
            )
    return out.getvalue()


def as_markdown(steps: Sequence[Step]) -> str:
    """Return paragraphs with ~~deleted~~ and **inserted** words."""
    lines = []
    for step in steps:
        lines += [f"## {escaped(step.summary())}", ""]
        for passage in step.found.passages:
            line = "*(moved)* " if passage.moved else ""
            for kind, text in passage.pieces:
                before, after = MARKS[kind]
                inner = escaped(text)
                space = " " if text[:1].isspace() else "", " " if text[-1:].isspace() else ""
                line += f"{space[0]}{before}{inner}{after}{space[1]}" if inner else " "
            lines += [line, ""]
    return "\n".join(lines)


def as_html(steps: Sequence[Step]) -> str:
    """Return the page as text, to be written in UTF-8."""
    title = "Redline: " + " → ".join([steps[0].old.label, *(step.new.label for step in steps)])
    parts = [
        f"<header><h1>{safe(title)}</h1>\n<p>Deleted words are struck and red; inserted words are underlined and green.</p></header>\n<main>\n"
    ]
    for step in steps:
        parts.append(f'<section><h2>{safe(step.summary())}</h2>\n<div dir="auto">\n<p>')
        for number, passage in enumerate(step.found.passages):
            parts.append("</p>\n<p>" if passage.paragraph and number else " ")
            parts.append("<strong>(moved)</strong> " if passage.moved else "")
            parts += [TAGS[kind][0] + safe(text) + TAGS[kind][1] for kind, text in passage.pieces]
        parts.append("</p>\n</div></section>\n")
    return document(title, "".join([*parts, "</main>\n"]))


FORMATS = {"json": as_json, "csv": as_csv, "markdown": as_markdown}
