"""When money at the rival is free again: who is to be spoken to before that day (domain 4.7, 4.9)."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from db.cases import win_backs
from db.tables import touches
from workbench.base.dates import today
from workbench.base.money import wan
from workbench.base.workdays import Workdays
from workbench.outreach.case_due import CaseDue
from workbench.outreach.reason import RIVAL_DUE
from workbench.people.reached import Reaching
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class RivalStep:
    """A step before (or after) the day on which money at the rival matures: `since` the first day (ISO) of the step, after which
    a talk settles it; `due`: the workday by which it is made; `words`: code of what it says."""

    since: str
    due: str
    words: str


def rival_step(rules: Rules, workdays: Workdays, matures: str, last: str, now: str) -> RivalStep | None:
    """The step that is at hand by the day `last` for money that matures on a day, seen from `now` (all ISO); None where none is.

    Before that day the latest step of the rule that begins by `last`; once the day is past, the question where the money went,
    asked for as many days as the rule has it.
    """
    day = dt.date.fromisoformat(matures)
    if matures < now:
        if (dt.date.fromisoformat(now) - day).days > rules.whole("winback.late_days"):
            return None
        return RivalStep(matures, now, "past")
    steps = [
        workdays.maturity_step(day, -round(before))
        for before in sorted(rules.numbers("winback.due_steps"), reverse=True)
    ]
    begun = [one for one in steps if one.isoformat() <= last]
    if not begun:
        return None
    due = begun[-1].isoformat()
    return RivalStep(due, due, "today" if matures == now else "coming")


def due(
    conn: Connection,
    rules: Rules,
    workdays: Workdays,
    first: str,
    last: str,
    only: Collection[int] | None = None,
) -> Iterator[CaseDue]:
    """The open win-backs with money at the rival that is to be spoken of by `last` (ISO), whether since before `first` or not;
    of `only` some customers (ids). A talk on or after the day of a step settles it."""
    w, now = win_backs.c, today().isoformat()
    query = (
        select(w.id, w.customer_id, w.rival, w.rival_amount, w.rival_due)
        .where(w.state == "open", w.rival_due.is_not(None))
        .order_by(w.rival_due, w.id)
    )
    if only is not None:
        query = query.where(w.customer_id.in_(only))
    steps = [
        (row, step)
        for row in conn.execute(query)
        if (step := rival_step(rules, workdays, row.rival_due, last, now)) is not None
    ]
    talks = _talks(conn, rules, {row.customer_id for row, _step in steps})
    for row, step in steps:
        if talks.get(row.customer_id, "") >= step.since:
            continue
        amount = row.rival_amount or 0
        words = rules.text(f"winback.rival_due.{step.words}").format(
            rival=row.rival or rules.text("winback.rival.unnamed"),
            amount=wan(amount) if amount else rules.text("winback.rival.money"),
            due=row.rival_due,
        )
        yield CaseDue(row.customer_id, RIVAL_DUE, words, step.due, amount, {"win_back": row.id})


def _talks(conn: Connection, rules: Rules, whose: Collection[int]) -> dict[int, str]:
    """Customer id -> the day (ISO) of the last contact that reached him."""
    if not whose:
        return {}
    t, reaching = touches.c, Reaching(rules)
    query = (
        select(t.customer_id, t.result, t.initiated_by, func.max(t.date).label("day"))
        .where(t.customer_id.in_(whose))
        .group_by(t.customer_id, t.result, t.initiated_by)
    )
    last: dict[int, str] = {}
    for row in conn.execute(query):
        if reaching.reached(row.result, row.initiated_by):
            last[row.customer_id] = max(row.day, last.get(row.customer_id, ""))
    return last
