"""`Referrals`: the referrals of a book as task sheets, what is due on them, and every write about them (domain 7)."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection, select

from db.engine import Book
from db.tables import referrals
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.insight.tags.engine import Engine
from workbench.outreach.referrals.entered import EnteredReferral, filled_in, minute_now
from workbench.outreach.referrals.opened import OpenedAccount, accounts_opened, open_in
from workbench.outreach.referrals.owed import FirstContact, first_contacts_due
from workbench.outreach.referrals.reading import tasks
from workbench.outreach.referrals.task import ReferralTask
from workbench.outreach.referrals.writing import (
    entered_task,
    erase_person,
    insert_task,
    no_such_referral,
    read_task,
    update_task,
    without_person,
)
from workbench.people.referring.finding import ReferralFinding
from workbench.people.referring.room import NewReferral, findings_of, flagged, refuse
from workbench.rules.parameters import Rules


class Referrals:
    """The referrals of a book. Every write is undoable; what `decline` erases stays erased."""

    def __init__(self, book: Book, rules: Rules, engine: Engine) -> None:
        self._book = book
        self._rules = rules
        self._engine = engine

    # -- reading -------------------------------------------------------------------------------------------

    def all(self, day: str | None = None) -> tuple[ReferralTask, ...]:
        """Every referral as it stands on a day (ISO; None: today), the newest first."""
        with in_words(), self._book.read() as conn:
            return tasks(conn, self._rules, day or today().isoformat())

    def one(self, referral: int) -> ReferralTask:
        """A referral by the id of its line. Raises WorkbenchError no_such_referral."""
        with in_words(), self._book.read() as conn:
            return read_task(conn, self._rules, referral)

    def numbered(self, number: str) -> ReferralTask:
        """A referral by its number (转介单号), else by the id of its line. Raises WorkbenchError no_such_referral."""
        word = number.strip()
        with in_words(), self._book.read() as conn:
            query = select(referrals.c.id).where(referrals.c.referral_no == word).order_by(referrals.c.id)
            line = conn.execute(query).scalar() if word else None
            if line is None and not word.isdecimal():
                raise no_such_referral(word)
            return read_task(conn, self._rules, int(word) if line is None else line)

    def first_contacts(self, day: str | None = None) -> tuple[FirstContact, ...]:
        """Who agreed and is to be contacted for the first time by a day (ISO; None: today), the earliest deadline first."""
        with in_words(), self._book.read() as conn:
            return first_contacts_due(conn, self._rules, day or today().isoformat())

    def opened(self) -> tuple[OpenedAccount, ...]:
        """Persons referred who probably have an account by now, by their telephone: to be confirmed, nothing is linked."""
        with in_words(), self._book.read() as conn:
            return accounts_opened(conn, self._rules, today().isoformat())

    def flagged(self) -> Mapping[int, tuple[ReferralFinding, ...]]:
        """Line -> what is wrong, or to be checked, with it; computed anew."""
        with in_words(), self._book.read() as conn:
            return flagged(conn, self._rules)

    def findings(self, new: EnteredReferral) -> tuple[ReferralFinding, ...]:
        """What is wrong, or to be checked, with a referral as typed. Raises WorkbenchError as `enter`."""
        with in_words(), self._book.read() as conn:
            return self._findings(conn, entered_task(conn, self._rules, new))

    # -- writing -------------------------------------------------------------------------------------------

    def enter(self, new: EnteredReferral, *, confirmed: bool = False) -> Change:
        """Write a new referral with its number. `confirmed`: somebody checked what `findings` says.

        Raises WorkbenchError as `filled_in`, no_such_customer, no_name, self_referral, circle_referral, referral_to_confirm.
        """
        with in_words(), self._book.write("referral", "enter") as writer:
            insert_task(writer, self._enter(writer.conn, new, confirmed=confirmed))
            return Change.by(writer, 1)

    def change(self, referral: int, given: Mapping[str, str], *, confirmed: bool = False) -> Change:
        """Set fields of `entered.FIELDS` as typed ('' blanks one); the others stay.

        Raises WorkbenchError no_such_referral, as `filled_in`, and as `enter` where the person or the telephone is another.
        """
        return self._set(referral, "change", given, confirmed=confirmed)

    def contact(self, referral: int, result: str, at: str = "") -> Change:
        """Record the first contact: what came of it, when ('YYYY-MM-DD HH:MM'; '': now). Raises WorkbenchError as `change`."""
        return self._set(referral, "contact", {"contacted": at or minute_now(), "result": result})

    def meet(self, referral: int, day: str) -> Change:
        """Record a meeting, or the day (ISO) on which it is to be. Raises WorkbenchError as `change`."""
        return self._set(referral, "meeting", {"meeting": day})

    def feed_back(self, referral: int, day: str = "") -> Change:
        """Record that the giver was told that his friend was contacted (ISO; '': today). Raises WorkbenchError as `change`."""
        return self._set(referral, "feedback", {"feedback": day or today().isoformat()})

    def thank(self, referral: int, day: str = "") -> Change:
        """Record that the giver was thanked (ISO; '': today). Raises WorkbenchError as `change`."""
        return self._set(referral, "thanks", {"thanked": day or today().isoformat()})

    def close(self, referral: int, reason: str) -> Change:
        """End a referral, with a reason. Raises WorkbenchError no_reason, and as `change`."""
        if not reason.strip():
            raise WorkbenchError("no_reason", _("没有写关闭原因。"), _("写一句就行,例如:本人近期没有需要。"))
        return self._set(referral, "close", {"close_reason": reason})

    def decline(self, referral: int, way: str = "") -> Change:
        """The person does not want to be contacted: the referral ends, and what identifies him is erased for good. The giver is
        thanked all the same and told nothing. Undo opens the referral again, without the person. Raises WorkbenchError
        no_such_referral, too_long."""
        with in_words():
            with self._book.write("referral", "decline") as writer:
                before = read_task(writer.conn, self._rules, referral)
                given = filled_in(before, {"agreed_way": way}, self._rules) if way.strip() else before
                reason = before.close_reason or _("本人不同意联系")
                after = without_person(replace(given, agreed=False, agreed_at=None, close_reason=reason))
                update_task(writer, before, after, self._rules)
                change = Change.by(writer, 1)
            erase_person(self._book, [referral], {referral: before})
        return change

    def link(self, referral: int, customer_no: str, *, confirmed: bool = False) -> Change:
        """The person referred has an account now: this customer, who becomes one that was referred in the journey.

        Raises WorkbenchError no_such_referral, no_such_customer, linked_already, self_referral, circle_referral,
        referral_to_confirm.
        """
        with in_words(), self._book.write("referral", "opened") as writer:
            before = read_task(writer.conn, self._rules, referral)
            findings = self._findings(writer.conn, replace(before, account_no=customer_no.strip()))
            # that he is a customer now is what is being told
            refuse(
                [one for one in findings if one.code not in ("customer", "twice")],
                self._rules,
                confirmed=confirmed,
            )
            open_in(writer, self._rules, before, customer_no)
            return Change.by(writer, 1)

    # -- parts ---------------------------------------------------------------------------------------------

    def _enter(self, conn: Connection, new: EnteredReferral, *, confirmed: bool) -> ReferralTask:
        task = entered_task(conn, self._rules, new)
        refuse(self._findings(conn, task), self._rules, confirmed=confirmed)
        return task

    def _set(
        self, referral: int, summary: str, given: Mapping[str, str], *, confirmed: bool = False
    ) -> Change:
        with in_words(), self._book.write("referral", summary) as writer:
            before = read_task(writer.conn, self._rules, referral)
            after = filled_in(before, given, self._rules)
            if (before.name, before.phone) != (after.name, after.phone):
                refuse(self._findings(writer.conn, after), self._rules, confirmed=confirmed)
            return Change.by(writer, int(update_task(writer, before, after, self._rules)))

    def _findings(self, conn: Connection, task: ReferralTask) -> tuple[ReferralFinding, ...]:
        line = NewReferral(
            task.giver_no, task.date, task.name, task.phone, task.account_no or "", task.relation, task.need, task.loan
        )  # fmt: skip
        return findings_of(conn, self._rules, line, instead=task.id or None)
