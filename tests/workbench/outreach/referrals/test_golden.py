"""Which golden moment a customer has, with its date and its last day."""

from typing import Any

from workbench.insight.values.values import Values
from workbench.outreach.referrals.golden import moments_of
from workbench.rules.parameters import Rules

RULES = Rules.load()
DAY, AS_OF = "2026-11-16", "2026-10-31"


def moments(**facts: Any) -> list[tuple[str, str, str, bool]]:
    return [
        (one.code, one.day, one.until, one.monthly) for one in moments_of(Values(facts), AS_OF, DAY, RULES)
    ]


def test_dated_moments_last_for_days_and_end_on_the_last_of_them() -> None:
    assert moments(deal_days=7) == [("deal", "2026-11-09", "2026-11-16", False)]
    assert moments(deal_days=8, praised_days=4, gained_days=8) == []
    assert moments(praised_days=3) == [("service", "2026-11-13", "2026-11-16", False)]
    assert moments(days_since_satisfied=0) == [("service", DAY, "2026-11-19", False)]


def test_what_only_the_months_tell_lasts_for_the_month_and_says_so() -> None:
    assert moments(upgraded_days=16) == [("deal", AS_OF, "2026-12-01", True)]
    assert moments(upgraded_days=32, new_family="none") == []
    (one,) = moments_of(Values({"new_family": "fund"}), AS_OF, DAY, RULES)
    assert one.what == "2026-10-31 的名单上第一次有了基金(只有月度数据,按月判断)"


def test_a_dated_moment_goes_before_one_of_the_month() -> None:
    assert [code for code, *_rest in moments(upgraded_days=16, gained_days=6, praised_days=1)] == [
        "service",
        "gain",
        "deal",
    ]
