"""fmt, add, recapture, uncovered, rename."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.exceptions import Exit

from ..core.findings import PackageError, counted
from ..core.layout import Layout
from ..terminal import report
from . import PATH, root_option

if TYPE_CHECKING:
    from ..capture import Capture
    from ..curation.files import Curation
    from ..drafting.skeletons import Draft


@click.command()
@click.argument(
    "paths", type=PATH, nargs=-1, help="Curated files or folders. [default: all curated files]"
)
@root_option
@click.option(
    "--check", is_flag=True, help="Write nothing; show the changes and exit 1 if there are any."
)
def fmt(paths: tuple[Path, ...], root: Path | None, check: bool) -> None:
    """Format curated files. Also adds missing local ids and the hashes of new captured texts."""
    from ..core.switching import exclusive, switch
    from ..editing.formatting import files_at, format_files
    from ..ledger.reading import read_ledger

    layout = Layout.here(root)
    with exclusive(layout):
        outcome = format_files(layout, files_at(layout, list(paths)), read_ledger(layout))
        if not check:
            switch(
                layout, {path: new.encode("utf-8") for path, (_, new) in outcome.changed.items()}
            )
    if check:
        sys.stdout.write(report.plain(outcome.diff(layout)))
    names = "".join(f"{layout.relative(path)}: {'not formatted' if check else 'formatted'}\n" for path in outcome.changed)  # fmt: skip
    summary = (
        f"{len(outcome.changed)} of {outcome.files} file(s) {'differ' if check else 'changed'}"
    )
    if outcome.findings:
        summary += f"; {len(outcome.findings)} finding(s); files with findings were not changed"
    sys.stdout.write(report.plain(names) + report.as_text(outcome.findings, summary))
    raise Exit(1 if outcome.findings or (check and outcome.changed) else 0)


@click.command()
@click.argument(
    "document",
    required=False,
    metavar="[FILE|URL]",
    help="Saved page, PDF, Word, e-mail or text file, or a web address.",
)
@root_option
@click.option("--event", help="Id of the event that the document is about; drafted if new.")
@click.option(
    "--id", "source", help="Id of the source. [default: proposed from publisher, date and title]"
)
@click.option("--publisher", help="Id of the agent that published it; drafted if new.")
@click.option("--agent", "agents", multiple=True, help="Additional agent to draft (repeatable).")
@click.option("--accessed", help="Date on which it was obtained. [default: today]")
@click.option(
    "--draft/--no-draft",
    "drafting",
    default=True,
    help="Propose statements, if an engine is installed.",
)
def add(
    document: str | None,
    root: Path | None,
    event: str | None,
    source: str | None,
    publisher: str | None,
    agents: tuple[str, ...],
    accessed: str | None,
    drafting: bool,
) -> None:
    """Capture a document as a new source. Writes its text, a curation file to fill in, and drafts of new events and agents. Existing files are not overwritten."""
    from ..core.switching import exclusive, switch
    from ..curation.reading import read_curation
    from ..drafting.skeletons import Draft, draft_agent, draft_event, draft_source
    from ..ledger.reading import read_ledger

    layout = Layout.here(root)
    if document is None and not (event or publisher or agents):
        raise PackageError(
            "pass a document, or at least one of --event, --publisher, --agent to draft"
        )
    try:
        day = date.fromisoformat(accessed) if accessed else date.today()
    except ValueError as error:
        raise PackageError(f"--accessed: “{accessed}” is not a date such as 2026-11-22") from error
    capture = _captured(document, day) if document else None
    with exclusive(layout):
        ledger, draft = read_ledger(layout), Draft()
        if capture is not None:
            curation = read_curation(layout)
            draft = draft_source(layout, curation, ledger, capture, source_id=source, event_id=event, publisher_id=publisher)  # fmt: skip
            if drafting:
                _propose(layout, curation, draft, capture.text, capture.language)
        elif event:
            draft.files |= draft_event(layout, ledger, event).files
        for agent in [*([publisher] if publisher and capture is None else []), *agents]:
            draft.files |= draft_agent(layout, ledger, agent).files
        written = switch(layout, dict(draft.files))
    for path in written:
        sys.stdout.write(report.plain(f"wrote {layout.relative(path)}\n"))
    for note in draft.notes:
        sys.stdout.write(report.plain(f"note: {note}\n"))
    sys.stdout.write("next: fill in the missing values, then run `readouts validate`\n")


def _propose(
    layout: Layout, curation: Curation, draft: Draft, text: str, language: str | None
) -> None:
    """Put drafted statements into the curation of a new source; return a note with their number or the reason why there are none."""
    from ..drafting.filling import fill_new

    assert draft.source_id is not None
    path = layout.curated("source", draft.source_id)
    try:
        filled = fill_new(
            layout, curation, draft.source_id, draft.files[path].decode("utf-8"), text, language
        )
    except PackageError as error:
        draft.notes.append(f"no statements were drafted: {error}")
        return
    draft.files[path] = filled.data
    found = (
        f"{counted(filled.statements, 'statement')} and {counted(filled.exclusions, 'exclusion')}"
    )
    draft.notes.append(f"drafted {found}: check them, then run `readouts accept {draft.source_id}`")
    draft.notes += [
        f"new speaker {agent} ({name}): run `readouts add --agent {agent}`"
        for agent, name in filled.agents.items()
    ]


@click.command()
@click.argument("identifier", metavar="SOURCE", help="Id of the source.")
@click.argument(
    "document",
    required=False,
    metavar="[FILE|URL]",
    help="New document. [default: the source's url or archived_url]",
)
@root_option
@click.option(
    "--write",
    is_flag=True,
    help="Replace the captured text and capture.json; refused if the text was released.",
)
def recapture(identifier: str, document: str | None, root: Path | None, write: bool) -> None:
    """Capture a source again and report changes in its text. Exit status: 0 same words, 1 changed."""
    from ..core.switching import exclusive, switch
    from ..editing.recapturing import iter_report, read_captured, replaced_files
    from ..ledger.reading import read_ledger

    layout = Layout.here(root)
    old = read_captured(layout, identifier)
    document = document or old.facts.get("url") or old.facts.get("archived_url")
    if not isinstance(document, str):
        raise PackageError(f"the source {identifier} has no url: pass a file or an address")
    new = _captured(document, date.today())
    for line in iter_report(old, new):
        sys.stdout.write(report.plain(f"{line}\n"))
    if write:
        with exclusive(layout):
            written = switch(layout, replaced_files(layout, read_ledger(layout), old, new))
        for path in written:
            sys.stdout.write(report.plain(f"wrote {layout.relative(path)}\n"))
    raise Exit(0 if old.text.split() == new.text.split() else 1)


def _captured(document: str, day: date) -> Capture:
    from ..capture import capture_from_file, capture_from_url

    return (
        capture_from_url(document, day) if "://" in document else capture_from_file(document, day)
    )


@click.command()
@click.argument("identifier", metavar="SOURCE", help="Id of the source.")
@root_option
@click.option("--exclusions", is_flag=True, help="Print `exclusions` entries with an empty reason.")
def uncovered(identifier: str, root: Path | None, exclusions: bool) -> None:
    """Print the text of a source that nothing covers yet. The output is ready to paste into the curation file."""
    from ..drafting.uncovered import uncovered_of
    from ..ledger.reading import read_ledger

    layout = Layout.here(root)
    for line in uncovered_of(layout, read_ledger(layout), identifier, exclusions):
        sys.stdout.write(report.plain(f"  {line}".rstrip() + "\n"))


@click.command()
@click.argument(
    "old", metavar="OLD", help="Id to replace: source, event, agent, SOURCE.s01 or EVENT.c01."
)
@click.argument("new", metavar="NEW", help="New id.")
@root_option
def rename(old: str, new: str, root: Path | None) -> None:
    """Change the id of an unreleased record. Changes its own file and every reference."""
    from ..core.switching import exclusive, switch
    from ..editing.renaming import renamed_files
    from ..ledger.reading import read_ledger

    layout = Layout.here(root)
    with exclusive(layout):
        changed = switch(layout, renamed_files(layout, read_ledger(layout), old, new))
    for path in changed:
        sys.stdout.write(
            report.plain(f"{'changed' if path.exists() else 'removed'} {layout.relative(path)}\n")
        )
    sys.stdout.write("next: run `readouts validate`\n")
