"""Book an expert for a customer, write down that it took place, call it off. A booking ahead is a promise to the customer: it
stands on his week by itself. Every write is one undoable change."""

import datetime as dt

from sqlalchemy import Row, select

from db.care import expert_bookings
from db.engine import Book
from db.journal import Writer
from db.week import promises
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.insight.towers.services import put_service
from workbench.outreach.archive.roster import known_expert, short
from workbench.outreach.promises.room import checked_day, put_promise
from workbench.people.find import customer_id
from workbench.rules.parameters import Rules


def book_expert(
    book: Book, rules: Rules, customer_no: str, expert: int, date: str, topic: str = ""
) -> Change:
    """Book an expert for a customer on a day (ISO, today or later). Raises WorkbenchError no_such_customer, no_such_expert,
    expert_off, expert_taken (for this customer on that day), bad_date, past_date, too_far, too_long."""
    now, words = today(), short(rules, topic, _("主题"))
    day = checked_day(date, now.isoformat())
    last = (now + dt.timedelta(days=rules.whole("archive.ahead_days"))).isoformat()
    if day > last:
        raise WorkbenchError(
            "too_far", _("{day} 太远了。").format(day=day), _("请填 {last} 以前的日期。").format(last=last)
        )
    b = expert_bookings.c
    with in_words(), book.write("expert_booking", "book") as writer:
        person = customer_id(writer.conn, customer_no)
        name = known_expert(writer, expert, working=True)
        same = select(b.id).where(
            b.customer_id == person, b.expert_id == expert, b.date == day, b.state == "booked"
        )
        if writer.conn.execute(same).first() is not None:
            raise WorkbenchError(
                "expert_taken", _("这位客户那天已经约了{name}。").format(name=name), _("请改日期,或者先取消原来的。")
            )  # fmt: skip
        writer.insert(
            expert_bookings,
            [
                {
                    "customer_id": person, "expert_id": expert, "date": day, "topic": words or None, "state": "booked",
                    "outcome": None, "service_id": None,
                }
            ],
        )  # fmt: skip
        put_promise(writer, person, promised(name, words), day, now.isoformat())
        return Change.by(writer, 1)


def hold_booking(
    book: Book, rules: Rules, booking: int, outcome: str = "", date: str | None = None
) -> Change:
    """Write down that a booking took place on a day (ISO, not after today; None: its own day, or today where that is still to
    come): the service is recorded and the promise kept. Raises WorkbenchError no_such_booking, bad_date, date_in_future,
    too_long."""
    result = short(rules, outcome, _("结果"))
    with in_words(), book.write("expert_booking", "hold") as writer:
        row = _standing(writer, booking)
        name = known_expert(writer, row.expert_id)
        day = date or min(row.date, today().isoformat())
        service = put_service(writer, row.customer_id, "expert", date=day, detail=_detail(name, row.topic))
        writer.update(
            expert_bookings, booking, {"state": "held", "outcome": result or None, "service_id": service}
        )
        _end_promise(writer, row, name, "kept")
        return Change.by(writer, 1)


def cancel_booking(book: Book, rules: Rules, booking: int, why: str = "") -> Change:
    """Call a booking off; its promise is dropped. Raises WorkbenchError no_such_booking, too_long."""
    reason = short(rules, why, _("原因"))
    with in_words(), book.write("expert_booking", "cancel") as writer:
        row = _standing(writer, booking)
        writer.update(expert_bookings, booking, {"state": "cancelled", "outcome": reason or None})
        _end_promise(writer, row, known_expert(writer, row.expert_id), "dropped")
        return Change.by(writer, 1)


def promised(name: str, topic: str) -> str:
    """What a booking promises, in words."""
    if topic:
        return _("与专家{name}见面:{topic}").format(name=name, topic=topic)
    return _("与专家{name}见面").format(name=name)


def _detail(name: str, topic: str | None) -> str:
    return f"{name} {topic}" if topic else name


def _standing(writer: Writer, booking: int) -> Row[tuple[object, ...]]:
    row = writer.conn.execute(select(expert_bookings).where(expert_bookings.c.id == booking)).one_or_none()
    if row is None or row.state != "booked":
        raise WorkbenchError(
            "no_such_booking",
            _("没有第 {n} 号还没见的预约。").format(n=booking),
            _("请在三塔页的“专家”里核对。"),
        )
    return row


def _end_promise(writer: Writer, row: Row[tuple[object, ...]], name: str, state: str) -> None:
    """End what was promised with the booking; put off by hand, it is still the one that names the expert and the topic."""
    p = promises.c
    query = (
        select(p.id, p.due, p.text).where(p.customer_id == row.customer_id, p.state == "open").order_by(p.id)
    )
    named = [one for one in writer.conn.execute(query) if name in one.text and (row.topic or "") in one.text]
    named.sort(key=lambda one: one.due != row.date)
    if named:
        writer.update(promises, named[0].id, {"state": state, "ended": today().isoformat()})
