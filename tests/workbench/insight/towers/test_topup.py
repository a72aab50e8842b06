"""What a customer is asked to deposit is what he can deposit, and one sentence everywhere (domain 1, golden 2)."""

from typing import Any

import pytest

from workbench.insight.towers.topup import TopUp, top_up
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

WAN = 1_000_000
RULES = Rules.load()


def asked(
    line: float, average: float, balance: float, day: str, as_of: str, rules: Rules = RULES, **more: Any
) -> TopUp:
    values = {"average": round(average * WAN), "balance": round(balance * WAN), "by_balance": 0, **more}
    found = top_up(round(line * WAN), Values(values), rules, goal="keep", as_of=as_of, day=day)
    assert found is not None
    return found


def golden(**more: Any) -> TopUp:
    """T = 50万, 48万 over 20 of 30 days, 47万 now."""
    return asked(50, 48, 47, "2026-11-21", "2026-11-20", **more)


def test_golden_2_is_asked_for() -> None:
    assert golden() == TopUp("today", 7 * WAN, "今天(11-21)补7.0万,本月即可保级")


def test_no_amount_beyond_the_gap_and_a_share_of_his_own_assets() -> None:
    """Five days before the month ends the deposit of today is many times the gap."""
    late = asked(50, 48, 47, "2026-11-29", "2026-11-28")
    assert late == TopUp("next", 3 * WAN, "从下月1日起补3.0万,下月就能达标")
    lax = RULES.load("general", {"topup.share": 1.0})
    assert asked(50, 48, 47, "2026-11-29", "2026-11-28", lax).kind == "today"
    small = asked(50, 48, 4, "2026-11-21", "2026-11-20")
    assert small == TopUp("reach", None, "本月够不着,先稳住现有余额")


def test_the_first_day_of_a_month_asks_for_the_gap() -> None:
    assert asked(50, 20, 20, "2026-11-01", "2026-11-01").fen == 30 * WAN


def test_data_of_last_month_say_nothing_of_today() -> None:
    found = asked(5, 4.6, 4.6, "2026-11-16", "2026-10-31")
    assert found == TopUp("next", 400_000, "从下月1日起补4,000,下月就能达标")


@pytest.mark.parametrize("leaving", [{"light": "red"}, {"light": "orange"}, {"s_journey_stage_m0": "J5"}])
def test_who_is_leaving_is_asked_for_nothing(leaving: dict[str, str]) -> None:
    found = golden(**leaving)
    assert (found.kind, found.fen, found.followable) == ("leaving", None, False)
    assert "够不着" in found.text


@pytest.mark.parametrize("staying", [{"light": "yellow"}, {"light": "none"}, {"s_journey_stage_m0": "J4"}])
def test_who_is_not_leaving_is(staying: dict[str, str]) -> None:
    assert golden(**staying).kind == "today"


def test_old_data_ask_for_nothing() -> None:
    found = asked(5, 4.6, 4.6, "2026-12-16", "2026-10-31")
    assert (found.kind, found.fen) == ("stale", None)
    assert "导入最新名单" in found.text


def test_what_suffices_is_only_to_be_left_there() -> None:
    assert asked(50, 51, 52, "2026-11-21", "2026-11-20") == TopUp("hold", 0, "现有余额留到月底,本月即可保级")
