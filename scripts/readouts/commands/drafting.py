"""draft: statements proposed from a text."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from .. import report
from ..findings import PackageError, counted
from . import PATH


@click.command()
@click.argument("document", metavar="FILE", help="A saved page or a text file.")
@click.option("--engine", default="rules", help="What proposes the statements: rules.")
@click.option("--format", "form", default="text", help="text, or jsonl: one JSON object for each statement.")
@click.option(
    "--text", "text_file", type=PATH, help="Write the captured text, which the offsets refer to, to this file."
)
@click.option("--language", help="Language of the text (BCP 47). [default: as stated or recognised]")
def draft(document: str, engine: str, form: str, text_file: Path | None, language: str | None) -> None:
    """Propose the statements of a document: content, speaker, cue, mode, speech act. Writes no curated file."""
    from ..capture import CaptureError, capture_from_file
    from ..drafting.engines import draft_text
    from ..drafting.languages import language_of
    from ..drafting.output import iter_json_lines

    if form not in ("text", "jsonl"):
        raise PackageError(f"unknown format '{form}' (choose from: text, jsonl)")
    try:
        capture = capture_from_file(document, date.today())
    except CaptureError as error:
        raise PackageError(str(error)) from error
    proposed = draft_text(engine, capture.text, (), language or language_of(capture.text, capture.language))
    if text_file is not None:
        _write(text_file, capture.text)
    if form == "jsonl":
        for line in iter_json_lines(proposed):
            sys.stdout.write(line + "\n")
        return
    for number, statement in enumerate(proposed.statements, 1):
        who = "; ".join(statement.speaker_names) or "speaker open"
        said = " … ".join(span.text for span in statement.content)
        how = ", ".join(filter(None, (statement.mode, statement.speech_act, f"{statement.confidence:.2f}")))
        sys.stdout.write(report.plain(f"{number}. {who} ({how}): {' '.join(said.split())}\n"))
    left = len(proposed.exclusions)
    sys.stdout.write(f"{counted(len(proposed.statements), 'statement')}, {counted(left, 'exclusion')}\n")


def _write(path: Path, text: str) -> None:
    try:
        path.write_bytes(text.encode("utf-8"))
    except OSError as error:
        raise PackageError(f"{path} cannot be written: {error.strerror}; choose another file for --text") from error
