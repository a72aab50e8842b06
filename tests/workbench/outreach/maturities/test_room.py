"""The maturing money of a year and of the months before, each figure with its customers."""

import pytest

from tests.workbench.conftest import SmallBook
from workbench.outreach.maturities.room import Maturities
from workbench.rules.parameters import Rules


def line(
    small: SmallBook,
    no: str,
    date: str,
    yuan: float | None,
    kind: str = "maturity",
    back: int = 0,
    **words: str,
) -> None:
    amount = {} if yuan is None else {"amount": yuan}
    small.hold(
        no,
        back,
        kind=kind,
        maturity_date=date,
        **({"category": "定期", "product_name": "整存整取"} | words),
        **amount,
    )


@pytest.fixture
def maturities(small: SmallBook) -> Maturities:
    return Maturities(small.book, Rules.load())


def test_a_cell_is_a_week_and_a_product_and_leads_to_its_customers(
    small: SmallBook, maturities: Maturities
) -> None:
    for no in "AB":
        small.flat(no, months=1)
    line(small, "A", "2027-03-01", 100)
    line(small, "A", "2027-03-03", 50)
    line(small, "B", "2027-03-07", 30)
    line(small, "B", "2027-03-05", 7, category="理财", product_name="稳享", product_risk="R2")
    waves = maturities.waves(2027)
    assert [(one.monday, one.product, one.customers, one.fen) for one in waves.cells] == [
        ("2027-03-01", "定期", 2, 18_000), ("2027-03-01", "理财R1-R2", 1, 700),
    ]  # fmt: skip
    assert (waves.customers, waves.fen) == (2, 18_700)
    names = maturities.maturing(2027, "2027-W09", "time")
    assert [(one.customer_no, one.date, one.fen) for one in names] == [
        ("A", "2027-03-01", 10_000), ("A", "2027-03-03", 5_000), ("B", "2027-03-07", 3_000),
    ]  # fmt: skip


def test_of_two_lists_of_the_same_money_the_larger_counts(small: SmallBook, maturities: Maturities) -> None:
    small.flat("A", months=1)
    line(small, "A", "2027-03-01", 100)
    line(small, "A", "2027-03-01", 120, kind="holding")
    assert maturities.waves(2027).fen == 12_000


def test_what_matured_before_the_data_date_is_no_wave(small: SmallBook, maturities: Maturities) -> None:
    small.flat("A", months=1)
    line(small, "A", "2026-10-31", 100)
    line(small, "A", "2026-12-01", None)
    waves = maturities.waves(2026)
    assert [(one.week, one.fen, one.untold) for one in waves.cells] == [("2026-W49", 0, 1)]


def test_a_book_without_lists_of_maturities_says_so(small: SmallBook, maturities: Maturities) -> None:
    small.flat("A", months=2)
    assert maturities.waves(2027).cells == ()
    assert "看不到" in maturities.waves(2027).notes[0]
    assert "看不出去向" in maturities.whereabouts().notes[0]


def test_matured_money_is_followed_to_names(small: SmallBook, maturities: Maturities) -> None:
    """A's 100 yuan left, B's stand in the product again."""
    for no, now in {"A": 200, "B": 300}.items():
        small.months(no, {"aum_balance": [300, now], "time_deposit_balance": [300, now]})
        line(small, no, "2026-10-15", 100, kind="holding", back=1)
    money = maturities.whereabouts()
    assert money.months == ("2026-10",)
    assert [(one.became, one.customers, one.fen) for one in money.parts] == [
        ("kept", 1, 10_000),
        ("left", 1, 10_000),
    ]
    assert (money.fen, money.total("left")) == (20_000, 10_000)
    assert [one.customer_no for one in maturities.matured("2026-10", "time", "left")] == ["A"]
