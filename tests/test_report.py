"""Report formats of findings, and explanations of their codes."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import jsonschema
import pytest

from readouts.core.findings import RENAMED_CODES, Finding
from readouts.core.layout import Layout
from readouts.rules.codes import read_examples, read_explanations
from readouts.rules.other_codes import OTHERS
from readouts.terminal.report import FORMATS, as_explanation, as_github, as_sarif

ROOT = Path(__file__).resolve().parents[1]
NASTY = Finding(
    "quote_in_source",
    "error",
    "data/a,b:c.yaml",
    7,
    "quote",
    "x.s01",
    "50 %\r\n::error::\x1b[31m",
    "fix, it: now",
)


def test_github_commands_are_escaped():
    """No character of a message can begin another command or split properties."""
    line, summary = as_github([NASTY], "failed").splitlines()
    assert summary == "failed"
    assert line == (
        "::error file=data/a%2Cb%3Ac.yaml,line=7,title=quote_in_source::"
        "x.s01: 50 %25\\u000d%0A::error::\\u001b[31m → fix, it: now"
    )


def test_every_code_is_explained():
    """Each code of a finding in the package's modules, and each guard, has a title and a remedy."""
    explained = read_explanations(Layout(ROOT))
    assert all(entry.title and entry.remedy for entry in explained.values())
    used = set()
    for path in (ROOT / "scripts" / "readouts").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        used |= set(
            re.findall(
                r'(?:Finding|Problem|finding|_of_file)\(\s*(?:relative,\s*)?"([a-z]+(?:_[a-z0-9]+)+)"',
                text,
            )
        )
    assert len(used) > 15
    assert used <= set(explained), used - set(explained)
    assert not set(OTHERS) & {path.stem for path in (ROOT / "schema" / "guards").glob("*.sql")}


def test_former_codes_map_to_current_ones(run):
    """Every former code maps to a current one and is unused, and `explain` accepts it."""
    current = set(read_explanations(Layout(ROOT)))
    assert set(RENAMED_CODES.values()) <= current and not current & set(RENAMED_CODES)
    assert run("explain", "names_apart").stdout.startswith(
        "names_apart is now called agent_names_unique.\n\nagent_names_unique\n"
    )


def test_explain_command(run):
    """`explain` prints one code with its remedy, lists all codes, and suggests the nearest to an unknown one."""
    assert "To fix: Copy the words" in run("explain", "quote_in_source").stdout
    assert run("explain").stdout.count("\n") == len(read_explanations(Layout(ROOT)))
    unknown = run("explain", "quote_in_sauce")
    assert unknown.returncode == 1 and "did you mean `quote_in_source` or" in unknown.stdout


def test_sarif_has_rules_and_results():
    """One run of SARIF 2.1.0 has a rule with title for each code, and a result with rule, level, location and text for each finding."""
    absent = Finding(
        "file_readable",
        "warning",
        "data/agents/ö \udcff.yaml",
        0,
        "",
        "",
        "the file is missing",
        "",
    )
    log = json.loads(
        as_sarif(
            [NASTY, absent, NASTY], "failed", {"quote_in_source": "A quotation is in its source"}
        )
    )
    assert log["version"] == "2.1.0" and log["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["file_readable", "quote_in_source"]
    assert rules[1]["shortDescription"]["text"] == "A quotation is in its source"
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [
        result["ruleId"] for result in run["results"]
    ]
    first, second, _ = run["results"]
    assert (first["level"], second["level"]) == ("error", "warning")
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "data/a%2Cb%3Ac.yaml" and place["region"] == {
        "startLine": 7
    }
    assert (
        second["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        == "data/agents/%C3%B6%20%FF.yaml"
    )
    assert "region" not in second["locations"][0]["physicalLocation"]
    assert "\x1b" not in first["message"]["text"] and first["message"]["text"].endswith(
        "fix, it: now"
    )


def test_sarif_matches_the_official_schema():
    schema = os.environ.get("READOUTS_SARIF_SCHEMA")
    if not schema:
        pytest.skip(
            "READOUTS_SARIF_SCHEMA is not set to the file of the schema; the npm package @microsoft/jest-sarif has it"
        )
    absent = Finding(
        "file_readable",
        "warning",
        "data/agents/ö \udcff.yaml",
        0,
        "",
        "",
        "the file is missing",
        "",
    )
    validator = jsonschema.validators.validator_for(
        json.loads(Path(schema).read_text(encoding="utf-8"))
    )
    log = json.loads(as_sarif([NASTY, absent], "failed"))
    validator(json.loads(Path(schema).read_text(encoding="utf-8"))).validate(log)


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_control_characters_are_escaped_in_every_format(form):
    """Terminal escapes, bidirectional marks, line ends in a path and lone surrogates are escaped; code and summary are shown."""
    evil = "\x1b]0;x\x07 \u202e \u2066 \u200f \x9b31m \x00\r \u2028 \U000e0041 \udcff"
    finding = Finding(
        "key_known", "error", f"data/\n::error::{evil}.yaml", 1, evil, evil, f"{evil}\nnext", evil
    )
    report = FORMATS[form]([finding], "1 error", {"key_known": "Keys are known"})
    report.encode("utf-8")
    assert "key_known" in report and "1 error" in report
    acting = [c for c in report if c != "\n" and not c.isprintable() and c != " "]
    assert acting == [] and "\u200f" not in report
    assert not any(line.startswith("::error::") for line in report.splitlines())
    if form in ("json", "sarif"):
        assert evil in json.dumps(json.loads(report), ensure_ascii=False) or "\\u001b" in report


def test_json_report_round_trips():
    """A message with special characters is unchanged after reading the JSON report."""
    evil = "\u202e \x9b \U000e0041 “x”"
    (back,) = json.loads(
        FORMATS["json"]([Finding("key_known", "error", "p", 1, "f", "r", evil, "")], "s", {})
    )["findings"]
    assert back["message"] == evil


@pytest.mark.parametrize("code", sorted(read_explanations(Layout(ROOT))))
def test_explanation_has_meaning_and_fix(code):
    """The explanation has title and remedy, and the examples of the checkout if there are any."""
    layout = Layout(ROOT)
    explanation = read_explanations(layout)[code]
    good, bad = read_examples(layout, code)
    shown = as_explanation(explanation, good, bad)
    assert (
        shown.startswith(f"{code}\n\n{explanation.title}.")
        and f"To fix: {explanation.remedy}" in shown
    )
    assert explanation.meaning or explanation.rule
    assert (bad is None) == ("\nBad: " not in shown) and (good is None) == ("\nGood: " not in shown)
