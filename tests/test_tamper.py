"""The tamper test on a small scale: every operator runs, and the fast engine agrees with the commands."""

from __future__ import annotations

import pytest

from readouts.core.layout import HOME

from .trust.tamper.base import Base
from .trust.tamper.catalogue import REGISTER
from .trust.tamper.checks import (
    check_curated,
    check_in_full,
    check_published,
    check_published_in_full,
    compiled,
)
from .trust.tamper.comparison import Stock, check_with_jsonschema, rows_as_typed
from .trust.tamper.operators import Curated, Published
from .trust.tamper.rows import edited

pytestmark = pytest.mark.slow(
    "a sample of the tamper set",
    seconds=120,
    covers=(
        "schema",
        "scripts/readouts/rules",
        "scripts/readouts/validation",
        "scripts/readouts/published",
        "tests/trust",
    ),
)


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return Base.prepare(HOME, tmp_path_factory.mktemp("tamper"))


@pytest.fixture(scope="module")
def stock(base):
    return Stock(base)


@pytest.mark.parametrize(
    "op", REGISTER, ids=lambda op: f"{op.name}{'-aided' if op.aided else ''}-{op.layer}"
)
def test_operator_is_detected(op, base):
    """Each operator makes corruptions, which are detected unless the operator is known to be undetectable."""
    sample = op.sample(base, 2)
    assert sample, "the operator makes no corruption"
    for corruption in sample:
        code = (
            check_curated(base, corruption)
            if op.layer == "curated"
            else check_published(base, corruption, op.aided)
        )
        assert code is not None or op.beyond, corruption.note


@pytest.mark.parametrize(
    "name",
    [
        "quote_negated",
        "relation_changed",
        "omission_hidden",
        "text_slipped",
        "date_shifted",
        "method_changed",
        "speaker_hidden",
    ],
)
def test_engine_agrees_with_validate(name, base):
    """The tamper test counts a corruption as detected if `readouts validate` reports an error."""
    for op in REGISTER:
        if op.name == name:
            (corruption,) = op.sample(base, 1)
            assert (check_curated(base, corruption) is not None) == check_in_full(base, corruption)


@pytest.mark.parametrize(
    "name",
    ["words_negated", "pair_altered", "omission_altered", "cell_exchanged", "record_altered"],
)
def test_engine_agrees_with_verify(name, base):
    """In published tables it counts a corruption as detected if `readouts verify` reports the bundle with recomputed checksums."""
    op = next(op for op in REGISTER if op.name == name and op.aided)
    (corruption,) = op.sample(base, 1)
    assert (check_published(base, corruption, True) is not None) == check_published_in_full(
        base, corruption
    )


def test_valid_package_passes_every_tool(base, stock):
    """Without a corruption Readouts, frictionless and jsonschema report nothing."""
    nothing = Curated("nothing")
    assert check_curated(base, nothing) is None
    assert not check_published_in_full(base, Published("nothing", {}))
    assert not stock.check_whole({}, rehashed=True)
    assert not check_with_jsonschema(base, nothing)


def test_stock_tools_detect_what_they_can(base, stock):
    """frictionless detects an unresolved reference, jsonschema a malformed value, so the comparison is fair."""
    gone = {"agents": base.rows["agents"][:1]}
    assert stock.check(gone, rehashed=True) and stock.check_whole(gone, rehashed=True)
    wrong = Published("wrong form", edited(base, "claims", 0, claim_id="NO ID"))
    assert check_with_jsonschema(base, wrong)


@pytest.mark.parametrize(
    "name",
    [
        "quote_negated",
        "statement_dropped",
        "row_dropped",
        "cell_emptied",
        "id_altered",
        "text_published",
    ],
)
def test_partial_frictionless_run_agrees_with_the_command(name, base, stock):
    """Validating only resources whose verdict can change gives the verdict of `frictionless validate datapackage.json`."""
    for op in REGISTER:
        if op.name == name:
            (corruption,) = op.sample(base, 1)
            curated = isinstance(corruption, Curated)
            tables = (
                rows_as_typed(base, corruption, compiled(base, corruption)[1])
                if curated
                else corruption.tables
            )
            rehashed = curated or op.aided
            assert stock.check(tables, rehashed) == stock.check_whole(tables, rehashed), op
