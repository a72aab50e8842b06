"""What databases spell differently means the same on each."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Text, cast, create_engine, literal, select, text
from sqlalchemy.engine.default import DefaultDialect

from db.functions import day_number

#: days from the first of March of the year 0 to the end of that year
BEFORE = 306


@given(st.dates())
def test_days_are_counted_alike_by_the_calendar_of_sqlite_and_by_arithmetic(date: dt.date) -> None:
    asked = select(day_number(literal(date.isoformat())))
    plain = asked.compile(dialect=DefaultDialect(), compile_kwargs={"literal_binds": True})
    with create_engine("sqlite://").connect() as conn:
        assert conn.execute(asked).scalar() == date.toordinal() + BEFORE
        assert conn.execute(text(str(plain))).scalar() == date.toordinal() + BEFORE


def test_the_day_of_a_date_that_is_not_told_is_not_told() -> None:
    with create_engine("sqlite://").connect() as conn:
        assert conn.execute(select(day_number(cast(None, Text)))).scalar() is None
