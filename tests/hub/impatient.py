"""`python -m tests.hub.impatient PROGRAM.py` or `-m MODULE`: run a client that does not wait to retry.

`huggingface_hub` tries most requests six times, waiting 1, 2, 4, 8 and 8 seconds in between: 23
seconds for a Hub that is gone. This runs the real client with the same tries and next to no wait.
"""

import runpy
import sys

from huggingface_hub.utils import http_backoff, http_stream_backoff


def forget_waits() -> None:
    """Set the wait between the Hub client's tries to a hundredth of a second."""
    for function in (http_backoff, http_stream_backoff.__wrapped__):
        function.__kwdefaults__.update(base_wait_time=0.01, max_wait_time=0.01)


def main() -> None:
    """Run what the command line names as `python` itself would."""
    if len(sys.argv) < 2 or sys.argv[1:] == ["-m"]:
        sys.exit("usage: python -m tests.hub.impatient (PROGRAM.py | -m MODULE) [ARGS]")
    forget_waits()
    if sys.argv[1] == "-m":
        sys.argv = sys.argv[2:]
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    else:
        sys.argv = sys.argv[1:]
        runpy.run_path(sys.argv[0], run_name="__main__")


if __name__ == "__main__":
    main()
