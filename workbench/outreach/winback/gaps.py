"""What we failed at with one customer, as the book tells it: days without a talk, complaints, promises not kept (domain 4.1,
4.9). The manager says which of them are so."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sqlalchemy import Connection, select

from db.tables import complaints, touches
from db.week import promises
from workbench.base.i18n import _
from workbench.outreach.winback.win_back import GapFact
from workbench.people.reached import Reaching
from workbench.rules.parameters import Rules


def gap_facts(
    conn: Connection, customer: int, day: dt.date, cadence: int | None, rules: Rules
) -> tuple[tuple[GapFact, ...], str]:
    """(facts, what cannot be told) of a customer (id) up to a day, the newest first. `cadence`: days within which he is to be
    contacted, None where no list tells his level."""
    first = (day - dt.timedelta(days=rules.whole("winback.gap_days"))).isoformat()
    talks = _talks(conn, customer, day.isoformat(), rules)
    facts = [
        *_silences(talks, first, day, cadence, rules),
        *_complaints(conn, customer, first, rules),
        *_promises(conn, customer, first, day.isoformat(), rules),
    ]
    untold = ""
    if not talks:
        untold = _("联系记录里没有和这位客户的通话,有没有空白看不出来。")
    elif cadence is None:
        untold = _("没有客户层级,该多久联系一次看不出来。")
    most = rules.whole("winback.gap_most")
    return tuple(sorted(facts, key=lambda one: (one.date, one.code), reverse=True)[:most]), untold


def _talks(conn: Connection, customer: int, day: str, rules: Rules) -> list[str]:
    """The days (ISO) of the contacts that reached him, in order."""
    t, reaching = touches.c, Reaching(rules)
    query = (
        select(t.date, t.result, t.initiated_by)
        .where(t.customer_id == customer, t.date <= day)
        .order_by(t.date, t.id)
    )
    days = [row.date for row in conn.execute(query) if reaching.reached(row.result, row.initiated_by)]
    return list(dict.fromkeys(days))


def _silences(
    talks: Sequence[str], first: str, day: dt.date, cadence: int | None, rules: Rules
) -> Iterator[GapFact]:
    if cadence is None or not talks:
        return
    most = cadence * rules.number("winback.gap_times")
    for before, after in pairwise([*talks, day.isoformat()]):
        days = (dt.date.fromisoformat(after) - dt.date.fromisoformat(before)).days
        if days > most and after >= first:
            key = "silent_now" if after == day.isoformat() and after not in talks else "silent"
            words = rules.text(f"winback.gap.{key}").format(
                first=before, last=after, days=days, cadence=cadence
            )
            yield GapFact("silent", after, words)


def _complaints(conn: Connection, customer: int, first: str, rules: Rules) -> Iterator[GapFact]:
    c = complaints.c
    query = (
        select(c.date, c.category).where(c.customer_id == customer, c.date >= first).order_by(c.date, c.id)
    )
    for row in conn.execute(query):
        key = "complaint" if row.category else "complaint_plain"
        words = rules.text(f"winback.gap.{key}").format(date=row.date, category=row.category or "")
        yield GapFact("complaint", row.date, words)


def _promises(conn: Connection, customer: int, first: str, day: str, rules: Rules) -> Iterator[GapFact]:
    p = promises.c
    query = select(p.text, p.due, p.state, p.ended).where(p.customer_id == customer, p.due >= first)
    for row in conn.execute(query.order_by(p.due, p.id)):
        late = row.state == "open" and row.due < day
        if late or (row.state == "kept" and row.ended and row.ended > row.due):
            key = "promise_late" if late else "promise_slow"
            words = rules.text(f"winback.gap.{key}").format(text=row.text, ended=row.ended, due=row.due)
            yield GapFact("promise", row.due, words)
