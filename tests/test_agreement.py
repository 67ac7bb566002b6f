"""The measures of agreement, on small cases calculated by hand."""

from __future__ import annotations

import pytest

from readouts.compare.agreement import compare, match
from readouts.compare.curations import Marked
from readouts.compare.measures import kappa, wilson
from readouts.core.findings import PackageError
from readouts.core.layout import Layout


def marked(key, *tokens):
    return Marked(key, frozenset(tokens), {})


def test_kappa():
    """20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: observed .70, expected .50, kappa .40."""
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([("y", "y")] * 5) is None
    assert kappa([]) is None


def test_wilson_interval():
    """10 of 10 gives [.722, 1], 1 of 10 gives [.018, .404]."""
    assert wilson(10, 10) == (pytest.approx(0.7225, abs=1e-4), pytest.approx(1.0))
    assert wilson(1, 10) == (pytest.approx(0.0179, abs=1e-4), pytest.approx(0.4042, abs=1e-4))


def test_statements_are_matched_one_to_one_best_first():
    """The best overlap is matched first; an overlap below one half is not matched."""
    ours = [marked("a", 1, 2, 3, 4), marked("b", 5, 6)]
    theirs = [marked("x", 1, 2), marked("y", 1, 2, 3, 4), marked("z", 6, 7, 8)]
    assert [(a.key, b.key) for a, b in match(ours, theirs)] == [("a", "y")]
    assert [(a.key, b.key) for a, b in match(ours[:1], theirs[:1])] == [("a", "x")]


def test_differences_lower_their_own_measures(root, tmp_path):
    """A changed mode and a removed statement lower only the measures of mode and statements."""
    source = "xinhua-2019-09-27-celac-quartet"
    text = (root / "data" / "sources" / source / "curation.yaml").read_text(encoding="utf-8")
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "a" / f"{source}.yaml").write_text(text, encoding="utf-8")
    start = text.index("  - id: s09")
    changed = (text[:start] + text[text.index("exclusions:") :]).replace(
        "mode: indirect", "mode: mixed", 1
    )
    (tmp_path / "b" / f"{source}.yaml").write_text(changed, encoding="utf-8")
    found = {m.name: m for m in compare(tmp_path / "a", tmp_path / "b", Layout(root))}
    assert found["statements, content F1 (exact)"].value == pytest.approx(16 / 17)
    assert found["mode, raw agreement"].value == pytest.approx(7 / 8)
    assert found["mode, raw agreement"].n == 8
    assert found["speech_act, raw agreement"].value == 1


def test_curations_that_cannot_be_compared_are_refused(root, tmp_path):
    """A missing text, invalid YAML and a missing file are errors."""
    (tmp_path / "x.yaml").write_text("source: {}\nstatements: []\n", encoding="utf-8")
    capture = "xinhua-2019-09-27-celac-quartet"
    with pytest.raises(PackageError, match="the captured text of x is missing"):
        compare(tmp_path / "x.yaml", root / "tests" / "agreement" / f"{capture}.yaml", Layout(root))
    (tmp_path / "y.yaml").write_text("a: b: c\n", encoding="utf-8")
    with pytest.raises(PackageError, match="line 1"):
        compare(tmp_path / "y.yaml", tmp_path / "y.yaml", Layout(root))
    with pytest.raises(PackageError, match="does not exist"):
        compare(tmp_path / "none", tmp_path, Layout(root))
