"""A page from the web, fetched with care: public addresses only, and within limits of size and time.

The name is resolved once, every address it gives is checked, and the connection is made to an
address that was checked, so that a name that resolves differently the next time gains nothing.
Proxies of the environment are not used.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

from .encoding import AS_TEXT
from .error import CaptureError

MOST_BYTES = 20_000_000  # of a page, unpacked
MOST_SECONDS = 60.0  # for all redirects together
MOST_REDIRECTS = 5
USER_AGENT = "readouts (capture of a single page for citation)"
PAGES = frozenset([
    "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/pdf", "message/rfc822",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/octet-stream",
])  # fmt: skip
_REDIRECTS = frozenset([301, 302, 303, 307, 308])
_SAVE = "open it in a browser, save it as HTML and add the file"
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True)
class Fetched:
    """The response of a server: the unpacked body, its final address, and the type that the server declares."""

    data: bytes
    url: str
    content_type: str | None
    charset: str | None


def page_from_url(
    url: str,
    *,
    allow_private: bool = False,
    most_bytes: int = MOST_BYTES,
    seconds: float = MOST_SECONDS,
) -> Fetched:
    """Fetch a page over http or https.

    ``allow_private`` permits local addresses (for tests with a local server). Raises
    ``CaptureError``.
    """
    deadline = time.monotonic() + seconds
    for _ in range(MOST_REDIRECTS + 1):
        parts = _checked(url)
        address = _checked_address(parts, allow_private)
        answer = _get(parts, address, deadline, most_bytes)
        if isinstance(answer, Fetched):
            return answer
        url = urljoin(url, answer)
    raise CaptureError(f"{url} redirects more than {MOST_REDIRECTS} times", _SAVE)


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError as error:
        raise CaptureError(
            f"{url} is not a web address: {error}", "write it as https://host/path"
        ) from error
    if parts.scheme not in ("http", "https"):
        raise CaptureError(
            f"{url} is not an http or https address", "save the page as a file and add that"
        )
    if parts.username is not None or parts.password is not None:
        raise CaptureError(
            "the address contains a user name or a password",
            "leave it out: addresses are published",
        )
    if not host or port == 0 or any(ord(c) <= 32 for c in url):
        raise CaptureError(f"{url} is not a web address", "write it as https://host/path")
    return parts


def _checked_address(parts: SplitResult, allow_private: bool) -> str:
    """Return an address of the host if all its addresses are public, otherwise raise ``CaptureError``."""
    host = parts.hostname or ""
    try:
        found = socket.getaddrinfo(_ascii(host), parts.port or 0, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise CaptureError(
            f"the host {host} was not found: {error}", "check the address, or add a saved file"
        ) from error
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not allow_private and not is_public(address):
            raise CaptureError(f"{host} is {address}, which is not a public address", _SAVE)
    return addresses[0]


def _ascii(host: str) -> str:
    return host if host.isascii() else host.encode("idna").decode("ascii")


def is_public(address: str) -> bool:
    """Return True if an IP address is public; for one that embeds an IPv4 address, that address is checked too."""
    ip = ipaddress.ip_address(address.split("%")[0])
    hidden: list[ipaddress.IPv4Address | None] = []
    if isinstance(ip, ipaddress.IPv6Address):
        hidden = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in _NAT64:
            hidden.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    inner = [v4 for v4 in hidden if v4 is not None]
    if any(not is_public(str(v4)) for v4 in inner):
        return False
    if isinstance(ip, ipaddress.IPv6Address) and (ip.ipv4_mapped is not None or ip in _NAT64):
        return True  # nothing but the IPv4 address checked above
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not ip.is_unspecified


def _get(parts: SplitResult, address: str, deadline: float, most_bytes: int) -> Fetched | str:
    """Send one request to one address; return the response, or the address of a redirect."""
    host = _ascii(parts.hostname or "")
    left = deadline - time.monotonic()
    if left <= 0:
        raise CaptureError(f"{parts.geturl()} takes too long", _SAVE)
    if parts.scheme == "https":
        connection: HTTPConnection = HTTPSConnection(
            address, parts.port or 443, timeout=left, server_hostname=host, assert_hostname=host,
            cert_reqs="CERT_REQUIRED", ca_certs=_certificates(),
        )  # fmt: skip
    else:
        connection = HTTPConnection(address, parts.port or 80, timeout=left)
    # a server that sends a byte now and then never reaches the socket's timeout
    opened: list[socket.socket] = []
    watchdog = threading.Timer(left, _cut, [opened])
    watchdog.daemon = True
    watchdog.start()
    try:
        connection.connect()
        opened.append(connection.sock)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        named = f"{host}:{parts.port}" if parts.port else host
        headers = {
            "Host": parts.netloc if parts.netloc.isascii() else named,
            "User-Agent": USER_AGENT,
            "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1",
            "Accept-Encoding": "gzip, deflate",
        }
        connection.request(
            "GET", _quoted(target), headers=headers, preload_content=False, decode_content=True
        )
        with closing(connection.getresponse()) as response:
            if response.status in _REDIRECTS and response.headers.get("Location"):
                return response.headers["Location"]
            return _read(response, parts.geturl(), deadline, most_bytes)
    except (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError, ValueError) as error:
        if time.monotonic() >= deadline - 0.05:
            raise CaptureError(f"{parts.geturl()} takes too long", _SAVE) from error
        raise CaptureError(
            f"{parts.geturl()} cannot be fetched: {error}", "check the address, or " + _SAVE
        ) from error
    finally:
        watchdog.cancel()
        connection.close()


def _certificates() -> str:
    import certifi  # here, so that a plain file is captured without reading the bundle

    return certifi.where()


def _quoted(target: str) -> str:
    return "".join(c if c.isascii() else "".join(f"%{b:02X}" for b in c.encode()) for c in target)


def _cut(opened: list[socket.socket]) -> None:
    for sock in opened:
        try:
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:  # it was closed in the meantime
            continue


def _read(
    response: urllib3.BaseHTTPResponse, url: str, deadline: float, most_bytes: int
) -> Fetched:
    if response.status != 200:
        raise CaptureError(
            f"{url} answers {response.status} {response.reason or ''}".rstrip(), _SAVE
        )
    kind, _, parameters = response.headers.get("Content-Type", "").partition(";")
    kind = kind.strip().lower() or None
    if kind is not None and kind not in PAGES:
        raise CaptureError(f"{url} is {kind}, not a web page or a text", AS_TEXT)
    packing = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise CaptureError(f"{url} is packed as {packing}, which was not asked for", _SAVE)
    data = bytearray()
    while chunk := response.read(65_536):  # urllib3 unpacks no more than requested
        data += chunk
        if len(data) > most_bytes:
            raise CaptureError(f"{url} is larger than {most_bytes / 1e6:g} MB", AS_TEXT)
        if time.monotonic() >= deadline:
            break
    if time.monotonic() >= deadline:  # a connection cut at the deadline looks like a finished one
        raise CaptureError(f"{url} takes too long", _SAVE)
    charset = next(
        (v.strip().strip("\"'") for k, _, v in (p.partition("=") for p in parameters.split(";"))
         if k.strip().lower() == "charset"), None,
    )  # fmt: skip
    return Fetched(bytes(data), url, kind, charset or None)
