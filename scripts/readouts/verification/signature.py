"""SSH signatures of a version's checksums, made and checked by OpenSSH's `ssh-keygen -Y`.

The signature is in `checksums.sha256.sig`; the checksums list every other file, so it covers the
whole version. To verify, pass a list of trusted keys in the format of `allowed_signers`
(ssh-keygen(1)); nothing in the version says which key to trust.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from ..core.findings import PackageError
from ..publication.bundle import CHECKSUMS, SIGNATURE

NAMESPACE = "readouts"
"""The purpose of the signature: a signature of the same key for anything else does not count."""
_LARGEST = 64 << 10
_KEY = re.compile(r"key (SHA256:[A-Za-z0-9+/=]+)")


@dataclass(frozen=True, slots=True)
class Signed:
    """`state` is "none", "unknown" (valid, but by a key that is not trusted), "good" or "bad"; `line` describes it."""

    state: str
    line: str


def sign(checksums: bytes, key: Path) -> bytes:
    """Return the detached signature of the checksums by an SSH key (private, or public with the private one in the agent).

    Raises PackageError if ssh-keygen is missing or fails.
    """
    if not key.is_file():
        raise PackageError(
            f"the key file {key} does not exist: pass an SSH key such as ~/.ssh/id_ed25519"
        )
    with tempfile.TemporaryDirectory(prefix="readouts-") as scratch:
        target = Path(scratch) / CHECKSUMS
        target.write_bytes(checksums)
        done = _keygen("-Y", "sign", "-f", str(key.absolute()), "-n", NAMESPACE, str(target))
        if done.returncode != 0:
            raise PackageError(f"the checksums were not signed: {_last_line(done)}")
        return (Path(scratch) / SIGNATURE).read_bytes()


def signed_by(folder: Path, signers: Path | None) -> Signed:
    """Check who signed the checksums in the folder, using the keys in `signers` (a file of allowed signers) if given.

    Raises PackageError if there is a signature to check and `signers` is given, and there is no
    ssh-keygen.
    """
    path = folder / SIGNATURE
    if not path.is_file():
        if signers is not None:
            return Signed("bad", "this version is not signed, but --signers requires a signature")
        return Signed("none", "this version is not signed")
    if path.stat().st_size > _LARGEST:
        return Signed("bad", f"the signature is bad: {SIGNATURE} is too large")
    checksums = (folder / CHECKSUMS).read_bytes()
    with tempfile.TemporaryDirectory(prefix="readouts-") as scratch:
        copy = Path(scratch) / SIGNATURE
        copy.write_bytes(path.read_bytes())
        signature = ("-n", NAMESPACE, "-s", str(copy))
        try:
            done = _keygen("-Y", "check-novalidate", *signature, message=checksums)
        except PackageError:
            if signers is not None:
                raise
            return Signed(
                "unknown",
                "the signature was not checked: ssh-keygen is not installed (it is part of OpenSSH)",
            )
        if done.returncode != 0:
            return Signed("bad", f"the signature is bad: {_last_line(done)}")
        found = _KEY.search(done.stdout.decode(errors="replace"))
        key = found[1] if found else "unknown"
        if signers is None:
            return Signed(
                "unknown",
                f"signed by the key {key}; its owner was not checked (pass --signers FILE with the keys you trust)",
            )
        trusted = ("-f", str(signers.absolute()))
        named = _keygen("-Y", "find-principals", "-s", str(copy), *trusted)
        names = named.stdout.decode(errors="replace").splitlines() if named.returncode == 0 else []
        for name in names:
            if (
                _keygen(
                    "-Y", "verify", *trusted, "-I", name, *signature, message=checksums
                ).returncode
                == 0
            ):
                return Signed("good", f"signed by {name} (key {key})")
        return Signed(
            "bad", f"signed by the key {key}, which is not listed in {signers} for this use"
        )


def _keygen(*arguments: str, message: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    """Raise PackageError if there is no ssh-keygen."""
    given = {"input": message} if message is not None else {}
    try:
        return subprocess.run(["ssh-keygen", *arguments], capture_output=True, check=False, **given)  # type: ignore[call-overload]
    except OSError as error:
        raise PackageError(
            "ssh-keygen is not installed: install OpenSSH to sign or check signatures"
        ) from error


def _last_line(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = (done.stderr or done.stdout).decode(errors="replace").strip().splitlines()
    return (
        lines[-1].replace("\r", "") if lines else f"ssh-keygen exited with status {done.returncode}"
    )
