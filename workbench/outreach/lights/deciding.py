"""Decide about a light: explain where the money went, pause it, hand it over, confirm the cause (domain 4.1, 4.5)."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy import func, select

from db.engine import Book
from db.known import light_decisions
from db.tables import risks
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.insight.churn.decisions import (
    UNDECIDED,
    DecisionKind,
    Decisions,
    cause_names,
    confirmed_causes,
    decisions_on,
    reasons,
)
from workbench.insight.churn.verdict import LeavingCause
from workbench.outreach.codes import code_of
from workbench.outreach.lights.naming import NamedCustomer, named
from workbench.people.find import customer_id
from workbench.rules.parameters import Rules


class Deciding:
    """Writes decisions; each is one change that can be undone, and the newest of a kind counts."""

    def __init__(self, book: Book, rules: Rules) -> None:
        self._book = book
        self._rules = rules

    # -- what may be decided -----------------------------------------------------------------------------------

    def reasons(self) -> tuple[tuple[str, str], ...]:
        """(code, name) of what may explain an outflow."""
        return tuple((code, _(name)) for code, name in reasons(self._rules))

    def causes(self) -> tuple[tuple[LeavingCause, str], ...]:
        """(code, name) of the causes that may be confirmed; the last one says that nobody knows."""
        return tuple((code, _(name)) for code, name in cause_names(self._rules))

    def needs_note(self, reason: str) -> bool:
        """Whether an explanation has to be written out."""
        return reason in self._rules.words("explained.note_needed")

    def muted_by_default(self) -> str:
        """The last day (ISO) of a pause that begins today, unless another is chosen."""
        return (today() + dt.timedelta(days=self._rules.whole("decision.mute_days"))).isoformat()

    # -- deciding ----------------------------------------------------------------------------------------------

    def explain(self, customer_no: str, reason: str, note: str | None = None) -> Change:
        """The manager knows where the money went: the asset signals rest for `explained.days`. `reason`: code or name.

        Raises WorkbenchError no_such_reason, note_needed, note_too_long, no_such_customer.
        """
        code = code_of(reason, self.reasons(), "no_such_reason", _("没有「{value}」这种资金去向。"))
        until = (today() + dt.timedelta(days=self._rules.whole("explained.days"))).isoformat()
        if self.needs_note(code) and not (note or "").strip():
            raise WorkbenchError(
                "note_needed", _("选“其他”时请写一句资金去向。"), _("例如:给儿子付了装修款。")
            )
        return self._decide(customer_no, "explain", code, until, note)

    def mute(self, customer_no: str, until: str | None = None, note: str | None = None) -> Change:
        """The light rests until a day (ISO, included; None: `decision.mute_days` from today). The verdict stays.

        Raises WorkbenchError bad_date, mute_over, mute_too_long, note_too_long, no_such_customer.
        """
        day, most = (
            _day(self.muted_by_default() if until is None else until),
            self._rules.whole("decision.mute_most"),
        )
        if day < today():
            raise WorkbenchError(
                "mute_over",
                _("静默到 {date},已经过了。").format(date=day.isoformat()),
                _("请填今天或以后的日期。"),
            )
        if day > today() + dt.timedelta(days=most):
            raise WorkbenchError(
                "mute_too_long",
                _("静默最多 {days} 天。").format(days=most),
                _("请填 {date} 或更早的日期;到时还不用联系,可以再静默一次。").format(
                    date=(today() + dt.timedelta(days=most)).isoformat()
                ),
            )
        return self._decide(customer_no, "mute", None, day.isoformat(), note)

    def hand_over(self, customer_no: str, to: str, note: str | None = None) -> Change:
        """Somebody else looks after the customer. Raises WorkbenchError no_receiver, note_too_long, no_such_customer."""
        receiver = " ".join(to.split())
        if not receiver:
            raise WorkbenchError(
                "no_receiver", _("没有写交给谁。"), _("请写接手的人或网点,例如:城东支行 李经理。")
            )
        self._short(receiver)
        return self._decide(customer_no, "hand_over", receiver, None, note)

    def confirm_cause(self, customer_no: str, cause: str, note: str | None = None) -> Change:
        """The manager asked why the customer leaves. `cause`: code or name, 'unknown' included; only these are counted.

        Raises WorkbenchError no_such_cause, note_too_long, no_such_customer.
        """
        code = code_of(cause, self.causes(), "no_such_cause", _("没有「{value}」这种流失原因。"))
        return self._decide(customer_no, "cause", code, None, note)

    # -- reading -----------------------------------------------------------------------------------------------

    def decisions(self, customer_no: str) -> Decisions:
        """The decisions in force about a customer today. Raises WorkbenchError no_such_customer."""
        with in_words(), self._book.read() as conn:
            person = customer_id(conn, customer_no)
            return decisions_on(conn, today().isoformat(), [person]).get(person, UNDECIDED)

    def is_lit(self, customer_no: str) -> bool:
        """Whether the newest stored check gave a customer a light: then a contact may ask why he leaves. Raises
        WorkbenchError no_such_customer."""
        with in_words(), self._book.read() as conn:
            checked = select(func.max(risks.c.month)).scalar_subquery()
            lit = select(risks.c.light).where(
                risks.c.customer_id == customer_id(conn, customer_no), risks.c.month == checked
            )
            return conn.execute(lit).scalar() is not None

    def names(self, ids: Collection[int]) -> dict[int, NamedCustomer]:
        """Customer id -> number and name, of at most 500 of the ids."""
        with in_words(), self._book.read() as conn:
            return named(conn, ids)

    def confirmed_causes(self) -> dict[LeavingCause, int]:
        """How many customers have each cause confirmed; what was not confirmed is not counted."""
        with in_words(), self._book.read() as conn:
            return confirmed_causes(conn)

    def _decide(
        self, customer_no: str, kind: DecisionKind, value: str | None, until: str | None, note: str | None
    ) -> Change:
        text = " ".join((note or "").split())
        self._short(text)
        row = {
            "date": today().isoformat(),
            "kind": kind,
            "value": value,
            "until": until,
            "note": text or None,
        }
        with in_words(), self._book.write("light", kind) as writer:
            person = customer_id(writer.conn, customer_no)
            writer.insert(light_decisions, [{"customer_id": person, **row}])
            return Change.by(writer, 1)

    def _short(self, text: str) -> None:
        most = self._rules.whole("decision.note_most")
        if len(text) > most:
            raise WorkbenchError(
                "note_too_long", _("说明超过 {most} 个字。").format(most=most), _("请写短一些,一句话就够。")
            )


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise WorkbenchError(
            "bad_date", _("「{text}」不是日期。").format(text=text), _("请写成 2026-11-23 这样。")
        ) from None
