"""The test Hub behind a mirror: `olah`, a server that passes a Hub on and caches it.

`READOUTS_OLAH` names its `olah-cli`; the test is skipped where it is not set.
"""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hub import sample
from tests.hub.client import Client
from tests.hub.running import ThreadHub

OLAH = os.environ.get("READOUTS_OLAH")

pytestmark = pytest.mark.skipif(not OLAH, reason="READOUTS_OLAH does not name an olah-cli")


def free_port() -> int:
    """Return a port that is free now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@pytest.fixture
def mirror(published_hub: ThreadHub, tmp_path: Path) -> Iterator[str]:
    """The address of a mirror of the Hub with the published sample."""
    port = free_port()
    netloc = f"127.0.0.1:{port}"
    command = [OLAH, "--host=127.0.0.1", f"--port={port}", f"--repos-path={tmp_path / 'repos'}"]
    command += [f"--log-path={tmp_path / 'logs'}", "--hf-scheme=http"]
    command += [f"--hf-netloc={published_hub.endpoint.removeprefix('http://')}"]
    command += [f"--hf-lfs-netloc={published_hub.storage_endpoint.removeprefix('http://')}"]
    command += [f"--mirror-netloc={netloc}", f"--mirror-lfs-netloc={netloc}"]
    env = {**os.environ, "HOME": str(tmp_path), "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
    with open(tmp_path / "output", "wb") as output:
        process = subprocess.Popen(command, cwd=tmp_path, env=env, stdout=output, stderr=subprocess.STDOUT)
    try:
        for _ in range(300):
            if process.poll() is not None:
                pytest.fail(f"olah ended: {(tmp_path / 'output').read_text()[-2000:]}")
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except ConnectionRefusedError:
                time.sleep(0.1)
        yield f"http://{netloc}"
    finally:
        process.terminate()
        process.wait(20)


def test_load_dataset_through_the_mirror(mirror: str, published_client: Client):
    """load_dataset by tag through the mirror gives what it gives from the Hub, streamed or not."""
    load = """
from datasets import load_dataset
found = {}
for config in ("statements", "countries"):
    plain = load_dataset("readouts/sample", config, revision="v1", split="train")
    streamed = load_dataset("readouts/sample", config, revision="v1", split="train", streaming=True)
    assert list(streamed) == plain.to_list()
    found[config] = [len(plain), plain[0]]
print(json.dumps(found))
"""
    through = published_client.run(load, token=None, endpoint=mirror)
    assert through.value == {
        "statements": [20000, {"id": 0, "text": "v1 row 0"}],
        "countries": [3, {"id": 0, "text": "country row 0"}],
    }
    asked = [line["target"] for line in published_client.hub.log()]
    assert any("/resolve/v1/" in target for target in asked), "the mirror never asked the Hub"
    assert sample.REPOSITORY in asked[-1]
