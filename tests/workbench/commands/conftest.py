"""A sample branch small enough for tests, and the command line run in this process."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from workbench import cli
from workbench.sample import SampleBranch, make_branch


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left: its status, standard output and standard error."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("WORKBENCH_PASSPHRASE", "口令口令口令")
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-22")

    def one(*words: object) -> Ran:
        monkeypatch.setattr("sys.argv", ["workbench", *(str(word) for word in words)])
        status = cli.main()
        told = capsys.readouterr()
        return Ran(status, told.out, told.err)

    return one


@pytest.fixture(scope="session")
def branch(tmp_path_factory: pytest.TempPathFactory) -> SampleBranch:
    """Two hundred customers, eight months up to October 2026."""
    return make_branch(tmp_path_factory.mktemp("branch"), customers=200, months=8)


@pytest.fixture
def newest(branch: SampleBranch) -> Path:
    return branch.files[-1]
