"""Kills of creations and restores, crowded disks and locked windows: the measurement finds nothing wrong."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
@pytest.mark.parametrize("tries", [1, pytest.param(10, marks=pytest.mark.long)])
def test_no_mishap_locks_out_or_destroys(tries: int) -> None:
    """In a process of its own: forking under Qt's threads would not be safe."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.mishaps", str(tries)],
        cwd=Path(__file__).resolve().parents[2], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert all(line.endswith("0 wrong") for line in done.stdout.splitlines())
