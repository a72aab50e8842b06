"""`Salons`: events for customers: planned, guests invited, held, logged, followed up. Every write is undoable."""

from collections.abc import Collection

from db.engine import Book
from db.year import salon_guests, salons
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.insight.tags.engine import Engine
from workbench.outreach.promises.room import checked_day
from workbench.outreach.salons.checking import checked_salon, kinds, within
from workbench.outreach.salons.holding import put_attendance
from workbench.outreach.salons.inviting import confirmable, put_guests, put_invitations
from workbench.outreach.salons.letters import SalonLetters, addressed
from workbench.outreach.salons.reading import guests_of, planned, salon_of, salons_of
from workbench.outreach.salons.salon import COMING, SEATED, NewSalon, Salon, SalonGuest, SalonGuests
from workbench.outreach.salons.whom import meant
from workbench.people.red_words import lines_in_force
from workbench.rules.parameters import Rules


class Salons:
    """The salons of a book."""

    def __init__(self, book: Book, rules: Rules, engine: Engine) -> None:
        self._book = book
        self._rules = rules
        self._engine = engine

    def of(self, year: int) -> tuple[Salon, ...]:
        """The salons of a year by their day."""
        return self.between(f"{year:04d}-01-01", f"{year:04d}-12-31")

    def between(self, first: str, last: str) -> tuple[Salon, ...]:
        """The salons of a span of days (ISO, both included) by their day."""
        span = salons.c.date.between(first, last)
        with in_words(), self._book.read() as conn:
            return salons_of(conn, self._rules, span)

    def salon(self, salon: int) -> Salon:
        """A salon by id. Raises WorkbenchError no_such_salon."""
        with in_words(), self._book.read() as conn:
            return salon_of(conn, self._rules, salon)

    def guests(self, salon: int) -> tuple[SalonGuest, ...]:
        """The guests of a salon. Raises WorkbenchError no_such_salon."""
        with in_words(), self._book.read() as conn:
            return guests_of(conn, salon_of(conn, self._rules, salon), self._rules)

    def letters(self, salon: int, *, coming: bool = False) -> SalonLetters:
        """Whom the invitations of a salon are for: who may be invited and did not decline; `coming`: those who confirmed or came,
        for badges.

        Raises WorkbenchError nobody, no_such_salon.
        """
        with in_words(), self._book.read() as conn:
            one = salon_of(conn, self._rules, salon)
            states = SEATED if coming else COMING
            guests = [
                guest
                for guest in guests_of(conn, one, self._rules)
                if guest.state in states and not guest.barred
            ]
            if not guests:
                hint = _("请先把确认来的记下。") if coming else _("请先加客户到名单。")
                raise WorkbenchError("nobody", _("“{name}”还没有客户可印。").format(name=one.name), hint)
            return addressed(conn, one, guests)

    def kinds(self) -> dict[str, str]:
        """Code of a kind of salon -> its name."""
        return kinds(self._rules)

    def budget(self, year: int) -> dict[str, int]:
        """Day (ISO) -> fen set aside for the salons on it, cancelled ones apart."""
        days: dict[str, int] = {}
        for one in self.of(year):
            if one.budget_fen and one.state != "cancelled":
                days[one.date] = days.get(one.date, 0) + one.budget_fen
        return days

    # -- the event -----------------------------------------------------------------------------------------

    def put(self, new: NewSalon, salon: int | None = None) -> Change:
        """Plan a salon, or write one (id) anew that is still to be held.

        Raises WorkbenchError no_text, too_long, red_line, no_such_kind, bad_date, past_date, bad_count, bad_amount, no_seats,
        no_such_salon, salon_ended.
        """
        with in_words(), self._book.write("salon", "put") as writer:
            old = planned(writer.conn, self._rules, salon) if salon is not None else None
            first = min(today().isoformat(), old.date if old else "9999")
            row = checked_salon(new, first, self._rules, lines_in_force(writer.conn))
            if old is None:
                writer.insert(salons, [{"state": "planned", **row}])
            else:
                if new.seats is not None and old.seated > new.seats:
                    words = _("已有 {n} 位确认,座位不能少于这个数。").format(n=old.seated)
                    raise WorkbenchError("no_seats", words, _("请先与客户商量改期。"))
                writer.update(salons, old.id, row)
            return Change.by(writer, 1)

    def cancel(self, salon: int) -> Change:
        """Call a salon off; its guests stay on the list. Raises WorkbenchError no_such_salon, salon_ended."""
        with in_words(), self._book.write("salon", "cancel") as writer:
            planned(writer.conn, self._rules, salon)
            writer.update(salons, salon, {"state": "cancelled"})
            return Change.by(writer, 1)

    # -- guests --------------------------------------------------------------------------------------------

    def list_guests(self, salon: int, whom: str) -> SalonGuests:
        """Put customers on the list of a salon: by numbers or a condition (see `whom.meant`). Who must not be invited is left
        out, with the reason.

        Raises WorkbenchError no_such_customer, bad_expression, no_such_list, no_data, no_such_salon, salon_ended.
        """
        people = meant(self._book, self._engine, whom)
        with in_words(), self._book.write("salon", "list") as writer:
            return put_guests(writer, planned(writer.conn, self._rules, salon), people, self._rules)

    def invite(self, salon: int, guests: Collection[int]) -> SalonGuests:
        """Mark guests (ids) as invited today. Who must no longer be invited is left out, with the reason. Raises WorkbenchError
        no_such_salon, salon_ended."""
        with in_words(), self._book.write("salon", "invite") as writer:
            return put_invitations(writer, planned(writer.conn, self._rules, salon), guests, self._rules)

    def answered(self, salon: int, guests: Collection[int], *, comes: bool, over: bool = False) -> Change:
        """Mark guests (ids) as coming, or as not. `over`: more of them than there are seats.

        Raises WorkbenchError no_seats (unless `over`), no_such_salon, salon_ended.
        """
        with in_words(), self._book.write("salon", "answer") as writer:
            one = planned(writer.conn, self._rules, salon)
            rows = [guest for guest in guests_of(writer.conn, one, self._rules) if guest.id in guests]
            if comes and not over:
                confirmable(one, sum(guest.state != "confirmed" for guest in rows))
            state = "confirmed" if comes else "declined"
            count = writer.update_many(salon_guests, [(guest.id, {"state": state}) for guest in rows])
            return Change.by(writer, count)

    def take_off(self, salon: int, guests: Collection[int]) -> Change:
        """Take guests (ids) off the list. Raises WorkbenchError no_such_salon, salon_ended."""
        with in_words(), self._book.write("salon", "take_off") as writer:
            planned(writer.conn, self._rules, salon)
            known = {
                one.id
                for one in guests_of(writer.conn, salon_of(writer.conn, self._rules, salon), self._rules)
            }
            count = writer.delete(salon_guests, sorted(known & set(guests)))
            return Change.by(writer, count)

    # -- afterwards ----------------------------------------------------------------------------------------

    def hold(self, salon: int, came: Collection[int]) -> Change:
        """Close a salon: the guests (ids) that came are logged as contacts of its day with their next date, the others that were
        asked are absent. One change.

        Raises WorkbenchError no_such_salon, salon_ended, date_in_future, and as the contact log does.
        """
        with in_words(), self._book.write("salon", "hold") as writer:
            count = put_attendance(
                writer, planned(writer.conn, self._rules, salon), frozenset(came), self._rules
            )
            return Change.by(writer, count)

    def feedback(self, salon: int, guest: int, text: str, follow_up: str = "") -> Change:
        """Keep what a guest (id) said, and the day (ISO; '': as it is) when he is asked again.

        Raises WorkbenchError too_long, bad_date, past_date, no_such_guest, no_such_salon.
        """
        # his words, not ours: no red line is theirs to keep
        row: dict[str, str | None] = {
            "feedback": within(text, "salon.note_most", _("反馈"), self._rules, ()) or None
        }
        with in_words(), self._book.write("salon", "feedback") as writer:
            one = salon_of(writer.conn, self._rules, salon)
            if follow_up.strip():
                row["follow_up"] = checked_day(follow_up, one.date)
            if guest not in {each.id for each in guests_of(writer.conn, one, self._rules)}:
                raise WorkbenchError("no_such_guest", _("名单上没有这位客户。"), _("请刷新页面再看。"))
            writer.update(salon_guests, guest, row)
            return Change.by(writer, 1)
