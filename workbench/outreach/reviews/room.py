"""`Reviews`: the evening review of any day, and the report of any week."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict

from sqlalchemy import Connection, func, select

from db.engine import Book
from db.week import day_reviews, promises
from workbench.base.change import Change
from workbench.base.dates import today, week_of
from workbench.base.day_words import named_day
from workbench.base.errors import in_words
from workbench.base.i18n import _, semicolons
from workbench.base.workdays import workdays_of
from workbench.outreach.reviews.counts import ReviewedContact, contacts_between, counted
from workbench.outreach.reviews.review import DayReview, ReviewWords, WeekReport
from workbench.outreach.today.share import DayShare, day_share, places
from workbench.outreach.week.entry import WeekList
from workbench.rules.parameters import Rules

#: objections that a review asks for (domain 13.4)
_MOST = 3


class Reviews:
    """Reads and keeps reviews. `weeks`: hands out the list of a week."""

    def __init__(self, book: Book, rules: Rules, weeks: Callable[[str | None], WeekList]) -> None:
        self._book = book
        self._rules = rules
        self._weeks = weeks

    def of(self, date: str | None = None) -> DayReview:
        """The review of a day (ISO; None: today)."""
        day = date or today().isoformat()
        week = self._weeks(week_of(dt.date.fromisoformat(day)))
        with in_words(), self._book.read() as conn:
            return self._review(conn, week, day, contacts_between(conn, day, day))

    def keep(self, date: str, words: ReviewWords) -> Change:
        """Store what was written about a day; empty words take the review back. Undoable."""
        row = {name: text.strip() or None for name, text in asdict(words).items()}
        with in_words(), self._book.write("review", date) as writer:
            known = writer.conn.execute(select(day_reviews.c.id).where(day_reviews.c.date == date)).scalar()
            if known is not None:
                writer.update(day_reviews, known, row)
            elif any(row.values()):
                writer.insert(day_reviews, [{"date": date, **row}])
            return Change.by(writer, sum(writer.counts.values()))

    def report(self, week: str | None = None) -> WeekReport:
        """The report of an ISO week (None: that of today), by what was logged up to now."""
        listed = self._weeks(week or week_of(today()))
        with in_words(), self._book.read() as conn:
            days = workdays_of(conn).week(listed.week).days
            first, last = days[0].isoformat(), days[-1].isoformat()
            contacts = contacts_between(conn, first, last)
            worked = sorted({*listed.workdays, *(one.date for one in contacts)})
            reviews = tuple(
                self._review(conn, listed, day, [one for one in contacts if one.date == day])
                for day in worked
                if day <= today().isoformat()
            )
            kept = conn.execute(
                select(func.count()).where(promises.c.state == "kept", promises.c.ended.between(first, last))
            ).scalar_one()
            left = conn.execute(
                select(func.count()).where(promises.c.state == "open", promises.c.due <= last)
            ).scalar_one()
        return WeekReport(listed.week, first, last, reviews, kept, left)

    def _review(
        self, conn: Connection, week: WeekList, day: str, contacts: Sequence[ReviewedContact]
    ) -> DayReview:
        share = day_share(week, day, *places(self._rules))
        row = conn.execute(select(day_reviews).where(day_reviews.c.date == day)).mappings().first()
        names = ("objections", "tomorrow", "skill", "supervisor")
        words = ReviewWords(**{name: row[name] or "" for name in names}) if row else ReviewWords()
        counts = counted(contacts, share.planned if day in week.workdays else 0, self._rules)
        suggested = ReviewWords(self._objections(contacts), self._tomorrow(week, day, share))
        return DayReview(day, counts, len(share.listed), words, suggested)

    def _objections(self, contacts: Iterable[ReviewedContact]) -> str:
        """The notes of contacts that met with an objection, one a line: the most frequent first."""
        against = self._rules.words("today.objecting")
        notes = Counter(one.note.strip() for one in contacts if one.result in against and one.note.strip())
        return "\n".join(note for note, _times in notes.most_common(_MOST))

    def _tomorrow(self, week: WeekList, day: str, share: DayShare) -> str:
        """How many wait on the next workday of the week; '' on its last one."""
        following = next((one for one in week.workdays if one > day), None)
        if following is None:
            return ""
        coming = day_share(week, following, *places(self._rules))
        if not coming.listed:
            return ""
        again = {one.rank for one in share.done if not one.settled} & {one.rank for one in coming.listed}
        words = [_("{day} 清单 {n} 位").format(day=following, n=len(coming.listed))]
        if again:
            words.append(_("其中{day}没有接通的 {n} 位").format(day=named_day(day), n=len(again)))
        if share.listed:
            words.append(_("{day}没有联系的 {n} 位").format(day=named_day(day), n=len(share.listed)))
        return semicolons(words) + _("。")
