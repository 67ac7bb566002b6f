"""docs/tutorial.md is correct: its commands run in order, outside the checkout, with the installed wheel and the test Hub."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.hub.running import ThreadHub
from tests.test_contributing import fill_in
from tests.test_wheel import build, copy_sources

GUIDE = (
    (ROOT / "docs" / "tutorial.md")
    .read_text(encoding="utf-8")
    .replace("example/llamadas", "readouts/llamadas")
)
"""The guide with a namespace that the test Hub's token may write to."""
STEP = re.compile(r"(?:<!-- (?P<file>\S+) -->\n)?```(?P<kind>\w+)\n(?P<body>.*?)```", re.S)


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """The `bin` folder of a virtual environment with the wheel and its dependencies, without the checkout."""
    pytest.importorskip("setuptools", reason="setuptools is not installed")
    folder = tmp_path / "environment"
    venv.create(folder, with_pip=False)
    (library,) = (folder / "lib").glob("python*/site-packages")
    sources = tmp_path / "sources"
    copy_sources(sources)
    zipfile.ZipFile(build(sources, tmp_path / "wheel", "wheel")).extractall(library)
    (library / "dependencies.pth").write_text(
        sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8"
    )
    tool = folder / "bin" / "readouts"
    tool.write_text(
        f"#!{folder / 'bin' / 'python'}\nfrom readouts.commands.cli import main\nmain()\n",
        encoding="utf-8",
    )
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    return folder / "bin"


def test_commands_of_the_tutorial_work(
    environment: Path, hub: ThreadHub, hub_home: Path, tmp_path: Path
):
    """A corpus in Spanish is created, curated, released, verified, pushed, and loaded from the Hub unchanged."""
    work, state = tmp_path / "work", tmp_path / "state"
    work.mkdir()
    state.write_text(f"cd {work}\n", encoding="utf-8")
    people = {
        f"GIT_{role}_{what}": "a@example.org"
        for role in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    env = {
        **os.environ,
        **hub.env(hub_home, "write"),
        **people,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "COLUMNS": "200",
    }
    env |= {"PATH": f"{environment}{os.pathsep}{os.environ['PATH']}"}
    env.pop("PYTHONPATH", None)
    corpus, steps, ran = work / "llamadas", [match.groupdict() for match in STEP.finditer(GUIDE)], 0
    for number, step in enumerate(steps):
        if step["kind"] == "html":
            (corpus / step["file"]).resolve().write_text(step["body"], encoding="utf-8")
        elif step["kind"] == "yaml":
            fill_in(corpus / step["file"], step["body"])
        elif step["kind"] == "sh":
            script = f"set -e\nsource {state}\n{step['body']}\necho cd $PWD > {state}\n"
            done = subprocess.run(
                ["bash", "-c", script], env=env, capture_output=True, text=True, encoding="utf-8"
            )
            assert done.returncode == 0, step["body"] + done.stdout + done.stderr
            follows = steps[number + 1] if number + 1 < len(steps) else {"kind": "", "body": ""}
            for line in follows["body"].splitlines() if follows["kind"] == "text" else ():
                assert line in done.stdout, (line, done.stdout)
            ran += 1
    assert ran == GUIDE.count("```sh\n") >= 5
    check = (
        step["body"]
        + "import json, sys\nsys.stdout.write(json.dumps([dict(row) for row in statements], default=str))\n"
    )
    loaded = subprocess.run([environment / "python", "-c", check], cwd=tmp_path, env=env, capture_output=True, text=True, encoding="utf-8")  # fmt: skip
    assert loaded.returncode == 0, loaded.stderr
    lines = (corpus / "data/tables/statements.jsonl").read_text(encoding="utf-8").splitlines()
    names = ("statement_id", "exact", "start", "end", "speaker_name", "date")
    rows = json.loads(loaded.stdout[loaded.stdout.rindex("[{") :])
    assert [[row[name] for name in names] for row in rows] == [
        [json.loads(line)[name] for name in names] for line in lines
    ]
    assert rows[0]["speaker_name"] == "Alba Vera"
    texts = [
        path.read_bytes()
        for path in corpus.rglob("*")
        if path.is_file() and ".git/" not in path.as_posix()
    ]
    assert not [text for text in texts if b"Readouts maintainers" in text]
