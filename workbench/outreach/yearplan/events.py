"""The days of years, kept while the calendar stays as it is: they take longer to work out than a page may."""

from collections.abc import Callable

from sqlalchemy import select

from db.engine import Book
from db.year import own_days
from workbench.base.errors import in_words
from workbench.base.i18n import language
from workbench.base.workdays import kept_notices
from workbench.outreach.dates.year_day import YearDay

#: years that are kept
_MOST = 6


class YearEvents:
    """Calling it gives the days of a year. `days`: works them out."""

    def __init__(self, book: Book, days: Callable[[int], tuple[YearDay, ...]]) -> None:
        self._book, self._days = book, days
        #: year -> what they were worked out from, and the days
        self._kept: dict[int, tuple[object, tuple[YearDay, ...]]] = {}

    def __call__(self, year: int) -> tuple[YearDay, ...]:
        """The days of a year. Raises WorkbenchError year_out_of_range."""
        with in_words(), self._book.read() as conn:
            rows = tuple(map(tuple, conn.execute(select(own_days).order_by(own_days.c.id))))
            by = (language(), kept_notices(conn), rows)
        kept = self._kept.get(year)
        if kept is not None and kept[0] == by:
            return kept[1]
        days = self._days(year)
        if len(self._kept) >= _MOST:
            self._kept.clear()
        self._kept[year] = (by, days)
        return days
