"""Findings as people and programs read them, and what their codes mean."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import jsonschema
import pytest

from readouts.findings import RENAMED_CODES, Finding
from readouts.layout import Layout
from readouts.report import FORMATS, as_explanation, as_github, as_sarif
from readouts.rules.codes import read_examples, read_explanations
from readouts.rules.other_codes import OTHERS

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
        output = render([NASTY], "1 error", {})
        assert "quote_in_source" in output and "1 error" in output and "\x1b" not in output


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


def test_former_codes_lead_to_present_ones(run):
    """Every former code stands for a present one and is not used any more, and `explain` follows it."""
    present = set(read_explanations(Layout(ROOT)))
    assert set(RENAMED_CODES.values()) <= present and not present & set(RENAMED_CODES)
    assert run("explain", "names_apart").stdout.startswith(
        "names_apart is now called agent_names_unique.\n\nagent_names_unique\n"
    )


def test_explain_tells_one_and_lists_all(run):
    """One code with its remedy, all codes, and the nearest to an unknown one."""
    assert "To fix: Copy the words" in run("explain", "quote_in_source").stdout
    assert run("explain").stdout.count("\n") == len(read_explanations(Layout(ROOT)))
    unknown = run("explain", "quote_in_sauce")
    assert unknown.returncode == 1 and "did you mean `quote_in_source` or" in unknown.stdout


def test_sarif_has_what_readers_need():
    """One run of SARIF 2.1.0: a rule for each code with its title, a result for each finding with rule, level, place and text."""
    absent = Finding("file_readable", "warning", "data/agents/ö \udcff.yaml", 0, "", "", "the file is missing", "")
    log = json.loads(as_sarif([NASTY, absent, NASTY], "failed", {"quote_in_source": "A quotation is in its source"}))
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
    assert place["artifactLocation"]["uri"] == "data/a%2Cb%3Ac.yaml" and place["region"] == {"startLine": 7}
    assert second["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "data/agents/%C3%B6%20%FF.yaml"
    assert "region" not in second["locations"][0]["physicalLocation"]
    assert "\x1b" not in first["message"]["text"] and first["message"]["text"].endswith("mend, it: now")


def test_sarif_meets_the_official_schema():
    """The schema of the standard accepts a log with every kind of finding."""
    schema = os.environ.get("READOUTS_SARIF_SCHEMA")
    if not schema:
        pytest.skip("READOUTS_SARIF_SCHEMA names no file; the npm package @microsoft/jest-sarif has it")
    absent = Finding("file_readable", "warning", "data/agents/ö \udcff.yaml", 0, "", "", "the file is missing", "")
    validator = jsonschema.validators.validator_for(json.loads(Path(schema).read_text(encoding="utf-8")))
    log = json.loads(as_sarif([NASTY, absent], "failed"))
    validator(json.loads(Path(schema).read_text(encoding="utf-8"))).validate(log)


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_no_format_lets_a_character_act(form):
    """Terminal escapes, bidirectional marks, line ends in a path and lone surrogates come out harmless in every format."""
    evil = "\x1b]0;x\x07 \u202e \u2066 \u200f \x9b31m \u2028 \U000e0041 \udcff"
    finding = Finding("key_known", "error", f"data/\n::error::{evil}.yaml", 1, evil, evil, f"{evil}\nnext", evil)
    output = FORMATS[form]([finding], "1 error", {"key_known": "Keys are known"})
    output.encode("utf-8")
    acting = [c for c in output if c != "\n" and not c.isprintable() and c != " "]
    assert acting == [] and "\u200f" not in output
    assert not any(line.startswith("::error::") for line in output.splitlines())
    if form in ("json", "sarif"):
        assert evil in json.dumps(json.loads(output), ensure_ascii=False) or "\\u001b" in output


def test_json_report_round_trips():
    """Escapes in JSON are JSON's own: the finding comes back letter for letter."""
    evil = "\u202e \x9b \U000e0041 “x”"
    (back,) = json.loads(FORMATS["json"]([Finding("key_known", "error", "p", 1, "f", "r", evil, "")], "s", {}))[
        "findings"
    ]
    assert back["message"] == evil


@pytest.mark.parametrize("code", sorted(read_explanations(Layout(ROOT))))
def test_explanation_has_meaning_and_fix(code):
    """Every code has its title and remedy, and the examples of the checkout where there are any."""
    layout = Layout(ROOT)
    explanation = read_explanations(layout)[code]
    good, bad = read_examples(layout, code)
    shown = as_explanation(explanation, good, bad)
    assert shown.startswith(f"{code}\n\n{explanation.title}.") and f"To fix: {explanation.remedy}" in shown
    assert explanation.meaning or explanation.rule
    assert (bad is None) == ("\nBad: " not in shown) and (good is None) == ("\nGood: " not in shown)
