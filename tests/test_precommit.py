"""The hooks before a commit are the first checks of `make test`, and a commit's subject is short and has no full stop."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOOKS = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
SUBJECT = ".venv/bin/python .ci/commit-subject"


def first_checks() -> list[str]:
    """The commands of `make test` before the tests."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    recipe = re.search(r"^test: setup\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert recipe is not None
    commands = [line.strip().replace("$(PYTHON)", ".venv/bin/python") for line in recipe[1].splitlines()]
    tests = next(place for place, command in enumerate(commands) if "pytest" in command)
    return commands[:tests]


def test_the_hooks_are_the_first_checks_of_make_test() -> None:
    entries = re.findall(r"^ +entry: (.+)$", HOOKS, re.MULTILINE)
    assert entries == [*first_checks(), SUBJECT]
    assert len(first_checks()) == 5


def test_the_hooks_need_no_network() -> None:
    assert re.findall(r"repo: (.+)", HOOKS) == ["local"]
    assert set(re.findall(r"language: (.+)", HOOKS)) == {"system"}


def refused(message: str, folder: Path) -> str:
    """What the hook says against a commit message; '' when it may stand."""
    file = folder / "COMMIT_EDITMSG"
    file.write_text(message, "utf-8")
    done = subprocess.run(
        [sys.executable, ROOT / ".ci" / "commit-subject", file], capture_output=True, text=True, check=False
    )
    assert (done.returncode == 0) is (done.stderr == "")
    return done.stderr


@pytest.mark.parametrize(
    "message",
    ["Write the method handbook\n\nThe why, at any length." + "x" * 100 + ".\n", "x" * 72, "客" * 72,
     "\n# a comment of git's.\nCount each lead once\n", ""],
)  # fmt: skip
def test_a_short_subject_without_a_full_stop_may_stand(message: str, tmp_path: Path) -> None:
    assert refused(message, tmp_path) == ""


@pytest.mark.parametrize(
    ("message", "said"),
    [("x" * 73, "73 characters"), ("Count each lead once.", "full stop"), ("每个线索只算一次。", "full stop"),
     ("x" * 80 + ".", "full stop")],
)  # fmt: skip
def test_a_long_subject_or_a_full_stop_is_refused(message: str, said: str, tmp_path: Path) -> None:
    assert said in refused(message, tmp_path)
