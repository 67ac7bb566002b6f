"""The checksums of a bundle, and its files held against them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from .bundle import CHECKSUMS
from .findings import Finding, PackageError

_LINE = re.compile(r"([0-9a-f]{64})  ([^\\\0\r]+)\Z")
_FOREIGN = (".gitattributes", ".cache", ".git", ".huggingface")
"""What the Hub, its client or git put beside the bundle's files."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """SHA-256 by path, for every file of the bundle but the manifest itself."""

    files: dict[str, str]


def read_manifest(folder: Path) -> Manifest:
    """Raises PackageError if there is none, or a line of it is damaged or leads out of the folder."""
    if not folder.is_dir():
        raise PackageError(f"there is no folder {folder}")
    path = folder / CHECKSUMS
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PackageError(f"{folder} is no bundle: {CHECKSUMS} cannot be read") from error
    files: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        match = _LINE.match(line)
        if match is None or match[2] in files or not is_inside(match[2]):
            raise PackageError(f"{CHECKSUMS}, line {number} is damaged")
        files[match[2]] = match[1]
    return Manifest(files)


def is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not PurePosixPath(path).is_absolute() and ".." not in parts and ":" not in parts[0]


def iter_file_findings(folder: Path, manifest: Manifest) -> Iterator[Finding]:
    """Files that are missing, changed, links, or not listed."""
    for path, digest in manifest.files.items():
        target = folder / path
        if target.is_symlink() or not target.is_file():
            yield _finding("file_present", path, "it is listed in the checksums and not there")
        elif hashlib.sha256(target.read_bytes()).hexdigest() != digest:
            yield _finding("file_matches_checksum", path, "its SHA-256 is not the one in the checksums")
    for target in sorted(folder.rglob("*")):
        path = target.relative_to(folder)
        if path.parts[0] in _FOREIGN or target.as_posix() == (folder / CHECKSUMS).as_posix():
            continue
        if target.is_symlink() or (target.is_file() and path.as_posix() not in manifest.files):
            yield _finding("file_listed", path.as_posix(), "it is there and not listed in the checksums")


def _finding(code: str, path: str, message: str) -> Finding:
    hint = "Fetch it again; if it stays, what is published is not what was released."
    return Finding(code, "error", path, 0, "", "", message, hint)
