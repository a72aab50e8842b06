"""The birthdays that customers keep, as SQL: what they said themselves (`birthday_ways`), else the registered
date by the solar calendar (domain 6.6). Greetings, measures and the calendar all ask here.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
)

from db.functions import least
from db.tables import customers
from db.year import birthday_ways
from workbench.base.birthdays import (
    IN_LEAP,
    LEAP_PREFERRED,
    LUNAR,
    BirthdayWay,
    numbers_kept_on,
)
from workbench.base.lunar import from_lunar, leap_month, month_length, to_lunar
from workbench.people.particulars import particular

Expr = ColumnElement[Any]

_way = birthday_ways.c


def way_number(way: Any = _way) -> Expr:
    """`BirthdayWay.number` of a customer's own way; NULL without one. `way`: columns of birthday_ways."""
    kind = case(
        (way.calendar == "solar", 0),
        (and_(way.leap == 1, way.prefer_leap == 1), LEAP_PREFERRED),
        (way.leap == 1, IN_LEAP),
        else_=LUNAR,
    )
    return case((way.calendar.is_not(None), kind + way.month * 100 + way.day))


def with_ways(customers_too: FromClause) -> FromClause:
    """A source that holds `customers`, with their own ways beside them."""
    return customers_too.outerjoin(birthday_ways, _way.customer_id == customers.c.id)


def registered_month_day() -> Expr:
    """'MM-DD' of the registered date of birth; NULL where none is known, shorter where it is no whole date."""
    return func.substr(particular("birth_date"), 6, 5)


class GreetedDays:
    """The birthdays kept on some days: as a condition over customers with their ways, and the day of each that meets it."""

    def __init__(self, days: Iterable[dt.date]) -> None:
        self._days = {number: day for day in days for number in numbers_kept_on(day)}

    @property
    def condition(self) -> ColumnElement[bool]:
        """Whether a customer keeps his birthday on one of the days; over a source of `with_ways`."""
        solar = sorted(f"{number // 100:02d}-{number % 100:02d}" for number in self._days if number < LUNAR)
        return or_(
            and_(_way.id.is_(None), registered_month_day().in_(solar)), way_number().in_(sorted(self._days))
        )

    def day(self, month_day: str | None, number: int | None) -> dt.date:
        """The day of somebody who meets the condition, by his registered 'MM-DD' and the number of his own way."""
        return self._days[number if number is not None else _whole(month_day or "")]


def own_ways(conn: Connection) -> Mapping[int, BirthdayWay]:
    """Customer id -> the birthday that he named himself, of those who did."""
    rows = conn.execute(select(birthday_ways).order_by(birthday_ways.c.customer_id))
    return {row.customer_id: _stored(row) for row in rows}


def way_of(conn: Connection, customer_id: int) -> tuple[BirthdayWay | None, str | None]:
    """A customer's own way, and his registered date of birth (ISO); None for what is not known."""
    query = select(birthday_ways, particular("birth_date").label("born")).select_from(with_ways(customers))
    row = conn.execute(query.where(customers.c.id == customer_id)).first()
    if row is None:
        return None, None
    return (_stored(row) if row.calendar is not None else None), row.born or None


def _stored(row: Any) -> BirthdayWay:
    return BirthdayWay(row.calendar, row.month, row.day, bool(row.leap), bool(row.prefer_leap))


def lunar_days_from(way: Any, lunar_year: int, day: dt.date) -> Expr:
    """Days from a day to a lunar birthday of a lunar year (negative: before it); NULL for a solar one and none.

    `way`: columns of birthday_ways.
    """
    starts, lengths = [], []
    for month in range(1, 13):
        plain = way.month == month
        cases = [(plain, False)]
        if leap_month(lunar_year) == month:
            cases.insert(0, (and_(plain, way.leap == 1, way.prefer_leap == 1), True))
        for condition, leap in cases:
            starts.append((condition, (from_lunar(lunar_year, month, 1, leap) - day).days))
            lengths.append((condition, month_length(lunar_year, month, leap)))
    offset = case(*starts, else_=0) + least(way.day, case(*lengths, else_=0)) - 1
    return case((way.calendar == "lunar", offset))


def until_lunar(way: Any, day: dt.date) -> Expr:
    """Days until the next lunar birthday, 0 on it; NULL for a solar one and none. `way`: columns of birthday_ways."""
    year = to_lunar(day).year
    this, following = (lunar_days_from(way, one, day) for one in (year, year + 1))
    return case((this >= 0, this), else_=following)


def kept_month_day(way: Any, registered: Expr) -> Expr:
    """'MM-DD' of the solar birthday that is kept: the customer's own where he named one, else the registered; NULL for a lunar
    one. `way`: columns of birthday_ways."""
    number = way.month * 100 + way.day + 10_000
    digits = cast(number, Text)  # five of them
    own = func.substr(digits, 2, 2) + literal("-") + func.substr(digits, 4, 2)
    return case((way.calendar.is_(None), registered), (way.calendar == "solar", own))


def _whole(month_day: str) -> int:
    """'MM-DD' as MMDD; -1 for what is no whole date."""
    digits = month_day.replace("-", "")
    return int(digits) if len(month_day) == len("MM-DD") and digits.isdigit() else -1
