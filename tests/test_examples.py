"""Every rule has a valid and an invalid example, and each example has exactly its listed findings."""

from __future__ import annotations

import contextlib
import re
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from readouts.core.findings import Finding
from readouts.core.layout import RULES, Layout
from readouts.rules.codes import read_explanations
from readouts.rules.guards import read_guards
from readouts.validation.validate import validate_source
from tests.example_packages import (
    ROOT,
    Example,
    bare_session,
    change_files,
    change_tables,
    findings_of_guard,
    guard_codes,
    listed,
    make_base,
    read_examples,
    validate_files,
    write_tables,
)

EXAMPLES = read_examples()
OF_FILES = [example for example in EXAMPLES if not example.of_tables]
OF_TABLES = [example for example in EXAMPLES if example.of_tables]
ELSEWHERE = {
    "derived_is_fresh": "reported by the command after a valid run: test_build.py",
    "descriptor_matches_files": "reported for a downloaded version: the tests of `verify`",
    "equals_git": "the same",
    "file_accounted_for": "the same",
    "file_as_derived": "the same",
    "made_by_installed_version": "the same",
    "rules_as_installed": "the same",
    "signature_valid": "the same",
    "tool_version": "reported for data/corpus.yaml: test_starting.py",
    "validators_agree": "the tests of `verify`",
    "file_listed": "the same",
    "file_matches_checksum": "the same",
    "file_present": "the same",
    "formats_agree": "the same",
    "published_readable": "the same",
    "record_as_released": "the same",
    "version_agrees": "the same",
    "row_readable": "reported for published tables in any folder: the tests of `validate PATH`",
}
"""Codes that no change of the small package can cause, and the tests that cover them."""


TOGETHER = 8
"""Number of valid examples that are first validated as one package: if it has no findings, all of them are valid."""


def validated(
    examples: list[Example], folder: Path, rules: Path = RULES
) -> dict[Path, list[Finding]]:
    """Return the findings of each example; several valid examples are validated in one package."""
    layout = replace(make_base(Path(tempfile.mkdtemp(dir=folder)) / "package"), rules=rules)
    try:
        for example in examples:
            change_files(layout.root, example.changes)
        found = validate_files(layout).findings
    except AssertionError:
        if len(examples) == 1:
            raise
        found = None
    if len(examples) == 1 or found == []:
        return {example.folder: list(found or ()) for example in examples}
    middle = len(examples) // 2
    return validated(examples[:middle], folder, rules) | validated(examples[middle:], folder, rules)


@pytest.fixture(scope="module")
def outcomes(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[Path, list[Finding]]:
    """The findings of every selected example of files: of a valid one by every guard, of an invalid one by the guards it is about."""
    folder = tmp_path_factory.mktemp("examples")
    wanted = {
        item.callspec.params.get("example")
        for item in request.session.items
        if hasattr(item, "callspec")
    }
    valid = [example for example in OF_FILES if example.valid and example in wanted]
    jobs = [(valid[start : start + TOGETHER], folder) for start in range(0, len(valid), TOGETHER)]
    jobs += [
        ([e], folder, rules_of(e, folder / "rules" / str(e)))
        for e in OF_FILES
        if not e.valid and e in wanted
    ]
    with ThreadPoolExecutor(2) as pool:
        return {
            folder: found
            for each in pool.map(lambda job: validated(*job), jobs)
            for folder, found in each.items()
        }


def rules_of(example: Example, folder: Path) -> Path:
    """Return a folder with the guards that report the example and those they depend on; for a review all of them."""
    guards = {guard.code: guard for guard in read_guards(Layout(ROOT))}
    codes = {example.code, *(finding["code"] for finding in example.findings)}
    if any(code.startswith("review") for code in codes):
        return RULES
    codes &= set(guards)
    while more := {code for name in codes for code in guards[name].unless} - codes:
        codes |= more
    (folder / "guards").mkdir(parents=True)
    for path in RULES.iterdir():
        if path.name != "guards":
            (folder / path.name).symlink_to(path)
    for name in ("tables", *codes):
        (folder / "guards" / f"{name}.sql").symlink_to(RULES / "guards" / f"{name}.sql")
    return folder


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory):
    """The small package with its tables, their rows, and a bare DuckDB session whose views read the files each time."""
    layout = make_base(tmp_path_factory.mktemp("published") / "package")
    rows = write_tables(layout)
    with bare_session(layout) as opened:
        yield layout, rows, opened


