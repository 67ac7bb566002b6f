"""Git LFS: pointer files and the store of the objects they point at."""

import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from .errors import bad_request

_VERSION = b"version https://git-lfs.github.com/spec/v1\n"
_POINTER = re.compile(re.escape(_VERSION) + rb"oid sha256:([0-9a-f]{64})\nsize (\d+)\n")

#: No blob larger than this can be a pointer file.
MAX_POINTER_SIZE = 200


@dataclass(frozen=True)
class Pointer:
    """What a pointer file says: the object's SHA-256 and its size in bytes."""

    oid: str
    size: int

    def __bytes__(self) -> bytes:
        return _VERSION + f"oid sha256:{self.oid}\nsize {self.size}\n".encode()


def parse_pointer(content: bytes) -> Pointer | None:
    """Read a blob as a pointer file; return None if it is not one."""
    match = _POINTER.fullmatch(content)
    return Pointer(match[1].decode(), int(match[2])) if match else None


class ObjectStore:
    """The objects of one repository, laid out as git-lfs itself lays them out in a git directory.

    Args:
        root: the `lfs/objects` folder.
        scratch: where objects are gathered before they are whole; on the same file system.
    """

    def __init__(self, root: Path, scratch: Path):
        self.root = root
        self.scratch = scratch

    def path(self, oid: str) -> Path:
        """Where the object is, or would be."""
        return self.root / oid[:2] / oid[2:4] / oid

    def size(self, oid: str) -> int | None:
        """The object's size, or None when it is not here."""
        try:
            return self.path(oid).stat().st_size
        except FileNotFoundError:
            return None

    def receive(
        self, oid: str, size: int, chunks: Iterable[bytes], seen: Callable[[int], None]
    ) -> None:
        """Take in an object: it is put in place only when whole and what its name says.

        Args:
            oid, size: what the object must turn out to be.
            chunks: its bytes.
            seen: called after each chunk with the number of bytes received.

        Raises:
            HubError: 400 when the bytes are not the object.
        """
        digest, arrived = hashlib.sha256(), 0
        descriptor, name = tempfile.mkstemp(dir=self.scratch, prefix="lfs-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in chunks:
                    file.write(chunk)
                    digest.update(chunk)
                    arrived += len(chunk)
                    seen(arrived)
            if arrived != size:
                raise bad_request(f"the object has {arrived} bytes where {size} were announced")
            if digest.hexdigest() != oid:
                raise bad_request("the object's SHA-256 is not its oid")
            self.path(oid).parent.mkdir(parents=True, exist_ok=True)
            os.replace(name, self.path(oid))
        finally:
            Path(name).unlink(missing_ok=True)
