"""Byte ranges: one `Range` header answered with 206, as the streaming clients ask for parquet."""

import re

from .errors import HubError
from .messages import FileSlice, Request, Response

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def ranged(request: Request, body: bytes | FileSlice, headers: dict[str, str]) -> Response:
    """Return the part of the body the request asks for: all of it without a `Range` header.

    Raises:
        HubError: 416 when the range starts past the end.
    """
    whole = Response(200, body, {**headers, "Accept-Ranges": "bytes"})
    match = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if not match or not any(match.groups()):
        return whole
    size = whole.length
    first, last = match.groups()
    if first:
        start, end = int(first), min(int(last) if last else size - 1, size - 1)
    else:
        start, end = max(size - int(last), 0), size - 1
    if start > end or start >= size:
        raise HubError(
            416, "Requested range not satisfiable", headers={"Content-Range": f"bytes */{size}"}
        )
    if isinstance(body, FileSlice):
        part: bytes | FileSlice = FileSlice(body.path, body.start + start, end - start + 1)
    else:
        part = body[start : end + 1]
    whole.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    return Response(206, part, whole.headers)
