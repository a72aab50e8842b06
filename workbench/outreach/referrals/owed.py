"""What is owed on referrals by a day: the word back to the giver, as a due of the week's list, and the first contacts of 今日."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from db.mgm import referral_tasks
from db.tables import referrals
from workbench.base.dates import days_after, today
from workbench.base.i18n import _
from workbench.base.workdays import Workdays, workdays_of
from workbench.outreach.case_due import CaseDue
from workbench.outreach.referrals.clocks import ReferralClock, feedback_clock, first_contact_clock
from workbench.outreach.referrals.entered import minute_now
from workbench.outreach.referrals.reading import tasks
from workbench.outreach.referrals.task import ReferralTask
from workbench.people.referring.finding import name_of, to_check
from workbench.people.referring.room import flagged
from workbench.rules.parameters import Rules

_R, _T = referrals.c, referral_tasks.c
#: kind of lead
FEEDBACK = "referral_feedback"


@dataclass(frozen=True, slots=True)
class FirstContact:
    """A person who agreed and was not contacted yet, with the clock; `late`: it has run out; `check`: what is to be checked
    before, '' for nothing."""

    task: ReferralTask
    clock: ReferralClock
    late: bool
    check: str = ""

    @property
    def words(self) -> str:
        """What is to be done, until when."""
        who = self.task.shown_name or self.task.number
        if self.check:
            return _("转介首触:先核对“{name}”,没有问题再联系{who}({at} 到期)").format(
                name=self.check, who=who, at=self.clock.at
            )
        if self.late:
            return _("转介首触已超时:{who}本人同意后一直没有联系({at} 到期),请今天联系").format(
                who=who, at=self.clock.at
            )
        return _("转介首触:联系{who},{until}").format(who=who, until=self.clock.words)


def first_contacts_due(conn: Connection, rules: Rules, day: str) -> tuple[FirstContact, ...]:
    """Who is to be contacted for the first time on a day (ISO) or was to be before, the earliest deadline first; nobody whom
    a referral tells of that is none."""
    waiting = select(_R.id).where(
        _R.consent == 1,
        _R.contact_date.is_(None),
        _R.close_reason.is_(None),
        _R.referred_customer_no.is_(None),
    )
    ids = list(conn.execute(waiting).scalars())
    if not ids:
        return ()
    workdays = workdays_of(conn)
    at = minute_now()
    moment = at if at.startswith(day) and len(at) > len(day) else f"{day} 00:00"
    due = []
    wrong = flagged(conn, rules)
    for task in tasks(conn, rules, day, [_R.id.in_(ids)]):
        check = to_check(wrong.get(task.id, ()), rules)
        if check is not None and check.refuses(rules):
            continue
        clock = first_contact_clock(task, rules, workdays)
        if clock is not None and clock.day <= day:
            name = name_of(check.code, rules) if check is not None else ""
            due.append(FirstContact(task, clock, clock.late(moment), name))
    return tuple(sorted(due, key=lambda one: (one.clock.at, one.task.id)))


def feedback_due(
    conn: Connection,
    rules: Rules,
    workdays: Workdays,
    first: str,
    last: str,
    only: Collection[int] | None = None,
) -> Iterator[CaseDue]:
    """The givers to whom a word back is due on the days first..last (ISO) or was due before, of `only` these (ids). Lines of
    lists count where any of them tells when givers were told: else it cannot be told who was not.
    Nobody is thanked for a referral that is none."""
    since = days_after(min(first, today().isoformat()), -rules.whole("referrals.feedback_late"))
    waiting = (
        select(_R.id)
        .outerjoin(referral_tasks, _T.referral_id == _R.id)
        .where(
            or_(_R.contact_date >= since, (_R.consent == 0) & (_R.date >= since)),
            _R.feedback_date.is_(None),
            _T.thanked.is_(None),
        )
    )
    if only is not None:
        waiting = waiting.where(_R.customer_id.in_(sorted(only)))
    tells = select(_R.id).where(_R.feedback_date.is_not(None), _R.batch_id.is_not(None)).limit(1)
    if conn.execute(tells).first() is None:
        waiting = waiting.where(_R.batch_id.is_(None))
    ids = list(conn.execute(waiting).scalars())
    if not ids:
        return
    wrong = flagged(conn, rules)
    for task in sorted(tasks(conn, rules, last, [_R.id.in_(ids)]), key=lambda one: one.id):
        if any(one.refuses(rules) for one in wrong.get(task.id, ())):
            continue
        clock = feedback_clock(task, rules, workdays)
        if clock is not None and clock.day <= last:
            yield CaseDue(
                task.giver_id, FEEDBACK, feedback_words(task, clock), clock.day,
                evidence={"referral": task.id, "number": task.number, "contacted": task.contacted, "due": clock.at},
            )  # fmt: skip


def feedback_words(task: ReferralTask, clock: ReferralClock) -> str:
    """What the giver is told, until when; never what the person did with his money."""
    if task.state == "declined":
        return _("谢谢转介人介绍朋友({date}),不说对方的决定和原因;{until}").format(
            date=task.date, until=clock.words
        )
    day = dt.date.fromisoformat(str(task.contacted)[:10]).isoformat()
    return _("告诉转介人:朋友已在 {day} 联系过,谢谢介绍;不说对方办了什么、有多少钱。{until}").format(
        day=day, until=clock.words
    )
