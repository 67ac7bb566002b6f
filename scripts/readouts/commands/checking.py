"""build, show, load, explain, agreement."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from click.exceptions import Exit

from ..core.findings import RENAMED_CODES
from ..core.layout import Layout
from ..core.progress import StatusLine
from ..terminal import report
from . import PATH, root_option


@click.command()
@root_option
@click.option(
    "--check", is_flag=True, help="Write nothing; exit 1 if any derived file is out of date."
)
def build(root: Path | None, check: bool) -> None:
    """Regenerate all derived files: tables, descriptor, dataset card. Exit status 1 if the data is invalid or, with --check, if any file is out of date."""
    from ..core.switching import exclusive
    from ..curation.reading import read_curation
    from ..publication.build import derived_from, differing, write_derived
    from ..validation.validate import validate_curation

    layout = Layout.here(root)
    with exclusive(layout), StatusLine(sys.stderr) as status:
        outcome = validate_curation(layout, read_curation(layout, progress=status), progress=status)
        if outcome.failed:
            status.clear()
            sys.stdout.write(report.as_text(outcome.findings, outcome.summary))
            sys.stdout.write("nothing was built: fix the findings above first\n")
            raise Exit(1)
        status("deriving tables, descriptor and card")
        contents = derived_from(layout, outcome)
        status("comparing with the existing files")
        changed = differing(layout, contents) if check else write_derived(layout, contents)
        status.clear()
        if check:
            for name in changed:
                sys.stdout.write(f"{name}: out of date\n")
            sys.stdout.write(
                f"{'stale' if changed else 'fresh'}: {len(changed)} of {len(contents)} derived files are out of date; {outcome.summary}\n"
            )
            raise Exit(1 if changed else 0)
    names = (
        f": {', '.join(changed)}"
        if 0 < len(changed) <= 5
        else ", which `git diff --stat` lists"
        if changed
        else ""
    )
    sys.stdout.write(f"built: {len(changed)} file(s) changed{names}; {outcome.summary}\n")


@click.command()
@click.argument("identifier", help="Id of a source, statement, event or claim.")
@root_option
def show(identifier: str, root: Path | None) -> None:
    """Show a source, statement, event or claim. Quotations are highlighted in context; an event is shown with its claims by account."""
    from rich.console import Console

    from ..curation.reading import read_curation
    from ..terminal.display import UnknownId
    from ..terminal.display import show as draw
    from ..validation.validate import validate_curation

    layout = Layout.of(root)
    curation = read_curation(layout)
    outcome = validate_curation(layout, curation)
    try:
        Console().print(draw(identifier, outcome.rows, curation.captures, curation.pages))
    except UnknownId as error:
        sys.stdout.write(f"{report.plain(str(error))}\n")
        raise Exit(1) from error
    if outcome.findings:
        sys.stdout.write(f"{outcome.summary}; run `readouts validate` for details\n")


@click.command()
@click.argument(
    "a",
    type=PATH,
    help="First curation: a curated file, a folder of them, or the data folder of a package.",
)
@click.argument("b", type=PATH, help="Second curation of the same sources.")
@root_option
def agreement(a: Path, b: Path, root: Path | None) -> None:
    """Measure how far two curations of the same sources agree. Compares content, mode, speech act, speakers and claims, each with its sample size."""
    from ..compare.agreement import compare

    for measure in compare(a, b, Layout.of(root)):
        sys.stdout.write(f"{measure}\n")


@click.command()
@click.argument("table", default="statements", help="Name of the table. [default: statements]")
@root_option
def load(table: str, root: Path | None) -> None:
    """Load a published table and show its types and first rows. Requires the extra `hub` (the `datasets` library)."""
    from rich.console import Console

    from ..publication.features import load as load_table
    from ..terminal.display import rows_of

    dataset = load_table(table, root)
    Console().print(rows_of(table, dataset))


@click.command()
@click.argument("code", required=False, help="Code of a finding. [default: list all codes]")
@root_option
def explain(code: str | None, root: Path | None) -> None:
    """Explain a finding code and how to fix the finding. Shows a good and a bad example, and the findings that curators accepted."""
    from ..compile.reviews import read_accepted
    from ..core.spelling import nearest
    from ..rules.codes import read_examples, read_explanations

    layout = Layout.of(root)
    known = read_explanations(layout)
    if code in RENAMED_CODES:
        sys.stdout.write(f"{code} is now called {RENAMED_CODES[code]}.\n\n")
        code = RENAMED_CODES[code]
    if code is None:
        for entry in known.values():
            sys.stdout.write(f"{entry.code}: {entry.title}\n")
    elif code in known:
        accepted = read_accepted(layout, code) if known[code].kind == "review" else []
        sys.stdout.write(report.as_explanation(known[code], *read_examples(layout, code), accepted))
    else:
        sys.stdout.write(f"unknown code `{report.plain(code)}`{nearest(code, list(known))}\n")
        raise Exit(1)
