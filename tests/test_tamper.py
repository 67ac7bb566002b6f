"""The tamper test in small: every operator runs, what is caught is caught, and the fast engine gives the same results as the commands."""

from __future__ import annotations

import pytest

from readouts.layout import HOME

from .trust.tamper.base import Base
from .trust.tamper.catalogue import REGISTER
from .trust.tamper.checks import check_curated, check_in_full, check_published, check_published_in_full, compiled
from .trust.tamper.comparison import Stock, check_with_jsonschema, rows_as_typed
from .trust.tamper.operators import Curated, Published
from .trust.tamper.rows import edited

pytestmark = pytest.mark.slow(
    "the tamper set in small",
    seconds=120,
    covers=("schema", "scripts/readouts/rules", "scripts/readouts/published", "tests/trust"),
)


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return Base.prepare(HOME, tmp_path_factory.mktemp("tamper"))


@pytest.fixture(scope="module")
def stock(base):
    return Stock(base)


@pytest.mark.parametrize("op", REGISTER, ids=lambda op: f"{op.name}{'-aided' if op.aided else ''}-{op.layer}")
def test_operators(op, base):
    """Each operator corrupts something, and one without a reason to escape is always noticed."""
    sample = op.sample(base, 2)
    assert sample, "the operator offers no corruption"
    for corruption in sample:
        code = check_curated(base, corruption) if op.layer == "curated" else check_published(base, corruption, op.aided)
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
def test_the_engine_agrees_with_validate(name, base):
    """What the tamper test counts as noticed is what `readouts validate` reports as an error."""
    for op in REGISTER:
        if op.name == name:
            (corruption,) = op.sample(base, 1)
            assert (check_curated(base, corruption) is not None) == check_in_full(base, corruption)


@pytest.mark.parametrize(
    "name", ["words_negated", "pair_altered", "omission_altered", "cell_exchanged", "record_altered"]
)
def test_the_engine_agrees_with_verify(name, base):
    """What it counts as noticed in published tables is what `readouts verify` reports for a bundle of them with all checksums right again."""
    op = next(op for op in REGISTER if op.name == name and op.aided)
    (corruption,) = op.sample(base, 1)
    assert (check_published(base, corruption, True) is not None) == check_published_in_full(base, corruption)


def test_the_valid_package_passes_everywhere(base, stock):
    """Without a corruption nothing is reported by Readouts, by frictionless or by jsonschema."""
    nothing = Curated("nothing")
    assert check_curated(base, nothing) is None
    assert not check_published_in_full(base, Published("nothing", {}))
    assert not stock.check_whole({}, rehashed=True)
    assert not check_with_jsonschema(base, nothing)


def test_stock_tools_detect_what_they_can(base, stock):
    """A dangling reference is seen by frictionless, a value of wrong form by jsonschema: the comparison is not rigged."""
    gone = {"agents": base.rows["agents"][:1]}
    assert stock.check(gone, rehashed=True) and stock.check_whole(gone, rehashed=True)
    wrong = Published("wrong form", edited(base, "claims", 0, claim_id="NO ID"))
    assert check_with_jsonschema(base, wrong)


@pytest.mark.parametrize(
    "name", ["quote_negated", "statement_dropped", "row_dropped", "cell_emptied", "id_altered", "text_published"]
)
def test_frictionless_is_the_whole_command(name, base, stock):
    """Validating only the resources whose result can have changed gives the result of `frictionless validate datapackage.json`."""
    for op in REGISTER:
        if op.name == name:
            (corruption,) = op.sample(base, 1)
            curated = isinstance(corruption, Curated)
            tables = rows_as_typed(base, corruption, compiled(base, corruption)[1]) if curated else corruption.tables
            rehashed = curated or op.aided
            assert stock.check(tables, rehashed) == stock.check_whole(tables, rehashed), op
