"""Capture of addresses, tested against a local server."""

from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
import zlib
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from readouts.capture import CaptureError, capture_from_url
from readouts.capture.fetch import MOST_BYTES, is_public, page_from_url

TODAY = date(2026, 11, 22)
TEXT = "The minister said that the talks would go on until the end of the week, and that nobody should hurry."
PAGE = (
    f"<!doctype html><title>Talks go on</title><main><h1>Talks go on</h1><p>{TEXT} Café.</p></main>"
)
HTML = {"Content-Type": "text/html; charset=utf-8"}
BOMB = MOST_BYTES * 3


def routes(port: int) -> dict[str, tuple[int, dict[str, str], bytes]]:
    """Return the server's answers: status, headers and body for each path."""
    page = PAGE.encode()
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return {
        "/page": (200, HTML, page),
        "/latin": (200, {"Content-Type": "text/html; charset=iso-8859-1"}, PAGE.encode("latin-1")),
        "/text": (200, {"Content-Type": "text/plain"}, b"He said so.\r\n"),
        "/gzip": (200, HTML | {"Content-Encoding": "gzip"}, gzip.compress(page)),
        "/deflate": (
            200,
            HTML | {"Content-Encoding": "deflate"},
            packer.compress(page) + packer.flush(),
        ),
        "/moved": (302, {"Location": "/page"}, b""),
        "/loop": (302, {"Location": "/loop"}, b""),
        "/to-file": (302, {"Location": "file:///etc/hostname"}, b""),
        "/to-password": (302, {"Location": f"http://me:secret@127.0.0.1:{port}/page"}, b""),
        "/gone": (404, HTML, b"no"),
        "/pdf": (200, {"Content-Type": "application/pdf"}, b"%PDF-1.7"),
        "/false-pdf": (200, HTML, b"%PDF-1.7"),
        "/picture": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
        "/brotli": (200, HTML | {"Content-Encoding": "br"}, b"\x1b\x03"),
        "/bad-gzip": (200, HTML | {"Content-Encoding": "gzip"}, b"no gzip"),
        "/bomb": (200, HTML | {"Content-Encoding": "gzip"}, gzip.compress(b" " * BOMB)),
        "/nested": (
            200,
            HTML | {"Content-Encoding": "gzip, gzip"},
            gzip.compress(gzip.compress(page)),
        ),
        "/large": (200, HTML, b" " * (MOST_BYTES + 1)),
        "/empty": (200, HTML, b""),
    }


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.hosts.append(self.headers["Host"])
        if self.path == "/garbage":
            return self.wfile.write(b"220 mail.example ready\r\n" * 3)
        if self.path in ("/drip-body", "/drip-headers"):
            return self.drip()
        status, headers, body = self.server.routes[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:  # the client closed the connection
            self.close_connection = True

    def drip(self) -> None:
        start = b"HTTP/1.1 200 OK\r\n" + (b"\r\n" if self.path == "/drip-body" else b"X-Slow: ")
        try:
            self.wfile.write(start)
            for _ in range(200):
                self.wfile.write(b"a")
                time.sleep(0.05)
        except OSError:
            self.close_connection = True

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.routes = routes(running.server_port)
        running.hosts = []
        threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        yield running
        running.shutdown()


def get(server, path: str, **options):
    return capture_from_url(
        f"http://127.0.0.1:{server.server_port}{path}", TODAY, allow_private=True, **options
    )


@pytest.mark.parametrize("path", ["/page", "/latin", "/gzip", "/deflate", "/moved"])
def test_page_is_fetched_decompressed_and_decoded(server, path):
    """The captured text is the same however it is sent; `url` is the final address."""
    found = get(server, path)
    assert found.text == f"Talks go on\n\n{TEXT} Café."
    assert found.url.endswith("/page" if path == "/moved" else path)
    assert found.obtained_from.endswith(path)
    assert found.url_evidence == "the address it was fetched from"


def test_plain_text_is_fetched_unchanged(server):
    assert get(server, "/text").text == "He said so.\r\n"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/loop", "redirects more than 5 times"),
        ("/to-file", "not an http or https address"),
        ("/to-password", "user name or a password"),
        ("/gone", "answers 404"),
        ("/pdf", "cannot be read as PDF"),
        ("/false-pdf", "cannot be read as PDF"),
        ("/picture", "is image/png"),
        ("/brotli", "packed as br"),
        ("/nested", "packed as gzip, gzip"),
        ("/bad-gzip", "cannot be fetched"),
        ("/large", "larger than 20 MB"),
        ("/bomb", "larger than 20 MB"),
        ("/empty", "is empty"),
        ("/garbage", "cannot be fetched"),
    ],
)
def test_unfetchable_addresses_are_reported(server, path, message):
    """Each bad answer gives a CaptureError with a hint."""
    with pytest.raises(CaptureError) as caught:
        get(server, path)
    assert message in caught.value.message
    assert caught.value.hint


