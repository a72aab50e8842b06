"""The review of a week's plan (domain 5): completion rate, and why rows were not done."""

import datetime as dt
from dataclasses import dataclass

from db.engine import Book
from workbench.base.dates import week_days, week_of
from workbench.base.errors import in_words
from workbench.outreach import store
from workbench.outreach.codes import codes


@dataclass(frozen=True, slots=True)
class WeekReview:
    """The rows of a plan counted by how they ended."""

    week: str
    done: int
    half: int
    missed: int
    unticked: int
    #: (reason as shown, rows), most frequent first
    reasons: tuple[tuple[str, int], ...]

    @property
    def rows(self) -> int:
        """All rows of the plan, ticked or not."""
        return self.done + self.half + self.missed + self.unticked

    @property
    def rate(self) -> float | None:
        """Completion 0..1, half-done rows counting half; None if no row was ticked."""
        if self.rows == self.unticked:
            return None
        return (self.done + self.half / 2) / self.rows


def week_before(week: str) -> str:
    """The ISO week before: '2026-W01' -> '2025-W52'."""
    return week_of(week_days(week)[0] - dt.timedelta(days=7))


def review(book: Book, week: str) -> WeekReview | None:
    """The review of the plan stored for the week before `week`; None if there is none."""
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
