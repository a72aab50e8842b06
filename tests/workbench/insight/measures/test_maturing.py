"""What comes due and what came due: by lists, by dated holdings, by columns; what no list dates cannot be told (4.8 C3)."""

from typing import Any

import pytest

from tests.workbench.conftest import AS_OF, MONTH, SmallBook
from workbench.insight.measures.maturing import maturing
from workbench.insight.measures.scope import Scope, reported_data


def holding(
    small: SmallBook, no: str, day: str = AS_OF, days: int = 30, only: bool = False
) -> dict[str, Any]:
    with small.book.read() as conn:
        told = reported_data(conn, MONTH)
        assert told is not None
        scope = Scope(MONTH, day, told, [small.ids[no]] if only else None)
        found = conn.execute(scope.statement(maturing(scope, days))).mappings()
        return next(dict(row) for row in found if row["customer_id"] == small.ids[no])


def test_maturities_count_from_the_day_on_and_not_the_past(small: SmallBook) -> None:
    small.month("1", aum_balance=200_000)
    for date, amount in (("2026-10-30", 1), ("2026-10-31", 10), ("2026-11-30", 20), ("2026-12-01", 40)):
        small.hold("1", kind="maturity", amount=amount, maturity_date=date)
    found = holding(small, "1")
    assert found["matures_30"] == 3000
    assert found["matures_90"] == 7000
    assert found["next_maturity"] == "2026-10-31"
    assert found["next_maturity_days"] == 0
    assert holding(small, "1", "2026-11-30")["matures_30"] == 6000


def test_a_maturity_list_and_dated_holdings_of_the_same_money_count_once(small: SmallBook) -> None:
    small.month("1", aum_balance=200_000)
    small.hold("1", kind="maturity", amount=100, maturity_date="2026-11-10")
    small.hold("1", category="定期", amount=100, maturity_date="2026-11-10")
    small.hold("1", category="定期", amount=300, maturity_date="2027-01-10")
    found = holding(small, "1")
    assert found["matures_30"] == 10_000
    assert found["matures_90"] == 40_000


def test_maturities_fall_back_on_the_columns_of_the_customer_list(small: SmallBook) -> None:
    small.month(
        "1", aum_balance=100_000, deposit_maturity_amount=5_000, deposit_maturity_date="2026-11-15",
        wealth_maturity_amount=7_000, wealth_maturity_date="2027-01-15",
    )  # fmt: skip
    small.month("2", aum_balance=100_000)
    found = holding(small, "1")
    assert found["matures_30"] == 500_000
    assert found["matures_90"] == 1_200_000
    assert found["next_maturity"] == "2026-11-15"
    assert found["matures_share"] == pytest.approx(0.05)
    assert holding(small, "2")["matures_30"] is None


def test_where_no_list_and_no_column_dates_anything_nothing_can_be_told(small: SmallBook) -> None:
    small.month("1", aum_balance=100_000)
    small.hold("1", category="理财", amount=100)
    found = holding(small, "1")
    names = (
        "matures_30",
        "matures_90",
        "next_maturity",
        "next_maturity_days",
        "matures_share",
        "matured_since",
    )
    assert {name: found[name] for name in names} == dict.fromkeys(names)


def test_in_a_month_whose_list_has_dates_who_is_not_on_it_has_nothing_coming(small: SmallBook) -> None:
    for no in "12":
        small.month(no, aum_balance=100_000)
    small.hold("1", kind="maturity", amount=100, maturity_date="2026-11-10")
    found = holding(small, "2")
    assert (found["matures_30"], found["matures_90"], found["matures_share"]) == (0, 0, 0)
    assert (found["next_maturity"], found["next_maturity_days"]) == (None, None)
    assert holding(small, "2", only=True) == found


@pytest.mark.parametrize(
    ("day", "in_30", "in_90", "first", "since"),
    [
        ("2026-10-31", 100, 1_100, "2026-11-05", 0),
        # what falls due today is coming, on the morrow it is past and nobody has told where it went
        ("2026-11-05", 1_100, 1_100, "2026-11-05", 0),
        ("2026-11-06", 1_000, 1_000, "2026-12-05", 100),
        ("2026-12-06", 0, 0, None, 1_100),
    ],
)
def test_what_was_coming_came_due_since_the_data_date(
    small: SmallBook, day: str, in_30: int, in_90: int, first: str | None, since: int
) -> None:
    small.month("1", aum_balance=100_000)
    for line, (date, yuan) in enumerate(
        (("2026-11-05", 1), ("2026-12-05", 10), ("2026-10-30", 500)), start=1
    ):
        small.hold("1", kind="maturity", amount=yuan, maturity_date=date, line=line)
    found = holding(small, "1", day)
    assert (found["matures_30"], found["matures_90"], found["next_maturity"]) == (in_30, in_90, first)
    assert found["matured_since"] == since


