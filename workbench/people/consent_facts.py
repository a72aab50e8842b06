"""The facts behind consent as subqueries, at most one row per customer each: refusals, complaints, a death in the family,
contacts by us lately and those that nobody answered, corrections by hand."""

import datetime as dt
from collections.abc import Collection
from typing import TypeAlias

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    true,
)  # fmt: skip

from db.functions import greatest, holds
from db.tables import complaints, touches
from workbench.base.expressions import Expr
from workbench.people.corrections import newest
from workbench.rules.parameters import Rules

#: A customer's id, or a bind parameter for one.
Whom: TypeAlias = int | BindParameter[int]
#: Fields whose correction by hand changes the consent (domain 0-6).
_BY_HAND = ("opt_out", "birth_date", "age", "complaints_open", "last_complaint_date")


class ConsentFacts:
    """The facts on a day (ISO), of all customers or `only` some. Outer join each part on its `customer_id`."""

    def __init__(self, day: str, rules: Rules, only: Collection[Whom] | None = None) -> None:
        self.day = day
        self._rules = rules
        self._only = only
        self.contacts = self._contacts()
        self.complaints = self._complaints()
        self.cadence = self._cadence()
        self.failures = self._failures()
        self.by_hand = newest(day, _BY_HAND, only).subquery("consent_by_hand")

    @property
    def parts(self) -> tuple[Subquery, ...]:
        """The subqueries, to be joined."""
        return self.contacts, self.complaints, self.cadence, self.failures, self.by_hand

    def before(self, days: int) -> str:
        """The date (ISO) that is `days` before the day."""
        return (dt.date.fromisoformat(self.day) - dt.timedelta(days=days)).isoformat()

    def _among(self, column: Expr) -> ColumnElement[bool]:
        return true() if self._only is None else column.in_(list(self._only))

    def _whole_log(self) -> tuple[Expr, Expr]:
        """The customer and the date of a contact, for statements that read the log from end to end: a sum is no key, and SQLite
        goes by an index of so many rows a tenth as fast."""
        t = touches.c
        if self._only is not None:
            return t.customer_id, t.date
        return cast(t.customer_id + 0, Integer), t.date + literal("")

    def _contacts(self) -> Subquery:
        t, (customer, date) = touches.c, self._whole_log()
        refused, complaint = self._rules.words("contact.refused"), ("complaint",)
        since = self.before(self._rules.whole("consent.mourning_days"))
        words = (holds(t.note, word) for word in self._rules.words("consent.mourning_words"))
        mourning = and_(t.date > since, t.note.is_not(None), or_(*words))
        return (
            select(
                customer.label("customer_id"),
                func.max(case((t.result.in_(refused), t.date + literal("|") + t.channel))).label("refused"),
                func.max(case((t.result.in_(complaint), t.date))).label("complained"),
                func.max(case((mourning, t.date))).label("bereaved"),
            )
            .where(
                self._among(t.customer_id),
                date <= self.day,
                or_(t.result.in_((*refused, *complaint)), mourning),
            )
            .group_by(customer)
            .subquery("consent_contacts")
        )

    def _complaints(self) -> Subquery:
        c = complaints.c
        dated = c.closed_date <= self.day
        still = case((still_open(self.day, self._rules) == 1, 1))
        return (
            select(
                c.customer_id,
                func.count(still).label("open"),
                func.min(case((still == 1, c.date))).label("since"),
                func.max(case((dated, greatest(c.closed_date, c.date)))).label("closed"),
                func.max(case((dated, None), else_=c.date)).label("undated"),
                func.max(c.date).label("last"),
            )
            .where(self._among(c.customer_id), c.date <= self.day)
            .group_by(c.customer_id)
            .subquery("consent_complaints")
        )

    def _cadence(self) -> Subquery:
        """Contacts by us within the short and the long span (`week`, `month`). `week_from`, `month_from`: date of the
        contact that, once it leaves the span, brings the count below the limit; NULL below the limit."""
        t, spans = touches.c, ("week", "month")
        since = {span: self.before(self._rules.whole(f"consent.{span}_days")) for span in spans}
        place = func.row_number().over(partition_by=t.customer_id, order_by=(t.date.desc(), t.id.desc()))
        ours = (
            select(t.customer_id, t.date, place.label("place"))
            .where(self._among(t.customer_id), t.initiated_by != "customer")
            .where(t.date > min(since.values()), t.date <= self.day)
            .subquery("consent_ours")
        )
        columns: dict[str, Expr] = {}
        for span in spans:
            within, most = ours.c.date > since[span], self._rules.whole(f"consent.{span}_touches")
            columns[span] = func.count(case((within, 1)))
            columns[f"{span}_from"] = func.max(case((and_(within, ours.c.place == most), ours.c.date)))
        named = (expression.label(name) for name, expression in columns.items())
        return select(ours.c.customer_id, *named).group_by(ours.c.customer_id).subquery("consent_often")

    def _failures(self) -> Subquery:
        """Of those who may have a rest: how many of our latest contacts in a row nobody answered (`n`), and the date of the last
        of them."""
        t, (customer, date) = touches.c, self._whole_log()
        failed = and_(t.result.in_(self._rules.words("contact.unanswered")), t.initiated_by != "customer")
        since = self.before(self._rules.whole("consent.rest_days"))
        # few have as many at all: only theirs are looked at in their order
        often = (
            select(customer)
            .where(self._among(t.customer_id), failed, date <= self.day)
            .group_by(customer)
            .having(func.count() >= self._rules.whole("consent.rest_after"), func.max(t.date) > since)
        )
        answered = (
            select(t.customer_id, func.max(t.date).label("last"))
            .where(t.customer_id.in_(often), t.date <= self.day, ~failed)
            .group_by(t.customer_id)
            .subquery("consent_answered")
        )
        return (
            select(t.customer_id, func.count().label("n"), func.max(t.date).label("last"))
            .select_from(touches.outerjoin(answered, answered.c.customer_id == t.customer_id))
            .where(
                t.customer_id.in_(often),
                failed,
                t.date <= self.day,
                t.date > func.coalesce(answered.c.last, ""),
            )
            .group_by(t.customer_id)
            .subquery("consent_failures")
        )


def still_open(day: str, rules: Rules) -> Expr:
    """Whether a row of `complaints` is open on a day, as SQL: 0 if its closing date or status says it is settled, 1 if the
    list tells a status or a later closing date, NULL if it tells neither."""
    c = complaints.c
    settled = or_(c.closed_date <= day, c.status.in_(rules.words("towers.closed_words")))
    return case((settled, 0), (or_(func.coalesce(c.status, "") != "", c.closed_date > day), 1))
