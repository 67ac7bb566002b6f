"""bundle, push, verify."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.exceptions import Exit

from ..core.findings import PackageError
from ..core.layout import Layout
from ..terminal import report
from . import PATH, root_option

if TYPE_CHECKING:
    from ..validation.outcome import Validation


@click.command()
@root_option
@click.option("--out", type=PATH, default=Path("bundle"), help="Output folder.")
@click.option(
    "--sign",
    "key",
    type=PATH,
    help="Sign the checksums with this SSH key, such as ~/.ssh/id_ed25519.",
)
def bundle(root: Path | None, out: Path, key: Path | None) -> None:
    """Write the release to one folder. It contains the tables as Parquet, CSV and JSONL, the dataset card, descriptors, rules and checksums. Exit status 1 if the data is invalid."""
    from ..ledger.reading import read_ledger
    from ..publication.bundle import bundle_files, write_bundle

    layout = Layout.of(root)
    outcome = _fresh(layout)
    files = bundle_files(layout, outcome.tables, outcome.rows, read_ledger(layout))
    if key is not None:
        from ..publication.bundle import CHECKSUMS, SIGNATURE
        from ..verification.signature import sign

        files[SIGNATURE] = sign(files[CHECKSUMS], key.expanduser())
    write_bundle(files, out)
    size = sum(map(len, files.values()))
    sys.stdout.write(f"bundled: {len(files)} files, {size:,} bytes, in {out}; {outcome.summary}\n")


@click.command()
@click.argument(
    "repo_id",
    required=False,
    metavar="[REPO_ID]",
    help="Dataset on the Hub, NAMESPACE/NAME. [default: `hub` in data/corpus.yaml]",
)
@root_option
@click.option("--revision", default="main", help="Branch to push to; only main is tagged.")
@click.option("--create-pr", is_flag=True, help="Open a pull request instead of pushing to main.")
@click.option(
    "--private", is_flag=True, help="Create the repository as private if it does not exist."
)
@click.option("--dry-run", is_flag=True, help="List files, sizes and changes without pushing.")
def push(
    repo_id: str | None,
    root: Path | None,
    revision: str,
    create_pr: bool,
    private: bool,
    dry_run: bool,
) -> None:
    """Publish the release on the Hugging Face Hub. Makes one commit, reads it back, then tags it. Exit status 1 if the data is invalid, out of date or not released."""
    from ..curation.corpus import read_corpus
    from ..ledger.hashes import is_released
    from ..ledger.reading import read_ledger

    layout = Layout.of(root)
    repo_id = repo_id or read_corpus(layout).hub
    if repo_id is None:
        raise PackageError(
            "pass the dataset on the Hub as NAMESPACE/NAME, or set `hub` in data/corpus.yaml"
        )
    outcome = _fresh(layout)
    ledger = read_ledger(layout)
    if not is_released(outcome.rows.tables, outcome.tables, ledger):
        sys.stdout.write(
            "nothing was done: the tables differ from the last release; run `readouts release` first\n"
        )
        raise Exit(1)
    from ..hub.plan import Release
    from ..hub.push import preview
    from ..hub.push import push as publish
    from ..hub.session import Session

    if create_pr and revision != "main":
        raise PackageError("--create-pr opens a pull request to main: leave out --revision")
    _bars_in_terminals_only()
    session = Session(repo_id)
    release = Release(layout, outcome.tables, outcome.rows, ledger)
    if dry_run:
        plan, where = preview(session, release, revision, _report)
        sys.stdout.write(report.plain(f"{plan.as_text()}{where}; dry run: nothing was changed\n"))
    else:
        done = publish(
            session, release, _report, revision=revision, create_pr=create_pr, private=private
        )
        sys.stdout.write(report.plain(f"{done}\n"))


@click.command()
@click.argument(
    "target", metavar="REPO_ID|FOLDER", help="Dataset on the Hub, or folder of a bundle."
)
@root_option
@click.option("--revision", help="Dataset tag, branch or commit. [default: the newest version]")
@click.option(
    "--captures",
    type=PATH,
    help="Folder of captured texts (<source_id>/source.txt), such as data/sources.",
)
@click.option(
    "--signers", type=PATH, help="File of trusted SSH keys (allowed_signers, see ssh-keygen(1))."
)
@click.option(
    "--independently",
    is_flag=True,
    help="Also check the tables with jsonschema and frictionless (requires the extra `independent`).",
)
def verify(
    target: str,
    root: Path | None,
    revision: str | None,
    captures: Path | None,
    signers: Path | None,
    independently: bool,
) -> None:
    """Verify a published version. Checks hashes, signature, rules, every derived file, and the local git tag. Exit status 1 if any check fails."""
    from ..verification.verify import verify_folder

    if captures is not None and not captures.is_dir():
        raise PackageError(f"the folder {captures} does not exist")
    if signers is not None and not signers.is_file():
        raise PackageError(
            f"{signers} is not a file: expected a list of allowed signers, one `NAME KEYTYPE KEY` per line"
        )
    here = _here(root)
    if Path(target).is_dir():
        if revision is not None:
            raise PackageError("--revision applies to a dataset on the Hub, not to a folder")
        outcome = verify_folder(
            Path(target).resolve(), here, captures, None, signers, independently
        )
    else:
        from ..hub.fetching import fetched_version

        _bars_in_terminals_only()
        with fetched_version(target, revision, _report) as (folder, tag):
            outcome = verify_folder(folder, here, captures, tag, signers, independently)
    sys.stdout.write(report.as_text(outcome.findings, report.plain(outcome.summary)))
    raise Exit(1 if outcome.failed else 0)


def _here(root: Path | None) -> Layout | None:
    """Return the package given or containing the working directory, if any."""
    try:
        return Layout.of(root)
    except PackageError:
        if root is not None:
            raise
        return None


def _report(line: str) -> None:
    """Print progress to stderr, separate from the result."""
    sys.stderr.write(report.plain(f"{line}\n"))
    sys.stderr.flush()


def _bars_in_terminals_only() -> None:
    """Disable the client's progress bars outside terminals."""
    if not sys.stderr.isatty():
        from huggingface_hub.utils import disable_progress_bars

        disable_progress_bars()


def _fresh(layout: Layout) -> Validation:
    """Return the validation of a valid package whose derived files are up to date; otherwise report the problem and exit with 1."""
    from ..publication.build import derived_from, differing
    from ..validation.validate import validate_package

    outcome = validate_package(layout)
    if outcome.failed:
        sys.stdout.write(report.as_text(outcome.findings, outcome.summary))
        sys.stdout.write("nothing was done: fix the findings above first\n")
        raise Exit(1)
    stale = differing(layout, derived_from(layout, outcome))
    if stale:
        sys.stdout.write(
            f"nothing was done: {', '.join(stale)} out of date; run `readouts build`\n"
        )
        raise Exit(1)
    if outcome.drafts:
        sys.stdout.write(f"{outcome.left_out}\n")
    return outcome