def test_money_due_on_the_data_date_itself_is_told_by_the_balances(small: SmallBook) -> None:
    small.month("1", aum_balance=100_000)
    small.hold("1", kind="maturity", amount=500, maturity_date="2026-10-31")
    assert holding(small, "1", "2026-11-05")["matured_since"] == 0


@pytest.mark.parametrize(("days", "fen"), [(0, 100), (9, 100), (10, 300), (11, 300), (90, 300)])
def test_the_span_ends_with_its_last_day(small: SmallBook, days: int, fen: int) -> None:
    small.month("1", aum_balance=100_000)
    small.hold("1", kind="maturity", amount=1, maturity_date="2026-10-31")
    small.hold("1", kind="maturity", amount=2, maturity_date="2026-11-10", line=2)
    assert holding(small, "1", days=days)["matures_30"] == fen


def test_the_larger_of_two_lists_and_the_earlier_of_their_dates_count(small: SmallBook) -> None:
    small.month("1", aum_balance=100_000)
    small.hold("1", kind="maturity", amount=300, maturity_date="2026-11-20")
    small.hold("1", category="定期", amount=100, maturity_date="2026-11-08")
    found = holding(small, "1")
    assert (found["matures_30"], found["next_maturity"], found["next_maturity_days"]) == (
        30_000,
        "2026-11-08",
        8,
    )


def test_a_holdings_list_without_dates_does_not_hide_what_the_maturity_list_dates(small: SmallBook) -> None:
    for no in "12":
        small.month(no, aum_balance=100_000)
        small.hold(no, category="理财", amount=100)
    small.hold("1", kind="maturity", amount=300, maturity_date="2026-11-20")
    assert holding(small, "1")["matures_30"] == 30_000
    assert holding(small, "2")["matures_30"] == 0


@pytest.mark.parametrize(
    ("told", "in_30", "first"),
    [
        ({"deposit_maturity_date": "2026-11-30", "deposit_maturity_amount": 5.0}, 500, "2026-11-30"),
        ({"deposit_maturity_date": "2026-12-01", "deposit_maturity_amount": 5.0}, 0, "2026-12-01"),
        ({"deposit_maturity_date": "2026-10-31", "deposit_maturity_amount": 5.0}, 500, "2026-10-31"),
        ({"deposit_maturity_date": "2026-10-30", "deposit_maturity_amount": 5.0}, 0, None),
        # a date without an amount: when, but not how much
        ({"deposit_maturity_date": "2026-11-15"}, None, "2026-11-15"),
        ({"wealth_maturity_date": "2026-11-15", "wealth_maturity_amount": 7.0}, 700, "2026-11-15"),
        (
            {"deposit_maturity_date": "2026-11-20", "deposit_maturity_amount": 5.0, "wealth_maturity_date": "2026-11-15",
             "wealth_maturity_amount": 7.0},
            1_200, "2026-11-15",
        ),
    ],
)  # fmt: skip
def test_by_the_columns_of_the_customer_list(
    small: SmallBook, told: dict[str, Any], in_30: int | None, first: str | None
) -> None:
    small.month("1", aum_balance=100_000, **told)
    small.month("2", aum_balance=100_000)
    found = holding(small, "1")
    assert (found["matures_30"], found["next_maturity"]) == (in_30, first)
    assert holding(small, "2")["matures_30"] is None


def test_a_list_goes_before_the_columns(small: SmallBook) -> None:
    small.month("1", aum_balance=100_000, deposit_maturity_date="2026-11-15", deposit_maturity_amount=900.0)
    small.hold("1", kind="maturity", amount=300, maturity_date="2026-11-20")
    found = holding(small, "1")
    assert (found["matures_30"], found["next_maturity"]) == (30_000, "2026-11-20")


def test_the_share_is_of_the_balance_else_of_the_average(small: SmallBook) -> None:
    small.month("1", aum_balance=1_000, aum_daily_average=4_000)
    small.month("2", aum_daily_average=4_000)
    small.month("3")
    for no in "123":
        small.hold(no, kind="maturity", amount=500, maturity_date="2026-11-20")
    assert [holding(small, no)["matures_share"] for no in "123"] == [0.5, 0.125, None]


def test_lines_of_another_month_and_of_another_kind_are_not_looked_at(small: SmallBook) -> None:
    small.month("1", aum_balance=1_000)
    small.hold("1", 1, kind="maturity", amount=500, maturity_date="2026-11-20")
    assert holding(small, "1")["matures_30"] is None
