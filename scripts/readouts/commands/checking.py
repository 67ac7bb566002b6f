"""validate, build, show: what holds, what follows from it, and how it looks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.exceptions import Exit

from .. import report
from ..findings import PackageError
from ..layout import Layout
from ..progress import StatusLine
from . import PATH, root_option

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from ..published.pace import Tell
    from ..published.verdict import Verdict
    from ..validation import Validation


@click.command()
@click.argument(
    "path",
    type=PATH,
    required=False,
    help="A folder of published tables (JSONL, CSV or Parquet); default: what is curated in the package.",
)
@root_option
@click.option("--format", "form", default="text", help="text, json, github or sarif")
@click.option(
    "--fix",
    is_flag=True,
    help="First fix what is certain: marks, dashes, spaces and case of quotations, case of terms.",
)
@click.option("--only", metavar="SOURCE_ID", help="Judge this source with what it refers to.")
@click.option("--captures", type=PATH, help="With PATH: the captured texts, a table (source_id, text) or a folder.")
@click.option("--tables", help="With PATH: jsonl, csv or parquet, where it has several.")
@click.option("--output", type=PATH, help="With PATH: where to write every finding (.jsonl or .parquet).")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=10,
    help="With PATH: how many findings of each rule are shown; all are counted.",
)
@click.option("--memory-limit", help="With PATH: memory before it spills to disk, such as 2GiB.")
@click.option(
    "--engine",
    default="duckdb",
    help="With PATH: duckdb, or spark for a cluster (needs the extra spark).",
)
@click.option(
    "--master",
    default="local[*]",
    help="With --engine spark: the cluster's address, such as spark://host:7077.",
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
    """Re-derive every statement from its capture and hold everything against every rule. Exit 0 valid, 1 findings, 2 unusable."""
    if form not in report.FORMATS:
        raise PackageError(f"there is no format {form}; there are {', '.join(report.FORMATS)}")
    given = {"--captures": captures, "--tables": tables, "--output": output, "--memory-limit": memory_limit}
    given["--engine"] = engine if engine != "duckdb" else None
    if path is None and any(given.values()):
        option = next(option for option, value in given.items() if value)
        raise PackageError(f"{option} is for a folder of published tables: readouts validate FOLDER {option} …")
    if path is not None and (fix or only):
        raise PackageError(f"{'--fix' if fix else '--only'} is for what is curated in the package: leave out {path}")
    if path is None:
        from ..build import staleness
        from ..rules.codes import read_explanations
        from ..validation import validate_package, validate_source

        layout = Layout.here(root)
        if only is not None and fix:
            raise PackageError("--fix mends the whole package; leave out --only")
        with StatusLine(sys.stderr) as status:
            if fix:
                outcome = _mended(layout, form)
            else:
                outcome = validate_source(layout, only) if only else validate_package(layout, status)
            findings = outcome.findings
            if not outcome.failed and only is None:
                status("comparing the derived files with a rebuild")
                findings += staleness(layout, outcome)
        titles = {told.code: told.title for told in read_explanations(layout).values()}
        sys.stdout.write(report.FORMATS[form](findings, outcome.summary, titles))
        raise Exit(1 if outcome.failed or outcome.drafts else 0)
    layout = Layout.of(root)
    for place in (path.resolve(), *path.resolve().parents):
        if place.parent == layout.sources:
            raise PackageError(
                f"{path} is curated, not published; judge it with `readouts validate --only {place.name}`"
            )
    told = (lambda line: sys.stderr.write(report.plain(line) + "\n")) if sys.stderr.isatty() else (lambda _: None)
    if output is not None:
        _refuse_output(layout, output, path, captures)
    with _judged(layout, path, captures, tables, memory_limit, engine, master, told) as verdict:
        counted = "".join(
            f"{code}: {number:,}\n" for (code, _), number in verdict.counts.items() if number > limit and form == "text"
        )
        sys.stdout.write(report.FORMATS[form](verdict.first(limit), counted + verdict.summary, report.NO_TITLES))
        sys.stdout.flush()
        if output is not None:
            verdict.write(output)
        failed = verdict.failed
    raise Exit(1 if failed else 0)


def _refuse_output(layout: Layout, output: Path, path: Path, captures: Path | None) -> None:
    """Raises PackageError where findings would be written over what is judged, or cannot be written at all."""
    from ..published.extras import EXTRAS
    from ..published.shards import PLACES, find_shards, is_named_as_table
    from ..published.verdict import written_as
    from ..tables.definitions import read_tables

    written_as(output)
    file = output.resolve()
    if not file.parent.is_dir():
        raise PackageError(f"{output} cannot be written: there is no folder {file.parent}")
    if file.is_dir():
        raise PackageError(f"{output} is a folder: name a file for the findings")
    names = [*read_tables(layout), *EXTRAS]
    read = [shard.path for shards in find_shards(path, names).values() for shard in shards]
    read += [captures] if captures and captures.exists() else []
    places = {(path / place).resolve() for place in PLACES}
    if is_named_as_table(file, path.resolve(), names) or is_named_as_table(output.absolute(), path.absolute(), names):
        raise PackageError(f"{output} is named like a table of {path}, and would be read as one: name it otherwise")
    if file.exists() and (file.parent in places or any(map(file.samefile, read))):
        raise PackageError(
            f"{output} is there already, among the tables to be judged: name another file for the findings"
        )


def _judged(
    layout: Layout,
    path: Path,
    captures: Path | None,
    tables: str | None,
    memory: str | None,
    engine: str,
    master: str,
    told: Tell,
) -> AbstractContextManager[Verdict]:
    """Published tables judged by the engine asked for. Raises PackageError."""
    if engine == "duckdb":
        from ..published.judging import judge_folder

        return judge_folder(layout, path, captures, tables, memory, told)
    if engine == "spark":
        from ..published.cluster.judging import judge_folder_on_spark

        return judge_folder_on_spark(layout, path, captures, tables, master, told)
    raise PackageError(f"there is no engine {engine}; there are duckdb and spark")


def _mended(layout: Layout, form: str) -> Validation:
    """The outcome after the edits that are certain; what was changed is told on stderr where stdout is for a program."""
    from ..mending import mend
    from ..switching import exclusive

    with exclusive(layout):
        changes, outcome = mend(layout)
    out = sys.stdout if form == "text" else sys.stderr
    out.writelines(report.plain(f"{change}\n") for change in changes)
    return outcome


@click.command()
@root_option
@click.option("--check", is_flag=True, help="Write nothing; fail if a derived file differs.")
def build(root: Path | None, check: bool) -> None:
    """Write everything derived anew: tables, descriptor, card. Exit 1 if the data is not valid or, with --check, stale."""
    from ..build import derived_from, differing, write_derived
    from ..curation.files import read_curation
    from ..switching import exclusive
    from ..validation import judge

    layout = Layout.here(root)
    with exclusive(layout), StatusLine(sys.stderr) as status:
        outcome = judge(layout, read_curation(layout, progress=status), progress=status)
        if outcome.failed:
            status.clear()
            sys.stdout.write(report.as_text(outcome.findings, outcome.summary))
            sys.stdout.write("nothing was built: mend the findings above first\n")
            raise Exit(1)
        status("deriving tables, descriptor and card")
        contents = derived_from(layout, outcome)
        status("comparing with what is there")
        changed = differing(layout, contents) if check else write_derived(layout, contents)
        status.clear()
        if check:
            for name in changed:
                sys.stdout.write(f"{name}: differs from a rebuild\n")
            sys.stdout.write(
                f"{'stale' if changed else 'fresh'}: {len(changed)} of {len(contents)} derived files differ; {outcome.summary}\n"
            )
            raise Exit(1 if changed else 0)
    names = f": {', '.join(changed)}" if 0 < len(changed) <= 5 else ", which `git diff --stat` lists" if changed else ""
    sys.stdout.write(f"built: {len(changed)} file(s) changed{names}; {outcome.summary}\n")


@click.command()
@click.argument("identifier", help="A source, statement, event or claim.")
@root_option
def show(identifier: str, root: Path | None) -> None:
    """Show a source, statement, event or claim, quotations marked in their context."""
    from rich.console import Console

    from ..curation.files import read_curation
    from ..display import UnknownId
    from ..display import show as draw
    from ..validation import judge

    layout = Layout.of(root)
    curation = read_curation(layout)
    outcome = judge(layout, curation)
    try:
        Console().print(draw(identifier, outcome.rows, curation.captures, curation.pages))
    except UnknownId as error:
        sys.stdout.write(f"{report.plain(str(error))}\n")
        raise Exit(1) from error
    if outcome.findings:
        sys.stdout.write(f"{outcome.summary}; `readouts validate` tells what is wrong\n")


@click.command()
@click.argument("a", type=PATH, help="A curated file, a folder of them, or a package's data folder.")
@click.argument("b", type=PATH, help="The second curation of the same sources.")
@root_option
def agreement(a: Path, b: Path, root: Path | None) -> None:
    """How far two curations of the same sources agree: content, mode, speech act, speakers, claims, each with its n."""
    from ..agreement import compare

    for measure in compare(a, b, Layout.of(root)):
        sys.stdout.write(f"{measure}\n")


@click.command()
@click.argument("table", default="statements", help="The table; default: statements.")
@root_option
def load(table: str, root: Path | None) -> None:
    """Load a published table with `datasets`, as its users do, and show its types and first rows."""
    from rich.console import Console

    from ..display import rows_of
    from ..publication.features import load as load_table

    dataset = load_table(table, root)
    Console().print(rows_of(table, dataset))


@click.command()
@click.argument("code", required=False, help="The code of a finding; without it, all codes are listed.")
@root_option
def explain(code: str | None, root: Path | None) -> None:
    """Say what a finding's code means and how to mend it, with a good and a bad example."""
    from ..rules.codes import read_examples, read_explanations
    from ..rules.spelling import nearest
    from ..tables.reviews import read_accepted

    layout = Layout.of(root)
    known = read_explanations(layout)
    if code is None:
        for entry in known.values():
            sys.stdout.write(f"{entry.code}: {entry.title}\n")
    elif code in known:
        accepted = read_accepted(layout, code) if known[code].kind == "review" else []
        sys.stdout.write(report.as_explanation(known[code], *read_examples(layout, code), accepted))
    else:
        sys.stdout.write(f"there is no code `{report.plain(code)}`{nearest(code, list(known))}\n")
        raise Exit(1)
