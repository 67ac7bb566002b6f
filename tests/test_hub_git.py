"""The test Hub's repositories as git and git-lfs see them; tests/test_push_readers.py has the checks of stored objects."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.hub import sample
from tests.hub.accounts import TOKENS
from tests.hub.client import Client
from tests.hub.running import ThreadHub

REPO = sample.REPOSITORY


@pytest.fixture
def git_home(tmp_path: Path) -> Path:
    """An empty home for git, so that the user's settings have no effect."""
    home = tmp_path / "home"
    home.mkdir()
    return home


def run(home: Path, *command: str, check: bool = True) -> subprocess.CompletedProcess:
    """Run a command with the home's settings only, and no prompt for credentials."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    env.update(HOME=str(home), GIT_CONFIG_GLOBAL=str(home / "gitconfig"), GIT_TERMINAL_PROMPT="0")
    env.update(GIT_CONFIG_NOSYSTEM="1", NO_PROXY="127.0.0.1", no_proxy="127.0.0.1")
    return subprocess.run(command, env=env, cwd=home, capture_output=True, text=True, check=check)


def test_clone_by_tag(published_hub: ThreadHub, git_home: Path):
    """git clones a dataset at a tag, with pointers if git-lfs is not set up."""
    run(
        git_home,
        "git",
        "clone",
        "--branch=v1",
        f"{published_hub.endpoint}/datasets/{REPO}",
        "clone",
    )
    clone = git_home / "clone"
    found = sorted(str(path.relative_to(clone)) for path in clone.rglob("*") if path.is_file())
    assert [path for path in found if not path.startswith(".git/")] == sample.files("v1")
    assert (clone / "statements/a.parquet").read_text().startswith("version https://git-lfs")
    run(git_home, "git", "-C", "clone", "fsck", "--strict")


def test_push_is_refused(published_hub: ThreadHub, git_home: Path):
    """git cannot push: only the API makes commits."""
    url = f"{published_hub.endpoint}/datasets/{REPO}"
    run(git_home, "git", "clone", url, "clone")
    done = run(git_home, "git", "-C", "clone", "push", url, "HEAD:refs/heads/more", check=False)
    assert done.returncode != 0
    assert "refs/heads/more" not in published_hub.refs(REPO)


def test_clone_of_a_private_repository_needs_a_token(client: Client, git_home: Path):
    """git clones a private repository with a token as password."""
    client.run('api.create_repo("ada/secret", repo_type="dataset", private=True)')
    url = f"{client.hub.endpoint}/datasets/ada/secret"
    assert run(git_home, "git", "clone", url, "clone", check=False).returncode != 0
    for token, status in (("read", 0), ("other", 128)):
        address = url.replace("http://", f"http://user:{TOKENS[token]}@")
        assert run(git_home, "git", "clone", address, token, check=False).returncode == status


@pytest.mark.skipif(shutil.which("git-lfs") is None, reason="git-lfs is not installed")
@pytest.mark.parametrize("origin", ["http", "file"])
def test_git_lfs_fetches_every_object(published_hub: ThreadHub, git_home: Path, origin: str):
    """git-lfs fetches every object, from the server or from its folder, and finds no fault."""
    url = (
        f"{published_hub.endpoint}/datasets/{REPO}"
        if origin == "http"
        else f"file://{published_hub.path(REPO)}"
    )
    run(git_home, "git", "lfs", "install", "--skip-repo")
    run(git_home, "git", "clone", "--branch=v2", url, "clone")
    assert (git_home / "clone/statements/a.parquet").read_bytes()[:4] == b"PAR1"
    run(git_home, "git", "-C", "clone", "lfs", "fetch", "--all")
    assert "Git LFS fsck OK" in run(git_home, "git", "-C", "clone", "lfs", "fsck").stdout
