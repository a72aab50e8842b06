"""What our files of complaints, losses, win-backs and referrals ask to be done in a week, as leads (domain 4.9, 7, 8.6, 9)."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from sqlalchemy import Connection, and_, func, select

from db.engine import Book
from db.known import trails
from db.mgm import referral_asks
from db.tables import customers, snapshots
from workbench.base.dates import today
from workbench.base.i18n import language
from workbench.base.months import newest_month
from workbench.base.rows import in_parts
from workbench.base.workdays import Workdays, WorkWeek, workdays_of
from workbench.outreach.case_due import CaseDue, CaseOrder
from workbench.outreach.contact_limits import AUM, held_on
from workbench.outreach.leads.amount import named_amount
from workbench.outreach.leads.kept_dues import kept_dues
from workbench.outreach.leads.lead import Lead
from workbench.outreach.leads.search import LeadSearch
from workbench.outreach.reason import ASK, COMPLAINT, FEEDBACK, LOSS, OWED, RIVAL_DUE, WeekPerson, WeekReason
from workbench.rules.parameters import Rules

_PART = 500
#: a room's `due`: (conn, rules, workdays, first, last, only)
Due: TypeAlias = Callable[[Connection, Rules, Workdays, str, str, Collection[int] | None], Iterable[CaseDue]]


@dataclass(frozen=True, slots=True)
class CaseRoom:
    """A room that tells what is due of its files: its `code` as a source, its `name` (msgid), what tells it, and the kinds of
    leads it gives."""

    code: str
    name: str
    due: Due
    kinds: tuple[str, ...]


# a room is loaded when it is asked


def _complaints(
    conn: Connection, rules: Rules, days: Workdays, first: str, last: str, only: Collection[int] | None
) -> Iterable[CaseDue]:
    from workbench.outreach.complaints.due import due

    return due(conn, rules, days, first, last, only)


def _losses(
    conn: Connection, rules: Rules, days: Workdays, first: str, last: str, only: Collection[int] | None
) -> Iterable[CaseDue]:
    from workbench.outreach.losses.due import due

    return due(conn, rules, days, first, last, only)


def _rival_money(
    conn: Connection, rules: Rules, days: Workdays, first: str, last: str, only: Collection[int] | None
) -> Iterable[CaseDue]:
    from workbench.outreach.winback.due import due

    return due(conn, rules, days, first, last, only)


def _feedback(
    conn: Connection, rules: Rules, days: Workdays, first: str, last: str, only: Collection[int] | None
) -> Iterable[CaseDue]:
    from workbench.outreach.referrals.owed import feedback_due

    return feedback_due(conn, rules, days, first, last, only)


def _asks(
    conn: Connection, rules: Rules, days: Workdays, first: str, last: str, only: Collection[int] | None
) -> Iterable[CaseDue]:
    from workbench.outreach.referrals.due import asks_due

    return asks_due(conn, rules, days, first, last, only)


#: all of them, the gravest first
CASES = (
    CaseRoom(COMPLAINT, "投诉", _complaints, (COMPLAINT,)),
    CaseRoom(LOSS, "亏损急救", _losses, (LOSS,)),
    CaseRoom(FEEDBACK, "反馈转介人", _feedback, (FEEDBACK,)),
    CaseRoom(RIVAL_DUE, "他行到期", _rival_money, (RIVAL_DUE,)),
    CaseRoom(ASK, "请转介", _asks, (ASK,)),
)


def case_leads(room: CaseRoom, search: LeadSearch) -> Iterator[Lead]:
    """The leads of a room in a week, with what the month's list tells of their customers."""
    week = search.week
    dues = cases_due(search.conn, search.rules, week.workdays, week.work, book=search.book, rooms=[room])
    yield from _leads(search.conn, dues, week.work, week.month, room.code)


def cases_due(
    conn: Connection,
    rules: Rules,
    workdays: Workdays,
    work: WorkWeek,
    *,
    book: Book | None = None,
    rooms: Collection[CaseRoom] = CASES,
    only: Collection[int] | None = None,
) -> list[CaseDue]:
    """What is due in a week or before, of some rooms and customers (ids, None: all). A day off after the week is met on the last
    workday before it. Of the customers to be asked for a referral, and of those who lost money and were not spoken to yet, only
    as many as the week takes. `book`: what was read of everybody is kept for it."""
    first, last = work.days[0].isoformat(), (work.after - dt.timedelta(days=1)).isoformat()
    made: list[CaseDue] = []
    for room in rooms:

        def read(some: Collection[int] | None, room: CaseRoom = room) -> list[CaseDue]:
            """Those of some customers, None: of all."""
            return list(room.due(conn, rules, workdays, first, last, some))

        if only is not None or book is None:
            dues = read(only)
        else:
            key = (room.code, first, last, today().isoformat(), rules.version, language())
            dues = kept_dues(conn, book, key, read)
        if room.code == ASK:
            dues = _few_asks(conn, rules, work, dues)
        elif room.code == LOSS:
            dues = _few_losses(rules, dues)
        made += dues
    return made


def cases_owed(
    conn: Connection, book: Book, rules: Rules, work: WorkWeek
) -> list[tuple[WeekPerson, WeekReason, CaseOrder]]:
    """(customer, reason, place) of what has a clock of its own in a week: it stands on the list whatever the plan has room
    for."""
    return _reasons(conn, book, rules, work, [room for room in CASES if room.code in OWED])


def cases_to_ask(
    conn: Connection, book: Book, rules: Rules, work: WorkWeek
) -> list[tuple[WeekPerson, WeekReason, CaseOrder]]:
    """(customer, reason, place) of whom to ask for a referral in a week, as many as it takes, without who may not be marketed
    to: a good moment passes, so that they stand behind the plan."""
    asks = _reasons(conn, book, rules, work, [room for room in CASES if room.code == ASK])
    day = max(today(), work.days[0])
    barred = held_on(conn, day, rules, {person.customer_id for person, _reason, _order in asks})
    return [one for one in asks if one[0].customer_id not in barred]


def _reasons(
    conn: Connection, book: Book, rules: Rules, work: WorkWeek, rooms: Iterable[CaseRoom]
) -> list[tuple[WeekPerson, WeekReason, CaseOrder]]:
    workdays, month = workdays_of(conn), newest_month(conn)
    owed: list[tuple[WeekPerson, WeekReason, CaseOrder]] = []
    for room in rooms:
        dues = cases_due(conn, rules, workdays, work, book=book, rooms=[room])
        for lead in _leads(conn, dues, work, month, room.code):
            person = WeekPerson(lead.customer_id, lead.customer_no, lead.name, lead.aum_fen)
            sentence = lead.reason.rstrip("。;")
            word, amount = rules.text(f"lead.{lead.kind}"), named_amount(lead, rules)[1]
            whole = str(lead.whole).rstrip("。;")
            reason = WeekReason(room.code, lead.kind, word, sentence, amount, lead.due, whole=whole)
            owed.append((person, reason, lead.order))
    return owed


def _few_losses(rules: Rules, dues: list[CaseDue]) -> list[CaseDue]:
    """The steps of files, and of those who were not spoken to yet as many as a week takes: the earliest clock, then the most
    lost. The others stand on the page of losses."""
    files = [one for one in dues if one.evidence.get("case")]
    calls = sorted(
        (one for one in dues if not one.evidence.get("case")), key=lambda one: (one.due, -one.value_fen)
    )
    return [*files, *calls[: rules.whole("plan.loss_most")]]


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
            one.evidence, source=source, whole=one.whole, order=one.order,
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
