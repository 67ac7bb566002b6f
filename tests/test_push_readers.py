"""Independent readers of a pushed release: git with git-lfs, and the third-party mirror olah."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hub.client import Client
from tests.publishing import REPO, ROOT, Publisher
from tests.test_push import LOAD

OLAH = os.environ.get("READOUTS_OLAH") or shutil.which("olah-cli")


@pytest.mark.skipif(shutil.which("git-lfs") is None, reason="git-lfs is not installed")
def test_git_lfs_clone_passes_all_checks(published: Publisher, tmp_path: Path):
    """A clone by tag passes `git fsck`, `git lfs fsck` and the bundle's checksums, and the server's copy fails once damaged."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    env |= {
        "HOME": str(tmp_path),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "NO_PROXY": "127.0.0.1",
    }

    def run(*command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=tmp_path, env=env, capture_output=True, text=True, check=check
        )

    run("git", "lfs", "install", "--skip-repo")
    run("git", "clone", "--branch=v1.0.0", f"{published.hub.endpoint}/datasets/{REPO}", "clone")
    run("git", "-C", "clone", "fsck", "--strict")
    assert "Git LFS fsck OK" in run("git", "-C", "clone", "lfs", "fsck").stdout
    listed = run("git", "-C", "clone", "lfs", "ls-files", "--name-only").stdout.split()
    assert {path for path in listed if path.endswith(".parquet")} == {
        path.relative_to(tmp_path / "clone").as_posix()
        for path in (tmp_path / "clone").rglob("*.parquet")
    }
    subprocess.run(
        ["sha256sum", "--quiet", "-c", "checksums.sha256"], cwd=tmp_path / "clone", check=True
    )
    copy = tmp_path / "copy.git"
    shutil.copytree(published.hub.path(REPO), copy)
    assert "Git LFS fsck OK" in run("git", "-C", str(copy), "lfs", "fsck", "v1.0.0").stdout
    next(path for path in (copy / "lfs/objects").rglob("*") if path.is_file()).write_bytes(
        b"damaged"
    )
    assert run("git", "-C", str(copy), "lfs", "fsck", "v1.0.0", check=False).returncode != 0


@pytest.fixture
def mirror(published: Publisher, tmp_path: Path) -> Iterator[str]:
    """The address of an olah server that mirrors the Hub."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    hub, netloc = published.hub, f"127.0.0.1:{port}"
    command = [
        str(OLAH), "--host=127.0.0.1", f"--port={port}", f"--repos-path={tmp_path / 'repos'}", f"--log-path={tmp_path / 'logs'}",
        "--hf-scheme=http", f"--hf-netloc={hub.endpoint.removeprefix('http://')}",
        f"--hf-lfs-netloc={hub.storage_endpoint.removeprefix('http://')}", f"--mirror-netloc={netloc}", f"--mirror-lfs-netloc={netloc}",
    ]  # fmt: skip
    env = {**os.environ, "HOME": str(tmp_path), "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
    env.pop("PYTHONPATH", None)
    with (tmp_path / "output").open("wb") as output:
        process = subprocess.Popen(
            command, cwd=tmp_path, env=env, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        for _ in range(300):
            if process.poll() is not None:
                pytest.fail(f"olah ended: {(tmp_path / 'output').read_text()[-2000:]}")
            with socket.socket() as attempt:
                if attempt.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://{netloc}"
    finally:
        process.terminate()
        process.wait(10)


@pytest.mark.skipif(not OLAH, reason="olah is not installed (READOUTS_OLAH names its olah-cli)")
def test_load_dataset_through_olah_equals_the_local_tables(
    published: Publisher,
    mirror: str,
    released_repository: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "scripts"))
    (tmp_path / "client").mkdir()
    outcome = Client(published.hub, tmp_path / "client").run(
        LOAD, REPO, str(released_repository), token=None, endpoint=mirror
    )
    assert outcome.value > 0
    assert any(path.is_file() for path in (tmp_path / "repos").rglob("*")), (
        "the mirror cached nothing"
    )
    targets = [line["target"] for line in published.hub.log()]
    assert any("/resolve/" in target for target in targets), "the mirror never asked the Hub"
