"""`readouts preview`: the workbench's pages at an address that only this computer can reach, and a watcher on its files."""

from __future__ import annotations

import json
import threading
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ..core.findings import PackageError
from ..core.layout import Layout
from .addresses import HOME
from .workbench import Workbench

HOST = "127.0.0.1"
EVENTS = "_events"
"""Path at which a page learns that something changed."""
TYPES = {
    "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
    "json": "application/json", "csv": "text/csv; charset=utf-8", "jsonl": "application/jsonlines; charset=utf-8",
}  # fmt: skip
PATIENCE = 15.0
"""Seconds after which a waiting page gets a line, so that closed pages are noticed."""
DEBOUNCE_MS, STEP_MS = 60, 20
"""Seconds for which changes are gathered, and between checks for them."""


class Handler(BaseHTTPRequestHandler):
    """Answers with pages of the workbench; no name sent by a browser is used to read from disk."""

    server_version, sys_version = "readouts", ""

    def __init__(self, workbench: Workbench, *arguments: object) -> None:
        self.workbench = workbench
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        port = self.server.server_address[1]
        if self.headers.get("Host") not in (f"{HOST}:{port}", f"localhost:{port}"):
            return self._answer(
                HTTPStatus.FORBIDDEN, b"this address serves its own computer only\n", "text/plain"
            )
        path = unquote(urlsplit(self.path).path).removeprefix("/") or HOME
        if path == EVENTS:
            return self._send_changes()
        data = self.workbench.page(path)
        if data is None:
            return self._answer(HTTPStatus.NOT_FOUND, b"there is no such page\n", "text/plain")
        return self._answer(
            HTTPStatus.OK, data, TYPES.get(path.rpartition(".")[2], "application/octet-stream")
        )

    def _answer(self, status: HTTPStatus, data: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(data)

    def _send_changes(self) -> None:
        """Send one event for each new state, as long as the page is open."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        sent = -1
        while True:
            with self.workbench.changed:
                if self.workbench.state.number == sent:
                    self.workbench.changed.wait(PATIENCE)
                state = self.workbench.state
            sent = state.number
            notes = state.records.notes if state.records else None
            found = {
                "number": sent,
                "checked": state.checked,
                "findings": len(notes.findings) if notes else 1,
            }
            self.wfile.write(f"data: {json.dumps(found)}\n\n".encode())
            self.wfile.flush()

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:
            self.close_connection = True  # the page was left

    def log_message(self, *_: object) -> None:
        """Log nothing."""


class Preview:
    """The server with its watcher. `address` is where it listens; `run` serves until `stop`."""

    def __init__(self, layout: Layout, port: int) -> None:
        self.workbench = Workbench(layout)
        try:
            self._server = ThreadingHTTPServer((HOST, port), partial(Handler, self.workbench))
        except (OSError, OverflowError) as error:
            raise PackageError(
                f"port {port} cannot be used ({error}): pass another with --port"
            ) from error
        self._server.daemon_threads = True
        self._stopped = threading.Event()
        self.address = f"http://{HOST}:{self._server.server_address[1]}/"

    def run(self) -> None:
        self.workbench.refresh()
        watching = threading.Thread(target=self._watch, daemon=True)
        watching.start()
        try:
            self._server.serve_forever(poll_interval=0.1)
        finally:
            self._stopped.set()
            self._server.server_close()
            watching.join()

    def stop(self) -> None:
        self._server.shutdown()

    def _watch(self) -> None:
        from watchfiles import watch

        layout = self.workbench.layout
        for _ in watch(
            layout.root / "data",
            watch_filter=lambda _, path: is_curated(layout, Path(path)),
            debounce=DEBOUNCE_MS,
            step=STEP_MS,
            stop_event=self._stopped,
            rust_timeout=200,
            yield_on_timeout=False,
        ):
            self.workbench.refresh()


def is_curated(layout: Layout, path: Path) -> bool:
    """Return True if the pages are made from this file: not for derived files and temporary files of editors."""
    folders = (layout.sources, layout.events, layout.agents)
    inside = path == layout.corpus or any(path.is_relative_to(folder) for folder in folders)
    return inside and path.suffix in (".yaml", ".txt", ".json", "")
