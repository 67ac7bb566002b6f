"""validate."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.exceptions import Exit

from ..core.findings import PackageError
from ..core.layout import Layout
from ..core.progress import StatusLine
from ..terminal import report
from . import PATH, root_option

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from ..published.pace import Report
    from ..published.result import ValidationResult
    from ..validation.outcome import Validation


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
        raise Exit(1 if _validate_curated(root, form, fix, only) else 0)
    layout = Layout.of(root)
    _refuse_curated(layout, path)
    if output is not None:
        _refuse_output(layout, output, path, captures)
    with _validate_tables(
        layout, path, captures, tables, memory_limit, engine, master, _progress()
    ) as result:
        _print_result(result, form, limit)
        if output is not None:
            result.write(output)
        failed = result.failed
    raise Exit(1 if failed else 0)


def _validate_curated(root: Path | None, form: str, fix: bool, only: str | None) -> bool:
    """Validate the curated files and print the findings; return True if they fail or drafts remain."""
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
            outcome = validate_source(layout, only) if only else validate_package(layout, status)
        findings = outcome.findings
        if not outcome.failed and only is None:
            status("comparing the derived files with a rebuild")
            findings += staleness(layout, outcome)
    titles = {e.code: e.title for e in read_explanations(layout).values()}
    sys.stdout.write(report.FORMATS[form](findings, outcome.summary, titles))
    return bool(outcome.failed or outcome.drafts)


def _print_result(result: ValidationResult, form: str, limit: int) -> None:
    """Print the first findings of each rule and the summary."""
    counted = "".join(
        f"{code}: {number:,}\n"
        for (code, _), number in result.counts.items()
        if number > limit and form == "text"
    )
    sys.stdout.write(
        report.FORMATS[form](result.first(limit), counted + result.summary, report.NO_TITLES)
    )
    sys.stdout.flush()


def _progress() -> Report:
    """Return what prints the progress on stderr, if that is a terminal."""
    if sys.stderr.isatty():
        return lambda line: sys.stderr.write(report.plain(line) + "\n")
    return lambda _: None


def _refuse_curated(layout: Layout, path: Path) -> None:
    """Raise PackageError for the folder of a curated source."""
    for place in (path.resolve(), *path.resolve().parents):
        if place.parent == layout.sources:
            raise PackageError(
                f"{path} is a curated source, not a folder of published tables: run `readouts validate --only {place.name}`"
            )


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
