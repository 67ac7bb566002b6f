"""The API's content: the trees, files and history of a revision."""

from urllib.parse import parse_qs, quote

from . import ranges
from .errors import bad_request, entry_not_found
from .hub import Hub
from .messages import Request, Response, json_response
from .repository_api import REPOSITORY
from .routes import Routes
from .trees import Entry, find, list_tree, read_blob
from .trees import describe as describe_entry

routes = Routes()


@routes.add("GET", f"{REPOSITORY}/tree/{{revision}}")
@routes.add("GET", f"{REPOSITORY}/tree/{{revision}}/{{path*}}")
def tree(hub: Hub, request: Request) -> Response:
    """List a folder of a revision, all in one page."""
    repository = hub.readable(request)
    commit = repository.resolve(request.params["revision"])
    path = request.params.get("path", "")
    entries = list_tree(repository, commit, path, recursive=request.flag("recursive"))
    expand = request.flag("expand")
    return json_response(
        [describe_entry(repository, commit, entry, expand=expand) for entry in entries]
    )


@routes.add("POST", f"{REPOSITORY}/paths-info/{{revision}}")
def paths_info(hub: Hub, request: Request) -> Response:
    """Describe those of the given paths that exist."""
    repository = hub.readable(request)
    commit = repository.resolve(request.params["revision"])
    if request.headers.get_content_type() == "application/json":
        body = request.json()
        paths, expand = body.get("paths", []), bool(body.get("expand"))
    else:
        form = parse_qs(request.body.read().decode())
        paths, expand = form.get("paths", []), form.get("expand", [""])[0].lower() in ("1", "true")
    if len(paths) > 1000:
        raise bad_request("too many parameters")
    entries = find(repository, commit, paths)
    return json_response(
        [describe_entry(repository, commit, entry, expand=expand) for entry in entries]
    )


@routes.add("GET", "/datasets/{namespace}/{name}/resolve/{revision}/{path*}")
def resolve(hub: Hub, request: Request) -> Response:
    """Send a file, or a part of it; a file in LFS by a redirect to the storage port."""
    commit, entry, blob = _file(hub, request)
    headers = {
        "X-Repo-Commit": commit,
        "ETag": f'"{entry.oid}"',
        "Content-Disposition": f"inline; filename*=UTF-8''{quote(entry.path.rpartition('/')[2])}",
    }
    if entry.pointer is None:
        return ranges.ranged(
            request, blob, {**headers, "Content-Type": "text/plain; charset=utf-8"}
        )
    target = (
        f"/{request.params['namespace']}/{request.params['name']}/{entry.pointer.oid}?download=1"
    )
    headers["Location"] = hub.signed_url("GET", target)
    headers["ETag"] = headers["X-Linked-ETag"] = f'"{entry.pointer.oid}"'
    headers["X-Linked-Size"] = str(entry.pointer.size)
    return Response(302, b"", headers)


@routes.add("GET", "/datasets/{namespace}/{name}/raw/{revision}/{path*}")
def raw(hub: Hub, request: Request) -> Response:
    """Send a file as git has it: the pointer of a file in LFS."""
    commit, entry, blob = _file(hub, request)
    headers = {
        "X-Repo-Commit": commit,
        "ETag": f'"{entry.oid}"',
        "Content-Type": "text/plain; charset=utf-8",
    }
    return Response(200, blob, headers)


def _file(hub: Hub, request: Request) -> tuple[str, Entry, bytes]:
    """Return the commit, entry and blob a request's path names."""
    repository = hub.readable(request)
    commit = repository.resolve(request.params["revision"])
    entries = find(repository, commit, [request.params["path"]])
    if not entries or not entries[0].is_file:
        raise entry_not_found(commit=commit)
    return commit, entries[0], read_blob(repository, entries[0].oid)
