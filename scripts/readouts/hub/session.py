"""Connection to the Hub: one repository, one token, and every failure reported on one plain line.

The token comes from where the Hub's client looks (HF_TOKEN, the login's file) and never reaches a
message. HF_ENDPOINT is the client's.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import huggingface_hub
from huggingface_hub import constants
from huggingface_hub.errors import (
    BadRequestError,
    HfHubHTTPError,
    HFValidationError,
    HTTPError,
    OfflineModeIsEnabled,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

from ..core.findings import PackageError

TRIES = 5
FIRST_WAIT = 1.0
"""Seconds before the second try; doubled before each later one. The client's own retries are in addition."""
_REPO_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*\Z")

Result = TypeVar("Result")


class ConnectionLost(Exception):
    """The Hub did not answer, or answered with a failure of its own: another try may succeed."""


class BranchMoved(Exception):
    """The branch moved since it was read."""


class NotFound(Exception):
    """There is no such repository or revision visible to this token."""


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file as listed by the Hub. `sha256` is for an LFS object, None for a file stored in git as `blob`."""

    size: int
    blob: str
    sha256: str | None

    def holds(self, data: bytes) -> bool:
        if self.sha256 is not None:
            return self.sha256 == hashlib.sha256(data).hexdigest()
        return (
            self.blob
            == hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
        )


Tree = dict[str, RemoteFile]


class Session:
    """One dataset repository on the Hub.

    Raises PackageError if `repo_id` is not NAMESPACE/NAME or the token is malformed.
    """

    def __init__(self, repo_id: str) -> None:
        if not is_repo_id(repo_id):
            raise PackageError(
                f"{repo_id} is not the name of a dataset on the Hub: expected NAMESPACE/NAME"
            )
        self.repo_id = repo_id
        self.token = huggingface_hub.get_token()
        if self.token is not None and not re.fullmatch(r"[!-~]+", self.token):
            raise PackageError(
                "the Hub token contains invalid characters; copy it into HF_TOKEN again"
            )
        self.api = huggingface_hub.HfApi(token=self.token or False, library_name="readouts")

    @cached_property
    def address(self) -> str:
        return f"{constants.ENDPOINT}/datasets/{self.repo_id}"

    def require_write_token(self) -> None:
        """Raise PackageError for a token that is missing, not accepted or read-only."""
        if self.token is None:
            raise PackageError("no Hub token: set HF_TOKEN, or log in with `hf auth login`")
        with self.translated_errors():
            account = self.api.whoami()
        if ((account.get("auth") or {}).get("accessToken") or {}).get("role") == "read":
            raise PackageError("the Hub token is read-only; a push requires write access")

    @contextmanager
    def translated_errors(self) -> Iterator[None]:
        """Turn the client's errors into ConnectionLost, BranchMoved, NotFound or PackageError."""
        try:
            yield
        except (RepositoryNotFoundError, RevisionNotFoundError) as error:
            raise NotFound(self._said(error)) from None
        except BadRequestError as error:
            raise PackageError(f"the Hub rejected the request: {self._said(error)}") from None
        except HfHubHTTPError as error:
            raise self._by_status(error) from None
        except (HTTPError, OSError, RuntimeError) as error:
            if isinstance(error, OfflineModeIsEnabled):
                raise PackageError("the Hub client is in offline mode (HF_HUB_OFFLINE)") from None
            # A failed upload comes as a RuntimeError with its cause; a full disk here is not a
            # connection problem.
            cause = (
                error.__cause__ if isinstance(error, RuntimeError) and error.__cause__ else error
            )
            if isinstance(cause, OSError) and cause.filename is not None:
                raise
            if isinstance(cause, HfHubHTTPError):
                raise self._by_status(cause) from None
            raise ConnectionLost(
                self.scrubbed(f"{type(cause).__name__}: {cause}".splitlines()[0])
            ) from None
        except HFValidationError as error:
            raise PackageError(self.scrubbed(str(error))) from None

    def _by_status(self, error: HfHubHTTPError) -> Exception:
        status = error.response.status_code
        if status == 401:
            return PackageError("the Hub rejected the token; create a new one or log in again")
        if status == 403:
            return PackageError(
                f"the token has no write access to {self.repo_id} ({self._said(error)})"
            )
        if status in (409, 412):
            return BranchMoved(self._said(error))
        if status == 429 or status >= 500:
            return ConnectionLost(f"the Hub answered {status}")
        return PackageError(f"the Hub answered {status}: {self._said(error)}")

    def _said(self, error: HfHubHTTPError) -> str:
        lines = (error.server_message or str(error)).strip().splitlines()
        return self.scrubbed(lines[0] if lines else type(error).__name__)

    def scrubbed(self, text: str) -> str:
        return text.replace(self.token, "<token>") if self.token else text

    def with_retries(self, step: Callable[[], Result], report: Callable[[str], None]) -> Result:
        """Do the step, and retry after a wait if the connection was lost.

        Raises PackageError after TRIES times, and for NotFound and BranchMoved if the step did not
        expect them.
        """
        wait = FIRST_WAIT
        for left in reversed(range(TRIES)):
            try:
                return step()
            except (NotFound, BranchMoved) as error:
                raise PackageError(f"{self.address}: {error}") from None
            except ConnectionLost as error:
                if not left:
                    raise PackageError(
                        f"no connection to {constants.ENDPOINT} ({error}), tried {TRIES} times; run the same command again to continue"
                    ) from None
                report(f"connection lost ({error}); trying again in {wait:g} s")
                time.sleep(wait)
                wait *= 2
        raise AssertionError("unreachable")

    def refs(self) -> tuple[dict[str, str], list[str]]:
        """Return (branch → commit, names of the tags). Raises NotFound."""
        with self.translated_errors():
            found = self.api.list_repo_refs(self.repo_id, repo_type="dataset")
        return {ref.name: ref.target_commit for ref in found.branches}, [
            ref.name for ref in found.tags
        ]

    def pull_requests(self) -> list[str]:
        """Return the full names of the pull requests' refs, newest first."""
        with self.translated_errors():
            found = self.api.list_repo_refs(
                self.repo_id, repo_type="dataset", include_pull_requests=True
            )
        return sorted(
            (ref.ref for ref in found.pull_requests or []),
            key=lambda ref: -int(ref.rpartition("/")[2]),
        )

    def commit_of(self, revision: str) -> str:
        """Return the commit that a branch, tag or ref points at. Raises NotFound."""
        with self.translated_errors():
            return str(self.api.repo_info(self.repo_id, repo_type="dataset", revision=revision).sha)

    def tree(self, commit: str) -> Tree:
        """Return every file at a commit, by path."""
        with self.translated_errors():
            entries = self.api.list_repo_tree(
                self.repo_id, repo_type="dataset", revision=commit, recursive=True
            )
            return {
                entry.path: RemoteFile(
                    entry.size, entry.blob_id, entry.lfs.sha256 if entry.lfs else None
                )
                for entry in entries
                if isinstance(entry, huggingface_hub.hf_api.RepoFile)
            }

    def read(self, path: str, commit: str) -> bytes:
        """Return one file's bytes."""
        with tempfile.TemporaryDirectory(prefix="readouts-") as folder, self.translated_errors():
            return Path(
                self.api.hf_hub_download(
                    self.repo_id, path, repo_type="dataset", revision=commit, local_dir=folder
                )
            ).read_bytes()  # fmt: skip

    def download(self, commit: str, folder: Path) -> None:
        """Download every file at a commit into the folder."""
        with self.translated_errors():
            self.api.snapshot_download(
                self.repo_id, repo_type="dataset", revision=commit, local_dir=folder
            )


def is_repo_id(text: str) -> bool:
    return _REPO_ID.match(text) is not None and ".." not in text and "--" not in text
