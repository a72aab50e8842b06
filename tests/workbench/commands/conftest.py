"""A sample branch small enough for tests, and the command line run in this process."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.books import made_once, new_workbench
from workbench import cli
from workbench.base.pc import default_book
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


PASSPHRASE = "春风化雨 2026"
TODAY = "2026-11-22"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("WORKBENCH_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)

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


@pytest.fixture(scope="session")
def month_book(branch: SampleBranch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with the newest month, checked, its tags computed."""

    def make(path: Path) -> None:
        with new_workbench(path, PASSPHRASE) as workbench:
            workbench.intake.read(branch.files[-1]).commit()
            workbench.insight.engine.ensure()

    return made_once(tmp_path_factory, "month", make, TODAY)


@pytest.fixture
def imported(month_book: Path) -> Path:
    """The user's own book, with the newest month in it."""
    return _own(month_book)


@pytest.fixture(scope="session")
def year_book(branch: SampleBranch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with every month of the branch, not yet checked."""

    def make(path: Path) -> None:
        with new_workbench(path, PASSPHRASE) as workbench:
            for file in branch.files:
                workbench.intake.read(file).commit()

    return made_once(tmp_path_factory, "year", make, TODAY)


@pytest.fixture
def all_imported(year_book: Path) -> Path:
    """The user's own book, with every month in it."""
    return _own(year_book)


def _own(made: Path) -> Path:
    book = default_book()
    book.parent.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(made, book))
