"""The Hub's state: its repositories, faults and addresses, and who may do what."""

import hashlib
import hmac
import secrets
from pathlib import Path

from .errors import HubError, challenge, forbidden, repository_not_found
from .faults import Faults
from .messages import Request
from .repositories import Repositories, Repository


class Hub:
    """What all requests share.

    Args:
        storage: the folder that holds everything; another Hub on it later goes on where this one
        ended.

    Attributes:
        endpoint: the address of the API, known once the server listens.
        storage_endpoint: the address LFS objects are moved through, which is another one.
        log: a line of every request answered or cut, oldest first.
    """

    def __init__(self, storage: Path):
        self.repositories = Repositories(storage)
        self.faults = Faults()
        self.endpoint = ""
        self.storage_endpoint = ""
        self.log: list[dict] = []
        self._secret = secrets.token_bytes(32)

    def sign(self, method: str, target: str) -> str:
        """Return the signature that lets a request for an LFS object through without a token."""
        return hmac.new(self._secret, f"{method} {target}".encode(), hashlib.sha256).hexdigest()

    def signed_url(self, method: str, target: str) -> str:
        """Return an address on the storage port at which one method is allowed."""
        return f"{self.storage_endpoint}{target}&signature={self.sign(method, target)}"

    def readable(self, request: Request) -> Repository:
        """Return the repository a request names, if its sender may read it.

        Raises:
            HubError: 401 or 404 when it is missing or not to be known of.
        """
        account = request.account
        repository = self.repositories.find(repository_name(request))
        if repository is None or (
            repository.private and not (account and account.owns(repository.namespace))
        ):
            raise repository_not_found(signed_in=account is not None)
        return repository

    def writable(self, request: Request) -> Repository:
        """Return the repository a request names, if its sender may change it.

        Raises:
            HubError: as `readable`, 401 without a token, 403 when the token may only read or the
                repository is another's.
        """
        repository = self.readable(request)
        self.require_write(request)
        if not request.account.may_write(repository.namespace):
            raise forbidden(
                "you do not have write access to this repository: pass `create_pr=1` instead"
            )
        return repository

    def require_write(self, request: Request) -> None:
        """Check that the request comes with a write token.

        Raises:
            HubError: 401 without a token, 403 with one that may only read.
        """
        if request.account is None:
            raise HubError(401, "Invalid username or password.", headers=challenge())
        if request.account.role != "write":
            raise forbidden("you must use a write token to upload to a repository.")


def repository_name(request: Request) -> str:
    """The repository a request's path names."""
    return f"{request.params['namespace']}/{request.params['name'].removesuffix('.git')}"
