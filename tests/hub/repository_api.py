"""The API's repositories: creating, describing and deleting them, their tags and branches."""

from urllib.parse import quote

from . import front_matter
from .accounts import whoami
from .errors import HubError, bad_request, challenge, conflict, forbidden
from .hub import Hub
from .messages import Request, Response, json_response
from .repositories import Repository, timestamp
from .routes import Routes
from .trees import find, list_tree, read_blob

routes = Routes()
REPOSITORY = "/api/datasets/{namespace}/{name}"


@routes.add("GET", "/api/whoami-v2")
def who_am_i(hub: Hub, request: Request) -> Response:
    """Return a token's user and role."""
    if request.account is None:
        raise HubError(401, "Invalid username or password.", headers=challenge())
    return json_response(whoami(request.account))


@routes.add("POST", "/api/validate-yaml")
def validate_yaml(hub: Hub, request: Request) -> Response:
    """Check a README's front matter."""
    status, body = front_matter.validation(str(request.json().get("content", "")))
    return json_response(body, status)


def _named_in_body(hub: Hub, request: Request) -> tuple[str, dict]:
    """Return the repository a request's body names, if the sender may write there, and the body."""
    hub.require_write(request)
    body = request.json()
    if body.get("type") != "dataset":
        raise bad_request("This test Hub holds datasets only")
    namespace = body.get("organization") or request.account.name
    if not request.account.may_write(namespace):
        raise forbidden(
            f"You don't have the rights to create a dataset under the namespace {namespace!r}"
        )
    return f"{namespace}/{body.get('name')}", body


@routes.add("POST", "/api/repos/create", step="create")
def create(hub: Hub, request: Request) -> Response:
    """Create a repository; 409 when it exists, with its address as the client's `exist_ok` needs."""
    name, body = _named_in_body(hub, request)
    private = body.get("visibility") == "private" or bool(body.get("private"))
    url = f"{hub.endpoint}/datasets/{name}"
    try:
        repository = hub.repositories.create(name, private=private, author=request.account.name)
    except HubError as error:
        if error.status == 409:
            raise conflict(error.message, url=url) from error
        raise
    return json_response({"url": url, "name": repository.name, "id": repository.name})


@routes.add("GET", f"{REPOSITORY}/refs")
def refs(hub: Hub, request: Request) -> Response:
    """List branches, tags and, when asked for, pull requests."""
    kinds = {"branches": "refs/heads/", "converts": "refs/convert/", "tags": "refs/tags/"}
    if request.flag("include_prs"):
        kinds["pullRequests"] = "refs/pr/"
    found = hub.readable(request).refs()
    return json_response(
        {
            kind: [
                {"name": ref.ref.removeprefix(prefix), "ref": ref.ref, "targetCommit": ref.commit}
                for ref in found
                if ref.ref.startswith(prefix)
            ]
            for kind, prefix in kinds.items()
        }
    )


@routes.add("POST", f"{REPOSITORY}/tag/{{revision}}", step="tag")
def create_tag(hub: Hub, request: Request) -> Response:
    """Tag a revision; 409 when the tag exists."""
    repository, body = hub.writable(request), request.json()
    commit = repository.resolve(request.params["revision"])
    ref = f"refs/tags/{body.get('tag', '')}"
    repository.create_ref(ref, commit, message=body.get("message"), author=request.account.name)
    return json_response({"ref": ref, "commit": commit})


@routes.add("DELETE", f"{REPOSITORY}/tag/{{tag}}")
def delete_tag(hub: Hub, request: Request) -> Response:
    """Delete a tag; 404 when it does not exist."""
    hub.writable(request).delete_ref(f"refs/tags/{request.params['tag']}")
    return Response()


@routes.add("POST", f"{REPOSITORY}/branch/{{branch}}")
def create_branch(hub: Hub, request: Request) -> Response:
    """Create a branch at a starting point, by default the head of main; 409 when it exists."""
    repository, body = hub.writable(request), request.json()
    commit = repository.resolve(body.get("startingPoint", "main"))
    repository.create_ref(f"refs/heads/{request.params['branch']}", commit)
    return Response()


@routes.add("GET", REPOSITORY)
@routes.add("GET", f"{REPOSITORY}/revision/{{revision}}")
def describe(hub: Hub, request: Request) -> Response:
    """Describe a repository at a revision: `blobs` adds sizes, `expand` picks the fields."""
    repository = hub.readable(request)
    commit = repository.resolve(request.params.get("revision", "main"))
    described = _description(repository, commit, blobs=request.flag("blobs"))
    wanted = request.query.get("expand", []) + request.query.get("expand[]", [])
    if wanted:
        described = {key: described[key] for key in ("_id", "id", *wanted) if key in described}
    response = json_response(described)
    response.headers["Link"] = (
        f'<{hub.endpoint}/datasets/{quote(repository.name)}>; rel="canonical"'
    )
    return response


def _description(repository: Repository, commit: str, *, blobs: bool) -> dict:
    (head,) = repository.commits(commit, limit=1)
    files = [entry for entry in list_tree(repository, commit, recursive=True) if entry.is_file]
    readme = find(repository, commit, ["README.md"])
    card = front_matter.read(read_blob(repository, readme[0].oid).decode())[0] if readme else None
    siblings = []
    for entry in files:
        sibling: dict = {"rfilename": entry.path}
        if blobs:
            sibling.update(size=entry.size, blobId=entry.oid)
            if entry.pointer:
                lfs = {
                    "sha256": entry.pointer.oid,
                    "size": entry.size,
                    "pointerSize": entry.blob_size,
                }
                sibling["lfs"] = lfs
        siblings.append(sibling)
    return {
        "_id": repository.name,
        "id": repository.name,
        "author": repository.namespace,
        "sha": commit,
        "lastModified": timestamp(head.date),
        "createdAt": repository.created_at,
        "private": repository.private,
        "gated": False,
        "disabled": False,
        "downloads": 0,
        "likes": 0,
        "tags": list((card or {}).get("tags") or []),
        "cardData": card or {},
        "siblings": siblings,
        "usedStorage": sum(entry.size for entry in files),
    }
