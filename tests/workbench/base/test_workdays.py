"""One calendar of workdays: notices, make-up days, years without a notice, and how a due date moves (domain 6.7)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.engine import Book
from tests.workbench.base.notices import notice
from workbench.base.dates import week_of
from workbench.base.holiday_files import notice_of, shipped_years
from workbench.base.workdays import Workdays, keep_notice, shipped, unannounced_words, workdays_of


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


#: Monday 2026-11-16 to Friday 2026-11-20 are all worked
ORDINARY = "2026-W47"


@pytest.mark.parametrize(
    ("deadline", "today", "due"),
    [
        ("2026-11-15", None, "2026-11-16"),
        ("2026-11-16", None, "2026-11-16"),
        ("2026-11-18", None, "2026-11-18"),
        ("2026-11-21", None, "2026-11-20"),
        ("2026-11-22", None, "2026-11-20"),
        ("2027-01-01", None, "2026-11-20"),
        ("2026-11-17", "2026-11-19", "2026-11-19"),
        ("2026-11-19", "2026-11-19", "2026-11-19"),
        ("2026-11-20", "2026-11-19", "2026-11-20"),
        # at the weekend the next workday, and a week that is over keeps its days
        ("2026-11-17", "2026-11-21", "2026-11-23"),
        ("2026-11-17", "2026-11-22", "2026-11-23"),
        ("2026-11-17", "2026-11-23", "2026-11-17"),
    ],
)
def test_a_deadline_of_an_ordinary_week(deadline: str, today: str | None, due: str) -> None:
    assert shipped().week(ORDINARY).by(day(deadline), today=day(today) if today else None) == day(due)


@pytest.mark.parametrize(
    ("wanted", "today", "found"),
    [
        ("2026-10-05", None, "2026-10-08"),
        ("2026-10-08", None, "2026-10-08"),
        ("2026-10-11", None, "2026-10-10"),
        ("2026-10-05", "2026-10-09", "2026-10-09"),
        ("2026-10-10", "2026-10-09", "2026-10-10"),
        ("2026-10-05", "2026-10-11", "2026-10-12"),
    ],
)
def test_the_workday_nearest_to_a_day_of_a_week_with_holidays(
    wanted: str, today: str | None, found: str
) -> None:
    golden = shipped().week("2026-W41")
    assert golden.nearest(day(wanted), today=day(today) if today else None) == day(found)


def test_of_two_workdays_as_near_the_earlier_is_taken() -> None:
    # Tuesday is a day off here: Monday and Wednesday are one day away
    body = notice()
    body["days"].append({"name": "停电", "date": "2027-11-16", "isOffDay": True})
    week = Workdays.of({2027: notice_of(body)}).week("2027-W46")
    assert week.nearest(day("2027-11-16")) == day("2027-11-15")


def test_the_nth_workday_is_the_last_where_the_week_is_shorter() -> None:
    ordinary, short = shipped().week(ORDINARY), shipped().week("2026-W41")
    assert [ordinary.nth(n).day for n in (1, 2, 5, 6, 7)] == [16, 17, 20, 20, 20]
    assert [short.nth(n).day for n in (1, 3, 4)] == [8, 10, 10]
    assert (ordinary.before, ordinary.after) == (day("2026-11-13"), day("2026-11-23"))
    assert (short.before, short.after) == (day("2026-09-30"), day("2026-10-12"))


DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2032, 12, 31))


@given(DAYS, DAYS)
def test_no_due_date_is_a_day_off_or_past(deadline: dt.date, today: dt.date) -> None:
    known = shipped()
    due = known.by(deadline, today)
    assert known.is_workday(due)
    assert due >= today
    # the latest that meets the deadline, where any from today on does
    open_days = [
        one for n in range((deadline - today).days + 1) if known.is_workday(one := today + dt.timedelta(days=n))
    ] if deadline - today < dt.timedelta(days=40) else [due]  # fmt: skip
    assert due == (open_days[-1] if open_days else known.next_workday(today))


@given(DAYS, st.integers(-15, 15))
def test_counting_lands_on_a_workday_with_so_many_between(start: dt.date, count: int) -> None:
    known = shipped()
    end = known.add(start, count)
    assert known.is_workday(end)
    low, high = sorted((start, end))
    between = [low + dt.timedelta(days=n) for n in range((high - low).days + 1)]
    worked = sum(known.is_workday(one) for one in between if one != start)
    assert worked == (abs(count) if count else start != end)


@given(DAYS)
def test_a_week_holds_its_workdays_between_its_neighbours(seen: dt.date) -> None:
    known = shipped()
    week = known.week(week_of(seen))
    assert week.before < week.days[0] <= week.days[-1] < week.after
    assert list(week.workdays) == [one for one in week.days if known.is_workday(one)]
    assert known.next_workday(week.before + dt.timedelta(days=1)) == (*week.workdays, week.after)[0]
    assert known.last_workday(week.after - dt.timedelta(days=1)) == (week.before, *week.workdays)[-1]


def test_the_fingerprint_of_a_week_tells_when_a_plan_must_be_drafted_anew() -> None:
    known = shipped()
    told = Workdays.of(shipped_years(), {2027: notice_of(notice())})
    assert known.fingerprint(ORDINARY) == "1113 1116 1117 1118 1119 1120 1123"
    assert told.fingerprint(ORDINARY) == known.fingerprint(ORDINARY)
    assert known.fingerprint("2026-W53").endswith(" 2027")
    assert told.fingerprint("2026-W53") != known.fingerprint("2026-W53")


def test_a_notice_kept_in_the_book_overrules_the_shipped_one_and_counts_as_a_change_once(book: Book) -> None:
    body = notice()
    with book.read() as conn:
        assert workdays_of(conn) is shipped()
    assert keep_notice(book, notice_of(body)).count == 1
    with book.read() as conn:
        known = workdays_of(conn)
    assert known.announced(2027)
    assert known.announced(2026)
    assert known.imported == {2027}
    assert known.notice(2027) == ""
    assert keep_notice(book, notice_of(body)).count == 0
    body["days"].append({"name": "停电", "date": "2027-11-16", "isOffDay": True})
    assert keep_notice(book, notice_of(body)).count == 1
    with book.read() as conn:
        again = workdays_of(conn)
    assert known.is_workday(day("2027-11-16"))
    assert not again.is_workday(day("2027-11-16"))


def test_years_without_a_notice_are_named_once_and_in_order() -> None:
    known = shipped()
    assert unannounced_words(()) == ""
    assert known.notice(2031, 2030, 2031, 2026) == known.notice(2030, 2031)
    assert known.notice(2030, 2031).index("2030") < known.notice(2030, 2031).index("2031")


def test_a_week_whose_sunday_is_worked_ends_with_it() -> None:
    week = shipped().week("2026-W38")
    assert (week.week, week.workdays[-1], week.after) == ("2026-W38", day("2026-09-20"), day("2026-09-21"))
    assert week.by(day("2026-09-27")) == day("2026-09-20")


def test_a_week_without_a_workday_meets_its_deadlines_before_it() -> None:
    empty = shipped().week("2026-W08")
    assert empty.by(day("2026-02-20")) == day("2026-02-14")
    assert empty.nearest(day("2026-02-20")) == day("2026-02-14")
    assert empty.by(day("2026-02-20"), today=day("2026-02-18")) == day("2026-02-24")


def test_a_plan_made_on_the_last_days_off_of_a_week_is_for_the_coming_one() -> None:
    known = shipped()
    made = {
        name: known.planning_week(day(f"2026-11-{16 + place}"))
        for place, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    }
    assert {made[one] for one in ("mon", "tue", "wed", "thu", "fri")} == {"2026-W47"}
    assert {made[one] for one in ("sat", "sun")} == {"2026-W48"}
    # 国庆 from Thursday on; the Saturday after it is worked
    assert [known.planning_week(day(f"2026-{one}")) for one in ("09-30", "10-01", "10-02", "10-10", "10-11")] == [
        "2026-W40", "2026-W41", "2026-W41", "2026-W41", "2026-W42",
    ]  # fmt: skip
    # 春节: a whole week that nobody works is not planned, and the one before it is what is looked back on
    assert known.planning_week(day("2026-02-15")) == "2026-W09"
    assert known.week_before("2026-W09") == "2026-W07"
    assert known.week_before("2026-W48") == "2026-W47"


def test_a_week_is_judged_today_from_the_days_off_before_it_on(monkeypatch: pytest.MonkeyPatch) -> None:
    week = shipped().week("2026-W41")
    seen = {}
    for one in ("2026-09-30", "2026-10-01", "2026-10-08", "2026-10-20"):
        monkeypatch.setenv("WORKBENCH_TODAY", one)
        seen[one] = week.judged_on("2026-08-31")
    assert seen == {
        "2026-09-30": "2026-10-05", "2026-10-01": "2026-10-01", "2026-10-08": "2026-10-08", "2026-10-20": "2026-10-05",
    }  # fmt: skip


def test_golden_what_falls_on_a_day_off_is_shifted_by_what_it_is() -> None:
    known, day_off, make_up = shipped(), day("2026-10-02"), day("2026-10-10")
    assert (known.is_workday(day_off), known.is_workday(make_up)) == (False, True)
    assert known.shifted(day_off, "greeting") == known.shifted(day_off, "deadline") == day("2026-09-30")
    assert known.shifted(day_off, "follow_up") == day("2026-10-08")
    assert {known.shifted(make_up, rule) for rule in ("greeting", "deadline", "follow_up")} == {make_up}


@pytest.mark.parametrize(
    ("matures", "step", "in_workdays", "due"),
    [
        # on a day off the money is there on 10-08, and the days before are counted from then
        ("2026-10-03", -1, True, "2026-09-30"), ("2026-10-03", -7, True, "2026-09-21"),
        ("2026-10-03", 0, False, "2026-10-08"),
        ("2026-10-03", -30, False, "2026-09-03"), ("2026-10-03", -15, False, "2026-09-18"),
        ("2026-10-03", 3, False, "2026-10-08"),
        # steps before lie on the earlier workday, steps after on the later one
        ("2026-10-19", -15, False, "2026-09-30"), ("2026-10-01", 3, False, "2026-10-08"), ("2026-11-18", 3, False, "2026-11-23"),
        ("2026-11-16", -1, True, "2026-11-13"), ("2026-11-16", -7, True, "2026-11-05"), ("2026-11-16", 0, True, "2026-11-16"),
    ],
)  # fmt: skip
def test_the_steps_of_a_maturity(matures: str, step: int, in_workdays: bool, due: str) -> None:
    assert shipped().maturity_step(day(matures), step, in_workdays=in_workdays) == day(due)
