"""init: a new corpus."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..core.layout import Layout
from ..terminal import report
from . import PATH


@click.command()
@click.argument("folder", type=PATH, help="Folder of the corpus; created if it does not exist.")
@click.option(
    "--name", help="Short name: lowercase letters, digits and hyphens. [default: from the folder]"
)
@click.option("--title", help="Title of the dataset.")
@click.option("--description", help="One or two sentences on what it contains.")
@click.option("--language", help="Language of most sources, such as en or es.")
@click.option("--contributor", help="Author as cited. [default: user.name in git]")
@click.option("--orcid", help="ORCID of the contributor.")
@click.option("--homepage", help="Web address of the project.")
@click.option("--hub", help="Repository on the Hugging Face Hub, such as example/harbour-calls.")
@click.option(
    "--example",
    is_flag=True,
    help="Add a made-up, fully curated example: a source, an event and two agents.",
)
@click.option(
    "--yes", is_flag=True, help="Do not prompt; use defaults for options that are not given."
)
def init(folder: Path, example: bool, yes: bool, **given: str | None) -> None:
    """Create a new corpus in FOLDER. It is a valid package with README, licences, editor settings and workflows. Existing files are not overwritten."""
    from ..core.switching import exclusive
    from ..curation.corpus import corpus_from_document, read_corpus
    from ..editing.starting import corpus_document, corpus_files, require_startable, write_new
    from ..publication.build import derived_from, write_derived
    from ..validation.validate import validate_package

    require_startable(folder)
    layout = Layout(folder.resolve())
    if layout.corpus.exists():
        corpus, files = read_corpus(layout), {}
    else:
        document = corpus_document(_asked(folder, given, _in_terminal() and not yes))
        corpus, files = (
            corpus_from_document("data/corpus.yaml", document),
            {"data/corpus.yaml": document},
        )
    written, kept = write_new(folder, files | corpus_files(corpus, example))
    outcome = validate_package(layout)
    if not outcome.failed:
        with exclusive(layout):
            derived = derived_from(layout, outcome)
            new = {
                p: data
                for p, data in derived.items()
                if not p.exists() or layout.relative(p) in written
            }
            written += [path for path in write_derived(layout, new) if path not in written]
    sys.stdout.write(report.plain("".join(f"wrote {path}\n" for path in sorted(written))))
    sys.stdout.write(report.plain("".join(f"kept {path}, which exists\n" for path in sorted(kept))))
    sys.stdout.write(report.as_text(outcome.findings, outcome.summary))
    step = f"next: cd {folder}, then run `readouts add PAGE --event DATE-WORDS --publisher ID` and `readouts validate`"
    sys.stdout.write(report.plain(step) + "\n")
    raise click.exceptions.Exit(1 if outcome.failed else 0)


def _asked(folder: Path, given: dict[str, str | None], asking: bool) -> dict[str, object]:
    """Return the description of the corpus from the command line, prompts and defaults."""
    from ..editing.starting import Answers, facts_of, slug_of

    name = given["name"] or slug_of(folder.resolve())
    title = given["title"] or name.replace("-", " ").capitalize()
    defaults = {
        "name": name,
        "title": title,
        "description": f"{title}: statements quoted from their sources, each with its speaker, day and place in the text.",
        "language": "en",
        "contributor": _git_name() or f"The {name} contributors",
    }
    for key, default in defaults.items():
        if given[key] is None:
            given[key] = click.prompt(key.capitalize(), default=default) if asking else default
    return facts_of(Answers(**given))  # type: ignore[arg-type]


def _in_terminal() -> bool:
    return sys.stdin.isatty()


def _git_name() -> str:
    """Return the name in git's settings; "" without git or a name."""
    import subprocess

    try:
        done = subprocess.run(["git", "config", "user.name"], capture_output=True, check=False)
    except OSError:
        return ""
    return done.stdout.decode("utf-8", "replace").strip()
