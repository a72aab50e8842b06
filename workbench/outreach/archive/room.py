"""`Archives`: the service files of customers, the roster of experts, their bookings (domain 1)."""

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import Connection, select

from db.care import expert_bookings
from db.engine import Book
from db.tables import snapshots
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import in_words
from workbench.insight.allocation.allocation import Allocation
from workbench.insight.allocation.room import Allocations
from workbench.insight.towers.coverage import Coverage
from workbench.insight.towers.room import Towers
from workbench.outreach.archive import bookings as booking_writes
from workbench.outreach.archive import roster as roster_writes
from workbench.outreach.archive.archive import ArchivePart, BandLine, FamilyPlan, ServiceArchive
from workbench.outreach.archive.channel import ServiceChannel, channel_of, put_channel
from workbench.outreach.archive.evidence import PartEvidence, evidence_of
from workbench.outreach.archive.expert import Expert, ExpertBooking, bookings, roster
from workbench.outreach.family_goals.goal import GoalCourse
from workbench.outreach.family_goals.room import FamilyGoals
from workbench.outreach.yearplan.plan import PlannedTouch
from workbench.people.find import customer
from workbench.rules.parameters import Rules

#: reason of a touch of the calendar
_REVIEW = "review"


class ReviewDays(Protocol):
    """The touch plans of years."""

    def touches(
        self,
        year: int,
        first: str | None = None,
        last: str | None = None,
        customers: Sequence[int] | None = None,
        state: str | None = None,
        most: int | None = None,
    ) -> tuple[PlannedTouch, ...]:
        """The touches that stand in a span of days."""


