"""A local server that answers as a language model does, or fails."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest


def reply(statements) -> bytes:
    """Return an answer of the model with these statements, or with this text."""
    content = (
        statements
        if isinstance(statements, str)
        else json.dumps({"statements": statements}, ensure_ascii=False)
    )
    body = {
        "id": "x", "object": "chat.completion", "created": 1, "model": "m", "usage": {"prompt_tokens": 5, "completion_tokens": 2, "total_tokens": 7},
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}],
    }  # fmt: skip
    return json.dumps(body).encode()


class Server(ThreadingHTTPServer):
    """Answers each request with the next of `answers`, and repeats the last one."""

    answers: list
    asked: list


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_POST(self):
        self.server.asked.append(self.rfile.read(int(self.headers["Content-Length"])))
        answer = (
            self.server.answers.pop(0) if len(self.server.answers) > 1 else self.server.answers[0]
        )
        if answer == "hang":
            time.sleep(3)
            self.close_connection = True
            return
        if answer == "cut":
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        status, body = answer if isinstance(answer, tuple) else (200, answer)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Retry-After", "0")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def model_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Server]:
    """A running server that the settings of the environment refer to."""
    with Server(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads = True
        running.asked = []
        threading.Thread(target=running.serve_forever, daemon=True).start()
        monkeypatch.setenv("READOUTS_MODEL", "m")
        monkeypatch.setenv("READOUTS_BASE_URL", f"http://127.0.0.1:{running.server_port}/v1")
        monkeypatch.setenv("READOUTS_API_KEY", "secret-key")
        monkeypatch.setenv("READOUTS_CACHE", str(tmp_path / "answers"))
        monkeypatch.setenv("READOUTS_TIMEOUT", "1")
        monkeypatch.setenv("READOUTS_RETRIES", "1")
        yield running
        running.shutdown()
