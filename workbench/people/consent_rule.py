"""The rule behind `consent` as SQL: who must not be marketed to on a day, on which ground, until when (domain 6.5, 9, 17).

One set of expressions for all customers, for one, and for the measures of the tag layers.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import (
    FromClause,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    or_,
    select,
)

from db.functions import later
from db.tables import complaints, customers, snapshots, touches
from workbench.base.expressions import Expr, latest, yes
from workbench.people.consent_facts import ConsentFacts, Whom
from workbench.people.particulars import by_number
from workbench.rules.parameters import Rules

#: Grounds, the gravest first: a customer is counted under the first that holds.
CODES = ("opted_out", "complaint", "minor", "tired")
#: Nothing forbids it, and nothing that could is untold.
FREE = "none"


@dataclass(frozen=True, slots=True)
class ListedColumns:
    """Where a statement has what the lists of customers tell: of the customer himself and of his month."""

    opt_out: tuple[Expr, ...]
    birth_date: Expr
    born_by_number: Expr
    age: Expr
    last_complaint: Expr
    complaint_count: Expr


class ConsentRule:
    """The grounds over the facts of a day."""

    def __init__(self, facts: ConsentFacts, rules: Rules) -> None:
        self.day = facts.day
        self._facts = facts
        self._rules = rules

    def grounds(self, listed: ListedColumns) -> dict[str, Expr]:
        """Of each ground: whether it holds, until when, whether it can be told, and what it rests on."""
        return self._opted_out(listed) | self._complaint(listed) | self._minor(listed) | self._tired()

    @staticmethod
    def verdict(parts: Mapping[str, Expr]) -> dict[str, Expr]:
        """`barred`: code of the first ground, FREE, or NULL where nothing known forbids it and something is untold;
        `barred_until`: the first day without a ground, NULL where no day ends it. `parts`: see `grounds`."""
        holds = {code: parts[code] == 1 for code in CODES}
        untold = or_(*(parts[f"{code}_known"] == 0 for code in CODES))
        endless = or_(*(and_(holds[code], parts[f"{code}_until"].is_(None)) for code in CODES))
        ends = latest(*(case((holds[code], parts[f"{code}_until"])) for code in CODES))
        barred = case(*((holds[code], literal(code)) for code in CODES), (untold, None), else_=literal(FREE))
        return {"barred": barred, "barred_until": case((endless, None), else_=ends)}

    # -- the grounds ---------------------------------------------------------------------------------------

    def _opted_out(self, listed: ListedColumns) -> dict[str, Expr]:
        """Told by a list or ever refused in a contact (R11: never again). By hand only the list is set right."""
        told = case(
            (or_(*(one == 1 for one in listed.opt_out)), 1),
            (or_(*(one.is_not(None) for one in listed.opt_out)), 0),
        )
        said = func.coalesce(cast(self._facts.by_hand.c.opt_out, Integer), told)
        refused = self._facts.contacts.c.refused
        return {
            "opted_out": yes(or_(said == 1, refused.is_not(None))),
            "opted_out_until": cast(None, Text),
            "opted_out_known": yes(or_(said.is_not(None), refused.is_not(None))),
            "opted_out_listed": yes(said == 1),
            "refused_on": func.substr(refused, 1, 10),
            "refused_by": func.substr(refused, 12),
        }

    def _complaint(self, listed: ListedColumns) -> dict[str, Expr]:
        """While it is open, some days after it was closed, and longer where nobody tells when it was.

        What the customer's list and the log tell is the same complaint as one of that day or later on the list of
        complaints, which knows more of it.
        """
        c, by_hand = self._facts.complaints.c, cast(self._facts.by_hand.c.complaints_open, Integer)
        last = func.coalesce(self._facts.by_hand.c.last_complaint_date, listed.last_complaint)
        opened = func.coalesce(by_hand, c.open, 0)
        elsewhere = (
            case((and_(date <= self.day, date > func.coalesce(c.last, "")), date))
            for date in (last, self._facts.contacts.c.complained)
        )
        closed_days, days = (self._rules.whole(f"consent.{key}_days") for key in ("closed", "complaint"))
        undated = latest(c.undated, *elsewhere)
        cooling = case((c.closed > self._facts.before(closed_days), later(c.closed, closed_days)))
        waiting = case((undated > self._facts.before(days), later(undated, days)))
        until = case((opened == 0, latest(cooling, waiting)))
        any_list = select(complaints.c.id).limit(1).scalar_subquery()
        told = or_(any_list.is_not(None), last.is_not(None), listed.complaint_count == 0,
                   self._facts.contacts.c.complained.is_not(None), by_hand.is_not(None))  # fmt: skip
        return {
            "complaint": yes(or_(opened > 0, until.is_not(None))),
            "complaint_until": until,
            "complaint_known": yes(told),
            "complaints_open": opened,
            "complaint_since": c.since,
            "complaint_closed": case((cooling == until, c.closed)),
            "complaint_undated": undated,
        }

    def _minor(self, listed: ListedColumns) -> dict[str, Expr]:
        """Younger than `never.minor_below` on the day: by the date of birth, else by the age of the list or by the identity
        number, whichever of them says so; what a person set right goes before both."""
        below, day = self._rules.whole("never.minor_below"), dt.date.fromisoformat(self.day)
        told = func.coalesce(self._facts.by_hand.c.birth_date, listed.birth_date)
        whole = and_(func.length(told) == 10, told <= self.day)
        age = func.coalesce(cast(self._facts.by_hand.c.age, Integer), case((whole, None), else_=listed.age))
        set_right = cast(self._facts.by_hand.c.age, Integer).is_not(None)
        born = case((whole, told), (~set_right, listed.born_by_number))
        # born on a 29th of February: of age on the 1st of March
        birthday = case((func.substr(born, 5) == "-02-29", "-03-01"), else_=func.substr(born, 5))
        of_age = cast(cast(func.substr(born, 1, 4), Integer) + below, Text) + birthday
        young = and_(born <= self.day, born > f"{day.year - below:04}-{day:%m-%d}")
        return {
            "minor": yes(or_(age < below, young)),
            "minor_until": case((young, of_age)),
            "minor_known": yes(or_(age.is_not(None), born <= self.day)),
            "minor_age": case((young, None), else_=age),
            "minor_born": case((young, born)),
        }

    def _tired(self) -> dict[str, Expr]:
        """Contacted by us too often in the short or in the long stretch, until one contact leaves it (golden 17)."""
        ends = {
            span: later(self._facts.cadence.c[f"{span}_from"], self._rules.whole(f"consent.{span}_days"))
            for span in ("week", "month")
        }
        until = latest(*ends.values())
        any_log = select(touches.c.id).where(touches.c.date <= self.day).limit(1).scalar_subquery()
        return {
            "tired": yes(until.is_not(None)),
            "tired_until": until,
            "tired_known": yes(any_log.is_not(None)),
            "tired_by_week": yes(ends["week"] == until),
            "tired_week": self._facts.cadence.c.week,
            "tired_month": self._facts.cadence.c.month,
        }


def consents(
    day: str, month: str | None, rules: Rules, only: Collection[Whom] | None = None
) -> Select[tuple[int]]:
    """One row per customer: `customer_id`, `as_of` and the columns of the rule by his newest month up to `month`
    (None: of all). A customer whom no month tells has a row too."""
    facts = ConsentFacts(day, rules, only)
    rule = ConsentRule(facts, rules)
    # in steps, so that what is asked for several times is written once: the text of one step is the sum of its uses
    listed = _listed(month, only).subquery("listed").c
    source: FromClause = listed.customer_id.table
    for part in facts.parts:
        source = source.outerjoin(part, part.c.customer_id == listed.customer_id)
    grounds = rule.grounds(
        ListedColumns(
            (listed.opt_out, listed.opt_out_now), listed.birth_date, listed.born_by_number, listed.age,
            listed.last_complaint_date, listed.complaint_count,
        )
    )  # fmt: skip
    columns = (expression.label(name) for name, expression in grounds.items())
    held = select(listed.customer_id, listed.as_of, *columns).select_from(source).subquery("grounds").c
    verdict = rule.verdict({name: held[name] for name in grounds})
    return select(*held, *(expression.label(name) for name, expression in verdict.items()))


def _listed(month: str | None, only: Collection[Whom] | None) -> Select[tuple[int]]:
    """What the lists tell of each customer: of himself, and by his newest month up to `month`."""
    s = snapshots.c
    its = select(func.max(s.month)).where(s.customer_id == customers.c.id).correlate(customers)
    if month is not None:
        its = its.where(s.month <= month)
    asked = select(
        customers.c.id.label("customer_id"), s.as_of, customers.c.marketing_opt_out.label("opt_out"),
        s.marketing_opt_out.label("opt_out_now"), customers.c.birth_date,
        by_number("birth_date").label("born_by_number"), s.age, s.last_complaint_date, s.complaint_count,
    ).select_from(
        customers.outerjoin(
            snapshots, and_(s.customer_id == customers.c.id, s.month == its.scalar_subquery())
        )
    )  # fmt: skip
    return asked if only is None else asked.where(customers.c.id.in_(list(only)))


@lru_cache(maxsize=8)
def consent_of_one(day: str, month: str | None, rules: Rules) -> Select[tuple[int]]:
    """The same statement for one customer, the parameter `customer`; kept, since writing it takes longer than asking."""
    return consents(day, month, rules, [bindparam("customer", type_=Integer)])
