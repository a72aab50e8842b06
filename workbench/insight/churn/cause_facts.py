"""What the lists and the contact log tell of one customer that points to a cause of leaving (domain 4.1)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select

from db.tables import payrolls, snapshots, touches
from workbench.base.dates import shift_month
from workbench.insight.churn.matured import Matured, matured
from workbench.rules.parameters import Rules

_READ = (
    "month", "as_of", "residence_city", "employer", "payroll_employer", "manager_name", "mortgage_balance", "aum_balance",
    "outflow", "third_party_outflow", "payroll_amount", "is_payroll", "last_contact_date", "deposit_maturity_date",
    "deposit_maturity_amount", "wealth_maturity_date", "wealth_maturity_amount",
)  # fmt: skip
_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Spoken:
    """A note of the contact log in which a word of a list stands."""

    date: str
    word: str


@dataclass(frozen=True, slots=True)
class CauseFacts:
    """Each fact None or False where it did not happen or cannot be told. Pairs are (before, now)."""

    city: tuple[str, str] | None = None
    employer: tuple[str, str] | None = None
    #: month 'YYYY-MM', and by how many fen the mortgage fell in it
    prepaid: tuple[str, int] | None = None
    matured: Matured | None = None
    promised: Spoken | None = None
    quoted: Spoken | None = None
    #: days since another manager's name stands on the list
    managed_days: int | None = None
    #: share of the outflow by third-party payment, three months each
    wallet: tuple[float, float] | None = None
    paid_elsewhere: bool = False


#: Nothing is known.
NOTHING = CauseFacts()


def cause_facts(conn: Connection, customer_id: int, month: str, day: str, rules: Rules) -> CauseFacts:
    """The facts of one customer by the months up to `month` (YYYY-MM) and the notes up to `day` (ISO)."""
    s = snapshots.c
    first = shift_month(month, -rules.whole("cause.back"))
    query = (
        select(*(s[name] for name in _READ))
        .where(s.customer_id == customer_id, s.month.between(first, month))
        .order_by(s.month)
    )
    months = conn.execute(query).all()
    if not months:
        return NOTHING
    newest = months[-1]
    noted = _notes(conn, customer_id, day, rules)
    employer = _changed(months, "employer") or _changed(months, "payroll_employer")
    return CauseFacts(
        city=_changed(months, "residence_city"),
        employer=employer,
        prepaid=_prepaid(months, rules),
        matured=matured(conn, customer_id, months, rules),
        promised=_first_word(noted, rules.words("cause.promised_words")),
        quoted=_first_word(noted, rules.words("cause.quoted_words")),
        managed_days=_managed_days(months, newest.as_of),
        wallet=_wallet(months, rules),
        paid_elsewhere=employer is not None and _unpaid(conn, customer_id, months),
    )


def _changed(months: Sequence[Row[Any]], name: str) -> tuple[str, str] | None:
    """(before, now) when the newest value differs from the oldest one; a value that came back is no change."""
    values = [value for row in months if (value := getattr(row, name))]
    if len(values) < 2 or values[0] == values[-1] or getattr(months[-1], name) is None:
        return None
    return values[0], values[-1]


def _prepaid(months: Sequence[Row[Any]], rules: Rules) -> tuple[str, int] | None:
    """The last month in which the mortgage fell by more than an instalment."""
    share, least = rules.number("cause.prepaid_share"), rules.number("cause.prepaid_least") * 100
    for before, now in zip(reversed(months[:-1]), reversed(months[1:]), strict=True):
        if before.mortgage_balance and now.mortgage_balance is not None:
            fell = before.mortgage_balance - now.mortgage_balance
            if fell >= least and fell >= before.mortgage_balance * share:
                return now.month, fell
    return None


def _notes(conn: Connection, customer_id: int, day: str, rules: Rules) -> list[Spoken]:
    """Date and text of the notes of late, the newest first."""
    first = dt.date.fromisoformat(day) - dt.timedelta(days=rules.whole("cause.notes_days"))
    t = touches.c
    query = (
        select(t.date, t.note)
        .where(t.customer_id == customer_id, t.date.between(first.isoformat(), day), t.note.is_not(None))
        .order_by(t.date.desc(), t.id.desc())
    )
    return [Spoken(row.date, row.note) for row in conn.execute(query)]


def _first_word(notes: Sequence[Spoken], words: Sequence[str]) -> Spoken | None:
    return next((Spoken(one.date, word) for one in notes for word in words if word in one.word), None)


def _managed_days(months: Sequence[Row[Any]], as_of: str) -> int | None:
    """Days between the first list with the present manager's name and the newest one; None without another name before."""
    names = [(row.manager_name, row.as_of) for row in months if row.manager_name]
    earlier = [place for place, (name, _as_of) in enumerate(names) if name != names[-1][0]]
    if not earlier:
        return None
    since = names[earlier[-1] + 1][1]
    return (dt.date.fromisoformat(as_of) - dt.date.fromisoformat(since)).days


def _wallet(months: Sequence[Row[Any]], rules: Rules) -> tuple[float, float] | None:
    """The third-party share of outflow of the three months before the last three, and of these; None if not both known."""
    shares = []
    for part in (months[-2 * _QUARTER : -_QUARTER], months[-_QUARTER:]):
        known = [row for row in part if row.outflow is not None and row.third_party_outflow is not None]
        whole = sum(row.outflow for row in known)
        if whole < rules.number("behaviour.least_flow") * 100 or not whole:
            return None
        shares.append(min(sum(row.third_party_outflow for row in known) / whole, 1.0))
    return shares[0], shares[1]


def _unpaid(conn: Connection, customer_id: int, months: Sequence[Row[Any]]) -> bool:
    """Whether wages came in the months looked at, and none in the newest month, as far as it tells of wages."""
    newest = months[-1]
    paid = any(row.payroll_amount or row.is_payroll for row in months[:-1])
    if paid and (newest.payroll_amount is not None or newest.is_payroll is not None):
        return not newest.payroll_amount and not newest.is_payroll
    p = payrolls.c
    last = conn.execute(select(func.max(p.month)).where(p.customer_id == customer_id)).scalar()
    if last is None or not months[0].month <= last < newest.month:
        return False
    listed = select(p.id).where(p.month == newest.month).limit(1)
    return conn.execute(listed).first() is not None
