"""What a customer is asked to deposit is what he can deposit, and one sentence everywhere (domain 1, golden 2)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.insight.towers.topup import Goal, Running, TopUp, TopUpKind, running, top_up, within_means
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

WAN = 1_000_000
RULES = Rules.load()


def asked(
    line: float, average: float, balance: float, day: str, as_of: str, rules: Rules = RULES,
    *, goal: Goal = "keep", **more: Any,
) -> TopUp:  # fmt: skip
    values = {"average": round(average * WAN), "balance": round(balance * WAN), "by_balance": 0, **more}
    found = top_up(round(line * WAN), Values(values), rules, goal=goal, as_of=as_of, day=day)
    assert found is not None
    return found


def golden(**more: Any) -> TopUp:
    """T = 50万, 48万 over 20 of 30 days, 47万 now."""
    return asked(50, 48, 47, "2026-11-21", "2026-11-20", **more)


@pytest.fixture
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-21")


@pytest.mark.usefixtures("_on_the_day")
def test_golden_2_is_asked_for() -> None:
    assert golden() == TopUp("today", 7 * WAN, "今天(11-21)补7.0万,本月即可保级")


@pytest.mark.parametrize("clock", ["2026-11-20", "2026-11-24"])
def test_only_the_day_itself_is_called_today(monkeypatch: pytest.MonkeyPatch, clock: str) -> None:
    """Data dated after the clock's day, or a portrait as of an earlier one."""
    monkeypatch.setenv("WORKBENCH_TODAY", clock)
    assert golden().text == "11-21补7.0万,本月即可保级"


def test_no_amount_beyond_the_gap_and_a_share_of_his_own_assets() -> None:
    """Five days before the month ends the deposit of today is many times the gap."""
    late = asked(50, 48, 47, "2026-11-29", "2026-11-28")
    assert late == TopUp("next", 3 * WAN, "从下月1日起补3.0万,按推算下月可达标")
    lax = RULES.load("general", {"topup.share": 1.0})
    assert asked(50, 48, 47, "2026-11-29", "2026-11-28", lax).kind == "today"
    small = asked(50, 48, 4, "2026-11-21", "2026-11-20")
    assert small == TopUp("reach", None, "本月达不到,先维护现有余额")


def test_who_is_far_from_a_higher_line_is_never_asked_for_more_than_a_part_of_what_he_has() -> None:
    """7.1万 towards 20万 is no near miss: 12.9万 more is nothing that he has."""
    for day in ("2026-11-01", "2026-11-21"):
        far = asked(20, 7.1, 7.1, day, "2026-10-31", goal="upgrade")
        assert (far.kind, far.fen) == ("reach", None)
    near = asked(20, 19, 19, "2026-11-21", "2026-10-31", goal="upgrade")
    assert (near.kind, near.fen) == ("next", 1 * WAN)


def test_the_first_day_of_a_month_asks_for_the_gap() -> None:
    assert asked(50, 20, 20, "2026-11-01", "2026-11-01").fen == 30 * WAN


def test_data_of_last_month_say_nothing_of_today() -> None:
    found = asked(5, 4.6, 4.6, "2026-11-16", "2026-10-31")
    assert found == TopUp("next", 400_000, "从下月1日起补4,000,按推算下月可达标")


@pytest.mark.parametrize("leaving", [{"light": "red"}, {"light": "orange"}, {"s_journey_stage_m0": "J5"}])
def test_who_is_leaving_is_asked_for_nothing(leaving: dict[str, str]) -> None:
    found = golden(**leaving)
    assert (found.kind, found.fen, found.followable) == ("leaving", None, False)
    assert "不谈补多少" in found.text


@pytest.mark.parametrize("staying", [{"light": "yellow"}, {"light": "none"}, {"s_journey_stage_m0": "J4"}])
def test_who_is_not_leaving_is(staying: dict[str, str]) -> None:
    assert golden(**staying).kind == "today"


