"""The sample branch on both stores: made once on SQLite, its rows put into PostgreSQL, everything computed on each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db import book_key
from db.stores import planning
from tests.books import made_once
from tests.parity.pair import TODAY, Pair, beside, make_sample
from tests.postgresql import server
from workbench.insight.churn import churn_check

#: Enough for every story of the branch and every measure that looks a year back.
CUSTOMERS, MONTHS = 200, 14


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)
    monkeypatch.setattr(churn_check, "WORTH", 0)
    monkeypatch.setattr(planning, "FEW", 0)


@pytest.fixture(scope="session")
def _quickly() -> Iterator[None]:
    """What the fixtures of each test set, for those that live as long as the session."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_TODAY", TODAY)
        patch.setattr(book_key, "COST", 16)
        # the figures that a big book keeps for the check are compared too, and its way of making tables
        patch.setattr(churn_check, "WORTH", 0)
        patch.setattr(planning, "FEW", 0)
        yield


@pytest.fixture(scope="session")
def made(_quickly: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample branch as a book on SQLite, made by whichever worker comes first."""
    server()  # nothing is made where there is nothing to compare with

    def make(path: Path) -> None:
        make_sample(path, path.parent / "sample-lists", CUSTOMERS, MONTHS)

    return made_once(tmp_path_factory, "sample", make)


@pytest.fixture(scope="session")
def sample(_quickly: None, made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """The sample branch on both stores; tests only read it."""
    with beside(made, tmp_path_factory.mktemp("parity")) as pair:
        yield pair
