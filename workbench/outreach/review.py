"""How a week's plan went (domain 5): completion rate and the reasons why rows were not done."""

import datetime as dt
from dataclasses import dataclass

from db.engine import Book
from workbench.base.dates import week_days, week_of
from workbench.base.errors import in_words
from workbench.outreach import store
from workbench.outreach.methods import codes


@dataclass(frozen=True, slots=True)
class WeekReview:
    """Rows of a plan by how they ended. `rate` 0..1 counts half-done rows half; None when nothing was ticked."""

    week: str
    done: int
    half: int
    missed: int
    unticked: int
    #: (reason as shown, rows), most frequent first
    reasons: tuple[tuple[str, int], ...]

    @property
    def rows(self) -> int:
        return self.done + self.half + self.missed + self.unticked

    @property
    def rate(self) -> float | None:
        if self.rows == self.unticked:
            return None
        return (self.done + self.half / 2) / self.rows


def week_before(week: str) -> str:
    """'2026-W01' -> '2025-W52'."""
    return week_of(week_days(week)[0] - dt.timedelta(days=7))


def review(book: Book, week: str) -> WeekReview | None:
    """Review of the plan of the week before `week`; None when there was none."""
    before = week_before(week)
    with in_words(), book.read() as conn:
        plan = store.load(conn, before)
    if plan is None:
        return None
    results = [item.result for item in store.all_items(plan)]
    names = dict(codes("missed"))
    why = [names.get(result.partition(":")[2], result) for result in results if result.startswith("missed")]
    counted = sorted(((name, why.count(name)) for name in set(why)), key=lambda pair: (-pair[1], pair[0]))
    return WeekReview(
        before, results.count("done"), results.count("half"), len(why), results.count(""), tuple(counted)
    )
