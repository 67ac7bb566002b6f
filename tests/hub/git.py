"""The git command, run without the user's settings so that a repository depends on nothing else."""

import os
import subprocess
from pathlib import Path

#: The name and address that git records for commits.
EMAIL_DOMAIN = "users.test-hub.invalid"


def environment(author: str | None = None) -> dict[str, str]:
    """Return the environment git runs in: no user or system settings, no prompt, dates in UTC."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    env.update(
        GIT_CONFIG_NOSYSTEM="1", GIT_CONFIG_GLOBAL=os.devnull, GIT_TERMINAL_PROMPT="0", TZ="UTC"
    )
    author = author or "test-hub"
    for person in ("AUTHOR", "COMMITTER"):
        env[f"GIT_{person}_NAME"] = author
        env[f"GIT_{person}_EMAIL"] = f"{author}@{EMAIL_DOMAIN}"
    return env


def git(
    directory: Path,
    *args: str,
    input: bytes = b"",
    author: str | None = None,
    index: Path | None = None,
) -> bytes:
    """Run git in a directory and return what it printed.

    Args:
        directory: where git runs.
        args: its arguments.
        input: its standard input.
        author: the user's name to record in commits and tags.
        index: the index file to use, for commands that build a tree.

    Raises:
        subprocess.CalledProcessError: git failed; what it said is in `stderr`.
    """
    env = environment(author)
    if index is not None:
        env["GIT_INDEX_FILE"] = str(index)
    done = subprocess.run(
        ["git", *args], cwd=directory, env=env, input=input, capture_output=True, check=True
    )
    return done.stdout
