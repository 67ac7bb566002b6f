"""The generator of benchmark corpora, and the findings of `validate PATH` in its injected errors."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.published.corpus import FORMS, make_corpus
from bench.published.mistakes import KINDS, VALUE_MISTAKES
from bench.published.sentences import with_own_words
from readouts.core.layout import Layout
from readouts.published import batches, checks
from readouts.published.batches import KEYS, BatchEngine, owners_of
from readouts.published.checks import validate_folder
from readouts.rules.engine import SETTLED
from readouts.rules.guards import read_guards
from readouts.rules.views import common_view_queries

rest = pytest.mark.slow(
    "the corpus of the benchmark in batches, twice",
    seconds=15,
    covers=("bench/published", "scripts/readouts/published", "tests/test_bench_corpus.py"),
)

ROOT = Path(__file__).resolve().parents[1]
LAYOUT = Layout(ROOT)
REAL = ROOT.parent / "shared" / "corpus"
"""Real documents, if they are next to the project."""
Found = set[tuple[str, str, str]]
"""(code, table, record) of findings."""


def read_truth(folder: Path, form: str) -> Found:
    lines = (folder / f"{form}.truth.jsonl").read_text(encoding="utf-8").splitlines()
    return {(error["code"], error["table"], error["record"]) for error in map(json.loads, lines)}


def found_in(folder: Path, form: str) -> Found:
    with validate_folder(LAYOUT, folder / form) as result:
        findings = result.first(1_000_000)
    return {
        (f.code, f.path.partition(".")[0].removesuffix("-injected"), f.record or "")
        for f in findings
    }


@pytest.fixture(scope="module")
def injected(tmp_path_factory) -> Iterator[Path]:
    """A corpus in which every event has one mistake, each kind in turn."""
    folder = tmp_path_factory.mktemp("injected")
    make_corpus(LAYOUT, folder, 24 * len(KINDS) + 48, 1.0, templates=21)
    yield folder


def test_every_guard_has_a_kind_of_mistake():
    """Each guard is also tested on large tables, by a kind of mistake with its name."""
    assert set(KINDS) - set(VALUE_MISTAKES) == {guard.code for guard in read_guards(LAYOUT)}


@pytest.mark.parametrize(
    "form",
    [
        form
        if form == "jsonl"
        else pytest.param(
            form,
            marks=pytest.mark.slow(
                "every mistake in CSV or Parquet",
                seconds=15,
                covers=(
                    "schema",
                    "scripts/readouts/rules",
                    "scripts/readouts/published",
                    "bench/published",
                ),
            ),
        )
        for form in FORMS
    ],
)
def test_exactly_the_injected_mistakes_are_found(injected, form):
    """In JSONL, CSV and Parquet each mistake is found at its record, and there are no other findings."""
    truth = read_truth(injected, form)
    assert {guard.code for guard in read_guards(LAYOUT)} <= {code for code, _, _ in truth}
    found = found_in(injected, form)
    assert truth - found == set()
    assert found - truth == set()


@pytest.mark.slow(
    "a corpus with every mistake in real sentences",
    seconds=20,
    covers=("schema", "scripts/readouts/rules", "scripts/readouts/published", "bench/published"),
)
@pytest.mark.skipif(
    not (REAL / "state-department").is_dir(), reason="the corpus is not next to the project"
)
def test_exactly_the_injected_mistakes_are_found_in_real_sentences(tmp_path):
    """Real sentences share words, names and negations, without causing other findings."""
    make_corpus(LAYOUT, tmp_path, 24 * len(KINDS) + 48, 1.0, REAL, ["jsonl"], templates=21)
    truth, found = read_truth(tmp_path, "jsonl"), found_in(tmp_path, "jsonl")
    assert {guard.code for guard in read_guards(LAYOUT)} <= {code for code, _, _ in truth}
    assert truth - found == set()
    assert found - truth == set()


def test_sentences_with_the_words_of_another_are_not_used():
    """The quoted words of a sentence are not all in another one, even scattered, so that only one sentence supports its claim."""
    alike = [
        "We share a border, they share a border",
        "They share a border we share, and a river too",
    ]
    own = [
        "The envoy praised the harbour of the islands",
        "Islands of the north have a harbour for the envoy they praised too",
    ]
    assert with_own_words(alike) == []
    assert with_own_words(own) == [own[1]]
    assert with_own_words(own[:1]) == own[:1]


@pytest.fixture
def tenths(injected, monkeypatch) -> None:
    """Validate a tenth of the statements at a time, with the engine for large tables."""
    monkeypatch.setattr(checks, "FEW", 0)
    lines = (injected / "jsonl/statements.jsonl").read_bytes().count(b"\n")
    monkeypatch.setattr(batches, "AT_ONCE", lines // 10)


@pytest.mark.slow(
    "every guard in ten batches",
    seconds=30,
    covers=("schema", "scripts/readouts/rules", "scripts/readouts/published", "bench/published"),
)
def test_batches_find_the_same_as_one_run(injected, request, monkeypatch):
    """Guards that check a tenth of the sources or events at a time have the same findings as in one run."""
    with validate_folder(LAYOUT, injected / "jsonl") as result:
        whole = result.first(1_000_000)
    request.getfixturevalue("tenths")
    taken, take = set(), BatchEngine._take
    monkeypatch.setattr(
        BatchEngine, "_take", lambda engine, *what: (taken.add(what), take(engine, *what))
    )
    with validate_folder(LAYOUT, injected / "jsonl") as result:
        assert result.first(1_000_000) == whole
    assert {(owner, number) for owner in ("sources", "events") for number in range(10)} <= taken


@rest
def test_batches_partition_all_rows(injected, tenths):
    """Each row of a relation is in exactly one batch, together with the other rows of its source or event."""
    with validate_folder(LAYOUT, injected / "jsonl") as result:
        engine, found = (
            BatchEngine(result.database, {}, result.rows["statements"]),
            {view: [] for view in KEYS},
        )
        for owner, cuts in engine._cuts.items():
            assert len(cuts) > 9
            for number in range(len(cuts)):
                engine._take(owner, number)
                for view, (_, key, cut_by) in KEYS.items():
                    rows = f"SELECT split_part({key}, '.', 1), count(*) FROM {view} GROUP BY ALL"
                    found[view] += (
                        result.database.execute(rows).fetchall() if cut_by == owner else []
                    )
        for view, (relation, key, _) in KEYS.items():
            assert len({owner for owner, _ in found[view]}) == len(found[view]) > 9, view
            whole = f"SELECT split_part({key}, '.', 1), count(*) FROM {relation} GROUP BY ALL"
            assert sorted(found[view]) == sorted(result.database.execute(whole).fetchall()), view


def test_guard_reads_batches_of_one_kind():
    """No guard reads batches of both sources and events, and no view that is computed once per stage reads batches."""
    views = common_view_queries(LAYOUT.guard_views.read_text(encoding="utf-8"))
    owners = owners_of(views)
    assert set(KEYS) <= set(views)
    assert not set(owners) & set(SETTLED)
    kinds = [
        {owners[w] for w in re.findall(r"\w+", guard.sql) if w in owners}
        for guard in read_guards(LAYOUT)
    ]
    assert max(map(len, kinds)) == 1
    assert {"sources"} in kinds and {"events"} in kinds


def test_corpus_without_mistakes_is_valid(tmp_path):
    """A generated corpus without mistakes is valid and has the documented proportions of tables."""
    rows = make_corpus(LAYOUT, tmp_path, 1200, forms=["jsonl"], templates=40)
    with validate_folder(LAYOUT, tmp_path / "jsonl") as result:
        assert result.counts == {}
        assert result.not_checked == 0
        assert result.rows["statements"] == rows["statements"] == 1200
    assert (tmp_path / "jsonl.truth.jsonl").read_bytes() == b""
    assert rows["sources"] * 12 == rows["statements"]
    assert 4 <= rows["segments"] / rows["statements"] <= 4.5
    assert rows["attributions"] / rows["statements"] == 1.5


@rest
def test_corpus_depends_only_on_the_seed(tmp_path):
    """The same seed gives the same rows, another seed others."""
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        make_corpus(LAYOUT, tmp_path / name, 240, 0.4, forms=["jsonl"], seed=seed)
    files = sorted(path.name for path in (tmp_path / "a/jsonl").iterdir())
    assert len(files) > 12
    for name in files:
        assert (tmp_path / "a/jsonl" / name).read_bytes() == (
            tmp_path / "b/jsonl" / name
        ).read_bytes(), name
    assert (tmp_path / "a/jsonl/captures.jsonl").read_bytes() != (
        tmp_path / "c/jsonl/captures.jsonl"
    ).read_bytes()


def test_sentences_of_real_documents_are_used(tmp_path):
    """If a folder of real documents is given, the accounts consist of their sentences."""
    sentence = "{} and two ministers of the neighbouring republics welcomed the opening of a bridge over the great river"
    documents = tmp_path / "corpus/state-department/releases.jsonl"
    documents.parent.mkdir(parents=True)
    names = [
        "".join(chr(97 + int(figure)) for figure in str(n)).capitalize() for n in range(1000, 1600)
    ]
    html = " ".join(f"<p>{sentence.format(name)}.</p>" for name in names)
    documents.write_text(json.dumps({"html": html}) + "\n", encoding="utf-8")
    make_corpus(LAYOUT, tmp_path, 24, corpus=tmp_path / "corpus", forms=["jsonl"])
    lines = (tmp_path / "jsonl/statements.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 24
    assert all("bridge over the great river" in json.loads(line)["text"] for line in lines)
