"""The storage port: LFS objects sent and fetched at signed addresses, as from another company's store."""

import hmac
from collections.abc import Iterator

from . import ranges
from .errors import HubError, bad_request, entry_not_found
from .faults import FaultReached
from .hub import Hub, repository_name
from .messages import FileSlice, Request, Response
from .repositories import Repository
from .routes import Routes

routes = Routes()


def _repository(hub: Hub, request: Request) -> Repository:
    """Return the repository of a signed address.

    Raises:
        HubError: 400 when a token came along, as such stores answer it: a client must not send its
            token to a host that is not the Hub; 403 when the signature is not of this address.
    """
    if "Authorization" in request.headers:
        raise bad_request("Only one auth mechanism allowed: a token was sent with a signed address")
    target, _, signature = request.target.partition("&signature=")
    method = "GET" if request.method == "HEAD" else request.method
    if not hmac.compare_digest(signature, hub.sign(method, target)):
        raise HubError(403, "SignatureDoesNotMatch")
    repository = hub.repositories.find(repository_name(request))
    if repository is None:
        raise entry_not_found("NoSuchBucket")
    return repository


@routes.add("PUT", "/{namespace}/{name}/{oid}", step="lfs-upload")
def upload(hub: Hub, request: Request) -> Response:
    """Store an object if its bytes are what its name says."""
    repository, oid = _repository(hub, request), request.params["oid"]
    size = int(request.query["size"][0])
    fault = hub.faults.take("during-lfs-upload")

    def seen(arrived: int) -> None:
        if fault is not None and arrived >= min(fault.after_bytes, size):
            raise FaultReached(fault)

    chunks: Iterator[bytes] = iter(request.body)
    repository.objects.receive(oid, size, chunks, seen)
    return Response(200, b"", {"ETag": f'"{oid}"'})


@routes.add("GET", "/{namespace}/{name}/{oid}")
def download(hub: Hub, request: Request) -> Response:
    """Send an object, or a part of it."""
    repository, oid = _repository(hub, request), request.params["oid"]
    size = repository.objects.size(oid)
    if size is None:
        raise entry_not_found("NoSuchKey")
    body = FileSlice(repository.objects.path(oid), 0, size)
    return ranges.ranged(
        request, body, {"ETag": f'"{oid}"', "Content-Type": "application/octet-stream"}
    )
