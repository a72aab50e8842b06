"""The rule behind `consent` as SQL: who must not be marketed to on a day, on which ground, until when (domain 6.5, 9, 17).

The same expressions judge all customers, a single one, and the measures of the tag layers.
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
from workbench.base.expressions import ONE_ROW, Expr, latest, yes
from workbench.people.consent_facts import ConsentFacts, Whom
from workbench.people.particulars import by_number
from workbench.rules.parameters import Rules

#: Grounds, the gravest first: a customer is counted under the first that holds.
CODES = ("opted_out", "complaint", "bereaved", "minor", "unanswered", "tired")
#: The ground that is nothing but contacts by us lately: it puts marketing off.
WEARY = "tired"
#: The grounds that bar contacts out of care too, a greeting or a check-up; service, maturities and risk notices stay.
FREEZING = frozenset(("complaint", "bereaved", "minor", "unanswered"))
#: Value of `barred` when no ground holds and every ground can be judged.
FREE = "none"


@dataclass(frozen=True, slots=True)
class ListedColumns:
    """The columns that a statement has of the lists: of the customer himself and of his newest month."""

    opt_out: tuple[Expr, ...]
    birth_date: Expr
    born_by_number: Expr
    age: Expr
    last_complaint: Expr
    complaint_count: Expr


class ConsentRule:
    """The grounds as expressions over the facts of a day."""

    def __init__(self, facts: ConsentFacts, rules: Rules) -> None:
        self.day = facts.day
        self._facts = facts
        self._rules = rules

    def grounds(self, listed: ListedColumns) -> dict[str, Expr]:
        """For each ground: whether it holds (`code`), `code_until`, whether it can be judged (`code_known`), and the columns
        its sentence is filled with."""
        return (
            self._opted_out(listed)
            | self._complaint(listed)
            | self._bereaved()
            | self._minor(listed)
            | self._unanswered()
            | self._tired()
        )

    @staticmethod
    def verdict(parts: Mapping[str, Expr]) -> dict[str, Expr]:
        """`barred`: code of the gravest ground that holds, NULL if none does but some cannot be judged, else FREE;
        `barred_until`: the first day without a ground, NULL if no day ends it. `parts`: the columns of `grounds`."""
        holds = {code: parts[code] == 1 for code in CODES}
        untold = or_(*(parts[f"{code}_known"] == 0 for code in CODES))
        endless = or_(*(and_(holds[code], parts[f"{code}_until"].is_(None)) for code in CODES))
        ends = latest(*(case((holds[code], parts[f"{code}_until"])) for code in CODES))
        barred = case(*((holds[code], literal(code)) for code in CODES), (untold, None), else_=literal(FREE))
        return {"barred": barred, "barred_until": case((endless, None), else_=ends)}

    # -- the grounds ---------------------------------------------------------------------------------------

    def _opted_out(self, listed: ListedColumns) -> dict[str, Expr]:
        """Opted out on a list, or ever refused in a contact (R11: never again). A correction replaces the list only."""
        listed_flag = case(
            (or_(*(one == 1 for one in listed.opt_out)), 1),
            (or_(*(one.is_not(None) for one in listed.opt_out)), 0),
        )
        flag = func.coalesce(cast(self._facts.by_hand.c.opt_out, Integer), listed_flag)
        refused = self._facts.contacts.c.refused
        return {
            "opted_out": yes(or_(flag == 1, refused.is_not(None))),
            "opted_out_until": cast(None, Text),
            "opted_out_known": yes(or_(flag.is_not(None), refused.is_not(None))),
            "opted_out_listed": yes(flag == 1),
            "refused_on": func.substr(refused, 1, 10),
            "refused_by": func.substr(refused, 12),
        }

    def _complaint(self, listed: ListedColumns) -> dict[str, Expr]:
        """While a complaint is open, `consent.closed_days` after it was closed, `consent.complaint_days` after one whose
        end is not told.

        If the complaints list has a complaint of the same or a later day, only that one counts: it tells more than the
        customer list and the contact log.
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
        any_list = select(complaints.c.id).limit(ONE_ROW).scalar_subquery()
        reported = or_(any_list.is_not(None), last.is_not(None), listed.complaint_count == 0,
                   self._facts.contacts.c.complained.is_not(None), by_hand.is_not(None))  # fmt: skip
        return {
            "complaint": yes(or_(opened > 0, until.is_not(None))),
            "complaint_until": until,
            "complaint_known": yes(reported),
            "complaints_open": opened,
            "complaint_since": c.since,
            "complaint_closed": case((cooling == until, c.closed)),
            "complaint_undated": undated,
        }

    def _bereaved(self) -> dict[str, Expr]:
        """While the note of a contact tells of a death in the family. A log that is not there is missed under `tired`."""
        since = self._facts.contacts.c.bereaved
        return {
            "bereaved": yes(since.is_not(None)),
            "bereaved_until": later(since, self._rules.whole("consent.mourning_days")),
            "bereaved_known": literal(1),
            "bereaved_on": since,
        }

    def _unanswered(self) -> dict[str, Expr]:
        """A rest after too many contacts in a row that nobody answered. A log that is not there is missed under `tired`."""
        c, days = self._facts.failures.c, self._rules.whole("consent.rest_days")
        rests = c.n >= self._rules.whole("consent.rest_after")
        return {
            "unanswered": yes(rests),
            "unanswered_until": case((rests, later(c.last, days))),
            "unanswered_known": literal(1),
            "unanswered_times": c.n,
            "unanswered_on": c.last,
        }

    def _minor(self, listed: ListedColumns) -> dict[str, Expr]:
        """Younger than `never.minor_below` on the day: by the date of birth, else by the reported age or the identity
        number, if either says so; a correction by hand comes before all of them."""
        below, day = self._rules.whole("never.minor_below"), dt.date.fromisoformat(self.day)
        birth_date = func.coalesce(self._facts.by_hand.c.birth_date, listed.birth_date)
        full_date = and_(func.length(birth_date) == 10, birth_date <= self.day)
        age = func.coalesce(
            cast(self._facts.by_hand.c.age, Integer), case((full_date, None), else_=listed.age)
        )
        set_right = cast(self._facts.by_hand.c.age, Integer).is_not(None)
        born = case((full_date, birth_date), (~set_right, listed.born_by_number))
        # born on February 29: of age on March 1
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
        """Contacted by us too often within the short or the long span, until a contact leaves it (golden 17)."""
        ends = {
            span: later(self._facts.cadence.c[f"{span}_from"], self._rules.whole(f"consent.{span}_days"))
            for span in ("week", "month")
        }
        until = latest(*ends.values())
        any_log = select(touches.c.id).where(touches.c.date <= self.day).limit(ONE_ROW).scalar_subquery()
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
    """One row per customer, also for those on no monthly list: `customer_id`, `as_of`, the columns of `grounds` and
    `verdict`, by his newest month up to `month` (None: of all months)."""
    facts = ConsentFacts(day, rules, only)
    rule = ConsentRule(facts, rules)
    # nested, so that an expression used several times is written once: in one step its text would repeat at each use
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
    """What the lists report of each customer: of himself, and in his newest month up to `month`."""
    s = snapshots.c
    of_theirs = snapshots.alias("of_theirs")
    # its row at once: a month would be looked up a second time
    newest = select(of_theirs.c.id).where(of_theirs.c.customer_id == customers.c.id).correlate(customers)
    if month is not None:
        newest = newest.where(of_theirs.c.month <= month)
    newest = newest.order_by(of_theirs.c.month.desc()).limit(ONE_ROW)
    query = select(
        customers.c.id.label("customer_id"), s.as_of, customers.c.marketing_opt_out.label("opt_out"),
        s.marketing_opt_out.label("opt_out_now"), customers.c.birth_date,
        by_number("birth_date").label("born_by_number"), s.age, s.last_complaint_date, s.complaint_count,
    ).select_from(customers.outerjoin(snapshots, s.id == newest.scalar_subquery()))  # fmt: skip
    return query if only is None else query.where(customers.c.id.in_(list(only)))


@lru_cache(maxsize=8)
def consent_of_one(day: str, month: str | None, rules: Rules) -> Select[tuple[int]]:
    """`consents` for one customer, the bind parameter `customer`; cached, since building it takes longer than running."""
    return consents(day, month, rules, [bindparam("customer", type_=Integer)])