def test_old_data_ask_for_nothing() -> None:
    found = asked(5, 4.6, 4.6, "2026-12-16", "2026-10-31")
    assert (found.kind, found.fen) == ("stale", None)
    assert "导入最新名单" in found.text


def test_what_suffices_is_only_to_be_left_there() -> None:
    assert asked(50, 51, 52, "2026-11-21", "2026-11-20") == TopUp("hold", 0, "现有余额留到月底,本月即可保级")


def stands(
    day: str, as_of: str, average: float | None = 48, balance: float | None = 47, **more: Any
) -> Running | None:
    """Where the month stands; money in 万元."""
    told = {"average": average, "balance": balance}
    fen = {key: None if one is None else round(one * WAN) for key, one in told.items()}
    return running(Values({**fen, "by_balance": 0, **more}), as_of, day)


@pytest.mark.parametrize(
    ("day", "as_of", "average", "left", "note"),
    [
        # told up to yesterday: the average told is the one so far
        ("2026-11-21", "2026-11-20", 48, 10, "today.running"),
        # told for 10 of 20 days: the balance stands in for the others
        ("2026-11-21", "2026-11-10", 47.5, 10, "today.running"),
        # told beyond yesterday counts up to yesterday only
        ("2026-11-21", "2026-11-21", 48, 10, "today.running"),
        ("2026-11-30", "2026-11-29", 48, 1, "today.running"),
        # of last month: nothing is told of this one
        ("2026-11-21", "2026-10-31", 47, 10, "today.assumed"),
        # the first of a month has no days behind it
        ("2026-11-01", "2026-11-01", 47, 30, "today.assumed"),
        ("2027-02-28", "2027-02-27", 48, 1, "today.running"),
    ],
)
def test_where_the_month_stands_by_what_is_told_of_it(
    day: str, as_of: str, average: float, left: int, note: str
) -> None:
    found = stands(day, as_of)
    assert found is not None
    assert (found.average_fen, found.left, found.note) == (round(average * WAN), left, note)
    assert found.days - found.left == int(day[8:]) - 1


def test_without_an_average_the_balance_stands_in_and_without_a_balance_nothing_is_said() -> None:
    assumed = Running(47 * WAN, 30, 10, "today.assumed")
    assert stands("2026-11-21", "2026-11-20", None) == assumed
    # an average that is only the balance under another name is none
    assert stands("2026-11-21", "2026-11-20", 48, by_balance=1) == assumed
    assert stands("2026-11-21", "2026-11-20", 48, None) is None
    assert (
        top_up(50 * WAN, Values({"average": 1}), RULES, goal="keep", as_of="2026-11-20", day="2026-11-21")
        is None
    )
    for line in (None, 0):
        told = Values({"average": WAN, "balance": WAN})
        assert top_up(line, told, RULES, goal="keep", as_of="2026-11-20", day="2026-11-21") is None


@pytest.mark.parametrize(
    ("kind", "followable", "today_fen"),
    [
        ("hold", True, 0),
        ("today", True, 7),
        ("next", True, None),
        ("reach", False, None),
        ("leaving", False, None),
        ("stale", False, None),
    ],
)
def test_what_can_be_followed_and_what_a_deposit_of_today_needs(
    kind: TopUpKind, followable: bool, today_fen: int | None
) -> None:
    fen = {"hold": 0, "today": 7, "next": 7}.get(kind)
    found = TopUp(kind, fen, "话")
    assert (found.followable, found.today_fen) == (followable, today_fen)
    assert found.as_json() == {"kind": kind, "amount": None if fen is None else fen / 100, "text": "话"}


def test_who_has_nothing_or_owes_is_asked_for_the_gap_and_no_share_of_it() -> None:
    empty = asked(5, 0, 0, "2026-11-16", "2026-11-15")
    assert (empty.kind, empty.fen) == ("next", 5 * WAN)
    assert asked(5, 0, -5, "2026-11-16", "2026-11-15").kind == "reach"
    # a share of what he has may be more than the gap
    rich = asked(50, 49, 48, "2026-11-21", "2026-11-20")
    assert (rich.kind, rich.fen) == ("today", 4 * WAN)


