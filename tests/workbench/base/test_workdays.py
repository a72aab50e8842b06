"""One calendar of workdays: notices, make-up days, years without a notice, and how a due date moves (domain 6.7)."""

import datetime as dt

import pytest

from tests.workbench.base.notices import notice
from workbench.base.holiday_files import notice_of, shipped_years
from workbench.base.workdays import Workdays, shipped


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def off_days(calendar: Workdays, year: int) -> set[str]:
    """Monday to Friday that are not worked."""
    days = (dt.date(year, 1, 1) + dt.timedelta(days=n) for n in range(365))
    return {f"{one:%m-%d}" for one in days if one.weekday() < 5 and not calendar.is_workday(one)}


def test_golden_the_days_off_and_worked_of_2026() -> None:
    known = shipped()
    assert all(
        not known.is_workday(day(f"2026-{one}")) for one in ("01-01", "02-23", "06-19", "09-25", "10-07")
    )
    worked = ("01-04", "02-14", "02-28", "05-09", "09-20", "10-10")
    assert all(known.is_workday(day(f"2026-{one}")) for one in worked)
    assert sorted(f"{one:%m-%d}" for one in known.worked if one.year == 2026) == list(worked)
    assert known.is_workday(day("2026-10-08"))
    assert not known.is_workday(day("2026-11-21"))


def test_a_year_without_a_notice_counts_monday_to_friday_but_the_days_off_by_law() -> None:
    known = shipped()
    assert not known.announced(2027)
    assert known.notice(2026, 2027) == "2027 年放假安排未官宣,工作日按周一到周五、扣除法定节日计"
    assert known.notice(2026) == ""
    # 除夕 is Friday 02-05, 初三 Monday 02-08; the other statutory days fall on a weekend
    assert off_days(known, 2027) == {"01-01", "02-05", "02-08", "04-05", "06-09", "09-15", "10-01"}


def test_a_notice_of_the_next_year_may_speak_of_december() -> None:
    body = notice()
    body["days"].append({"name": "元旦", "date": "2026-12-31", "isOffDay": True})
    known = Workdays.of(shipped_years(), {2027: notice_of(body)})
    assert not known.is_workday(day("2026-12-31"))
    assert known.last_workday(day("2027-01-03")) == day("2026-12-30")
    assert known.next_workday(day("2026-10-01")) == day("2026-10-08")


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-09-30", 1, "2026-10-08"), ("2026-10-08", -1, "2026-09-30"), ("2026-10-03", 0, "2026-10-08"),
        ("2026-10-12", -3, "2026-10-08"), ("2026-10-05", -7, "2026-09-21"), ("2026-10-05", 3, "2026-10-10"),
    ],
)  # fmt: skip
def test_counting_in_workdays(start: str, count: int, end: str) -> None:
    assert shipped().add(day(start), count) == day(end)


@pytest.mark.parametrize(
    ("deadline", "today", "due"),
    [
        ("2026-10-05", "2026-09-21", "2026-09-30"), ("2026-10-05", "2026-10-02", "2026-10-08"),
        ("2026-09-30", "2026-10-02", "2026-10-08"), ("2026-10-10", "2026-10-08", "2026-10-10"),
        ("2026-11-22", "2026-11-22", "2026-11-23"),
    ],
)  # fmt: skip
def test_a_deadline_is_met_on_the_workday_before_it_and_never_in_the_past(
    deadline: str, today: str, due: str
) -> None:
    assert shipped().by(day(deadline), day(today)) == day(due)


def test_the_workdays_of_a_week() -> None:
    golden = shipped().week("2026-W41")
    assert [f"{one:%m-%d}" for one in golden.workdays] == ["10-08", "10-09", "10-10"]
    assert (golden.nth(1), golden.nth(2), golden.nth(5)) == (
        day("2026-10-08"),
        day("2026-10-09"),
        day("2026-10-10"),
    )
    assert golden.by(day("2026-10-06")) == day("2026-10-08")
    assert golden.by(day("2026-10-09")) == day("2026-10-09")
    assert golden.nth(1, today=day("2026-10-09")) == day("2026-10-09")
    assert golden.by(day("2026-10-09"), today=day("2026-10-11")) == day("2026-10-12")
    assert golden.nearest(day("2026-10-05")) == day("2026-10-08")
    empty = shipped().week("2026-W08")
    assert (empty.workdays, empty.before, empty.after) == ((), day("2026-02-14"), day("2026-02-24"))
    assert empty.nth(3, today=day("2026-02-14")) == day("2026-02-14")
    assert empty.nth(3, today=day("2026-02-15")) == day("2026-02-24")
    assert shipped().week("2026-W53").unannounced == (2027,)


@pytest.mark.parametrize("week", ["2026-W99", "0001-W01", "9999-W52", "x"])
def test_a_week_that_does_not_exist(week: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        shipped().week(week)
