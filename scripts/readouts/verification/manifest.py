"""The checksums of a bundle, compared with its files."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from ..core.findings import Finding, PackageError
from ..publication.bundle import CHECKSUMS, SIGNATURE

_LINE = re.compile(r"([0-9a-f]{64})  ([^\\\0\r\n]+)\Z")
_FOREIGN = (".gitattributes", ".cache", ".git", ".huggingface")
"""Files that the Hub, its client or git put next to the bundle's files."""
_LARGEST = 64 << 20
"""Bytes of the largest list of checksums that is read."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """SHA-256 by path, for every file of the bundle except the manifest itself and its signature."""

    files: dict[str, str]


@dataclass(slots=True)
class Inventory:
    """Contents of a folder by relative path: regular files, other entries, and files that other programs put there."""

    files: dict[str, Path] = field(default_factory=dict)
    special: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


def take_inventory(folder: Path) -> Inventory:
    """List the folder without following a link or opening a file."""
    found = Inventory()
    for place, folders, files in os.walk(folder, followlinks=False):
        at = Path(place)
        if at == folder:
            found.ignored = sorted(name for name in (*folders, *files) if name in _FOREIGN)
            folders[:] = [name for name in folders if name not in _FOREIGN]
            files = [name for name in files if name not in _FOREIGN]
        links = [name for name in folders if (at / name).is_symlink()]
        folders[:] = sorted(set(folders) - set(links))
        for name in (*files, *links):
            path = at / name
            relative = path.relative_to(folder).as_posix()
            if stat.S_ISREG(path.lstat().st_mode):
                found.files[relative] = path
            else:
                found.special.append(relative)
    return found


def read_manifest(folder: Path) -> Manifest:
    """Raise PackageError if there is none, or a line of it is damaged or leads out of the folder."""
    if not folder.is_dir():
        raise PackageError(f"the folder {folder} does not exist")
    path = folder / CHECKSUMS
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST:
            raise PackageError(
                f"{folder} is not a bundle: {CHECKSUMS} is not a file, or is larger than {_LARGEST >> 20} MiB"
            )
        lines = path.read_bytes().decode("utf-8").removesuffix("\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise PackageError(f"{folder} is not a bundle: {CHECKSUMS} cannot be read") from error
    files: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        match = _LINE.match(line)
        if match is None or match[2] in files or not is_inside(match[2]):
            raise PackageError(f"{CHECKSUMS}, line {number} is damaged")
        files[match[2]] = match[1]
    return Manifest(files)


def is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return (
        bool(parts)
        and not PurePosixPath(path).is_absolute()
        and ".." not in parts
        and ":" not in parts[0]
    )


def iter_file_findings(
    folder: Path, manifest: Manifest, inventory: Inventory | None = None
) -> Iterator[Finding]:
    """Yield findings for files that are missing, changed, links, or not listed."""
    inventory = inventory or take_inventory(folder)
    for path, digest in manifest.files.items():
        if path not in inventory.files:
            yield _finding("file_present", path, "it is listed in the checksums but missing")
        elif _digest(inventory.files[path]) != digest:
            yield _finding("file_matches_checksum", path, "its SHA-256 differs from the checksums")
    for path in sorted({*inventory.files} - {*manifest.files, CHECKSUMS, SIGNATURE}):
        yield _finding("file_listed", path, "it is not listed in the checksums")
    for path in sorted(inventory.special):
        yield _finding(
            "file_listed", path, "it is a link or a special file; only regular files are allowed"
        )
    listing = "".join(f"{digest}  {path}\n" for path, digest in sorted(manifest.files.items()))
    if (folder / CHECKSUMS).read_bytes() != listing.encode():
        yield _finding(
            "file_matches_checksum",
            CHECKSUMS,
            "its lines must be sorted by path and end with a newline",
        )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _finding(code: str, path: str, message: str) -> Finding:
    hint = "Download it again; if the finding remains, the published files are not those that were released."
    return Finding(
        code, "error", path.encode("utf-8", "backslashreplace").decode(), 0, "", "", message, hint
    )
