"""What was given by the rules of benefits, read; that one ran out follows from the day alone."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, select

from db.playbook import benefit_grants
from db.tables import customers
from workbench.base.dates import today
from workbench.outreach.benefits.benefit import BenefitPerson, BenefitRule, GrantState, Period
from workbench.rules.parameters import Rules

_G = benefit_grants.c
#: what can still be used
OPEN: tuple[GrantState, ...] = ("issued", "soon")
#: the order in which the customers of a rule are shown: what can still be done first
ORDER: tuple[GrantState, ...] = ("soon", "issued", "waiting", "expired", "used", "dropped")


def occasion_of(per: Period, day: dt.date) -> str:
    """The period for which a benefit is given on a day: 'once', '2026-11', '2026-Q4', '2026'."""
    match per:
        case "month":
            return f"{day:%Y-%m}"
        case "quarter":
            return f"{day.year:04d}-Q{(day.month + 2) // 3}"
        case "year":
            return f"{day.year:04d}"
    return "once"


def state_of(state: str, valid_until: str | None, rules: Rules, day: dt.date | None = None) -> GrantState:
    """How a grant stands on a day (None: today): that it runs out or ran out follows from its last valid day."""
    if state == "used":
        return "used"
    if state == "dropped":
        return "dropped"
    left = days_left(valid_until, day)
    if left is None:
        return "issued"
    if left < 0:
        return "expired"
    return "soon" if left <= rules.whole("benefit.soon_days") else "issued"


def days_left(valid_until: str | None, day: dt.date | None = None) -> int | None:
    """Days from a day (None: today) to the last valid one, negative once it is past."""
    return None if valid_until is None else (dt.date.fromisoformat(valid_until) - (day or today())).days


def grants_of(
    conn: Connection, known: Mapping[str, BenefitRule], rules: Rules, *where: ColumnElement[bool]
) -> tuple[BenefitPerson, ...]:
    """The grants that meet the conditions, in the order in which they were given. `known`: the rules by code; a grant of a rule
    that is gone bears its code as its name."""
    query = (
        select(benefit_grants, customers.c.customer_no, customers.c.name)
        .join(customers, customers.c.id == _G.customer_id)
        .where(*where)
        .order_by(_G.issued, _G.id)
    )
    return tuple(_person(row, known, rules) for row in conn.execute(query))


def _person(row: Any, known: Mapping[str, BenefitRule], rules: Rules) -> BenefitPerson:
    rule = known.get(row.benefit)
    state = state_of(row.state, row.valid_until, rules)
    return BenefitPerson(
        row.id, row.customer_id, row.customer_no, row.name or "", row.benefit, rule.title if rule else row.benefit, state,
        row.occasion, row.issued, row.valid_until, row.used, row.value, row.note or "",
        days_left(row.valid_until) if state in ("issued", "soon", "expired") else None,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class GrantSums:
    """The grants of a rule, summed; money in fen, of this year's budget."""

    issued: int = 0
    used: int = 0
    unused: int = 0
    expiring: int = 0
    expired: int = 0
    spent_fen: int = 0


def sums_of(grants: Iterable[BenefitPerson], year: int) -> GrantSums:
    """The sums of grants of one rule: what ran out unused costs nothing, what was taken back does not count."""
    states = dict.fromkeys(ORDER, 0)
    spent = 0
    for one in grants:
        states[one.state] += 1
        if one.state in ("used", "issued", "soon") and (one.issued or "")[:4] == f"{year:04d}":
            spent += one.value_fen or 0
    unused = states["issued"] + states["soon"]
    given = unused + states["used"] + states["expired"]
    return GrantSums(given, states["used"], unused, states["soon"], states["expired"], spent)


def conflict(rule: BenefitRule, other: BenefitRule | None) -> Literal["", "alone", "group"]:
    """Why a benefit is not given while another one is open, the same again included; '' where it is."""
    if rule.stack == "alone" or (other is not None and other.stack == "alone"):
        return "alone"
    if rule.stack == "group" and other is not None and other.stack == "group" and other.group == rule.group:
        return "group"
    return ""


def in_conflict(
    rule: BenefitRule, grants: Iterable[BenefitPerson], known: Mapping[str, BenefitRule]
) -> frozenset[int]:
    """Customers (ids) who may not get it beside what they have not used yet."""
    return frozenset(
        one.customer_id for one in grants if one.state in OPEN and conflict(rule, known.get(one.benefit))
    )


def held_back(grants: Sequence[BenefitPerson], rule: BenefitRule, day: dt.date) -> frozenset[int]:
    """Customers (ids) who may not get it again now: they have it for this period, or reached the most of a year."""
    occasion = occasion_of(rule.per, day)
    counted: dict[int, int] = {}
    out: set[int] = set()
    for one in grants:
        if one.state == "dropped":
            continue
        if one.occasion == occasion:
            out.add(one.customer_id)
        if (one.issued or "")[:4] == f"{day.year:04d}":
            counted[one.customer_id] = counted.get(one.customer_id, 0) + 1
    if rule.cap is not None:
        out.update(one for one, n in counted.items() if n >= rule.cap)
    return frozenset(out)
