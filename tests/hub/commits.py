"""Commits: what a client's NDJSON asks for, made into one git commit and one move of a ref."""

import base64
import binascii
import json
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from . import attributes
from .errors import bad_request, commit_happened_since, entry_not_found
from .git import git
from .lfs import Pointer
from .repositories import Repository
from .trees import find, read_blob

_ATTRIBUTES = ".gitattributes"
_FORBIDDEN = {".git", ".cache", "..", ".", ""}


@dataclass
class CommitRequest:
    """What a client wants committed.

    Attributes:
        summary, description: the commit message.
        parent: the commit the client takes the branch to be at, if it said so.
        files: blobs to put, by path.
        pointers: LFS objects to put, by path; a size of -1 means "as stored".
        deleted_files: paths to take away.
    """

    summary: str = ""
    description: str = ""
    parent: str | None = None
    files: dict[str, bytes] = field(default_factory=dict)
    pointers: dict[str, Pointer] = field(default_factory=dict)
    deleted_files: list[str] = field(default_factory=list)


def parse(body: bytes) -> CommitRequest:
    """Read the NDJSON of a commit.

    Raises:
        HubError: 400 when a line is not what the protocol has.
    """
    request, seen_header = CommitRequest(), False
    for number, line in enumerate(body.splitlines(), 1):
        try:
            item = json.loads(line)
            key, value = item["key"], item["value"]
            if key == "header":
                seen_header = True
                request.summary, request.description = (
                    value["summary"],
                    value.get("description", ""),
                )
                request.parent = value.get("parentCommit")
            elif key == "file":
                content = value["content"]
                encoded = value.get("encoding") == "base64"
                data = base64.b64decode(content, validate=True) if encoded else content.encode()
                request.files[_checked(value["path"])] = data
            elif key == "lfsFile":
                request.pointers[_checked(value["path"])] = Pointer(
                    value["oid"], value.get("size", -1)
                )
            elif key == "deletedFile":
                request.deleted_files.append(_checked(value["path"]))
            else:
                raise bad_request(f"line {number}: unknown key {key!r}")
        except (json.JSONDecodeError, KeyError, TypeError, AttributeError, binascii.Error) as error:
            raise bad_request(f"line {number} of the commit is malformed: {error!r}") from error
    if not seen_header or not request.summary:
        raise bad_request("a commit needs a header with a summary")
    return request


def _checked(path: str) -> str:
    if any(part in _FORBIDDEN for part in path.split("/")):
        raise bad_request(f"Invalid path: {path!r}")
    return path


def apply(
    repository: Repository,
    ref: str,
    request: CommitRequest,
    *,
    author: str,
    base: str | None = None,
    written: Callable[[], None] = lambda: None,
) -> str:
    """Make the commit and, at the very end, move the ref from its old commit to the new one.

    Args:
        repository: where.
        ref: the full name of the ref to move, or to create when `base` is given.
        request: what to commit.
        author: the user's name.
        base: the commit to build on when the ref does not exist yet (a pull request's).
        written: called when all objects are written and the ref has not moved.

    Returns:
        The new commit.

    Raises:
        HubError: 412 when the ref is not at the parent the request names, 404 when a path to delete
            is not there, 400 when an LFS object was never uploaded.
    """
    with repository.lock:
        head = base or repository.ref(ref)
        if head is None:
            raise bad_request(f"{ref} does not exist")
        if base is None and request.parent is not None and request.parent != head:
            raise commit_happened_since()
        tree = _write_tree(repository, head, request)
        message = "\n\n".join(part for part in (request.summary, request.description) if part)
        args = ("commit-tree", tree, "-p", head, "-F", "-")
        new = git(repository.path, *args, input=message.encode(), author=author).decode().strip()
        written()
        try:
            git(repository.path, "update-ref", ref, new, "" if base else head)
        except subprocess.CalledProcessError:
            # Another process on the same storage moved the ref since it was read.
            raise commit_happened_since() from None
        return new


def _write_tree(repository: Repository, head: str, request: CommitRequest) -> str:
    """Write the tree a request makes of a commit's tree and return its name."""
    files = dict(request.files)
    for path, pointer in request.pointers.items():
        size = repository.objects.size(pointer.oid)
        if size is None or pointer.size not in (-1, size):
            raise bad_request(
                f"{path}: the LFS object {pointer.oid} of {pointer.size} bytes was not uploaded"
            )
        files[path] = bytes(Pointer(pointer.oid, size))
    text = attributes_of(repository, head, request.files)
    untracked = [path for path in request.pointers if not attributes.is_lfs(path, text)]
    for path in untracked:
        text = attributes.with_lfs(text, path)
    if untracked:
        files[_ATTRIBUTES] = text.encode()

    with tempfile.TemporaryDirectory(dir=repository.scratch) as folder:
        index = Path(folder) / "index"
        git(repository.path, "read-tree", head, index=index)
        changes = [f"0 {'0' * 40}\t{path}" for path in _deleted(repository, index, request)]
        blobs = _write_blobs(repository, Path(folder), list(files.values()))
        changes += [f"100644 {blob}\t{path}" for path, blob in zip(files, blobs, strict=True)]
        listing = "".join(f"{change}\0" for change in changes).encode()
        git(repository.path, "update-index", "-z", "--index-info", input=listing, index=index)
        return git(repository.path, "write-tree", index=index).decode().strip()


def _deleted(repository: Repository, index: Path, request: CommitRequest) -> list[str]:
    present = git(repository.path, "ls-files", "-z", index=index).decode().split("\0")[:-1]
    deleted = []
    for path in request.deleted_files:
        if path not in present:
            raise entry_not_found(f"A file with this name doesn't exist: {path}")
        deleted.append(path)
    return deleted


def _write_blobs(repository: Repository, folder: Path, contents: list[bytes]) -> list[str]:
    """Write blobs in one run of git, which is what makes commits of many files quick."""
    paths = [folder / f"blob-{number}" for number in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    listing = "".join(f"{path}\n" for path in paths).encode()
    args = ("hash-object", "-w", "--no-filters", "--stdin-paths")
    return git(repository.path, *args, input=listing).decode().split()


def attributes_of(
    repository: Repository, commit: str, changed: dict[str, bytes] | None = None
) -> str:
    """Return the text of the `.gitattributes` of a commit, or of the one about to replace it."""
    if changed and _ATTRIBUTES in changed:
        return changed[_ATTRIBUTES].decode()
    entries = find(repository, commit, [_ATTRIBUTES])
    return read_blob(repository, entries[0].oid).decode() if entries else ""
