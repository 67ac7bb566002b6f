"""validate, build, show, load, explain, agreement."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.exceptions import Exit

from ..core.findings import RENAMED_CODES, PackageError
from ..core.layout import Layout
from ..core.progress import StatusLine
from ..terminal import report
from . import PATH, root_option

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from ..published.pace import Report
    from ..published.result import ValidationResult
    from ..validation.validate import Validation


@click.command()
@click.argument(
    "path",
    type=PATH,
    required=False,
    help="Folder of published tables (JSONL, CSV or Parquet). [default: the curated files of the package]",
)
@root_option
@click.option(
    "--format", "form", default="text", help="Report format: text, json, github or sarif."
)
@click.option(
    "--fix",
    is_flag=True,
    help="First fix unambiguous differences: quotation marks, dashes, spaces and case in quotations, case of terms.",
)
@click.option(
    "--only", metavar="SOURCE_ID", help="Check only this source and the records it refers to."
)
@click.option(
    "--captures",
    type=PATH,
    help="With PATH: captured texts, as a table (source_id, text) or a folder.",
)
@click.option(
    "--tables", help="With PATH: format to read if the folder has several: jsonl, csv or parquet."
)
@click.option(
    "--output", type=PATH, help="With PATH: write all findings to this file (.jsonl or .parquet)."
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=10,
    help="With PATH: findings to print per rule; all are counted.",
)
@click.option(
    "--memory-limit", help="With PATH: memory to use before spilling to disk, such as 2GiB."
)
@click.option(
    "--engine",
    default="duckdb",
    help="With PATH: duckdb, or spark to run on a cluster (requires the extra `spark`).",
)
@click.option(
    "--master",
    default="local[*]",
    help="With --engine spark: cluster address, such as spark://host:7077.",
)
def validate(
    path: Path | None,
    root: Path | None,
    form: str,
    fix: bool,
    only: str | None,
    captures: Path | None,
    tables: str | None,
    output: Path | None,
    limit: int,
    memory_limit: str | None,
    engine: str,
    master: str,
) -> None:
    """Check the data against its sources and all rules. Rebuilds every statement from its captured text. Exit status: 0 valid, 1 findings, 2 error."""
    if form not in report.FORMATS:
        raise PackageError(f"unknown format '{form}' (choose from: {', '.join(report.FORMATS)})")
    given = {
        "--captures": captures,
        "--tables": tables,
        "--output": output,
        "--memory-limit": memory_limit,
    }
    given["--engine"] = engine if engine != "duckdb" else None
    if path is None and any(given.values()):
        option = next(option for option, value in given.items() if value)
        raise PackageError(
            f"{option} requires a folder of published tables: readouts validate FOLDER {option} …"
        )
    if path is not None and (fix or only):
        raise PackageError(
            f"{'--fix' if fix else '--only'} applies to curated files only: leave out {path}"
        )
    if path is None:
        from ..publication.build import staleness
        from ..rules.codes import read_explanations
        from ..validation.validate import validate_package, validate_source

        layout = Layout.here(root)
        if only is not None and fix:
            raise PackageError("--fix fixes the whole package: leave out --only")
        with StatusLine(sys.stderr) as status:
            if fix:
                outcome = _fixed(layout, form)
            else:
                outcome = (
                    validate_source(layout, only) if only else validate_package(layout, status)
                )
            findings = outcome.findings
            if not outcome.failed and only is None:
                status("comparing the derived files with a rebuild")
                findings += staleness(layout, outcome)
        titles = {e.code: e.title for e in read_explanations(layout).values()}
        sys.stdout.write(report.FORMATS[form](findings, outcome.summary, titles))
        raise Exit(1 if outcome.failed or outcome.drafts else 0)
    layout = Layout.of(root)
    for place in (path.resolve(), *path.resolve().parents):
        if place.parent == layout.sources:
            raise PackageError(
                f"{path} is a curated source, not a folder of published tables: run `readouts validate --only {place.name}`"
            )
    progress = (
        (lambda line: sys.stderr.write(report.plain(line) + "\n"))
        if sys.stderr.isatty()
        else (lambda _: None)
    )
    if output is not None:
        _refuse_output(layout, output, path, captures)
    with _validate_tables(
        layout, path, captures, tables, memory_limit, engine, master, progress
    ) as result:
        counted = "".join(
            f"{code}: {number:,}\n"
            for (code, _), number in result.counts.items()
            if number > limit and form == "text"
        )
        sys.stdout.write(
            report.FORMATS[form](result.first(limit), counted + result.summary, report.NO_TITLES)
        )
        sys.stdout.flush()
        if output is not None:
            result.write(output)
        failed = result.failed
    raise Exit(1 if failed else 0)


def _refuse_output(layout: Layout, output: Path, path: Path, captures: Path | None) -> None:
    """Raise PackageError if findings would be written over validated files, or cannot be written at all."""
    from ..core.definitions import read_tables
    from ..published.extras import EXTRAS
    from ..published.result import written_as
    from ..published.shards import PLACES, find_shards, is_named_as_table

    written_as(output)
    file = output.resolve()
    if not file.parent.is_dir():
        raise PackageError(f"{output} cannot be written: the folder {file.parent} does not exist")
    if file.is_dir():
        raise PackageError(f"{output} is a folder: pass a file name for the findings")
    names = [*read_tables(layout), *EXTRAS]
    read = [shard.path for shards in find_shards(path, names).values() for shard in shards]
    read += [captures] if captures and captures.exists() else []
    places = {(path / place).resolve() for place in PLACES}
    if is_named_as_table(file, path.resolve(), names) or is_named_as_table(
        output.absolute(), path.absolute(), names
    ):
        raise PackageError(
            f"{output} has the name of a table of {path} and would be read as one: choose another name"
        )
    if file.exists() and (file.parent in places or any(map(file.samefile, read))):
        raise PackageError(
            f"{output} already exists among the tables to be checked: choose another file for the findings"
        )


def _validate_tables(
    layout: Layout,
    path: Path,
    captures: Path | None,
    tables: str | None,
    memory: str | None,
    engine: str,
    master: str,
    progress: Report,
) -> AbstractContextManager[ValidationResult]:
    """Validate published tables with the chosen engine. Raises PackageError."""
    if engine == "duckdb":
        from ..published.checks import validate_folder

        return validate_folder(layout, path, captures, tables, memory, progress)
    if engine == "spark":
        from ..published.cluster.checks import validate_folder_on_spark

        return validate_folder_on_spark(layout, path, captures, tables, master, progress)
    raise PackageError(f"unknown engine '{engine}' (choose from: duckdb, spark)")


def _fixed(layout: Layout, form: str) -> Validation:
    """Apply the certain fixes and return the outcome; the changes are listed on stderr if stdout is for a program."""
    from ..core.switching import exclusive
    from ..editing.fixing import fix

    with exclusive(layout):
        changes, outcome = fix(layout)
    out = sys.stdout if form == "text" else sys.stderr
    out.writelines(report.plain(f"{change}\n") for change in changes)
    return outcome


@click.command()
@root_option
@click.option(
    "--check", is_flag=True, help="Write nothing; exit 1 if any derived file is out of date."
)
def build(root: Path | None, check: bool) -> None:
    """Regenerate all derived files: tables, descriptor, dataset card. Exit status 1 if the data is invalid or, with --check, if any file is out of date."""
    from ..core.switching import exclusive
    from ..curation.files import read_curation
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

    from ..curation.files import read_curation
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
