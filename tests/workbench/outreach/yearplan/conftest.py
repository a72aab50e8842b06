"""A small book with its plan of 2027, made once; tests open copies of it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.books import PASSPHRASE, made_once, new_workbench
from tests.workbench.conftest import SmallBook
from workbench.app import Workbench

TODAY = "2026-11-02"
YEAR = 2027
#: yuan of the assets of the customers of each level
YUAN = {"L7": 4_000_000, "L6": 1_500_000, "L5": 700_000, "L4": 300_000, "L3": 80_000}


@pytest.fixture(scope="session")
def planned_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty customers from L3 to L7, each with a birthday and a maturity, and their plan of 2027."""

    def make(path: Path) -> None:
        with new_workbench(path, PASSPHRASE) as workbench:
            small = SmallBook(workbench.book)
            for number in range(20):
                yuan = list(YUAN.values())[number % 5]
                no = f"K{number:02d}"
                small.customer(no, birth_date=f"19{60 + number}-0{number % 9 + 1}-1{number % 10}")
                small.flat(no, yuan, months=4)
                if number % 3 == 0:
                    small.hold(no, amount=50_000, product_name="三年定期", category="定期存款",
                               maturity_date=f"2027-0{number % 9 + 1}-15")  # fmt: skip
            workbench.outreach.year_plans.of(YEAR)

    return made_once(tmp_path_factory, "yearplan", make, TODAY)


@pytest.fixture
def planned(planned_book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    """A copy of it, open, on the day that it was made."""
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)
    path = tmp_path / "a.book"
    shutil.copyfile(planned_book, path)
    with Workbench.open(path, PASSPHRASE) as workbench:
        yield workbench
