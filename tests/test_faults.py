"""The fault test in small: commands killed, refused space and run two at a time; what is there afterwards is the old state or the new."""

from __future__ import annotations

import subprocess
import sys

import pytest

from readouts.layout import HOME
from tests.trust.document import read


@pytest.mark.slow(
    "commands killed at every twentieth change",
    seconds=120,
    covers=(
        "scripts/readouts/switching.py",
        "scripts/readouts/build.py",
        "scripts/readouts/hub",
        "scripts/readouts/releases",
        "tests/trust/faults",
    ),
)
def test_killed_full_locked_and_at_once(tmp_path):
    """After a kill or a full disk at every twentieth change, read-only folders and two builds at once, no state is mixed and no typed file lost."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.trust.faults", "--every", "20", "--random", "1", "--pairs", "1", "--out", str(tmp_path)],
        cwd=HOME, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    records = read(tmp_path, "faults")
    assert len(records) == 16 and {record["mixed"] + record["problems"] for record in records} == {"00"}
    assert "commands interrupted" in (tmp_path / "TRUST.md").read_text(encoding="utf-8")
