"""CONTRIBUTING.md is correct: its commands run in order, with its edits in between, and print the shown output."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
STEP = re.compile(r"<!-- (?P<path>\S+): (?P<old>\S+) -> (?P<new>\S+) -->|(?:<!-- (?P<file>\S+) -->\n)?```(?P<kind>\w+)\n(?P<body>.*?)```", re.S)  # fmt: skip
SHIPPED = ("data", "schema", "scripts", "datapackage.json", "README.md", "CHANGELOG.md", "CITATION.cff", "Makefile", "pyproject.toml", ".gitignore",
           "LICENSE", "LICENSE-DATA")  # fmt: skip


def fill_in(path: Path, body: str) -> None:
    """Edit a file as a curator would: replace facts of `source`, `event` and `agent` one by one, lists as a whole."""
    text = path.read_text(encoding="utf-8")
    for section in re.findall(r"^\w+:.*?(?=^\w|\Z)", body, re.S | re.M):
        name = section.partition(":")[0]
        if isinstance(yaml.safe_load(section)[name], dict):
            for fact in re.findall(r"^  \w+:.*?(?=^  \w|\Z)", section, re.S | re.M):
                key = fact.partition(":")[0]
                text, count = re.subn(
                    rf"^{key}:.*?(?=^  [\w#]|^\w)",
                    lambda _, fact=fact: fact,
                    text,
                    flags=re.S | re.M,
                )
                assert count == 1, key
        else:
            text, count = re.subn(
                rf"^{name}:.*?(?=^\w|\Z)",
                lambda _, section=section: section,
                text,
                flags=re.S | re.M,
            )
            assert count == 1, name
    path.write_text(text, encoding="utf-8")


@pytest.mark.slow(
    "the steps of the guide for curators",
    seconds=12,
    covers=(
        "CONTRIBUTING.md",
        "scripts/readouts/commands",
        "scripts/readouts/editing",
        "scripts/readouts/curation",
        "tests/test_contributing.py",
    ),
)
def test_commands_of_the_guide_work(tmp_path):
    """From the fork to the pushed branch every command succeeds or fails as shown, and prints every shown line."""
    fork, home = tmp_path / "fork", tmp_path / "home"
    fork.mkdir()
    home.mkdir()
    for name in SHIPPED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(
                source, fork / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
            )
        elif source.exists():
            shutil.copy2(source, fork / name)
    shutil.copy2(ROOT / "tests/pages/contribution/call.html", home / "call.html")
    person = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "A"), ("EMAIL", "a@example.org"))}  # fmt: skip
    environment = {**os.environ, **person, "GIT_CONFIG_GLOBAL": os.devnull, "FORK": str(fork), "COLUMNS": "200",
                   "PYTHONPATH": str(ROOT / "scripts"), "HF_DATASETS_CACHE": str(tmp_path / "cache")}  # fmt: skip
    for command in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "x"]):
        subprocess.run(["git", *command], cwd=fork, env=environment, check=True)
    state = tmp_path / "state"
    state.write_text(f"cd {home}\n", encoding="utf-8")
    steps = [match.groupdict() for match in STEP.finditer(GUIDE)]
    ran = 0
    for number, step in enumerate(steps):
        place = home / "readouts"
        if step["path"]:
            path = place / step["path"]
            text = path.read_text(encoding="utf-8")
            assert step["old"] in text
            path.write_text(text.replace(step["old"], step["new"]), encoding="utf-8")
        elif step["kind"] == "yaml":
            fill_in(place / step["file"], step["body"])
        elif step["kind"] == "sh":
            lines = "".join(
                line + "\n" + (f"source {prepared(tmp_path)} \n" if line.startswith("cd ") else "")
                for line in step["body"].splitlines()
            )
            script = f"set -e\nsource {state}\n{lines}\n(echo cd $PWD; echo export PATH=$PATH) > {state}\n"
            done = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True, encoding="utf-8")  # fmt: skip
            follows = steps[number + 1] if number + 1 < len(steps) else {"kind": None}
            shown = follows["body"] if follows["kind"] == "text" else ""
            fails = bool(shown) and "valid:" not in shown and "wrote" not in shown
            assert done.returncode == (1 if fails else 0), done.stdout + done.stderr
            for line in shown.splitlines():
                pattern = ".*".join(map(re.escape, line.split("…")))
                assert re.search(pattern, done.stdout), (line, done.stdout)
            ran += 1
    assert ran == step_count("sh") >= 10
    pushed = subprocess.run(["git", "show", "--stat", "norland-call"], cwd=fork, env=environment, capture_output=True, text=True, check=True)  # fmt: skip
    assert "data/tables/statements.csv" in pushed.stdout and "curation.yaml" in pushed.stdout


def prepared(tmp_path: Path) -> Path:
    """Return a script that replaces the installation: it makes `.venv` with this interpreter's package."""
    script = tmp_path / "prepare"
    if not script.exists():
        tool = tmp_path / "tool"
        tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m readouts "$@"\n', encoding="utf-8")
        tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
        script.write_text(
            f"mkdir -p .venv/bin && cp {tool} .venv/bin/readouts && ln -s {sys.executable} .venv/bin/python\n"
            'echo "export PATH=\\"$PWD/.venv/bin:\\$PATH\\"" > .venv/bin/activate\ntouch .venv/.ready\n',
            encoding="utf-8",
        )
    return script


def step_count(kind: str) -> int:
    return len(re.findall(rf"^```{kind}$", GUIDE, re.M))


def test_commands_in_guide_templates_and_hooks_exist():
    from readouts.commands.cli import COMMANDS

    known = {command.name for command in COMMANDS}
    texts = [
        GUIDE,
        *(p.read_text(encoding="utf-8") for p in sorted((ROOT / ".github").rglob("*.*"))),
    ]
    texts.append((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    named = {
        name
        for text in texts
        for name in re.findall(r"(?:^|`|run: |entry: )readouts ([a-z]+)", text, re.M)
    }
    assert named and named <= known
