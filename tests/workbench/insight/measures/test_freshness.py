"""Data too old to go by: lights stay, clocks stop, one sentence says so."""

import re

import pytest

from tests.workbench.conftest import SmallBook
from workbench.insight.measures.freshness import freshness
from workbench.rules.parameters import Rules

CLOCKS = re.compile(r"今天|立即|\d+ ?小时|[三一]天内|一周内|当天")


@pytest.mark.parametrize(("day", "stale"), [("2026-12-15", False), ("2026-12-16", True)])
def test_forty_five_days_are_the_limit(monkeypatch: pytest.MonkeyPatch, day: str, stale: bool) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", day)
    fresh = freshness("2026-10-31", Rules.load())
    assert (fresh.stale, bool(fresh.sentence)) == (stale, stale)
    assert freshness(None, Rules.load()).sentence == ""
    if stale:
        assert "2026-10-31" in fresh.sentence
        assert "46 天前" in fresh.sentence
        assert "导入最新名单" in fresh.sentence
    assert not freshness("2026-10-31", Rules.load("general", {"window.stale_days": 60})).stale


def lost(small: SmallBook) -> None:
    small.months("1", {"aum_balance": [3e6, 3e6, 1e5], "aum_daily_average": [3e6, 3e6, 3e6]}, risk_level="C2")
    small.customer("2", risk_expiry_date="2026-12-20")
    small.months("2", {"aum_balance": [1e5] * 3, "aum_daily_average": [1e5] * 3})


def test_lights_stay_and_clocks_stop(small: SmallBook, monkeypatch: pytest.MonkeyPatch) -> None:
    lost(small)
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    fresh = small.insight.portrait("1")
    assert any(CLOCKS.search(one.title) for one in fresh.next_actions)
    assert all(one.due for one in fresh.next_actions)
    monkeypatch.setenv("WORKBENCH_TODAY", "2027-11-16")
    old = small.insight.portrait("1")
    assert small.risk("1").light == small.risk("1", "2026-10").light == fresh.risk.light  # type: ignore[union-attr]
    assert old.fresh is not None
    assert old.fresh.stale
    assert old.next_actions
    assert [one.due for one in old.next_actions] == [""] * len(old.next_actions)
    words = [text for one in old.next_actions for text in (one.title, one.why, one.how)]
    words += [task.name for task in old.stage.tasks] if old.stage else []
    assert [text for text in words if CLOCKS.search(text)] == []
    assert old.stage is not None
    assert {task.due for task in old.stage.tasks} == {None}
    body = old.as_json()
    assert body["freshness"]["stale"] is True
    assert all(one["due"] is None for one in body["next_actions"])


def test_no_days_are_counted_down(small: SmallBook, monkeypatch: pytest.MonkeyPatch) -> None:
    lost(small)
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-12-14")
    assert any("还有6天到期" in one.why for one in small.insight.portrait("2").next_actions)
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-12-18")
    said = small.insight.portrait("2")
    assert [one.why for one in said.next_actions if "天到期" in one.why] == []
    assert [one.why for one in said.do_not_say if "天到期" in one.why] == []


def test_a_level_falls_in_no_month_that_is_long_past(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2027-11-16")
    run = [60_000, 49_000, 49_500]
    small.months("1", {"aum_balance": run, "aum_daily_average": run})
    board = small.insight.towers.board()
    (row,) = board.keep.rows
    assert row.standing.watch == 2
    assert (row.standing.falls_in, row.standing.falls_from, row.standing.keep_today_fen) == (None, None, None)
    assert "起降级" not in row.standing.reason
    assert board.as_json()["freshness"]["stale"] is True


def test_the_check_says_so_of_the_newest_month_only(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-20")
    small.flat("1", months=4)
    assert not small.insight.check().fresh.stale  # type: ignore[union-attr]
    assert not small.insight.check("2026-07").fresh.stale  # type: ignore[union-attr]
    monkeypatch.setenv("WORKBENCH_TODAY", "2027-01-20")
    assert small.insight.check().fresh.stale  # type: ignore[union-attr]
