"""Workflows, issue forms and hooks: they match their schemas, pass an audit, and leave captures unchanged."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from readouts.commands.cli import app

ROOT = Path(__file__).resolve().parents[1]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
FORMS = sorted(
    path for path in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml"
)
SCHEMAS = {
    "vendor.github-workflows": WORKFLOWS,
    "vendor.github-issue-forms": FORMS,
    "vendor.github-issue-config": [ROOT / ".github/ISSUE_TEMPLATE/config.yml"],
    "vendor.dependabot": [ROOT / ".github/dependabot.yml"],
}


@pytest.mark.skipif(
    importlib.util.find_spec("check_jsonschema") is None, reason="check-jsonschema is not installed"
)
@pytest.mark.parametrize("schema", SCHEMAS)
def test_files_match_their_schemas(schema, tmp_path):
    """Each file matches its schema, and an unknown key is reported."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
    done = subprocess.run([*command, *map(str, SCHEMAS[schema])], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    broken = tmp_path / "broken.yml"
    broken.write_text(
        SCHEMAS[schema][0].read_text(encoding="utf-8") + "\nunheard_of: 1\n", encoding="utf-8"
    )
    assert subprocess.run([*command, str(broken)], capture_output=True, text=True).returncode == 1


def test_workflows_pass_zizmor():
    tool = Path(sys.executable).with_name("zizmor")
    if not tool.exists():
        found = shutil.which("zizmor")
        if found is None:
            pytest.skip("zizmor is not installed")
        tool = Path(found)
    done = subprocess.run(
        [tool, "--offline", "--quiet", ROOT / ".github"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def commands_in(text: str) -> list[list[str]]:
    return [line.split() for line in re.findall(r"(?:run|entry): readouts (.*)", text)]


def test_commands_of_workflows_and_hooks_exist():
    """Workflows and hooks use existing commands with existing options."""
    known = app.commands
    files = [*WORKFLOWS, ROOT / ".pre-commit-config.yaml", ROOT / ".pre-commit-hooks.yaml"]
    lines = [words for path in files for words in commands_in(path.read_text(encoding="utf-8"))]
    assert len(lines) >= 8
    for name, *words in lines:
        options = {option for parameter in known[name].params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options


def test_validate_workflow_runs_every_check():
    """validate, fmt, build and diff run, each also if one before it failed."""
    steps = yaml.safe_load((ROOT / ".github/workflows/validate.yml").read_text(encoding="utf-8"))[
        "jobs"
    ]["validate"]["steps"]
    commands = [step for step in steps if step.get("run", "").startswith("readouts")]
    assert [step["run"].split()[1] for step in commands] == ["validate", "fmt", "build", "diff"]
    assert all("!cancelled()" in step["if"] for step in commands[1:])
    assert "GITHUB_STEP_SUMMARY" in commands[-1]["run"]


def test_hooks_only_see_curated_files():
    """Hooks that edit files see no capture or table; the hook on curated files sees exactly those."""
    settings = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    excluded = re.compile(settings["exclude"])
    tracked = [
        path.relative_to(ROOT).as_posix() for path in (ROOT / "data").rglob("*") if path.is_file()
    ]
    left = {name for name in tracked if not excluded.search(name)}
    curated = {name for name in tracked if name.endswith(".yaml")}
    assert curated and left == curated and excluded.search("datapackage.json")
    hooks = {hook["id"]: hook for repo in settings["repos"] for hook in repo["hooks"]}
    for hook in (
        hooks["readouts-fmt"],
        yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))[0],
    ):
        assert {
            name for name in [*tracked, "schema/vocabulary.yaml"] if re.search(hook["files"], name)
        } == curated
