"""Breaks of the first weeks: who, for whom it cannot be told and by which column, whose hand-over it is (domain 10.2)."""

from typing import Any

import pytest

from tests.workbench.conftest import SmallBook
from workbench.insight.journey.breakpoints import Breakpoint


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-05")


def found(small: SmallBook, *months: dict[str, Any], opened: str = "2026-09-20") -> dict[str, Breakpoint]:
    for number, month in enumerate(months):
        small.customer(str(number), open_date=opened)
        small.month(str(number), **{"aum_balance": 2e4, "aum_daily_average": 2e4, **month})
    _funnel, breaks = small.insight.honeymoon.of()
    for one in breaks:
        assert small.insight.picking.count(one.words_unknown).count == one.unknown, one.words_unknown
        if one.reported:
            assert small.insight.picking.count(one.words).count == one.broken, one.words
    return {one.of.code: one for one in breaks}


def test_who_broke_where_nobody_did_and_what_cannot_be_told(small: SmallBook) -> None:
    breaks = found(small, {"wecom_friend": 0}, {"wecom_friend": 1}, {"wecom_friend": None})
    one = breaks["no_wecom"]
    assert (one.among, one.broken, one.unknown, one.oldest, one.state) == (3, 1, 1, 46, "broken")
    assert one.sentence == "3户里1户,最久开户46天。另有1户看不出(企微好友为空)。"
    assert (one.of.owner, bool(one.of.next)) == ("客户经理", True)
    blind = breaks["unbound"]
    assert (blind.broken, blind.unknown, blind.state) == (0, 3, "cannot_tell")
    assert blind.sentence == "3户看不出:名单要有绑卡微信、绑卡支付宝、绑卡云闪付。"


def test_a_blank_says_untested_only_where_lists_tell_tests(small: SmallBook) -> None:
    one = found(small, {}, {}, {"risk_level": "C3", "risk_expiry_date": "2027-01-01"})["untested"]
    assert (one.among, one.broken, one.unknown) == (3, 2, 0)


def test_no_list_of_tests_says_untested_of_nobody(small: SmallBook) -> None:
    one = found(small, {}, {})["untested"]
    assert (one.state, one.broken, one.unknown) == ("cannot_tell", 0, 2)


def test_an_expired_test_is_none(small: SmallBook) -> None:
    expired = {"risk_level": "C3", "risk_expiry_date": "2026-11-04"}
    assert found(small, expired)["untested"].broken == 1


def test_who_bought_and_was_not_talked_to_since(small: SmallBook) -> None:
    bought = {"demand_balance": 1e4, "time_deposit_balance": 1e4}
    small.customer("9", open_date="2015-01-01")
    small.month("9", aum_balance=2e4, aum_daily_average=2e4)
    small.touch("9", 200)
    breaks = found(small, bought, {"demand_balance": 1e4, "time_deposit_balance": 0})
    assert (breaks["unvisited"].among, breaks["unvisited"].broken) == (2, 1)
    small.touch("0", 2)
    _funnel, again = small.insight.honeymoon.of()
    assert {one.of.code: one.broken for one in again}["unvisited"] == 0


def test_only_newcomers_within_the_days_of_a_break_are_looked_at(small: SmallBook) -> None:
    one = found(small, {"wecom_friend": 0}, opened="2026-05-08")["no_wecom"]
    assert (one.among, one.state) == (0, "nobody")
    assert one.as_json()["state"] == "nobody"
