"""The arithmetic of win-back: strategy by the cause, the cost of a change, a part of the money, what came back (domain 4.9)."""

import datetime as dt

import pytest

from workbench.outreach.winback.reckoning import lost_interest, part_of, rival_money, strategy_of, won_back
from workbench.outreach.winback.win_back import RivalMoney
from workbench.rules.parameters import Rules

RULES = Rules.load()
DAY = dt.date(2026, 11, 16)


@pytest.mark.parametrize(
    ("cause", "strategy"),
    [("fault", "gap"), ("competition", "rival"), ("natural", "need"), ("unknown", "need"), ("", "need")],
)
def test_the_confirmed_cause_names_the_strategy(cause: str, strategy: str) -> None:
    assert strategy_of(cause) == strategy


def test_interest_lost_by_moving_early_is_reckoned_where_all_of_it_is_known() -> None:
    # 20万 at 1.85 %, 100 days, less the demand rate of 0.05 %: 200000 x 0.018 x 100 / 365
    assert lost_interest(20_000_000, 0.0185, dt.date(2026, 8, 8), DAY, 0.0005) == 98_630
    money = RivalMoney("甲银行", "三年定期", 0.0185, 20_000_000, "2026-12-20", "2026-08-08")
    whole = rival_money(money, DAY, RULES)
    assert whole.cost == 98_630
    assert "986.30" in whole.cost_words
    assert "2026-12-20" in whole.cost_words
    unknown = rival_money(RivalMoney("甲银行", amount=20_000_000), DAY, RULES)
    assert unknown.cost is None
    assert "利率、起息日" in unknown.cost_words
    due = rival_money(RivalMoney("甲银行", due="2026-11-15"), DAY, RULES)
    assert due.cost == 0


@pytest.mark.parametrize(
    ("amount", "part"), [(20_000_000, 10_000_000), (3_500_000, 1_000_000), (1_500_000, None), (None, None)]
)
def test_a_part_is_asked_for_never_all_and_nothing_where_the_amount_is_not_known(
    amount: int | None, part: int | None
) -> None:
    assert part_of(amount, RULES) == part
    assert part is None or amount is None or part < amount


def test_what_came_back_is_told_by_a_newer_list_alone_and_counted_where_it_is_more() -> None:
    more = won_back(1_000_000, "2026-09-30", 6_000_000, "2026-10-31")
    assert (more.fen, more.base_as_of, more.as_of) == (5_000_000, "2026-09-30", "2026-10-31")
    assert "2026-09-30" in more.words
    assert "2026-10-31" in more.words
    assert won_back(6_000_000, "2026-09-30", 1_000_000, "2026-10-31").fen == 0
    assert won_back(1_000_000, "2026-10-31", 6_000_000, "2026-10-31").fen is None
    assert won_back(None, None, 6_000_000, "2026-10-31").fen is None
    assert won_back(1_000_000, "2026-09-30", None, "2026-10-31").fen is None
