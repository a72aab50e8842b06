"""`Span`: the days and months of a period '2026-11' or '2026-Q4'."""

import datetime as dt
from dataclasses import dataclass

from workbench.base.dates import month_end, shift_month
from workbench.base.workdays import Workdays


@dataclass(frozen=True, slots=True)
class Span:
    """The period `code` from the month `first` to the month `last` ('YYYY-MM')."""

    code: str
    first: str
    last: str

    @classmethod
    def of(cls, code: str) -> "Span":
        """The span of a code. Raises ValueError for a text that is none."""
        year, rest = code.split("-")
        if rest.startswith("Q"):
            quarter = int(rest[1:])
            if not 1 <= quarter <= 4:
                raise ValueError(code)
            return cls(code, f"{int(year):04d}-{quarter * 3 - 2:02d}", f"{int(year):04d}-{quarter * 3:02d}")
        dt.date(int(year), int(rest), 1)
        return cls(code, code, code)

    @property
    def before(self) -> str:
        """The month before it, from which growth is counted."""
        return shift_month(self.first, -1)

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """Its first and its last day."""
        return dt.date.fromisoformat(f"{self.first}-01"), month_end(self.last)

    def gone(self, work: Workdays, at: dt.date) -> float:
        """The share of its workdays that are over at the end of a day, 0..1."""
        first, last = self.days
        days = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
        worked = [day for day in days if work.is_workday(day)]
        return sum(day <= at for day in worked) / len(worked) if worked else 1.0


def spans_on(day: dt.date) -> tuple[Span, Span]:
    """The month and the quarter of a day."""
    return (
        Span.of(f"{day.year:04d}-{day.month:02d}"),
        Span.of(f"{day.year:04d}-Q{(day.month + 2) // 3}"),
    )
