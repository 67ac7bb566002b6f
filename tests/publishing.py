"""Releases of copies of the package, and commands run against a test Hub.

`python -m tests.publishing COMMAND …` is `readouts COMMAND …` with almost no wait between tries
and, if READOUTS_OTHER_WRITER is set, with Parquet files of the same rows in different bytes, as
another version of pyarrow would write them.
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
    """Make a release of the package's state; without a ledger the first one, with a new change log."""
    if not (package / "data" / "released.jsonl").exists():
        (package / "CHANGELOG.md").unlink(missing_ok=True)
    done = readouts("release", version, "--date", day, cwd=package)
    assert done.returncode == 0, done.stdout + done.stderr


def reword(package: Path) -> None:
    """Reword a claim, so that the next release differs."""
    (event,) = (package / "data" / "events").glob("*.yaml")
    text = event.read_text(encoding="utf-8")
    old = next(line for line in text.splitlines() if "proposition:" in line)
    event.write_text(
        text.replace(old, old.replace("China", "The Chinese side", 1), 1), encoding="utf-8"
    )


def copied(package: Path, target: Path) -> Path:
    """Copy a folder and return the copy."""
    return Path(shutil.copytree(package, target))


def readouts(
    *arguments: object, cwd: Path, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command; in a subprocess if `env` is given, because the Hub's clients read their settings at import."""
    if env is None and arguments[0] != "push":
        return run_here(*arguments, cwd=cwd)
    environment = {**(os.environ if env is None else env), "COLUMNS": "200"}
    environment["PYTHONPATH"] = os.pathsep.join(
        [str(ROOT), str(ROOT / "scripts"), environment.get("PYTHONPATH", "")]
    )
    return subprocess.run(
        [sys.executable, "-m", "tests.publishing", *map(str, arguments)],
        cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120,
    )  # fmt: skip


class Publisher:
    """Runs `readouts` against a Hub as one machine, with its own caches."""

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
        return readouts(
            *arguments, cwd=package, env={**self.hub.env(self.home, token), **environment}
        )

    def tags(self) -> dict[str, str]:
        """Return the commit of each tag."""
        refs = self.hub.refs(REPO)
        return {
            name.removeprefix("refs/tags/"): commit
            for name, commit in refs.items()
            if "/tags/" in name
        }

    def head(self, branch: str = "main") -> str:
        return self.hub.refs(REPO)[f"refs/heads/{branch}"]

    def commits(self) -> list[str]:
        """Return the subjects of main's commits, newest first."""
        return self.hub.git(REPO, "log", "--format=%s", "main").splitlines()

    def files(self, commit: str) -> dict[str, bytes]:
        """Return every file at a commit with LFS pointers resolved, read from the Hub's storage."""
        found = {}
        for path in self.hub.git(REPO, "ls-tree", "-r", "--name-only", commit).splitlines():
            data = subprocess.run(
                ["git", "-C", str(self.hub.path(REPO)), "show", f"{commit}:{path}"],
                check=True,
                capture_output=True,
            ).stdout
            if data.startswith(b"version https://git-lfs"):
                oid = data.split(b"sha256:")[1][:64].decode()
                (stored,) = (self.hub.path(REPO) / "lfs" / "objects").rglob(oid)
                data = stored.read_bytes()
            found[path] = data
        del found[".gitattributes"]
        return found


def main() -> None:
    """Run `readouts` without waiting between tries."""
    from readouts.commands.cli import main as command
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
