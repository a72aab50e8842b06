"""Goals: what lists and the log tell of them, what cannot be told, the pace in words, one change that is undone (issue 13)."""

import pytest

from db.tables import touches
from tests.workbench.conftest import SmallBook
from workbench.base.errors import WorkbenchError
from workbench.outreach.goals.progress import GoalProgress
from workbench.outreach.goals.room import Goals
from workbench.rules.parameters import Rules


@pytest.fixture
def goals(small: SmallBook, monkeypatch: pytest.MonkeyPatch) -> Goals:
    """Two months of two customers; the second one came with 60,000 yuan."""
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-20")
    small.months("1", {"aum_balance": [100_000, 90_000], "aum_daily_average": [100_000, 90_000]})
    small.month("2", aum_balance=60_000, aum_daily_average=60_000)
    return Goals(small.book, Rules.load())


def one(goals: Goals, measure: str, value: int, period: str = "2026-Q4") -> GoalProgress:
    goals.put({(period, measure, "own"): value})
    return next(goal for goal in goals.progress() if (goal.measure.code, goal.span.code) == (measure, period))


def test_growth_is_counted_from_the_month_before_to_the_newest_list(goals: Goals) -> None:
    goal = one(goals, "aum", 10_000_000)
    assert (goal.reached, goal.at) == (5_000_000, "2026-10-31")
    assert goal.title == "资产净增 · 本季 10.0万(自定)"
    # 17 of the 61 workdays of the quarter lie in October
    assert goal.sentence == f"已 5.0万;到10 月 31 日应到 {goal.gone:.0%},现 50%,进度正常"
    assert 0.2 < goal.gone < 0.35


def test_what_is_missing_against_the_pace_is_named(goals: Goals) -> None:
    goal = one(goals, "aum", 100_000_000)
    missing = round(100_000_000 * goal.gone) - 5_000_000
    assert goal.behind == missing
    assert goal.sentence.endswith(f"现 5%,差 {missing / 1_000_000:.1f}万")


def test_without_a_list_of_the_span_nothing_is_told(goals: Goals) -> None:
    goal = one(goals, "aum", 10_000_000, "2026-11")
    assert (goal.reached, goal.behind) == (None, None)
    assert "还没有 2026-11 起的名单" in goal.sentence


def test_a_balance_that_no_list_tells_is_not_zero(goals: Goals) -> None:
    goal = one(goals, "deposit", 10_000_000)
    assert goal.reached is None
    assert "没有这一列" in goal.sentence


def test_only_customers_who_were_not_over_the_line_before_are_new(goals: Goals) -> None:
    assert one(goals, "qualified", 10).reached == 1


def test_the_log_is_counted_up_to_today(goals: Goals, small: SmallBook) -> None:
    contacts = [
        ("call", "no_answer", "2026-11-02", None), ("call", "reached", "2026-10-02", None),
        ("visit", "met", "2026-11-03", None), ("visit", "no_answer", "2026-11-03", None),
        ("visit", "done", "2026-11-04", 700_000),
    ]  # fmt: skip
    with small.book.write("touch", "touch") as writer:
        writer.insert(
            touches,
            [
                {"customer_id": small.ids["1"], "channel": how, "result": result, "date": date, "amount": fen,
                 "initiated_by": "manager"}
                for how, result, date, fen in contacts
            ],
        )  # fmt: skip
    assert one(goals, "calls", 60, "2026-11").reached == 1
    assert one(goals, "calls", 60).reached == 2
    assert one(goals, "visits", 10, "2026-11").reached == 2
    deals = one(goals, "deals", 1_400_000, "2026-11")
    assert (deals.reached, deals.at) == (700_000, "2026-11-20")
    assert "到今天应到" in deals.sentence


def test_lists_that_came_later_are_counted(goals: Goals, small: SmallBook) -> None:
    assert one(goals, "aum", 10_000_000).reached == 5_000_000
    small.month("3", aum_balance=10_000)
    assert one(goals, "aum", 10_000_000).reached == 6_000_000


def test_goals_are_set_changed_taken_back_and_undone(goals: Goals, small: SmallBook) -> None:
    key = ("2026-11", "calls", "office")
    made = goals.put({key: 60, ("2026-Q4", "visits", "own"): 10})
    assert len(goals.targets()) == 2
    changed = goals.put({key: 80, ("2026-Q4", "visits", "own"): None})
    assert goals.targets() == {key: 80}
    for change in (changed, made):
        assert change.undo_id is not None
        small.book.reverse(change.undo_id)
    assert goals.targets() == {}
    with pytest.raises(WorkbenchError) as caught:
        goals.put({key: 0})
    assert caught.value.code == "bad_goal"
