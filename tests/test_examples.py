"""Every rule has an example that keeps it and one that breaks it, and each gives exactly the findings written beside it."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from readouts.findings import Finding
from readouts.layout import Layout
from readouts.rules.codes import read_explanations
from readouts.validation import validate_source
from tests.example_packages import (
    ROOT,
    Example,
    bare_session,
    change_files,
    change_tables,
    guard_codes,
    judge_files,
    listed,
    make_base,
    read_examples,
    told_by_guard,
    write_tables,
)

EXAMPLES = read_examples()
OF_FILES = [example for example in EXAMPLES if not example.of_tables]
OF_TABLES = [example for example in EXAMPLES if example.of_tables]
ELSEWHERE = {
    "derived_is_fresh": "told by the command after a valid run: test_build.py",
    "descriptor_matches_files": "told of what was downloaded: the tests of `verify`",
    "equals_git": "the same",
    "file_accounted_for": "the same",
    "file_as_derived": "the same",
    "made_by_installed_version": "the same",
    "rules_as_installed": "the same",
    "signature_valid": "the same",
    "tool_version": "told of data/corpus.yaml: test_starting.py",
    "validators_agree": "the tests of `verify`",
    "file_listed": "the same",
    "file_matches_checksum": "the same",
    "file_present": "the same",
    "formats_agree": "the same",
    "published_readable": "the same",
    "record_as_released": "the same",
    "version_agrees": "the same",
    "row_readable": "told of published tables in any folder: the tests of `validate PATH`",
}
"""Codes that no change of the small package can bring about."""


TOGETHER = 8
"""At most so many valid examples are first judged as one package: if nothing is found in it, nothing is found in each."""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, list[Finding]]:
    """The findings of every example of files: of an invalid one in a package of its own, of valid ones also several in one."""
    folder = tmp_path_factory.mktemp("examples")

    def judged(examples: list[Example]) -> dict[Path, list[Finding]]:
        layout = make_base(folder / str(id(examples)))
        try:
            for example in examples:
                change_files(layout.root, example.changes)
            found = judge_files(layout).findings
        except AssertionError:
            if len(examples) == 1:
                raise
            found = None
        if len(examples) == 1 or found == []:
            return {example.folder: list(found or ()) for example in examples}
        middle = len(examples) // 2
        return judged(examples[:middle]) | judged(examples[middle:])

    valid = [example for example in OF_FILES if example.valid]
    jobs = [[example] for example in OF_FILES if not example.valid]
    jobs += [valid[start : start + TOGETHER] for start in range(0, len(valid), TOGETHER)]
    with ThreadPoolExecutor(2) as pool:
        return {folder: found for told in pool.map(judged, jobs) for folder, found in told.items()}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory):
    """The small package with its tables, and their rows."""
    layout = make_base(tmp_path_factory.mktemp("published") / "package")
    return layout, write_tables(layout)


@pytest.mark.parametrize("example", OF_FILES, ids=str)
def test_an_example_gives_exactly_its_findings(example, outcomes):
    """A valid example gives none; an invalid one those listed, each with code, file, line, record and field, and with a hint."""
    findings = outcomes[example.folder]
    assert listed(findings) == example.findings
    assert example.valid or example.findings
    for finding in findings:
        assert finding.message and finding.hint and finding.severity == "error"


@pytest.mark.parametrize("example", OF_TABLES, ids=str)
def test_a_guard_judges_published_tables_in_a_bare_session(example, published):
    """The guard, run alone after tables.sql in the package's folder, returns the rows of the example and no others."""
    layout, rows = published
    changed = change_tables(layout, rows, example.changes)
    told = told_by_guard(layout, changed, example.code)
    write_tables_back = change_tables(layout, rows, [{"table": c["table"], "where": {}} for c in example.changes])
    assert write_tables_back == rows
    assert told == example.findings
    assert example.valid or told


@pytest.fixture(scope="module")
def session():
    """A bare DuckDB session in the checkout, after tables.sql."""
    with bare_session(Layout(ROOT)) as opened:
        yield opened


@pytest.mark.parametrize("code", sorted(guard_codes()))
def test_a_guard_runs_in_a_bare_session_of_the_checkout(code, session):
    """Every guard runs over the published tables as they are, and finds nothing."""
    assert session.execute((Layout(ROOT).guards / f"{code}.sql").read_text(encoding="utf-8")).fetchall() == []


def test_every_code_has_a_good_and_a_bad_example():
    """Each code that can be explained has at least one example of each kind, which shows that code."""
    codes = set(read_explanations(Layout(ROOT)))
    assert codes >= guard_codes()
    for valid in (True, False):
        shown = {
            example.code
            for example in EXAMPLES
            if example.valid is valid and (valid or any(f["code"] == example.code for f in example.findings))
        }
        elsewhere = set(ELSEWHERE) | ({"capture_needed"} if valid else set())  # of a kept capture: test_carried.py
        assert codes - shown - elsewhere == set()
        assert shown <= codes and not shown & set(ELSEWHERE)


def test_at_least_sixty_kinds_of_mistake():
    """The invalid examples are many, and each says in a sentence what the mistake is."""
    invalid = [example for example in EXAMPLES if not example.valid]
    assert len(invalid) >= 60
    assert len({(example.code, example.title) for example in invalid}) == len(invalid)
    assert all(re.fullmatch(r"[A-Z“`0-9].*[^.]\.", example.title) for example in EXAMPLES)


def test_an_example_that_changes_nothing_is_refused(tmp_path):
    """A text to replace that is not there fails, so that an example cannot become empty unseen."""
    layout = make_base(tmp_path)
    with pytest.raises(AssertionError, match="0 times"):
        change_files(layout.root, [{"file": "data/agents/sudmark.yaml", "replace": "Nordmark", "with": "Sudmark"}])


ACROSS = ("agent_names_unique/two-states", "reference_resolves/unknown-speaker", "relay_names_other_account/circle", "claim_is_attested/statement-of-another-event",
          "omitted_words_absent/same-words", "yaml_syntax/indentation", "released_ids_kept/lost")  # fmt: skip
"""Examples that are also judged source by source: their rules look across files."""


@pytest.mark.parametrize("example", [e for e in OF_FILES if str(e).removeprefix("invalid/") in ACROSS], ids=str)
def test_one_source_is_judged_as_in_the_whole(example, outcomes, tmp_path):
    """`--only` gives for each source the findings that the full run gives in its folder, its event and its speakers' files."""
    layout = make_base(tmp_path)
    change_files(layout.root, example.changes)
    for folder in sorted(layout.sources.iterdir()):
        told = listed(validate_source(layout, folder.name).findings)
        whole = listed(outcomes[example.folder])
        assert [f for f in told if f not in whole] == []
        mine = f"data/sources/{folder.name}/"
        assert [f for f in told if f["path"].startswith(mine)] == [f for f in whole if f["path"].startswith(mine)]
