"""Matured money is followed by the balances before and after (domain 4.3, S7)."""

from workbench.outreach.maturities.lines import balance_columns, by_code
from workbench.outreach.maturities.waves import WHEREABOUTS
from workbench.outreach.maturities.whereabouts import MonthBalances, whereabouts

TIME, WEALTH = (balance_columns(by_code()[code]) for code in ("time", "wealth_low"))


def balances(aum: int | None, time: int | None, wealth: int | None) -> MonthBalances:
    return MonthBalances(aum, {TIME: time, WEALTH: wealth})


def became(before: MonthBalances | None, after: MonthBalances | None, **matured: int) -> dict[str, int]:
    split = whereabouts(matured or {"time": 100}, before, after)
    return {name: sum(parts[n] for parts in split.values()) for n, name in enumerate(WHEREABOUTS)}


def test_money_is_kept_moved_idle_or_left_and_adds_up() -> None:
    """100 of 300 matured: 40 are in the product again, wealth grew by 20, assets fell by 15, the rest is on the account."""
    split = became(balances(500, 300, 50), balances(485, 240, 70))
    assert split == {"kept": 40, "moved": 20, "idle": 25, "left": 15, "unknown": 0}


def test_money_from_elsewhere_is_no_more_than_what_matured() -> None:
    assert became(balances(500, 300, 0), balances(900, 300, 400)) == {
        "kept": 100, "moved": 0, "idle": 0, "left": 0, "unknown": 0,
    }  # fmt: skip


def test_without_balances_by_product_only_what_left_is_seen() -> None:
    """A fall of all assets is seen; where the rest stands is not, and no zero stands in for it."""
    assert became(balances(500, None, None), balances(430, None, None)) == {
        "kept": 0, "moved": 0, "idle": 0, "left": 70, "unknown": 30,
    }  # fmt: skip


def test_a_customer_who_is_not_listed_any_more_cannot_be_told() -> None:
    assert became(balances(500, 300, 0), None)["unknown"] == 100


def test_two_families_share_what_other_products_grew() -> None:
    """Both matured whole and only the wealth was bought again: its growth is kept there, not moved twice."""
    split = whereabouts({"time": 100, "wealth_low": 50}, balances(150, 100, 50), balances(130, 0, 120))
    assert split == {"time": (0, 70, 10, 20, 0), "wealth_low": (50, 0, 0, 0, 0)}


def test_what_other_products_grew_is_given_out_once() -> None:
    """Deposit and certificate matured, 100 each; the wealth that grew by 120 took no more than that of both."""
    cd = balance_columns(by_code()["cd"])
    before = MonthBalances(200, {TIME: 100, cd: 100, WEALTH: 0})
    after = MonthBalances(200, {TIME: 0, cd: 0, WEALTH: 120})
    assert whereabouts({"time": 100, "cd": 100}, before, after) == {
        "time": (0, 100, 0, 0, 0), "cd": (0, 20, 80, 0, 0),
    }  # fmt: skip
