"""Errors of the Hub: a status, a message, and the code that the client distinguishes them by."""


class HubError(Exception):
    """An answer other than success.

    Args:
        status: the HTTP status. message: goes into the `X-Error-Message` header and the body's
        `error` field. code: the `X-Error-Code` header (`RepoNotFound`, `RevisionNotFound`,
        `EntryNotFound`), if any. headers: additional headers of the answer. details: additional
        fields of the JSON body.
    """

    def __init__(
        self,
        status: int,
        message: str,
        *,
        code: str | None = None,
        headers: dict[str, str] | None = None,
        details: dict | None = None,
    ):
        super().__init__(message)
        self.status = status
        self.message = message
        self.code = code
        self.headers = headers or {}
        self.details = details or {}


def bad_request(message: str) -> HubError:
    """400: the request makes no sense."""
    return HubError(400, message)


def invalid_credentials() -> HubError:
    """401: a token was sent that no account has. The client looks for this very message."""
    return HubError(401, "Invalid credentials in Authorization header", headers=challenge())


def repository_not_found(signed_in: bool) -> HubError:
    """The repository is missing, or private and not for the caller to know of.

    The Hub answers 404 to a caller with a token and 401 to one without. The client reads that 401
    as RepositoryNotFoundError by its https address; ours is http, so the code is sent with both.
    """
    if signed_in:
        return HubError(404, "Repository not found", code="RepoNotFound")
    return HubError(401, "Invalid username or password.", code="RepoNotFound", headers=challenge())


def revision_not_found(revision: str) -> HubError:
    """404: the repository has no such branch, tag, ref or commit."""
    return HubError(404, f"Invalid rev id: {revision}", code="RevisionNotFound")


def entry_not_found(message: str = "Entry not found", *, commit: str | None = None) -> HubError:
    """404: the revision has no such file or folder; `commit` lets the client cache the absence."""
    return HubError(
        404, message, code="EntryNotFound", headers={"X-Repo-Commit": commit} if commit else None
    )


def forbidden(message: str) -> HubError:
    """403: the caller is known and may not do this."""
    return HubError(403, message)


def conflict(message: str, **details: str) -> HubError:
    """409: what was to be created exists; `details` go into the body."""
    return HubError(409, message, details=details)


def commit_happened_since() -> HubError:
    """412: the branch is no longer at the parent commit the caller named."""
    return HubError(412, "A commit has happened since. Please refresh and try again.")


def challenge() -> dict[str, str]:
    """The header that git needs on a 401 before it sends its credentials."""
    return {"WWW-Authenticate": 'Basic realm="Authentication required", charset="UTF-8"'}
