"""What our files of complaints, losses, win-backs and referrals ask to be done in a week, as leads (domain 4.9, 7, 8.6, 9)."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.util import find_spec

from sqlalchemy import Connection, and_, func, select

from db.known import trails
from db.mgm import referral_asks
from db.tables import customers, snapshots
from workbench.base.dates import today
from workbench.base.months import newest_month
from workbench.base.rows import in_parts
from workbench.base.workdays import Workdays, WorkWeek, workdays_of
from workbench.outreach.case_due import CaseDue
from workbench.outreach.contact_limits import AUM
from workbench.outreach.leads.amount import named_amount
from workbench.outreach.leads.lead import Lead
from workbench.outreach.leads.search import LeadSearch
from workbench.outreach.reason import ASK, COMPLAINT, FEEDBACK, LOSS, OWED, RIVAL_DUE, WeekPerson, WeekReason
from workbench.rules.parameters import Rules

_PART = 500


@dataclass(frozen=True, slots=True)
class CaseRoom:
    """A room that tells what is due of its files: its `code` as a source, its `name` (msgid), the folder of its `due.py`, and
    the kinds of leads it gives."""

    code: str
    name: str
    folder: str
    kinds: tuple[str, ...]

    @property
    def due(self) -> Callable[..., Iterable[CaseDue]] | None:
        """What tells its due files; None while there is no such room."""
        name = f"workbench.outreach.{self.folder}"
        if find_spec(name) is None or find_spec(f"{name}.due") is None:
            return None
        made: Callable[..., Iterable[CaseDue]] = import_module(f"{name}.due").due
        return made


#: all of them, the gravest first
CASES = (
    CaseRoom("complaint", "投诉", "complaints", (COMPLAINT,)),
    CaseRoom("loss", "亏损急救", "losses", (LOSS,)),
    CaseRoom("rival_due", "他行到期", "winback", (RIVAL_DUE,)),
    CaseRoom("referral", "客户转介", "referrals", (FEEDBACK, ASK)),
)


def case_leads(room: CaseRoom, search: LeadSearch) -> Iterator[Lead]:
    """The leads of a room in a week, with what the month's list tells of their customers."""
    week = search.week
    dues = cases_due(search.conn, search.rules, week.workdays, week.work, rooms=[room])
    yield from _leads(search.conn, dues, week.work, week.month, room.code)


def cases_due(
    conn: Connection,
    rules: Rules,
    workdays: Workdays,
    work: WorkWeek,
    *,
    rooms: Collection[CaseRoom] = CASES,
    only: Collection[int] | None = None,
) -> list[CaseDue]:
    """What is due in a week or before, of some rooms and customers (ids, None: all). A day off after the week is met on the last
    workday before it. Of the customers to be asked for a referral only as many as the week takes, the best score first."""
    first, last = work.days[0], work.after - dt.timedelta(days=1)
    made: list[CaseDue] = []
    for room in rooms:
        if (due := room.due) is not None:
            found = list(due(conn, rules, workdays, first.isoformat(), last.isoformat(), only))
            made += [one for one in found if one.kind != ASK]
            made += _few_asks(conn, rules, work, [one for one in found if one.kind == ASK])
    return made


def cases_owed(conn: Connection, rules: Rules, work: WorkWeek) -> list[tuple[WeekPerson, WeekReason]]:
    """(customer, reason) of what has a clock of its own in a week: it stands on the list whatever the plan has room for."""
    workdays, month = workdays_of(conn), newest_month(conn)
    owed: list[tuple[WeekPerson, WeekReason]] = []
    for room in CASES:
        if not set(room.kinds) & set(OWED):
            continue
        dues = [one for one in cases_due(conn, rules, workdays, work, rooms=[room]) if one.kind in OWED]
        for lead in _leads(conn, dues, work, month, room.code):
            person = WeekPerson(lead.customer_id, lead.customer_no, lead.name, lead.aum_fen)
            sentence = lead.reason.rstrip("。;")
            word, amount = rules.text(f"lead.{lead.kind}"), named_amount(lead, rules)[1]
            owed.append((person, WeekReason(room.code, lead.kind, word, sentence, amount, lead.due)))
    return owed


def _few_asks(conn: Connection, rules: Rules, work: WorkWeek, asks: list[CaseDue]) -> list[CaseDue]:
    """Those who are asked first: the best score, as many as the week takes beside those asked in it already."""
    if not asks:
        return []
    days = work.days[0].isoformat(), work.days[-1].isoformat()
    a = referral_asks.c
    done = conn.execute(
        select(func.count()).select_from(referral_asks).where(a.date.between(*days))
    ).scalar_one()
    room = max(0, rules.whole("referral.ask_week") - int(done))
    best = sorted(asks, key=lambda one: (-_score(one), one.due, one.customer_id))[:room]
    return [replace(one, evidence={**one.evidence, "place": n}) for n, one in enumerate(best, 1)]


def _score(ask: CaseDue) -> float:
    score = ask.evidence.get("score")
    return float(score) if isinstance(score, int | float) else 0.0


def _leads(
    conn: Connection, dues: Collection[CaseDue], work: WorkWeek, month: str | None, source: str
) -> Iterator[Lead]:
    people = {} if not dues else _people(conn, sorted({one.customer_id for one in dues}), month)
    for one in dues:
        row = people.get(one.customer_id)
        if row is None:
            continue
        number, name, aum, tier = row
        day = work.by(max(dt.date.fromisoformat(one.due[:10]), work.days[0]), today=today())
        yield Lead(
            one.customer_id, number, name, one.kind, one.words, max(one.value_fen, 0), day.isoformat(), aum, tier,
            one.evidence, source=source,
        )  # fmt: skip


def _people(
    conn: Connection, whose: list[int], month: str | None
) -> dict[int, tuple[str, str, int | None, str | None]]:
    """Customer id -> (number, name, assets in fen, level) by the list of a month; those on no list too."""
    s, t = snapshots.c, trails.c
    query = (
        select(customers.c.id, customers.c.customer_no, customers.c.name, AUM.label("aum"), t.tier)
        .select_from(customers)
        .outerjoin(snapshots, and_(s.customer_id == customers.c.id, s.month == month))
        .outerjoin(trails, and_(t.customer_id == customers.c.id, t.month == month))
    )
    return {
        row.id: (row.customer_no, row.name or "", row.aum, row.tier)
        for part in in_parts(whose, _PART)
        for row in conn.execute(query.where(customers.c.id.in_(part)))
    }