@pytest.mark.usefixtures("_on_the_day")
@pytest.mark.parametrize(
    ("goal", "kind", "text"),
    [
        ("keep", "today", "今天(11-21)补7.0万,本月即可保级"),
        ("restore", "today", "今天(11-21)补7.0万,本月即可重新达标,2026-12恢复"),
        ("upgrade", "today", "今天(11-21)补7.0万,本月即可达到贵宾"),
        ("upgrade", "hold", "现有余额留到月底,本月即可达到贵宾"),
        ("restore", "hold", "现有余额留到月底即重新达标,2026-12恢复"),
    ],
)
def test_each_goal_says_its_own_sentence(goal: Goal, kind: TopUpKind, text: str) -> None:
    average, balance = (48, 47) if kind == "today" else (51, 52)
    values = Values({"average": average * WAN, "balance": balance * WAN, "by_balance": 0})
    words = {"next": "贵宾", "restored_from": "2026-12"}
    found = top_up(50 * WAN, values, RULES, goal=goal, as_of="2026-11-20", day="2026-11-21", words=words)
    assert found is not None
    assert (found.kind, found.text) == (kind, text)


@given(
    st.integers(1, 600), st.integers(0, 700), st.integers(-50, 700), st.integers(1, 30), st.integers(1, 30)
)
def test_a_deposit_of_today_always_reaches_the_line_and_none_beyond_means_is_asked(
    line: int, average: int, balance: int, day: int, told: int
) -> None:
    seen, as_of = f"2026-11-{day:02d}", f"2026-11-{min(day, told):02d}"
    found = asked(line, average, balance, seen, as_of)
    now = stands(seen, as_of, average, balance)
    assert now is not None
    if found.kind in ("hold", "today"):
        deposited = (balance * WAN + (found.fen or 0)) * now.left + now.average_fen * (now.days - now.left)
        assert deposited >= line * WAN * now.days
    if found.kind in ("today", "next"):
        gap = line * WAN - now.average_fen
        assert 0 < (found.fen or 0) <= max(gap, round(max(balance, 0) * WAN * 0.3))


def test_on_the_first_the_whole_gap_may_be_asked_for_and_is_asked_for_today() -> None:
    found = asked(50, 20, 20, "2026-11-01", "2026-11-01")
    assert (found.kind, found.fen) == ("today", 30 * WAN)


def test_how_far_behind_he_is_goes_by_the_average_that_is_told() -> None:
    # of last month, 48万 on average and 30万 left: 20万 more is beyond the gap of 2万 and a third of what he has
    assert asked(50, 48, 30, "2026-11-16", "2026-10-31").kind == "reach"
    # without an average the balance is all there is, and the gap is what is missing
    alone = top_up(
        50 * WAN, Values({"balance": 30 * WAN}), RULES, goal="keep", as_of="2026-10-31", day="2026-11-16"
    )
    assert alone == TopUp("next", 20 * WAN, "从下月1日起补20.0万,按推算下月可达标")


def test_within_the_month_he_is_as_far_behind_as_its_days_so_far() -> None:
    # two days at 10万 and eighteen at 45万: 41.5万 so far, not the 10万 that the list told of the first two
    found = asked(50, 10, 45, "2026-11-21", "2026-11-02")
    assert (found.kind, found.fen) == ("next", 5 * WAN)


def test_a_balance_that_is_already_at_the_line_asks_for_nothing_next_month() -> None:
    # on the last day no deposit of today makes up for the month, and from tomorrow what is there suffices
    found = asked(50, 10, 50, "2026-11-30", "2026-11-29")
    assert (found.kind, found.fen) == ("reach", None)


def test_a_gap_within_means_is_at_most_the_share_of_the_own_balance() -> None:
    rules = Rules.load(overrides={"topup.share": 0.3})
    assert within_means(30_000, 100_000, rules)
    assert not within_means(30_001, 100_000, rules)
    assert not within_means(1, None, rules)
