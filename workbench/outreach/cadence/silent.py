"""The silent days of a book's calendar (清明, 中元, 公祭日): no marketing and no joyful greeting on them (domain 6.1, 6.5)."""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import Connection

from workbench.outreach.dates.own_rows import rows_in_force
from workbench.outreach.dates.placed import silent_days
from workbench.outreach.dates.when import FIRST_YEAR, LAST_YEAR


def silent_of(conn: Connection, years: Iterable[int]) -> frozenset[dt.date]:
    """The silent days of some years; of a year that the calendar does not reach, none."""
    rows = rows_in_force(conn)
    known = {year for year in years if FIRST_YEAR <= year <= LAST_YEAR}
    return frozenset(day for year in sorted(known) for day in silent_days(rows, year))
