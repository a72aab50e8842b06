"""A day is called today only when it is today."""

import pytest

from workbench.base.day_words import day_and_date, distance, named_day


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-30")


@pytest.mark.parametrize(
    ("day", "named", "dated", "away"),
    [
        ("2026-11-30", "今天", "今天(11-30)", "今天"),
        ("2026-12-01", "明天", "12-01", "1 天后"),
        ("2026-12-04", "12 月 4 日", "12-04", "4 天后"),
        ("2027-01-04", "2027 年 1 月 4 日", "01-04", "35 天后"),
        ("2026-11-29", "11 月 29 日", "11-29", "1 天前"),
        ("2019-12-31", "2019 年 12 月 31 日", "12-31", "2,526 天前"),
    ],
)
def test_today_is_said_of_today_alone(day: str, named: str, dated: str, away: str) -> None:
    assert (named_day(day), day_and_date(day), distance(day)) == (named, dated, away)
