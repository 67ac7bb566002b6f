"""Releases to publish: a copy of the package whose state the ledger holds as released, and the commands run against a test Hub.

`python -m tests.publishing COMMAND …` is `readouts COMMAND …` with next to no wait between tries, and, where READOUTS_OTHER_WRITER is set,
with Parquet files that hold the same in other bytes, as another version of pyarrow would write them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.hub.running import RunningHub
from tests.running import run_here

ROOT = Path(__file__).resolve().parents[1]
REPO = "readouts/readouts"


def release(package: Path, version: str, day: str) -> None:
    """Make a release of the package's state; where there is no ledger, the first one, with a change log of its own."""
    if not (package / "data" / "released.jsonl").exists():
        (package / "CHANGELOG.md").unlink(missing_ok=True)
    done = readouts("release", version, "--date", day, cwd=package)
    assert done.returncode == 0, done.stdout + done.stderr


def reword(package: Path) -> None:
    """Change a claim's wording, so that the package's next release differs in one table."""
    (event,) = (package / "data" / "events").glob("*.yaml")
    text = event.read_text(encoding="utf-8")
    old = next(line for line in text.splitlines() if "proposition:" in line)
    event.write_text(text.replace(old, old.replace("China", "The Chinese side", 1), 1), encoding="utf-8")


def copied(package: Path, target: Path) -> Path:
    """A copy to change."""
    return Path(shutil.copytree(package, target))


def readouts(*arguments: object, cwd: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command as this module does, in a process of its own where `env` is given: the Hub's clients read their settings at import."""
    if env is None and arguments[0] != "push":
        return run_here(*arguments, cwd=cwd)
    environment = {**(os.environ if env is None else env), "COLUMNS": "200"}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(ROOT / "scripts"), environment.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, "-m", "tests.publishing", *map(str, arguments)],
        cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120,
    )  # fmt: skip


class Publisher:
    """Runs `readouts` against a Hub, from one machine: with its own caches."""

    def __init__(self, hub: RunningHub, home: Path) -> None:
        self.hub = hub
        self.home = home

    def push(
        self, package: Path, *options: object, token: str | None = "write", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return self.run("push", REPO, *options, package=package, token=token, **environment)

    def run(
        self, *arguments: object, package: Path, token: str | None = "write", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return readouts(*arguments, cwd=package, env={**self.hub.env(self.home, token), **environment})

    def tags(self) -> dict[str, str]:
        """Tag → commit, as git has them."""
        refs = self.hub.refs(REPO)
        return {name.removeprefix("refs/tags/"): commit for name, commit in refs.items() if "/tags/" in name}

    def head(self, branch: str = "main") -> str:
        return self.hub.refs(REPO)[f"refs/heads/{branch}"]

    def commits(self) -> list[str]:
        """The subjects of main's commits, newest first."""
        return self.hub.git(REPO, "log", "--format=%s", "main").splitlines()

    def files(self, commit: str) -> dict[str, bytes]:
        """Every file at a commit as a reader gets it: LFS pointers followed, past the API."""
        found = {}
        for path in self.hub.git(REPO, "ls-tree", "-r", "--name-only", commit).splitlines():
            data = subprocess.run(
                ["git", "-C", str(self.hub.path(REPO)), "show", f"{commit}:{path}"], check=True, capture_output=True
            ).stdout
            if data.startswith(b"version https://git-lfs"):
                oid = data.split(b"sha256:")[1][:64].decode()
                (stored,) = (self.hub.path(REPO) / "lfs" / "objects").rglob(oid)
                data = stored.read_bytes()
            found[path] = data
        del found[".gitattributes"]
        return found


def main() -> None:
    """`readouts` itself, impatient."""
    from readouts.cli import main as command
    from readouts.publication import parquet

    if "HF_ENDPOINT" in os.environ:
        from readouts.hub import session
        from tests.hub.impatient import forget_waits

        forget_waits()
        session.FIRST_WAIT = 0.01
    if os.environ.get("READOUTS_OTHER_WRITER"):
        parquet.OPTIONS |= {"compression": "snappy", "compression_level": None}
    command()


if __name__ == "__main__":
    main()
