"""The fault test on a small scale: commands that are killed, run out of space or run concurrently leave the old or the new state."""

from __future__ import annotations

import subprocess
import sys

import pytest

from readouts.core.layout import HOME
from tests.trust.document import read


@pytest.mark.slow(
    "commands killed at every twentieth change",
    seconds=120,
    covers=(
        "scripts/readouts/core/switching.py",
        "scripts/readouts/publication/build.py",
        "scripts/readouts/hub",
        "scripts/readouts/releases",
        "tests/trust/faults",
    ),
)
def test_interrupted_commands_leave_old_or_new_state(tmp_path):
    """No state is mixed and no edited file lost after kills, full disks, read-only folders and concurrent builds."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.trust.faults", "--every", "20", "--random", "1", "--pairs", "1", "--out", str(tmp_path)],
        cwd=HOME, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    records = read(tmp_path, "faults")
    assert len(records) == 16 and {record["mixed"] + record["problems"] for record in records} == {
        "00"
    }
    assert "commands interrupted" in (tmp_path / "TRUST.md").read_text(encoding="utf-8")
