"""git's smart HTTP, for cloning and fetching only, handed to `git http-backend`."""

import subprocess
from email.parser import BytesParser

from .errors import HubError, forbidden
from .git import environment
from .hub import Hub
from .messages import Request, Response
from .routes import Routes

routes = Routes()
_REPOSITORY = "/datasets/{namespace}/{name}"


@routes.add("GET", f"{_REPOSITORY}/info/refs")
@routes.add("POST", f"{_REPOSITORY}/git-upload-pack")
def fetch(hub: Hub, request: Request) -> Response:
    """Run `git http-backend` for a clone or fetch."""
    repository = hub.readable(request)
    service = request.query.get("service", ["git-upload-pack"])[0]
    if service != "git-upload-pack":
        raise forbidden("This test Hub takes commits through its API, not through git push")
    body = request.body.read()
    suffix = "/info/refs" if request.method == "GET" else "/git-upload-pack"
    env = environment() | {
        "GIT_PROJECT_ROOT": str(repository.path),
        "GIT_HTTP_EXPORT_ALL": "1",
        "PATH_INFO": suffix,
        "QUERY_STRING": request.target.partition("?")[2],
        "REQUEST_METHOD": request.method,
        "CONTENT_TYPE": request.headers.get("Content-Type", ""),
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_CONTENT_ENCODING": request.headers.get("Content-Encoding", ""),
        "GIT_PROTOCOL": request.headers.get("Git-Protocol", ""),
    }
    done = subprocess.run(
        ["git", "http-backend"], env=env, input=body, capture_output=True, check=False
    )
    head, separator, content = done.stdout.partition(b"\r\n\r\n")
    if not separator:
        raise HubError(
            500, f"git http-backend failed: {done.stderr.decode(errors='replace').strip()}"
        )
    headers = dict(BytesParser().parsebytes(head).items())
    status = int(headers.pop("Status", "200").split()[0])
    headers.pop("Content-Length", None)
    return Response(status, content, headers)
