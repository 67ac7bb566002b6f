"""Requests and responses, as the handlers see them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from functools import cached_property
from pathlib import Path
from typing import BinaryIO
from urllib.parse import parse_qs, urlsplit

from .accounts import Account, authenticate
from .errors import HubError, bad_request

CHUNK = 1 << 16


class Disconnected(Exception):
    """The client went away in the middle of its request."""


class Body:
    """A request's body, read as it arrives, whether its length is announced or it is chunked."""

    def __init__(self, stream: BinaryIO, headers: Message):
        self._stream = stream
        self._chunked = "chunked" in headers.get("Transfer-Encoding", "").lower()
        self._left = 0 if self._chunked else int(headers.get("Content-Length", 0))
        self.consumed = not self._chunked and self._left == 0

    def _line(self) -> bytes:
        line = self._stream.readline(CHUNK)
        if not line.endswith(b"\n"):
            raise Disconnected
        return line.strip()

    def __iter__(self) -> Iterator[bytes]:
        while not self.consumed:
            if self._chunked and self._left == 0:
                self._left = int(self._line().partition(b";")[0], 16)
                if self._left == 0:
                    while self._line():
                        pass
                    self.consumed = True
                    return
            chunk = self._stream.read(min(CHUNK, self._left))
            if not chunk:
                raise Disconnected
            self._left -= len(chunk)
            if self._left == 0:
                if self._chunked:
                    self._line()
                else:
                    self.consumed = True
            yield chunk

    def read(self) -> bytes:
        """Return the whole body."""
        return b"".join(self)


@dataclass
class Request:
    """One request.

    Attributes:
        method: `GET`, `HEAD`, ...
        target: the path and query as sent.
        headers: its headers.
        body: its body, not read yet.
        params: what the route found in the path, unquoted.
    """

    method: str
    target: str
    headers: Message
    body: Body
    params: dict[str, str] = field(default_factory=dict)

    @cached_property
    def path(self) -> str:
        """The path as sent, still quoted: a quoted slash does not separate segments."""
        return urlsplit(self.target).path

    @cached_property
    def query(self) -> dict[str, list[str]]:
        """The query's values by name."""
        return parse_qs(urlsplit(self.target).query)

    @cached_property
    def account(self) -> Account | None:
        """Who sent it; None without a token.

        Raises:
            HubError: 401 when the token is unknown.
        """
        return authenticate(self.headers.get("Authorization"))

    def flag(self, name: str) -> bool:
        """Whether a query parameter is set to something true."""
        return self.query.get(name, [""])[0].lower() in ("1", "true")

    def json(self) -> dict:
        """Return the body as a JSON object.

        Raises:
            HubError: 400 when it is not an object.
        """
        try:
            value = json.loads(self.body.read() or b"{}")
        except json.JSONDecodeError as error:
            raise bad_request(f"the body is not JSON: {error}") from error
        if not isinstance(value, dict):
            raise bad_request("the body is not a JSON object")
        return value


@dataclass(frozen=True)
class FileSlice:
    """A stretch of a file to send as a body."""

    path: Path
    start: int
    length: int


@dataclass
class Response:
    """One response: its body is in memory or a stretch of a file."""

    status: int = 200
    body: bytes | FileSlice = b""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def length(self) -> int:
        """The body's length in bytes."""
        return self.body.length if isinstance(self.body, FileSlice) else len(self.body)


def json_response(
    value: object, status: int = 200, content_type: str = "application/json"
) -> Response:
    """Return a value as JSON."""
    return Response(status, json.dumps(value).encode(), {"Content-Type": content_type})


def error_response(error: HubError) -> Response:
    """Return an error as the Hub does: in headers and, again, in a JSON body."""
    response = json_response({"error": error.message, **error.details}, error.status)
    response.headers.update(error.headers)
    response.headers["X-Error-Message"] = error.message.encode("latin-1", "replace").decode(
        "latin-1"
    )
    if error.code:
        response.headers["X-Error-Code"] = error.code
    return response