@pytest.mark.parametrize("example", OF_FILES, ids=str)
def test_example_has_exactly_its_findings(example, outcomes):
    """A valid example has none, an invalid one those in findings.json, each with message and hint."""
    findings = outcomes[example.folder]
    assert listed(findings) == example.findings
    assert example.valid or example.findings
    for finding in findings:
        assert finding.message and finding.hint and finding.severity == "error"


@pytest.mark.slow(
    "every guard over each invalid example",
    seconds=300,
    covers=("schema", "scripts/readouts/rules", "scripts/readouts/validation", "tests/examples"),
)
@pytest.mark.parametrize("example", [example for example in OF_FILES if not example.valid], ids=str)
def test_no_other_guard_reports_an_example(example, tmp_path):
    """All guards together report exactly the listed findings of an invalid example."""
    assert listed(validated([example], tmp_path)[example.folder]) == example.findings


@pytest.mark.parametrize("example", OF_TABLES, ids=str)
def test_guard_runs_on_published_tables_in_a_bare_session(example, published):
    """The guard, run after tables.sql in the package's folder, returns exactly the findings of the example."""
    layout, rows, session = published
    changed = change_tables(layout, rows, example.changes)
    found = findings_of_guard(session, layout, changed, example.code)
    written_back = change_tables(
        layout, rows, [{"table": c["table"], "where": {}} for c in example.changes]
    )
    assert written_back == rows
    assert found == example.findings
    assert example.valid or found


@pytest.fixture(scope="module")
def session():
    """A bare DuckDB session in the checkout, after tables.sql."""
    with bare_session(Layout(ROOT)) as opened:
        yield opened


@pytest.mark.parametrize("code", sorted(guard_codes()))
def test_guard_finds_nothing_in_the_checkout(code, session):
    """Every guard runs on the published tables in a bare session."""
    with contextlib.chdir(ROOT):
        assert (
            session.execute(
                (Layout(ROOT).guards / f"{code}.sql").read_text(encoding="utf-8")
            ).fetchall()
            == []
        )


def test_every_code_has_a_valid_and_an_invalid_example():
    """Each documented code has an example of both kinds, unless another test covers it."""
    codes = set(read_explanations(Layout(ROOT)))
    assert codes >= guard_codes()
    for valid in (True, False):
        shown = {
            example.code
            for example in EXAMPLES
            if example.valid is valid
            and (valid or any(f["code"] == example.code for f in example.findings))
        }
        elsewhere = set(ELSEWHERE) | (
            {"capture_needed"} if valid else set()
        )  # covered by test_carried.py
        assert codes - shown - elsewhere == set()
        assert shown <= codes and not shown & set(ELSEWHERE)


def test_invalid_examples_have_distinct_titles():
    """There are at least sixty invalid examples, and each title is a sentence."""
    invalid = [example for example in EXAMPLES if not example.valid]
    assert len(invalid) >= 60
    assert len({(example.code, example.title) for example in invalid}) == len(invalid)
    assert all(re.fullmatch(r"[A-Z“`0-9].*[^.]\.", example.title) for example in EXAMPLES)


def test_example_without_effect_is_refused(tmp_path):
    """If a text to replace is missing, the example fails."""
    layout = make_base(tmp_path)
    with pytest.raises(AssertionError, match="0 times"):
        change_files(
            layout.root,
            [{"file": "data/agents/sudmark.yaml", "replace": "Nordmark", "with": "Sudmark"}],
        )


ACROSS = ("agent_names_unique/two-states", "reference_resolves/unknown-speaker", "relay_names_other_account/circle", "claim_is_attested/statement-of-another-event",
          "omitted_words_absent/same-words", "yaml_syntax/indentation", "released_ids_kept/lost")  # fmt: skip
"""Examples that are also validated source by source, because their rules compare files."""


@pytest.mark.slow(
    "more examples validated source by source",
    seconds=6,
    covers=("scripts/readouts/validation", "scripts/readouts/rules", "schema/guards"),
    sample=2,
)
@pytest.mark.parametrize(
    "example", [e for e in OF_FILES if str(e).removeprefix("invalid/") in ACROSS], ids=str
)
def test_only_has_the_findings_of_the_full_run(example, outcomes, tmp_path):
    """`--only` of a source has the findings that the full run has in its folder, and no others than the full run."""
    layout = make_base(tmp_path)
    change_files(layout.root, example.changes)
    for folder in sorted(layout.sources.iterdir()):
        found = listed(validate_source(layout, folder.name).findings)
        whole = listed(outcomes[example.folder])
        assert [f for f in found if f not in whole] == []
        mine = f"data/sources/{folder.name}/"
        assert [f for f in found if f["path"].startswith(mine)] == [
            f for f in whole if f["path"].startswith(mine)
        ]
