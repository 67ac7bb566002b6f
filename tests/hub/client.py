"""Clients: programs run against a Hub in a subprocess, since the Hub's clients read their settings at import."""

import json
import re
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

from .running import RunningHub

_ERROR = re.compile(r"^([A-Za-z_][\w.]*(?:Error|Exception|Interrupt)\w*)(?:: |$)", re.MULTILINE)

#: Not `import *`, which loads every part of the library and takes most of a second.
_PRELUDE = """
import json, os, sys
from huggingface_hub import (
    CommitOperationAdd, CommitOperationDelete, HfApi, hf_hub_download,
)
api = HfApi()
"""

#: A program ends at its last line: pyarrow's threads, left over from streaming, can abort a Python that shuts down
#: (huggingface/datasets#7566).
_END = """
sys.stdout.flush()
os._exit(0)
"""


@dataclass(frozen=True)
class Outcome:
    """What came of a client's program.

    Attributes:
        status: its exit status.
        output, errors: what it printed to either stream.
    """

    status: int
    output: str
    errors: str

    @property
    def value(self) -> object:
        """The JSON value of the last line it printed.

        Raises:
            AssertionError: when the program failed.
        """
        assert self.status == 0, self.errors
        return json.loads(self.output.splitlines()[-1])

    @property
    def error(self) -> str | None:
        """The full name of the exception that ended it, or None."""
        names = _ERROR.findall(self.errors) if self.status else []
        return names[-1] if names else None


class Client:
    """Runs programs against a Hub.

    Args:
        hub: the Hub.
        home: the folder for the clients' caches, shared by all programs of this client.
    """

    def __init__(self, hub: RunningHub, home: Path):
        self.hub = hub
        self.home = home

    def run(
        self,
        code: str,
        *args: str,
        token: str | None = "write",
        wait: bool = False,
        endpoint: str | None = None,
    ) -> Outcome:
        """Run Python code in a process of its own.

        Args:
            code: the program; `api` is an `HfApi`, and `_PRELUDE`'s names are imported.
            args: its `sys.argv[1:]`.
            token: as in `RunningHub.env`.
            wait: whether the client waits between its tries as it really does.
            endpoint: the Hub's address to give it in place of the Hub's own: a mirror's.
        """
        program = self.home / "program.py"
        program.write_text(_PRELUDE + textwrap.dedent(code) + _END)
        command = [
            sys.executable,
            *([] if wait else ["-m", "tests.hub.impatient"]),
            str(program),
            *args,
        ]
        env = self.hub.env(self.home, token)
        if endpoint is not None:
            env["HF_ENDPOINT"] = endpoint
        done = subprocess.run(
            command,
            check=False,
            env=env,
            cwd=self.home,
            capture_output=True,
            text=True,
            timeout=120,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)
