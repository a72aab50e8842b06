"""The customer list: filters, orders and windows."""

import pytest

from tests.workbench.conftest import SmallBook
from workbench.people.customer_list import CustomerQuery


@pytest.fixture
def listed(small: SmallBook) -> SmallBook:
    for no, name, pinyin in (
        ("1", "陈一", "chenyi"),
        ("2", "王二", "wanger"),
        ("3", "安三", "ansan"),
        ("4", "毕四", "bisi"),
    ):
        small.customer(no, name=name, name_pinyin=pinyin, name_initials=pinyin[0], manager_name="赵经理")
    small.months(
        "1", {"aum_balance": [3e5, 3e5, 1e5], "aum_daily_average": [3e5, 3e5, 2.9e5]}, bank_level="金卡"
    )
    small.months("2", {"aum_balance": [6e4] * 3, "aum_daily_average": [5e4, 5e4, 6e4]})
    small.months("3", {"aum_balance": [2e6] * 3, "aum_daily_average": [2e6] * 3})
    small.month("4", back=1, aum_balance=7e5, aum_daily_average=7e5)  # no longer listed
    small.touch("2", 5)
    return small


@pytest.mark.parametrize(
    ("order", "descending", "numbers"),
    [
        ("risk", True, "1324"), ("aum", True, "3124"), ("aum", False, "2134"), ("daily_average", True, "3124"),
        ("change", True, "2314"), ("change", False, "1324"), ("name", False, "3412"), ("customer_no", True, "4321"),
        ("last_touch", True, "2134"), ("tier", True, "3124"), ("tier", False, "2134"), ("score", True, "1234"),
        ("bank_level", False, "1234"), ("branch", True, "1234"), ("phone", False, "1234"),
    ],
)  # fmt: skip
def test_every_order_lists_all_and_puts_the_untold_last(
    listed: SmallBook, order: str, descending: bool, numbers: str
) -> None:
    rows = listed.insight.customers(CustomerQuery(order=order, descending=descending), 0, 10)
    assert "".join(row.customer_no for row in rows) == numbers
    windows = [
        listed.insight.customers(CustomerQuery(order=order, descending=descending), at, 1) for at in range(4)
    ]
    assert [row for window in windows for row in window] == rows


def test_a_row_shows_the_newest_month_told(listed: SmallBook) -> None:
    rows = {row.customer_no: row for row in listed.insight.customers(CustomerQuery(), 0, 10)}
    assert rows["1"].change_fen == -1_000_000
    assert (rows["1"].tier, rows["1"].light) == ("L4", "orange")
    assert rows["2"].last_touch == "2026-10-26"
    assert (rows["4"].month, rows["4"].aum_fen, rows["4"].risk) == ("2026-09", 70_000_000, None)


def test_filters_narrow_the_list_and_its_count(listed: SmallBook) -> None:
    for query, numbers in (
        (CustomerQuery(text="王"), ["2"]),
        (CustomerQuery(text="as"), []),
        (CustomerQuery(text="ansan"), ["3"]),
        (CustomerQuery(light="orange"), ["1"]),
        (CustomerQuery(tier="L6"), ["3"]),
        (CustomerQuery(text="二", tier="L6"), []),
    ):
        assert [row.customer_no for row in listed.insight.customers(query, 0, 10)] == numbers
        assert listed.insight.count(query) == len(numbers)
    assert listed.insight.count(CustomerQuery()) == 4
