"""Findings as people and programs read them, and what their codes mean."""

from __future__ import annotations

import re
from pathlib import Path

from readouts.findings import Finding
from readouts.layout import Layout
from readouts.report import FORMATS, as_github
from readouts.rules.codes import OTHERS, read_explanations

ROOT = Path(__file__).resolve().parents[1]
NASTY = Finding(
    "quote_in_source", "error", "data/a,b:c.yaml", 7, "quote", "x.s01", "50 %\r\n::error::\x1b[31m", "mend, it: now"
)


def test_github_commands_are_escaped():
    """No character of a message can begin a command of its own, and properties cannot be split."""
    line, summary = as_github([NASTY], "failed").splitlines()
    assert summary == "failed"
    assert line == (
        "::error file=data/a%2Cb%3Ac.yaml,line=7,title=quote_in_source::"
        "x.s01: 50 %25\\u000d%0A::error::\\u001b[31m → mend, it: now"
    )


def test_every_format_tells_every_finding():
    """Each renderer names the code and the summary."""
    for render in FORMATS.values():
        told = render([NASTY], "1 error")
        assert "quote_in_source" in told and "1 error" in told and "\x1b" not in told


def test_every_code_is_explained():
    """Each code that the package's modules name in a finding, and each guard, has a title and a remedy."""
    explained = read_explanations(Layout(ROOT))
    assert all(entry.title and entry.remedy for entry in explained.values())
    used = set()
    for path in (ROOT / "scripts" / "readouts").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        used |= set(
            re.findall(r'(?:Finding|Problem|finding|_of_file)\(\s*(?:relative,\s*)?"([a-z]+(?:_[a-z0-9]+)+)"', text)
        )
    assert len(used) > 15
    assert used <= set(explained), used - set(explained)
    assert not set(OTHERS) & {path.stem for path in (ROOT / "schema" / "guards").glob("*.sql")}


def test_explain_tells_one_and_lists_all(run):
    """One code with its remedy, all codes, and the nearest to an unknown one."""
    assert "To mend it: Copy the words" in run("explain", "quote_in_source").stdout
    assert run("explain").stdout.count("\n") == len(read_explanations(Layout(ROOT)))
    unknown = run("explain", "quote_in_sauce")
    assert unknown.returncode == 1 and "nearest: `quote_in_source`" in unknown.stdout
