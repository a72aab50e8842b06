"""The observation card: cues ticked during a contact, taken back, or all of a customer deleted (domain 2.2 b, 17)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from db.engine import Book
from db.known import observations
from db.tables import touches
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.insight.measures.cues import cues
from workbench.people.find import customer_id


@dataclass(frozen=True, slots=True)
class Observation:
    """One cue observed on a date (ISO). `text` is in the language in use; `letter` is the style it points to."""

    id: int
    date: str
    cue: str
    letter: str
    text: str
    touch_id: int | None


def observed(book: Book, customer_no: str) -> tuple[Observation, ...]:
    """Everything observed of a customer, the newest first. Raises WorkbenchError no_such_customer."""
    by_code = {cue.code: cue for cue in cues()}
    with in_words(), book.read() as conn:
        query = (
            select(observations)
            .where(observations.c.customer_id == customer_id(conn, customer_no))
            .order_by(observations.c.date.desc(), observations.c.id.desc())
        )
        return tuple(
            Observation(
                row.id, row.date, row.cue, by_code[row.cue].letter, _(by_code[row.cue].text), row.touch_id
            )
            for row in conn.execute(query)
            if row.cue in by_code
        )


def tick(
    book: Book, customer_no: str, ticked: Sequence[str], date: str | None, touch_id: int | None
) -> Change:
    """Write the cues observed in one contact (or on a day, None: today); those written already stay. Undoable.

    Raises WorkbenchError no_cues, no_such_cue, bad_date, date_in_future, no_such_customer, no_such_touch.
    """
    wanted = tuple(dict.fromkeys(ticked))
    if not wanted:
        raise WorkbenchError("no_cues", _("没有勾任何线索。"), _("请至少勾一条看到的或听到的。"))
    known = {cue.code for cue in cues()}
    for code in wanted:
        if code not in known:
            raise WorkbenchError("no_such_cue", _("观察卡上没有“{code}”这条线索。").format(code=code))
    day = _day(date)
    with in_words(), book.write("observation", "tick") as writer:
        person = customer_id(writer.conn, customer_no)
        if touch_id is not None and not _is_his(writer.conn, touch_id, person):
            raise WorkbenchError("no_such_touch", _("没有这一次联系记录。"), _("请不选联系记录,只填日期。"))
        o = observations.c
        query = select(o.cue).where(o.customer_id == person, o.date == day, o.touch_id.is_(touch_id))
        if touch_id is not None:
            query = select(o.cue).where(o.customer_id == person, o.touch_id == touch_id)
        written = set(writer.conn.execute(query).scalars())
        rows = [
            {"customer_id": person, "date": day, "cue": code, "touch_id": touch_id}
            for code in wanted
            if code not in written
        ]
        if rows:
            writer.insert(observations, rows)
        return Change.by(writer, len(rows))


def untick(book: Book, customer_no: str, observation_id: int) -> Change:
    """Take one observation back. Undoable. Raises WorkbenchError no_such_customer, no_such_observation."""
    with in_words(), book.write("observation", "untick") as writer:
        person = customer_id(writer.conn, customer_no)
        its = select(observations.c.id).where(
            observations.c.id == observation_id, observations.c.customer_id == person
        )
        if writer.conn.execute(its).scalar() is None:
            raise WorkbenchError(
                "no_such_observation", _("这条观察已经不在了。"), _("请关掉观察卡再打开一次。")
            )
        return Change.by(writer, writer.delete(observations, [observation_id]))


def forget(book: Book, customer_no: str) -> Change:
    """Delete every observation of a customer, as he may demand by law (domain 17). Undoable.

    Raises WorkbenchError no_such_customer.
    """
    with in_words(), book.write("observation", "forget") as writer:
        its = select(observations.c.id).where(
            observations.c.customer_id == customer_id(writer.conn, customer_no)
        )
        ids = list(writer.conn.execute(its).scalars())
        return Change.by(writer, writer.delete(observations, ids))


def _is_his(conn: Connection, touch_id: int, person: int) -> bool:
    its = select(touches.c.id).where(touches.c.id == touch_id, touches.c.customer_id == person)
    return conn.execute(its).scalar() is not None


def _day(text: str | None) -> str:
    """The date as ISO text, today when none is given."""
    try:
        day = dt.date.fromisoformat(text.strip()) if text else today()
    except ValueError:
        raise WorkbenchError(
            "bad_date", _("「{text}」不是日期。").format(text=text), _("请写成 2026-11-23 这样。")
        ) from None
    if day > today():
        raise WorkbenchError(
            "date_in_future",
            _("观察日期 {date} 还没有到。").format(date=day.isoformat()),
            _("请填今天或以前的日期。"),
        )
    return day.isoformat()
