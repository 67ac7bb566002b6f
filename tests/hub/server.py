"""The HTTP wiring: two listening ports, the API's and the storage's, around one Hub."""

import errno
import os
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from . import content_api, control_api, git_api, push_api, repository_api, storage_api
from .errors import HubError
from .faults import FaultReached
from .hub import Hub
from .messages import CHUNK, Body, Disconnected, FileSlice, Request, Response, error_response
from .routes import Routes

HOST = "127.0.0.1"
API = [repository_api.routes, content_api.routes, push_api.routes, git_api.routes]


class _Handler(BaseHTTPRequestHandler):
    """One connection: reads requests and writes the answers of the handlers."""

    protocol_version = "HTTP/1.1"
    server_version = "ReadoutsTestHub/1.0"
    disable_nagle_algorithm = True
    server: "_Listener"

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except (ConnectionError, Disconnected):
            self.close_connection = True

    def _answer(self) -> None:
        body = Body(self.rfile, self.headers)
        request = Request(self.command, self.path, self.headers, body)
        entry = {
            "method": request.method,
            "target": request.target,
            "port": self.server.kind,
            "range": request.headers.get("Range"),
            "token": "Authorization" in request.headers,
            "status": None,
        }
        if self.server.control.match(request) is None:
            self.server.hub.log.append(entry)
        try:
            response = self._respond(request)
        except FaultReached as reached:
            if reached.fault.step.startswith("before-"):
                # Bytes left unread would turn the closing into a reset, or not, as chance has it.
                body.read()
            if not isinstance(reached.fault.action, int):
                self._cut()
                if reached.fault.action == "die":
                    os._exit(70)
                return
            response = error_response(
                HubError(reached.fault.action, f"fault at {reached.fault.step}")
            )
        entry["status"] = response.status
        self._send(response, unread=not body.consumed)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = _answer

    def _respond(self, request: Request) -> Response:
        hub, tables = self.server.hub, [self.server.control, *self.server.routes]
        route = next((route for table in tables if (route := table.match(request))), None)
        try:
            if route is None:
                raise HubError(404, "Sorry, we can't find the page you are looking for.")
            if route.step:
                hub.faults.reach(f"before-{route.step}")
            response = route.handler(hub, request)
            if route.step:
                hub.faults.reach(f"after-{route.step}")
        except HubError as error:
            response = error_response(error)
        return response

    def _send(self, response: Response, *, unread: bool) -> None:
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(response.length))
        if unread:
            # What is left of the request would be taken for the next one.
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD":
            return
        if isinstance(response.body, FileSlice):
            self._send_slice(response.body)
        else:
            self.wfile.write(response.body)

    def _send_slice(self, part: FileSlice) -> None:
        with open(part.path, "rb") as file:
            file.seek(part.start)
            left = part.length
            while left > 0 and (chunk := file.read(min(CHUNK, left))):
                self.wfile.write(chunk)
                left -= len(chunk)

    def _cut(self) -> None:
        """Close the connection without an answer."""
        self.close_connection = True
        try:
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError as error:
            if error.errno != errno.ENOTCONN:
                raise

    def log_message(self, format: str, *args: object) -> None:
        """Write nothing: the Hub keeps its own log."""


class _Listener(ThreadingHTTPServer):
    """One listening port; closing it closes its connections and waits for their threads."""

    request_queue_size = 64

    def __init__(self, kind: str, port: int, hub: Hub, routes: list[Routes]):
        super().__init__((HOST, port), _Handler)
        self.kind = kind
        self.hub = hub
        self.routes = routes
        self.control = control_api.routes if kind == "api" else Routes()
        self._connections: dict[socket.socket, threading.Thread] = {}
        self._guard = threading.Lock()

    def process_request(self, request: socket.socket, client_address: object) -> None:
        # Daemons, so that a Hub nobody stopped does not keep a failed test run from ending.
        work = (request, client_address)
        thread = threading.Thread(target=self.process_request_thread, args=work, daemon=True)
        with self._guard:
            self._connections[request] = thread
        thread.start()

    def shutdown_request(self, request: socket.socket) -> None:
        with self._guard:
            self._connections.pop(request, None)
        super().shutdown_request(request)

    def server_close(self) -> None:
        super().server_close()
        with self._guard:
            open_connections = dict(self._connections)
        for connection, thread in open_connections.items():
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError as error:
                if error.errno not in (errno.ENOTCONN, errno.EBADF):
                    raise
            thread.join()


class Server:
    """A running test Hub.

    Args:
        storage: the folder that holds everything.
        port, storage_port: where to listen; 0 for any free port.
    """

    def __init__(self, storage: Path, port: int = 0, storage_port: int = 0):
        self.hub = Hub(storage)
        self._api = _Listener("api", port, self.hub, API)
        self._storage = _Listener("storage", storage_port, self.hub, [storage_api.routes])
        self.port, self.storage_port = self._api.server_port, self._storage.server_port
        self.hub.endpoint = f"http://{HOST}:{self.port}"
        self.hub.storage_endpoint = f"http://{HOST}:{self.storage_port}"
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Answer requests, in threads of this process."""
        for listener in (self._api, self._storage):
            options = {"poll_interval": 0.02}
            thread = threading.Thread(target=listener.serve_forever, kwargs=options, daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """Close the ports and connections and wait for all threads to end."""
        threads, self._threads = self._threads, []
        if threads:
            for listener in (self._api, self._storage):
                listener.shutdown()
                listener.server_close()
        for thread in threads:
            thread.join()
