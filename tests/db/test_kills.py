"""A kill at any moment of an import leaves a whole book, as before it or as after it."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
@pytest.mark.parametrize("kills", [3, pytest.param(60, marks=pytest.mark.long)])
def test_a_killed_import_leaves_the_book_as_before_or_as_after(kills: int) -> None:
    """In a process of its own: forking under Qt's threads would not be safe."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.kills", str(kills), "--rows", "1500"],
        cwd=Path(__file__).resolve().parents[2], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.startswith(f"{kills} of {kills} books whole"), done.stdout + done.stderr
