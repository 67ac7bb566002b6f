"""Running Hubs: a Hub in this process or in one of its own, with the same handle to both."""

import json
import os
import subprocess
import sys
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Literal
from urllib.request import ProxyHandler, Request, build_opener

from .accounts import TOKENS
from .git import git
from .server import HOST, Server

_ROOT = Path(__file__).resolve().parents[2]


class RunningHub(ABC):
    """A Hub that is up, and what tests do to it.

    Args:
        storage: the folder that holds its repositories; they outlast the server.

    Attributes:
        endpoint: the address for `HF_ENDPOINT`; the same after a restart.
    """

    tokens = TOKENS

    def __init__(self, storage: Path):
        self.storage = storage
        self.endpoint = ""
        self._ports = (0, 0)

    @property
    def storage_endpoint(self) -> str:
        """The address LFS objects are moved through."""
        return f"http://{HOST}:{self._ports[1]}"

    @abstractmethod
    def start(self) -> None:
        """Start serving the storage, at the address it had before if it was up before."""

    @abstractmethod
    def stop(self) -> None:
        """Stop serving. Harmless when the server has died."""

    def restart(self) -> None:
        """Stop and start on the same storage and address, with no fault in force."""
        self.stop()
        self.start()

    def fail(
        self,
        step: str,
        action: Literal["cut", "die"] | int = "cut",
        *,
        times: int | None = 1,
        skip: int = 0,
        after_bytes: int = 0,
    ) -> None:
        """Put a fault in force; see `tests.hub.faults.Fault` and `STEPS` there.

        Raises:
            urllib.error.HTTPError: 400 when there is no such step or action.
        """
        fault = {
            "step": step,
            "action": action,
            "times": times,
            "skip": skip,
            "after_bytes": after_bytes,
        }
        self._control("POST", "faults", fault)

    def heal(self) -> None:
        """Make every step healthy."""
        self._control("DELETE", "faults")

    def log(self) -> list[dict]:
        """Return the requests so far: `method`, `target`, `port`, `range`, `token`, `status` of each.

        `port` is `api` or `storage`; `token` tells whether one was sent; `status` is None for a
        request that was cut.
        """
        return self._control("GET", "log")

    def _control(self, method: str, name: str, body: dict | None = None) -> list[dict]:
        url, headers = f"{self.endpoint}/test-hub/{name}", {"Connection": "close"}
        request = Request(url, json.dumps(body).encode() if body else None, headers, method=method)
        # Proxies of the surroundings are not for 127.0.0.1.
        with build_opener(ProxyHandler({})).open(request, timeout=10) as response:
            return json.load(response)

    def env(self, home: Path, token: str | None = "write") -> dict[str, str]:
        """Return the whole environment for a client in a subprocess.

        Args:
            home: an empty folder for the client's caches. token: `write`, `read`, `other` (another
            user's), None for no token, or any text to send.
        """
        kept = ("HF_", "HUGGING", "GIT_")
        env = {name: value for name, value in os.environ.items() if not name.startswith(kept)}
        env.update(
            HF_ENDPOINT=self.endpoint,
            HF_HOME=str(home),
            HF_HUB_DISABLE_XET="1",
            HF_HUB_DISABLE_TELEMETRY="1",
            HF_HUB_DISABLE_PROGRESS_BARS="1",
            HF_HUB_DISABLE_UPDATE_CHECK="1",
            HF_UPDATE_DOWNLOAD_COUNTS="0",
            NO_PROXY="127.0.0.1",
            no_proxy="127.0.0.1",
            PYTHONPATH=os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH")])),
        )
        if token is not None:
            env["HF_TOKEN"] = TOKENS.get(token, token)
        return env

    def path(self, repo_id: str) -> Path:
        """Return the bare git repository of a dataset, to look into past the API."""
        return self.storage / "datasets" / f"{repo_id}.git"

    def git(self, repo_id: str, *args: str) -> str:
        """Run git in a dataset's repository and return what it printed."""
        return git(self.path(repo_id), *args).decode().strip()

    def refs(self, repo_id: str) -> dict[str, str]:
        """Return the refs of a dataset's repository by full name."""
        lines = self.git(repo_id, "for-each-ref", "--format=%(refname) %(objectname)").splitlines()
        return dict(line.split() for line in lines)


class ThreadHub(RunningHub):
    """A Hub in threads of this process: quick to start. A fault's `die` would end this process."""

    _server: Server | None = None

    def start(self) -> None:
        self._server = Server(self.storage, *self._ports)
        self._ports = (self._server.port, self._server.storage_port)
        self.endpoint = self._server.hub.endpoint
        self._server.start()

    def stop(self) -> None:
        if self._server is not None:
            self._server.stop()
            self._server = None


class ProcessHub(RunningHub):
    """A Hub in a process of its own: `die` ends the process as a crash would."""

    process: subprocess.Popen | None = None

    def start(self) -> None:
        port, storage_port = self._ports
        command = [sys.executable, "-m", "tests.hub", f"--storage={self.storage}"]
        command += [f"--port={port}", f"--storage-port={storage_port}"]
        self.process = subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True)
        self.endpoint = self.process.stdout.readline().strip()
        storage_port = self.process.stdout.readline().rpartition(":")[2]
        if not self.endpoint:
            self.stop()
            raise RuntimeError("the Hub did not start: its error is above")
        self._ports = (int(self.endpoint.rpartition(":")[2]), int(storage_port))

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(10)
            self.process.stdout.close()
            self.process = None
