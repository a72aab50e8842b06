"""A small book for the matrix and the pivot: forty customers of known ages, balances, holdings and risk levels."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import book_key
from db.engine import Book
from db.tables import customers, holdings, snapshots
from tests.books import new_book
from tests.workbench.conftest import AS_OF, MONTH, SmallBook
from workbench.insight.room import Insight
from workbench.rules.parameters import Rules

TODAY = "2026-11-02"
PASSPHRASE = "correct horse"


def _fill(small: SmallBook) -> None:
    rows, months, lines = [], [], []
    for number in range(40):
        no = f"{number:02d}"
        rows.append(
            {"customer_no": no, "name": "客户" + no, "no_reversed": no[::-1], "open_date": "2015-03-01",
             "gender": "女" if number % 2 else "男", "branch": "东支行" if number % 3 else "西支行"}
        )  # fmt: skip
        aum = (60_000 + number * 10_000) * 100
        months.append(
            {
                "month": MONTH, "as_of": AS_OF, "batch_id": 1, "source_row": 4, "aum_balance": aum,
                "aum_daily_average": aum, "demand_balance": 6_000_000, "deposit_balance": aum,
                "time_deposit_balance": number * 1_000_000, "wealth_balance": 0 if number % 4 else 5_000_000,
                "age": 25 + number, "risk_level": None if number % 5 == 0 else f"C{number % 5}",
                "risk_expiry_date": "2026-01-01" if number % 7 == 0 else "2027-06-30",
            }
        )  # fmt: skip
        if number % 4 == 0:
            lines.append(number)
    with small.book.write("import", "forty") as writer:
        ids = writer.insert(customers, rows)
        writer.insert(
            snapshots, [{"customer_id": id_, **month} for id_, month in zip(ids, months, strict=True)]
        )
        line = {
            "month": MONTH, "as_of": AS_OF, "batch_id": 1, "source_row": 4, "kind": "holding", "line": 1,
            "category": "理财", "product_name": "稳享90天", "product_risk": "R2", "amount": 5_000_000,
        }  # fmt: skip
        writer.insert(holdings, [{"customer_id": ids[number], **line} for number in lines])
    small.ids = {row["customer_no"]: id_ for row, id_ in zip(rows, ids, strict=True)}


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    """No. 0..39; every fifth has no risk level, every fourth holds wealth products, the others have idle deposits."""
    path = tmp_path_factory.mktemp("forty") / "forty.book"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_TODAY", TODAY)
        patch.setattr(book_key, "COST", 16)
        with new_book(path, PASSPHRASE) as book:
            small = SmallBook(book)
            _fill(small)
            small.insight.engine.ensure()
    return path, small.ids


@pytest.fixture
def forty(
    tmp_path: Path, filled: tuple[Path, dict[str, int]], monkeypatch: pytest.MonkeyPatch
) -> Iterator[SmallBook]:
    """A copy of the book to write into."""
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)
    shutil.copyfile(filled[0], tmp_path / "forty.book")
    with Book.open(tmp_path / "forty.book", PASSPHRASE) as book:
        small = SmallBook(book)
        small.ids = dict(filled[1])
        yield small


@pytest.fixture(scope="session")
def read_only(
    tmp_path_factory: pytest.TempPathFactory, filled: tuple[Path, dict[str, int]]
) -> Iterator[Insight]:
    """One room over the book for all tests that only read."""
    copy = tmp_path_factory.mktemp("read") / "forty.book"
    shutil.copyfile(filled[0], copy)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(book_key, "COST", 16)
        book = Book.open(copy, PASSPHRASE)
    with book:
        yield Insight(book, Rules.load())


@pytest.fixture
def insight(read_only: Insight, monkeypatch: pytest.MonkeyPatch) -> Insight:
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)
    return read_only
