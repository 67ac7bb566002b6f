"""draft, accept, reject: statements and claims proposed from texts, and accepted or rejected by a person."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click
from click.exceptions import Exit

from ..core.findings import PackageError, counted
from ..core.layout import Layout
from ..core.progress import StatusLine
from ..terminal import report
from . import PATH, root_option

if TYPE_CHECKING:
    from ..drafting.acceptance import Outcome


@click.command()
@click.argument(
    "what",
    metavar="SOURCE|EVENT|FILE",
    help="Id of a source or an event; or a saved page or text file.",
)
@root_option
@click.option(
    "--engine", default="rules", help="Engine that proposes the statements: rules, model or both."
)
@click.option(
    "--format",
    "form",
    default="text",
    help="For a file: text, or jsonl (one JSON object per statement).",
)
@click.option(
    "--text",
    "text_file",
    type=PATH,
    help="For a file: write the captured text, to which the offsets refer, to this file.",
)
@click.option("--language", help="Language of the text (BCP 47). [default: as stated or detected]")
def draft(
    what: str,
    root: Path | None,
    engine: str,
    form: str,
    text_file: Path | None,
    language: str | None,
) -> None:
    """Draft statements of a source or claims of an event. Drafts are marked `draft:` in its file. For a page or text file, prints the statements."""
    if form not in ("text", "jsonl"):
        raise PackageError(f"unknown format '{form}' (choose from: text, jsonl)")
    kind = (
        None
        if Path(what).is_file() or text_file is not None or form != "text"
        else _kind(root, what)
    )
    if kind is None:
        _draft_file(what, engine, form, text_file, language)
    elif kind == "source":
        _draft_source(Layout.here(root), what, engine, language)
    elif engine != "rules":
        raise PackageError(
            f"claims of an event are drafted by rules only: leave out --engine {engine}"
        )
    else:
        draft_event(Layout.here(root), what)


def _kind(root: Path | None, what: str) -> str | None:
    """Return `source` or `event`, None if the package has neither with that id."""
    try:
        layout = Layout.here(root)
        if (layout.sources / what).is_dir():
            return "source"
        return "event" if layout.curated("event", what).is_file() else None
    except (PackageError, ValueError):
        return None


def _draft_file(
    document: str, engine: str, form: str, text_file: Path | None, language: str | None
) -> None:
    from ..alignment.languages import DEFAULT_LANGUAGE, language_of
    from ..capture import capture_from_file
    from ..drafting.engines import draft_text
    from ..drafting.output import iter_json_lines, iter_text_lines

    capture = capture_from_file(document, date.today())
    spoken = language or language_of(capture.text, capture.language) or DEFAULT_LANGUAGE
    with StatusLine(sys.stderr) as status:
        proposed = draft_text(engine, capture.text, (), spoken, status)
    if text_file is not None:
        try:
            text_file.write_bytes(capture.text.encode("utf-8"))
        except OSError as error:
            raise PackageError(
                f"{text_file} cannot be written: {error.strerror}; choose another file"
            ) from error
    for note in proposed.notes:
        sys.stderr.write(report.plain(f"{note}\n"))
    if form == "jsonl":
        for line in iter_json_lines(proposed):
            sys.stdout.write(line + "\n")
        return
    for line in iter_text_lines(proposed):
        sys.stdout.write(report.plain(line) + "\n")


def _draft_source(layout: Layout, source_id: str, engine: str, language: str | None) -> None:
    from ..core.switching import exclusive, switch
    from ..drafting.filling import fill_source

    with exclusive(layout), StatusLine(sys.stderr) as status:
        filled = fill_source(layout, source_id, engine, language, status)
        if filled.statements or filled.exclusions:
            switch(layout, {filled.path: filled.data})
    for note in filled.notes:
        sys.stderr.write(report.plain(f"{note}\n"))
    found = (
        f"{counted(filled.statements, 'statement')} and {counted(filled.exclusions, 'exclusion')}"
    )
    sys.stdout.write(report.plain(f"{layout.relative(filled.path)}: drafted {found}\n"))
    for agent, name in filled.agents.items():
        sys.stdout.write(
            report.plain(f"new speaker {agent} ({name}): `readouts add --agent {agent}`\n")
        )
    if filled.statements or filled.exclusions:
        sys.stdout.write(
            f"next: `readouts review {source_id}`, or check them, then `readouts accept {source_id}`\n"
        )


def draft_event(layout: Layout, event_id: str, out: TextIO | None = None) -> None:
    """Write drafted claims into the file of an event, and report on `out` (default: standard output). Raises PackageError."""
    from ..core.switching import exclusive, switch
    from ..drafting.collating import fill_event

    with exclusive(layout):
        filled = fill_event(layout, event_id)
        if filled.claims:
            switch(layout, {filled.path: filled.data})
    kept = (
        f"; the {counted(filled.kept, 'claim')} that it had stay as they are" if filled.kept else ""
    )
    found = counted(filled.claims, "claim")
    out = out or sys.stdout
    out.write(report.plain(f"{layout.relative(filled.path)}: drafted {found}{kept}\n"))
    if filled.claims:
        out.write(
            f"next: `readouts review {event_id}`, or check them, then `readouts accept {event_id}`\n"
        )


@click.command()
@click.argument("what", metavar="SOURCE|EVENT", help="Id of a source or an event with drafts.")
@click.argument(
    "ids",
    nargs=-1,
    metavar="[ID]...",
    help="Statements (s01), exclusions (x1) or claims (c01). [default: all drafts]",
)
@root_option
def accept(what: str, ids: tuple[str, ...], root: Path | None) -> None:
    """Accept drafts that pass the check. Exit status 1 if any is refused."""
    from ..drafting import acceptance

    _carry_out(root, what, "accepted", lambda layout: acceptance.accept(layout, what, ids))


@click.command()
@click.argument("what", metavar="SOURCE|EVENT", help="Id of a source or an event with drafts.")
@click.argument(
    "ids",
    nargs=-1,
    required=True,
    metavar="ID...",
    help="Statements (s01), exclusions (x1) or claims (c01).",
)
@root_option
def reject(what: str, ids: tuple[str, ...], root: Path | None) -> None:
    """Remove drafted entries. `readouts uncovered` then lists the text of removed statements and exclusions."""
    from ..drafting import acceptance

    _carry_out(root, what, "rejected", lambda layout: acceptance.reject(layout, what, ids))


def _carry_out(root: Path | None, what: str, word: str, work) -> None:  # type: ignore[no-untyped-def]
    from ..core.switching import exclusive, switch

    layout = Layout.here(root)
    with exclusive(layout):
        outcome: Outcome = work(layout)
        if outcome.path is not None and outcome.data is not None:
            switch(layout, {outcome.path: outcome.data})
    summary = f"{what}: {word} {counted(len(outcome.done), 'draft')}"
    if outcome.refused:
        summary += f"; refused {len(outcome.refused)} ({', '.join(outcome.refused[:10])}{' …' if len(outcome.refused) > 10 else ''})"
    if outcome.other_findings:
        summary += "; until the findings in other files are fixed they were not checked in full"
    sys.stdout.write(
        report.as_text([*outcome.findings, *outcome.other_findings], report.plain(summary))
    )
    raise Exit(1 if outcome.refused else 0)
