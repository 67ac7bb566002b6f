"""The API's pushes: preupload, the LFS batch and the commit."""

import base64
import re

from . import attributes, commits
from .commits import attributes_of
from .errors import bad_request, forbidden
from .hub import Hub
from .messages import Request, Response, json_response
from .repositories import Repository
from .repository_api import REPOSITORY
from .routes import Routes
from .trees import find

routes = Routes()
LFS = "/datasets/{namespace}/{name}/info/lfs/objects"
_LFS_TYPE = "application/vnd.git-lfs+json"
#: A file of more bytes than this goes to LFS whatever its name.
REGULAR_LIMIT = 10 * 1024 * 1024


def _target(hub: Hub, request: Request) -> tuple[Repository, bool]:
    """Return the repository to commit to, and whether a pull request is to be made.

    Any write token that may read a repository may propose a change to it.
    """
    if not request.flag("create_pr"):
        return hub.writable(request), False
    repository = hub.readable(request)
    hub.require_write(request)
    return repository, True


@routes.add("POST", f"{REPOSITORY}/preupload/{{revision}}", step="preupload")
def preupload(hub: Hub, request: Request) -> Response:
    """Say of each file whether it goes into git or LFS, and what is there under its name now."""
    repository, _ = _target(hub, request)
    commit = repository.resolve(request.params["revision"])
    body = request.json()
    text = attributes_of(repository, commit)
    files = body.get("files", [])
    present = {
        entry.path: entry for entry in find(repository, commit, [file["path"] for file in files])
    }
    answers = []
    for file in files:
        path, size, sample = file["path"], file["size"], base64.b64decode(file.get("sample", ""))
        lfs = attributes.is_lfs(path, text) or size > REGULAR_LIMIT or b"\0" in sample
        answer = {"path": path, "uploadMode": "lfs" if lfs else "regular", "shouldIgnore": False}
        if path in present and present[path].is_file:
            # The client leaves a file out of its commit when it has this name already.
            entry = present[path]
            answer["oid"] = entry.pointer.oid if entry.pointer else entry.oid
        answers.append(answer)
    return json_response({"files": answers, "commitOid": commit})


@routes.add("POST", f"{LFS}/batch", step="lfs-batch")
def lfs_batch(hub: Hub, request: Request) -> Response:
    """Say where to send or fetch LFS objects, after the LFS batch protocol's basic transfer."""
    repository, body = hub.readable(request), request.json()
    upload = body.get("operation") == "upload"
    if upload:
        # Not `writable`: a user who may propose a change may upload files for it.
        hub.require_write(request)
    if body.get("hash_algo", "sha256") != "sha256" or "basic" not in body.get(
        "transfers", ["basic"]
    ):
        raise bad_request("only SHA-256 and the basic transfer are supported")
    answers = []
    for wanted in body.get("objects", []):
        oid, size = str(wanted["oid"]), int(wanted["size"])
        if not re.fullmatch("[0-9a-f]{64}", oid):
            raise bad_request(f"{oid} is not a SHA-256")
        answer: dict = {"oid": oid, "size": size, "authenticated": True}
        stored, target = repository.objects.size(oid), f"/{repository.name}/{oid}"
        if not upload and stored is None:
            answer["error"] = {"code": 404, "message": "Object does not exist"}
        elif not upload:
            answer["actions"] = {
                "download": {"href": hub.signed_url("GET", f"{target}?download=1")}
            }
        elif stored is None:
            verify = f"{hub.endpoint}/datasets/{repository.name}.git/info/lfs/objects/verify"
            answer["actions"] = {
                "upload": {"href": hub.signed_url("PUT", f"{target}?size={size}")},
                "verify": {"href": verify},
            }
        answers.append(answer)
    return json_response(
        {"transfer": "basic", "objects": answers, "hash_algo": "sha256"}, 200, _LFS_TYPE
    )


@routes.add("POST", f"{LFS}/verify")
def lfs_verify(hub: Hub, request: Request) -> Response:
    """Answer 200 if an object is stored with the size the client says."""
    repository, body = hub.readable(request), request.json()
    hub.require_write(request)
    if repository.objects.size(str(body.get("oid"))) != body.get("size"):
        raise bad_request("the object is not stored with that size")
    return json_response({}, 200, _LFS_TYPE)


@routes.add("POST", f"{REPOSITORY}/commit/{{revision}}", step="commit")
def commit(hub: Hub, request: Request) -> Response:
    """Commit to a branch or an open pull request, or make a new pull request of the commit."""
    repository, create_pr = _target(hub, request)
    wanted = commits.parse(request.body.read())
    revision = request.params["revision"]
    options = {"author": request.account.name, "written": lambda: hub.faults.reach("during-commit")}
    body = {"success": True, "hookOutput": ""}
    if create_pr:
        base = repository.resolve(wanted.parent or revision)
        number = 1 + max((int(ref.ref[8:]) for ref in _pull_requests(repository)), default=0)
        ref = f"refs/pr/{number}"
        oid = commits.apply(repository, ref, wanted, base=base, **options)
        body["pullRequestUrl"] = f"{hub.endpoint}/datasets/{repository.name}/discussions/{number}"
    else:
        ref = revision if revision.startswith("refs/pr/") else f"refs/heads/{revision}"
        if repository.ref(ref) is None:
            repository.resolve(revision)
            raise forbidden(f"{revision} is not a branch: only branches can be committed to")
        oid = commits.apply(repository, ref, wanted, **options)
    body.update(commitOid=oid, commitUrl=f"{hub.endpoint}/datasets/{repository.name}/commit/{oid}")
    return json_response(body)


def _pull_requests(repository: Repository) -> list:
    return [ref for ref in repository.refs() if re.fullmatch(r"refs/pr/\d+", ref.ref)]