class Archives:
    """Puts the files together; writes the channel, experts and bookings. Every write is undoable."""

    def __init__(
        self, book: Book, rules: Rules, towers: Towers, allocations: Allocations, days: ReviewDays
    ) -> None:
        self._book, self._rules = book, rules
        self._towers, self._allocations, self._days = towers, allocations, days
        self._goals = FamilyGoals(book, rules)

    # -- reading ---------------------------------------------------------------------------------------------

    def of(self, customer_no: str, made: Allocation | None = None) -> ServiceArchive:
        """The file of one customer; `made`: his four pots where they were just read. Raises WorkbenchError no_such_customer."""
        position, covered = self._towers.of(customer_no)
        made, day = made or self._allocations.of(customer_no), today().isoformat()
        with in_words(), self._book.read() as conn:
            person = customer(conn, customer_no)
            shown = evidence_of(conn, person["id"], day, self._rules)
            goals, loans = self._goals.held(conn, person["id"]), _loans(conn, person["id"], position.month)
            channel = channel_of(conn, person["id"])
            listed = bookings(conn, self._rules, day, expert_bookings.c.customer_id == person["id"])
        reviews, none = self._reviews(person["id"])
        past = [one for one in listed if one.state != "booked"][: self._rules.whole("archive.bookings")]
        return ServiceArchive(
            person["id"],
            person["customer_no"],
            person["name"] or "",
            position.as_of,
            day,
            position.tier_name or "",
            covered.tower if covered else None,
            position.tower_name or self._rules.text("tower.unknown"),
            covered.way if covered else "",
            covered.reason if covered else position.reason,
            self._parts(covered, shown, position.as_of),
            None if covered is None or covered.weakest == "full" else covered.weakest,
            self._plan(made, goals, loans, reviews, none, planned=_wants(covered, "plan")),
            channel,
            self._channel_words(channel, covered),
            (*(one for one in listed if one.state == "booked"), *past),
        )

    def roster(self) -> tuple[Expert, ...]:
        """All experts, those who can be booked first."""
        with in_words(), self._book.read() as conn:
            return roster(conn, self._rules)

    def bookings(self) -> tuple[ExpertBooking, ...]:
        """All bookings: those that stand by their day, then the others, the newest first."""
        with in_words(), self._book.read() as conn:
            return bookings(conn, self._rules, today().isoformat())

    # -- writing ---------------------------------------------------------------------------------------------

    def put_channel(self, customer_no: str, channel: ServiceChannel, *, known_to_him: bool = False) -> Change:
        """As `channel.put_channel`."""
        return put_channel(self._book, self._rules, customer_no, channel, known_to_him=known_to_him)

    def add_expert(self, name: str, field: str, *, reached: str = "", note: str = "") -> Change:
        """As `roster.add_expert`."""
        return roster_writes.add_expert(self._book, self._rules, name, field, reached=reached, note=note)

    def change_expert(
        self, expert: int, name: str, field: str, *, reached: str = "", note: str = ""
    ) -> Change:
        """As `roster.change_expert`."""
        return roster_writes.change_expert(
            self._book, self._rules, expert, name, field, reached=reached, note=note
        )

    def switch_expert(self, expert: int, *, off: bool) -> Change:
        """As `roster.switch_expert`."""
        return roster_writes.switch_expert(self._book, expert, off=off)

    def book_expert(self, customer_no: str, expert: int, date: str, topic: str = "") -> Change:
        """As `bookings.book_expert`."""
        return booking_writes.book_expert(self._book, self._rules, customer_no, expert, date, topic)

    def hold_booking(self, booking: int, outcome: str = "", date: str | None = None) -> Change:
        """As `bookings.hold_booking`."""
        return booking_writes.hold_booking(self._book, self._rules, booking, outcome, date)

    def cancel_booking(self, booking: int, why: str = "") -> Change:
        """As `bookings.cancel_booking`."""
        return booking_writes.cancel_booking(self._book, self._rules, booking, why)

    # -- parts -----------------------------------------------------------------------------------------------

    def _channel_words(self, channel: ServiceChannel | None, covered: Coverage | None) -> str:
        if channel is not None:
            return channel.sentence(self._rules)
        return self._rules.text("archive.channel.none") if _wants(covered, "channel") else ""

    def _parts(
        self, covered: Coverage | None, shown: dict[str, PartEvidence], as_of: str | None
    ) -> tuple[ArchivePart, ...]:
        seen = self._rules.text("archive.by_lists")
        return tuple(
            ArchivePart(
                one.code, one.name, one.points, one.most, shown.get(one.code),
                f"{as_of or ''} {seen}".strip() if one.points and one.code not in shown else "",
                one.next,
            )
            for one in (covered.parts if covered else ())
        )  # fmt: skip

    def _plan(
        self,
        made: Allocation,
        goals: tuple[GoalCourse, ...],
        loans: int | None,
        reviews: tuple[str, ...],
        none: str,
        *,
        planned: bool,
    ) -> FamilyPlan:
        bands = () if made.blind else made.gaps
        lines = tuple(
            BandLine(
                one.name, one.share_words, one.range_.words if one.range_ else "—", one.sentence, one.outside
            )
            for one in bands
        )
        package = made.package.name if made.package else ""
        blind = made.gaps[0].sentence if made.blind and made.gaps else ""
        assets = made.present.total if made.present else None
        no_goals = self._rules.text("archive.goals.none") if planned and not goals else ""
        return FamilyPlan(
            goals, no_goals, assets, loans, package, lines, made.untested or blind, reviews, none
        )

    def _reviews(self, person: int) -> tuple[tuple[str, ...], str]:
        """The days of review that the calendar has from today on, and why it has none."""
        day = today()
        planned = [
            one
            for year in (day.year, day.year + 1)
            for one in self._days.touches(year, day.isoformat(), None, (person,))
        ]
        days = [one.day for one in planned if one.reason == _REVIEW and one.day and not one.done]
        if days:
            return tuple(sorted(days)), ""
        some = planned or self._days.touches(day.year, most=1)
        return (), self._rules.text("archive.reviews.none" if some else "archive.reviews.unplanned")


def _wants(covered: Coverage | None, part: str) -> bool:
    """Whether the way of his tower has a part."""
    return covered is not None and any(one.code == part for one in covered.parts)


def _loans(conn: Connection, person: int, month: str | None) -> int | None:
    s = snapshots.c
    return conn.execute(select(s.loan_balance).where(s.customer_id == person, s.month == month)).scalar()
