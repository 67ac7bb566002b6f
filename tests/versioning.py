"""Changes that tests make to a repository with a released package, and releases of it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from readouts.core.layout import Layout
from readouts.core.switching import exclusive
from readouts.curation.reading import read_curation
from readouts.ledger.reading import read_ledger
from readouts.publication.build import write_derived
from readouts.releases.release import release_contents
from readouts.validation.validate import validate_curation

MFA, XINHUA = "mfa-2019-09-26-celac-quartet", "xinhua-2019-09-27-celac-quartet"
EVENT = "2019-09-26-china-celac-quartet"
NARRATION = re.compile(
    r"  - (quote: >-\n      On September 26, 2019(?:.*\n)+?)    reason: narration\n"
)


def curation_of(package, source=MFA):
    return package / "data" / "sources" / source / "curation.yaml"


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")


def correct_a_quotation(package):
    """Shorten the quotation of an attestation, and change the speech act of a statement."""
    edit(
        package / "data" / "events" / f"{EVENT}.yaml",
        "quote: will remain this way in the future\n",
        "quote: will remain this way\n",
    )
    edit(curation_of(package, XINHUA), "speech_act: expressive", "speech_act: assertive")


def add_a_statement(package):
    """Turn an exclusion (narration) into the statement s10, with the new claim c90."""
    path = curation_of(package)
    text = path.read_text(encoding="utf-8")
    statement = (
        f"  - id: s10\n    {NARRATION.search(text)[1]}    speaker: wang-yi\n    label: State Councilor and Foreign Minister Wang Yi\n"
        "    title: State Councilor and Foreign Minister\n    date: 2019-09-26\n    date_basis: stated\n"
        "    date_expression: September 26, 2019\n    cue: chaired\n    mode: indirect\n    speech_act: assertive\n"
    )
    path.write_text(
        NARRATION.sub("", text).replace("exclusions:\n", f"{statement}exclusions:\n"),
        encoding="utf-8",
    )
    with (package / "data" / "events" / f"{EVENT}.yaml").open("a", encoding="utf-8") as stream:
        stream.write(
            f"  - id: c90\n    proposition: The dialogue was the seventh.\n    attestations:\n      - statement: {MFA}.s10\n"
            "        relation: narrower\n        quote: the seventh Dialogue of Foreign Ministers\n"
        )


def move_capture(package, source, target):
    """Move the capture of a source into the folder `target`, and declare it as kept outside."""
    (target / source).mkdir(parents=True)
    shutil.move(curation_of(package, source).parent / "source.txt", target / source)
    old = "  redistribution: quotation\n"
    edit(curation_of(package, source), old, f"{old}  capture: outside\n")


def validated(package):
    layout = Layout(package, package / "schema")  # its own rules, which a test may have changed
    outcome = validate_curation(layout, read_curation(layout))
    assert not outcome.failed, outcome.findings
    return layout, outcome, read_ledger(layout)


def release(package, version, day="2026-12-01"):
    """Release the package in this process and write every file."""
    layout, outcome, ledger = validated(package)
    with exclusive(layout):
        return write_derived(
            layout, release_contents(layout, outcome.tables, outcome.rows, ledger, version, day)
        )


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder, without the user's configuration, and return its output."""
    person = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "Test"), ("EMAIL", "test@example.org"))}  # fmt: skip
    environment = {
        **os.environ,
        **person,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
    }
    return subprocess.run(
        ["git", "-C", str(folder), *arguments],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
    ).stdout
