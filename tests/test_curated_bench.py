"""A generated package of many curated sources: valid, reproducible, and with the same findings source by source."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

import pytest

from bench.curated.accounts import Point
from bench.curated.measuring import BUILD, COMPARISON_TOOL, ONLY, VALIDATE, _done, on_generated
from bench.curated.package import make_package
from bench.curated.sentences import made_up, read_sentences
from bench.curated.world import make_people
from bench.published.sentences import GOVERNING
from readouts.core.findings import PackageError
from readouts.core.layout import Layout
from readouts.curation.reading import read_curation
from readouts.publication import blocks
from readouts.publication.build import derived_from
from readouts.validation.outcome import Validation
from readouts.validation.validate import validate_curation, validate_source
from tests.conftest import ROOT

SOURCES, STATEMENTS = 20, 200


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Layout, Validation]:
    """A package of 20 sources and its validation."""
    folder = tmp_path_factory.mktemp("generated") / "package"
    written = make_package(Layout(ROOT), folder, SOURCES, STATEMENTS)
    assert written == STATEMENTS
    layout = Layout(folder)
    return layout, validate_curation(layout, read_curation(layout))


def test_generated_package_is_valid(generated):
    """The package has no findings, and has rows in every table, relays, divergences and interrupted content."""
    _, outcome = generated
    assert outcome.findings == []
    rows = outcome.rows.tables
    assert (len(rows["sources"]), len(rows["statements"])) == (SOURCES, STATEMENTS)
    assert all(rows[name] for name in outcome.tables if name != "reviews")
    assert {row["mode"] for row in rows["statements"]} == {"indirect", "free-indirect", "direct"}
    assert any(row["relays"] for row in rows["sources"]) and any(
        row["divergence"] for row in rows["pairs"]
    )
    content = [row["statement_id"] for row in rows["segments"] if row["role"] == "content"]
    assert len(content) > STATEMENTS


rest = pytest.mark.slow(
    "the whole benchmark",
    seconds=20,
    covers=(
        "bench",
        "scripts/readouts/core",
        "tests/test_curated_bench.py",
    ),
)


@rest
def test_generated_package_depends_only_on_size_and_seed(generated, tmp_path):
    """The same size and seed give the same bytes, another seed others."""
    layout, _ = generated
    make_package(Layout(ROOT), tmp_path / "again", SOURCES, STATEMENTS)
    make_package(Layout(ROOT), tmp_path / "other", SOURCES, STATEMENTS, seed=2)

    def files(root: Path) -> dict[str, bytes]:
        return {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in (root / "data").rglob("*.*")
        }

    assert files(tmp_path / "again") == files(layout.root) != files(tmp_path / "other")


def test_only_has_the_findings_of_the_source(generated, tmp_path):
    """`--only` of a source reports the same findings as the whole package, and none for a source of another event."""
    root = shutil.copytree(generated[0].root, tmp_path / "package")
    layout = Layout(root)
    first, *_, last = sorted(layout.sources.iterdir())
    path = first / "curation.yaml"
    text = path.read_text(encoding="utf-8")
    text, changed = re.subn(r"speech_act: \w+", "speech_act: promise", text, count=1)
    assert changed
    path.write_text(
        text.replace("reason: dateline", "reason: navigation", 1).replace("cue: ", "cue: un", 1),
        encoding="utf-8",
    )
    whole = validate_curation(layout, read_curation(layout)).findings
    assert len(whole) >= 2 and {finding.path for finding in whole} == {layout.relative(path)}
    assert validate_source(layout, first.name).findings == whole
    assert validate_source(layout, last.name).findings == []


def test_no_name_is_a_word_with_meaning():
    """Of the persons and states of the largest package, none is called Not or Stop, which rules read as words, and no two have one name."""
    people = make_people(1250, random.Random(1))
    for person in people:
        assert not GOVERNING.search(f"{person.name} {person.state.name} {person.state.city}")
    assert len({person.surname for person in people}) == len(people)


def test_sentences_are_made_up_without_the_corpus(tmp_path):
    """Without the corpus the requested number of different sentences is made up, each usable in a statement."""
    assert read_sentences(tmp_path / "absent.jsonl") == made_up(20_000)
    assert len(set(made_up(500))) == 500
    speaker = make_people(4, random.Random(1))[0]
    for sentence in made_up(500):
        assert not GOVERNING.search(sentence)
        point = Point.of(0, speaker, sentence.removesuffix("."), "assertive")
        assert (
            point.words + "." == sentence
            and point.phrase in sentence
            and 20 < len(point.phrase) <= 75
        )


def test_card_of_a_large_package_is_limited(generated):
    """The card shows the claims of a limited number of events and sources, and the number of the others."""
    layout, outcome = generated
    rows = outcome.rows.tables
    text = derived_from(layout, outcome)[layout.card]
    collated = len({row["event_id"] for row in rows["claims"]})
    assert collated > blocks.EVENTS_SHOWN
    assert text.decode().count("| claim |") == blocks.EVENTS_SHOWN
    assert f"And {collated - blocks.EVENTS_SHOWN} more event" in text.decode()
    assert "more source" not in text.decode()


def test_failed_command_is_not_measured(tmp_path):
    """A command that fails stops the benchmark with its message, because it would look fast."""
    with pytest.raises(PackageError, match="is not a Readouts package"):
        _done("readouts", "validate", "--root", "absent", folder=tmp_path)


@rest
def test_bench_measures_every_command(tmp_path):
    """A package is generated, and every command is measured on it, before and after a release."""
    text = on_generated(tmp_path / "package", 2, 8)
    assert text.startswith("### 2 sources, 8 statements (0 MiB")
    assert [text.count(f"{name} |") for name in (BUILD, VALIDATE, ONLY, COMPARISON_TOOL)] == [
        1,
        2,
        2,
        1,
    ]
    assert "of the time of `frictionless validate`" in text