def test_reading_stops_at_the_size_limit(server):
    url = f"http://127.0.0.1:{server.server_port}/bomb"
    with pytest.raises(CaptureError, match=r"larger than 0.1 MB"):
        page_from_url(url, allow_private=True, most_bytes=100_000)


@pytest.mark.parametrize("path", ["/drip-body", "/drip-headers"])
def test_slow_server_times_out(server, path):
    """A server that sends one byte now and then does not extend the timeout."""
    start = time.monotonic()
    with pytest.raises(CaptureError, match="takes too long"):
        get(server, path, seconds=0.5)
    assert time.monotonic() - start < 3


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("ftp://x.example/a", "not an http or https address"),
        ("file:///etc/hostname", "not an http or https address"),
        ("https://me:secret@x.example/", "user name or a password"),
        ("https:///path", "not a web address"),
        ("https://[::1", "not a web address"),
        ("https://x.example:99999/", "not a web address"),
        ("http://x.example/a b", "not a web address"),
        ("http://127.0.0.1/", "not a public address"),
        ("http://2130706433/", "not a public address"),
        ("http://[::ffff:10.0.0.1]/", "not a public address"),
    ],
)
def test_invalid_address_is_refused_before_any_request(url, message):
    """Other schemes, passwords, malformed addresses and local hosts are refused."""
    with pytest.raises(CaptureError, match=message):
        capture_from_url(url, TODAY)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True), ("2606:2800:21f:cb07::1", True), ("::ffff:8.8.8.8", True),
        ("64:ff9b::808:808", True),
        ("127.0.0.1", False), ("10.1.2.3", False), ("172.16.0.1", False), ("192.168.1.1", False),
        ("0.0.0.0", False),
        ("169.254.169.254", False), ("100.64.0.1", False), ("224.0.0.1", False), ("255.255.255.255", False),
        ("::1", False), ("::", False), ("fe80::1%eth0", False), ("fd00::1", False), ("ff02::1", False),
        ("::ffff:127.0.0.1", False), ("64:ff9b::a00:1", False), ("2002:7f00:1::", False),
    ],
)  # fmt: skip
def test_private_addresses_are_detected(address, public):
    """Private, loopback, link-local and multicast addresses, also embedded in IPv6, are not public."""
    assert is_public(address) is public


def test_connection_uses_the_address_that_was_checked(server, monkeypatch):
    """A name is resolved once: a different answer the next time changes nothing."""
    asked = []
    resolve = socket.getaddrinfo

    def fickle(host, *args, **kwargs):
        if host != "talks.example":
            return resolve(host, *args, **kwargs)
        asked.append(host)
        return resolve("127.0.0.1" if len(asked) == 1 else "127.0.0.99", *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", fickle)
    url = f"http://talks.example:{server.server_port}/page"
    assert TEXT in capture_from_url(url, TODAY, allow_private=True).text
    assert asked == ["talks.example"]
    assert server.hosts[-1] == f"talks.example:{server.server_port}"


def test_name_with_one_private_address_is_refused(monkeypatch):
    """All addresses of a name must be public, not only the first."""
    answer = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80))
        for ip in ("93.184.215.14", "10.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: answer)
    with pytest.raises(CaptureError, match=r"talks.example is 10.0.0.1"):
        capture_from_url("http://talks.example/", TODAY)


def test_redirect_to_a_private_address_is_refused(server, monkeypatch):
    """Each step of a redirect is checked."""
    checked = []

    def first_only(address):
        checked.append(address)
        return len(checked) == 1

    monkeypatch.setattr("readouts.capture.fetch.is_public", first_only)
    with pytest.raises(CaptureError, match="not a public address"):
        capture_from_url(f"http://127.0.0.1:{server.server_port}/moved", TODAY)
    assert len(checked) == 2


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes its certificate with openssl")
def test_certificate_must_match_the_host_name(tmp_path, monkeypatch):
    """The certificate must be trusted and match the host name, even though the connection goes to an address."""
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.routes, running.hosts = routes(0), []
        running.socket = context.wrap_socket(running.socket, server_side=True)
        running.handle_error = lambda *args: None  # the refused handshake is expected
        threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        port = running.server_port
        with pytest.raises(CaptureError, match="CERTIFICATE_VERIFY_FAILED"):
            capture_from_url(f"https://localhost:{port}/page", TODAY, allow_private=True)
        monkeypatch.setattr("readouts.capture.fetch._certificates", lambda: str(certificate))
        assert (
            TEXT
            in capture_from_url(f"https://localhost:{port}/page", TODAY, allow_private=True).text
        )
        with pytest.raises(
            CaptureError, match=r"doesn't match|IP address mismatch|Hostname mismatch"
        ):
            capture_from_url(f"https://127.0.0.1:{port}/page", TODAY, allow_private=True)
        running.shutdown()
