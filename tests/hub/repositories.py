"""Repositories: each dataset a bare git repository on disk, with its LFS objects inside."""

import os
import re
import shutil
import subprocess
import tempfile
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from . import attributes
from .errors import bad_request, conflict, revision_not_found
from .git import git
from .lfs import ObjectStore

_NAME = re.compile(r"(?!.*(--|\.\.))[A-Za-z0-9_]([A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?")


def timestamp(moment: datetime) -> str:
    """Write a moment the way the Hub's JSON does."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass(frozen=True)
class Ref:
    """A git ref and the commit it leads to."""

    ref: str
    commit: str


@dataclass(frozen=True)
class Commit:
    """A commit as the Hub lists it."""

    oid: str
    author: str
    date: datetime
    title: str
    message: str


class Repository:
    """One dataset repository.

    Attributes:
        name: `NAMESPACE/NAME`.
        path: the bare git repository.
        objects: its LFS objects.
        lock: taken while refs change.
    """

    def __init__(self, name: str, path: Path, scratch: Path, lock: threading.Lock):
        self.name = name
        self.path = path
        self.scratch = scratch
        self.objects = ObjectStore(path / "lfs" / "objects", scratch)
        self.lock = lock

    @property
    def namespace(self) -> str:
        """The user or organization it belongs to."""
        return self.name.partition("/")[0]

    @property
    def private(self) -> bool:
        """Whether only its owners may know of it."""
        return self._setting("private") == "true"

    @property
    def created_at(self) -> str:
        """When it was created, as a timestamp."""
        return self._setting("createdAt")

    def _setting(self, name: str) -> str:
        return git(self.path, "config", f"hub.{name}").decode().strip()

    def ref(self, name: str) -> str | None:
        """The commit a full ref name (`refs/heads/main`) leads to, or None."""
        try:
            return (
                git(self.path, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
                .decode()
                .strip()
            )
        except subprocess.CalledProcessError:
            return None

    def resolve(self, revision: str) -> str:
        """Return the commit a branch, tag, full ref or commit (seven digits or more) names.

        Raises:
            HubError: 404 when it does not exist.
        """
        names = [f"refs/heads/{revision}", f"refs/tags/{revision}"]
        if revision.startswith("refs/") or re.fullmatch(r"[0-9a-f]{7,40}", revision):
            names.append(revision)
        for name in names:
            commit = self.ref(name)
            if commit is not None:
                return commit
        raise revision_not_found(revision)

    def refs(self) -> list[Ref]:
        """All refs, tags peeled to the commits they tag."""
        out = git(self.path, "for-each-ref", "--format=%(refname) %(objectname) %(*objectname)")
        rows = (line.split() for line in out.decode().splitlines())
        return [Ref(row[0], row[-1]) for row in rows]

    def create_ref(
        self, ref: str, commit: str, *, message: str | None = None, author: str = ""
    ) -> None:
        """Create a branch or tag at a commit; a tag with a message is an annotated one.

        Raises:
            HubError: 400 when the name is invalid, 409 when it exists.
        """
        try:
            git(self.path, "check-ref-format", ref)
        except subprocess.CalledProcessError:
            raise bad_request(f"{ref} is not a valid reference name") from None
        kind, name = ("Tag", ref[10:]) if ref.startswith("refs/tags/") else ("Branch", ref[11:])
        with self.lock:
            if self.ref(ref) is not None:
                raise conflict(f"{kind} reference exists already: {name}")
            if message is not None and kind == "Tag":
                git(
                    self.path,
                    "tag",
                    "--annotate",
                    f"--message={message}",
                    name,
                    commit,
                    author=author,
                )
            else:
                git(self.path, "update-ref", ref, commit, "")

    def delete_ref(self, ref: str) -> None:
        """Delete a branch or tag.

        Raises:
            HubError: 404 when it does not exist.
        """
        with self.lock:
            if self.ref(ref) is None:
                raise revision_not_found(ref)
            git(self.path, "update-ref", "-d", ref)

    def commits(
        self, commit: str, *, limit: int | None = None, path: str | None = None
    ) -> list[Commit]:
        """The commits that lead to a commit, newest first; of one path when it is given."""
        args = ["log", "-z", "--format=%H%n%an%n%ct%n%s%n%b", commit]
        args += [f"--max-count={limit}"] if limit else []
        args += ["--", path] if path else []
        found = []
        for record in git(self.path, *args).decode().split("\0"):
            if record:
                oid, author, seconds, title, message = record.split("\n", 4)
                date = datetime.fromtimestamp(int(seconds), UTC)
                found.append(Commit(oid, author, date, title, message.strip()))
        return found


class Repositories:
    """All repositories under a storage folder, at `datasets/NAMESPACE/NAME.git`."""

    def __init__(self, storage: Path):
        self.root = storage / "datasets"
        self.scratch = storage / "scratch"
        # What a server that died left half-written is of no use to the next one.
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.scratch.mkdir(parents=True)
        self.root.mkdir(exist_ok=True)
        self._lock = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}

    def _repository(self, name: str) -> Repository:
        with self._lock:
            lock = self._locks.setdefault(name, threading.Lock())
        return Repository(name, self.root / f"{name}.git", self.scratch, lock)

    def find(self, name: str) -> Repository | None:
        """Return the repository of that name, or None."""
        if not all(_NAME.fullmatch(part) for part in name.split("/")):
            return None
        repository = self._repository(name)
        return repository if repository.path.is_dir() else None

    def create(self, name: str, *, private: bool, author: str) -> Repository:
        """Create a repository with the first commit the Hub gives one: a `.gitattributes`.

        Raises:
            HubError: 400 when the name is not allowed, 409 when it exists.
        """
        if not all(_NAME.fullmatch(part) for part in name.split("/")):
            raise bad_request(f"Invalid repository name: {name}")
        repository = self._repository(name)
        # Built aside and moved into place, so that it is there as a whole or not at all.
        with tempfile.TemporaryDirectory(dir=self.scratch) as folder:
            new = Path(folder) / "new.git"
            git(
                Path(folder),
                "init",
                "--quiet",
                "--bare",
                "--template=",
                "--initial-branch=main",
                str(new),
            )
            blob = (
                git(new, "hash-object", "-w", "--stdin", input=attributes.DEFAULT.encode())
                .decode()
                .strip()
            )
            tree = (
                git(new, "mktree", input=f"100644 blob {blob}\t.gitattributes\n".encode())
                .decode()
                .strip()
            )
            commit = (
                git(new, "commit-tree", "-m", "initial commit", tree, author=author)
                .decode()
                .strip()
            )
            git(new, "update-ref", "refs/heads/main", commit)
            git(new, "config", "hub.private", "true" if private else "false")
            git(new, "config", "hub.createdAt", timestamp(datetime.now(UTC)))
            repository.path.parent.mkdir(exist_ok=True)
            with repository.lock:
                if repository.path.is_dir():
                    raise conflict(f"You already created this dataset repo: {name}")
                os.rename(new, repository.path)
        return repository
