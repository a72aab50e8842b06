"""The sample branch on both stores: made once on SQLite, its rows put into PostgreSQL, everything computed on each."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from db import vault
from tests.parity.pair import TODAY, Pair, beside, make_sample
from tests.postgresql import server
from workbench.insight.churn import churn_check

#: Enough for every story of the branch and every measure that looks a year back.
CUSTOMERS, MONTHS = 200, 14


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)
    monkeypatch.setattr(churn_check, "WORTH", 0)


@pytest.fixture(scope="session")
def _quickly() -> Iterator[None]:
    """What the fixtures of each test set, for those that live as long as the session."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_TODAY", TODAY)
        patch.setattr(vault, "ITERATIONS", 1_000)
        # the figures that a big book keeps for the check are compared too
        patch.setattr(churn_check, "WORTH", 0)
        yield


@pytest.fixture(scope="session")
def made(_quickly: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample branch as a book on SQLite, made by whichever worker comes first."""
    server()  # nothing is made where there is nothing to compare with
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    path = folder / "parity" / "sample.book"
    path.parent.mkdir(exist_ok=True)
    with FileLock(f"{path}.making"):
        if not path.exists():
            part = path.with_name("part.book")
            make_sample(part, path.parent / "lists", CUSTOMERS, MONTHS)
            part.rename(path)
    return path


@pytest.fixture(scope="session")
def sample(_quickly: None, made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """The sample branch on both stores; tests only read it."""
    with beside(made, tmp_path_factory.mktemp("parity")) as pair:
        yield pair
