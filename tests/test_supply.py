"""The supply chain: every dependency has its reason, every action its commit, every job as few rights as it needs."""

from __future__ import annotations

import ast
import re
import sys
import tomllib

import pytest
import yaml

from readouts.layout import HOME

WORKFLOWS = sorted((HOME / ".github" / "workflows").glob("*.yml"))
MODULES = {
    "huggingface_hub": "huggingface_hub",
    "jsonschema-rs": "jsonschema_rs",
    "PyYAML": "yaml",
    "charset-normalizer": "charset_normalizer",
}
OWNERS = ("actions/",)
"""Whose actions are used; another needs a reason here."""


def declared() -> set[str]:
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {re.split(r"[\[<>=~! ]", line)[0] for line in project["dependencies"]}


def test_each_dependency_has_its_reason():
    """SECURITY.md gives a reason for each direct dependency, and for nothing else."""
    section = (HOME / "SECURITY.md").read_text(encoding="utf-8").partition("## Dependencies")[2]
    told = {
        name for line in re.findall(r"^\| (`.*?) \|", section, re.MULTILINE) for name in re.findall(r"`([^`]+)`", line)
    }
    assert told == declared()


def test_only_dependencies_are_imported():
    """The package imports the standard library, itself and its declared dependencies; extras only where an option asks for them."""
    allowed = (
        {MODULES.get(name, name).lower().replace("-", "_") for name in declared()}
        | sys.stdlib_module_names
        | {"readouts", "__future__"}
    )
    optional = {"pyspark", "py4j", "sqlglot", "mlcroissant", "pandas"}  # py4j is what pyspark speaks to Java by
    for path in sorted((HOME / "scripts").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [a.name for a in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom) and node.level == 0
                else []
            )
            for name in names:
                top = name.partition(".")[0]
                assert top.lower() in allowed | optional, f"{path.name} imports {top}"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_are_held_to_little(path):
    """Actions are pinned by a full commit, tokens read-only unless a job says why, and no expression is pasted into a script."""
    text = path.read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] in ({}, {"contents": "read"})
    for uses in re.findall(r"uses: *(\S+)(.*)", text):
        assert re.fullmatch(r"[\w-]+/[\w./-]+@[0-9a-f]{40}", uses[0]) and uses[0].startswith(OWNERS), uses
        assert re.search(r"# v[0-9]", uses[1]), "say which version the commit is"
    for job in workflow["jobs"].values():
        writing = {k for k, v in (job.get("permissions") or {}).items() if v == "write"}
        assert not writing or (path.stem, writing) == ("release", {"id-token", "attestations"})
        assert job["timeout-minutes"]
        for step in job["steps"]:
            assert "${{" not in step.get("run", ""), "hand it over in env"
            assert step.get("with", {}).get("persist-credentials") is False or "actions/checkout" not in step.get(
                "uses", ""
            )
