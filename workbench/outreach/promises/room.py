"""`Promises`: what was promised to customers by which day (我答应过的事): made, kept, dropped, put off."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import TypedDict

from sqlalchemy import Connection, select

from db.engine import Book
from db.journal import Writer
from db.tables import customers, snapshots
from db.values import Value
from db.week import promises
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.base.months import newest_month
from workbench.base.workdays import Workdays, workdays_of
from workbench.outreach.contact_limits import AUM
from workbench.outreach.reason import PROMISE, WeekPerson, WeekReason
from workbench.people.find import customer_id


class PromiseJson(TypedDict):
    """An open promise; `promise` is its id, by which `workbench promise-done` ends it."""

    promise: int
    customer_no: str
    name: str
    text: str
    made: str
    due: str
    workday: str


@dataclass(frozen=True, slots=True)
class Promise:
    """An open promise: `text` of what was promised on `made` for the day `due` (ISO); `workday`: the last workday up to it,
    on which it is kept at the latest."""

    id: int
    person: WeekPerson
    text: str
    made: str
    due: str
    workday: str

    @property
    def reason(self) -> WeekReason:
        """The promise as a reason to contact him."""
        words = _("{made} 答应过:{text},{due} 前兑现").format(made=self.made, text=self.text, due=self.due)
        return WeekReason(PROMISE, PROMISE, _("答应过的事"), words, "", self.workday, self.text)

    def as_json(self) -> PromiseJson:
        """The promise for the command line."""
        return {
            "promise": self.id, "customer_no": self.person.customer_no, "name": self.person.name, "text": self.text,
            "made": self.made, "due": self.due, "workday": self.workday,
        }  # fmt: skip


class Promises:
    """The open promises of a book. Every write is undoable."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def open(self, until: str | None = None) -> tuple[Promise, ...]:
        """Open promises to be kept on a workday up to a day (ISO; None: all), the earliest first."""
        with in_words(), self._book.read() as conn:
            return self.due(conn, until)

    def due(self, conn: Connection, until: str | None) -> tuple[Promise, ...]:
        """As `open`, within a reading."""
        rows = conn.execute(
            select(promises, customers.c.customer_no, customers.c.name)
            .join(customers, customers.c.id == promises.c.customer_id)
            .where(promises.c.state == "open")
            .order_by(promises.c.due, promises.c.id)
        ).all()
        if not rows:
            return ()
        work, worth = workdays_of(conn), _worth(conn, {row.customer_id for row in rows})
        listed = [
            Promise(
                row.id,
                WeekPerson(row.customer_id, row.customer_no, row.name or "", worth.get(row.customer_id)),
                row.text,
                row.made,
                row.due,
                kept_on(work, row.due, row.made),
            )
            for row in rows
        ]
        return tuple(one for one in listed if until is None or one.workday <= until)

    def make(self, customer_no: str, text: str, due: str) -> Change:
        """Write down a promise for a day (ISO), not before today. Raises WorkbenchError no_text, bad_date, past_date,
        no_such_customer."""
        with in_words(), self._book.write("promise", "make") as writer:
            person = customer_id(writer.conn, customer_no)
            put_promise(writer, person, text, due, today().isoformat())
            return Change.by(writer, 1)

    def end(self, promise: int, *, kept: bool) -> Change:
        """Mark an open promise as kept, or as dropped. Raises WorkbenchError no_such_promise."""
        state = {"state": "kept" if kept else "dropped", "ended": today().isoformat()}
        with in_words(), self._book.write("promise", "end") as writer:
            _known(writer, promise)
            writer.update(promises, promise, state)
            return Change.by(writer, 1)

    def put_off(self, promise: int, due: str) -> Change:
        """Give an open promise another day (ISO). Raises WorkbenchError no_such_promise, bad_date, past_date."""
        with in_words(), self._book.write("promise", "put_off") as writer:
            _known(writer, promise)
            writer.update(promises, promise, {"due": checked_day(due, today().isoformat())})
            return Change.by(writer, 1)


def kept_on(work: Workdays, due: str, made: str) -> str:
    """The workday (ISO) on which a promise is kept at the latest: the last one up to its day, but not before it was made."""
    return work.by(dt.date.fromisoformat(due), dt.date.fromisoformat(made)).isoformat()


def put_promise(
    writer: Writer, customer: int, text: str, due: str, made: str, touch_id: int | None = None
) -> int:
    """Write a promise within a write, beside the contact it was made in; its id. Raises WorkbenchError no_text, bad_date,
    past_date."""
    if not text.strip():
        raise WorkbenchError("no_text", _("没有写答应了什么。"), _("请写一句,例如:周五前送对账单。"))
    row: dict[str, Value] = {
        "customer_id": customer, "text": text.strip(), "due": checked_day(due, made), "made": made, "state": "open",
        "touch_id": touch_id,
    }  # fmt: skip
    return writer.insert(promises, [row])[0]


def checked_day(text: str, first: str) -> str:
    """The day (ISO) that a text is. Raises WorkbenchError bad_date, past_date."""
    try:
        day = dt.date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise WorkbenchError(
            "bad_date", _("「{text}」不是日期。").format(text=text), _("请写成 2026-11-23 这样。")
        ) from None
    if day < first:
        raise WorkbenchError(
            "past_date",
            _("{day} 已经过去。").format(day=day),
            _("请填 {first} 或以后的日期。").format(first=first),
        )
    return day


def _known(writer: Writer, promise: int) -> None:
    state = writer.conn.execute(select(promises.c.state).where(promises.c.id == promise)).scalar()
    if state != "open":
        raise WorkbenchError(
            "no_such_promise",
            _("没有第 {n} 号还没兑现的答应。").format(n=promise),
            _("请用 workbench promises 核对编号。"),
        )


def _worth(conn: Connection, people: Collection[int]) -> dict[int, int | None]:
    """Customer id -> AUM in fen by the newest month of the book."""
    month = newest_month(conn)
    if month is None:
        return {}
    query = select(snapshots.c.customer_id, AUM.label("aum")).where(
        snapshots.c.month == month, snapshots.c.customer_id.in_(people)
    )
    return {row.customer_id: row.aum for row in conn.execute(query)}
