"""Every way to ask for a birthday answers the same: by the year, by the week, in SQL, by the day (domain 6.6)."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import literal, select

from db.tables import customers
from db.year import birthday_ways
from tests.workbench.conftest import SmallBook
from workbench.base.birthdays import BirthdayWay, numbers_kept_on
from workbench.people.birthdays import GreetedDays, kept_month_day, own_ways, until_lunar, way_of, with_ways

#: 12-30, a 30th, leap months (2025 has 闰6, 2028 闰5), either preference, a solar day of his own, the leap day
WAYS = (
    BirthdayWay("lunar", 12, 30), BirthdayWay("lunar", 12, 8), BirthdayWay("lunar", 4, 30), BirthdayWay("lunar", 6, 3),
    BirthdayWay("lunar", 6, 3, leap=True), BirthdayWay("lunar", 6, 3, leap=True, prefer_leap=True),
    BirthdayWay("lunar", 5, 30, leap=True, prefer_leap=True), BirthdayWay("solar", 2, 29), BirthdayWay("solar", 9, 9),
)  # fmt: skip
DAY = dt.timedelta(days=1)


def put(small: SmallBook, way: BirthdayWay | None, no: str, **facts: str) -> int:
    person = small.customer(no, **facts)
    if way is not None:
        with small.book.write("birthday", "put") as writer:
            row = {"calendar": way.calendar, "month": way.month, "day": way.day, "leap": int(way.leap)}
            more = {"customer_id": person, "prefer_leap": int(way.prefer_leap), "made": "2026-01-01"}
            writer.insert(birthday_ways, [{**row, **more}])
    return person


def test_by_the_year_by_the_week_and_in_sql_it_is_the_same_day(small: SmallBook) -> None:
    people = {put(small, way, f"90000000000{n}", birth_date="1950-02-10"): way for n, way in enumerate(WAYS)}
    plain = put(small, None, "900000000100", birth_date="1960-02-29")
    put(small, None, "900000000101")
    seen = [dt.date(2025, 7, 1), dt.date(2027, 2, 5), dt.date(2028, 6, 30)]
    with small.book.read() as conn:
        assert own_ways(conn) == people
        assert way_of(conn, plain) == (None, "1960-02-29")
        for day in seen:
            left = select(birthday_ways.c.customer_id, until_lunar(birthday_ways.c, day))
            for person, days in conn.execute(left):
                lunar = people[person].calendar == "lunar"
                assert days == ((people[person].coming(day) - day).days if lunar else None)
        month_day = kept_month_day(birthday_ways.c, literal("02-10"))
        told = conn.execute(select(birthday_ways.c.customer_id, month_day)).all()
        assert {person: text for person, text in told if text} == {
            one: f"{way.month:02d}-{way.day:02d}" for one, way in people.items() if way.calendar == "solar"
        }
        week = [dt.date(2027, 2, 1) + n * DAY for n in range(35)]
        greeted = GreetedDays(week)
        query = select(customers.c.id).select_from(with_ways(customers)).where(greeted.condition)
        wanted = {one for one, way in people.items() if set(way.in_year(2027)) & set(week)} | {plain}
        assert set(conn.execute(query).scalars()) == wanted


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31)), st.sampled_from(WAYS))
def test_the_numbers_kept_on_a_day_are_those_of_the_birthdays_that_fall_on_it(
    day: dt.date, way: BirthdayWay
) -> None:
    assert (way.number in numbers_kept_on(day)) == (day in way.in_year(day.year))
    assert way.number in numbers_kept_on(way.coming(day))


def test_golden_9_one_birthday_a_year_where_the_day_is_missing() -> None:
    assert BirthdayWay("lunar", 12, 30).in_year(2027) == (dt.date(2027, 2, 5),)
    assert BirthdayWay("lunar", 12, 30).in_year(2030) == (dt.date(2030, 2, 2),)
    # 4-30 of 2025, whose fourth month has 29 days; born in 闰四月, in a year without it
    (short,) = BirthdayWay("lunar", 4, 30).in_year(2025)
    assert short == dt.date(2025, 5, 26)
    assert BirthdayWay("lunar", 4, 30, leap=True).in_year(2025) == (short,)
    assert BirthdayWay("solar", 2, 29).in_year(2027) == (dt.date(2027, 2, 28),)


def test_who_prefers_the_leap_month_is_not_greeted_in_the_ordinary_one_where_the_year_has_both() -> None:
    way = BirthdayWay("lunar", 6, 3, leap=True, prefer_leap=True)
    ordinary, leap = dt.date(2025, 6, 27), dt.date(2025, 7, 27)
    assert way.in_year(2025) == (leap,)
    assert way.number in numbers_kept_on(leap)
    assert way.number not in numbers_kept_on(ordinary)
