"""Trees: the files and folders of a commit, with what their LFS pointers say."""

from dataclasses import dataclass

from .errors import entry_not_found
from .git import git
from .lfs import MAX_POINTER_SIZE, Pointer, parse_pointer
from .repositories import Repository, timestamp


@dataclass(frozen=True)
class Entry:
    """A file or folder of a commit.

    Attributes:
        path: from the root of the repository.
        oid: git's name of the blob or tree.
        blob_size: the blob's size; None for a folder.
        pointer: what the blob says when it is an LFS pointer.
    """

    path: str
    oid: str
    blob_size: int | None = None
    pointer: Pointer | None = None

    @property
    def is_file(self) -> bool:
        """Whether it is a file and not a folder."""
        return self.blob_size is not None

    @property
    def size(self) -> int:
        """The file's own size: the object's when it is in LFS."""
        return self.pointer.size if self.pointer else self.blob_size or 0


def read_blob(repository: Repository, oid: str) -> bytes:
    """Return a blob's bytes."""
    return git(repository.path, "cat-file", "blob", oid)


def list_tree(
    repository: Repository, commit: str, folder: str = "", *, recursive: bool = False
) -> list[Entry]:
    """List a folder of a commit, and with `recursive` all that is below it.

    Raises:
        HubError: 404 when the commit has no such folder.
    """
    folder = folder.strip("/")
    if folder and not any(not entry.is_file for entry in find(repository, commit, [folder])):
        raise entry_not_found(f"{folder} does not exist on {commit}", commit=commit)
    args = ["ls-tree", "-z", "-l", *(["-r", "-t"] if recursive else []), f"{commit}:{folder}"]
    return _entries(repository, git(repository.path, *args), f"{folder}/" if folder else "")


def find(repository: Repository, commit: str, paths: list[str]) -> list[Entry]:
    """Return the entries of a commit at those paths that exist, in git's order."""
    paths = [path.strip("/") for path in paths]
    if not paths:
        return []
    # `:(literal)` keeps a file name's asterisk from being a pattern.
    out = git(
        repository.path,
        "--literal-pathspecs",
        "ls-tree",
        "-z",
        "-l",
        "--full-tree",
        commit,
        "--",
        *paths,
    )
    return _entries(repository, out, "")


def _entries(repository: Repository, listing: bytes, prefix: str) -> list[Entry]:
    rows = []
    for record in listing.decode().split("\0"):
        if record:
            info, path = record.split("\t", 1)
            _mode, _kind, oid, size = info.split()
            rows.append((prefix + path, oid, None if size == "-" else int(size)))
    small = {oid for _, oid, size in rows if size is not None and size <= MAX_POINTER_SIZE}
    pointers = _pointers(repository, sorted(small))
    return [Entry(path, oid, size, pointers.get(oid)) for path, oid, size in rows]


def _pointers(repository: Repository, oids: list[str]) -> dict[str, Pointer]:
    """Read which of the blobs are LFS pointers, all in one run of git."""
    if not oids:
        return {}
    out = git(
        repository.path, "cat-file", "--batch", input="".join(f"{oid}\n" for oid in oids).encode()
    )
    found, at = {}, 0
    for oid in oids:
        end = out.index(b"\n", at)
        size = int(out[at:end].split()[2])
        pointer = parse_pointer(out[end + 1 : end + 1 + size])
        if pointer:
            found[oid] = pointer
        at = end + 1 + size + 1
    return found


def describe(repository: Repository, commit: str, entry: Entry, *, expand: bool = False) -> dict:
    """Return an entry as `/tree` and `/paths-info` give it; `expand` adds its last commit."""
    described: dict = {
        "type": "file" if entry.is_file else "directory",
        "oid": entry.oid,
        "size": entry.size,
        "path": entry.path,
    }
    if entry.pointer:
        described["lfs"] = {
            "oid": entry.pointer.oid,
            "size": entry.pointer.size,
            "pointerSize": entry.blob_size,
        }
    if expand:
        (last,) = repository.commits(commit, limit=1, path=entry.path)
        described["lastCommit"] = {
            "id": last.oid,
            "title": last.title,
            "date": timestamp(last.date),
        }
    return described
