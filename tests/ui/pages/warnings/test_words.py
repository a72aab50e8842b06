"""What the page says of a lit customer."""

from dataclasses import replace

import pytest

from ui.pages.warnings.words import age, unseen, unseen_signals
from workbench.insight.churn.verdict import CheckSummary, CustomerRisk
from workbench.outreach.lights.light_week import LightChanges, LightWeek
from workbench.rules.parameters import Rules

RULES = Rules.load()
RISK = CustomerRisk(1, "0001", "张三", 70.0, "red", 1, 100, "L4")


@pytest.mark.parametrize(
    ("since", "words"), [("2026-10", "新亮"), ("2026-09", "第2个月"), ("2025-10", "第13个月"), (None, "")]
)
def test_the_age_of_a_light_is_counted_in_months(since: str | None, words: str) -> None:
    week = LightWeek("2026-W47", "2026-10", "2026-10-31", (), (), (), (), LightChanges("2026-09"))
    assert age(replace(RISK, since=since), week) == words


def test_without_an_earlier_check_nobody_is_called_new() -> None:
    week = LightWeek("2026-W47", "2026-10", "2026-10-31", (), (), (), ())
    assert age(replace(RISK, since="2026-10"), week) == "首次检查"


def test_a_signal_that_nobody_is_judged_by_names_the_column_it_lacks() -> None:
    check = CheckSummary("2026-10", "2026-10-31", 1, {}, "", features_off=("风险与配置偏离", "不再主动联系"))
    both = unseen_signals(check, {"wecom_friend"}, RULES)
    assert both == ("不再主动联系(记录太少)", "风险与配置偏离(缺「风评到期日」)")


def test_only_what_others_could_be_judged_by_is_missing_of_him() -> None:
    check = CheckSummary("2026-10", "2026-10-31", 1, {}, "", features_off=("风险与配置偏离",))
    assert unseen(RULES, replace(RISK, cannot_tell=("S4", "S5")), check) == "看不到:不再主动联系"
    assert unseen(RULES, replace(RISK, cannot_tell=("S5",)), check) == ""
