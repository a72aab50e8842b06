"""`PersonalData`: what is held about a person, told to him, deleted on his request; and what is kept too long, cleaned up."""

from dataclasses import replace

from db.engine import Book
from db.removing import Removal, Removed
from workbench.base.dates import now, today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.people.privacy import tail
from workbench.rules.parameters import Rules
from workbench.trust.personal import retention
from workbench.trust.personal.deletion import Deletion, deletion, next_receipt, removal
from workbench.trust.personal.extract import PersonExtract, extract, registered
from workbench.trust.personal.person import person
from workbench.trust.personal.retention import Retention


class PersonalData:
    """The data of persons in a book. What `delete` and `clean_up` take away cannot be brought back."""

    def __init__(self, book: Book, rules: Rules) -> None:
        self._book = book
        self._rules = rules

    def extract(self, customer_no: str) -> PersonExtract:
        """All that the book holds about a customer. Raises WorkbenchError no_such_customer."""
        made = self.held(customer_no)
        with in_words():
            self._book.record("person_extract", tail(made.customer_no), rows=made.count)
        return made

    def held(self, customer_no: str) -> PersonExtract:
        """The same, read again of a customer who is looked at already: it is not registered once more."""
        with in_words(), self._book.read() as conn:
            return extract(conn, self._rules, person(conn, customer_no), now())

    def foreseen(self, customer_no: str, reason: str = "") -> Deletion:
        """What a deletion would take away; nothing is written. Raises WorkbenchError no_such_customer."""
        return self._deleted(customer_no, reason, keep=False)

    def delete(self, customer_no: str, reason: str) -> Deletion:
        """Delete all of a customer's data for good, with everything that undo stands on; a later list does not bring him back.

        Raises WorkbenchError no_such_customer, no_reason.
        """
        if not reason.strip():
            raise WorkbenchError(
                "no_reason",
                _("没有写删除的原因。"),
                _("写一句就行,例如:本人书面要求,12 月 1 日收到。"),
            )
        return self._deleted(customer_no, reason.strip(), keep=True)

    def lift(self, receipt: str, reason: str) -> int:
        """Let lists bring a deleted person again, who agreed to it. Returns how many marks went.

        Raises WorkbenchError no_reason, no_such_receipt.
        """
        if not reason.strip():
            raise WorkbenchError(
                "no_reason", _("没有写恢复收录的原因。"), _("写一句就行,例如:本人重新办理业务,书面同意。")
            )
        with in_words():
            gone = self._book.lift_tombstones(receipt.strip(), reason=reason.strip())
        if not gone:
            raise WorkbenchError(
                "no_such_receipt",
                _("没有这个回执号。"),
                _("回执号写在删除回执上,例如 SC-20261201-01;登记簿里也能查到。"),
            )
        return gone

    def overdue(self, day: str | None = None) -> Retention:
        """What a clean-up would take away on a day (ISO; None: today); nothing is written."""
        return self._cleaned(day or today().isoformat(), keep=False)

    def clean_up(self) -> Retention:
        """Take away for good what is kept too long today."""
        return self._cleaned(today().isoformat(), keep=True)

    def _deleted(self, customer_no: str, reason: str, *, keep: bool) -> Deletion:
        with in_words():
            with self._book.read() as conn:
                one = person(conn, customer_no)
                rows_registered = registered(conn, one)
                receipt = next_receipt(conn, today().isoformat())
                what = removal(conn, one, reason, receipt)
            done = self._book.remove("person_deleted", what, keep=keep)
        shown = deletion(self._rules, one, done, rows_registered, reason)
        return replace(shown, receipt=receipt, at=now()) if keep else shown

    def _cleaned(self, day: str, *, keep: bool) -> Retention:
        with in_words():
            with self._book.read() as conn:
                what = retention.overdue(conn, self._rules, day)
                gone = len(retention.left(conn, self._rules, day))
            done = self._removed(what, keep=keep)
            with self._book.read() as conn:
                return retention.shown(conn, self._rules, day, done, gone)

    def _removed(self, what: Removal, *, keep: bool) -> Removed:
        return self._book.remove("retention", what, keep=keep)
