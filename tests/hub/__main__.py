"""`python -m tests.hub --storage DIR --port 0`: a test Hub to try things on by hand."""

import argparse
import signal
import sys
import threading
from pathlib import Path

from .accounts import ACCOUNTS, TOKENS
from .server import Server


def main() -> int:
    """Serve until interrupted; the first line printed is the address for `HF_ENDPOINT`."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.hub", description="Serve a Hub for tests on 127.0.0.1."
    )
    parser.add_argument(
        "--storage", type=Path, required=True, help="the folder that holds the repositories"
    )
    parser.add_argument(
        "--port", type=int, default=0, help="the API's port (default: any free one)"
    )
    parser.add_argument(
        "--storage-port", type=int, default=0, help="the LFS storage's port (default: any free one)"
    )
    args = parser.parse_args()

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    args.storage.mkdir(parents=True, exist_ok=True)
    server = Server(args.storage.resolve(), args.port, args.storage_port)
    server.start()
    print(server.hub.endpoint, flush=True)
    print(f"storage port: {server.storage_port}", flush=True)
    for name, token in TOKENS.items():
        account = ACCOUNTS[token]
        print(f"token {name!r}: {token} ({account.name}, {account.role})", flush=True)
    print("set HF_ENDPOINT, HF_TOKEN and HF_HUB_DISABLE_XET=1 for a client", flush=True)
    stop.wait()
    server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
